"""The shape of the project: what may stand where, and how long it may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [
    ROOT / "app.py",
    *sorted((ROOT / "core").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
]
SERVED = [
    path
    for suffix in ("css", "js", "html", "svg")
    for path in sorted((ROOT / "core").rglob(f"*.{suffix}"))
]
SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b"
    r"|\bcreate\s+(or\s+replace\s+)?(temp\s+)?(table|view)\b|\bdrop\s+(table|view)\b",
    re.IGNORECASE | re.DOTALL,
)
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s'\")]*")
# Names of XML vocabularies and of invented companies: nobody fetches them.
NAMES = re.compile(
    r"//(www\.w3\.org|schemas\.openxmlformats\.org|[\w.{}-]*\.(example|invalid))(/|$)"
    r"|//localhost"
)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def texts(path: Path) -> list[tuple[int, str]]:
    """Return the string constants of a file that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    statements = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in statements
    ]


@pytest.mark.parametrize("path", PYTHON, ids=short)
def test_no_sql_outside_the_sql_folder(path: Path) -> None:
    found = [(line, text[:60]) for line, text in texts(path) if SQL.search(text)]
    assert not found


@pytest.mark.parametrize("path", PYTHON, ids=short)
def test_no_address_of_the_internet_in_code(path: Path) -> None:
    found = [
        (line, address)
        for line, text in texts(path)
        for address in ADDRESS.findall(text)
        if not NAMES.search(address)
    ]
    assert not found


@pytest.mark.parametrize("path", SERVED, ids=short)
def test_nothing_served_fetches_from_the_internet(path: Path) -> None:
    content = path.read_text("utf-8")
    found = [text for text in ADDRESS.findall(content) if not NAMES.search(text)]
    assert not found


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [("core/**/*.py", 320), ("pages/*.py", 60), ("sql/*/*.sql", 150)],
)
def test_files_stay_short(pattern: str, limit: int) -> None:
    lengths = {
        short(path): path.read_text("utf-8").count("\n") for path in ROOT.glob(pattern)
    }
    assert lengths
    assert {name: size for name, size in lengths.items() if size > limit} == {}


def test_top_level_is_the_agreed_one() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode:
        pytest.skip("not a git checkout")
    names = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    visible = {name for name in names if not name.startswith(".")}
    assert visible <= {
        *("app.py", "pages", "core", "sql", "tests"),
        *("requirements.txt", "README.md", "LICENSE", "Makefile"),
    }


def test_layers_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
