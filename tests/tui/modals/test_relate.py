"""The forms that relate and merge tickets, and what the new ticket's form advises."""

from __future__ import annotations

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.tui.forms import FieldError, SearchField, Unfound
from casedesk.tui.modals.related_kinds import kinds_form
from tests.tui.modals.filling import asked, do, form_of, offered, ticks, without


def found(desk: Desk, action: str, field: str, text: str, *numbers: int) -> object:
    """The first choice that a search field of the form finds."""
    search = next(each for each in form_of(desk, action, *numbers).fields if each.name == field)
    assert isinstance(search, SearchField)
    return search.search(text)[0]


def related(desk: Desk, number: int) -> list[tuple[str, str]]:
    return [(record.kind, record.said) for record in desk.tickets.related(number)]


@pytest.fixture
def people(desk: Desk) -> None:
    with desk.store.write() as session:
        session.add(model.Account(name="Acme", created_at=1))
        session.add(model.Contact(name="Rosa", email="rosa@acme.example", created_at=1))
        session.add(model.Contact(name="Ken", created_at=1))


def test_it_offers_what_can_be_done(desk: Desk, three: tuple[int, ...]) -> None:
    assert list(offered(form_of(desk, "ticket.relate", 1), "what")) == [
        "Set the parent", "Add a sub-ticket", "Open a new sub-ticket", "Add another contact", "Add another account",
    ]  # fmt: skip
    desk.tickets.set_parent(1, 2)
    choices = offered(form_of(desk, "ticket.relate", 1), "what")
    assert choices["Replace the parent"].detail == "#2 Parcel 2"
    assert "Remove the parent" in choices


def test_several_tickets_are_related_to_one_parent_or_to_none(desk: Desk, three: tuple[int, ...]) -> None:
    ways = ["Set the parent", "Remove the parent", "Add another contact", "Add another account"]
    assert list(offered(form_of(desk, "ticket.relate", *three), "what")) == ways


def test_each_way_asks_for_what_it_needs(desk: Desk, three: tuple[int, ...], people: None) -> None:
    desk.tickets.set_contacts(1, add=["Rosa"])
    form = form_of(desk, "ticket.relate", 1)
    assert asked(form, what="parent") == ["what", "ticket"]
    assert asked(form, what="new sub-ticket") == ["what", "title", "priority"]
    assert asked(form, what="replace contact") == ["what", "gone", "contact"]
    assert asked(form, what="remove contact") == ["what", "gone"]
    assert asked(form, what="add account") == ["what", "account"]


def test_parent_and_sub_tickets(desk: Desk, three: tuple[int, ...]) -> None:
    do(desk, "ticket.relate", 1, what="parent", ticket=found(desk, "ticket.relate", "ticket", "2", 1))
    do(desk, "ticket.relate", 1, what="add sub-ticket", ticket=found(desk, "ticket.relate", "ticket", "#3", 1))
    number = do(desk, "ticket.relate", 1, what="new sub-ticket", title="Another", priority="low").done[0]
    expected = [("parent", "#2 Parcel 2"), ("sub-ticket", "#3 Parcel 3"), ("sub-ticket", f"#{number} Another")]
    assert related(desk, 1) == expected
    do(desk, "ticket.relate", 1, what="remove sub-ticket", gone=3)
    do(desk, "ticket.relate", 1, what="no parent")
    assert related(desk, 1) == expected[2:]


def test_contacts_and_accounts_are_added_replaced_and_removed(desk: Desk, three: tuple[int, ...], people: None) -> None:
    do(desk, "ticket.relate", 1, what="add contact", contact=found(desk, "ticket.relate", "contact", "ro", 1))
    do(desk, "ticket.relate", 1, what="add account", account=found(desk, "ticket.relate", "account", "acm", 1))
    assert related(desk, 1) == [("contact", "Rosa"), ("account", "Acme")]
    rosa = desk.contacts.find_one("Rosa").id
    ken = found(desk, "ticket.relate", "contact", "ken", 1)
    do(desk, "ticket.relate", 1, what="replace contact", gone=rosa, contact=ken)
    do(desk, "ticket.relate", 1, what="remove account", gone=1)
    assert related(desk, 1) == [("contact", "Ken")]


def test_who_may_not_see_contacts_relates_tickets_only(desk: Desk, three: tuple[int, ...]) -> None:
    form = form_of(without(desk, "contacts.view"), "ticket.relate", 1)
    assert list(offered(form, "what")) == ["Set the parent", "Add a sub-ticket", "Open a new sub-ticket"]


def test_the_ticket_itself_and_merged_ones_cannot_be_chosen(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(3, 2)
    search = form_of(desk, "ticket.merge", 1).fields[0]
    assert isinstance(search, SearchField)
    refusals = {choice.value: choice.refusal for choice in [*search.search("parcel"), *search.search("late")]}
    assert refusals == {1: "the ticket itself", 2: None, 3: "merged into #2"}


def test_a_merged_ticket_is_not_related_any_more(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(3, 2)
    with pytest.raises(InvalidInput, match="#3 was merged into #2"):
        form_of(desk, "ticket.relate", 3)


def test_the_merge_says_what_would_move(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.add_note(1, "hello")
    desk.tickets.tag([1, 2], add=["late"])
    assert form_of(desk, "ticket.merge", 1).intro == (
        "1 note, 1 tag would move there; what it has already is dropped. It is closed, and one undo brings"
        " everything back."
    )
    assert form_of(desk, "ticket.merge", 2, 3).intro.startswith("1 tag would move there;")


def test_a_merged_ticket_is_not_merged_again(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(3, 2)
    with pytest.raises(InvalidInput, match="#3 was merged into #2 already"):
        form_of(desk, "ticket.merge", 3)


def test_closing_names_the_sub_tickets_that_stay_open(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent([2, 3], 1)
    desk.tickets.close(3, "Resolved")
    assert form_of(desk, "ticket.close", 1).intro == "Sub-tickets stay open: #2 Parcel 2."


def test_merging_needs_a_ticket_that_is_found(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(FieldError, match="Nothing is found for “xyz”"):
        do(desk, "ticket.merge", 1, into=Unfound("xyz"))
    outcome = do(desk, "ticket.merge", 1, 3, into=found(desk, "ticket.merge", "into", "2", 1, 3))
    assert outcome.done == (1, 3)


def test_a_new_ticket_that_may_repeat_one_is_told(desk: Desk, three: tuple[int, ...], people: None) -> None:
    number = desk.tickets.new("Invoice", "low", contact="Rosa").done[0]
    form = form_of(desk, "ticket.new")
    assert form.advice is not None
    assert [choice.label for choice in form.advice({"title": "Parcel 2"})] == ["#2 Parcel 2"]
    rosa = found(desk, "ticket.new", "contact", "rosa")
    assert [choice.value for choice in form.advice({"title": "", "contact": rosa})] == [number]
    assert form.advice({}) == ()


def test_the_kinds_that_related_shows_are_chosen() -> None:
    form = kinds_form(frozenset({"merged"}))
    names = ticks().__class__(ticked=("Parent", "Sub-tickets"))
    assert form.build({"names": names}) == {"merged into", "contact", "account", "merged", "same contact"}
