"""Relating tickets to other tickets, contacts and accounts (N5, behaviour 1.7)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk import model
from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotFound, NotPermitted, Unchanged
from tests.desk.related_desk import related_of, without
from tests.examples import examples


def test_a_parent_is_said_in_both_feeds_and_listed_on_both(desk: Desk, three: tuple[int, ...]) -> None:
    outcome = desk.tickets.set_parent(2, 1)
    assert outcome.summary == "parent of #2 → #1"
    assert related_of(desk, 2) == [("parent", 1)]
    assert related_of(desk, 1) == [("sub-ticket", 2)]
    assert "parent: none → #1 Parcel 1" in [entry.text for entry in desk.tickets.feed(2)]
    assert desk.tickets.feed(1)[0].text == "sub-ticket: #2 Parcel 2"


def test_a_parent_is_replaced_and_removed_and_no_ticket_goes(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(3, 1)
    desk.tickets.set_parent(3, 2)
    assert (related_of(desk, 1), related_of(desk, 2)) == ([], [("sub-ticket", 3)])
    desk.tickets.set_parent(3, None)
    assert related_of(desk, 3) == []
    assert desk.tickets.feed(2)[0].text == "sub-ticket removed: #3 Parcel 3"
    assert desk.tickets.count("") == 3


def test_a_ticket_is_not_its_own_parent(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput, match="#1 can't be its own parent"):
        desk.tickets.set_parent(1, 1)


def test_a_descendant_is_refused_as_parent_and_the_chain_is_named(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(2, 1)
    desk.tickets.set_parent(3, 2)
    with pytest.raises(InvalidInput, match=r"#3 can't be the parent of #1, .* already: #3 → #2 → #1\."):
        desk.tickets.set_parent(1, 3)
    assert related_of(desk, 1) == [("sub-ticket", 2)]


def test_a_parent_that_is_not_there_is_told(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(NotFound, match="no ticket #9"):
        desk.tickets.set_parent(1, 9)


def test_what_holds_already_is_unchanged(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(2, 1)
    with pytest.raises(Unchanged):
        desk.tickets.set_parent(2, 1)


def test_several_tickets_get_a_parent_and_those_that_cannot_are_listed(desk: Desk, three: tuple[int, ...]) -> None:
    outcome = desk.tickets.set_parent([1, 2, 3], 1)
    assert outcome.done == (2, 3)
    assert [refusal.number for refusal in outcome.refused] == [1]
    desk.acts.undo()
    assert related_of(desk, 1) == []


def test_undo_and_redo_of_a_parent_are_told_in_both_feeds(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(2, 1)
    assert desk.acts.undo().done == (2,)
    assert related_of(desk, 1) == []
    assert desk.tickets.feed(1)[0].text == "undone: sub-ticket removed: #2 Parcel 2"
    desk.acts.redo()
    assert related_of(desk, 1) == [("sub-ticket", 2)]


def test_a_sub_ticket_is_opened_below_its_parent_and_taken_back(desk: Desk, three: tuple[int, ...]) -> None:
    (number,) = desk.tickets.new("Broken lamp", "low", parent=1).done
    assert related_of(desk, number) == [("parent", 1)]
    desk.acts.undo()
    assert related_of(desk, 1) == []
    desk.acts.redo()
    assert related_of(desk, 1) == [("sub-ticket", number)]


def test_closing_a_parent_says_which_sub_tickets_are_open(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent([2, 3], 1)
    desk.tickets.close(3, "Resolved")
    assert desk.tickets.close(1, "Resolved").notes == ("#1 has a sub-ticket that is open: #2 Parcel 2.",)
    assert desk.tickets.close(2, "Resolved").notes == ()


def test_other_contacts_are_added_replaced_and_removed(desk: Desk, three: tuple[int, ...], people: None) -> None:
    desk.tickets.set_contacts(1, add=["rosa@acme.example"])
    assert [(record.title, record.detail) for record in desk.tickets.related(1)] == [("Rosa", "rosa@acme.example")]
    desk.tickets.set_contacts(1, add=["ken@example.com"], remove=["Rosa"])
    assert [record.title for record in desk.tickets.related(1)] == ["Ken"]
    assert [entry.text for entry in desk.tickets.feed(1)[:2]] == ["other contact: Ken", "other contact removed: Rosa"]
    desk.acts.undo()
    assert [record.title for record in desk.tickets.related(1)] == ["Rosa"]
    desk.tickets.set_contacts(1, remove=["Rosa"])
    assert desk.tickets.related(1) == ()
    assert desk.contacts.find_one("Rosa").name == "Rosa"


def test_other_accounts_are_added_and_removed(desk: Desk, three: tuple[int, ...], people: None) -> None:
    desk.tickets.set_accounts(1, add=["Acme"])
    assert [(record.kind, record.title) for record in desk.tickets.related(1)] == [("account", "Acme")]
    desk.tickets.set_accounts(1, remove=["acme"])
    assert desk.tickets.related(1) == ()
    with pytest.raises(InvalidInput, match="#1 has no other account Acme"):
        desk.tickets.set_accounts(1, remove=["acme"])


def test_the_tickets_own_contact_is_not_another_one(desk: Desk, three: tuple[int, ...], people: None) -> None:
    (number,) = desk.tickets.new("Lamp", "low", contact="Rosa").done
    with pytest.raises(InvalidInput, match=f"Rosa is the contact of #{number} already"):
        desk.tickets.set_contacts(number, add=["Rosa"])


def test_other_tickets_of_the_contact_are_listed_unless_they_are_related_closer(desk: Desk, people: None) -> None:
    first, second, third = (desk.tickets.new(f"Lamp {i}", "low", contact="Rosa").done[0] for i in range(3))
    desk.tickets.set_parent(second, first)
    assert related_of(desk, first) == [("sub-ticket", second), ("same contact", third)]


def test_who_may_not_see_contacts_sees_no_other_ones(desk: Desk, three: tuple[int, ...], people: None) -> None:
    desk.tickets.set_contacts(1, add=["Rosa"])
    assert without(desk, "contacts.view").tickets.related(1) == ()


def test_relating_is_a_right_of_its_own(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(NotPermitted):
        without(desk, "tickets.relate").tickets.set_parent(2, 1)
    with pytest.raises(NotPermitted):
        without(desk, "tickets.relate").tickets.new("Part", "low", parent=1)


def test_queries_find_parts_by_their_parent(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(3, 1)
    assert desk.tickets.numbers("parent:1") == [3]
    assert desk.tickets.numbers("has:parent") == [3]
    assert desk.tickets.numbers("-has:parent") == [2, 1]


def test_tickets_are_looked_up_by_number_and_by_beginnings_of_words(desk: Desk, three: tuple[int, ...]) -> None:
    assert [line.number for line in desk.tickets.look_up("parc")] == [3, 2, 1]
    assert next(line.number for line in desk.tickets.look_up("#2")) == 2
    assert desk.tickets.look_up('" OR (') == []


def test_alike_are_open_tickets_of_the_contact_or_with_much_the_same_title(desk: Desk, people: None) -> None:
    desk.tickets.new("Late delivery of a lamp", "low")
    desk.tickets.new("Invoice", "low", contact="Rosa")
    desk.tickets.new("Delivery late of lamp", "low")
    desk.tickets.close(3, "Resolved")
    rosa = desk.contacts.find_one("Rosa").id
    assert [line.number for line in desk.tickets.alike("Late delivery of the lamp", rosa)] == [2, 1]
    assert [line.number for line in desk.tickets.alike("Something else entirely")] == []


@settings(deadline=None, max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5) | st.none()), max_size=15))
def test_whatever_is_tried_no_ticket_is_its_own_descendant(desk: Desk, moves: list[tuple[int, int | None]]) -> None:
    while desk.tickets.count("") < 5:
        desk.tickets.new("Part", "low")
    for number, parent in moves:
        try:
            desk.tickets.set_parent(number, parent)
        except InvalidInput:
            continue
    with desk.store.write() as session:
        parents = {number: session.get_one(model.Ticket, number).parent_id for number in range(1, 6)}
    for number in range(1, 6):
        chain = [number]
        while (above := parents[chain[-1]]) is not None:
            assert above not in chain
            chain.append(above)
