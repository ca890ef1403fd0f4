"""The report screen: figures that lead to their tickets, and come back to where they were."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.reports import Report, Request
from casedesk.reports.running import REPORTS
from casedesk.tui.reading import Reading
from casedesk.tui.screens.counted_tickets import CountedTicketsScreen
from casedesk.tui.screens.reports import ReportsScreen
from casedesk.tui.screens.responses import ResponsesScreen
from casedesk.tui.screens.triage import TriageScreen
from tests.conftest import Clock
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until


@pytest.fixture
def busy_desk(full_desk: Desk, clock: Clock) -> Desk:
    """Six tickets of the last days, two of them closed today, one of these reopened."""
    clock.tick(7200)
    full_desk.tickets.close([5, 6], "Resolved")
    clock.tick(3600)
    full_desk.tickets.reopen([5])
    clock.tick(60)
    return full_desk


@asynccontextmanager
async def reports_on(
    desk: Desk, *keys: str, size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[tuple[Pilot[None], ReportsScreen]]:
    """The report screen, with its first report counted, after these keys."""
    async with opened(desk, size, **options) as (pilot, _):
        await press(pilot, "f2")
        screen = pilot.app.screen
        assert isinstance(screen, ReportsScreen)
        await until(pilot, lambda: screen.report is not None)
        await press(pilot, *keys)
        yield pilot, screen


async def test_the_totals_stand_with_their_n_and_definition_one_key_away(busy_desk: Desk) -> None:
    async with reports_on(busy_desk) as (pilot, screen):
        assert screen.report is not None
        assert (screen.report.total("new").value, screen.report.total("reopened").value) == (6, 1)
        shown = text_of(pilot)
        assert "Average open time" in shown
        assert "n 2" in shown
        await press(pilot, "right", "w")
        assert "A5, M14, behaviour 8.1" in text_of(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is screen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_report_is_shown_by_its_key_at_every_size(busy_desk: Desk, size: tuple[int, int]) -> None:
    async with reports_on(busy_desk, size=size) as (pilot, screen):
        for place, report in enumerate(("tickets", "cases", "sla", "feedback", "causes", "people"), 1):
            if report not in screen.reports:
                continue
            await press(pilot, str(place))
            await until(pilot, lambda name=report: screen.report is not None and screen.report.request.report == name)
            assert screen.tabs.shown == report
            for chart in range(len(screen.report.charts) + 1):
                assert screen.large == chart
                await press(pilot, "v")


async def test_the_tabs_are_gone_over_in_a_ring(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "left_square_bracket") as (pilot, screen):
        assert screen.view.report == screen.reports[-1]
        await press(pilot, "right_square_bracket")
        assert screen.view.report == screen.reports[0]


async def test_service_levels_have_a_report_only_while_they_are_on(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "3") as (pilot, screen):
        assert "sla" not in screen.reports
        assert screen.view.report == "tickets"
        assert told(pilot)
    busy_desk.policies.switch(True)
    async with reports_on(busy_desk) as (_, screen):
        assert ("sla" in screen.reports) is ("sla" in REPORTS)


async def test_its_tab_comes_and_goes_as_somebody_switches_service_levels(busy_desk: Desk, desk_path: Path) -> None:
    async with reports_on(busy_desk, poll_seconds=0.05) as (pilot, screen):
        with Desk.open(desk_path, user="ana", clock=busy_desk.clock) as other:  # as another process does
            other.policies.switch(True)
            await until(pilot, lambda: "3 Service levels" in text_of(pilot))
            await press(pilot, "3")
            await until(pilot, lambda: screen.report is not None and screen.report.request.report == "sla")
            other.policies.switch(False)
        await until(pilot, lambda: screen.report is not None and screen.view.report == "tickets")
        assert "3 Service levels" not in text_of(pilot)
        assert "were switched off" in told(pilot)[-1]


async def test_a_figure_opens_exactly_its_tickets_and_back_is_where_one_was(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "right") as (pilot, screen):
        assert screen.totals.figure is not None
        assert screen.totals.figure.id == "closed"
        await press(pilot, "enter")
        rows = pilot.app.screen
        assert isinstance(rows, CountedTicketsScreen)
        await until(pilot, lambda: rows.whole)
        assert sorted(rows.tickets.numbers) == [5, 6]
        assert "Tickets · Closed" in text_of(pilot)
        await press(pilot, "q")
        assert pilot.app.screen is screen
        assert screen.totals.figure.id == "closed"


@pytest.mark.parametrize("key", ["escape", "q", "f2"])
async def test_a_cell_opens_its_tickets_too(busy_desk: Desk, key: str) -> None:
    async with reports_on(busy_desk, "tab", "G") as (pilot, screen):
        assert (screen.table.label, screen.table.figure.value if screen.table.figure else None) == ("2026-01-31", 2)
        await press(pilot, "enter")
        rows = pilot.app.screen
        assert isinstance(rows, CountedTicketsScreen)
        await until(pilot, lambda: rows.whole)
        assert len(rows.tickets.numbers) == 2
        await press(pilot, key)
        assert pilot.app.screen is screen
        assert screen.table.label == "2026-01-31"
        assert screen.focused is screen.table


async def test_where_nothing_was_counted_nothing_is_listed(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "tab", "g", "enter") as (pilot, screen):
        assert pilot.app.screen is screen
        assert "nothing to list" in told(pilot)[-1]


async def test_what_counts_responses_opens_them(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "4") as (pilot, screen):
        await until(pilot, lambda: screen.report is not None and screen.report.request.report == "feedback")
        counted = screen.pane.figure
        assert counted is not None
        await press(pilot, "enter")
        listed = pilot.app.screen
        assert isinstance(listed, ResponsesScreen)
        await until(pilot, lambda: len(listed.list.ids) == counted.n)
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_the_period_steps_back_and_not_into_the_future(busy_desk: Desk) -> None:
    async with reports_on(busy_desk) as (pilot, screen):
        last = screen.view.period
        await press(pilot, "greater_than_sign")
        assert screen.view.period == last
        assert told(pilot) == ["Nothing of the next period has come yet."]
        await press(pilot, "less_than_sign")
        assert screen.report is not None
        assert screen.report.request.period == last.before()
        assert screen.report.total("new").value == 0
        assert screen.report.total("average_open_seconds").value is None
        assert "–  n 0" in text_of(pilot)
        await press(pilot, "greater_than_sign")
        assert screen.report.request.period == last


async def test_the_period_is_chosen_by_name_or_by_its_days(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "p", "1") as (pilot, screen):
        assert screen.report is not None
        assert str(screen.report.request.period) == "2026-01-31"
        await press(pilot, "p", "end", "enter", "ctrl+u", *"2026-01-30", "enter", "ctrl+u", *"2026-01-29", "enter")
        assert "before it begins" in text_of(pilot)
        await press(pilot, "ctrl+u", *"2026-01", "enter")
        assert str(screen.report.request.period) == "2026-01-30 – 2026-01-31"


@pytest.mark.parametrize("typed", ["0001-01", "9999-12", "nonsense"])
async def test_a_period_that_cannot_be_is_refused_once_in_a_sentence(busy_desk: Desk, typed: str) -> None:
    async with reports_on(busy_desk, "p", "end", "enter") as (pilot, screen):
        before = screen.view.period
        await press(pilot, *typed)
        assert f"“{typed}”" in text_of(pilot)
        await press(pilot, "enter", "enter")
        assert text_of(pilot).count(f"“{typed}”") == 1
        assert screen.view.period == before


async def test_cases_are_grouped_by_another_field(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "2", "b", "4") as (_, screen):
        assert screen.report is not None
        assert screen.report.request.by == "priority"
        assert {line.label for line in screen.report.lines} >= {"low", "urgent"}


async def test_comparison_and_working_time_are_switched(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "c", "t") as (pilot, screen):
        assert screen.report is not None
        assert (screen.report.request.compare, screen.report.request.working) == (False, True)
        assert "working time" in text_of(pilot)
        assert "changes are against" not in text_of(pilot)


async def test_the_filter_narrows_the_figures_down_and_a_mistake_has_its_place(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "slash", *"priority:urgent", "enter") as (pilot, screen):
        await until(pilot, lambda: screen.report is not None and screen.report.request.query == "priority:urgent")
        assert screen.report is not None
        assert screen.report.total("new").value == 1
        await press(pilot, "slash", "right", *" statsu:new")
        await until(pilot, lambda: screen.filter.suggestions.sentence)
        assert "statsu" in screen.filter.suggestions.sentence
        assert screen.report.total("new").value == 1  # what was counted before stays
        assert "from before the filter's mistake" in text_of(pilot)
        assert "shown: priority:urgent" in lines_of(pilot)[1]
        await press(pilot, "enter")
        assert screen.filter.input.has_focus
        await press(pilot, "escape")
        assert screen.filter.text == "priority:urgent"
        await press(pilot, "escape")
        await until(pilot, lambda: screen.report is not None and screen.report.request.query == "")
        assert screen.report.total("new").value == 6


async def test_the_filters_mistake_stays_in_sight_on_every_report(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "slash", *"priority:urgent", "enter") as (pilot, screen):
        await until(pilot, lambda: screen.report is not None and screen.report.request.query == "priority:urgent")
        await press(pilot, "slash", "right", *" statsu:new")
        await until(pilot, lambda: screen.filter.mistake is not None)
        await press(pilot, "tab")
        for key in ("2", "1", "p", "1"):
            await press(pilot, key)
            await until(pilot, lambda: screen.report is not None and not screen._is_counting)
            assert 'Unknown field "statsu" at 17: did you mean status?' in lines_of(pilot)[2]
            assert screen.report is not None
            assert screen.report.request.query == "priority:urgent"
        await press(pilot, "slash", "ctrl+u", *"priority:urgent")
        await until(pilot, lambda: screen.filter.input.mistake_mark.place is None)
        assert "from before" not in text_of(pilot)


async def test_an_act_of_another_process_is_seen_and_the_cursor_stays(busy_desk: Desk, desk_path: Path) -> None:
    async with reports_on(busy_desk, "tab", "G", "right", poll_seconds=0.05) as (pilot, screen):
        with Desk.open(desk_path, user="ben", clock=busy_desk.clock) as other:  # as another process does
            other.tickets.close([4], "Resolved")
        await until(pilot, lambda: screen.report is not None and screen.report.total("closed").value == 3)
        await quiet(pilot)
        assert (screen.table.label, screen.table.column) == ("2026-01-31", 2)


async def test_acts_on_the_rows_are_in_the_figures_when_one_comes_back(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "enter") as (pilot, screen):
        busy_desk.tickets.new("One more", "normal")
        await press(pilot, "q")
        await until(pilot, lambda: screen.report is not None and screen.report.total("new").value == 7)
        assert pilot.app.screen is screen


async def test_a_report_is_written_to_a_file_and_a_file_is_replaced_only_when_that_is_said(
    busy_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "tickets-2026-01-02--2026-01-31.json"
    async with reports_on(busy_desk, "e", "3", "enter") as (pilot, _):
        await until(pilot, file.is_file)
        assert json.loads(file.read_text(encoding="utf-8"))["new"] == 6
        file.write_text("mine")
        await press(pilot, "e", "3", "enter")
        assert "there already" in text_of(pilot)
        await press(pilot, "enter")
        assert file.read_text() == "mine"
        await press(pilot, "enter", "down", "enter")
        await until(pilot, lambda: file.read_text(encoding="utf-8") != "mine")
        assert told(pilot)[-1] == f"Written to {file}"


@pytest.mark.parametrize(("key", "suffix"), [("1", "html"), ("2", "csv"), ("4", "svg")])
async def test_each_format_is_written(
    busy_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reports_on(busy_desk, "e", key, "enter") as (pilot, _):
        await until(pilot, lambda: [*tmp_path.glob(f"tickets-*.{suffix}")])
        assert "new" in next(tmp_path.glob(f"tickets-*.{suffix}")).read_text(encoding="utf-8").lower()


async def test_a_refused_file_keeps_the_form(busy_desk: Desk, tmp_path: Path) -> None:
    keys = ("e", "2", "ctrl+u", *str(tmp_path / "nowhere" / "x.csv"), "enter")
    async with reports_on(busy_desk, *keys) as (pilot, screen):
        await until(pilot, lambda: "There is no folder" in text_of(pilot))
        await press(pilot, "escape", "y")
        assert pilot.app.screen is screen


async def test_an_empty_desk_has_reports_of_nothing(desk: Desk) -> None:
    async with reports_on(desk, "2") as (pilot, screen):
        assert screen.report is not None
        assert screen.report.lines == ()
        assert "There is nothing in this period." in text_of(pilot)
        await press(pilot, "tab", "down", "enter", "w")
        assert pilot.app.screen is screen


async def test_reports_open_again_where_they_were_left(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, "2", "p", "3", "q") as (pilot, left):
        assert isinstance(pilot.app.screen, TriageScreen)
        await press(pilot, "f2")
        again = pilot.app.screen
        assert isinstance(again, ReportsScreen)
        assert again is not left
        assert again.view == left.view


async def test_who_may_not_see_reports_is_not_offered_them(busy_desk: Desk) -> None:
    async with opened(busy_desk.as_user("ben")) as (pilot, screen):
        assert not screen.offers("reports.show")
        await press(pilot, "f2")
        assert pilot.app.screen is screen
        assert told(pilot) == ["You may not see reports. An administrator can allow it."]


async def test_plain_mode_draws_no_curves(busy_desk: Desk) -> None:
    async with reports_on(busy_desk, plain=True) as (pilot, _):
        shown = text_of(pilot)
        assert "New: lowest 0" in shown
        assert not set(shown) & set("▁▂▃▄▅▆▇█▒▲▼")


async def test_a_report_that_is_slow_can_be_left(busy_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    going_on = threading.Event()
    async with opened(busy_desk, (120, 40)) as (pilot, triage):
        monkeypatch.setattr(pilot.app.reports, "run", lambda _request: going_on.wait(20))
        await pilot.press("f2")
        await until(pilot, lambda: "Counting…" in text_of(pilot))
        await pilot.press("q")
        await until(pilot, lambda: pilot.app.screen is triage)
        going_on.set()


async def test_a_desk_that_changes_all_the_time_does_not_put_a_slow_report_off(
    busy_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reports_on(busy_desk) as (pilot, screen):
        made, run, going_on = [], screen.app.reports.run, threading.Event()

        def slow(request: Request) -> Report:
            made.append(request)
            going_on.wait(20)
            return run(request)

        monkeypatch.setattr(screen.app.reports, "run", slow)
        for _ in range(3):
            screen.post_message(Reading.Changed(0))
            await pilot.pause()
        await until(pilot, lambda: made)
        going_on.set()
        await quiet(pilot)
        assert len(made) == 2  # the one that was under way, and one for all the changes since


async def test_cards_take_no_line_for_changes_while_nothing_is_compared(busy_desk: Desk) -> None:
    async with reports_on(busy_desk) as (pilot, screen):
        compared = screen.totals.line_count
        assert screen.view.compare
        await press(pilot, "c")
        await until(pilot, lambda: screen.report is not None and not screen.report.request.compare)
        assert compared % 3 == 0
        assert screen.totals.line_count == compared * 2 // 3


async def test_titles_of_cards_that_begin_alike_are_told_apart_at_80_columns(busy_desk: Desk) -> None:
    busy_desk.policies.switch(True)
    async with reports_on(busy_desk, "3", size=(80, 24)) as (pilot, screen):
        await until(pilot, lambda: screen.report is not None and screen.report.request.report == "sla")
        await quiet(pilot)
        shown = text_of(pilot)
        assert "First…in time, %" in shown
        assert "First…missed" in shown
