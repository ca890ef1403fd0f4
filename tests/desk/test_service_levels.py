"""Timers on tickets: they follow every act, and what they miss is recorded once (A4, behaviour 3.4 to 3.7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.service_levels import NEXT
from tests.conftest import Clock

HOUR = 3600
MONDAY = 1_769_990_400
"""Monday, 2 February 2026, 00:00 UTC."""


def at(hours: float) -> datetime:
    return datetime.fromtimestamp(MONDAY + hours * HOUR, UTC)


def go_to(clock: Clock, hours: float) -> None:
    clock.seconds = MONDAY + hours * HOUR


@pytest.fixture
def levels(desk: Desk, clock: Clock) -> Desk:
    """A desk with service levels on, on Monday at nine: eight working hours to resolve, Monday to Friday, nine to five,
    with a warning an hour ahead."""
    go_to(clock, 9)
    desk.calendars.change("Business hours", zone="UTC")
    desk.policies.set_simple(8)
    desk.service_levels.recompute()
    return desk


def opened(desk: Desk, priority: str = "normal") -> int:
    return desk.tickets.new("Parcel lost", priority).done[0]


def due(desk: Desk, number: int) -> datetime | None:
    (line,) = desk.tickets.lines([number])
    return line.due_at


def kinds(desk: Desk, number: int) -> list[tuple[str, str]]:
    return [(timer.kind, timer.state) for timer in desk.service_levels.timers(number)]


def told(desk: Desk, number: int, kind: str) -> list[str]:
    return [entry.text for entry in desk.tickets.feed(number) if entry.kind == kind]


def test_nothing_is_timed_while_service_levels_are_off(desk: Desk) -> None:
    number = opened(desk)
    assert due(desk, number) is None
    assert "off" in desk.service_levels.explain(number).text


def test_a_new_ticket_is_due_by_its_policy(levels: Desk, clock: Clock) -> None:
    go_to(clock, 12)
    assert due(levels, opened(levels)) == at(24 + 12)


def test_closing_in_time_meets_the_target_and_keeps_the_due_instant(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 11)
    levels.tickets.close(number, "Resolved")
    assert kinds(levels, number) == [("resolution", "met")]
    assert due(levels, number) == at(17)
    assert levels.tickets.numbers("is:breached") == []


def test_taking_the_closing_back_brings_the_same_due_instant_back(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 11)
    levels.tickets.close(number, "Resolved")
    go_to(clock, 13)
    levels.acts.undo()
    assert (kinds(levels, number), due(levels, number)) == ([("resolution", "running")], at(17))
    levels.acts.redo()
    (timer,) = levels.service_levels.timers(number)
    assert (timer.state, timer.ended_at) == ("met", at(11))


def test_reopening_leaves_out_the_closed_span(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 11)
    levels.tickets.close(number, "Resolved")
    go_to(clock, 14)
    levels.tickets.reopen(number)
    assert due(levels, number) == at(24 + 12)


def test_a_ticket_closed_too_late_is_a_breach_at_once(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 24 + 9)
    levels.tickets.close(number, "Resolved")
    assert told(levels, number, "breach") == ["breach: resolution due 2026-02-02 18:00"]
    assert levels.tickets.numbers("is:breached") == [number]


def test_the_due_instant_itself_is_in_time(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 17)
    assert levels.tickets.numbers("is:overdue") == []
    levels.tickets.close(number, "Resolved")
    assert told(levels, number, "breach") == []


def test_the_sweep_warns_and_then_records_the_breach_once(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 16.01)
    assert levels.sweeping.run().warned == (number,)
    assert levels.sweeping.run().warned == ()
    go_to(clock, 17.01)
    assert levels.sweeping.run().breached == (number,)
    assert levels.sweeping.run().breached == ()
    assert told(levels, number, "due soon") == ["due soon: resolution due 2026-02-02 18:00"]
    assert told(levels, number, "breach") == ["breach: resolution due 2026-02-02 18:00"]


def test_what_is_overdue_is_a_breach_before_any_sweep(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 17.01)
    assert levels.tickets.numbers("is:breached") == [number]
    assert [timer.breached for timer in levels.service_levels.timers(number)] == [True]


def test_a_recorded_breach_stays_after_reopening(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 24 + 9)
    levels.tickets.close(number, "Resolved")
    levels.tickets.reopen(number)
    levels.acts.undo(levels.acts.journal(1)[0].id)
    levels.tickets.reopen(number)
    assert levels.tickets.numbers("is:breached") == [number]
    assert len(told(levels, number, "breach")) == 1


def test_a_missed_target_does_not_keep_a_new_ticket_from_being_taken_back(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 24 + 9)
    levels.sweeping.run()
    levels.acts.undo()
    assert levels.tickets.numbers("") == []
    assert levels.store.reader().value("SELECT count(*) FROM ticket_timer") == 0
    levels.acts.redo()
    assert due(levels, number) == at(17)


def test_pending_pauses_where_the_policy_says_so(levels: Desk, clock: Clock) -> None:
    levels.policies.change("Standard", pauses=["resolution"])
    levels.service_levels.recompute()
    number = opened(levels)
    go_to(clock, 10)
    levels.tickets.set_status(number, "pending")
    (line,) = levels.tickets.lines([number])
    assert (line.due_at, line.paused) == (None, True)
    go_to(clock, 12)
    levels.tickets.set_status(number, "open")
    assert due(levels, number) == at(24 + 11)


def test_waking_up_lets_the_timer_run_on(levels: Desk, clock: Clock) -> None:
    levels.policies.change("Standard", pauses=["resolution"])
    levels.service_levels.recompute()
    number = opened(levels)
    levels.tickets.set_status(number, "pending", until=at(11))
    go_to(clock, 11)
    levels.sweeping.run()
    assert due(levels, number) == at(24 + 11)


def test_a_change_of_priority_counts_from_the_opening(levels: Desk, clock: Clock) -> None:
    levels.policies.set_target("Standard", "resolution", 2 * HOUR, priority="urgent")
    levels.service_levels.recompute()
    number = opened(levels)
    go_to(clock, 10)
    levels.tickets.set_priority(number, "urgent")
    assert due(levels, number) == at(11)


def test_the_first_policy_that_matches_applies(levels: Desk) -> None:
    levels.policies.add("Lost things", "title:lost", targets=[("resolution", None, HOUR)])
    levels.policies.add("Everything lost", "lost", targets=[("resolution", None, 2 * HOUR)])
    levels.service_levels.recompute()
    number = opened(levels)
    assert due(levels, number) == at(10)
    assert levels.service_levels.explain(number).policy == "Lost things"


def test_a_tag_given_by_an_act_counts_for_the_policy_at_once(levels: Desk) -> None:
    levels.policies.add("Gold", "tag:detractor", targets=[("resolution", None, HOUR)])
    levels.service_levels.recompute()
    number = opened(levels)
    assert due(levels, number) == at(17)
    levels.tickets.tag(number, ["detractor"])
    assert due(levels, number) == at(10)
    levels.acts.undo()
    assert due(levels, number) == at(17)


def test_a_changed_target_moves_open_tickets_and_leaves_closed_ones(levels: Desk, clock: Clock) -> None:
    closed, open_ = opened(levels), opened(levels)
    levels.tickets.close(closed, "Resolved")
    levels.policies.set_simple(4)
    assert levels.service_levels.pending
    assert levels.service_levels.recompute() == 1
    assert (due(levels, closed), due(levels, open_)) == (at(17), at(13))
    assert not levels.service_levels.pending


def test_a_changed_calendar_moves_open_tickets_back_and_forth(levels: Desk) -> None:
    number = opened(levels)
    levels.calendars.change("Business hours", hours="mon-fri 09:00-13:00")
    levels.sweeping.run()
    assert due(levels, number) == at(24 + 13)
    levels.acts.undo()
    levels.sweeping.run()
    assert due(levels, number) == at(17)


def test_switching_off_leaves_nothing_due(levels: Desk) -> None:
    number = opened(levels)
    levels.policies.switch(False)
    levels.service_levels.recompute()
    assert (due(levels, number), kinds(levels, number)) == (None, [])


def test_working_out_can_be_stopped_and_goes_on_where_it_was(levels: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casedesk.desk.service_levels._CHUNK", 2)
    numbers = [opened(levels) for _ in range(5)]
    levels.policies.set_simple(4)
    seen: list[tuple[int, int]] = []

    def stop_at_once(done: int, total: int) -> bool:
        seen.append((done, total))
        return False

    assert levels.service_levels.recompute(stop_at_once) == 2
    assert [due(levels, number) for number in numbers] == [at(13)] * 2 + [at(17)] * 3
    assert levels.service_levels.recompute() == 3
    assert seen == [(2, 5)]
    assert {due(levels, number) for number in numbers} == {at(13)}


def test_a_merged_ticket_has_no_running_timer(levels: Desk, clock: Clock) -> None:
    source, target = opened(levels), opened(levels)
    go_to(clock, 10)
    levels.tickets.merge(source, target)
    assert kinds(levels, source) == [("resolution", "stopped")]
    assert kinds(levels, target) == [("resolution", "running")]
    levels.acts.undo()
    assert kinds(levels, source) == [("resolution", "running")]


def test_a_merge_is_torn_apart_though_a_breach_was_recorded_since(levels: Desk, clock: Clock) -> None:
    source, target = opened(levels), opened(levels)
    levels.tickets.merge(source, target)
    go_to(clock, 24 + 9)
    levels.sweeping.run()
    levels.acts.undo()
    assert told(levels, target, "breach") == ["breach: resolution due 2026-02-02 18:00"]


def message(desk: Desk, number: int, direction: str, hours: float) -> None:
    with desk.store.write() as session:
        session.add(
            model.Message(
                ticket_id=number,
                direction=direction,
                channel="phone",
                author_id=1 if direction == "out" else None,
                at=MONDAY + round(hours * HOUR),
                recorded_at=MONDAY + round(hours * HOUR),
                body="…",
            )
        )


def test_messages_drive_the_first_response_and_the_next_reply(levels: Desk, clock: Clock) -> None:
    levels.policies.change(
        "Standard",
        targets=[("first response", None, HOUR), ("next reply", None, 2 * HOUR), ("resolution", None, 8 * HOUR)],
    )
    levels.service_levels.recompute()
    number = opened(levels)
    assert due(levels, number) == at(10)
    message(levels, number, "out", 9.5)
    levels.tickets.add_note(number, "Wrote to her.")
    assert due(levels, number) == at(17)
    message(levels, number, "in", 11)
    levels.tickets.add_note(number, "She wrote back.")
    assert due(levels, number) == at(13)
    assert kinds(levels, number) == [("first response", "met"), ("next reply", "running"), ("resolution", "running")]


def test_the_explanation_adds_up(levels: Desk, clock: Clock) -> None:
    levels.policies.change("Standard", pauses=["resolution"])
    levels.service_levels.recompute()
    number = opened(levels)
    go_to(clock, 10)
    levels.tickets.set_status(number, "pending")
    go_to(clock, 12)
    levels.tickets.set_status(number, "open")
    go_to(clock, 14)
    levels.tickets.close(number, "Resolved")
    go_to(clock, 16)
    levels.tickets.reopen(number)
    go_to(clock, 24 + 10)
    (found,) = levels.service_levels.explain(number).timers
    assert [(span.kind, span.start, span.end) for span in found.spans] == [
        ("counted", at(9), at(10)),
        ("paused", at(10), at(12)),
        ("counted", at(12), at(14)),
        ("closed", at(14), at(16)),
        ("counted", at(16), at(17)),
        ("outside", at(17), at(24 + 9)),
        ("counted", at(24 + 9), at(24 + 10)),
    ]
    assert sum(seconds for _kind, seconds in found.totals) == 25 * HOUR
    assert (found.counted, found.left) == (5 * HOUR, 3 * HOUR)
    assert sum(span.working for span in found.ahead if span.kind == "counted") == found.left
    assert found.timer.due_at == at(24 + 13)
    assert not found.changed


def test_the_explanation_says_when_a_met_timer_was_judged_by_another_calendar(levels: Desk, clock: Clock) -> None:
    number = opened(levels)
    go_to(clock, 10)
    levels.tickets.close(number, "Resolved")
    levels.calendars.change("Business hours", hours="mon-fri 09:00-11:00")
    levels.service_levels.recompute()
    (found,) = levels.service_levels.explain(number).timers
    assert (found.changed, found.timer.due_at) == (True, at(17))


def test_the_explanation_says_why_nothing_is_timed(levels: Desk) -> None:
    levels.policies.set_target("Standard", "resolution", None)
    levels.service_levels.recompute()
    assert "no target" in levels.service_levels.explain(opened(levels)).text


def test_the_sweep_finds_what_is_next_by_an_index(levels: Desk) -> None:
    plan = levels.store.reader().rows(f"EXPLAIN QUERY PLAN {NEXT}", (1, 1))
    assert any("ix_ticket_timer_next" in row[3] for row in plan)
    assert not any("TEMP B-TREE" in row[3] for row in plan)
