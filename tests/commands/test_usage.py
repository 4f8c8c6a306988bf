"""Exit status 2 is for words the program does not know; help is for everybody."""

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oost_desktop import cli, paths

COMMANDS = (
    ("practice",), ("tour",), ("make-county",), ("report",), ("vault", "create"),
    ("vault", "check"), ("vault", "backup"), ("vault", "restore"), ("caseload", "import"),
    ("bundle", "export"), ("bundle", "inspect"), ("bundle", "import"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_promised_command_explains_itself(run, command):
    ran = run(*command, "--help")
    assert ran.status == 0
    assert ran.out.startswith(f"usage: oost-desktop {' '.join(command)}")


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("vault",),
        ("vault", "sing"),
        ("vault", "backup"),
        ("bundle", "export", "--to", "office"),
        ("bundle", "import"),
        ("make-county", "--out", "x", "--tutors", "0", "--pupils", "1", "--years", "1"),
        ("tour",),
        ("vault", "check", "--passphrase", "secret"),
    ],
)
def test_wrong_words_are_wrong_usage(run, words):
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_wrong_usage_says_where_the_help_is(run):
    assert run("bundle", "export", "--to", "office").err == (
        "The following arguments are required: --out. See oost-desktop bundle export --help.\n"
    )


@pytest.mark.parametrize("number", ["0", "-3", "many"])
def test_a_count_is_a_number(run, number):
    ran = run("make-county", "--out", "x", f"--tutors={number}")
    assert ran.status == 2
    assert "must be a number, 1 or more" in ran.err


def test_the_help_says_that_the_window_always_asks(run):
    said = " ".join(run("--help").out.split())
    assert "the window does not use it: it always asks" in said


def test_a_passphrase_is_not_taken_from_the_command_line():
    options = {option for action in _all_actions(cli.parser()) for option in action.option_strings}
    assert "--passphrase-file" in options
    assert not {"--passphrase", "--password", "-p"} & options


def test_common_options_stand_before_or_after_the_command(run, office):
    before = run(*office.by(), "--json", "vault", "check")
    after = run("vault", "check", *office.by(), "--json")
    assert before.said == after.said


def test_without_a_command_the_window_opens():
    assert cli.parser().parse_args([]).run == "window:show"


def test_without_a_passphrase_and_without_a_person_usage_is_wrong(run, office, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = run("vault", "check", "--vault", office.folder)
    assert ran.status == 2
    assert "passphrase" in ran.err


def test_without_a_vault_it_is_the_windows_own(run, office):
    """The folder that the window opens when nobody has chosen another."""
    by = ("--passphrase-file", office.passphrases / "dsl.txt")
    assert run("vault", "check", *by).status == 2
    paths.vault_home().mkdir(parents=True)
    office.folder.rename(paths.vault_home() / "caseload")
    assert run("vault", "check", *by).status == 0


def test_the_environment_may_name_the_passphrase_file(run, office, monkeypatch):
    monkeypatch.setenv("OOST_PASSPHRASE_FILE", str(office.passphrases / "dsl.txt"))
    assert run("vault", "check", "--vault", office.folder).status == 0


def test_a_fault_of_ours_is_one_sentence_and_status_1(tmp_path):
    """A traceback may hold a child's name, so it is shown only to who asks for it."""
    script = (
        "import sys; from oost_desktop import cli, __main__\n"
        "def fail(arguments): raise KeyError('Zoë Świątek')\n"
        "cli._answer = fail; sys.argv = ['oost-desktop', 'report', '--list']; __main__.main()"
    )
    quiet = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=False, text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert quiet.returncode == 1
    assert "KeyError" in quiet.stderr
    assert "Świątek" not in quiet.stderr
    assert quiet.stdout == ""


def test_a_command_loads_no_more_than_it_needs():
    """`report --list` must not wait for the window or the invented service."""
    script = (
        "import sys; from oost_desktop import cli; cli.main(['report', '--list']);"
        "print(sorted(n for n in sys.modules if n.startswith(('PySide6', 'oost_desktop.views',"
        " 'oost_desktop.invented', 'oost_desktop.tour'))), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True,
        cwd=Path(cli.__file__).parent.parent,
    )  # fmt: skip
    assert ran.stderr.strip() == "[]"


def _all_actions(parser):
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _all_actions(inner)
