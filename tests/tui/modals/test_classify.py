"""Classifications, tags and helpers: what is ticked, half ticked, added and removed."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.tui.forms import Form, MultiChoiceField
from tests.tui.modals.filling import do, form_of, ticks


def field_of(form: Form[object]) -> MultiChoiceField:
    (field,) = form.fields
    assert isinstance(field, MultiChoiceField)
    return field


def test_what_all_have_is_ticked_and_what_some_have_is_half_ticked(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.classify(three, add=["Price"])
    desk.tickets.classify(three[0], add=["People"])
    field = field_of(form_of(desk, "ticket.classify", *three))
    assert (field.ticked, field.mixed) == ({"Price"}, {"People"})
    details = {choice.label: choice.detail for choice in field.offered({})}
    assert (details["People"], details["Price"], details["Tech"]) == ("1 of 3", "", "")


def test_it_adds_and_removes_on_every_ticket(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.classify(three[0], add=["People"])
    do(desk, "ticket.classify", *three, names=ticks("Price", removed=("People",)))
    assert [desk.tickets.show(number).classifications for number in three] == [("Price",)] * 3
    desk.acts.undo()
    assert [desk.tickets.show(number).classifications for number in three] == [("People",), (), ()]


def test_a_retired_classification_can_still_be_taken_away(desk: Desk, number: int) -> None:
    desk.tickets.classify(number, add=["People"])
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE classification SET retired = 1 WHERE name = 'People'")
    field = field_of(form_of(desk, "ticket.classify", number))
    assert field.offered({})[-1].label == "People"
    assert field.ticked == {"People"}


def test_a_desk_without_classifications_says_so(desk: Desk, number: int) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE classification SET retired = 1")
    with pytest.raises(InvalidInput, match="no classifications"):
        form_of(desk, "ticket.classify", number)


def test_tags_are_added_removed_and_made(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.tag(three[:2], add=["callback"])
    field = field_of(form_of(desk, "ticket.tag", *three))
    assert field.allow_new
    assert (field.ticked, field.mixed) == (set(), {"callback"})
    do(desk, "ticket.tag", *three, names=ticks("brand new", removed=("callback",)))
    assert [desk.tickets.show(number).line.tags for number in three] == [("brand new",)] * 3
    assert "brand new" in desk.choices().tags


def test_helpers_are_users_of_the_desk(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_helpers(three[0], add=["ben"])
    field = field_of(form_of(desk, "ticket.helpers", *three))
    assert [choice.label for choice in field.offered({})] == ["ana", "ben", "carla"]
    assert field.mixed == {"ben"}
    do(desk, "ticket.helpers", *three, names=ticks("carla", removed=("ben",)))
    assert [desk.tickets.show(number).helpers for number in three] == [("carla",)] * 3
