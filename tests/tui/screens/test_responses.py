"""The screen of responses: a view's lines, what was done with one, and actions on it (S5, S7, S9, S10)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.tui.screens.counted_tickets import CountedTicketsScreen
from casedesk.tui.screens.responses import ResponsesScreen
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until


@asynccontextmanager
async def responses(
    desk: Desk, view: str | None = None, size: tuple[int, int] = (140, 40), **more: Any
) -> AsyncIterator[tuple[Pilot[None], ResponsesScreen]]:
    """The screen over the list of tickets, its first line read."""
    async with opened(desk, size=size) as (pilot, _triage):
        screen = ResponsesScreen(view=desk.views.show(view) if view else None, **more)
        await pilot.app.push_screen(screen)
        await until(pilot, lambda: screen.panel.opened is not None or not screen.list.ids)
        await quiet(pilot)
        yield pilot, screen


def survey(desk: Desk, *, allow_actions: bool = True) -> Desk:
    desk.campaigns.link_plan("Detractors q4", EXAMPLE_PLAN)
    desk.views.add(
        "Answers", scope="responses", columns=["answered", "nps", "comment", "number"], allow_actions=allow_actions
    )
    return desk


async def test_a_view_of_responses_is_opened_from_the_list_of_tickets(full_desk: Desk) -> None:
    survey(full_desk)
    async with opened(full_desk) as (pilot, _triage):
        await press(pilot, "V", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ResponsesScreen)
        assert list(screen.list.ids) == [4, 3, 2, 1]
        head = next(line for line in lines_of(pilot) if "answered" in line and "nps" in line)
        assert head.index("answered") < head.index("nps") < head.index("comment") < head.index("#")
        assert "Answers" in lines_of(pilot)[0]
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ResponsesScreen)


async def test_f4_shows_all_responses_and_a_query_narrows_them(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _triage):
        await press(pilot, "f4")
        screen = pilot.app.screen
        assert isinstance(screen, ResponsesScreen)
        assert len(screen.list.ids) == 4
        await press(pilot, "slash", *"nps>8", "enter")
        assert list(screen.list.ids) == [1]
        await press(pilot, "slash", "end", *" zzz", "enter")
        assert "No response matches." in text_of(pilot)


async def test_enter_opens_a_line_into_two_tabs(full_desk: Desk) -> None:
    survey(full_desk)
    full_desk.tickets.set_plan(3, EXAMPLE_PLAN)
    async with responses(full_desk, "Answers") as (pilot, screen):
        await press(pilot, "down", "enter")
        assert screen.panel.opened is not None
        assert screen.panel.opened.response.id == 3
        text = text_of(pilot)
        assert "I waited three weeks for a lamp" in text
        assert "action: Call – No response" in text
        await press(pilot, "right_square_bracket")
        assert "May be chosen" in text_of(pilot)


async def test_an_action_on_a_response_without_a_ticket_opens_one_and_is_taken_back(full_desk: Desk) -> None:
    survey(full_desk)
    async with responses(full_desk, "Answers") as (pilot, screen):
        await press(pilot, "end")
        assert "no ticket" in text_of(pilot)
        await press(pilot, "a", "2", "2", "enter", "enter")
        assert full_desk.responses.show(1).ticket == 7
        assert full_desk.tickets.show(7).actions[0].status == "No response"
        assert screen.panel.opened is not None
        assert screen.panel.opened.ticket is not None
        assert "#7" in text_of(pilot)
        await press(pilot, "u")
        assert full_desk.responses.show(1).ticket is None
        assert screen.changed


async def test_where_the_view_does_not_allow_actions_none_is_added(full_desk: Desk) -> None:
    survey(full_desk, allow_actions=False)
    async with responses(full_desk, "Answers") as (pilot, screen):
        await press(pilot, "a")
        assert "The view “Answers” doesn't allow actions." in told(pilot)
        assert pilot.app.screen is screen


async def test_a_bare_query_shows_lines_and_takes_no_action(full_desk: Desk) -> None:
    survey(full_desk)
    async with responses(full_desk, query="nps<=6", title="Detractors") as (pilot, screen):
        assert list(screen.list.ids) == [4, 3, 2]
        assert "Detractors" in lines_of(pilot)[0]
        await press(pilot, "a")
        assert any("from a view that allows them" in sentence for sentence in told(pilot))


async def test_at_80_columns_one_pane_is_shown_at_a_time(full_desk: Desk) -> None:
    survey(full_desk)
    async with responses(full_desk, "Answers", size=(80, 24)) as (pilot, screen):
        assert screen.list.region.width == 80
        await press(pilot, "enter")
        assert screen.panel.region.width == 80
        await press(pilot, "escape")
        assert screen.list.region.width == 80
        await press(pilot, "escape")
        assert pilot.app.screen is not screen


async def test_what_a_user_may_not_do_is_said(full_desk: Desk) -> None:
    survey(full_desk)
    full_desk.views.share("Answers")
    ben = full_desk.as_user("ben")
    async with responses(ben, "Answers") as (pilot, _screen):
        await press(pilot, "V", "c", "enter", "enter")
        assert "it takes the right to share" in text_of(pilot)


async def test_responses_come_in_the_order_asked_for(full_desk: Desk) -> None:
    async with responses(full_desk) as (pilot, screen):
        await press(pilot, "slash", *"sort:-score", "enter")
        scores = [full_desk.responses.show(each).score for each in screen.list.ids]
        assert scores == sorted(scores, key=lambda score: -(score or 0))
        assert len(set(scores)) > 1
        assert "score ↓" in text_of(pilot)
        await press(pilot, "slash", "ctrl+u", *"sort:answered", "enter")
        assert list(screen.list.ids) == [1, 2, 3, 4]


@pytest.mark.parametrize("keys", [("#",), ("enter", "enter")])
async def test_a_response_leads_to_its_ticket_and_back(full_desk: Desk, keys: tuple[str, ...]) -> None:
    survey(full_desk)
    async with responses(full_desk, "Answers") as (pilot, screen):
        await press(pilot, "down", *keys)
        there = pilot.app.screen
        assert isinstance(there, CountedTicketsScreen)
        await until(pilot, lambda: there.detail.ticket is not None)
        assert list(there.tickets.numbers) == [full_desk.responses.show(3).ticket]
        await press(pilot, "i", "u", "q")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.list.cursor == 3
        assert screen.changed


async def test_a_response_without_a_ticket_says_so(full_desk: Desk) -> None:
    survey(full_desk)
    async with responses(full_desk, "Answers") as (pilot, screen):
        await press(pilot, "end", "#")
        assert told(pilot)[-1] == "This response has no ticket; a opens one with an action."
        assert pilot.app.screen is screen


@pytest.mark.parametrize(("view", "shown"), [(None, False), ("Answers", True)])
async def test_the_key_of_actions_is_shown_where_they_can_be_added(
    full_desk: Desk, view: str | None, shown: bool
) -> None:
    survey(full_desk)
    async with responses(full_desk, view) as (_pilot, screen):
        assert ("responses.action" in {hint.action_id for hint in screen.keys.hints}) is shown
        assert screen.offers("responses.action") is shown
