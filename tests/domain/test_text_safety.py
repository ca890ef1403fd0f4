"""Outside text made safe to show (quality page, hostile input)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.text_safety import MARKS_KEPT, visible, visible_line

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\u200b\u202e\u2066\u2028\u0301\u0489\ufeff\ufffe\U000e0041"),
        st.integers(0xD800, 0xDFFF).map(chr),
    ),
    max_size=60,
)


def is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


@given(HOSTILE)
def test_nothing_that_acts_on_a_terminal_is_left(text: str) -> None:
    assert not [character for character in visible(text) if is_control(character) and character != "\n"]
    assert not [character for character in visible_line(text) if is_control(character)]


@given(HOSTILE)
def test_nothing_reorders_what_stands_around_it(text: str) -> None:
    assert not set(visible(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(HOSTILE)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible_line(visible_line(text)) == visible_line(text)


@given(st.text(st.characters(whitelist_categories=("L", "N", "P")), max_size=60))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    kept = "".join(character for character in text if character not in "\u115f\u1160\u3164\uffa0")
    assert visible(text) == kept


@given(HOSTILE)
def test_what_is_made_can_be_written_as_utf_8(text: str) -> None:
    assert visible(text).encode("utf-8").decode("utf-8") == visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\x9b1m", "\ufffd1m"),
        ("\udc80", "\ufffd"),
        ("user\u202egpj.exe", "user‹RLO›gpj.exe"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a    b"),
        ("in\u200bvisible\U000e0041", "invisible"),
        ("\u0301accent", "\u25cc\u0301accent"),
        ("[bold]x[/bold] [@click=app.quit]", "[bold]x[/bold] [@click=app.quit]"),
    ],
)
def test_controls_are_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_combining_marks_do_not_pile_up() -> None:
    shown = visible("a" + "\u0301" * 500 + "b")
    assert shown == "a" + "\u0301" * MARKS_KEPT + "b"


def test_a_line_shows_where_lines_ended() -> None:
    assert visible_line("first\r\n\r\n  second\tword") == "first ↵ second word"


def test_persian_and_hindi_keep_their_joiners() -> None:
    assert visible("می‌خواهم") == "می‌خواهم"
    assert visible("क्‍ष") == "क्‍ष"
