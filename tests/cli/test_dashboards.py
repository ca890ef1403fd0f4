"""`casedesk dashboards …`."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run


@pytest.fixture
def today(desk: Desk, run: Run) -> Desk:
    """Two tickets, a view of them, and the dashboard `Today` with the view, a figure and a chart."""
    for title in ("Late delivery", "=Rude"):
        desk.tickets.new(title, "low")
    desk.views.add("Waiting", query="is:new sort:number", columns=["number", "title"], shared=True)
    assert run("dashboards", "make", "Today", "--period", "last-7d").status == 0
    for options in (
        ("--view", "waiting"),
        ("--report", "tickets", "--figure", "new", "--title", "Came in"),
        ("--report", "tickets", "--chart", "new and closed"),
    ):
        assert run("dashboards", "widget", "add", "Today", *options).status == 0
    return desk


def test_show_prints_figures_charts_and_rows(today: Desk, run: Run) -> None:
    ran = run("dashboards", "show", "today")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Today · 2026-01-25 – 2026-01-31 · Europe/Berlin · ana\n")
    assert "2  Came in      2" in ran.out
    assert "1  Waiting · 2\n# title\n1 Late delivery" in ran.out.replace("  title", " title").replace("  Late", " Late")
    assert "2026-01-31    2       0" in ran.out


def test_show_as_json_has_what_each_widget_shows(today: Desk, run: Run) -> None:
    document = run("dashboards", "show", "Today", "--limit", "1", "--json").document
    assert (document["name"], document["from"], document["to"]) == ("Today", "2026-01-25", "2026-01-31")
    view, figure, chart = document["widgets"]
    assert (view["view"], view["count"], view["rows"]) == (
        "Waiting", 2, [{"ticket": 1, "cells": {"number": 1, "title": "Late delivery"}}],
    )  # fmt: skip
    assert (figure["title"], figure["report"], figure["figure"], figure["value"], figure["n"]) == (
        "Came in", "tickets", "new", 2, 2,
    )  # fmt: skip
    assert figure["rows"] == {"of": "tickets", "query": "created:2026-01-25..2026-01-31"}
    assert chart["lines"][-1] == {"label": "2026-01-31", "new": 2, "closed": 0}


def test_show_can_look_at_another_period_and_query(today: Desk, run: Run) -> None:
    document = run("dashboards", "show", "Today", "--period", "2025", "--query", "is:open", "--json").document
    assert (document["from"], document["query"], document["widgets"][1]["value"]) == ("2025-01-01", "is:open", 0)
    assert run("dashboards", "show", "Today", "--period", "someday").status == 2


def test_list_says_whose_it_is_and_what_opens_first(today: Desk, run: Run) -> None:
    run("dashboards", "share", "Today", "--user", "ben")
    run("dashboards", "pin", "Today")
    assert "Today      ana    ben          opens first        3  last-7d" in run("dashboards", "list").out
    listed = run("dashboards", "list", "--json", LOGNAME="ben").document[0]
    assert (listed["owner"], listed["mine"], listed["pinned"], listed["shared_with"]) == (
        "ana", False, False, {"users": ["ben"], "teams": []},
    )  # fmt: skip
    assert run("dashboards", "unpin").out == "the ticket list opens first\n"
    assert run("dashboards", "unshare", "Today").status == 0
    assert run("dashboards", "list", LOGNAME="ben").out.startswith("There are no dashboards yet")


def test_widgets_are_changed_moved_and_removed(today: Desk, run: Run) -> None:
    assert run("dashboards", "widget", "move", "Today", "3", "1").status == 0
    assert run("dashboards", "widget", "change", "Today", "3", "--figure", "closed", "--width", "2").status == 0
    assert run("dashboards", "widget", "remove", "Today", "2").status == 0
    widgets = run("dashboards", "show", "Today", "--json").document["widgets"]
    assert [(each["place"], each["kind"], each["width"]) for each in widgets] == [(1, "chart", 2), (2, "figure", 2)]
    assert widgets[1]["figure"] == "closed"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("show", "Tody"), 1, "did you mean Today"),
        (("make", "today"), 2, "already"),
        (("make", "Week", "--period", "2026-02..2026-01"), 2, "ends before it begins"),
        (("widget", "add", "Today"), 2, "Give one of"),
        (("widget", "add", "Today", "--figure", "new"), 2, "--report"),
        (("widget", "add", "Today", "--report", "tickets", "--figure", "neww"), 1, "there is new"),
        (("widget", "add", "Today", "--report", "tickets", "--figure", "new", "--query", "statsu:x"), 2, "statsu"),
        (("widget", "add", "Today", "--view", "Watiing"), 1, "Waiting"),
        (("widget", "change", "Today", "1", "--figure", "new"), 2, "is a view"),
        (("widget", "remove", "Today", "9"), 1, "places are 1 to 3"),
        (("share", "Today"), 2, "Name a user or a team"),
        (("show", "Today", "--html", "x", "--json"), 2, "one of"),
        (("show", "Today", "--limit", "0"), 2, "--limit"),
    ],
)
def test_bad_input_is_one_sentence(today: Desk, run: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    ran = run("dashboards", *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_others_may_copy_what_they_may_not_change(today: Desk, run: Run) -> None:
    run("dashboards", "share", "Today", "--user", "ben")
    assert run("dashboards", "change", "Today", "--name", "Mine", LOGNAME="ben").status == 3
    assert run("dashboards", "copy", "Today", "Mine", LOGNAME="ben").status == 0
    assert run("dashboards", "show", "Mine", "--json", LOGNAME="ben").document["widgets"][1]["error"]


def test_a_retired_dashboard_comes_back(today: Desk, run: Run) -> None:
    run("dashboards", "retire", "Today")
    assert run("dashboards", "list", "--json").document == []
    assert run("dashboards", "list", "--retired", "--json").document[0]["retired"] is True
    run("dashboards", "restore", "Today")
    assert run("dashboards", "list", "--json").document[0]["name"] == "Today"
    assert run("undo").status == 0


def test_html_is_one_page_and_overwrites_nothing(today: Desk, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "today.html"
    assert run("dashboards", "show", "Today", "--html", str(page)).status == 0
    text = page.read_text(encoding="utf-8")
    assert "Came in" in text
    assert "<script" not in text
    assert run("dashboards", "show", "Today", "--html", str(page)).status == 2
    assert run("dashboards", "show", "Today", "--html", str(page), "--replace").status == 0
