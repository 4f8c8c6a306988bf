"""Pictures of the real window on the vaults of the tour: every page, in light and in dark."""

from collections.abc import Sequence
from pathlib import Path

from oost_desktop.app import Studio
from oost_desktop.services import records
from oost_desktop.services import today as days
from oost_desktop.tour.stage import OFFICE, Act, Stage, hold, laptop_of
from oost_desktop.views.portraits import Sitting
from oost_desktop.views.tokens import Scheme

FOLDER, STUDIO = "pictures", "studio"
LEAST_BYTES = 10_000  # an empty window makes a far smaller picture
TUTOR_PAGES = (
    "today", "timetable", "pupils", "work", "documents", "bundles", "concerns", "settings",
)  # fmt: skip
OFFICE_PAGES = (
    "caseload", "import", "timetable", "bundles", "laptops", "concerns", "schools", "staff",
    "terms", "service", "settings",
)  # fmt: skip
OFFICE_PUPIL_PAGES = ("pupil", "file", "allocate")


def draw_the_door(stage: Stage) -> str:
    """What is seen before a caseload is open."""
    vault, folder = stage.vaults[OFFICE], stage.file_in(FOLDER, "x").parent
    taken = _studio(stage).take_the_door(vault, folder)
    taken += _studio(stage).take_the_door(vault, folder, "-dark", Scheme.DARK)
    return _keep(stage, taken)


def draw_the_clash(stage: Stage) -> str:
    """What a coordinator sees while a clash waits."""
    return _draw(stage, OFFICE, [Sitting("office-clashes", "clashes")])


def draw_the_laptop(stage: Stage) -> str:
    """What a tutor sees."""
    desk = stage.desks[laptop_of("tutor-01")]
    pupil = records.ids(desk, "pupil")[0]
    coming = days.today(desk).next
    sittings = [Sitting(f"tutor-{page}", page) for page in TUTOR_PAGES]
    sittings += [
        Sitting("tutor-session", "session", coming.hour if coming else None),
        Sitting("tutor-concern", "concern", pupil),
        Sitting("tutor-pupil", "pupil", pupil),
        Sitting("tutor-emergency", "emergency", pupil),
    ]
    return _draw(stage, laptop_of("tutor-01"), sittings)


def draw_the_office(stage: Stage) -> str:
    """What a coordinator sees."""
    pupil = records.ids(stage.desks[OFFICE], "pupil")[0]
    sittings = [Sitting(f"office-{page}", page) for page in OFFICE_PAGES]
    sittings += [Sitting(f"office-{page}", page, pupil) for page in OFFICE_PUPIL_PAGES]
    return _draw(stage, OFFICE, sittings)


def draw_the_lead(stage: Stage) -> str:
    """What the safeguarding lead sees, names hidden."""
    stage.sit_at(OFFICE, "dsl")
    said = _draw(stage, OFFICE, [Sitting("lead-concerns", "concerns")])
    stage.sit_at(OFFICE, "coordinator")
    return said


def put_the_camera_away(stage: Stage) -> str:
    """No thread or window of ours is left behind."""
    stage.kept.pop(STUDIO).close()
    return f"{len(stage.pictures)} pictures in all"


def _draw(stage: Stage, vault: str, sittings: Sequence[Sitting]) -> str:
    studio = _studio(stage)
    folder = stage.file_in(FOLDER, "x").parent
    desk = stage.desks[vault]
    in_the_dark = [Sitting(f"{each.name}-dark", each.page, each.subject) for each in sittings]
    taken = studio.take(desk, sittings, folder)
    taken += studio.take(desk, in_the_dark, folder, scheme=Scheme.DARK)
    return _keep(stage, taken)


def _studio(stage: Stage) -> Studio:
    if STUDIO not in stage.kept:
        stage.kept[STUDIO] = Studio(stage.clock.clock())
    studio: Studio = stage.kept[STUDIO]
    return studio


def _keep(stage: Stage, taken: Sequence[Path]) -> str:
    for path in taken:
        hold(path.stat().st_size > LEAST_BYTES, f"{path.name} shows nothing.")
        stage.pictures.append(f"{FOLDER}/{path.name}")
    return f"{len(taken)} pictures of the real window at 1366×768, light and dark"


CLASH: tuple[Act, ...] = (("The clash is drawn", draw_the_clash),)
ACTS: tuple[Act, ...] = (
    ("The tutor's screens are drawn", draw_the_laptop),
    ("The office's screens are drawn", draw_the_office),
    ("The lead's screen is drawn", draw_the_lead),
    ("The door is drawn", draw_the_door),
    ("The window is closed", put_the_camera_away),
)
