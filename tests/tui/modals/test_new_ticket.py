"""A ticket by hand: topic, title and priority, and a note and a contact that may be left out (Q2)."""

from __future__ import annotations

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.tui.forms import FieldError, SearchField, Unfound
from tests.tui.modals.filling import asked, do, form_of, offered, without


@pytest.fixture
def rosa(desk: Desk) -> int:
    """A contact whose external id is the number of another contact."""
    with desk.store.write() as session:
        other = model.Contact(name="Otto", created_at=1)
        session.add(other)
        session.flush()
        rosa = model.Contact(name="Rosa Marín", email="rosa@acme.test", external_id=str(other.id), created_at=1)
        session.add(rosa)
        session.flush()
        return rosa.id or 0


def search_field(desk: Desk) -> SearchField:
    field = form_of(desk, "ticket.new").fields[-1]
    assert isinstance(field, SearchField)
    return field


def test_it_asks_in_this_order(desk: Desk) -> None:
    assert asked(form_of(desk, "ticket.new")) == ["topic", "title", "priority", "note", "contact"]


def test_a_ticket_needs_title_and_priority_only(desk: Desk) -> None:
    number = do(desk, "ticket.new", topic="no topic", title="Wrong colour", priority="low").done[0]
    line = desk.tickets.show(number).line
    assert (line.title, line.priority, line.topic, line.contact) == ("Wrong colour", "low", None, None)


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("topic", "Topic is needed"), ("title", "Title is needed"), ("priority", "Priority is needed")],
)
def test_what_is_missing_is_named(desk: Desk, missing: str, sentence: str) -> None:
    values = {"topic": "Billing", "title": "Wrong colour", "priority": "low"}
    del values[missing]
    with pytest.raises(FieldError, match=sentence):
        do(desk, "ticket.new", **values)


def test_a_title_that_is_too_long_is_told(desk: Desk) -> None:
    with pytest.raises(FieldError, match="Title may have 300 characters; this has 301"):
        do(desk, "ticket.new", topic="Billing", title="x" * 301, priority="low")


def test_note_and_contact_are_kept(desk: Desk, rosa: int) -> None:
    (found,) = search_field(desk).search("rosa")
    number = do(
        desk, "ticket.new", topic="Billing", title="Wrong colour", priority="low", note="rang", contact=found
    ).done[0]
    ticket = desk.tickets.show(number)
    assert [note.body for note in ticket.notes] == ["rang"]
    assert (ticket.contact and ticket.contact.id, ticket.line.topic) == (rosa, "Billing")


def test_a_contact_is_the_one_that_was_chosen_even_if_its_number_is_anothers_id(desk: Desk, rosa: int) -> None:
    found = next(choice for choice in search_field(desk).search("otto"))
    number = do(desk, "ticket.new", topic="Billing", title="x", priority="low", contact=found).done[0]
    contact = desk.tickets.show(number).contact
    assert contact is not None
    assert contact.name == "Otto"


def test_a_contact_is_found_by_name_or_e_mail_with_what_tells_it_from_others(desk: Desk, rosa: int) -> None:
    assert [(choice.label, choice.detail) for choice in search_field(desk).search("marín")] == [
        ("Rosa Marín", f"rosa@acme.test · {rosa - 1}")
    ]
    assert search_field(desk).search("nobody of that name") == ()


def test_a_contact_that_is_not_found_is_told(desk: Desk) -> None:
    with pytest.raises(FieldError, match="Nothing is found for “xyz”"):
        do(desk, "ticket.new", topic="Billing", title="x", priority="low", contact=Unfound("xyz"))


def test_who_may_not_see_contacts_is_not_asked_for_one(desk: Desk) -> None:
    assert "contact" not in asked(form_of(without(desk, "contacts.view"), "ticket.new"))


def test_a_desk_without_topics_asks_for_none(desk: Desk) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE topic SET retired = 1")
    form = form_of(desk, "ticket.new")
    assert asked(form) == ["title", "priority", "note", "contact"]
    assert list(offered(form, "priority")) == ["low", "normal", "high", "urgent"]


def test_it_can_be_taken_back(desk: Desk) -> None:
    do(desk, "ticket.new", topic="Billing", title="Wrong colour", priority="low")
    assert "new ticket" in desk.acts.undo().summary
