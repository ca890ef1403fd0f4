"""Where the widgets of a dashboard stand."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from casedesk.desk.values import DashboardWidget
from casedesk.tui.dashboard_layout import FIGURE_LINES, TRACKS, placed


def widgets(*kinds: tuple[str, int]) -> list[DashboardWidget]:
    return [DashboardWidget(place, place, kind, "", width) for place, (kind, width) in enumerate(kinds, 1)]


LIST = ("view", 2)


@pytest.mark.parametrize(("width", "beside"), [(80, 1), (120, 2), (200, 3)])
def test_a_terminal_has_one_two_or_three_columns(width: int, beside: int) -> None:
    places = placed(widgets(*[LIST] * 6), width, 40)
    assert [place.row for place in places] == [at // beside for at in range(6)]
    assert {place.span for place in places} == {TRACKS // beside}


def test_two_figures_stand_beside_each_other_where_one_list_fits() -> None:
    places = placed(widgets(("figure", 1), ("figure", 1), LIST), 80, 24)
    assert [(place.row, place.start, place.span) for place in places] == [(0, 0, 30), (0, 30, 30), (1, 0, 60)]
    assert [place.lines for place in places] == [FIGURE_LINES, FIGURE_LINES, 24 - FIGURE_LINES]


def test_rows_are_filled_evenly() -> None:
    assert [place.row for place in placed(widgets(*[LIST] * 4), 200, 60)] == [0, 0, 1, 1]


def test_figures_and_lists_never_share_a_row() -> None:
    places = placed(widgets(LIST, ("figure", 1), LIST), 200, 60)
    assert [place.row for place in places] == [0, 1, 2]


@given(
    st.lists(st.tuples(st.sampled_from(["view", "figure", "chart"]), st.integers(1, 4)), max_size=24),
    st.integers(60, 300),
    st.integers(10, 100),
)
def test_every_row_is_filled_and_in_order(kinds: list[tuple[str, int]], width: int, height: int) -> None:
    places = placed(widgets(*kinds), width, height)
    assert len(places) == len(kinds)
    for row in {place.row for place in places}:
        here = [place for place in places if place.row == row]
        assert [place.start for place in here] == [sum(each.span for each in here[:at]) for at in range(len(here))]
        assert sum(place.span for place in here) == TRACKS
        assert len({place.lines for place in here}) == 1
    assert [place.row for place in places] == sorted(place.row for place in places)
