"""`tour`: plays six weeks of an invented service and checks every step."""

import sys
from argparse import Namespace

from oost_desktop.commands.answer import DONE, FAILED, Answer
from oost_desktop.commands.folders import empty_folder, keep_passphrases
from oost_desktop.tour.stage import Step


def run(arguments: Namespace) -> Answer:
    """Play it; status 0 only if everything held."""
    from oost_desktop.tour import script  # it brings Qt

    out = empty_folder(arguments.out)
    passphrases, files = keep_passphrases(out, arguments.seed, script.PEOPLE)
    summary = script.play(out, arguments.seed, passphrases, files, _tell)
    held = sum(step.ok for step in summary.steps)
    words = f"{held} of {len(script.ACTS)} steps held. Everything is in {out}."
    return Answer(summary.to_json(), words, DONE if summary.ok else FAILED)


def _tell(step: Step) -> None:
    sys.stderr.write(f"{'held' if step.ok else 'BROKEN'}: {step.name}: {step.detail}\n")
