"""Who or which rule set a field of a ticket (X6)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.desk.values import FieldOrigin
from casedesk.domain.errors import InvalidInput, NotFound
from tests.conftest import Clock
from tests.timed_desk import PAUSED, SOON, lay_timed


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.tickets.new("Late delivery", "high", topic="Delivery").done[0]


def setter(origin: FieldOrigin) -> tuple[str, str, str]:
    assert origin.latest is not None
    return origin.value, origin.latest.actor, origin.latest.text


def test_the_last_who_set_a_field_is_named_with_all_before(desk: Desk, ben: Desk, number: int) -> None:
    desk.tickets.set_priority(number, "low")
    ben.tickets.set_priority(number, "urgent")
    origin = desk.tickets.origin(number, "priority")
    assert setter(origin) == ("urgent", "ben", "priority: low → urgent")
    assert [entry.text for entry in origin.history[1:]] == ["priority: high → low", "opened: Late delivery"]


def test_what_was_taken_back_set_nothing(desk: Desk, ben: Desk, number: int) -> None:
    desk.tickets.set_priority(number, "low")
    ben.tickets.set_priority(number, "urgent")
    ben.acts.undo()
    assert setter(desk.tickets.origin(number, "priority")) == ("low", "ana", "priority: high → low")
    ben.acts.redo()
    assert setter(desk.tickets.origin(number, "priority")) == ("urgent", "ben", "priority: low → urgent")


def test_a_field_that_nobody_changed_is_as_it_was_opened(desk: Desk, number: int) -> None:
    assert setter(desk.tickets.origin(number, "topic")) == ("Delivery", "ana", "opened: Late delivery")


def test_a_rule_is_named_for_what_it_set(desk: Desk, tmp_path: Path) -> None:
    survey = tmp_path / "survey.csv"
    with survey.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "nps", "answered_at"), ("r1", "2", "2026-01-20 10:00")])
    desk.imports.run(survey)
    (ticket,) = desk.tickets.numbers("")
    origin = desk.tickets.origin(ticket, "tag")
    assert setter(origin) == ("detractor", "Detractors", "tag: detractor")
    assert [(entry.actor_kind, entry.cause) for entry in origin.history] == [("rule", "nps<=6 OR csat<=2")] * 2


@pytest.mark.parametrize(
    ("name", "found"),
    [("owner", "owner"), ("Assignee", "owner"), ("tags", "tag"), ("classification", "class"), ("exit-state", "exit")],
)
def test_fields_have_the_names_of_the_query_language(desk: Desk, number: int, name: str, found: str) -> None:
    assert desk.tickets.origin(number, name).field == found


def test_an_unknown_field_is_refused_with_the_nearest(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="did you mean owner"):
        desk.tickets.origin(number, "ownr")
    with pytest.raises(InvalidInput, match="there is title, description"):
        desk.tickets.origin(number, "zzzz")


def test_a_ticket_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.tickets.origin(99, "owner")
    with pytest.raises(NotFound):
        desk.tickets.origins(99)


def test_all_fields_that_hold_something_are_explained_and_those_that_did(desk: Desk, number: int) -> None:
    desk.tickets.assign(number, "ben")
    desk.tickets.assign(number, None)
    desk.tickets.set_plan(number, EXAMPLE_PLAN)
    found = {origin.field: origin.value for origin in desk.tickets.origins(number)}
    assert found["plan"] == EXAMPLE_PLAN
    assert found["owner"] == ""
    assert "team" not in found


def test_a_detail_of_an_act_is_told_by_its_field(desk: Desk, number: int) -> None:
    desk.tickets.close(number, resolution="Explained")
    desk.tickets.reopen(number)
    assert setter(desk.tickets.origin(number, "resolution")) == ("", "ana", "resolution changed")


def test_a_due_time_follows_from_a_timer_and_its_policy(desk: Desk, clock: Clock) -> None:
    lay_timed(desk, clock)
    due = desk.tickets.origin(SOON, "due")
    assert (due.value, due.text) == ("2026-02-06 16:20", "worked out: resolution by the policy “Urgent”")
    assert due.latest is None
    assert desk.tickets.origin(PAUSED, "due").text == "worked out: no timer of it is due"
