"""Which pages each person has, in the order of the rail: the one list of them."""

from collections.abc import Callable
from dataclasses import dataclass

from oost_desktop.models.base import Role
from oost_desktop.services.desk import Desk
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.bundles_page import BundlesPage
from oost_desktop.views.pages.caseload_page import CaseloadPage
from oost_desktop.views.pages.clashes_page import ClashesPage
from oost_desktop.views.pages.concern_page import ConcernPage
from oost_desktop.views.pages.concerns_page import ConcernsPage
from oost_desktop.views.pages.emergency_page import EmergencyPage
from oost_desktop.views.pages.laptops_page import LaptopsPage
from oost_desktop.views.pages.pupil_page import PupilPage
from oost_desktop.views.pages.pupils_page import PupilsPage
from oost_desktop.views.pages.session_page import SessionPage
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
    PageEntry("session", "Session", Icon.RECORD, SessionPage, under="today"),
    PageEntry("concern", "Concern", Icon.CONCERN, ConcernPage, under="today"),
    PageEntry("pupils", "Pupils", Icon.PUPILS, PupilsPage),
    PageEntry("work", "Work", Icon.WORK, WorkPage),
    PageEntry("pupil", "Pupil", Icon.PERSON, PupilPage, under="pupils"),
    PageEntry("emergency", "Emergency card", Icon.EMERGENCY, EmergencyPage, under="pupils"),
    PageEntry("bundles", "Bundles", Icon.BUNDLE, BundlesPage),
    PageEntry("clashes", "Clashes", Icon.CLASH, ClashesPage, under="bundles"),
    PageEntry("concerns", "My concerns", Icon.CONCERNS, ConcernsPage),
)
_OFFICE: tuple[PageEntry, ...] = (
    PageEntry("caseload", "Caseload", Icon.CASELOAD, CaseloadPage),
    PageEntry("timetable", "Timetable", Icon.TIMETABLE, TimetablePage),
    PageEntry("session", "Session", Icon.RECORD, SessionPage, under="timetable"),
    PageEntry("concern", "Concern", Icon.CONCERN, ConcernPage, under="caseload"),
    PageEntry("pupil", "Pupil", Icon.PERSON, PupilPage, under="caseload"),
    PageEntry("emergency", "Emergency card", Icon.EMERGENCY, EmergencyPage, under="caseload"),
    PageEntry("bundles", "Bundles", Icon.BUNDLE, BundlesPage),
    PageEntry("clashes", "Clashes", Icon.CLASH, ClashesPage, under="bundles"),
    PageEntry("laptops", "Laptops", Icon.LAPTOP, LaptopsPage),
    PageEntry("concerns", "Concerns", Icon.CONCERNS, ConcernsPage),
)


def pages_for(desk: Desk) -> tuple[PageEntry, ...]:
    """The pages of whoever is at the desk."""
    return _OFFICE if desk.at_office else _TUTOR


def home_of(desk: Desk) -> str:
    """The page that comes after unlocking."""
    if desk.person.role is Role.DSL:
        return "concerns"
    return "caseload" if desk.at_office else "today"
