"""`casedesk tickets relate` and `merge`, and what is said of relations elsewhere."""

from __future__ import annotations

import pytest

from casedesk import model
from casedesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def two(desk: Desk) -> None:
    """Tickets 1 and 2, the contact Rosa and the account Acme."""
    desk.tickets.new("Late lamp", "low", note="rang")
    desk.tickets.new("Broken lamp", "low")
    with desk.store.write() as session:
        session.add(model.Account(name="Acme", created_at=1))
        session.add(model.Contact(name="Rosa", email="rosa@acme.example", created_at=1))


def test_a_parent_is_set_shown_and_removed(two: None, run: Run) -> None:
    ran = run("tickets", "relate", "2", "parent", "1")
    assert (ran.status, ran.out) == (0, "parent of #2 → #1\n")
    assert run("tickets", "show", "1", "--json").document["related"] == [
        {"type": "sub-ticket", "id": 2, "title": "Broken lamp", "detail": None, "status": "open", "owner": None}
    ]
    assert "Related\n  parent: #1 Late lamp · new\n" in run("tickets", "show", "2").out
    assert run("tickets", "relate", "2", "parent", "1", "--remove").status == 0
    assert run("tickets", "show", "2", "--json").document["related"] == []


def test_a_cycle_is_refused_in_one_line(two: None, run: Run) -> None:
    run("tickets", "relate", "2", "parent", "1")
    ran = run("tickets", "relate", "1", "parent", "2")
    assert (ran.status, ran.err) == (
        2,
        "casedesk: #2 can't be the parent of #1, for it is a part of it already: #2 → #1.\n",
    )


def test_contacts_and_accounts_are_related_and_replaced(two: None, desk: Desk, run: Run) -> None:
    desk.tickets.new("x", "low")
    assert run("tickets", "relate", "1", "contact", "rosa@acme.example").out == "other contacts +Rosa · #1\n"
    assert run("tickets", "relate", "1", "account", "acme").out == "other accounts +Acme · #1\n"
    kinds = [record["type"] for record in run("tickets", "show", "1", "--json").document["related"]]
    assert kinds == ["contact", "account"]
    with desk.store.write() as session:
        session.add(model.Contact(name="Ken", created_at=1))
    assert run("tickets", "relate", "1", "contact", "Ken", "--replace", "Rosa").status == 0
    assert [record.title for record in desk.tickets.related(1)] == ["Ken", "Acme"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("1", "mention", "2"), 2, "A ticket is related to a parent, contact or account, not to “mention”."),
        (("1", "parent"), 2, "Say which ticket."),
        (("1", "contact"), 2, "Say which contact."),
        (("1", "contact", "nobody"), 1, "There is no contact “nobody”."),
        (("1", "account", "none"), 1, "There is no account “none”."),
        (("1", "parent", "2", "--remove"), 2, "#2 isn't the parent of #1."),
        (("1", "parent", "9"), 1, "There is no ticket #9."),
    ],
)
def test_what_cannot_be_related_is_told(
    two: None, run: Run, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ran = run("tickets", "relate", *arguments)
    assert (ran.status, ran.out, ran.err) == (status, "", f"casedesk: {said}\n")


def test_tickets_are_merged_and_a_merged_one_says_where_it_went(two: None, run: Run) -> None:
    assert run("tickets", "merge", "1", "2").out == "#1 merged into #2\n"
    ran = run("tickets", "note", "1", "hello")
    assert (ran.status, ran.err) == (2, "casedesk: #1 was merged into #2; work on that one.\n")
    shown = run("tickets", "show", "1", "--json").document
    assert (shown["status"], shown["merged_into"]) == ("closed", 2)
    assert run("undo").status == 0
    assert run("tickets", "show", "1", "--json").document["merged_into"] is None


def test_a_merge_that_was_worked_on_is_a_conflict_to_undo(two: None, run: Run) -> None:
    act = run("tickets", "merge", "1", "2", "--json").document["act"]
    run("tickets", "note", "2", "on it", LOGNAME="ben")
    ran = run("undo", str(act))
    assert (ran.status, ran.out) == (4, "")
    assert "#2 was worked on since by ben" in ran.err


def test_closing_a_parent_names_its_open_sub_tickets(two: None, run: Run) -> None:
    run("tickets", "relate", "2", "parent", "1")
    ran = run("tickets", "close", "1", "--resolution", "Resolved")
    assert (ran.status, ran.err) == (0, "casedesk: #1 has a sub-ticket that is open: #2 Broken lamp.\n")


def test_a_new_ticket_names_those_that_it_may_repeat(two: None, run: Run) -> None:
    ran = run("tickets", "new", "Late lamp", "--priority", "low", "--parent", "1", "--json")
    assert ran.document["notes"] == ["#1 may be the same: Late lamp (new)."]
    assert ran.err == "casedesk: #1 may be the same: Late lamp (new).\n"
    assert run("tickets", "new", "Something else", "--priority", "low").err == ""
