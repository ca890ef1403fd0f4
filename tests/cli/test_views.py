"""`casedesk views …`, and lists by a view."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from tests.cli.conftest import Run


@pytest.fixture
def survey(desk: Desk, tmp_path: Path) -> Desk:
    """Two answers of the campaign `spring`: Rosa's 2 opens ticket 1, Eve's 9 none."""
    desk.campaigns.add("spring", plan=EXAMPLE_PLAN)
    file = tmp_path / "spring.csv"
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(
            [
                ("id", "email", "name", "nps", "comment", "May we call?", "answered_at"),
                ("r1", "rosa@acme.example", "Rosa", "2", "=Three weeks", "Yes", "2026-01-20 10:00"),
                ("r2", "eve@example.com", "Eve", "9", "Fast", "No", "2026-01-22 10:00"),
            ]
        )
    desk.imports.run(file, campaign="spring")
    return desk


def test_add_show_and_list(survey: Desk, run: Run) -> None:
    ran = run(
        "views", "add", "Unhappy", "--query", "nps<=6 sort:score", "--campaign", "SPRING",
        "--columns", "number:6,answer.may_we_call, title", "--allow-actions",
    )  # fmt: skip
    assert (ran.status, ran.out, ran.err) == (0, "view “Unhappy” saved\n", "")
    shown = run("views", "show", "unhappy", "--json").document
    assert shown == {
        "name": "Unhappy",
        "scope": "tickets",
        "owner": "ana",
        "shared": False,
        "campaign": "spring",
        "query": "nps<=6 sort:score",
        "columns": [
            {"column": "number", "width": 6, "gone": False},
            {"column": "answer.may_we_call", "width": None, "gone": False},
            {"column": "title", "width": None, "gone": False},
        ],
        "allow_actions": True,
        "problems": [],
        "count": 1,
    }
    assert run("views", "list").out == (
        "view     of       whose  campaign  query\nUnhappy  tickets  ana    spring    nps<=6 sort:score\n"
    )
    assert run("views", "list", "--counts", "--json").document[0]["count"] == 1


def test_run_prints_the_columns_as_table_csv_and_json(survey: Desk, run: Run) -> None:
    run("views", "add", "All", "--scope", "responses", "--columns", "answered,score,comment,number,answer.may_we_call")
    assert run("views", "run", "All").out.splitlines() == [
        "answered          score  comment       #  May we call?",
        "2026-01-22 11:00      9  Fast             No",
        "2026-01-20 11:00      2  =Three weeks  1  Yes",
    ]
    assert run("views", "run", "All", "nps<=6", "--csv").out == (
        "answered,score,comment,number,answer.may_we_call\n2026-01-20T10:00:00Z,2,'=Three weeks,1,Yes\n"
    )
    assert run("views", "run", "All", "--json", "--limit", "1").document == [
        {
            "response": 2,
            "ticket": None,
            "cells": {
                "answered": "2026-01-22T10:00:00Z",
                "score": 9,
                "comment": "Fast",
                "number": None,
                "answer.may_we_call": "No",
            },
        }
    ]


def test_lists_take_a_view_and_narrow_it(survey: Desk, run: Run) -> None:
    run("views", "add", "Open", "--query", "-is:closed", "--columns", "number,contact,score")
    assert run("tickets", "list", "--view", "Open", "--csv").out == "number,contact,score\n1,Rosa,2\n"
    assert run("tickets", "list", "nps:9", "--view", "Open").out == "No ticket matches.\n"
    assert run("tickets", "list", "--view", "Open", "--columns", "number,version", "--csv").out == (
        "number,version\n1,1\n"
    )
    assert run("tickets", "list", "--view", "open", "--json").document[0]["title"] == "=Three weeks"
    wrong = run("responses", "list", "--view", "Open")
    assert wrong.status == 2
    assert wrong.err == "casedesk: “Open” is a view of tickets: `casedesk tickets list --view` lists it.\n"
    run("views", "add", "Answers", "--scope", "responses", "--campaign", "spring", "--columns", "contact")
    assert run("responses", "list", "--view", "Answers", "--csv").out == "contact\nEve\nRosa\n"
    assert run("responses", "list", "nps>8", "--view", "Answers", "--columns", "score", "--csv").out == "score\n9\n"


def test_a_table_says_how_many_more_there_are(survey: Desk, run: Run) -> None:
    run("views", "add", "All", "--scope", "responses", "--columns", "contact")
    ran = run("views", "run", "All", "--limit", "1")
    assert (ran.out, ran.err) == ("contact\nEve\n", "casedesk: 1 of 2 are shown; --limit 0 shows all.\n")
    assert run("views", "run", "All", "--limit", "0").out == "contact\nEve\nRosa\n"


def test_change_share_copy_move_and_delete(survey: Desk, run: Run) -> None:
    run("views", "add", "One")
    run("views", "add", "Two")
    assert run("views", "move", "Two", "1").out == "view “Two” moved\n"
    assert run("views", "change", "Two", "--name", "Three", "--campaign", "spring", "--no-actions").status == 0
    assert survey.views.show("Three").campaign == "spring"
    run("views", "change", "Three", "--campaign", "none")
    assert survey.views.show("Three").campaign is None
    assert run("views", "share", "Three").out == "view “Three” shared\n"
    assert run("views", "share", "Three", "--personal").out == "view “Three” made personal\n"
    assert run("views", "copy", "Three", "Four", "--shared").out == "view “Four” saved\n"
    assert run("views", "delete", "One").out == "view “One” deleted\n"
    assert [view.name for view in survey.views.list()] == ["Three", "Four"]
    assert run("undo").status == 0
    assert [view.name for view in survey.views.list()] == ["One", "Three", "Four"]


def test_what_cannot_be_is_told_in_one_line(survey: Desk, run: Run) -> None:
    run("views", "add", "One")
    wrong = run("views", "change", "One", "--columns", "numbr")
    assert (wrong.status, wrong.err) == (2, "casedesk: There is no column numbr; did you mean number?\n")
    assert run("views", "show", "Onee").err == "casedesk: There is no view “Onee”; did you mean One?\n"
    assert run("views", "show", "Onee").status == 1
    assert run("views", "run", "One", "--csv", "--json").err == "casedesk: Choose --csv or --json.\n"
    assert run("--as", "ben", "views", "add", "Ours", "--shared").status == 3


def test_a_view_says_what_is_gone_and_shows_the_rest(survey: Desk, run: Run) -> None:
    run("views", "add", "One", "--columns", "number,answer.may_we_call")
    with survey.store.write() as session:
        from casedesk import model

        row = session.get(model.View, 1)
        assert row is not None
        row.columns = [*row.columns, {"column": "answer.gone", "width": 0}]
    ran = run("views", "run", "One", "--csv")
    assert (ran.status, ran.out) == (0, "number,answer.may_we_call\n1,Yes\n")
    assert ran.err == "casedesk: One: The column answer.gone is gone.\n"


def test_columns_lists_what_a_view_can_have(survey: Desk, run: Run) -> None:
    found = {each["column"]: each["title"] for each in run("views", "columns", "--json").document}
    assert found["answer.may_we_call"] == "May we call?"
    assert found["due"] == "due"
    assert run("views", "columns").out.startswith("column ")


def test_an_action_on_a_response_opens_its_ticket(survey: Desk, run: Run) -> None:
    run("views", "add", "All", "--scope", "responses")
    wrong = run("responses", "action", "2", "Call", "--view", "All", "--status", "No response")
    assert (wrong.status, wrong.err) == (
        3, "casedesk: The view “All” doesn't allow actions; whoever changes it can allow them.\n",
    )  # fmt: skip
    run("views", "change", "All", "--allow-actions")
    ran = run("responses", "action", "2", "Call", "--view", "All", "--status", "No response")
    assert (ran.status, ran.out) == (0, "action: Call – No response · new ticket #2\n")
    assert survey.responses.show(2).ticket == 2
