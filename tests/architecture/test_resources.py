"""`resources/` holds data only, and only `paths.py` knows where it is."""

import ast

import pytest

from oost_desktop.paths import resource

# Fonts come from pymupdf-fonts and icons from QtAwesome, with their licences.
NOT_DATA = {".py", ".pyc", ".so", ".dll", ".ui", ".qrc", ".ttf", ".otf", ".woff", ".woff2"}


def test_resources_are_data_only():
    files = [path for path in resource().rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if path.suffix.lower() in NOT_DATA] == []


@pytest.mark.parametrize("kind", ["csv", "txt", "svg"])
def test_text_resources_are_utf_8_without_a_byte_order_mark(kind):
    for path in resource().rglob(f"*.{kind}"):
        assert not path.read_text(encoding="utf-8").startswith("\N{BOM}"), path.name


def test_only_paths_knows_where_files_lie(sources):
    knowing = {
        source.name
        for source in sources
        for node in source.nodes
        if (isinstance(node, ast.Name) and node.id == "__file__")
        or (isinstance(node, ast.Constant) and node.value == "_MEIPASS")
    }
    # Alembic asks for the folder of migrations that lies beside the module that runs it.
    assert knowing <= {"paths.py", "store/schema.py"}
