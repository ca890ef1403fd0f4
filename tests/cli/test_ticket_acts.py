"""`casedesk tickets new|note|action|status|close|reopen|edit`."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

PLAN = "Resolution for Detractors"


def test_new_opens_a_ticket_and_prints_its_number(desk: Desk, run: Run) -> None:
    ran = run("tickets", "new", "Broken screen", "--priority", "high", "--topic", "product", "--tag", "vip")
    assert (ran.status, ran.out, ran.err) == (0, "new ticket #1\n", "")
    line = desk.tickets.lines([1])[0]
    assert (line.title, line.priority, line.topic, line.tags) == ("Broken screen", "high", "Product", ("vip",))


def test_new_takes_the_title_as_an_option_too(desk: Desk, run: Run) -> None:
    assert run("tickets", "new", "--title", "Broken screen", "--priority", "low").status == 0
    assert desk.tickets.lines([1])[0].title == "Broken screen"


def test_new_reads_its_description_from_standard_input(desk: Desk, run: Run) -> None:
    run("tickets", "new", "Long story", "--priority", "low", "--description", "-", piped="First line\nSecond line\n")
    assert desk.tickets.show(1).description == "First line\nSecond line"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--priority", "high"), "title"),
        (("Broken screen",), "low, normal, high, urgent"),
        (("Broken screen", "--priority", "low", "--note", "-", "--description", "-"), "both"),
    ],
)
def test_new_says_what_is_missing_or_wrong(run: Run, desk: Desk, arguments: tuple[str, ...], word: str) -> None:
    ran = run("tickets", "new", *arguments)
    assert ran.status == 2
    assert word in ran.err
    assert ran.err.count("\n") == 1


def test_an_act_in_json_says_what_was_done(ticket: int, run: Run) -> None:
    ran = run("tickets", "note", str(ticket), "Called back", "--json")
    assert list(ran.document) == ["act", "name", "summary", "done", "refused", "notes"]
    assert ran.document["done"] == [ticket]
    assert ran.document["refused"] == []


def test_a_note_comes_from_standard_input_with_its_lines(desk: Desk, ticket: int, run: Run) -> None:
    run("tickets", "note", str(ticket), "-", piped="one\ntwo\n")
    assert desk.tickets.show(ticket).notes[0].body == "one\ntwo"


def test_a_note_that_is_not_utf8_is_refused_as_input(ticket: int, run: Run) -> None:
    ran = run("tickets", "note", str(ticket), "-", piped=b"caf\xe9")
    assert (ran.status, ran.err) == (2, "casedesk: Standard input is not UTF-8 text.\n")


def test_a_note_may_begin_with_a_dash(desk: Desk, ticket: int, run: Run) -> None:
    run("tickets", "note", str(ticket), "-5 degrees")
    assert desk.tickets.show(ticket).notes[0].body == "-5 degrees"


def test_status_close_and_reopen_go_through_the_states(desk: Desk, ticket: int, run: Run) -> None:
    assert run("tickets", "status", f"#{ticket}", "pending").out == f"status → pending · #{ticket}\n"
    assert run("tickets", "close", str(ticket), "--resolution", "explained").status == 0
    assert desk.tickets.show(ticket).resolution == "Explained"
    assert run("tickets", "reopen", str(ticket)).status == 0
    assert desk.tickets.show(ticket).line.state == "open"


def test_closing_without_a_resolution_names_them(ticket: int, run: Run) -> None:
    ran = run("tickets", "close", str(ticket))
    assert ran.status == 2
    assert "Resolved, Explained" in ran.err


def test_an_action_closes_the_plan_with_its_exit_state(desk: Desk, ticket: int, run: Run) -> None:
    desk.tickets.set_plan(ticket, PLAN)
    ran = run(
        "tickets", "action", str(ticket), "Call", "--status", "Reached", "--comment", "Very kind", "--close-plan",
        "--exit-state", "Customer reached", "--resolution", "explained",
    )  # fmt: skip
    assert ran.status == 0
    shown = desk.tickets.show(ticket)
    assert (shown.actions[0].comment, shown.exit_state) == ("Very kind", "Customer reached")
    assert (shown.line.state, shown.resolution) == ("closed", "Explained")
    again = run("tickets", "action", str(ticket), "Call", "--status", "Reached")
    assert again.status == 2
    assert "the plan is closed" in again.err


def test_edit_changes_title_or_description(desk: Desk, ticket: int, run: Run) -> None:
    run("tickets", "edit", str(ticket), "--title", "Very late delivery")
    run("tickets", "edit", str(ticket), "--description", "-", piped="Four weeks.\n")
    shown = desk.tickets.show(ticket)
    assert (shown.line.title, shown.description) == ("Very late delivery", "Four weeks.")


@pytest.mark.parametrize("options", [(), ("--title", "A", "--description", "B")])
def test_edit_wants_one_of_its_two_options(ticket: int, run: Run, options: tuple[str, ...]) -> None:
    assert run("tickets", "edit", str(ticket), *options).status == 2


def test_several_numbers_are_one_act_and_refusals_are_listed(desk: Desk, ticket: int, run: Run) -> None:
    second = desk.tickets.new("Broken screen", "low").done[0]
    ran = run("tickets", "status", f"{ticket}, #{second},99", "pending", "--json")
    assert ran.status == 1
    assert ran.document["done"] == [ticket, second]
    assert ran.document["refused"] == [{"number": 99, "code": "not-found", "reason": "There is no ticket #99."}]
    assert ran.err == "casedesk: There is no ticket #99.\n"


def test_when_everything_is_refused_nothing_is_claimed(ticket: int, run: Run) -> None:
    ran = run("tickets", "status", "98,99", "pending")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 2


def test_a_version_that_is_past_is_a_conflict_that_tells_what_changed(desk: Desk, ticket: int, run: Run) -> None:
    seen = desk.tickets.lines([ticket])[0].version
    desk.tickets.set_priority(ticket, "low")
    ran = run("tickets", "status", str(ticket), "pending", "--if-version", str(seen))
    assert ran.status == 4
    assert "priority: high → low" in ran.err
    assert run("tickets", "status", str(ticket), "pending", "--if-version", str(seen + 1)).status == 0


def test_a_version_is_for_one_ticket(ticket: int, run: Run) -> None:
    assert run("tickets", "status", f"{ticket},99", "pending", "--if-version", "1").status == 2
