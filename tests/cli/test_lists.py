"""`casedesk statuses|priorities|topics|tags|classifications|close-options …`."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

GROUPS = ("statuses", "priorities", "topics", "tags", "classifications", "close-options")


def names(run: Run, group: str, *options: str) -> list[str]:
    return [entry["name"] for entry in run(group, "list", "--json", *options).document]


def add(run: Run, group: str, name: str) -> None:
    assert run(group, "add", name, *(("--state", "open") if group == "statuses" else ())).status == 0


@pytest.mark.parametrize("group", GROUPS)
def test_an_entry_is_added_renamed_retired_and_restored(desk: Desk, run: Run, group: str) -> None:
    add(run, group, "One")
    assert run(group, "rename", "one", "Two").out.endswith("“One” → “Two”\n")
    assert run(group, "retire", "two").out.endswith("“Two” retired\n")
    assert "Two" not in names(run, group)
    assert "Two" in names(run, group, "--retired")
    assert "retired" in run(group, "list", "--retired").out
    assert run(group, "restore", "TWO").out.endswith("“Two” brought back\n")
    assert run("undo").status == 0
    shown = run(group, "show", "two", "--json").document
    assert (shown["name"], shown["retired"], shown["tickets"], shown["rules"], shown["macros"]) == (
        "Two", True, 0, [], [],
    )  # fmt: skip


@pytest.mark.parametrize("group", GROUPS)
def test_lists_are_read_by_agents_and_changed_by_administrators(desk: Desk, run: Run, group: str) -> None:
    run("tags", "add", "vip")
    first = names(run, group)[0]
    assert run(group, "list", LOGNAME="ben").status == 0
    assert run(group, "show", first, LOGNAME="ben").status == 0
    assert run(group, "rename", first, "Other", LOGNAME="ben").status == 3
    assert run(group, "retire", first, LOGNAME="ben").status == 3
    assert names(run, group)[0] == first


@pytest.mark.parametrize("group", [group for group in GROUPS if group not in ("tags", "statuses")])
def test_an_entry_is_put_where_one_wants_it(desk: Desk, run: Run, group: str) -> None:
    start = names(run, group)
    run(group, "add", "In between", "--after", start[0])
    assert names(run, group) == [start[0], "In between", *start[1:]]
    run(group, "move", "in between", "--to", "1")
    assert names(run, group) == ["In between", *start]
    assert run(group, "move", "In between", "--before", start[0]).status == 2
    assert run(group, "move", "In between").err == (
        "casedesk: Say one place: before an entry, after an entry, or a number from 1.\n"
    )


def test_tags_come_by_name(desk: Desk, run: Run) -> None:
    run("tags", "add", "vip")
    run("tags", "add", "Angry")
    assert names(run, "tags") == ["Angry", "detractor", "vip"]
    assert run("tags", "move", "vip", "--to", "1").status == 2


def test_statuses_say_which_state_they_stand_for(desk: Desk, run: Run) -> None:
    assert run("statuses", "add", "on hold").status == 2
    assert run("statuses", "add", "on hold", "--state", "pending").out == "status “on hold” added, which is pending\n"
    assert run("statuses", "show", "on hold", "--json").document["state"] == "pending"
    assert run("statuses", "state", "on hold", "open").out == "status “on hold” is open from now on\n"
    assert run("statuses", "list").out.splitlines()[3] == "3  on hold  open           0"


def test_tickets_get_another_entry_in_the_place_of_a_retired_one(desk: Desk, run: Run, ticket: int) -> None:
    retired = run("topics", "retire", "delivery", "--replace-by", "App", "--json").document
    assert retired["done"] == [ticket]
    assert run("tickets", "show", str(ticket), "--json").document["topic"] == "App"
    assert run("topics", "show", "app").out == "name      App\nposition  4\ntickets   1\n"
    run("undo")
    assert run("tickets", "show", str(ticket), "--json").document["topic"] == "Delivery"


def test_what_a_rule_gives_is_shown_and_stays(desk: Desk, run: Run) -> None:
    run("rules", "set", "Angry", "--when", "nps<=3", "--then", "open_ticket", "--then", "topic=App")
    refused = run("topics", "retire", "App")
    assert (refused.status, refused.err) == (
        2,
        "casedesk: The rule “Angry” gives the topic “App”; change it, switch it off, or say what is to replace the"
        " topic.\n",
    )
    assert "given by  Angry\n" in run("topics", "show", "App").out


def test_a_list_without_entries_says_so(desk: Desk, run: Run) -> None:
    run("rules", "off", "Detractors")
    run("tags", "retire", "detractor")
    assert run("tags", "list").out == "There are no tags yet.\n"


# -- a desk with several statuses of a state --------------------------------------------------------------------------


@pytest.fixture
def several(run: Run, desk: Desk) -> None:
    """Two statuses that are open, pending and closed each."""
    run("statuses", "add", "in progress", "--state", "open")
    run("statuses", "add", "on hold", "--state", "pending")
    run("statuses", "add", "spam", "--state", "closed")


def status(run: Run, number: int) -> str:
    return str(run("tickets", "show", str(number), "--json").document["status"])


@pytest.mark.usefixtures("several")
def test_a_ticket_is_closed_with_a_status_of_the_desk_and_stays_closed_with_another(run: Run, ticket: int) -> None:
    assert run("tickets", "close", str(ticket), "--resolution", "Resolved", "--status", "spam").status == 0
    assert status(run, ticket) == "spam"
    assert run("tickets", "status", str(ticket), "closed").status == 0
    assert status(run, ticket) == "closed"
    assert run("tickets", "status", str(ticket), "in progress").status == 0
    assert status(run, ticket) == "in progress"
    assert run("tickets", "close", str(ticket), "--resolution", "Resolved", "--status", "on hold").status == 2


@pytest.mark.usefixtures("several")
def test_a_query_names_one_status_or_the_state(run: Run, ticket: int) -> None:
    run("tickets", "status", str(ticket), "in progress")
    for query, found in (('status:"in progress"', 1), ("status:open", 0), ("is:open", 1)):
        assert len(run("tickets", "list", query, "--json").document) == found


@pytest.mark.usefixtures("several")
def test_a_macro_closes_with_a_status_of_the_desk(run: Run, ticket: int) -> None:
    made = run("macros", "make", "Junk", "--close", "--resolution", "No action needed", "--status", "spam")
    assert made.status == 0
    assert run("macros", "run", "Junk", str(ticket)).status == 0
    assert status(run, ticket) == "spam"
    run("statuses", "rename", "spam", "junk mail")
    assert status(run, ticket) == "junk mail"
    assert run("statuses", "show", "junk mail", "--json").document["macros"] == ["Junk"]


@pytest.mark.usefixtures("several")
def test_a_ticket_on_hold_wakes_up_open(run: Run, desk: Desk, ticket: int) -> None:
    run("tickets", "status", str(ticket), "on hold", "--until", "2h")
    assert status(run, ticket) == "on hold"
    desk.clock.tick(3 * 3600)  # type: ignore[attr-defined]  # the tests' own clock
    assert run("sweep").status == 0
    assert status(run, ticket) == "open"
