"""Axes have round numbers that hold every value, and labels that have room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, strategies as st

from casedesk.reports.export.axes import fitted, scale, text_width, time_marks
from tests.reports.export.made_reports import period_of

UNITS = st.sampled_from(["count", "seconds", "points", "percent", "mean"])


@given(UNITS, st.lists(st.floats(-1e12, 1e12), max_size=5))
@example("count", [5e-324, -6.0])
def test_marks_are_few_equally_far_apart_and_hold_zero_and_every_value(unit: str, values: list[float]) -> None:
    marks = scale(unit, values).marks
    steps = [b - a for a, b in pairwise(marks)]
    assert 2 <= len(marks) <= 8
    assert 0 in marks
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert all(marks[0] <= value <= marks[-1] for value in values)


@pytest.mark.parametrize(
    ("unit", "values", "texts"),
    [
        ("count", [], ["0", "1"]),
        ("count", [3], ["0", "1", "2", "3"]),
        ("count", [1234], ["0", "500", "1,000", "1,500"]),
        ("seconds", [9000], ["0", "30m", "1h", "1h 30m", "2h", "2h 30m"]),
        ("seconds", [400_000], ["0", "1d", "2d", "3d", "4d", "5d"]),
        ("points", [-100, 100], ["−100", "−50", "0", "50", "100"]),
        ("percent", [97.5], ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]),
        ("mean", [0.4], ["0.0", "0.1", "0.2", "0.3", "0.4"]),
    ],
)
def test_marks_are_round_numbers_of_their_unit(unit: str, values: list[float], texts: list[str]) -> None:
    assert scale(unit, values).texts() == texts


@given(st.integers(1, 3000), st.sampled_from(["day", "week", "month"]), st.floats(300, 640))
def test_labels_of_time_are_in_order_and_have_room(days: int, step: str, width: float) -> None:
    labels = [label for label, _ in period_of(days).cut(step)]
    slot = width / len(labels)
    marks = time_marks(labels, step, slot, 12)
    assert marks
    assert marks[0].year
    for before, after in pairwise(marks):
        assert (after.index - before.index) * slot >= (text_width(before.text, 12) + text_width(after.text, 12)) / 2


@pytest.mark.parametrize(
    ("days", "step", "first"),
    [
        (1, "day", [("3 Nov", "2025")]),
        (31, "day", [("3 Nov", "2025"), ("10 Nov", "")]),
        (366, "day", [("1 Jan", "2026"), ("1 Mar", "")]),
        (60, "week", [("W45", "2025"), ("W46", "")]),
        (1200, "month", [("Jan", "2026"), ("Apr", "")]),
    ],
)
def test_days_weeks_and_months_are_labelled_sparsely(days: int, step: str, first: list[tuple[str, str]]) -> None:
    labels = [label for label, _ in period_of(days).cut(step)]
    marks = time_marks(labels, step, 570 / len(labels), 12)
    assert [(mark.text, mark.year) for mark in marks[:2]] == first


@given(st.text(max_size=60), st.floats(30, 400))
def test_a_text_is_made_to_fit(text: str, width: float) -> None:
    cut = fitted(text, width, 12)
    assert text_width(cut, 12) <= width
    assert cut == text or cut.endswith("…")
