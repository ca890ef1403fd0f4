"""`casedesk undo`, `redo` and `journal`."""

from __future__ import annotations

from casedesk.desk import Desk
from tests.cli.conftest import Run


def test_undo_takes_back_the_last_act_and_redo_does_it_again(desk: Desk, ticket: int, run: Run) -> None:
    run("tickets", "priority", str(ticket), "low")
    assert run("undo").out == f"undo: priority → low · #{ticket}\n"
    assert desk.tickets.lines([ticket])[0].priority == "high"
    assert run("redo", "--json").document["done"] == [ticket]
    assert desk.tickets.lines([ticket])[0].priority == "low"


def test_undo_takes_back_a_named_act(desk: Desk, ticket: int, run: Run) -> None:
    act = run("tickets", "priority", str(ticket), "low", "--json").document["act"]
    run("tickets", "tag", str(ticket), "later")
    assert run("undo", str(act)).status == 0
    assert desk.tickets.lines([ticket])[0].priority == "high"


def test_an_undo_that_would_overwrite_is_a_conflict(ticket: int, run: Run) -> None:
    act = run("tickets", "priority", str(ticket), "low", "--json").document["act"]
    run("tickets", "priority", str(ticket), "urgent")
    assert run("undo", str(act)).status == 4


def test_an_act_that_does_not_exist_is_not_found(desk: Desk, run: Run) -> None:
    assert run("undo", "999").status == 1


def test_the_journal_lists_acts_newest_first(ticket: int, run: Run) -> None:
    run("tickets", "priority", str(ticket), "low")
    run("undo")
    acts = run("journal", "--json", "--limit", "2").document
    assert [act["name"] for act in acts] == ["undo", "priority"]
    assert acts[1] | {"act": 0} == {
        "act": 0, "at": "2026-01-31T12:01:00Z", "actor": "ana", "name": "priority",
        "summary": f"priority → low · #{ticket}", "tickets": 1, "undone": True, "undoes": None,
    }  # fmt: skip
    assert "taken back" in run("journal").out


def test_undoing_a_setting_names_no_ticket(desk: Desk, run: Run) -> None:
    run("config", "set", "name", "Another desk")
    assert run("undo", "--json").document["done"] == []
    assert run("config", "get", "name").out == "Small desk\n"
