"""`casedesk undo`, `redo` and `journal`."""

from __future__ import annotations

from pathlib import Path

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


def test_json_has_every_act_and_a_table_says_that_it_has_the_latest_alone(desk: Desk, ticket: int, run: Run) -> None:
    for place in range(120):
        desk.tickets.add_note(ticket, f"note {place}")
    acts = [act["act"] for act in run("journal", "--json").document]
    assert acts == sorted(set(acts), reverse=True)
    assert len(acts) > 120
    assert [act["act"] for act in run("journal", "--json", "--limit", "110").document] == acts[:110]
    table = run("journal")
    assert len(table.out.splitlines()) == 101
    assert table.err == "casedesk: 100 are shown, and there are more; --limit 0 shows all.\n"
    assert len(run("journal", "--limit", "0").out.splitlines()) == 1 + len(acts)


def test_right_after_an_import_it_is_said_that_it_stays_and_what_can_be_done_instead(run: Run, tmp_path: Path) -> None:
    new = str(tmp_path / "new.desk")
    (tmp_path / "answers.csv").write_text("id,email,NPS,comment\n1,a@example.com,2,late\n", encoding="utf-8")
    assert run("--desk", new, "init").status == 0
    assert run("--desk", new, "undo").err == "casedesk: There is nothing to undo.\n"
    assert run("--desk", new, "import", str(tmp_path / "answers.csv")).status == 0
    stays = (
        "An import can't be taken back; import a corrected file, close the tickets that it opened, or restore a backup"
        " from before it.\n"
    )
    ran = run("--desk", new, "undo")
    assert (ran.status, ran.err) == (1, f"casedesk: There is nothing to undo. {stays}")
    act = run("--desk", new, "journal", "--json").document[0]["act"]
    named = run("--desk", new, "undo", str(act))
    assert (named.status, named.err) == (2, f"casedesk: {stays}")
