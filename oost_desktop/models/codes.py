"""Code lists: the field's own short lists, as dated data and never as code.

Each list is `resources/codes/NAME.csv` with the columns `code` and `label`, whatever else the
list needs, and `effective_from`/`effective_to` where its members come and go. A code that a
list does not know is shown as it stands, because a newer version may have written it.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from oost_desktop.errors import BugError
from oost_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Code:
    """One member: what is stored, what is shown, and the list's other columns as text."""

    code: str
    label: str
    extra: Mapping[str, str]

    def in_force(self, on: date) -> bool:
        """Whether the member may be chosen on this day. Both ends are included."""
        start, end = self.extra.get("effective_from"), self.extra.get("effective_to")
        if start and on < date.fromisoformat(start):
            return False
        return not end or on <= date.fromisoformat(end)


@dataclass(frozen=True, slots=True)
class CodeList:
    """Codes in the order in which people should see them.

    `codes` are those that may be chosen; labels are known for retired ones as well, because old
    records still hold them.
    """

    name: str
    codes: tuple[Code, ...]
    known: Mapping[str, Code] = field(repr=False)

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        return any(member.code == code for member in self.codes)

    def get(self, code: str) -> Code | None:
        """The member with this code, retired or not; None if the list never had it."""
        return self.known.get(code)

    def label(self, code: str) -> str:
        """What to show for a code: its label, or the code itself if nobody here knows it."""
        member = self.known.get(code)
        return code if member is None else member.label

    def extra(self, code: str, column: str) -> str:
        """Another column of a code's row; empty for a code or a column nobody here knows."""
        member = self.known.get(code)
        return "" if member is None else member.extra.get(column, "")

    def where(self, column: str, value: str) -> "CodeList":
        """The members whose `column` is `value`: the values of one scale, one side's contacts."""
        chosen = tuple(member for member in self.codes if member.extra.get(column) == value)
        return CodeList(self.name, chosen, self.known)


@lru_cache(maxsize=256)
def code_list(name: str, on: date | None = None) -> CodeList:
    """The list of this name; with `on`, only what may be chosen on that day. Read once.

    A name without a file is a `BugError`: lists ship with the program.
    """
    if on is None:
        return _read(name)
    whole = _read(name)
    chosen = tuple(member for member in whole.codes if member.in_force(on))
    return CodeList(name, chosen, whole.known)


@lru_cache(maxsize=128)
def _read(name: str) -> CodeList:
    path = resource("codes", f"{name}.csv")
    if not name.isidentifier() or not path.is_file():
        raise BugError(f"There is no code list {name!r}.")
    with path.open(encoding="utf-8", newline="") as file:
        members = tuple(
            Code(row.pop("code"), row.pop("label"), row) for row in csv.DictReader(file)
        )
    known = {member.code: member for member in members}
    if len(known) != len(members):
        raise BugError(f"The code list {name!r} has a code twice.")
    return CodeList(name, members, known)
