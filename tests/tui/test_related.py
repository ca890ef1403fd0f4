"""The tab Related and the merge, from the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.look import Look
from casedesk.tui.panels.related import RelatedTab
from casedesk.tui.widgets.drawn import width_of
from tests.tui.driving import app_on, opened, press, quiet, text_of, told, until
from tests.tui.test_snapshots import SIZES, Compare, driven


@pytest.fixture
def related_desk(full_desk: Desk) -> Desk:
    """The full desk: ticket 2 has a parent (5), two parts (4 and 6), another contact and one merged into it (3)."""
    full_desk.tickets.set_parent(2, 5)
    full_desk.tickets.set_parent([4, 6], 2)
    full_desk.tickets.set_contacts(2, add=["eve@example.com"])
    full_desk.tickets.merge(3, 2)
    return full_desk


@pytest.mark.parametrize("width", [20, 31, 58, 100])
def test_no_line_of_the_tab_is_wider_than_the_panel(related_desk: Desk, width: int) -> None:
    look = Look(related_desk.zone, related_desk.now(), related_desk.choices().priorities)
    lines = RelatedTab().write(related_desk.tickets.show(2), look, width)
    assert len(lines) > 8
    assert max(width_of(line) for line in lines) <= width


def test_a_ticket_that_is_related_to_nothing_says_so(desk: Desk) -> None:
    number = desk.tickets.new("Alone", "low").done[0]
    lines = RelatedTab().write(desk.tickets.show(number), Look(desk.zone, desk.now()), 60)
    assert lines == [[("Nothing is related to this ticket.", "muted")]]


async def to_ticket(pilot: Pilot[Any], number: int) -> None:
    """Put the cursor of the list on a ticket."""
    screen = pilot.app.screen_stack[0]
    screen.tickets.go_to(number)
    await quiet(pilot)


async def test_r_shows_the_tab_and_enter_goes_to_the_ticket_under_the_cursor(related_desk: Desk) -> None:
    async with opened(related_desk) as (pilot, screen):
        await to_ticket(pilot, 2)
        await press(pilot, "r")
        assert "Sub-tickets 2" in text_of(pilot)
        await press(pilot, "j", "enter")
        await until(pilot, lambda: screen.detail.ticket is not None and screen.detail.ticket.number == 4)


async def test_a_related_ticket_that_the_list_does_not_have_is_found_by_its_number(related_desk: Desk) -> None:
    async with opened(related_desk) as (pilot, screen):
        await press(pilot, "slash", *"number:2", "enter")
        await until(pilot, lambda: list(screen.tickets.numbers) == [2])
        await press(pilot, "r", "enter")
        await until(pilot, lambda: screen.detail.ticket is not None and screen.detail.ticket.number == 5)
        assert screen.filter.text == "number:5"


async def test_r_again_relates(related_desk: Desk) -> None:
    async with opened(related_desk) as (pilot, _screen):
        await to_ticket(pilot, 2)
        await press(pilot, "r", "r", "2")
        assert "parent" not in [record.kind for record in related_desk.tickets.related(2)]
        await press(pilot, "u")
        assert "parent" in [record.kind for record in related_desk.tickets.related(2)]


async def test_kinds_can_be_left_out(related_desk: Desk) -> None:
    async with opened(related_desk) as (pilot, screen):
        await to_ticket(pilot, 2)
        await press(pilot, "r", "f", "3", "enter")
        assert screen.detail.related.hidden == {"sub-ticket"}
        assert "Not shown: sub-tickets." in text_of(pilot)


async def test_a_ticket_is_merged_from_the_keyboard_and_the_list_says_so(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await to_ticket(pilot, 4)
        await press(pilot, "equals_sign", *"invoice")
        await until(pilot, lambda: "#5 Invoice is missing" in text_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: full_desk.tickets.show(4).line.merged_into == 5)
        assert "#4 merged into #5" in told(pilot)[-1]
        assert "→ #5 Wrong size" in text_of(pilot)
        assert "merged into #5" in text_of(pilot)
        await press(pilot, "n", *"hello", "enter")
        assert "#4 was merged into #5" in "\n".join([*told(pilot), text_of(pilot)])
        await press(pilot, "escape", "escape", "y", "u")
        assert screen.tickets.numbers


async def test_a_new_ticket_shows_what_it_may_repeat_and_goes_there_instead(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "N", "1", *"Invoice missing")
        await until(pilot, lambda: "Perhaps the same" in text_of(pilot))
        assert "#5 Invoice is missing" in text_of(pilot)
        await press(pilot, "ctrl+t", "enter")
        await until(pilot, lambda: screen.detail.ticket is not None and screen.detail.ticket.number == 5)
        assert full_desk.tickets.count("") == 6


async def test_esc_goes_back_from_the_advice_to_the_form(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "N", "1", *"Invoice missing")
        await until(pilot, lambda: "Perhaps the same" in text_of(pilot))
        await press(pilot, "ctrl+t", "escape", "enter", "3", "enter", "enter")
        await until(pilot, lambda: full_desk.tickets.count("") == 7)


@SIZES
def test_related_tab(related_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    before = driven("slash", *"number:2", "enter", "r", "j")
    assert snap_compare(app_on(related_desk), terminal_size=size, run_before=before)


@SIZES
def test_relate_form(related_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    before = driven("slash", *"number:2", "enter", "r", "r")
    assert snap_compare(app_on(related_desk), terminal_size=size, run_before=before)


@SIZES
def test_merge_form(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    def found(pilot: Pilot[Any]) -> object:
        return "#5 Invoice is missing" in text_of(pilot)

    before = driven("G", "k", "equals_sign", *"inv", wait_for=found)
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


@SIZES
def test_advice_while_a_ticket_is_made(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    def advised(pilot: Pilot[Any]) -> object:
        return "Perhaps the same" in text_of(pilot)

    before = driven("N", "1", *"Invoice missing", wait_for=advised)
    assert snap_compare(app_on(full_desk), terminal_size=size, run_before=before)


async def test_closing_a_parent_says_which_sub_tickets_stay_open(related_desk: Desk) -> None:
    async with opened(related_desk) as (pilot, _screen):
        await to_ticket(pilot, 5)
        await press(pilot, "c", "1")
        assert "#5 has a sub-ticket that is open: #2" in "\n".join(told(pilot))
