"""The order of the tour, and its summary.

A step that does not hold ends the tour: what follows would stand on sand. The summary is written
in any case.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from oost_desktop.errors import OostError
from oost_desktop.tour import at_the_office, carrying, on_paper, on_screen, on_the_road, proof
from oost_desktop.tour.stage import Act, Stage, Step

PEOPLE = ("owner", "coordinator", "dsl", "tutor-01", "tutor-02", "tutor-03")
SUMMARY = "summary.json"
ACTS: tuple[Act, ...] = (
    *at_the_office.ACTS,
    *carrying.ENROLMENT,
    *on_the_road.ACTS,
    *carrying.EXCHANGE,
    *on_screen.CLASH,
    *carrying.SETTLING,
    *on_paper.ACTS,
    *on_screen.ACTS,
    *proof.ACTS,
)

Tell = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What `summary.json` holds. Files are named relative to the tour's folder."""

    ok: bool
    steps: tuple[Step, ...]
    pictures: tuple[str, ...]
    reports: tuple[str, ...]
    vaults: Mapping[str, str]
    passphrases: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The object printed by `tour --json`."""
        return asdict(self)


def play(
    out: Path,
    seed: int,
    passphrases: Mapping[str, str],
    files: Mapping[str, Path],
    tell: Tell,
    acts: Iterable[Act] = ACTS,
) -> Summary:
    """Play every step in an empty folder, tell of each as it ends, and write the summary."""
    stage = Stage(out, seed, passphrases)
    planned = tuple(acts)
    steps: list[Step] = []
    try:
        with _own_leftovers(out):
            for name, act in planned:
                steps.append(_try(stage, name, act))
                tell(steps[-1])
                if not steps[-1].ok:
                    break
    finally:
        stage.leave_all()
        summary = _summary(stage, steps, len(planned), files)
        text = json.dumps(summary.to_json(), indent=1)
        (out / SUMMARY).write_text(text + "\n", encoding="utf-8")
    return summary


@contextmanager
def _own_leftovers(out: Path) -> Iterator[None]:
    """Temporary and cache files go into the tour's folder, where they are looked through."""
    before = dict(os.environ)
    for name, folder in (("TMPDIR", "temporary"), ("XDG_CACHE_HOME", "cache")):
        (out / folder).mkdir()
        os.environ[name] = str(out / folder)
    tempfile.tempdir = None  # asks the environment again
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = None


def _try(stage: Stage, name: str, act: Callable[[Stage], str]) -> Step:
    try:
        return Step(name, ok=True, detail=act(stage))
    except OostError as error:
        return Step(name, ok=False, detail=str(error))


def _summary(stage: Stage, steps: list[Step], planned: int, files: Mapping[str, Path]) -> Summary:
    return Summary(
        ok=len(steps) == planned and all(step.ok for step in steps),
        steps=tuple(steps),
        pictures=tuple(stage.pictures),
        reports=tuple(stage.reports),
        vaults={name: str(folder) for name, folder in stage.vaults.items()},
        passphrases={name: str(path) for name, path in files.items()},
    )
