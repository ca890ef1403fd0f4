"""`casedesk sla deadline` and `elapsed`: business-time arithmetic by itself (behaviour 3.2 and 3.3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

OFFICE = ("--zone", "Europe/Berlin", "--hours", "mon-fri 09:00-17:00")


def test_a_deadline_is_given_with_its_spans(run: Run) -> None:
    ran = run(
        "sla", "deadline", "2026-12-24T16:00", "2h", *OFFICE, "--holidays", "2026-12-25 Christmas Day", "--json"
    )  # fmt: skip
    assert ran.document["deadline"] == "2026-12-28T09:00:00Z"
    assert ran.document["spans"][2] == {
        "start": "2026-12-25T08:00:00Z", "end": "2026-12-25T16:00:00Z", "kind": "holiday", "seconds": 28800,
        "working_seconds": 0, "name": "Christmas Day",
    }  # fmt: skip
    assert [span["kind"] for span in ran.document["spans"]] == ["counted", "outside", "holiday", "outside", "counted"]


def test_elapsed_time_is_given_in_seconds_with_its_spans(run: Run) -> None:
    ran = run("sla", "elapsed", "2026-06-05T16:00", "2026-06-08T10:00", *OFFICE, "--json")
    assert ran.document["elapsed_seconds"] == 7200
    assert sum(span["seconds"] for span in ran.document["spans"] if span["kind"] == "counted") == 7200


def test_an_offset_goes_before_the_zone(run: Run) -> None:
    for start in ("2026-06-05T14:00:00Z", "2026-06-05T16:00:00+02:00", "2026-06-05 16:00"):
        assert run("sla", "deadline", start, "PT30M", *OFFICE, "--json").document["deadline"] == "2026-06-05T14:30:00Z"


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-03-29T02:30", "2026-03-29T01:30:00Z"), ("2026-10-25T02:30", "2026-10-25T00:30:00Z")],
    ids=["a skipped hour", "the hour that comes twice"],
)
def test_wall_times_of_a_clock_change_are_read_as_hours_are(run: Run, start: str, due: str) -> None:
    ran = run("sla", "deadline", start, "0m", "--zone", "Europe/Berlin", "--hours", "24x7", "--json")
    assert ran.document["deadline"] == due


def test_pauses_do_not_count(run: Run) -> None:
    pauses = "2026-06-01T11:00/2026-06-01T11:30, 2026-06-01T12:30/"
    assert run("sla", "deadline", "2026-06-01T10:00", "1h30m", *OFFICE, "--pauses", pauses, "--json").document[
        "deadline"
    ] == "2026-06-01T10:00:00Z"  # fmt: skip
    elapsed = run("sla", "elapsed", "2026-06-01T10:00", "2026-06-02T17:00", *OFFICE, "--pauses", pauses, "--json")
    assert elapsed.document["elapsed_seconds"] == 7200
    never = run("sla", "deadline", "2026-06-01T10:00", "4h", *OFFICE, "--pauses", pauses)
    assert (never.status, never.err) == (2, "casedesk: There is no deadline while the clock is paused.\n")


def test_people_read_the_result_in_the_zone_and_in_utc(run: Run) -> None:
    ran = run("sla", "deadline", "2026-06-05T16:00", "2h", *OFFICE)
    assert ran.out.splitlines() == [
        "deadline  2026-06-08 10:00+02:00 Europe/Berlin",
        "in UTC    2026-06-08T08:00:00Z",
        "",
        "from                    to                      kind           time",
        "2026-06-05 16:00+02:00  2026-06-05 17:00+02:00  counted        1h",
        "2026-06-05 17:00+02:00  2026-06-08 09:00+02:00  outside hours  2d16h",
        "2026-06-08 09:00+02:00  2026-06-08 10:00+02:00  counted        1h",
    ]


def test_a_long_list_of_spans_is_cut_in_the_middle(run: Run) -> None:
    lines = run("sla", "elapsed", "2026-01-01", "2027-01-01", *OFFICE).out.splitlines()
    assert lines[:2] == ["elapsed     87d", "in seconds  7,516,800"]
    assert len(lines) == 45
    assert any(line.startswith("…") and line.endswith("483 more") for line in lines)


def test_no_time_has_no_spans(run: Run) -> None:
    assert run("sla", "elapsed", "2026-06-02", "2026-06-01", *OFFICE).out == "elapsed     0m\nin seconds  0\n"


def test_no_desk_is_needed(run: Run, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "none.desk")
    ran = run("sla", "elapsed", "2026-06-05T16:00", "2026-06-08T10:00", *OFFICE, CASEDESK_DESK=nowhere)
    assert ran.status == 0
    assert not Path(nowhere).exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("2026-06-01", "2h"), "Give --calendar NAME, or --zone and --hours."),
        (("2026-06-01", "2h", "--zone", "UTC"), "Give --calendar NAME, or --zone and --hours."),
        (("2026-06-01", "2h", "--calendar", "Main", "--zone", "UTC"), "Give --calendar, or --zone and --hours;"),
        (("tomorrow", "2h", *OFFICE), "“tomorrow” isn't an instant;"),
        (("2026-06-01T09:00:00.5", "2h", *OFFICE), "“2026-06-01T09:00:00.5” isn't a whole second."),
        (("2026-06-01", "-2h", *OFFICE), "A duration can't be negative."),
        (("2026-06-01", "P1M", *OFFICE), "Months and years have no fixed length;"),
        (("2026-06-01", "2h", "--zone", "Europe/Berln", "--hours", "24x7"), "There is no time zone “Europe/Berln”;"),
        (("2026-06-01", "2h", "--zone", "UTC", "--hours", "mon"), "“mon” has no times;"),
        (("2026-06-01", "2h", *OFFICE, "--holidays", "Easter"), "“Easter” doesn't begin with a date"),
        (("2026-06-01", "2h", *OFFICE, "--pauses", "2026-06-01"), "“2026-06-01” isn't a pause;"),
        (("2026-06-01", "2h", *OFFICE, "--pauses", "2026-06-02/2026-06-01"), "A pause can't end before it begins."),
        (("0001-01-01", "2h", *OFFICE), "The instant lies outside the years"),
        (("2026-06-01", "90000d", "--zone", "UTC", "--hours", "mon 09:00-10:00"), "A duration has 100 years at most."),
        (("2026-06-01", "9000d", "--zone", "UTC", "--hours", "mon 09:00-10:00"), "There is too little working time:"),
    ],
)
def test_mistakes_are_told_in_one_line(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    ran = run("sla", "deadline", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"casedesk: {sentence}")
    assert ran.err.count("\n") == 1


def test_a_calendar_of_the_desk_brings_its_own_hours(desk: Desk, run: Run) -> None:
    named = run("sla", "deadline", "2026-06-05T16:00", "2h", "--calendar", "business hours", "--json")
    assert named.document == run("sla", "deadline", "2026-06-05T16:00", "2h", *OFFICE, "--json").document


def test_a_calendar_that_the_desk_lacks_is_not_found(desk: Desk, run: Run) -> None:
    ran = run("sla", "deadline", "2026-06-05T16:00", "2h", "--calendar", "Bussiness hours")
    assert ran.status == 1
    assert "did you mean Business hours?" in ran.err
