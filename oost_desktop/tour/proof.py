"""Last act: every vault is proved from its log, and no name lies anywhere in the clear."""

import re
from collections.abc import Iterator
from pathlib import Path

from oost_desktop.services import keeping
from oost_desktop.tour.stage import OFFICE, Act, Stage, hold

CHUNK = 1 << 20
SHORTEST = 5  # a shorter word turns up in noise
LONGEST = 128  # bytes kept from one chunk to the next, longer than any name looked for
# Meant to be read; all else, the temporary files and caches among it, holds no name in the clear.
IN_THE_CLEAR = ("spreadsheets", "reports", "pictures", "passphrases", "summary.json")


def check_every_vault(stage: Stage) -> str:
    """Chains, signatures and every table, folded again from the operations and compared."""
    counts = []
    for name in sorted(stage.vaults):
        desk = stage.desks.get(name) or stage.sit_at(name, stage.person_of(name))
        found = keeping.check(desk, signatures=True, rebuild=True)
        hold(found.ok, f"{name}: {' '.join(found.problems[:3])}")
        counts.append(f"{name} {found.operations}")
    return f"{len(counts)} vaults hold; operations: {', '.join(counts)}"


def back_up_and_check(stage: Stage) -> str:
    """The office's copy opens and holds as much as the original."""
    made = keeping.back_up(stage.desks[OFFICE], stage.out / "backups")
    hold(made.operations > 0, "The backup is empty.")
    return f"{made.operations} operations in a copy that was opened again"


def look_for_names(stage: Stage) -> str:
    """No planted name is in a vault, a bundle, a backup, a temporary or a cache file."""
    planted = _planted(stage)
    pattern = re.compile(b"|".join(re.escape(word) for word in planted))
    files = 0
    for path in _files(stage):
        found = _first_in(path, pattern)
        hold(found is None, f"A name lies in the clear in {path.name}.")
        files += 1
    return f"{len(planted)} names and phrases looked for in {files} files: none"


def _planted(stage: Stage) -> list[bytes]:
    words = {"lodger is there"}
    for case in stage.cases:
        pupil = case.pupil
        words |= {pupil.upn, pupil.postcode, pupil.address, pupil.legal_surname or ""}
        words |= {text for contact in case.contacts for text in (contact.name, contact.phone or "")}
        words |= {target.wording for target in case.targets}
    kept = [word for word in words if SHORTEST < len(word) < LONGEST // 2]
    return sorted({word.encode(code) for word in kept for code in ("utf-8", "utf-16-le")})


def _files(stage: Stage) -> Iterator[Path]:
    for path in stage.out.rglob("*"):
        if path.is_file() and path.relative_to(stage.out).parts[0] not in IN_THE_CLEAR:
            yield path


def _first_in(path: Path, pattern: re.Pattern[bytes]) -> bytes | None:
    kept = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found = pattern.search(kept + chunk)
            if found is not None:
                return found[0]
            kept = chunk[-LONGEST:]
    return None


ACTS: tuple[Act, ...] = (
    ("Every vault is proved", check_every_vault),
    ("The office is backed up", back_up_and_check),
    ("No name lies in the clear", look_for_names),
)
