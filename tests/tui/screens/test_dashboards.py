"""The screen of dashboards: widgets that lead to what is behind them, and are changed from the keyboard (S6 to S9)."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.tui.dashboard_reading import DashboardReading
from casedesk.tui.screens.behind_widget import ResponsesBehindWidget, TicketsBehindWidget
from casedesk.tui.screens.counted_tickets import CountedTicketsScreen
from casedesk.tui.screens.dashboards import DashboardsScreen
from casedesk.tui.screens.reports import ReportsScreen
from casedesk.tui.screens.triage import TriageScreen
from casedesk.tui.widgets.dashboard_panes import ViewWidget
from tests.tui.driving import app_on, lines_of, opened, press, quiet, text_of, told, until


@pytest.fixture
def today(full_desk: Desk) -> Desk:
    """The dashboard `Today`: the figure new, a view of tickets, one of responses, and a chart."""
    full_desk.views.add("Open", query="-is:closed sort:number", shared=True, allow_actions=True)
    full_desk.views.add("Answers", scope="responses", query="nps<=6", shared=True, allow_actions=True)
    full_desk.dashboards.make("Today")
    full_desk.dashboards.add_widget("Today", "figure", report="tickets", figure="new")
    full_desk.dashboards.add_widget("Today", "view", view="Open")
    full_desk.dashboards.add_widget("Today", "view", view="Answers")
    full_desk.dashboards.add_widget("Today", "chart", report="tickets", chart="New and closed")
    return full_desk


def read(screen: DashboardsScreen) -> bool:
    """Whether every widget is read."""
    assert screen.dashboard is not None
    return len(screen.contents) == len(screen.dashboard.widgets) and not screen.reading.busy


@asynccontextmanager
async def dashboards_on(
    desk: Desk, *keys: str, size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[tuple[Pilot[None], DashboardsScreen]]:
    """The screen of dashboards, with every widget read, after these keys."""
    async with opened(desk, size, **options) as (pilot, _):
        await press(pilot, "f6")
        screen = pilot.app.screen
        assert isinstance(screen, DashboardsScreen)
        await until(pilot, lambda: screen.dashboard is None or read(screen))
        await press(pilot, *keys)
        yield pilot, screen


async def read_again(pilot: Pilot[None], screen: DashboardsScreen) -> None:
    """Wait until what was asked for is done and every widget is read."""
    await quiet(pilot)
    await until(pilot, lambda: not screen.work.busy and read(screen))
    await quiet(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_widget_shows_what_it_has_at_every_size(today: Desk, size: tuple[int, int]) -> None:
    async with dashboards_on(today, size=size) as (pilot, screen):
        assert screen.widget is not None
        assert screen.widget.figure == "new"
        for name in ("Open · 6", "Answers · 3", "New and closed"):
            await press(pilot, "tab")
            assert name in text_of(pilot)
        assert not [content.error for content in screen.contents.values() if content.error]


async def test_opened_again_it_shows_what_it_showed_until_that_is_read(
    today: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    async with dashboards_on(today) as (pilot, _):
        await press(pilot, "q")
        monkeypatch.setattr(DashboardReading, "load", lambda _self, *wanted: asked.append(wanted))
        await press(pilot, "f6")
        again = pilot.app.screen
        assert isinstance(again, DashboardsScreen)
        await until(pilot, lambda: bool(asked))
        await quiet(pilot)
        assert "Open · 6" in text_of(pilot)
        assert "Reading…" not in text_of(pilot)


async def test_what_was_shown_of_a_widget_that_was_changed_since_is_not_shown_again(
    today: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboards_on(today) as (pilot, _):
        await press(pilot, "q")
        monkeypatch.setattr(DashboardReading, "load", lambda _self, *_wanted: None)
        today.dashboards.change_widget("Today", 2, query="is:closed")
        await press(pilot, "f6")
        again = pilot.app.screen
        assert isinstance(again, DashboardsScreen)
        await until(pilot, lambda: again.dashboard is not None and "Answers · 3" in text_of(pilot))
        assert "Open · 6" not in text_of(pilot)
        assert "Reading…" in text_of(pilot)


async def test_a_desk_without_dashboards_says_how_one_is_made(full_desk: Desk) -> None:
    async with dashboards_on(full_desk) as (pilot, screen):
        assert "There are no dashboards yet; n makes one." in text_of(pilot)
        await press(pilot, "n", *"Week", "enter", "enter", "enter")
        await until(pilot, lambda: screen.dashboard is not None)
        await quiet(pilot)
        assert "Nothing stands on this dashboard yet. +" in text_of(pilot)
    assert full_desk.dashboards.show("Week").period == "last-30d"


async def test_the_figures_rows_are_listed_and_left_for_the_dashboard(today: Desk) -> None:
    async with dashboards_on(today, "enter") as (pilot, screen):
        assert isinstance(pilot.app.screen, CountedTicketsScreen)
        await until(pilot, lambda: pilot.app.screen.total is not None)
        assert len(pilot.app.screen.tickets.numbers) == 6
        await press(pilot, "q")
        assert pilot.app.screen is screen


async def test_a_row_opens_its_ticket_in_the_list(today: Desk) -> None:
    async with dashboards_on(today, "tab", "j", "j", "enter") as (pilot, screen):
        assert isinstance(pilot.app.screen, TicketsBehindWidget)
        shown = pilot.app.screen
        await until(pilot, lambda: shown.whole and len(shown.tickets.numbers) == 6)
        assert shown.tickets.cursor == 3
        await press(pilot, "q")
        assert pilot.app.screen is screen
        assert screen.row is not None
        assert screen.row.id == 3


async def test_a_response_opens_into_its_line_and_refuses_actions_unless_pinned(today: Desk) -> None:
    async with dashboards_on(today, "tab", "tab", "j", "enter") as (pilot, screen):
        row = screen.row
        shown = pilot.app.screen
        assert isinstance(shown, ResponsesBehindWidget)
        await until(pilot, lambda: shown.panel.opened is not None)
        assert row is not None
        assert shown.list.cursor == row.id
        await press(pilot, "a")
        assert "Actions start from a pinned dashboard" in "".join(told(pilot))


async def test_a_chart_leads_to_its_report(today: Desk) -> None:
    async with dashboards_on(today, "shift+tab", "enter") as (pilot, screen):
        shown = pilot.app.screen
        assert isinstance(shown, ReportsScreen)
        await until(pilot, lambda: shown.report is not None)
        assert (shown.view.report, shown.view.period) == ("tickets", screen.period)


async def test_a_figure_says_what_it_means(today: Desk) -> None:
    async with dashboards_on(today, "w") as (pilot, _):
        assert "Tickets that opened in the period" in text_of(pilot)


async def test_actions_start_only_from_a_pinned_dashboards_view(today: Desk) -> None:
    today.tickets.set_plan(1, EXAMPLE_PLAN)
    async with dashboards_on(today, "tab", "a") as (pilot, screen):
        assert "Actions start from a pinned dashboard or from the ticket list; h pins this one." in told(pilot)
        assert not screen.offers("dashboard.action")
        await press(pilot, "h")
        await read_again(pilot, screen)
        assert screen.offers("dashboard.action")
        await press(pilot, "a")
        await until(pilot, lambda: "Add an action · #1" in text_of(pilot))
        await press(pilot, "1")
        for _ in range(8):
            if pilot.app.screen is not screen:
                await press(pilot, "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        await read_again(pilot, screen)
    assert today.tickets.show(1).plan is not None
    assert today.acts.journal(1)[0].name == "action"


async def test_the_pinned_dashboard_opens_first_and_leads_to_the_tickets_and_back(today: Desk) -> None:
    today.dashboards.pin("Today")
    async with app_on(today).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, DashboardsScreen))
        screen = pilot.app.screen
        await until(pilot, lambda: screen.dashboard is not None and read(screen))
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, TriageScreen)
        await until(pilot, lambda: len(pilot.app.screen.tickets.numbers) == 6)
        await press(pilot, "f6")
        assert isinstance(pilot.app.screen, DashboardsScreen)


async def test_the_period_narrows_every_widget_and_is_kept_when_asked(today: Desk) -> None:
    async with dashboards_on(today, "less_than_sign") as (pilot, screen):
        await read_again(pilot, screen)
        assert "Open · 0" in text_of(pilot)
        assert "Today*" in text_of(pilot)
        await press(pilot, "greater_than_sign")
        await read_again(pilot, screen)
        assert "Open · 6" in text_of(pilot)
        await press(pilot, "p", "1")
        await read_again(pilot, screen)
        await press(pilot, "E", "enter", "enter", "enter", "enter")
        await read_again(pilot, screen)
    assert today.dashboards.show("Today").period != "last-30d"


async def test_the_filter_narrows_every_widget(today: Desk) -> None:
    async with dashboards_on(today, "slash", *"nps<=2", "enter") as (pilot, screen):
        await until(pilot, lambda: "Answers · 2" in text_of(pilot))
        await read_again(pilot, screen)
        assert "Open · 2" in text_of(pilot)
        assert screen.widget is not None


async def test_a_mistake_in_the_filter_leaves_the_widgets_and_stays_in_sight(today: Desk) -> None:
    async with dashboards_on(today, "slash", *"nps<=2", "enter") as (pilot, screen):
        await until(pilot, lambda: "Answers · 2" in text_of(pilot))
        await press(pilot, "slash", *"statsu:x ", "enter")
        await quiet(pilot)
        assert screen.filter.input.has_focus
        assert "did you mean status?" in text_of(pilot)
        assert "shown: nps<=2" in lines_of(pilot)[1]
        screen.grid.focus_first()
        await press(pilot, "less_than_sign")
        await read_again(pilot, screen)
        assert "did you mean status?" in lines_of(pilot)[2]
        assert not any(content.error for content in screen.contents.values())
        await press(pilot, "slash", "escape")
        await until(pilot, lambda: screen.filter.mistake is None)
        assert screen.filter.text == "nps<=2"


async def test_a_mistake_in_the_dashboards_own_filter_stands_in_the_widgets(today: Desk, desk_path: Path) -> None:
    with closing(sqlite3.connect(desk_path)) as file, file:
        file.execute("UPDATE dashboard SET query = 'tag:fresh'")
    async with dashboards_on(today) as (pilot, screen):
        await until(pilot, lambda: all(content.error for content in screen.contents.values()))
        await quiet(pilot)
        assert "fresh" in text_of(pilot)


async def test_widgets_are_added_moved_changed_and_removed(today: Desk) -> None:
    async with dashboards_on(today) as (pilot, screen):
        await press(pilot, "plus")
        await until(pilot, lambda: "Add a widget" in text_of(pilot))
        await press(pilot, "3", "down", "enter", "enter", *"To do", "enter", "1")
        await read_again(pilot, screen)
        assert [each.title for each in today.dashboards.show("Today").widgets][-1] == "To do"
        assert today.dashboards.show("Today").widgets[-1].width == 1
        await press(pilot, "J")
        await read_again(pilot, screen)
        assert today.dashboards.show("Today").widgets[1].figure == "new"
        assert screen.widget is not None
        assert screen.widget.figure == "new"
        await press(pilot, "x")
        await read_again(pilot, screen)
        assert len(today.dashboards.show("Today").widgets) == 4
        assert screen.widget is not None
        await press(pilot, "u")
        await read_again(pilot, screen)
        assert len(today.dashboards.show("Today").widgets) == 5


async def test_what_others_do_is_seen_without_moving_the_cursor(today: Desk) -> None:
    async with dashboards_on(today, "tab", "j", "j", poll_seconds=0.05) as (pilot, screen):
        carla = today.as_user("carla")
        carla.tickets.close(1, "Resolved")
        await until(pilot, lambda: "Open · 5" in text_of(pilot))
        assert screen.row is not None
        assert screen.row.id == 3
        assert isinstance(screen.focused, ViewWidget)
        carla.views.delete("Answers")
        await until(pilot, lambda: "The view “Answers” is gone" in text_of(pilot))
        assert screen.row.id == 3


async def test_somebody_elses_dashboard_is_looked_at_and_copied(today: Desk) -> None:
    today.dashboards.share("Today", users=["ben"])
    ben = today.as_user("ben")
    async with dashboards_on(ben) as (pilot, screen):
        assert "Today of ana" in text_of(pilot)
        assert "may not see reports" in text_of(pilot)
        await press(pilot, "x")
        assert "belongs to ana; c makes one of your own" in "".join(told(pilot))
        await press(pilot, "c")
        await read_again(pilot, screen)
        assert [each.name for each in screen.found] == ["Today", "Today"]


async def test_it_is_shared_with_people_and_teams_by_a_form(today: Desk) -> None:
    today.team.add_team("North", ("carla",))
    async with dashboards_on(today, "s") as (pilot, screen):
        await until(pilot, lambda: "Share “Today”" in text_of(pilot))
        await press(pilot, "space", "enter", "space", "enter")
        await read_again(pilot, screen)
    dashboard = today.dashboards.show("Today")
    assert (dashboard.teams, dashboard.users) == (("North",), ("ben",))


async def test_another_dashboard_is_turned_to(today: Desk) -> None:
    today.dashboards.make("Week", period="last-7d")
    async with dashboards_on(today, "right_square_bracket") as (pilot, screen):
        assert screen.dashboard is not None
        assert screen.dashboard.name == "Week"
        await press(pilot, "o", "1")
        await until(pilot, lambda: screen.dashboard is not None and screen.dashboard.name == "Today")


async def test_a_retired_one_is_in_the_list_and_showing_it_brings_it_back(today: Desk) -> None:
    today.dashboards.make("Week", period="last-7d")
    async with dashboards_on(today, "d") as (pilot, screen):
        await until(pilot, lambda: screen.dashboard is not None and screen.dashboard.name == "Week")
        await press(pilot, "o")
        assert "retired; showing it brings it back" in text_of(pilot)
        await press(pilot, "2")
        await until(pilot, lambda: screen.dashboard is not None and screen.dashboard.name == "Today")
        await press(pilot, "u")
        await until(pilot, lambda: screen.dashboard is not None and screen.dashboard.name == "Week")


async def test_it_is_written_as_a_page(today: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with dashboards_on(today, "e", "enter") as (pilot, screen):
        await until(pilot, lambda: pilot.app.screen is screen)
    assert "New and closed" in (tmp_path / "Today.html").read_text(encoding="utf-8")


async def test_the_arrows_go_over_the_widgets(today: Desk) -> None:
    async with dashboards_on(today, "down") as (pilot, screen):
        assert screen.widget is not None
        assert screen.widget.view == "Open"
        await press(pilot, "left")
        assert screen.widget.figure == "new"
        await press(pilot, "left")
        assert screen.widget.chart == "New and closed"
