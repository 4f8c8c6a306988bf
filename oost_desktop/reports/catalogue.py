"""Every document the program can print, by the name used on the command line.

Adding a document is one module with a frozen dataclass of values and a `render`, and one line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oost_desktop.errors import UsageError
from oost_desktop.reports import concern_sheet, emergency_card, progress_report, recovery_sheet


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A kind of document: its id, its title, the values it takes, and how they become a PDF.

    `about_pupil` is true if it is asked for by pupil and so holds personal information.
    """

    id: str
    title: str
    values: type
    render: Callable[[Any], bytes]
    about_pupil: bool = True


REPORTS: tuple[ReportKind, ...] = (
    ReportKind(
        "progress", "Progress report", progress_report.ProgressReport, progress_report.render
    ),
    ReportKind("concern", "Safeguarding concern", concern_sheet.ConcernSheet, concern_sheet.render),
    ReportKind("emergency", "Emergency card", emergency_card.EmergencyCard, emergency_card.render),
    ReportKind(
        "recovery",
        "Recovery sheet",
        recovery_sheet.RecoverySheet,
        recovery_sheet.render,
        about_pupil=False,
    ),
)


def report_kind(name: str) -> ReportKind:
    """The kind of this id. Raises UsageError, naming those there are."""
    for kind in REPORTS:
        if kind.id == name:
            return kind
    known = ", ".join(kind.id for kind in REPORTS)
    raise UsageError(f"There is no report called {name}.", f"There are: {known}.")
