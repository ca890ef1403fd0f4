"""The tab Related and the merge, from the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.values import Ticket
from casedesk.desk.values.related import RELATED_KINDS
from casedesk.settings.preferences import load
from casedesk.tui.look import Line, Look
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


def said(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _role in line) for line in lines]


@pytest.fixture
def alone(desk: Desk) -> Ticket:
    """A ticket that is related to nothing."""
    return desk.tickets.show(desk.tickets.new("Alone", "low").done[0])


def test_an_empty_tab_says_so_and_names_the_key_that_relates(desk: Desk, alone: Ticket) -> None:
    tab, look = RelatedTab(), Look(desk.zone, desk.now())
    tab.relate_key = "R"
    assert said(tab.write(alone, look, 80)) == [
        "This ticket isn't related to anything.",
        "R sets a parent, or adds a sub-ticket, a contact or an account.",
    ]
    tab.relate_key = ""
    assert said(tab.write(alone, look, 80)) == ["This ticket isn't related to anything."]


def test_a_tab_that_is_empty_by_what_is_left_out_names_the_key_that_shows_it(related_desk: Desk) -> None:
    tab, look = RelatedTab(), Look(related_desk.zone, related_desk.now())
    ticket = related_desk.tickets.show(4)
    tab.hidden, tab.kinds_key = frozenset({"parent"}), "F"
    assert said(tab.write(ticket, look, 80)) == [
        "Everything that this ticket is related to is of a kind that isn't shown.",
        "",
        "Not shown: parent.",
        "F chooses what is shown.",
    ]


@pytest.mark.parametrize("width", [20, 31, 58])
def test_no_line_of_an_empty_tab_is_wider_than_the_panel(desk: Desk, alone: Ticket, width: int) -> None:
    tab = RelatedTab()
    tab.relate_key = tab.kinds_key = "ctrl+r"
    tab.hidden = frozenset(RELATED_KINDS)
    assert max(width_of(line) for line in tab.write(alone, Look(desk.zone, desk.now()), width)) <= width


def test_the_cursor_stays_where_it_was_on_each_ticket(related_desk: Desk) -> None:
    tab, two, four = RelatedTab(), related_desk.tickets.show(2), related_desk.tickets.show(4)
    tab.move(two, 1)
    before = tab.current(two)
    assert before is not None
    assert before.id == 4
    tab.move(four, 5)
    assert tab.current(two) == before


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
        assert "f chooses what is shown." in text_of(pilot)


async def test_kinds_left_out_are_left_out_at_the_next_start(related_desk: Desk, tmp_path: Path) -> None:
    state = tmp_path / "remembered.toml"
    async with opened(related_desk, remembered_in=state) as (pilot, _screen):
        await press(pilot, "r", "f", "3", "enter")
    hidden = load(None, environment={"CASEDESK_CONFIG": str(tmp_path / "none.toml")}, state=state).related_hidden
    assert hidden == ("sub-ticket",)
    async with opened(related_desk, related_hidden=hidden) as (pilot, screen):
        await to_ticket(pilot, 2)
        await press(pilot, "r")
        assert "Not shown: sub-tickets." in text_of(pilot)
        await press(pilot, "f", "3", "enter")
        assert not screen.detail.related.hidden
        assert "Sub-tickets 2" in text_of(pilot)


async def test_a_kind_that_this_version_does_not_know_leaves_nothing_out(related_desk: Desk) -> None:
    async with opened(related_desk, related_hidden=("neighbour",)) as (pilot, _screen):
        await to_ticket(pilot, 2)
        await press(pilot, "r")
        assert "Sub-tickets 2" in text_of(pilot)
        assert "Not shown" not in text_of(pilot)


async def test_the_empty_tab_names_the_key_and_the_key_does_it_from_the_list_too(full_desk: Desk) -> None:
    async with opened(full_desk, keys={"related.show": ("R",), "list.reload": ()}) as (pilot, screen):
        await to_ticket(pilot, 4)
        await press(pilot, "R")
        assert "R sets a parent" in text_of(pilot)
        await press(pilot, "escape")
        assert screen.focused is screen.tickets
        await press(pilot, "R", "2")
        assert "Relate · #4" in text_of(pilot)


async def test_who_may_not_relate_is_not_told_how_to(full_desk: Desk) -> None:
    with full_desk.store.write() as session:
        role = session.exec(select(model.Role).where(model.Role.name == "agent")).one()
        role.rights = [right for right in role.rights if right != "tickets.relate"]
    async with opened(full_desk.as_user("ben")) as (pilot, _screen):
        await to_ticket(pilot, 4)
        await press(pilot, "r")
        assert "This ticket isn't related to anything." in text_of(pilot)
        assert "sets a parent" not in text_of(pilot)


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
def test_empty_related_tab(full_desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    before = driven("slash", *"number:4", "enter", "r")
    assert snap_compare(app_on(full_desk, related_hidden=("same contact",)), terminal_size=size, run_before=before)


@SIZES
def test_a_related_ticket_looked_at_in_triage_mode(
    related_desk: Desk, snap_compare: Compare, size: tuple[int, int]
) -> None:
    before = driven("slash", *"number:2", "enter", "T", "r", "down", "enter")
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
