"""Cutting, wrapping and shortening what is drawn."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from casedesk.tui import drawing
from casedesk.tui.drawing import block_of, cut, cut_inside, fit, line_of, wrap

WILD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("abc \t\n\x1b\x07\x9b👩‍🚀❤️🇩🇪한国ก็\u0301\u202e\u200d\ufe0f"),
        st.integers(0xD800, 0xDFFF).map(chr),
    ),
    max_size=80,
)
WIDTH = st.integers(0, 40)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@given(WILD, WIDTH, st.booleans())
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right)) == width


@given(WILD, WIDTH)
def test_a_fitted_text_has_no_control(text: str, width: int) -> None:
    assert not [character for character in fit(text, width) if unicodedata.category(character) in ("Cc", "Cs")]


@given(WILD, WIDTH)
def test_a_cut_text_is_never_wider_and_says_that_something_is_missing(text: str, width: int) -> None:
    line = line_of(text)
    shown = cut(line, width)
    assert cell_len(shown) <= width
    assert shown == line or width == 0 or shown.endswith("…")


@given(WILD, st.integers(2, 40))
def test_wrapped_lines_are_never_wider(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(block_of(text), width))


@given(st.text("ab cdef\n한", max_size=200), st.integers(2, 40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(WILD)
def test_one_line_is_one_line(text: str) -> None:
    assert "\n" not in line_of(text)


def test_a_character_is_never_halved() -> None:
    assert cut("한국어", 4) == "한…"
    assert cut("한국어", 3) == "한…"
    assert fit("한국어", 4) == "한… "
    assert fit("한국어", 2) == "… "


def test_families_and_hearts_have_a_width_that_every_terminal_agrees_on() -> None:
    assert line_of("👩‍👩‍👧 ❤️ 👍🏽") == "👩👩👧 ❤ 👍"


def test_a_long_text_says_how_much_is_left_out() -> None:
    assert block_of("x" * 30_000).endswith("\n… and 10,000 more characters")
    assert len(line_of("x" * 10_000_000)) < 500


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (7200, "2h"), (86_400 * 3, "3d"), (86_400 * 28, "4w"),
     (86_400 * 800, "2y")],
)  # fmt: skip
def test_ages_are_short(seconds: int, said: str) -> None:
    assert drawing.short_span(timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(70, "due in 1h 10m"), (-60 * 76, "overdue by 3d 4h"), (0, "due now"), (24 * 60, "due in 1d")],
)
def test_due_is_said_with_two_units(minutes: int, said: str) -> None:
    assert drawing.due(NOW + timedelta(minutes=minutes), NOW) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 1, 31, 11, 5, tzinfo=UTC), "12:05"),
        (datetime(2026, 1, 30, 23, 30, tzinfo=UTC), "00:30"),
        (datetime(2026, 1, 20, 13, 2, tzinfo=UTC), "20 Jan 14:02"),
        (datetime(2024, 7, 1, 12, 0, tzinfo=UTC), "1 Jul 2024"),
    ],
)
def test_instants_are_shown_in_the_desk_zone(at: datetime, said: str) -> None:
    assert drawing.instant(at, BERLIN, NOW) == said


@pytest.mark.parametrize(
    ("score", "kind", "word"),
    [(6, "nps", "detractor"), (7, "nps", "passive"), (8, "nps", "passive"), (9, "nps", "promoter"),
     (3, "csat", "negative"), (4, "csat", "positive"), (4, "ces", "negative"), (5, "ces", "positive"),
     (5, "rating", "")],
)  # fmt: skip
def test_scores_have_their_words(score: float, kind: str, word: str) -> None:
    assert drawing.score_word(score, kind) == word


@given(st.floats(-5, 15), st.sampled_from(["nps", "csat", "ces", "rating", None]), st.integers(0, 30))
def test_a_score_bar_is_as_long_as_asked(score: float, kind: str | None, cells: int) -> None:
    full, empty = drawing.score_bar(score, kind, cells)
    assert len(full) + len(empty) == cells


def test_a_score_bar_tells_the_ends_apart() -> None:
    assert drawing.score_bar(0, "nps")[0] == ""
    assert drawing.score_bar(1, "nps")[0] == "█"
    assert drawing.score_bar(10, "nps")[1] == ""
    assert drawing.score_bar(1, "csat")[0] == ""


def test_a_sparkline_shows_the_last_values() -> None:
    assert drawing.sparkline([0, 1, 0.5, 0.99], 3) == "█▅█"
    assert drawing.sparkline([0.5], 0) == ""


def test_figures_have_no_needless_decimals() -> None:
    assert [drawing.figure(value) for value in (9.0, 7.25, None)] == ["9", "7.2", ""]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("First response missed", 21, "First response missed"),
        ("First response missed", 17, "First…missed"),
        ("First response in time, %", 17, "First…in time, %"),
        ("Next reply in time, %", 17, "Next…in time, %"),
        ("Unbreakable-title-of-one-word", 10, "Unbreakab…"),
        ("Two words", 5, "Two …"),
    ],
)
def test_a_title_loses_words_inside_before_its_end(text: str, width: int, shown: str) -> None:
    assert cut_inside(text, width) == shown


def test_small_bars_leave_a_gap_where_nothing_is_known() -> None:
    assert drawing.sparkline(drawing.shares_of([-100.0, -100.0, None, 0.0]), 10) == "▁▁ █"
    assert drawing.sparkline(drawing.shares_of([0, 5, 10]), 2) == "▅█"
    assert drawing.sparkline(drawing.shares_of([None]), 10) == " "
