"""Keys: one name for each, and those that never arrive refused with the reason."""

from __future__ import annotations

import pytest
from textual.binding import Binding

from casedesk.domain.errors import InvalidInput
from casedesk.tui.actions import ACTIONS
from casedesk.tui.keyboard import SWALLOWED, key_name, key_of, same_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("x", "x"), ("X", "X"), ("shift+x", "X"), ("?", "?"), ("question_mark", "?"), (",", "comma"), ("+", "+"),
        (" ", "space"), ("Ctrl+N", "ctrl+n"), ("F8", "f8"), ("Esc", "escape"), ("PgUp", "pageup"), ("↓", "down"),
        ("Return", "enter"), ("shift+tab", "shift+tab"), ("shift+ctrl+up", "ctrl+shift+up"), ("alt+x", "alt+x"),
        ("ü", "ü"), ("ctrl+delete", "ctrl+delete"),
    ],
)  # fmt: skip
def test_a_key_is_meant_however_it_is_written(written: str, key: str) -> None:
    assert key_of(written) == key


@pytest.mark.parametrize("key", sorted(SWALLOWED))
def test_a_key_that_a_terminal_keeps_or_sends_as_another_is_refused_with_the_reason(key: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        key_of(key.upper() if key.startswith("ctrl+") and key[-1].isalpha() else key)
    assert caught.value.sentence.endswith(f"{SWALLOWED[key]}.")


@pytest.mark.parametrize(
    "key",
    ["ctrl+1", "ctrl+,", "ctrl+shift+a", "ctrl+enter", "shift+space", "ctrl+tab", "super+a", "shift+1", "alt+escape",
     "foo", "", "ctrl+", "ctrl+foo", "f63", "f99", "wrong+a", "\x1b", "ctrl+ü", "ab"],
)  # fmt: skip
def test_what_can_not_be_sent_or_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidInput):
        key_of(key)


def test_every_default_key_goes_by_its_own_name() -> None:
    assert [key for action in ACTIONS for key in action.keys if key_of(key) != key] == []


def test_keys_reach_bindings_by_the_names_used_here() -> None:
    for key in ("comma", "?", "+", "ctrl+shift+up", "space"):
        assert list(Binding.make_bindings([Binding(key, "x")]))


def test_unknown_keys_can_be_compared() -> None:
    assert same_key("no such key") == "no such key"
    assert same_key("Question_Mark") == same_key("?")


def test_keys_are_written_as_on_a_keyboard() -> None:
    names = [key_name(key) for key in ("escape", "f2", "pagedown", "ctrl+p", "x", "comma")]
    assert names == ["Esc", "F2", "PgDn", "ctrl+p", "x", ","]


@pytest.mark.parametrize(
    ("key", "written"),
    [("shift+up", "shift+↑"), ("ctrl+pagedown", "ctrl+PgDn"), ("ctrl+f2", "ctrl+F2"), ("ctrl+p", "ctrl+p"), ("+", "+")],
)
def test_a_key_is_written_alike_with_and_without_what_is_held(key: str, written: str) -> None:
    assert key_name(key) == written
