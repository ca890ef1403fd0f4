"""Triage mode: one ticket a screen, one key a decision, and a summary (X5)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.actions import ACTIONS
from casedesk.tui.modals.message import MessageModal
from casedesk.tui.screens.triage import TriageScreen
from casedesk.tui.screens.triage_mode import TriageModeScreen
from tests.conftest import Clock
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until


@asynccontextmanager
async def deciding(
    desk: Desk, *keys: str, size: tuple[int, int] = (140, 40)
) -> AsyncIterator[tuple[Pilot[None], TriageModeScreen]]:
    """The triage mode from the first ticket of the list, after `keys` in the list."""
    async with opened(desk, size) as (pilot, _screen):
        await press(pilot, *keys, "T")
        mode = pilot.app.screen
        assert isinstance(mode, TriageModeScreen)
        await until(pilot, lambda: mode.detail.ticket is not None)
        yield pilot, mode


def shown(mode: TriageModeScreen) -> int | None:
    return mode.detail.ticket.number if mode.detail.ticket else None


def test_every_action_of_the_mode_is_carried_out() -> None:
    for action in ACTIONS:
        if "mode" in action.where:
            assert callable(getattr(TriageModeScreen, f"action_{action.call.partition('(')[0]}")), action.id


async def test_it_shows_the_ticket_with_feed_contact_and_what_is_left(full_desk: Desk) -> None:
    async with deciding(full_desk, "G", "k") as (pilot, mode):
        assert shown(mode) == 2
        text = text_of(pilot)
        assert "I waited three weeks for a lamp" in text
        assert "Promised to call again" in text
        assert "Rosa Marín" in text
        assert lines_of(pilot)[1].startswith(" 2 left")


async def test_a_decision_brings_the_next_ticket(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, mode):
        await press(pilot, "c", "1")
        assert full_desk.tickets.show(6).line.state == "closed"
        assert shown(mode) == 5
        await press(pilot, "o", "b")
        await press(pilot, "enter")
        assert full_desk.tickets.show(5).line.owner == "ben"
        assert shown(mode) == 4
        assert lines_of(pilot)[1].startswith(" 4 left")


async def test_what_decides_nothing_stays_on_the_ticket(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, mode):
        await press(pilot, "n", *"Hm", "enter", "i", "u")
        assert shown(mode) == 6
        assert "note: Hm" in text_of(pilot)


async def test_the_next_ticket_was_read_ahead(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, mode):
        await until(pilot, lambda: mode.reading.ticket(6, [5]) is not None)
        await until(pilot, lambda: 5 in mode.reading._ahead)
        await pilot.press("j")
        assert shown(mode) == 5


@pytest.mark.parametrize("key", ["j", "space"])
async def test_skip_and_back(full_desk: Desk, key: str) -> None:
    async with deciding(full_desk) as (pilot, mode):
        await press(pilot, key, key)
        assert shown(mode) == 4
        await press(pilot, "k")
        assert shown(mode) == 5
        assert "2 skipped" in lines_of(pilot)[1]


async def test_decisions_typed_ahead_are_for_one_ticket_after_the_other(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, _mode):
        for key in ("c", "1", "c", "2", "c", "1"):
            pilot.app.post_message(events.Key(key, key))
        await until(pilot, lambda: all(line.state == "closed" for line in full_desk.tickets.lines([4, 5, 6])))
        await quiet(pilot)
        assert [full_desk.tickets.show(number).resolution for number in (6, 5, 4)] == [
            "Resolved",
            "Explained",
            "Resolved",
        ]


async def test_undo_goes_back_to_the_ticket(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, mode):
        await press(pilot, "c", "1", "u")
        assert full_desk.tickets.show(6).line.state == "new"
        assert shown(mode) == 6
        assert "0 decided" in lines_of(pilot)[1]
        await press(pilot, "U")
        assert shown(mode) == 5
        assert "1 decided" in lines_of(pilot)[1]


async def test_macros_decide_too(full_desk: Desk) -> None:
    full_desk.macros.make("Later", [{"status": "pending"}], key="%")
    async with deciding(full_desk) as (pilot, mode):
        await press(pilot, "%", "enter")
        assert full_desk.tickets.show(6).line.state == "pending"
        assert shown(mode) == 5
        await press(pilot, "j", "@", "1", "enter", "enter")
        assert shown(mode) == 3
        await press(pilot, "full_stop")
        assert full_desk.tickets.show(3).line.state == "pending"


async def test_after_the_last_ticket_comes_the_summary_and_then_the_list(full_desk: Desk, clock: Clock) -> None:
    async with deciding(full_desk, "G", "k", "k") as (pilot, mode):
        clock.tick(65)
        await press(pilot, "o", "b", "enter", "j", "c", "1")
        assert isinstance(pilot.app.screen, MessageModal)
        text = text_of(pilot)
        assert "2 of 3 decided in 1m" in text
        assert "1 given to ben" in text
        assert "1 closed" in text
        assert "1 skipped" in text
        await press(pilot, "escape")
        screen: Any = pilot.app.screen
        assert isinstance(screen, TriageScreen)
        assert screen.tickets.cursor == 1
        assert not mode.is_current


async def test_escape_shows_the_summary_and_one_may_go_on(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, mode):
        await press(pilot, "c", "1", "escape")
        assert "5 not seen yet" in text_of(pilot)
        await press(pilot, "g")
        assert pilot.app.screen is mode
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, TriageScreen)


async def test_from_the_last_summary_one_may_go_back_to_the_ticket(full_desk: Desk) -> None:
    async with deciding(full_desk, "G") as (pilot, mode):
        await press(pilot, "j", "k")
        assert pilot.app.screen is mode
        assert shown(mode) == 1


async def test_what_others_change_is_shown_by_a_conflict(full_desk: Desk) -> None:
    async with deciding(full_desk) as (pilot, _mode):
        full_desk.as_user("ben").tickets.set_priority(6, "low")
        await press(pilot, "c", "1")
        assert isinstance(pilot.app.screen, MessageModal)
        assert "ben" in text_of(pilot)
        assert full_desk.tickets.show(6).line.state != "closed"


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_on_a_small_screen_the_contact_takes_the_ticket_s_place(full_desk: Desk, size: tuple[int, int]) -> None:
    async with deciding(full_desk, "G", "k", size=size) as (pilot, mode):
        assert "Rosa Marín" not in text_of(pilot)
        await press(pilot, "p")
        assert "Rosa Marín" in text_of(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is mode
        assert not mode.contact.region


async def test_panes_are_scrolled_by_the_arrows(full_desk: Desk) -> None:
    async with deciding(full_desk, "G", "k", size=(60, 20)) as (pilot, mode):
        await press(pilot, "tab", "down", "down")
        assert mode.focused is mode.feed
        assert mode.feed.top == 2
        await press(pilot, "up")
        assert mode.feed.top == 1


async def test_without_a_ticket_there_is_nothing_to_decide_on(desk: Desk) -> None:
    async with opened(desk) as (pilot, _screen):
        await press(pilot, "T")
        assert told(pilot) == ["There is no ticket to decide on."]


async def test_a_recording_goes_on_in_it(full_desk: Desk) -> None:
    async with deciding(full_desk, "@", "r", "enter") as (pilot, _mode):
        await press(pilot, "i", "u")
        assert "recording 1 step" in lines_of(pilot)[0]
        await press(pilot, "escape", "escape")
        assert "recording 1 step" in lines_of(pilot)[0]


@pytest.fixture
def related_desk(full_desk: Desk) -> Desk:
    """The full desk: ticket 6 has a parent (5) and two parts (4 and 2)."""
    full_desk.tickets.set_parent(6, 5)
    full_desk.tickets.set_parent([4, 2], 6)
    return full_desk


async def test_a_related_ticket_is_looked_at_and_esc_comes_back(related_desk: Desk) -> None:
    async with deciding(related_desk, size=(80, 24)) as (pilot, mode):
        await press(pilot, "r", "down", "enter")
        assert shown(mode) == 2
        assert "Esc back to #6" in lines_of(pilot)[1]
        await press(pilot, "enter")
        assert shown(mode) == 6
        assert "back to" not in lines_of(pilot)[1]
        await press(pilot, "down", "enter")
        assert shown(mode) == 4
        await press(pilot, "escape")
        assert shown(mode) == 6
        assert pilot.app.screen is mode
        assert "6 left" in lines_of(pilot)[1]


async def test_esc_goes_back_the_way_one_came(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, mode):
        related_desk.tickets.set_parent(1, 2)
        await press(pilot, "r", "down", "enter")
        await press(pilot, "down", "enter")
        assert shown(mode) == 1
        assert "Esc back to #2" in lines_of(pilot)[1]
        await press(pilot, "escape")
        assert shown(mode) == 2
        await press(pilot, "q")
        assert shown(mode) == 6


async def test_the_bottom_line_and_help_have_the_keys_of_related(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, _mode):
        assert "r related" in lines_of(pilot)[-1]
        await press(pilot, "r")
        assert lines_of(pilot)[-1].startswith(" Enter open  r relate  f kinds  Space skip")
        await press(pilot, "enter")
        assert lines_of(pilot)[-1].startswith(" Esc back  Enter open  r relate  f kinds  c close")
        await press(pilot, "left_square_bracket")
        assert lines_of(pilot)[-1].startswith(" Esc back  c close")
        await press(pilot, "question_mark", "pagedown")
        text = text_of(pilot)
        assert "Go to related ticket" in text
        assert "Kinds in Related" in text


async def test_r_again_relates_in_it(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, mode):
        await press(pilot, "r", "r", "2")
        assert "parent" not in [record.kind for record in related_desk.tickets.related(6)]
        assert "Parent" not in text_of(pilot)
        await press(pilot, "u")
        assert "Parent" in text_of(pilot)
        assert shown(mode) == 6


async def test_a_sub_ticket_opened_in_it_is_there_at_once(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, mode):
        await press(pilot, "r", "r", "4", *"Part three", "tab", "1")
        await until(pilot, lambda: "Sub-tickets 3" in text_of(pilot))
        assert shown(mode) == 6


async def test_kinds_are_chosen_in_it_and_hold_in_the_list(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, _mode):
        await press(pilot, "r", "f", "3", "enter")
        assert "Not shown: sub-tickets." in text_of(pilot)
        await press(pilot, "escape", "escape", "r")
        assert isinstance(pilot.app.screen, TriageScreen)
        assert "Not shown: sub-tickets." in text_of(pilot)


async def test_what_is_done_to_a_related_ticket_decides_nothing_in_the_round(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, mode):
        await press(pilot, "r", "enter")
        assert shown(mode) == 5
        await press(pilot, "c", "1")
        assert related_desk.tickets.show(5).line.state == "closed"
        assert related_desk.tickets.show(6).line.state != "closed"
        assert shown(mode) == 5
        await press(pilot, "escape")
        assert shown(mode) == 6
        assert mode.round.decided == 0
        await press(pilot, "c", "1")
        assert related_desk.tickets.show(6).line.state == "closed"
        assert mode.round.decided == 1


async def test_from_a_related_ticket_skip_comes_back_and_skips_nothing(related_desk: Desk) -> None:
    async with deciding(related_desk) as (pilot, mode):
        await press(pilot, "r", "enter", "j")
        assert shown(mode) == 6
        assert mode.round.skipped == 0


async def test_from_the_contact_that_covers_the_ticket_r_goes_to_related(related_desk: Desk) -> None:
    async with deciding(related_desk, size=(80, 24)) as (pilot, mode):
        await press(pilot, "p", "r")
        assert mode.focused is mode.detail
        assert "Parent" in text_of(pilot)
