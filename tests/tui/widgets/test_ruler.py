"""The ruler of a timer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from casedesk.desk.values import TimedSpan
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import width_of
from casedesk.tui.widgets.ruler import PLAIN_SIGNS, ROLES, SIGNS, TO_COME, Ruler, legend, sign_of

START = datetime(2026, 2, 2, 9, tzinfo=UTC)
KINDS = tuple(SIGNS)


def spans(*lengths: tuple[str, int], start: datetime = START) -> tuple[TimedSpan, ...]:
    """Spans that follow one another; lengths in seconds."""
    edges = [start]
    for _kind, seconds in lengths:
        edges.append(edges[-1] + timedelta(seconds=seconds))
    return tuple(
        TimedSpan(low, high, kind, seconds, 0)
        for (kind, seconds), (low, high) in zip(lengths, pairwise(edges), strict=True)
    )


def text(line: Line) -> str:
    return "".join(said for said, _role in line)


LENGTHS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 400_000)), min_size=1, max_size=12)


@given(LENGTHS, st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 400_000)), max_size=4), st.integers(1, 150))
def test_it_is_as_wide_as_asked_and_every_cell_has_a_sign(
    past: list[tuple[str, int]], ahead: list[tuple[str, int]], width: int
) -> None:
    before = spans(*past)
    ruler = Ruler(before, spans(*ahead, start=before[-1].end), width, plain=False)
    drawn = text(ruler.line(None))
    assert len(drawn) == width
    assert set(drawn) <= {*SIGNS.values(), TO_COME[0]}


@given(LENGTHS, st.integers(1, 150), st.integers(-10, 2_000_000), st.text("due 12:00", max_size=20))
def test_a_mark_is_never_wider_than_the_ruler(past: list[tuple[str, int]], width: int, at: int, said: str) -> None:
    line = Ruler(spans(*past), (), width, plain=False).mark(START + timedelta(seconds=at), said, "text")
    assert width_of(line) <= max(width, 1)
    assert "▲" in text(line)


def test_cells_are_shared_out_by_time() -> None:
    past = spans(("counted", 3600), ("outside", 7200), ("paused", 3600))
    assert text(Ruler(past, (), 8, plain=False).line(None)) == "██····‖‖"
    assert text(Ruler(past, (), 8, plain=True).line(None)) == "##....=="


def test_what_lies_ahead_has_another_sign_than_what_counted() -> None:
    past = spans(("counted", 3600))
    ahead = spans(("counted", 1800), ("outside", 1800), start=past[-1].end)
    assert text(Ruler(past, ahead, 8, plain=False).line(None)) == "████░░··"


def test_what_counted_after_the_due_instant_has_the_colour_of_what_is_late() -> None:
    line = Ruler(spans(("counted", 7200)), (), 8, plain=False).line(START + timedelta(hours=1))
    assert line == [("█████", "accent"), ("███", "bad")]


def test_the_pointer_stands_under_its_instant() -> None:
    ruler = Ruler(spans(("counted", 36_000)), (), 20, plain=False)
    assert text(ruler.mark(START + timedelta(hours=2), "due", "text")) == "    ▲ due"
    assert text(ruler.mark(START + timedelta(hours=10), "due", "text")) == "               due ▲"


@pytest.mark.parametrize("signs", [SIGNS, PLAIN_SIGNS])
def test_no_kind_of_span_is_told_by_colour_alone(signs: dict[str, str]) -> None:
    assert len({*signs.values(), *TO_COME}) == len(KINDS) + 2
    assert set(ROLES) == set(signs)


def test_plain_signs_are_ascii() -> None:
    assert all(sign_of(kind, plain=True, ahead=ahead)[0].isascii() for kind in KINDS for ahead in (False, True))


def test_nothing_is_drawn_of_no_time() -> None:
    assert text(Ruler((), (), 10, plain=False).line(None)) == ""


def test_the_legend_names_what_occurs_once() -> None:
    kinds = ("outside", "counted", "outside")
    assert text(legend(kinds, plain=True, ahead=False)) == ". outside hours  # counted  "
    assert text(legend(("counted",), plain=True, ahead=True)) == "# counted  + to come"


def test_thousands_of_spans_share_the_cells_there_are() -> None:
    many = spans(*[("counted", 1), ("outside", 1)] * 2000)
    assert len(text(Ruler(many, (), 60, plain=False).line(None))) == 60
