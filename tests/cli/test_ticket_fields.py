"""`casedesk tickets classify|tag|priority|topic|assign|team|helpers|plan`."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def number(ticket: int) -> str:
    return str(ticket)


def test_tag_adds_with_and_without_plus_and_removes_with_minus(desk: Desk, number: str, run: Run) -> None:
    assert run("tickets", "tag", number, "+callback", "north", "-vip").status == 0
    assert desk.tickets.show(int(number)).line.tags == ("callback", "north")


def test_options_may_stand_between_and_after_tags(desk: Desk, number: str, run: Run) -> None:
    ran = run("tickets", "tag", number, "-vip", "--json", "+north")
    assert ran.document["done"] == [int(number)]
    assert desk.tickets.show(int(number)).line.tags == ("north",)


def test_a_tag_that_is_added_and_removed_is_a_mistake(number: str, run: Run) -> None:
    assert run("tickets", "tag", number, "+vip", "-vip").status == 2


def test_an_unknown_long_option_is_no_tag(number: str, run: Run) -> None:
    ran = run("tickets", "tag", number, "--jsn")
    assert (ran.status, ran.err) == (2, "casedesk: There is no option --jsn; did you mean --json?\n")


def test_classify_adds_and_removes(desk: Desk, number: str, run: Run) -> None:
    run("tickets", "classify", number, "people", "Price")
    run("tickets", "classify", number, "-People")
    assert desk.tickets.show(int(number)).classifications == ("Price",)


def test_helpers_are_added_and_removed(desk: Desk, number: str, run: Run) -> None:
    run("tickets", "helpers", number, "ben", "+carla")
    run("tickets", "helpers", number, "-ben")
    assert desk.tickets.show(int(number)).helpers == ("carla",)


def test_assign_knows_me_and_none(desk: Desk, number: str, run: Run) -> None:
    run("tickets", "assign", number, "me")
    assert desk.tickets.show(int(number)).line.owner == "ana"
    run("tickets", "assign", number, "none")
    assert desk.tickets.show(int(number)).line.owner is None


@pytest.mark.parametrize(
    ("command", "value", "field"),
    [("priority", "urgent", "priority"), ("topic", "Billing", "topic"), ("team", "Care", "team")],
)
def test_a_field_is_set_and_taken_away(desk: Desk, number: str, run: Run, command: str, value: str, field: str) -> None:
    desk.team.add_team("Care")
    assert run("tickets", command, number, value.lower()).status == 0
    assert getattr(desk.tickets.show(int(number)).line, field) == value.replace("Urgent", "urgent")
    assert run("tickets", command, number, "none").status == 0
    assert getattr(desk.tickets.show(int(number)).line, field) is None


def test_plan_gives_a_plan(desk: Desk, number: str, run: Run) -> None:
    assert run("tickets", "plan", number, "resolution for detractors").status == 0
    assert desk.tickets.records([int(number)])[0].plan == "Resolution for Detractors"


def test_an_unknown_name_is_answered_with_the_nearest(number: str, run: Run) -> None:
    ran = run("tickets", "classify", number, "Pric")
    assert ran.status == 1
    assert "did you mean Price" in ran.err


def test_an_empty_name_is_no_way_to_clear_a_field(number: str, run: Run) -> None:
    ran = run("tickets", "topic", number, "")
    assert ran.status == 2
    assert "none" in ran.err
