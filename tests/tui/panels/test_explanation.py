"""The explanation of a ticket, line by line (X6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casedesk.desk import Desk
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.details import write_details
from casedesk.tui.panels.explanation import write_explanation
from casedesk.tui.widgets.drawn import width_of
from tests.conftest import Clock
from tests.timed_desk import BERLIN, CALM, OVERDUE, PAUSED, SOON, lay_timed


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    return lay_timed(desk, clock)


@pytest.fixture
def look(timed: Desk) -> Look:
    return Look(BERLIN, timed.now(), timed.choices().priorities)


def explained(desk: Desk, number: int, look: Look, width: int = 100) -> list[Line]:
    ticket, origins = desk.tickets.show(number), desk.tickets.origins(number)
    return write_explanation(ticket, desk.service_levels.explain(number), origins, look, width)


def said(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _role in line).rstrip() for line in lines]


@pytest.mark.parametrize("width", [40, 52, 72, 106])
@pytest.mark.parametrize("number", [OVERDUE, PAUSED, SOON, CALM])
def test_no_line_is_wider_than_the_page(timed: Desk, look: Look, width: int, number: int) -> None:
    assert max(width_of(line) for line in explained(timed, number, look, width)) <= width


def test_every_span_has_its_line_and_the_sums_are_right(timed: Desk, look: Look) -> None:
    lines = said(explained(timed, OVERDUE, look))
    part = lines[next(place for place, line in enumerate(lines) if line.startswith("Resolution · running")) :]
    rows = [line.split() for line in part]
    assert ["Thu", "5", "Feb", "09:00", "Thu", "5", "Feb", "17:00", "▒", "holiday:", "Founders’", "day", "8h"] in rows
    assert ["Fri", "6", "Feb", "10:00", "Fri", "6", "Feb", "14:00", "×", "closed", "4h"] in rows
    sums = "counted 16h30m + paused 26h + closed 4h + outside hours 48h + holiday 8h = 102h30m in all"
    assert sums in " ".join(part)
    assert "counted 16h30m + left 23h30m = target 40h" in part


def test_the_zone_of_the_calendar_is_named_and_its_times_are_shown(timed: Desk, look: Look) -> None:
    timed.calendars.change("Business hours", zone="America/New_York")
    timed.service_levels.recompute()
    text = "\n".join(said(explained(timed, SOON, look, 200)))
    assert "calendar Business hours, times in America/New_York" in text
    assert "Started Fri 6 Feb 2026 08:20" in text


def test_a_paused_timer_says_what_it_waits_for(timed: Desk, look: Look) -> None:
    text = "\n".join(said(explained(timed, PAUSED, look, 200)))
    assert "First response · paused" in text
    assert "stands still while pending" in text
    assert "to come" not in text


def test_what_is_late_says_by_how_much_working_time(timed: Desk, look: Look) -> None:
    text = "\n".join(said(explained(timed, OVERDUE, look)))
    assert "First response · overdue" in text
    assert "counted 16h30m − late 12h30m = target 4h" in text


def test_a_changed_policy_is_told_where_a_timer_was_judged_before(timed: Desk, look: Look) -> None:
    timed.tickets.close(CALM, resolution="Explained")
    timed.calendars.change("Business hours", hours="mon-fri 08:00-16:00")
    timed.service_levels.recompute()
    assert "Policy or calendar were changed" in "\n".join(said(explained(timed, CALM, look, 200)))


def test_who_set_what_comes_last(timed: Desk, look: Look) -> None:
    timed.as_user("ben").tickets.set_priority(CALM, "high")
    lines = said(explained(timed, CALM, look, 120))
    fields = lines[lines.index(next(line for line in lines if line.startswith("Who set what"))) :]
    assert any(line.startswith("opened") and line.endswith("by ana") for line in fields)
    assert "priority high · ben, 16:00 · priority: normal → high" in [" ".join(line.split()) for line in fields]


def test_plain_rulers_are_ascii(timed: Desk, look: Look) -> None:
    plain = explained(timed, OVERDUE, replace(look, plain=True))
    assert not any(set("█‖×▒░▲") & set(line) for line in said(plain))


def test_a_desk_without_service_levels_says_so(desk: Desk, look: Look) -> None:
    desk.policies.switch(False)
    desk.service_levels.recompute()
    assert said(explained(desk, CALM, look))[0] == "Service levels are off at this desk."


def test_details_list_every_timer(timed: Desk, look: Look) -> None:
    lines = said(write_details(timed.tickets.show(OVERDUE), look, 100))
    assert lines[lines.index(next(line for line in lines if line.startswith("Timers"))) + 1].startswith(
        "First response  due Mon 2 Feb 2026 13:30 (overdue by 4d 2h) · Standard"
    )
    soon = said(write_details(timed.tickets.show(SOON), look, 100))
    assert any("(about to be missed: due in 20m) · Urgent" in line for line in soon)
    paused = said(write_details(timed.tickets.show(PAUSED), look, 100))
    assert any(line == "Resolution      paused while pending · Standard" for line in paused)
