"""`casedesk report … --svg FILE` and `--html FILE`: reports to pass on, with the figures of `--json`."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from casedesk.desk import Desk
from tests.cli.conftest import Run


def test_a_page_has_the_figures_of_json(run: Run, desk: Desk, ticket: int, tmp_path: Path) -> None:
    path = tmp_path / "tickets.html"
    assert run("report", "tickets", "--html", str(path)).status == 0
    document = run("report", "tickets", "--json").document
    totals = re.findall(
        r'<span class="name">([^<]*)</span>\s*<span class="value">(?:<data value="([^"]*)")?', path.read_text("utf-8")
    )
    titles = {one["title"]: one["id"] for one in document["definitions"]}
    assert document["new"] == 1
    assert {titles[title]: float(value) if value else None for title, value in totals} == {
        id_: document[id_] for id_ in titles.values()
    }


def test_charts_are_written_as_svg(run: Run, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "cases.svg"
    assert run("report", "cases", "--svg", str(path)).out == f"Written to {path}.\n"
    assert ElementTree.parse(path).getroot().tag.endswith("svg")


def test_a_file_that_is_there_is_left_alone_unless_replaced(run: Run, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "tickets.html"
    path.write_text("mine")
    refused = run("report", "tickets", "--html", str(path))
    assert (refused.status, path.read_text()) == (2, "mine")
    assert "exists already" in refused.err
    assert run("report", "tickets", "--html", str(path), "--replace").status == 0
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_folder_that_is_not_there_is_said_in_one_line(run: Run, desk: Desk, tmp_path: Path) -> None:
    refused = run("report", "tickets", "--svg", str(tmp_path / "none" / "a.svg"))
    assert refused.status == 2
    assert refused.err.count("\n") == 1
