"""Every error has its sentence, and its place in the tree that the module draws."""

from __future__ import annotations

import pytest

from core import errors
from core.errors import CrmError
from core.i18n.catalogue import LANGUAGES, keys


def tree(error: type[CrmError] = CrmError) -> list[type[CrmError]]:
    below = [found for child in error.__subclasses__() for found in tree(child)]
    return [error, *(found for found in below if found.__module__ == "core.errors")]


@pytest.mark.parametrize("error", tree(), ids=lambda error: error.__name__)
def test_error_is_drawn_and_has_its_own_code(error: type[CrmError]) -> None:
    assert error.__name__ in (errors.__doc__ or "")
    assert "code" in vars(error)
    assert [other.code for other in tree()].count(error.code) == 1


LEAVES = [error for error in tree() if not error.__subclasses__()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", LEAVES, ids=lambda error: error.__name__)
def test_error_has_a_sentence(error: type[CrmError], language: str) -> None:
    assert f"error.{error.code}" in keys(language)
