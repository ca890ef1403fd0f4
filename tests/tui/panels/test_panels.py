"""What the panels say of a ticket, line by line."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from casedesk.desk import Desk
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.actions import write_actions
from casedesk.tui.panels.contact import write_contact
from casedesk.tui.panels.details import write_details
from casedesk.tui.panels.feed import write_feed
from casedesk.tui.panels.lines import labelled, pairs
from casedesk.tui.panels.overview import write_overview
from casedesk.tui.widgets.drawn import width_of


@pytest.fixture
def look(full_desk: Desk) -> Look:
    return Look(ZoneInfo("Europe/Berlin"), full_desk.now(), full_desk.choices().priorities)


def said(lines: list[Line]) -> str:
    return "\n".join("".join(text for text, _role in line) for line in lines)


def test_the_overview_shows_the_whole_response(full_desk: Desk, look: Look) -> None:
    shown = said(write_overview(full_desk.tickets.show(2), look, 60))
    assert shown.startswith("NPS 2 ██········ detractor · 22 Jan")
    assert "I waited three weeks for a lamp\nand nobody answers." in shown
    assert "May we contact you?  Yes, please" in shown
    assert "Process, People" in shown.replace("People, Process", "Process, People")
    assert "#detractor" in shown
    assert "Promised to call again\non Monday." in shown


def test_the_overview_of_a_ticket_made_by_hand_shows_its_description(full_desk: Desk, look: Look) -> None:
    assert "The customer called about it." in said(write_overview(full_desk.tickets.show(4), look, 60))


def test_details_show_people_dates_and_where_it_came_from(full_desk: Desk, look: Look) -> None:
    shown = said(write_details(full_desk.tickets.show(2), look, 70))
    for part in ("#2 (version", "ana", "Detractors (rule)", "Resolution for Detractors", "Response id  r3"):
        assert part in shown


def test_actions_show_what_was_done_and_what_may_be_chosen(full_desk: Desk, look: Look) -> None:
    shown = said(write_actions(full_desk.tickets.show(2), look, 80))
    assert "Call: No response" in shown
    assert "Left word with a colleague." in shown
    assert "Offer compensation" in shown
    assert "Close the loop  closes the plan and the ticket" in shown


def test_actions_of_a_closed_plan_are_not_offered(full_desk: Desk, look: Look) -> None:
    full_desk.tickets.add_action(
        2, "Close the loop", close_plan=True, exit_state="Customer reached", resolution="Resolved"
    )
    shown = said(write_actions(full_desk.tickets.show(2), look, 80))
    assert "Customer reached" in shown
    assert "May be chosen" not in shown


def test_the_feed_is_newest_first_and_marks_what_was_undone(full_desk: Desk, look: Look) -> None:
    full_desk.tickets.add_note(2, "A slip")
    full_desk.acts.undo()
    shown = said(write_feed(full_desk.tickets.feed(2), look, 70)).splitlines()
    note = next(line for line in shown if "A slip" in line and "undone" in line)
    assert shown.index(note) < len(shown) - 1
    assert "answer: NPS 2" in "\n".join(shown[-4:])


def test_the_contact_shows_variables_scores_and_tickets(full_desk: Desk, look: Look) -> None:
    contact = full_desk.tickets.show(2).contact
    assert contact is not None
    shown = said(write_contact(contact, look, 32))
    assert shown.splitlines()[0] == "Rosa Marín"
    assert "rosa@acme.example" in shown
    assert "9→2" in shown
    assert "Tickets 1" in shown


@pytest.mark.parametrize("width", [20, 31, 58, 100])
@pytest.mark.parametrize("write", [write_overview, write_details, write_actions])
def test_no_line_is_wider_than_the_panel(
    full_desk: Desk, look: Look, write: Callable[..., list[Line]], width: int
) -> None:
    for number in (2, 3, 5):
        lines = write(full_desk.tickets.show(number), look, width)
        assert max(width_of(line) for line in lines) <= width


@pytest.mark.parametrize("width", [24, 40, 90])
def test_no_line_of_feed_or_contact_is_wider(full_desk: Desk, look: Look, width: int) -> None:
    contact = full_desk.tickets.show(2).contact
    assert contact is not None
    lines = [*write_feed(full_desk.tickets.feed(2), look, width), *write_contact(contact, look, width)]
    assert max(width_of(line) for line in lines) <= width


def test_a_label_without_a_value_has_a_dash() -> None:
    assert said(labelled("Owner", None, 40)) == "Owner        –"


def test_names_are_as_wide_as_the_longest_needs() -> None:
    assert said(pairs([("plan", "Gold"), ("region", "North")], 40)) == "plan    Gold\nregion  North"
