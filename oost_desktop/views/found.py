"""What the find box found, as the panel shows it."""

from collections.abc import Sequence

from oost_desktop.services.finding import Found as Results
from oost_desktop.services.finding import Result
from oost_desktop.views.icons import Icon
from oost_desktop.views.shell.find_panel import Found


def as_rows(results: Results) -> list[Found]:
    """Pupils, then people, then notes; the key is "page:subject"."""
    return [
        *_rows("Pupils", Icon.PERSON, results.pupils),
        *_rows("People", Icon.TELEPHONE, results.people),
        *_rows("Notes", Icon.DOCUMENT, results.notes),
    ]


def _rows(group: str, meaning: Icon, results: Sequence[Result]) -> list[Found]:
    return [
        Found(_key(result), result.title, result.sub_line, group, meaning) for result in results
    ]


def _key(result: Result) -> str:
    """A session opens on its own page; what else is in a pupil's file opens the file."""
    if result.page == "session":
        return f"session:session:{result.record}"
    if result.pupil is not None:
        return f"pupil:{result.pupil}"
    return f"{result.page}:{result.record}"
