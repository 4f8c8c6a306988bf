"""Sixth act: what goes out on paper. Every report is a PDF that says what it should."""

import io
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from oost_desktop.errors import OostError
from oost_desktop.services import concern_paper, documents, keeping
from oost_desktop.tour.on_the_road import CONCERN, concern_case
from oost_desktop.tour.stage import OFFICE, Act, Stage, hold

FOLDER = "reports"


def print_reports(stage: Stage) -> str:
    """A progress report and an emergency card for every pupil who is taught."""
    desk = stage.sit_at(OFFICE, "coordinator")
    pages = 0
    for case in stage.cases:
        pupil = stage.placed.ids[case.pupil.key]
        for kind in ("progress", "emergency"):
            pdf = documents.render(desk, kind, pupil)
            words, count = _read(pdf)
            shown = case.pupil.legal_surname or ""
            hold(shown in words, f"A {kind} paper does not name its pupil.")
            pages += count
            if kind == "progress":
                hold("PRACTICE" in words.upper(), "A paper about nobody is not marked PRACTICE.")
            _keep(stage, documents.file_name(kind, pupil, desk.today), pdf)
    return f"{2 * len(stage.cases)} documents, {pages} pages, each tagged and naming its pupil"


def hide_a_confidential_address(stage: Stage) -> str:
    """A confidential address is on no paper."""
    case = next(case for case in stage.cases if case.pupil.address_confidential)
    card = documents.render(stage.desks[OFFICE], "emergency", stage.placed.ids[case.pupil.key])
    street = case.pupil.address.splitlines()[0]
    words, _pages = _read(card)
    hold(street not in words and case.pupil.postcode not in words,
         "A confidential address was printed.")  # fmt: skip
    return "the emergency card says to ring the office instead"


def print_the_concern(stage: Stage) -> str:
    """The safeguarding lead can print a concern; the coordinator at the same computer cannot."""
    concern, pupil = stage.kept[CONCERN], stage.placed.ids[concern_case(stage).pupil.key]
    try:
        concern_paper.render(stage.desks[OFFICE], concern)
    except OostError as error:
        said = error.title
    else:
        said = ""
    hold(said, "A coordinator printed a concern that is sealed to the safeguarding lead.")
    desk = stage.sit_at(OFFICE, "dsl")
    words, _pages = _read(concern_paper.render(desk, concern))
    hold("lodger" in words, "The concern sheet does not hold the words of the concern.")
    _keep(stage, f"concern-{pupil[-8:]}.pdf", concern_paper.render(desk, concern))
    stage.sit_at(OFFICE, "coordinator")
    return f"printed for the DSL; to the coordinator: “{said}”"


def print_the_recovery_sheet(stage: Stage) -> str:
    """The sheet for the day a passphrase is lost."""
    pdf = keeping.recovery_paper(stage.desks[OFFICE], stage.kept["recovery_code"])
    groups = stage.kept["recovery_code"].split("-")
    words, _pages = _read(pdf)
    hold(all(group in words for group in groups), "The recovery sheet lacks part of the code.")
    _keep(stage, "recovery-sheet.pdf", pdf)
    return f"one sheet with {len(groups)} groups"


def _keep(stage: Stage, name: str, pdf: bytes) -> None:
    path: Path = stage.file_in(FOLDER, name)
    path.write_bytes(pdf)
    stage.reports.append(f"{FOLDER}/{name}")


def _read(pdf: bytes) -> tuple[str, int]:
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    hold("/StructTreeRoot" in root, "A paper cannot be read by a screen reader: it has no tags.")
    return "\n".join(page.extract_text() for page in reader.pages), len(reader.pages)


ACTS: tuple[Act, ...] = (
    ("Reports are printed", print_reports),
    ("A confidential address stays off paper", hide_a_confidential_address),
    ("The concern is printed for whom it is sealed to", print_the_concern),
    ("The recovery sheet is printed", print_the_recovery_sheet),
)
