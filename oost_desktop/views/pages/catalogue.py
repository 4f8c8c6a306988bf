"""Which pages each person has, in the order of the rail: the one list of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from oost_desktop.models.base import Role
from oost_desktop.services.desk import Desk
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.allocate_page import AllocatePage
from oost_desktop.views.pages.bundles_page import BundlesPage
from oost_desktop.views.pages.caseload_page import CaseloadPage
from oost_desktop.views.pages.clashes_page import ClashesPage
from oost_desktop.views.pages.concern_page import ConcernPage
from oost_desktop.views.pages.concerns_page import ConcernsPage
from oost_desktop.views.pages.documents_page import DocumentsPage
from oost_desktop.views.pages.emergency_page import EmergencyPage
from oost_desktop.views.pages.file_page import FilePage
from oost_desktop.views.pages.import_page import ImportPage
from oost_desktop.views.pages.laptops_page import LaptopsPage
from oost_desktop.views.pages.pupil_page import PupilPage
from oost_desktop.views.pages.pupils_page import PupilsPage
from oost_desktop.views.pages.record_page import RecordPage
from oost_desktop.views.pages.session_page import SessionPage
from oost_desktop.views.pages.settings_page import SettingsPage
from oost_desktop.views.pages.timetable_page import TimetablePage
from oost_desktop.views.pages.today_page import TodayPage
from oost_desktop.views.pages.work_page import WorkPage

PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: with `under`, reached from that page and not in the rail."""

    id: str
    title: str
    icon: Icon
    make: Callable[[Context], Page]
    under: str = ""


_TUTOR = (
    PageEntry("today", "Today", Icon.TODAY, TodayPage),
    PageEntry("timetable", "Timetable", Icon.TIMETABLE, TimetablePage),
    PageEntry("pupils", "Pupils", Icon.PUPILS, PupilsPage),
    PageEntry("work", "Work", Icon.WORK, WorkPage),
    PageEntry("documents", "Documents", Icon.DOCUMENT, DocumentsPage),
    PageEntry("bundles", "Bundles", Icon.BUNDLE, BundlesPage),
    PageEntry("concerns", "My concerns", Icon.CONCERNS, ConcernsPage),
    PageEntry("settings", "Settings", Icon.SETTINGS, SettingsPage),
    PageEntry("session", "Session", Icon.RECORD, SessionPage, under="today"),
    PageEntry("concern", "Concern", Icon.CONCERN, ConcernPage, under="today"),
    PageEntry("pupil", "Pupil", Icon.PERSON, PupilPage, under="pupils"),
    PageEntry("emergency", "Emergency card", Icon.EMERGENCY, EmergencyPage, under="pupils"),
    PageEntry("file", "Change the file", Icon.RECORD, FilePage, under="pupils"),
    PageEntry("clashes", "Clashes", Icon.CLASH, ClashesPage, under="bundles"),
)
_OFFICE = (
    PageEntry("caseload", "Caseload", Icon.CASELOAD, CaseloadPage),
    PageEntry("timetable", "Timetable", Icon.TIMETABLE, TimetablePage),
    PageEntry("bundles", "Bundles", Icon.BUNDLE, BundlesPage),
    PageEntry("laptops", "Laptops", Icon.LAPTOP, LaptopsPage),
    PageEntry("concerns", "Concerns", Icon.CONCERNS, ConcernsPage),
    PageEntry("schools", "Schools", Icon.SCHOOL, partial(RecordPage, etype="school")),
    PageEntry("staff", "Staff", Icon.STAFF, partial(RecordPage, etype="staff_member")),
    PageEntry("terms", "Term dates", Icon.REVIEW, partial(RecordPage, etype="term_period")),
    PageEntry(
        "service",
        "The service",
        Icon.PLAN,
        partial(RecordPage, etype="setting", title="The service"),
    ),
    PageEntry("settings", "Settings", Icon.SETTINGS, SettingsPage),
    PageEntry("session", "Session", Icon.RECORD, SessionPage, under="timetable"),
    PageEntry("concern", "Concern", Icon.CONCERN, ConcernPage, under="caseload"),
    PageEntry("work", "Work", Icon.WORK, WorkPage, under="caseload"),
    PageEntry("pupil", "Pupil", Icon.PERSON, PupilPage, under="caseload"),
    PageEntry("documents", "Documents", Icon.DOCUMENT, DocumentsPage, under="caseload"),
    PageEntry("emergency", "Emergency card", Icon.EMERGENCY, EmergencyPage, under="caseload"),
    PageEntry("file", "Change the file", Icon.RECORD, FilePage, under="caseload"),
    PageEntry("import", "Import spreadsheet", Icon.IMPORT, ImportPage, under="caseload"),
    PageEntry("allocate", "Allocate", Icon.STAFF, AllocatePage, under="caseload"),
    PageEntry("clashes", "Clashes", Icon.CLASH, ClashesPage, under="bundles"),
)


def pages_for(desk: Desk) -> tuple[PageEntry, ...]:
    """The pages of whoever is at the desk."""
    return _OFFICE if desk.at_office else _TUTOR


def home_of(desk: Desk) -> str:
    """The page that comes after unlocking."""
    if desk.person.role is Role.DSL:
        return "concerns"
    return "caseload" if desk.at_office else "today"
