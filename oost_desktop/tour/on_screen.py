"""Pictures of the real window, on the vaults the tour has made: light, and dark where it tells."""

from oost_desktop.app import Studio
from oost_desktop.services import records
from oost_desktop.services import today as days
from oost_desktop.tour.stage import OFFICE, Act, Stage, hold, laptop_of
from oost_desktop.views.portraits import Sitting
from oost_desktop.views.tokens import Scheme

FOLDER, STUDIO = "pictures", "studio"


def draw_the_laptop(stage: Stage) -> str:
    """What a tutor sees."""
    desk = stage.desks[laptop_of("tutor-01")]
    pupil = records.ids(desk, "pupil")[0]
    next_hour = days.today(desk).next
    hour = next_hour.hour if next_hour else None
    pages = ("today", "timetable", "pupils", "work", "bundles", "concerns", "settings")
    sittings = [Sitting(f"tutor-{page}", page) for page in pages]
    sittings += [
        Sitting("tutor-session", "session", hour),
        Sitting("tutor-concern", "concern", pupil),
        Sitting("tutor-pupil", "pupil", pupil),
        Sitting("tutor-emergency", "emergency", pupil),
    ]
    return _draw(stage, laptop_of("tutor-01"), sittings, dark=("tutor-today", "tutor-session"))


def draw_the_office(stage: Stage) -> str:
    """What a coordinator sees."""
    pages = ("caseload", "bundles", "clashes", "laptops", "schools", "staff")
    sittings = [Sitting(f"office-{page}", page) for page in pages]
    return _draw(stage, OFFICE, sittings, dark=("office-caseload",))


def _draw(stage: Stage, vault: str, sittings: list[Sitting], dark: tuple[str, ...]) -> str:
    folder = stage.file_in(FOLDER, "x").parent
    if STUDIO not in stage.kept:
        stage.kept[STUDIO] = Studio(stage.clock.clock())
    studio: Studio = stage.kept[STUDIO]
    desk = stage.desks[vault]
    taken = studio.take(desk, sittings, folder)
    again = [Sitting(f"{s.name}-dark", s.page, s.subject) for s in sittings if s.name in dark]
    taken += studio.take(desk, again, folder, scheme=Scheme.DARK)
    for path in taken:
        hold(path.stat().st_size > 10_000, f"{path.name} shows nothing.")
        stage.pictures.append(f"{FOLDER}/{path.name}")
    return f"{len(taken)} pictures of the real window at 1366×768"


def put_the_camera_away(stage: Stage) -> str:
    """No thread or window of ours is left behind."""
    stage.kept.pop(STUDIO).close()
    return f"{len(stage.pictures)} pictures in all"


ACTS: tuple[Act, ...] = (
    ("The tutor's screens are drawn", draw_the_laptop),
    ("The office's screens are drawn", draw_the_office),
    ("The window is closed", put_the_camera_away),
)
