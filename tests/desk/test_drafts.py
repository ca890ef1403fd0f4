"""Drafts: what was typed about a ticket and not handed in (behaviour 5.4 and 1.6)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casedesk.desk import Desk
from casedesk.desk.drafts import KINDS, LONGEST
from casedesk.desk.values import Draft
from casedesk.domain.errors import InvalidInput, NotFound
from tests.conftest import Clock


@pytest.fixture
def ticket(desk: Desk) -> int:
    return desk.tickets.new("Late", "low").done[0]


def test_a_draft_is_found_again_as_it_was_kept_last(desk: Desk, clock: Clock, ticket: int) -> None:
    desk.drafts.keep(ticket, "note", "Rang")
    clock.tick(60)
    desk.drafts.keep(ticket, "note", "Rang at noon,\nnobody there")
    at = datetime.fromtimestamp(int(clock()), UTC)
    assert desk.drafts.find(ticket, "note") == Draft(ticket, "note", "Rang at noon,\nnobody there", at)


def test_there_is_one_a_ticket_and_kind(desk: Desk, ticket: int) -> None:
    other = desk.tickets.new("Wrong size", "low").done[0]
    for kind in KINDS:
        desk.drafts.keep(ticket, kind, f"a {kind}")
    assert [found.body for kind in KINDS if (found := desk.drafts.find(ticket, kind))] == [
        f"a {kind}" for kind in KINDS
    ]
    assert not any(desk.drafts.find(other, kind) for kind in KINDS)


def test_nobody_else_finds_it_nor_discards_it(desk: Desk, ticket: int) -> None:
    ben = desk.as_user("ben")
    desk.drafts.keep(ticket, "note", "mine")
    assert ben.drafts.find(ticket, "note") is None
    ben.drafts.keep(ticket, "note", "his")
    ben.drafts.discard(ticket, "note")
    found = desk.drafts.find(ticket, "note")
    assert found is not None
    assert found.body == "mine"


@pytest.mark.parametrize("body", ["", " \n"])
def test_an_emptied_text_has_no_draft(desk: Desk, ticket: int, body: str) -> None:
    desk.drafts.keep(ticket, "note", "Rang")
    desk.drafts.keep(ticket, "note", body)
    assert desk.drafts.find(ticket, "note") is None


def test_a_discarded_draft_is_gone_and_discarding_nothing_does_nothing(desk: Desk, ticket: int) -> None:
    desk.drafts.keep(ticket, "note", "Rang")
    desk.drafts.discard(ticket, "note")
    desk.drafts.discard(ticket, "note")
    assert desk.drafts.find(ticket, "note") is None


def test_a_draft_is_no_change_of_the_ticket(desk: Desk, ticket: int) -> None:
    version, feed = desk.tickets.show(ticket).version, desk.tickets.feed(ticket)
    desk.drafts.keep(ticket, "note", "Rang")
    assert (desk.tickets.show(ticket).version, desk.tickets.feed(ticket)) == (version, feed)


def test_it_outlives_a_merge_and_what_is_kept_then_is_found_first(desk: Desk, ticket: int) -> None:
    into = desk.tickets.new("Late parcel", "low").done[0]
    desk.drafts.keep(ticket, "note", "of the first")
    desk.tickets.merge(ticket, into)
    found = desk.drafts.find(into, "note")
    assert found is not None
    assert found.body == "of the first"
    desk.drafts.keep(into, "note", "of both")
    found = desk.drafts.find(into, "note")
    assert found is not None
    assert found.body == "of both"
    desk.drafts.discard(into, "note")
    assert desk.drafts.find(into, "note") is None


def test_a_ticket_with_a_draft_can_be_taken_back_and_opened_again(desk: Desk, ticket: int) -> None:
    desk.as_user("ben").drafts.keep(ticket, "note", "Rang")
    desk.acts.undo()
    with pytest.raises(NotFound):
        desk.tickets.show(ticket)
    desk.acts.redo()
    assert desk.tickets.show(ticket).number == ticket
    assert desk.as_user("ben").drafts.find(ticket, "note") is None


def test_an_endless_draft_and_one_of_no_ticket_are_refused(desk: Desk, ticket: int) -> None:
    with pytest.raises(InvalidInput, match="allowed"):
        desk.drafts.keep(ticket, "note", "x" * (LONGEST + 1))
    with pytest.raises(NotFound):
        desk.drafts.keep(999, "note", "x")
