"""Every page opens through the frame, and through nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from core.pages import PAGES

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__"
)


def test_files_and_list_agree() -> None:
    assert {path.stem for path in FILES} == {spec.name for spec in PAGES}
    assert (ROOT / "pages/__init__.py").read_text() == ""
    assert not [
        path
        for path in (ROOT / "pages").iterdir()
        if path.is_dir() and path.name != "__pycache__"
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_page_is_a_docstring_imports_and_one_gate(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "a page says what it shows"
    imports = (ast.Import, ast.ImportFrom)
    *before, gate = tree.body[1:]
    assert all(isinstance(node, imports) for node in before)
    assert isinstance(gate, ast.With)
    (item,) = gate.items
    call = item.context_expr
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Name)
    assert call.func.id == "page"
    (name,) = call.args
    assert isinstance(name, ast.Constant)
    assert name.value == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_page_imports_streamlit_and_core_only(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    assert names <= {"__future__", "streamlit", "core"}
