"""The catalogues say everything the product says, in each language, and no more."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from core.accounts.people import ROLES
from core.i18n.catalogue import FOLDER, LANGUAGES
from core.sources.model import DateOrder
from core.sources.vendor import FOLDER as VENDORS

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    ROOT / "app.py",
    *sorted((ROOT / "core").rglob("*.py")),
    *sorted((ROOT / "pages").glob("*.py")),
]
OBJECTS = tomllib.loads((ROOT / "core/sources/objects.toml").read_text("utf-8"))
KEY = re.compile(r"[a-z]\w*(\.\w+)+")
ANY = "\0"  # stands for what an f-string puts in


def subjects(language: str) -> dict[str, dict[str, str]]:
    """Return the files of a language: their names and their texts."""
    return {
        path.name: tomllib.loads(path.read_text("utf-8"))
        for path in sorted((FOLDER / language).glob("*.toml"))
    }


def catalogue(language: str) -> dict[str, str]:
    return {k: v for texts in subjects(language).values() for k, v in texts.items()}


def template(node: ast.JoinedStr) -> str:
    """Return an f-string with ANY where a value goes."""
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else ANY
        for part in node.values
    )


def written() -> set[str]:
    """Return what the code writes that may be a key, ANY standing for values."""
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.add(template(node))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def asked() -> set[tuple[str, str]]:
    """Return the keys that the code asks for by a literal, with where."""
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            key = node.args[0]
            if (
                name in ("text", "plural")
                and isinstance(key, ast.Constant)
                and isinstance(key.value, str)
                and KEY.fullmatch(key.value)
            ):
                found.add((f"{path.relative_to(ROOT)}:{node.lineno}", key.value))
    return found


def data_keys() -> set[str]:
    """Return the keys that the canonical schema and the vendors need."""
    found = {f"vendor.{path.stem}" for path in VENDORS.glob("*.toml")}
    found |= {f"choice.{order}" for order in get_args(DateOrder)}
    found |= {f"role.{role}" for role in ROLES}
    for name, spec in OBJECTS.items():
        found.add(f"object.{name}")
        for field, kind in spec["fields"].items():
            found.add(f"field.{name}.{field}")
            found |= {f"choice.{value}" for value in kind.get("values", ())}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_keys_as_the_others(language: str) -> None:
    every = set().union(*(catalogue(other) for other in LANGUAGES))
    assert every - set(catalogue(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_empty_text_and_sorted(language: str) -> None:
    for name, texts in subjects(language).items():
        assert [key for key, value in texts.items() if not value.strip()] == [], name
        assert list(texts) == sorted(texts), name


def test_a_text_stands_once_and_in_the_same_file_in_each_language() -> None:
    first, *others = (
        sorted((key, name) for name, texts in subjects(x).items() for key in texts)
        for x in LANGUAGES
    )
    assert len(first) == len({key for key, _ in first})
    assert all(other == first for other in others)


def test_same_places_in_each_language() -> None:
    def places(value: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(value) if name}

    first, *others = (catalogue(language) for language in LANGUAGES)
    different = {
        key: (value, other[key])
        for key, value in first.items()
        for other in others
        if key in other and places(value) != places(other[key])
    }
    assert different == {}


def test_every_key_asked_for_exists() -> None:
    known = set(catalogue(LANGUAGES[0]))
    missing = {
        (where, key)
        for where, key in asked()
        if key not in known and not {f"{key}.one", f"{key}.other"} <= known
    }
    assert missing == set()


def test_schema_and_vendors_have_their_texts() -> None:
    assert data_keys() - set(catalogue(LANGUAGES[0])) == set()


def test_no_key_is_unused() -> None:
    said = written()
    literals = {text for text in said if ANY not in text}
    patterns = [
        re.compile(re.escape(text).replace(re.escape(ANY), r"[\w.]+?") + r"(\..+)?")
        for text in said
        if ANY in text and re.match(r"[a-z]\w*\.", text)
    ]
    schema = data_keys()
    families = {key.split(".")[0] for key in schema}

    def used(key: str) -> bool:
        base = re.sub(r"\.(one|other)$", "", key)
        if key in literals or base in literals or key in schema:
            return True
        if key.split(".")[0] in families:
            return False
        return any(pattern.fullmatch(key) for pattern in patterns)

    assert [key for key in catalogue(LANGUAGES[0]) if not used(key)] == []
