"""Charts as text."""

from __future__ import annotations

import re

import pytest

from casedesk.reports.values import Report
from casedesk.tui.chart_drawing import draw_over_time, is_over_time, legend, write_bars, write_sparks
from casedesk.tui.widgets.drawn import width_of
from tests.tui.report_examples import report_of


def inked(role: str) -> tuple[int, int, int] | str:
    """A colour for each role, so that it is seen which was used."""
    return {"accent": (1, 1, 1), "warning": (2, 2, 2), "good": (3, 3, 3), "bad": (4, 4, 4)}.get(role, "default")


def drawn(report: Report, width: int = 60, height: int = 12) -> list[str]:
    text = draw_over_time(report, report.charts[0], width, height, inked)
    return re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines()


def test_a_chart_is_as_large_as_its_room_and_names_days_and_values() -> None:
    lines = drawn(report_of({"new": list(range(31)), "closed": [3] * 31}))
    assert len(lines) == 12
    assert {len(line) for line in lines} == {60}
    assert "01-01" in lines[-1]
    assert any(line.startswith(" 0") for line in lines)
    assert any("•" in line for line in lines)  # the second curve is told without its colour


BLOCKS = re.compile("[▖▗▘▝▀▄▌▐█▞▚▛▜▙▟]")
"""What the first curve is drawn with."""


def test_a_curve_is_not_drawn_through_days_without_a_value() -> None:
    lines = drawn(report_of({"average_open_seconds": [3600.0, None, None, None, None, None, None, 3600.0]}))
    ink = [line for line in lines if BLOCKS.search(line)]
    assert ink
    assert all(re.search(r"\s{20,}\S*$", line.rstrip()) for line in ink)


def test_few_values_are_columns_and_many_are_curves() -> None:
    few = report_of({"new": [1, 2, 3], "closed": [2, 1, 0]}, kind="bar")
    assert any("▒" in line for line in drawn(few))
    many = report_of({"new": [1] * 31, "closed": [2] * 31}, kind="bar")
    assert not any("▒" in line for line in drawn(many))


def test_in_a_stack_inside_looks_good_and_outside_bad() -> None:
    report = report_of({"inside": [1, 2], "outside": [2, 1]}, kind="stacked")
    assert [role for _text, role in legend(report, report.charts[0], 60)] == ["text", "good", "bad"]


def test_the_legend_gives_up_the_title_before_the_names() -> None:
    report = report_of({"new": [1], "closed": [1]})
    assert legend(report, report.charts[0], 60)[0][0] == "The chart"
    short = legend(report, report.charts[0], 20)
    assert width_of(short) <= 20
    assert "New" in short[0][0]


@pytest.mark.parametrize("values", [[None, None], [0, 0]])
def test_nothing_and_zero_do_no_harm(values: list[float | None]) -> None:
    report = report_of({"new": values})
    assert isinstance(draw_over_time(report, report.charts[0], 40, 8, inked), str)
    assert draw_over_time(report, report.charts[0], 5, 2, inked) == ""


def test_groups_are_bars_with_their_values_in_straight_columns() -> None:
    report = report_of(
        {"new": [10, 5, 0], "closed": [1, None, 2]}, by="owner", kind="bar", labels=["ana", "佐藤 [b]x", "none"]
    )
    lines = write_bars(report, report.charts[0], 50, 10)
    assert len(lines) == 6
    assert {width_of(line[:1]) for line in lines} == {width_of(lines[0][:1])}
    assert max(width_of(line) for line in lines) <= 50
    assert [line[2][0].strip() for line in lines] == ["10", "1", "5", "–", "0", "2"]


def test_groups_that_do_not_fit_are_counted() -> None:
    report = report_of({"new": [1] * 9}, by="owner", kind="bar", labels=[f"user{place}" for place in range(9)])
    lines = write_bars(report, report.charts[0], 40, 5)
    assert len(lines) == 5
    assert lines[-1][0][0] == "and 5 more"


def test_plain_mode_says_a_chart_in_words() -> None:
    report = report_of({"new": [1, 5, 2]})
    [line] = write_sparks(report, report.charts[0], 80, plain=True)
    assert line[0][0] == "New: lowest 1 (2026-01-01), highest 5 (2026-01-02), last 2"
    assert len(write_sparks(report, report.charts[0], 80, plain=False)) == 2
    empty = report_of({"new": [None]})
    assert write_sparks(empty, empty.charts[0], 80, plain=True) == [[("New: nothing", "muted")]]


def test_the_same_value_has_the_same_height_in_every_curve_beside_its_mark() -> None:
    lines = drawn(report_of({"new": [0, 0, 0, 10, 10], "closed": [10, 10, 10, 0, 0]}))
    bottom = next(line for line in lines if "0 ┤" in line and "10" not in line)
    for line in (bottom, lines[0]):
        assert BLOCKS.search(line)
        assert "•••" in line


def test_a_label_as_wide_as_its_room_does_not_touch_its_bar() -> None:
    report = report_of({"new": [6, 1]}, by="owner", kind="bar", labels=["=cmd|' /C calc'!A0 and more of it", "ana"])
    for width in (40, 60, 120):
        lines = write_bars(report, report.charts[0], width, 10)
        assert all(line[0][0].endswith(" ") for line in lines)


def test_a_single_day_is_a_bar_with_its_value() -> None:
    report = report_of({"new": [6]})
    assert not is_over_time(report)
    [line] = write_bars(report, report.charts[0], 60, 10)
    assert [said.strip() for said, _role in line][::2] == ["2026-01-01", "6"]


def test_days_without_a_value_are_gaps_and_values_below_nothing_keep_their_place() -> None:
    report = report_of({"nps": [-100.0, -50.0, 0.0, None, None]})
    assert write_sparks(report, report.charts[0], 80, plain=False)[1] == [("▁▅█  ", "text")]
