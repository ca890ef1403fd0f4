"""`casedesk report …`: figures for people, for scripts and for spreadsheets, and mistakes told in one sentence."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run
from tests.conftest import Clock

HEADER = ("id", "email", "nps", "comment", "answered_at")
ROWS = (
    ("r1", "rosa@example.com", 2, "Late again", "2026-01-20 10:00"),
    ("r2", "ken@example.com", 9, "Quick", "2026-01-21 10:00"),
    ("r3", "lea@example.com", 10, "", "2026-01-21 23:30"),
    ("r4", "sam@example.com", 7, "", "2025-12-20 10:00"),
)
JANUARY = ("--from", "2026-01")


@pytest.fixture
def surveyed(desk: Desk, tmp_path: Path) -> Desk:
    """Three answers of January and one of December, of the campaign Winter; one became ticket 1, which is closed."""
    path = tmp_path / "winter.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *ROWS])
    desk.imports.run(path)
    return desk


@pytest.mark.usefixtures("surveyed")
def test_feedback_has_the_promised_fields(run: Run) -> None:
    document = run("report", "feedback", *JANUARY, "--by", "week", "--json").document
    promised = ("responses", "scored", "promoters", "passives", "detractors", "nps")
    assert {name: document[name] for name in promised} == {
        "responses": 3, "scored": 3, "promoters": 2, "passives": 0, "detractors": 1, "nps": 33.3,
    }  # fmt: skip
    assert (document["nps_low"], document["nps_high"], document["n"]) == (-73.4, 100, 3)
    assert (document["from"], document["to"], document["zone"]) == ("2026-01-01", "2026-01-31", "Europe/Berlin")
    assert [(week["label"], week["responses"], week["nps"]) for week in document["by"]][2:] == [
        ("2026-W03", 0, None), ("2026-W04", 3, 33.3), ("2026-W05", 0, None),
    ]  # fmt: skip
    assert {*promised, "nps_low", "nps_high", "n", "rows"} <= set(document["by"][0])


@pytest.mark.usefixtures("surveyed")
def test_every_figure_says_its_n_its_rows_its_meaning_and_the_period_before(run: Run) -> None:
    document = run("report", "feedback", *JANUARY, "--json").document
    assert document["n_of"]["promoters"] == 2
    assert document["rows"]["promoters"] == {
        "of": "responses", "query": "answered:2026-01-01..2026-01-31 nps:promoter",
    }  # fmt: skip
    listed = run("responses", "list", document["rows"]["promoters"]["query"], "--json").document
    assert {response["score"] for response in listed} == {9, 10}
    assert document["compared_with"] == {"from": "2025-12-01", "to": "2025-12-31"}
    assert (document["before"]["nps"], document["changed"]["nps"]) == (0, False)
    meanings = {definition["id"]: definition for definition in document["definitions"]}
    assert "trinomial" in meanings["nps"]["meaning"]
    assert "Rocks" in meanings["nps"]["source"]


@pytest.mark.usefixtures("surveyed")
def test_without_comparing_nothing_is_said_of_the_period_before(run: Run) -> None:
    document = run("report", "feedback", *JANUARY, "--no-compare", "--json").document
    assert (document["compared_with"], document["before"], document["changed"]) == (None, None, None)


def test_cases_have_the_promised_fields(surveyed: Desk, run: Run, clock: Clock) -> None:
    clock.tick(3600)
    surveyed.tickets.close(1, resolution="Explained")
    document = run("report", "cases", *JANUARY, "--json").document
    assert {name: document[name] for name in ("new", "closings", "closed", "open", "reopened", "n")} == {
        "new": 1, "closings": 1, "closed": 1, "open": 0, "reopened": 0, "n": 1,
    }  # fmt: skip
    seconds = [document[f"{name}_open_seconds"] for name in ("average", "median", "p90")]
    assert seconds == [3600, 3600, 3600]
    assert [group["label"] for group in document["by"]] == ["Winter"]


def test_open_time_is_counted_by_day_and_night_or_by_working_hours(surveyed: Desk, run: Run, clock: Clock) -> None:
    clock.tick(3600)
    surveyed.tickets.close(1, resolution="Explained")
    counted = [
        run("report", "tickets", *JANUARY, switch, "--json").document["average_open_seconds"]
        for switch in ("--calendar-time", "--working")
    ]
    assert counted == [3600, 0]  # it is a Saturday


def test_service_levels_have_the_promised_fields(surveyed: Desk, run: Run, clock: Clock) -> None:
    assert run("sla", "on", "--hours", "8").status == 0
    clock.tick(3600)
    surveyed.tickets.close(1, resolution="Explained")
    document = run("report", "sla", *JANUARY, "--by", "policy", "--json").document
    promised = {name: document[name] for name in ("inside", "outside", "running", "overdue")}
    assert promised == {"inside": 1, "outside": 0, "running": 0, "overdue": 0}
    assert (document["inside_percent"], document["inside_percent_low"]) == (100, 20.7)
    assert [(group["label"], group["inside"]) for group in document["by"]] == [("Standard", 1)]


@pytest.mark.usefixtures("surveyed")
def test_people_read_period_zone_figures_and_table(run: Run) -> None:
    lines = run("report", "feedback", *JANUARY, "--by", "campaign").out.splitlines()
    assert lines[0] == "Feedback · 2026-01 · Europe/Berlin · compared with 2025-12"
    assert lines[2:9] == [
        "            value  95 % interval   n  change",
        "Responses       3                  3  before 1, up by 2",
        "NPS scores      3                  3  before 1, up by 2",
        "Promoters       2                  2  before 0, up by 2",
        "Passives        0                  0  before 1, down by 1",
        "Detractors      1                  1  before 0, up by 1",
        "NPS          33.3  −73.4 to 100.0  3  before 0.0, no change beyond chance",
    ]
    assert lines[10:12] == [
        "campaign  Responses  NPS scores  Promoters  Passives  Detractors   NPS",
        "Winter            3           3          2         0           1  33.3",
    ]


@pytest.mark.usefixtures("surveyed")
def test_definitions_are_there_when_asked_for(run: Run) -> None:
    assert "variance of the trinomial" not in run("report", "feedback", *JANUARY).out
    defined = run("report", "feedback", *JANUARY, "--define").out
    assert "variance of the trinomial" in " ".join(defined.split())


def test_nothing_is_told_as_nothing(desk: Desk, run: Run) -> None:
    ran = run("report", "feedback", *JANUARY, "--json")
    assert [ran.document[name] for name in ("responses", "nps", "nps_low", "n")] == [0, None, None, 0]
    assert "NPS             –" in run("report", "feedback", *JANUARY).out


def test_names_from_outside_never_reach_the_terminal_or_a_spreadsheet_raw(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "winter.csv"
    path.write_text("id,nps,answered_at\nr1,9,2026-01-20 10:00\n", encoding="utf-8")
    desk.imports.run(path, campaign="=1+1 \x1b[31m")
    wanted = ("report", "feedback", *JANUARY, "--by", "campaign")
    assert "\x1b" not in run(*wanted).out
    table = list(csv.reader(io.StringIO(run(*wanted, "--csv").out)))
    assert table[0][:2] == ["campaign", "responses"]
    assert [row[0][:5] for row in table[1:]] == ["'=1+1", "total"]


@pytest.mark.usefixtures("surveyed")
def test_a_query_narrows_it_down(run: Run) -> None:
    document = run("report", "feedback", *JANUARY, "--query", "nps>=9", "--json").document
    assert (document["responses"], document["nps"], document["query"]) == (2, 100, "nps>=9")


@pytest.mark.usefixtures("surveyed")
def test_days_are_those_of_the_zone_that_is_given(run: Run) -> None:
    days = run("report", "feedback", *JANUARY, "--zone", "Asia/Tokyo", "--json").document["by"]
    assert {day["label"]: day["responses"] for day in days if day["responses"]} == {
        "2026-01-20": 1, "2026-01-21": 1, "2026-01-22": 1,
    }  # fmt: skip


@pytest.mark.usefixtures("surveyed")
@pytest.mark.parametrize("kind", ["svg", "html"])
def test_a_report_is_written_to_a_file_once(run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"january.{kind}"
    wanted = ("report", "feedback", *JANUARY, f"--{kind}", str(path))
    assert run(*wanted).out == f"Written to {path}.\n"
    assert "<svg" in path.read_text(encoding="utf-8")
    again = run(*wanted)
    assert (again.status, again.err) == (2, f"casedesk: {path} exists already; it is left as it is.\n")
    assert run(*wanted, "--replace").status == 0


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("feedback", "--from", "2026-02-01", "--to", "2026-01-01"),
         "The period ends on 2026-01-01, before it begins on 2026-02-01."),
        (("tickets", "--by", "colour"), "A report can't be grouped by “colour”;"),
        (("feedback", "--by", "status"), "Responses can't be grouped by “status”;"),
        (("feedback", "--query", "nsp<=6"), 'Unknown field "nsp" at 1: did you mean nps?'),
        (("sla",), "Service levels are off, so nothing is inside or outside;"),
        (("sales",), "There is no report “sales”; there is tickets, cases,"),
        (("feedback", "--from", "someday"), "“someday” is no date;"),
        (("feedback", "--zone", "Europe/Berlim"), "There is no time zone “Europe/Berlim”; did you mean Europe/Berlin"),
        (("feedback", "--json", "--csv"), "Give one of --json, --csv, --svg and --html."),
    ],
    ids=["turned round", "field", "field of responses", "query", "levels off", "name", "date", "zone", "two forms"],
)  # fmt: skip
def test_mistakes_are_one_sentence(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    ran = run("report", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"casedesk: {sentence}")
    assert ran.err.count("\n") == 1


@pytest.mark.usefixtures("desk")
def test_an_agent_without_the_right_is_refused(run: Run) -> None:
    ran = run("--as", "ben", "report", "feedback")
    assert (ran.status, ran.out) == (3, "")


@pytest.mark.usefixtures("surveyed")
def test_lines_have_the_columns_that_totals_lack(run: Run) -> None:
    document = run("report", "causes", *JANUARY, "--json").document
    assert document["grouped_by"] == "month"
    line = document["by"][-1]
    assert (line["label"], line["new"], line["closed:2026-01"]) == ("Unclassified", 1, 0)
    assert {"new", "closed"} <= {definition["id"] for definition in document["definitions"]}
