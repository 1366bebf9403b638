"""Dataclasses to JSON and back, between the reading process and its parent.

JSON and not pickle: what comes back from a process that read a hostile file must not be
able to run anything here.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from numbers import Integral
from typing import Any, Literal, TypeVar, Union

T = TypeVar("T")


def encode(value: object) -> str:
    """Return dataclasses, mappings and sequences of them as one line of JSON."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if not isinstance(value, bool | int) and isinstance(value, Integral):
        return int(value)
    return value


def decode(kind: type[T], text: str) -> T:
    """Return the ``kind`` that ``text`` holds; ValueError when it holds another."""
    made: T = _typed(kind, json.loads(text))
    return made


def typed(kind: type[T], value: object) -> T:
    """Return the ``kind`` that already parsed JSON stands for; see decode."""
    made: T = _typed(kind, value)
    return made


def _typed(kind: Any, value: Any) -> Any:
    origin: Any = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if kind is object or kind is Any:
        return value
    if origin is Literal:
        if value in arguments:
            return value
    elif origin in (Union, types.UnionType):
        return _one_of(arguments, value)
    elif is_dataclass(kind) and isinstance(value, dict):
        hints = typing.get_type_hints(kind)
        if set(value) == set(hints):
            build: Any = kind
            return build(**{name: _typed(hints[name], value[name]) for name in hints})
    elif origin is tuple and isinstance(value, list):
        if arguments[-1] is Ellipsis:
            return tuple(_typed(arguments[0], item) for item in value)
        pairs = zip(arguments, value, strict=True)
        return tuple(_typed(argument, item) for argument, item in pairs)
    elif origin is list and isinstance(value, list):
        return [_typed(arguments[0], item) for item in value]
    elif origin is not None and issubclass(origin, Mapping) and isinstance(value, dict):
        key_kind, item_kind = arguments
        return {key_kind(key): _typed(item_kind, item) for key, item in value.items()}
    elif origin is None and isinstance(kind, type) and type(value) is kind:
        return value
    elif kind is float and type(value) is int:
        return float(value)
    raise ValueError(f"{kind} does not fit {str(value)[:80]!r}")


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        if kind is type(None):
            continue
        try:
            return _typed(kind, value)
        except (TypeError, ValueError):
            continue
    raise ValueError(f"none of {kinds} fits {str(value)[:80]!r}")
