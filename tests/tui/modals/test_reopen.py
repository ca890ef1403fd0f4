"""Reopening, editing title and description, and the journal of acts."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict, InvalidInput
from tests.tui.modals.filling import do, form_of, offered, without


def test_reopening_says_what_is_taken_away(desk: Desk, number: int) -> None:
    desk.tickets.close(number, "Explained")
    assert "The resolution “Explained” is taken away" in form_of(desk, "ticket.reopen", number).intro
    do(desk, "ticket.reopen", number, sure=True)
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.resolution) == ("open", None)
    desk.acts.undo()
    assert desk.tickets.show(number).resolution == "Explained"


def test_a_ticket_that_is_not_closed_cannot_be_reopened(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput, match=f"#{three[0]} isn't closed"):
        form_of(desk, "ticket.reopen", three[0])
    with pytest.raises(InvalidInput, match="None of them is closed"):
        form_of(desk, "ticket.reopen", *three)


def test_of_several_only_the_closed_ones_are_reopened(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.close(three[:2], "Resolved")
    assert offered(form_of(desk, "ticket.reopen", *three), "sure")["Reopen"].detail == "fits 2 of 3"
    outcome = do(desk, "ticket.reopen", *three, sure=True)
    assert (outcome.done, len(outcome.refused)) == (three[:2], 1)


def test_the_title_is_changed_from_what_it_is(desk: Desk, number: int) -> None:
    (field,) = form_of(desk, "ticket.title", number).fields
    assert field.empty() == "Late delivery"
    do(desk, "ticket.title", number, title="Late parcel")
    assert desk.tickets.show(number).line.title == "Late parcel"
    with pytest.raises(InvalidInput, match="Title is needed"):
        do(desk, "ticket.title", number, title="")


def test_the_description_is_written_in_the_editor(desk: Desk, number: int) -> None:
    form = form_of(desk, "ticket.description", number)
    assert form.in_editor
    do(desk, "ticket.description", number, text="first\nsecond")
    assert desk.tickets.show(number).description == "first\nsecond"
    do(desk, "ticket.description", number, text="")
    assert desk.tickets.show(number).description == ""


def test_the_journal_lists_the_acts_newest_first(desk: Desk, number: int) -> None:
    desk.tickets.add_note(number, "hello")
    choices = list(offered(form_of(desk, "acts.journal"), "act"))
    assert "ana · note" in choices[0]
    assert f"ana · new ticket #{number}" in choices[1]


def test_any_act_of_the_journal_can_be_taken_back_once(desk: Desk, number: int) -> None:
    first = desk.tickets.tag(number, add=["callback"]).act_id
    desk.tickets.add_note(number, "hello")
    do(desk, "acts.journal", act=first)
    ticket = desk.tickets.show(number)
    assert (ticket.line.tags, len(ticket.notes)) == ((), 1)
    choices = offered(form_of(desk, "acts.journal"), "act")
    assert [choice.refusal for choice in choices.values() if choice.value == first] == ["taken back"]


def test_somebody_elses_act_needs_a_right(desk: Desk, ben: Desk, number: int) -> None:
    mine = next(iter(offered(form_of(ben, "acts.journal"), "act").values()))
    assert mine.refusal == "somebody else's"
    note = ben.tickets.add_note(number, "hello").act_id
    carla = desk.as_user("carla")
    assert do(carla, "acts.journal", act=note).done == (number,)


def test_taking_back_what_was_changed_since_is_a_conflict(desk: Desk, number: int) -> None:
    act = desk.tickets.set_priority(number, "low").act_id
    desk.tickets.set_priority(number, "urgent")
    with pytest.raises(Conflict, match="priority was changed since by ana"):
        do(desk, "acts.journal", act=act)


def test_an_import_and_the_making_of_the_desk_stay(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("email,name\nrosa@acme.test,Rosa\n", encoding="utf-8")
    desk.imports.run(file, kind="contacts")
    choices = list(offered(form_of(desk, "acts.journal"), "act").values())
    assert (choices[0].refusal, choices[-1].refusal) == ("stays", "stays")


def test_without_any_right_the_journal_is_for_reading(desk: Desk, number: int) -> None:
    limited = without(desk, "tickets.note")
    assert all(choice.refusal for choice in offered(form_of(limited, "acts.journal"), "act").values())
