"""The recipes of `docs/adding.md`, followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

import oost_desktop

PROJECT = Path(oost_desktop.__file__).parent.parent
COPIED = ("oost_desktop", "resources", "tests", "tools", "docs", "pyproject.toml", "Makefile")
RECIPES = PROJECT / "docs" / "adding.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EVERY_TYPE = re.compile(r"@every_type\ndef (\w+)")

WRITES = ("python", "diff")
QUIET = ("--no-cache", "--quiet")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Block:
    """One fenced block of the page."""

    kind: str
    text: str


def blocks() -> Iterator[Block]:
    for kind, text in FENCE.findall(RECIPES.read_text(encoding="utf-8")):
        yield Block(kind, text)


def touched() -> list[str]:
    """The Python files that the recipes write or change."""
    places = [block.text.partition("\n")[0] for block in blocks() if block.kind in WRITES]
    return sorted({place.split(maxsplit=1)[1] for place in places if place.endswith(".py")})


@dataclass(frozen=True)
class Copy:
    """A copy of the project, run with this Python and nothing of the original."""

    folder: Path

    def do(self, block: Block) -> None:
        """What somebody who follows the page would do with a block."""
        if block.kind in ("python", "csv"):
            first, _, rest = block.text.partition("\n")
            assert first.startswith("# "), f"a block does not say where it goes: {first}"
            path = self.folder / first.removeprefix("# ")
            assert not path.exists(), f"{first} is there already"
            path.write_text(rest, encoding="utf-8")
        elif block.kind == "diff":
            self._change(block.text)
        elif block.text.startswith("make migration"):
            name = block.text.partition('NAME="')[2].strip().removesuffix('"')
            self.run("tools/new_migration.py", name)
        elif block.text.startswith("make format"):
            self.run("-m", "ruff", "check", "--fix", "--select", "I", *QUIET, *touched())
            self.run("-m", "ruff", "format", *QUIET, *touched())

    def _change(self, text: str) -> None:
        first, _, rest = text.partition("\n")
        path = self.folder / first.removeprefix("--- ")
        content = path.read_text(encoding="utf-8")
        for hunk in rest.split("@@\n"):
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] != "+")
            after = "".join(line[1:] for line in lines if line[0] != "-")
            assert content.count(before) == 1, f"docs/adding.md is out of date: {first}\n{before}"
            content = content.replace(before, after)
        path.write_text(content, encoding="utf-8")

    def run(self, *words: str) -> None:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def test(self, *words: str) -> set[str]:
        """Run tests of the copy, all of which must pass; their names."""
        report = self.folder / "report.xml"
        self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}", *words)
        cases = ElementTree.parse(report).getroot().iter("testcase")  # noqa: S314  our own
        return {case.attrib["name"] for case in cases if case.find("skipped") is None}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy in which every recipe of the page was followed, from top to bottom."""
    copy = Copy(tmp_path_factory.mktemp("adding"))
    ignored = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, copy.folder / name, ignore=ignored)
        else:
            shutil.copyfile(source, copy.folder / name)
    for block in blocks():
        copy.do(block)
    return copy


def test_the_new_type_is_held_to_every_promise(followed):
    promises = EVERY_TYPE.findall((PROJECT / "tests/conformance/test_records.py").read_text())
    assert len(promises) > 10
    passed = followed.test("tests/conformance/test_records.py", "-k", "loan")
    assert {f"{promise}[loan]" for promise in promises} <= passed


def test_its_migrations_are_listed_and_complete(followed):
    assert len(followed.test("tests/store/test_schema.py")) > 3


def test_a_migration_takes_nothing_away_that_was_not_asked_for(followed):
    """The search index has tables that no model declares."""
    added = set((followed.folder / "oost_desktop/store/migrations/versions").glob("*.py"))
    known = {path.name for path in (PROJECT / "oost_desktop/store/migrations/versions").glob("*")}
    written = [path.read_text() for path in added if path.name not in known]
    assert len(written) == 2
    assert not any("drop" in text for text in written)


def test_act_report_and_test_work_as_written(followed):
    assert len(followed.test("tests/services/test_loans.py")) == 3


def test_page_action_and_command_are_found(followed):
    look = """
from oost_desktop.cli import parser
from oost_desktop.views.actions.spec import UiState, tutors_only
from oost_desktop.views.pages.catalogue import _TUTOR
from oost_desktop.models.codes import code_list

assert parser().parse_args(["loans", "--json"]).run == "loans:show"
assert "loans" in [entry.id for entry in _TUTOR]
assert tutors_only(UiState(unlocked=True, role="tutor"))
assert "LOAN_DAYS" in code_list("settings")
import oost_desktop.commands.loans, oost_desktop.views.open_desk
"""
    followed.run("-c", look)


def test_what_was_written_keeps_the_house_rules(followed):
    followed.run("-m", "ruff", "check", *QUIET, *touched())
    followed.test("tests/architecture/test_imports.py", "tests/models/test_codes.py")
