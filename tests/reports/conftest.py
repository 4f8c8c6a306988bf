"""Reads tagged PDFs back, as a screen reader would, and gives a full progress report to print."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream

from oost_desktop.models.session import Side
from oost_desktop.reports.progress_report import (
    Assessment,
    Missed,
    Outcome,
    ProgressReport,
    Scale,
    Target,
    Week,
    WorkItem,
)

PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"f*", b"F", b"B", b"B*", b"b", b"b*", b"S", b"s", b"Do"}


@dataclass
class Node:
    """One element of the structure tree with the text that belongs to it and to what it holds."""

    tag: str
    text: str
    alt: str
    scope: str
    columns: int
    children: list["Node"]
    links: int

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Reading:
    """A PDF as read back: its tree, its plain text, and marks that belong to nothing."""

    pdf: PdfReader
    root: Node = field(init=False)
    stray: list[str] = field(default_factory=list)
    _marked: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for page in self.pdf.pages:
            self._read_page(page)
        catalog: Any = self.pdf.root_object
        document = catalog["/StructTreeRoot"]["/K"][0].get_object()
        self.root = self._node(document)

    def all(self, tag: str) -> list[Node]:
        return [node for node in self.root.walk() if node.tag == tag]

    def text(self) -> str:
        return " ".join(
            node.text for node in self.root.walk() if not node.children and node.tag != "Figure"
        )

    def fonts(self) -> dict[str, Any]:
        found = {}
        pages: Any = self.pdf.pages
        for page in pages:
            for reference in page["/Resources"]["/Font"].values():
                font = reference.get_object()
                found[str(font["/BaseFont"])] = font
        return found

    def _node(self, element: Any) -> Node:
        children, text, links = [], "", 0
        for kid in element["/K"]:
            kid_object = kid.get_object()
            if "/MCID" in kid_object:
                page = kid_object.raw_get("/Pg").idnum
                text += self._marked.get((page, kid_object["/MCID"]), "")
            elif kid_object.get("/Type") == "/OBJR":
                links += 1
            else:
                assert kid_object["/P"] == element
                child = self._node(kid_object)
                children.append(child)
                text += child.text + " "
        attributes = element.get("/A", {})
        return Node(
            tag=element["/S"][1:],
            text=re.sub(" +", " ", text).strip(),
            alt=element.get("/Alt", ""),
            scope=attributes.get("/Scope", "/")[1:],
            columns=attributes.get("/ColSpan", 1),
            children=children,
            links=links,
        )

    def _read_page(self, page: Any) -> None:
        letters = {name: _to_unicode(font) for name, font in page["/Resources"]["/Font"].items()}
        open_marks: list[tuple[int | None, str | None]] = []
        font: dict[int, str] = {}
        number = page.indirect_reference.idnum
        for operands, operator in ContentStream(page.get_contents(), self.pdf).operations:
            if operator == b"BDC":
                given = operands[1]
                open_marks.append((given.get("/MCID"), given.get("/ActualText")))
                if given.get("/ActualText") is not None:
                    self._add(number, open_marks, str(given["/ActualText"]))
            elif operator == b"EMC":
                open_marks.pop()
            elif operator == b"Tf":
                font = letters.get(operands[0], {})
            elif operator in PAINTS and not open_marks:
                self.stray.append(f"{operator!r} {operands}")
            if operator == b"Tj" and not any(actual is not None for _, actual in open_marks):
                drawn = "".join(font[code] for code in operands[0].original_bytes)
                self._add(number, open_marks, drawn)

    def _add(self, page: int, marks: list[tuple[int | None, str | None]], text: str) -> None:
        for mark, _ in marks:
            if mark is not None:
                self._marked[page, mark] = self._marked.get((page, mark), "") + text


def _to_unicode(reference: Any) -> dict[int, str]:
    table = reference.get_object()["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4})>", table)
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}


@pytest.fixture
def read() -> Callable[[bytes], Reading]:
    """Reads the bytes of a tagged PDF."""
    return lambda data: Reading(PdfReader(BytesIO(data)))


@pytest.fixture
def report() -> ProgressReport:
    """A progress report with something in every section. Everybody in it is invented."""
    monday = date(2026, 9, 7)
    return ProgressReport(
        pupil="Zoë Świątek",
        pupil_reference="P-0012",
        year_group="Year 10",
        school="Ysgol Bryn Tŷ",
        reference="PR-2026-0031",
        first_day=monday,
        last_day=date(2026, 9, 27),
        author="Jo Marsden",
        author_role="tutor",
        audience="The school and the family",
        made_on=date(2026, 11, 23),
        weeks=(
            Week(monday, 300, 300, 300),
            Week(date(2026, 9, 14), 300, 270, 210, (Missed("Too unwell", 60, Side.PUPIL),)),
            Week(date(2026, 9, 21), 300, 300, 240, (Missed("Tutor absent", 60, Side.SERVICE),)),
        ),
        outcomes=(
            Outcome("Attended in full", 9, 750, Side.TAUGHT),
            Outcome("Pupil too unwell", 1, 60, Side.PUPIL),
            Outcome("Cancelled by tutor", 1, 60, Side.SERVICE),
        ),
        work=(
            WorkItem(
                "Ratio in recipes",
                "Maths",
                set_on=date(2026, 9, 8),
                due=date(2026, 9, 15),
                returned=date(2026, 9, 15),
                mark="17/20",
                feedback="Clear working.",
            ),
            WorkItem("Macbeth, Act 1", "English", set_on=date(2026, 9, 10)),
        ),
        scales=(Scale("GCSE 9 to 1", ("U", "1", "2", "3", "4", "5", "6", "7", "8", "9")),),
        assessments=(
            Assessment("GCSE 9 to 1", "Maths", date(2026, 9, 14), "3", "Working at"),
            Assessment("GCSE 9 to 1", "Maths", date(2026, 9, 25), "4", "Working at"),
            Assessment("Functional Skills", "Maths", date(2026, 9, 22), "Level 1", "Test"),
        ),
        targets=(Target("Explain my working", "the pupil", "Three in a row", 4, "I get it."),),
        narrative="She shares in a given ratio without help.\n\nUnit rates are next.",
        own_words="I like doing maths in the kitchen. It costs £2 and Nguyễn Ŵyn came.",
        own_words_said="Zoë, 25 September 2026",
        next_steps=("Unit rates.", "Art room visit."),
        advised=480,
    )
