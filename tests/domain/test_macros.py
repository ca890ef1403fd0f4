"""What a macro may be called, and which keys may run it (X4)."""

from __future__ import annotations

import pytest

from casedesk.domain.errors import InvalidInput
from casedesk.domain.macros import macro_key, macro_name


def test_a_name_has_single_spaces() -> None:
    assert macro_name("  No \t answer ") == "No answer"


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "No\x1banswer"])
def test_an_empty_endless_or_unprintable_name_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 60 printable characters"):
        macro_name(name)


@pytest.mark.parametrize(
    ("given", "key"), [("%", "%"), ("N", "N"), (" F6 ", "f6"), ("Ctrl+B", "ctrl+b"), ("f12", "f12"), ("", "")]
)
def test_a_key_is_one_character_a_function_key_or_ctrl_and_a_letter(given: str, key: str) -> None:
    assert macro_key(given) == key


@pytest.mark.parametrize("key", ["ß", "ab", "f13", "f0", "ctrl+1", "\x1b"])
def test_another_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput, match="can't be a macro's key"):
        macro_key(key)
