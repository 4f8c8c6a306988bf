"""What the find box found, as the panel shows it."""

from collections.abc import Sequence

from oost_desktop.services.finding import Found as Results
from oost_desktop.services.finding import Hit
from oost_desktop.views.icons import Icon
from oost_desktop.views.shell.find_panel import Found


def as_rows(results: Results) -> list[Found]:
    """Pupils, then people, then notes; the key is "page:record"."""
    return [
        *_rows("Pupils", Icon.PERSON, results.pupils),
        *_rows("People", Icon.TELEPHONE, results.people),
        *_rows("Notes", Icon.DOCUMENT, results.notes),
    ]


def _rows(group: str, meaning: Icon, hits: Sequence[Hit]) -> list[Found]:
    return [
        Found(f"{hit.page}:{hit.subject}", hit.title, hit.detail, group, meaning) for hit in hits
    ]
