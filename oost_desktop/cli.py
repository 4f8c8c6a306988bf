"""The command line: what may be said, who answers, and how the answer is given.

An answer goes to standard output, in words or (with `--json`) as exactly one JSON object;
everything else goes to standard error. Exit status: 0 done; 1 refused or failed, nothing changed;
2 wrong usage; 3 done, but something needs a person. Only what a command needs is imported: the
acts themselves are in `commands/`.
"""

import argparse
import importlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from oost_desktop import __version__
from oost_desktop.commands.answer import Answer
from oost_desktop.errors import DEBUG, OostError

PROGRAM = "oost-desktop"
_COMMON = {"vault": None, "passphrase_file": None, "json": False}


def main(words: Sequence[str]) -> int:
    """Do what was asked; the exit status. Raises SystemExit (2) for wrong usage."""
    arguments = parser().parse_args(words)
    for name, value in _COMMON.items():
        if not hasattr(arguments, name):
            setattr(arguments, name, value)
    try:
        answer = _answer(arguments)
    except OostError as error:
        print(str(error), file=sys.stderr)
        if arguments.json:
            _print_object({"error": error.title, "advice": error.advice})
        return error.exit_status
    _give(answer, as_json=arguments.json)
    return answer.status


def _answer(arguments: argparse.Namespace) -> Answer:
    module, act = arguments.run.split(":")
    commands = importlib.import_module(f"oost_desktop.commands.{module}")
    answer = getattr(commands, act)(arguments)
    assert isinstance(answer, Answer)
    return answer


def _give(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        _print_object(dict(answer.said))
    elif answer.words:
        print(answer.words)


def _print_object(said: dict[str, Any]) -> None:
    print(json.dumps(said, ensure_ascii=True, indent=1))


def unexpected(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """For `sys.excepthook`: one sentence. A traceback may hold what was typed: only if asked."""
    print(f"OOST Desktop has a fault ({kind.__name__}) and stopped.", file=sys.stderr)
    if os.environ.get(DEBUG):
        traceback.print_exception(kind, error, trace)
    else:
        print(f"Set {DEBUG}=1 to see where.", file=sys.stderr)


# --- what may be said ---------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Says what was wrong in one line, and where the help is."""

    def error(self, message: str) -> NoReturn:
        said = message[:1].upper() + message[1:]
        self.exit(2, f"{said}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    """The whole grammar. Common options may stand before or after the command."""
    common = _common()
    top = _Parser(
        prog=PROGRAM,
        description="An encrypted, offline caseload. Without a command, opens the window.",
        parents=[common],
    )
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument(
        "--self-test",
        action="store_const",
        dest="run",
        const="selftest:run",
        help="open the window on invented people, look at it, close it",
    )
    top.set_defaults(run="window:show")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    _window(commands, common)
    _vault(commands, common)
    _caseload(commands, common)
    _bundle(commands, common)
    _report(commands, common)
    _invented(commands, common)
    return top


Commands = Any  # argparse does not name the type of its subparsers publicly


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--vault", type=Path, metavar="DIR", help="the caseload's folder")
    common.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="the passphrase is its first line (or set OOST_PASSPHRASE_FILE);"
        " the window does not use it: it always asks",
    )
    common.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return common


def _add(
    commands: Commands, common: argparse.ArgumentParser, name: str, run: str, words: str
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name, parents=[common], help=words, description=words[0].upper() + words[1:] + "."
    )
    made.set_defaults(run=run)
    return made


def _group(commands: Commands, common: argparse.ArgumentParser, name: str, words: str) -> Commands:
    made = commands.add_parser(name, parents=[common], help=words, description=words)
    return made.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _window(commands: Commands, common: argparse.ArgumentParser) -> None:
    made = _add(
        commands, common, "practice", "window:practise", "open the window on an invented service"
    )
    made.add_argument("--fresh", action="store_true", help="begin again with a new service")


def _vault(commands: Commands, common: argparse.ArgumentParser) -> None:
    group = _group(commands, common, "vault", "make, verify, copy and put back a caseload")
    made = _add(group, common, "create", "vault:create", "start a service on this computer")
    made.add_argument("--owner", default="", metavar="NAME", help="who starts it (needed)")
    made.add_argument(
        "--recovery-sheet",
        type=Path,
        metavar="FILE",
        help="write the recovery code as a PDF to print, not to the screen",
    )
    made = _add(group, common, "check", "vault:check", "prove that a caseload is whole")
    made.add_argument("--signatures", action="store_true", help="verify every signature kept")
    made.add_argument("--rebuild", action="store_true", help="fold every record again and compare")
    made = _add(group, common, "backup", "vault:backup", "copy a caseload, and check the copy")
    made.add_argument(
        "--out",
        "--to",
        type=Path,
        metavar="DIR",
        dest="out",
        help="the folder of backups; else the window's own, beside the caseload",
    )
    made = _add(group, common, "restore", "vault:restore", "put a backup in a caseload's place")
    made.add_argument(
        "backup",
        type=Path,
        nargs="?",
        metavar="BACKUP",
        help="one backup's folder, or the folder of backups for the newest",
    )
    made.add_argument("--from", type=Path, dest="backup_option", metavar="DIR", help="the same")


def _caseload(commands: Commands, common: argparse.ArgumentParser) -> None:
    group = _group(commands, common, "caseload", "pupils from a spreadsheet")
    made = _add(
        group,
        common,
        "import",
        "caseload:import_file",
        "take pupils in from a spreadsheet, with a reason for each row refused",
    )
    made.add_argument("file", type=Path, metavar="FILE.csv")
    made.add_argument("--dry-run", action="store_true", help="only say what would happen")


def _bundle(commands: Commands, common: argparse.ArgumentParser) -> None:
    group = _group(commands, common, "bundle", "hand work over in files")
    made = _add(group, common, "export", "bundle:export", "write a bundle")
    made.add_argument(
        "--to", required=True, metavar="NAME", help="office, or whose laptop (or its label)"
    )
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to put it")
    made = _add(group, common, "inspect", "bundle:inspect", "say what is in a bundle")
    made.add_argument("file", type=Path, metavar="FILE")
    made = _add(group, common, "import", "bundle:import_files", "check bundles and take them in")
    made.add_argument("files", type=Path, nargs="+", metavar="FILE")
    made.add_argument("--dry-run", action="store_true", help="check, and change nothing")


def _report(commands: Commands, common: argparse.ArgumentParser) -> None:
    made = _add(commands, common, "report", "report:make", "make any document")
    made.add_argument("kind", nargs="?", metavar="KIND", help="which; see --list")
    made.add_argument("--list", action="store_true", help="name every kind of document")
    made.add_argument("--pupil", metavar="REF", help="UPN, full name, or record id")
    made.add_argument("--from", dest="first", metavar="DATE", help="first day (ISO or dd/mm/yyyy)")
    made.add_argument("--to", dest="last", metavar="DATE", help="last day")
    made.add_argument("--out", type=Path, metavar="FILE", help="the PDF to write")


def _invented(commands: Commands, common: argparse.ArgumentParser) -> None:
    made = _add(
        commands,
        common,
        "tour",
        "tour:run",
        "play an invented service from first day to clash, checking each step",
    )
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    made.add_argument("--seed", type=int, default=1, metavar="N")
    made = _add(
        commands, common, "make-county", "county:make", "an invented service of any size, for load"
    )
    made.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder")
    for name, default, words in (
        ("tutors", 10, "how many"),
        ("pupils", 100, "how many"),
        ("years", 1, "of history"),
    ):
        made.add_argument(
            f"--{name}", type=_count, default=default, metavar="N", help=f"{words} ({default})"
        )
    made.add_argument("--seed", type=int, default=1, metavar="N")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a number, 1 or more")
    return int(text)
