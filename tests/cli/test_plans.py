"""`casedesk plans …` and `plans action …`."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

EXAMPLE = "Resolution for Detractors"


def show(run: Run, plan: str = EXAMPLE) -> dict[str, object]:
    document: dict[str, object] = run("plans", "show", plan, "--json").document
    return document


def statuses(run: Run, action: str, plan: str = EXAMPLE) -> list[tuple[str, bool]]:
    found = next(each for each in show(run, plan)["actions"] if each["name"] == action)  # type: ignore[attr-defined]
    return [(status["name"], status["completes"]) for status in found["statuses"]]


def test_a_plan_is_made_from_nothing(desk: Desk, run: Run) -> None:
    desk.campaigns.add("Parcels")
    made = run(
        "plans", "add", "Call back", "--description", "Within a day.", "--exit-state", "Customer reached",
        "--exit-state", "Not reached", "--campaign", "parcels", "--leaves-ticket-open",
    )  # fmt: skip
    assert (made.status, made.out) == (0, "plan “Call back” made\n")
    run("plans", "action", "add", "E-mail", "--plan", "Call back", "--status", "Sent:open", "--status", "Answered")
    added = run(
        "plans", "action", "add", "Ring", "--plan", "Call back", "--status", "Reached", "--status", "No response:open",
        "--status", "Left: a message:open", "--closes-plan", "ask", "--no-comment", "--json",
    )  # fmt: skip
    assert added.document["summary"] == "action “Ring” made in “Call back”"
    plan = show(run, "Call back")
    assert (plan["exit_states"], plan["campaigns"]) == (["Customer reached", "Not reached"], ["Parcels"])
    assert (plan["closes_ticket"], plan["retired"]) == (False, False)
    assert statuses(run, "E-mail", "Call back") == [("Sent", False), ("Answered", True)]
    assert statuses(run, "Ring", "Call back") == [("Reached", True), ("No response", False), ("Left: a message", False)]
    shown = run("plans", "show", "Call back").out
    assert "the operator decides" in shown
    assert "Sent, Answered ✓" in shown


def test_exit_states_are_given_whole_or_one_by_one(desk: Desk, run: Run) -> None:
    run("plans", "edit", EXAMPLE, "--exit-state", "Yes", "--exit-state", "No")
    assert show(run)["exit_states"] == ["Yes", "No"]
    changed = run("plans", "edit", EXAMPLE, "--add-exit-state", "Perhaps", "--remove-exit-state", "yes")
    assert changed.out == f"plan “{EXAMPLE}”: exit state “Perhaps” added; exit state “Yes” retired\n"
    assert show(run)["exit_states"] == ["No", "Perhaps"]
    wrong = run("plans", "edit", EXAMPLE, "--remove-exit-state", "Yes")
    assert (wrong.status, wrong.err) == (1, "casedesk: There is no exit state “Yes” to remove; there is No, Perhaps.\n")


def test_a_plan_is_renamed_reordered_and_told_when_nothing_changes(desk: Desk, run: Run) -> None:
    run("plans", "edit", EXAMPLE, "--name", "Win back", "--action", "Call", "--action", "Close the loop")
    assert [each["name"] for each in show(run, "win back")["actions"]] == ["Call", "Close the loop"]  # type: ignore[attr-defined]
    same = run("plans", "edit", "Win back", "--name", "Win back", "--closes-ticket")
    assert (same.status, same.err) == (2, "casedesk: Plan “Win back”: nothing to change.\n")


def test_a_plan_is_copied_retired_and_brought_back(desk: Desk, run: Run) -> None:
    assert run("plans", "copy", EXAMPLE, "Win back").status == 0
    assert run("plans", "retire", "Win back").out == "plan “Win back” retired\n"
    assert [plan["name"] for plan in run("plans", "list", "--json").document] == [EXAMPLE]
    assert [plan["name"] for plan in run("plans", "list", "--retired", "--json").document] == [EXAMPLE, "Win back"]
    assert "retired" in run("plans", "list", "--retired").out
    assert run("plans", "restore", "win back").out == "plan “Win back” brought back\n"


def test_statuses_are_given_whole_or_one_by_one(desk: Desk, run: Run) -> None:
    run("plans", "action", "edit", "Call", "--add-status", "Wrong number:open", "--remove-status", "reached")
    left = [("No response", False), ("Left a message", False), ("Wrong number", False)]
    assert statuses(run, "Call") == left
    run("plans", "action", "edit", "Call", "--status", "Reached", "--closes-plan", "always", "--comment")
    assert statuses(run, "Call") == [("Reached", True)]


def test_an_action_is_shared_and_taken_out_again(desk: Desk, run: Run) -> None:
    run("plans", "add", "Call back")
    assert run("plans", "action", "link", "Call", "Call back").out == "action “Call” linked to “Call back”\n"
    listed = run("plans", "action", "list", "--json").document
    assert next(each["plans"] for each in listed if each["name"] == "Call") == ["Call back", EXAMPLE]
    assert f"Call back, {EXAMPLE}" in run("plans", "action", "list").out
    assert run("plans", "action", "unlink", "Call", EXAMPLE).out == f"action “Call” unlinked from “{EXAMPLE}”\n"
    assert run("plans", "action", "retire", "Call").status == 0
    assert show(run, "Call back")["actions"] == []
    assert run("plans", "action", "restore", "Call").out == "action “Call” brought back\n"


def test_an_action_whose_name_several_have_is_called_by_its_number(desk: Desk, run: Run) -> None:
    run("plans", "copy", EXAMPLE, "Win back")
    wrong = run("plans", "action", "edit", "Call", "--name", "Ring")
    assert (wrong.status, wrong.err.startswith("casedesk: 2 actions are called “Call”")) == (2, True)
    assert run("plans", "action", "edit", "Call", "--plan", "Win back", "--name", "Ring").status == 0
    numbers = {each["name"]: each["id"] for each in run("plans", "action", "list", "--json").document}
    assert run("plans", "action", "retire", str(numbers["Ring"])).status == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", EXAMPLE.upper()), "already"),
        (("add", " "), "needs a name"),
        (("action", "add", "X", "--plan", EXAMPLE, "--closes-plan", "maybe"), "no, ask, always"),
        (("action", "add", "call", "--plan", EXAMPLE), "has an action “call” already"),
    ],
)
def test_wrong_input_is_told_in_one_line(desk: Desk, run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    wrong = run("plans", *arguments)
    assert (wrong.status, wrong.err.count("\n"), sentence in wrong.err) == (2, 1, True), wrong.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("add", "X", "--action", "Cal"), "did you mean Call"),
        (("add", "X", "--campaign", "Nowhere"), "There is no campaign “Nowhere”"),
        (("edit", "Resolution", "--name", "X"), f"did you mean {EXAMPLE}"),
        (("action", "edit", "Call", "--remove-status", "Gone"), "There is no status “Gone” to remove"),
        (("action", "unlink", "Nothing", EXAMPLE), "There is no action “Nothing”"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(desk: Desk, run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    missing = run("plans", *arguments)
    assert (missing.status, missing.err.count("\n"), sentence in missing.err) == (1, 1, True), missing.err


def test_who_may_not_configure_is_refused(desk: Desk, run: Run) -> None:
    assert run("plans", "add", "X", LOGNAME="ben").status == 3
    assert run("plans", "action", "retire", "Call", LOGNAME="ben").status == 3
    assert run("plans", "list", LOGNAME="ben").status == 0


def test_undo_and_redo_work_on_plans(desk: Desk, run: Run) -> None:
    run("plans", "retire", EXAMPLE)
    assert run("undo").status == 0
    assert run("plans", "list", "--json").document[0]["name"] == EXAMPLE
    assert run("redo").status == 0
    assert run("plans", "list", "--json").document == []
