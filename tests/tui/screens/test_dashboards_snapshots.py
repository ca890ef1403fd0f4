"""How the screen of dashboards looks."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.screens.dashboards import DashboardsScreen
from tests.tui.driving import app_on
from tests.tui.test_snapshots import Compare, driven

SMALL, MEDIUM, LARGE = (80, 24), (120, 40), (200, 60)
SIZES = pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE], ids=["80x24", "120x40", "200x60"])


@pytest.fixture
def today(full_desk: Desk) -> Desk:
    """A dashboard with each kind of widget, one of them of a view that is gone."""
    full_desk.views.add("Open", query="-is:closed sort:number", shared=True, allow_actions=True)
    full_desk.views.add("Lost", query="is:new")
    full_desk.dashboards.make("Today")
    for figure in ("new", "open", "median_open_seconds"):
        full_desk.dashboards.add_widget("Today", "figure", report="tickets", figure=figure)
    full_desk.dashboards.add_widget("Today", "view", view="Open")
    full_desk.dashboards.add_widget("Today", "chart", report="tickets", chart="New and closed")
    full_desk.dashboards.add_widget("Today", "view", view="Lost")
    full_desk.views.delete("Lost")
    return full_desk


def read(pilot: Pilot[Any]) -> object:
    """Whether every widget is read."""
    screen = next(each for each in reversed(pilot.app.screen_stack) if isinstance(each, DashboardsScreen))
    return screen.dashboard is None or len(screen.contents) == len(screen.dashboard.widgets)


@SIZES
@pytest.mark.parametrize(("name", "keys"), [("first", ()), ("row", ("shift+tab", "shift+tab", "shift+tab", "j")),
                                            ("add", ("plus",)), ("edit", ("E",))])  # fmt: skip
def test_dashboard(today: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(today), terminal_size=size, run_before=driven("f6", *keys, wait_for=read))


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_dashboard_in_a_theme(today: Desk, snap_compare: Compare, theme: str) -> None:
    before = driven("f6", wait_for=read)
    assert snap_compare(app_on(today, theme=theme), terminal_size=MEDIUM, run_before=before)


def test_dashboard_in_plain_mode(today: Desk, snap_compare: Compare) -> None:
    before = driven("f6", wait_for=read)
    assert snap_compare(app_on(today, plain=True), terminal_size=MEDIUM, run_before=before)


def test_no_dashboard_yet(desk: Desk, snap_compare: Compare) -> None:
    assert snap_compare(app_on(desk), terminal_size=SMALL, run_before=driven("f6", wait_for=read))
