"""The house rules that a machine can check (CONTRIBUTING.md). The reasons stand beside each."""

import ast
import importlib
import re

MOST_LINES_IN_A_FILE = 500
MOST_LINES_IN_A_FUNCTION = 60
LEAST_DOCUMENTED = 0.90

# A migration spells out the tables of its day, and is never edited again.
HISTORY = "store/migrations/versions/"

MAY_START_THREADS = {"views/jobs.py"}
MAY_CATCH_ALL = {"views/jobs.py", "views/errors.py"}  # the job runner and the exception hooks
MAY_RUN_THE_EVENT_LOOP = {"app.py", "views/gallery/__main__.py"}

THREADS = {
    "threading.Thread",
    "threading.Timer",
    "ThreadPoolExecutor",
    "ProcessPoolExecutor",
    "multiprocessing",
    "_thread",
    "QRunnable",
    "QThreadPool",
    "QThread",
}
NESTED_LOOPS = {
    "QEventLoop",
    "QFileDialog.getExistingDirectory",
    "QFileDialog.getOpenFileName",
    "QFileDialog.getOpenFileNames",
    "QFileDialog.getSaveFileName",
    "QInputDialog.getInt",
    "QInputDialog.getItem",
    "QInputDialog.getText",
    "QMessageBox.about",
    "QMessageBox.critical",
    "QMessageBox.information",
    "QMessageBox.question",
    "QMessageBox.warning",
}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "logic", "manager"}
DEVELOPER_PATHS = re.compile(r"(?:^|[\s'\"=])(?:/(?:work|tmp|home|root|Users)/|[A-Z]:\\Users)")


def test_a_file_holds_one_idea(sources):
    long = {
        source.name: lines
        for source in sources
        if (lines := len(source.text.splitlines())) > MOST_LINES_IN_A_FILE
        and not source.name.startswith(HISTORY)
    }
    assert long == {}


def test_a_function_fits_on_a_screen(sources):
    long = {
        f"{source.line_of(function)} {function.name}": lines
        for source in sources
        for function in source.functions()
        if (lines := _lines(function)) > MOST_LINES_IN_A_FUNCTION
        and not source.name.startswith(HISTORY)
    }
    assert long == {}


def test_a_file_name_says_what_is_in_the_room(sources):
    assert [s.name for s in sources if s.path.stem in SAYS_NOTHING] == []


def test_every_module_says_what_it_is_for(sources):
    assert [s.name for s in sources if not ast.get_docstring(s.tree)] == []


def test_public_names_are_documented(sources):
    public = [
        (f"{source.line_of(node)} {node.name}", ast.get_docstring(node) is not None)
        for source in sources
        for node in source.public()
        if not (source.name.startswith(("views/", "app.py")) and _is_camel(node.name))
    ]
    bare = [name for name, documented in public if not documented]
    share = 1 - len(bare) / len(public)
    assert share >= LEAST_DOCUMENTED, f"{share:.0%} documented; without: {bare}"


def test_camel_case_is_for_qts_own_names(sources):
    """In views a camelCase method overrides Qt's; anywhere else there is none."""
    camel = [
        (source, function)
        for source in sources
        for function in source.functions()
        if _is_camel(function.name)
    ]
    qt = _names_qt_knows() if camel else set()
    ours = [
        f"{source.line_of(function)} {function.name}"
        for source, function in camel
        if not source.name.startswith(("views/", "app.py")) or function.name not in qt
    ]
    assert ours == []


def test_nothing_is_imported_by_star(sources):
    stars = [
        source.line_of(node)
        for source in sources
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
    ]
    assert stars == []


def test_only_the_job_runner_starts_threads(sources):
    assert _uses(sources, THREADS, legal=MAY_START_THREADS) == []


def test_nobody_subclasses_a_thread(sources):
    """A QThread subclass lives on the thread that made it, and its slots run there."""
    subclasses = [
        source.line_of(node)
        for source in sources
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
        and any(_dotted(base).split(".")[-1] in {"QThread", "Thread"} for base in node.bases)
    ]
    assert subclasses == []


def test_the_event_loop_is_never_turned_by_hand(sources):
    """Whatever happens inside a nested loop happens in the middle of something else."""
    turned = _uses(sources, NESTED_LOOPS, legal=set())
    turned += [
        source.line_of(node)
        for source in sources
        if source.name not in MAY_RUN_THE_EVENT_LOOP
        for node in source.nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr == "processEvents"
            or (source.name.startswith("views/") and node.func.attr in {"exec", "exec_"})
        )
    ]
    assert turned == []


def test_catch_alls_are_named(sources):
    """Elsewhere `except Exception` is allowed only to tidy up and raise again."""
    broad = [
        source.line_of(node)
        for source in sources
        if source.name not in MAY_CATCH_ALL
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and not _raises_again(node)
    ]
    assert broad == []


def test_nothing_is_left_for_later(sources):
    later = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XXX|HACK)\b")
    left = [
        f"{source.name}:{number}"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if later.search(line)
    ]
    assert left == []


def test_no_path_of_a_developers_machine(sources):
    paths = [
        source.line_of(node)
        for source in sources
        for node in source.nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and DEVELOPER_PATHS.search(node.value)
    ]
    assert paths == []


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _is_camel(name: str) -> bool:
    return re.fullmatch(r"_?[a-z]+[A-Z]\w*", name) is not None


def _names_qt_knows() -> set[str]:
    names: set[str] = set()
    for name in ("QtCore", "QtGui", "QtWidgets", "QtSvgWidgets", "QtPrintSupport"):
        module = importlib.import_module(f"PySide6.{name}")
        for thing in dir(module):  # PySide6 makes its classes when they are first asked for
            names.update(dir(getattr(module, thing)))
    return names


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _uses(sources, names: set[str], legal: set[str]) -> list[str]:
    """Where a name is imported or reached through its module, outside the legal files."""
    found = []
    for source in sources:
        if source.name in legal:
            continue
        for node in source.nodes:
            if isinstance(node, ast.ImportFrom):
                said = [node.module or ""]
                said += [f"{node.module}.{name.name}" for name in node.names]
            elif isinstance(node, ast.Import):
                said = [name.name for name in node.names]
            elif isinstance(node, ast.Attribute):
                said = [_dotted(node)]
            else:
                continue
            if any(f".{each}".endswith(f".{name}") for each in said for name in names):
                found.append(f"{source.line_of(node)} {said[-1]}")
    return found


def _catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _dotted(kind) in {"Exception", "BaseException"} for kind in caught)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise)
