"""The window: on one's own caseload, or on an invented one to practise with."""

from argparse import Namespace

from oost_desktop import paths
from oost_desktop.clock import system_clock
from oost_desktop.commands.answer import DONE, FAILED, Answer


def show(arguments: Namespace) -> Answer:
    """Open the window and stay until it is closed."""
    from oost_desktop.app import main

    return _ended(main(arguments.vault))


def practise(arguments: Namespace) -> Answer:
    """Open the window on the practice caseload, marked PRACTICE."""
    from oost_desktop.app import main
    from oost_desktop.services import practice

    folder = arguments.vault or paths.practice_home()
    return _ended(main(desk=practice.begin(folder, system_clock(), fresh=arguments.fresh)))


def _ended(status: int) -> Answer:
    return Answer({"status": status}, "", DONE if status == 0 else FAILED)
