"""What the documents say exists, exists; what they promise to name, they name."""

import re
from pathlib import Path

import pytest

from oost_desktop.cli import parser
from oost_desktop.models import RECORDS
from oost_desktop.reports.catalogue import REPORTS
from tests.conformance.test_adding import blocks

NAMED_FILE = re.compile(r"`([\w./-]+\.(?:py|md|csv|sh|toml|spec))`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
MADE_BY_USERS = {"keystore.json", "vault.db"}
EXAMPLES = {block.text.partition("\n")[0].split(maxsplit=1)[-1] for block in blocks()}


def pages(project: Path) -> list[Path]:
    top = [project / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [*top, *sorted((project / "docs").rglob("*.md"))]


def test_every_file_that_is_named_exists(project):
    roots = (project, project / "oost_desktop", project / "docs")
    missing = [
        f"{page.relative_to(project)}: {name}"
        for page in pages(project)
        for name in NAMED_FILE.findall(page.read_text(encoding="utf-8"))
        if "/" in name
        and name not in EXAMPLES
        and not any((root / name).exists() for root in roots)
    ]
    assert missing == []


def test_every_link_leads_somewhere(project):
    broken = [
        f"{page.relative_to(project)}: {target}"
        for page in pages(project)
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("name", [record_type.name for record_type in RECORDS])
def test_security_says_of_every_record_type_who_can_read_it(project, name):
    rows = [
        line
        for line in (project / "docs/security.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and name in line.split("|")[1].replace(" ", "").split(",")
    ]
    assert len(rows) == 1


def test_the_readme_names_every_command_and_every_document(project):
    text = (project / "README.md").read_text(encoding="utf-8")
    commands = next(
        action.choices for action in parser()._actions if isinstance(action.choices, dict)
    )
    assert len(commands) > 5
    assert [name for name in commands if f"`{name}" not in text] == []
    assert [kind.id for kind in REPORTS if f"`{kind.id}`" not in text] == []


def test_decisions_are_numbered_and_all_in_the_index(project):
    folder = project / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    found = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert [name[:4] for name in found] == [f"{n:04d}" for n in range(1, len(found) + 1)]
    assert [name for name in found if f"({name})" not in index] == []
    for name in found:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {name[:4]}. ")
        assert "**To reverse.**" in text
