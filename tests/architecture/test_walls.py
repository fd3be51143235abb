"""The import rule: engine knows no Qt, widgets know no app, one file imports hls4ml, nothing heavy at import."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import networkx
import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "engine": {"PySide6", "shiboken6", "pyqtgraph", "widgets", "app"},
    "widgets": {"app"},
    "app": set(),
    "resources": {"engine", "widgets", "app", "PySide6"},
}
HEAVY = {"tensorflow", "tf_keras", "keras", "qkeras", "hls4ml"}
IN_WORKERS = ROOT / "engine" / "training" / "keras"
"""What imports TensorFlow; a job imports it."""
FILES = [path for room in FORBIDDEN for path in sorted((ROOT / room).rglob("*.py"))]


def _imports(path):
    """Every imported top-level package of a file, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path):
    room = path.relative_to(ROOT).parts[0]
    assert not set(_imports(path)) & FORBIDDEN[room]


def test_one_file_imports_hls4ml():
    found = {str(path.relative_to(ROOT)) for path in FILES if "hls4ml" in set(_imports(path))}
    assert found == {"engine/flows/hls4ml/adapter.py"}


def test_hls4mls_flow_knows_no_other_flow():
    others = re.compile(r"engine\.flows\.(finn|rtl)\b")
    known = [path for path in (ROOT / "engine/flows/hls4ml").rglob("*.py") if others.search(path.read_text("utf-8"))]
    assert known == []


def _module(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imported_modules(path, known):
    """The modules of ours that a file imports, also for types only and inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom):
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & known
            yield from submodules or {node.module} & known


def test_no_file_of_the_application_knows_who_imports_it():
    modules = {_module(path): path for path in FILES if path.relative_to(ROOT).parts[0] == "app"}
    graph = networkx.DiGraph(
        (name, other) for name, path in modules.items() for other in _imported_modules(path, modules.keys())
    )
    assert [circle for circle in networkx.strongly_connected_components(graph) if len(circle) > 1] == []


def _loaded_after(statement):
    code = f"{statement}; import sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_importing_all_of_engine_loads_neither_qt_nor_anything_heavy():
    modules = [
        _module(path)
        for path in FILES
        if path.relative_to(ROOT).parts[0] == "engine" and path.name != "worker.py" and IN_WORKERS not in path.parents
    ]
    assert not _loaded_after("import " + ", ".join(modules)) & (HEAVY | {"PySide6", "pyqtgraph"})


def test_the_window_loads_nothing_heavy():
    assert not _loaded_after("import app.main_window") & HEAVY


def test_files_stay_readable():
    long_files = {str(path.relative_to(ROOT)): n for path in FILES if (n := len(path.read_text().splitlines())) > 400}
    assert long_files == {}


def test_functions_stay_readable():
    long_functions = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 60
    ]
    assert long_functions == []
