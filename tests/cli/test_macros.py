"""`casedesk macros …`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def macro(desk: Desk) -> str:
    desk.macros.make("No answer", [{"note": "rang twice"}, {"status": "pending"}, {"tags": ["+callback"]}])
    return "No answer"


def test_make_takes_its_steps_from_options(desk: Desk, run: Run) -> None:
    ran = run(
        "macros", "make", "No answer", "--note", "rang twice", "--status", "pending", "--until", "2d",
        "--tag", "+callback", "--tag", "-vip", "--owner", "me", "--priority", "none", "--key", "F7",
    )  # fmt: skip
    assert (ran.status, ran.err) == (2, "casedesk: Step 2: There is no tag “vip”; the desk has detractor.\n")
    ran = run(
        "macros", "make", "No answer", "--note", "rang twice", "--status", "pending", "--until", "2d",
        "--tag", "+callback", "--owner", "me", "--priority", "none", "--classify", "price", "--key", "F7",
    )  # fmt: skip
    assert (ran.status, ran.out, ran.err) == (0, "macro “No answer” made\n", "")
    macro = desk.macros.show("No answer")
    assert (macro.owner, macro.key) == ("ana", "f7")
    assert macro.steps == (
        {"note": "rang twice"},
        {"classifications": ["+Price"]},
        {"tags": ["+callback"]},
        {"priority": "none"},
        {"owner": "me"},
        {"status": {"name": "pending", "until": "2d"}},
    )


def test_make_takes_every_kind_of_step_in_the_order_of_the_help(desk: Desk, ticket: int, run: Run) -> None:
    ran = run(
        "macros", "make", "Again", "--helper", "ben", "--helper", "-me", "--description", "", "--plan", "none",
        "--reopen", "--title", "Late parcel",
    )  # fmt: skip
    assert (ran.status, ran.err) == (0, "")
    assert desk.macros.show("Again").steps == (
        {"reopen": True},
        {"title": "Late parcel"},
        {"description": ""},
        {"plan": "none"},
        {"helpers": ["+ben", "-me"]},
    )
    desk.tickets.close(ticket, "Resolved")
    ran = run("macros", "run", "Again", str(ticket), "--dry-run")
    assert ran.status == 0
    assert "  status: closed → open\n" in ran.out
    assert "→ Late parcel\n" in ran.out
    assert "  helper: ben\n" in ran.out
    assert run("macros", "run", "Again", str(ticket)).status == 0
    assert desk.tickets.show(ticket).line.title == "Late parcel"


def test_a_tag_to_remove_is_an_argument_that_begins_with_a_minus(desk: Desk, ticket: int, run: Run) -> None:
    assert run("macros", "make", "Plain", "--tag", "-vip", "--shared").status == 0
    assert desk.macros.show("Plain").shared
    run("macros", "run", "Plain", str(ticket))
    assert desk.tickets.show(ticket).line.tags == ()


def test_exit_state_and_resolution_belong_to_what_closes(desk: Desk, run: Run) -> None:
    run("macros", "make", "A", "--action", "Call", "--action-status", "Reached", "--close-plan",
        "--exit-state", "Customer reached", "--resolution", "Resolved")  # fmt: skip
    run("macros", "make", "B", "--action", "Call", "--action-status", "Reached", "--comment", "glad",
        "--resolution", "Resolved", "--exit-state", "Customer reached")  # fmt: skip
    ends = {"exit_state": "Customer reached", "resolution": "Resolved"}
    assert desk.macros.show("A").steps == (
        {"action": {"name": "Call", "status": "Reached", "close_plan": True, **ends}},
    )
    assert desk.macros.show("B").steps == (
        {"action": {"name": "Call", "status": "Reached", "comment": "glad"}},
        {"close": ends},
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "The macro has no steps yet."),
        (("--status", "pendng"), "did you mean pending"),
        (("--until", "2d"), "--until needs --status"),
        (("--comment", "glad"), "need --action"),
        (("--note", "x", "--key", "n"), "n means “Add a note” already"),
        (("--note", "x", "--key", "ctrl+s"), "ctrl+s can't be used: it stops what the terminal shows"),
        (("--note", "x", "--key", "hyper"), "can't be a macro's key"),
        (("--note", "x", "--from", "steps.json"), "not both"),
        (("--from", "steps.json"), "steps.json: No such file"),
    ],
)
def test_make_says_what_is_wrong(desk: Desk, run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run("macros", "make", "Odd", *arguments)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_make_reads_what_show_writes(desk: Desk, macro: str, run: Run, tmp_path: Path) -> None:
    shown = run("macros", "show", macro, "--json")
    assert list(shown.document) == ["name", "owner", "shared", "key", "steps"]
    file = tmp_path / "steps.json"
    file.write_text(shown.out, encoding="utf-8")
    assert run("macros", "make", "Again", "--from", str(file)).status == 0
    assert run("macros", "make", "Third", "--from", "-", piped=json.dumps([{"note": "x"}])).status == 0
    assert desk.macros.show("Again").steps == desk.macros.show(macro).steps
    assert desk.macros.show("Third").steps == ({"note": "x"},)


def test_make_reads_toml(desk: Desk, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "steps.toml"
    file.write_text('[[steps]]\nnote = "rang"\n[[steps]]\naction = {name = "Call", status = "Reached"}\n')
    assert run("macros", "make", "Call", "--from", str(file)).status == 0
    assert desk.macros.show("Call").steps == ({"note": "rang"}, {"action": {"name": "Call", "status": "Reached"}})


@pytest.mark.parametrize("text", ["[", '{"steps": 7}', '"note"', "[" * 100_000, "\udcff"])
def test_a_file_that_holds_no_steps_is_told_in_one_line(desk: Desk, run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "steps.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = run("macros", "make", "Odd", "--from", str(file))
    assert ran.status == 2
    assert ran.err.count("\n") == 1


def test_list_shows_own_and_shared_ones(desk: Desk, macro: str, run: Run) -> None:
    desk.macros.make("Urgent", [{"priority": "urgent"}], key="%", shared=True)
    out = run("macros", "list").out
    assert "No answer" in out
    assert "note “rang twice”, status → pending, tags +callback" in out
    documents = run("macros", "list", "--json", CASEDESK_USER="ben", LOGNAME="ana").document
    assert [(found["name"], found["owner"], found["shared"], found["key"]) for found in documents] == [
        ("Urgent", None, True, "%")
    ]


def test_list_says_when_there_are_none(desk: Desk, run: Run) -> None:
    assert run("macros", "list").out == "There are no macros yet.\n"
    assert run("macros", "list", "--json").document == []


def test_show_numbers_the_steps(macro: str, run: Run) -> None:
    assert "1. note “rang twice”\n2. status → pending\n" in run("macros", "show", macro).out
    assert run("macros", "show", "No anser").status == 1


def test_change_and_retire(desk: Desk, macro: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "steps.json"
    file.write_text('[{"priority": "urgent"}]')
    assert run("macros", "change", macro, "--name", "Hurry", "--key", "%", "--shared", "--from", str(file)).status == 0
    found = desk.macros.show("Hurry")
    assert (found.shared, found.key, found.steps) == (True, "%", ({"priority": "urgent"},))
    run("macros", "change", "Hurry", "--key", "none", "--personal")
    assert (desk.macros.show("Hurry").shared, desk.macros.show("Hurry").key) == (False, "")
    assert run("macros", "change", "Hurry", "--key", "none").status == 2
    assert run("macros", "retire", "Hurry").out == "macro “Hurry” retired\n"
    assert desk.macros.list() == []


def test_sharing_without_the_right_ends_with_3(desk: Desk, run: Run) -> None:
    assert run("--as", "ben", "macros", "make", "Word", "--note", "x", "--shared").status == 3


def test_run_does_it_on_one_ticket_and_on_all_that_match(desk: Desk, ticket: int, macro: str, run: Run) -> None:
    other = desk.tickets.new("Another", "low").done[0]
    ran = run("macros", "run", macro, str(ticket))
    assert (ran.status, ran.out) == (0, f"macro “No answer” · #{ticket}\n")
    ran = run("macros", "run", "no answer", "is:new", "--yes", "--json")
    assert ran.document["done"] == [other]
    assert run("undo").status == 0
    assert desk.tickets.show(other).line.state == "new"


def test_a_refusal_among_several_ends_with_1(desk: Desk, ticket: int, macro: str, run: Run) -> None:
    other = desk.tickets.new("Another", "low").done[0]
    desk.tickets.close(other, "Resolved")
    ran = run("macros", "run", macro, f"{ticket},{other}")
    assert ran.status == 1
    assert f"#{other}" in ran.err or "closed" in ran.err


def test_a_dry_run_shows_the_difference_and_changes_nothing(desk: Desk, ticket: int, macro: str, run: Run) -> None:
    ran = run("macros", "run", macro, str(ticket), "--dry-run")
    assert (ran.status, ran.out) == (
        0,
        f"#{ticket}\n  note: rang twice\n  status: new → pending\n  tag: callback\n",
    )
    assert desk.tickets.show(ticket).line.state == "new"


def test_a_dry_run_in_json(desk: Desk, ticket: int, macro: str, run: Run) -> None:
    desk.tickets.close(desk.tickets.new("Another", "low").done, "Resolved")
    ran = run("macros", "run", macro, "is:new OR is:closed", "--dry-run", "--json")
    assert ran.status == 1
    closed, new = ran.document
    assert new["changes"] == [
        {"field": "note", "from": None, "to": "rang twice"},
        {"field": "status", "from": "new", "to": "pending"},
        {"field": "tag", "from": None, "to": "callback"},
    ]
    assert new["refusal"] is None
    assert (closed["changes"], closed["refusal"]["code"]) == ([], "invalid")


def test_a_dry_run_that_matches_nothing_ends_with_1(desk: Desk, macro: str, run: Run) -> None:
    assert run("macros", "run", macro, "is:closed", "--dry-run").status == 1
