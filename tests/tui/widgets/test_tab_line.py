"""The line of tabs and views: what stands in it where there is too little room for all."""

from __future__ import annotations

import pytest

from casedesk.desk.values import TabCount
from casedesk.tui.widgets.tab_line import TabLine

TABS = [TabCount(title.lower(), title, "", 10) for title in ("All", "New", "Open", "Pending", "Closed", "Mine")]
VIEWS = [
    TabCount(f"view {place}", title, "", None)
    for place, title in enumerate(("Waiting for a first answer", "Unhappy answers", "Call back", "Gold"))
]


def said(width: int, lit: str = "") -> list[str]:
    """What stands behind the tabs."""
    line = TabLine(TABS)
    line.set_views(VIEWS)
    line.show_view(lit)
    return [label.title.strip() for label in line._labels(width)[len(TABS) :]]


def test_views_stand_behind_the_tabs_as_far_as_there_is_room() -> None:
    assert said(200) == ["Waiting for a first…", "Unhappy answers", "Call back", "Gold"]
    assert said(110) == ["Waiting for a first…", "+3 more"]
    assert said(72) == ["+4 more"]
    assert said(50) == []


@pytest.mark.parametrize("width", [88, 100, 110, 140])
@pytest.mark.parametrize("view", VIEWS)
def test_the_view_that_is_lit_is_among_them(width: int, view: TabCount) -> None:
    first_word = view.title.split()[0]
    assert any(each.startswith(first_word) for each in said(width, view.id))


def test_a_title_that_would_say_nothing_does_not_stand_there() -> None:
    assert said(76, VIEWS[0].id) == ["+4 more"]


@pytest.mark.parametrize("width", range(60, 130, 7))
def test_whatever_is_lit_the_line_is_no_longer_than_it_may_be(width: int) -> None:
    line = TabLine(TABS)
    line.set_views(VIEWS)
    for view in VIEWS:
        line.show_view(view.id)
        assert sum(label.width for label in line._labels(width)) - 1 <= width


def test_only_long_titles_are_cut_where_there_is_too_little_room_for_all() -> None:
    line = TabLine([TabCount(title.lower(), title, "", None) for title in ("1 Cases", "2 Service levels", "3 People")])
    assert [label.title.strip() for label in line._labels(80)] == ["1 Cases", "2 Service levels", "3 People"]
    assert [label.title for label in line._labels(30)] == ["1 Cases", "2 Service l…", "3 People"]
    assert [label.title for label in line._labels(10)] == ["1 Ca…", "2 Se…", "3 Pe…"]
