"""Imports go down only, and everything below the views works where there is no Qt."""

import subprocess
import sys

ABOVE_QT = ("views/", "app.py", "tour")

IMPORT_WITHOUT_QT = """
import importlib, sys
for name in ("PySide6", "shiboken6", "qtawesome", "qtpy"):
    sys.modules[name] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv) - 1)
"""


def test_everything_below_the_views_imports_without_qt(sources, project):
    names = [
        source.module
        for source in sources
        # Alembic runs env.py with its own context: it cannot be imported by hand.
        if not source.name.startswith(ABOVE_QT) and not source.name.endswith("migrations/env.py")
    ]
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_WITHOUT_QT, *names],
        cwd=project,
        capture_output=True,
        check=False,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == [str(len(names))]


def test_the_layers_hold(project, tmp_path):
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", script, "--no-logo", "--cache-dir", str(tmp_path)],
        cwd=project,
        capture_output=True,
        check=False,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
