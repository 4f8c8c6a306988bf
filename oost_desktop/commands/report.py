"""`report`: any document, as a PDF."""

from argparse import Namespace
from datetime import date, datetime

from oost_desktop.atomic import replace_file
from oost_desktop.commands.answer import Answer
from oost_desktop.commands.desks import open_desk
from oost_desktop.errors import UsageError
from oost_desktop.reports.catalogue import REPORTS, report_kind
from oost_desktop.services import concern_paper, documents
from oost_desktop.services.desk import Desk
from oost_desktop.services.references import pupil_meant

CONCERN = "concern"


def make(arguments: Namespace) -> Answer:
    """Make one document, or name them all."""
    if arguments.list:
        said = {"reports": [{"id": kind.id, "title": kind.title} for kind in REPORTS]}
        return Answer(said, "\n".join(f"{kind.id:12} {kind.title}" for kind in REPORTS))
    kind, out = arguments.kind, arguments.out
    if kind is None:
        raise UsageError("Say which document.", "`report --list` names them.")
    if not report_kind(kind).about_pupil:
        raise UsageError("That sheet is made when a service is started or a code is renewed.")
    if arguments.pupil is None or out is None:
        raise UsageError("Say about which pupil, and where to put the file.", "--pupil and --out.")
    first, last = _day(arguments.first), _day(arguments.last)
    with open_desk(arguments) as desk:
        pdf = _render(desk, kind, pupil_meant(desk, arguments.pupil), first, last)
    replace_file(out.absolute(), pdf)
    return Answer({"report": kind, "file": str(out), "bytes": len(pdf)}, f"Written: {out}")


def _render(desk: Desk, kind: str, pupil: str, first: date | None, last: date | None) -> bytes:
    if kind == CONCERN:
        return concern_paper.of_pupil(desk, pupil)
    return documents.render(desk, kind, pupil, first=first, last=last)


def _day(typed: str | None) -> date | None:
    if typed is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise UsageError("That is not a date.", "Write it as 2026-11-23 or 23/11/2026.")
