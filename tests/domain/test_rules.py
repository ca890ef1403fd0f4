"""Triggers, and chains of rules: whatever rules set each other off, it ends (behaviour 4.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rules import MAX_DEPTH, RAN_ALREADY, TOO_DEEP, Event, run_chain, trigger_of


@dataclass(frozen=True)
class Rule:
    """A rule that waits for one thing and causes others."""

    id: int
    trigger: str
    causes: tuple[str, ...] = ()


@dataclass
class Desk:
    """Judges and carries out, and remembers what ran and what was stopped."""

    holding: dict[int, set[int]] = field(default_factory=dict)
    ran: list[tuple[int, int, int, int | None]] = field(default_factory=list)
    stopped: list[tuple[int, int, str]] = field(default_factory=list)
    judged_after: list[int] = field(default_factory=list)

    def judge(self, rule: Rule, numbers: Sequence[int]) -> set[int]:
        self.judged_after.append(len(self.ran))
        return set(numbers) & self.holding.get(rule.id, set(numbers))

    def carry(self, rule: Rule, event: Event, depth: int) -> tuple[int, list[Event]]:
        self.ran.append((rule.id, event.ticket, depth, event.after))
        return len(self.ran), [Event(cause, event.ticket) for cause in rule.causes]

    def stop(self, rule: Rule, event: Event, depth: int, reason: str) -> None:
        self.stopped.append((rule.id, depth, reason))


def run(rules: Sequence[Rule], *events: Event, desk: Desk | None = None) -> Desk:
    desk = desk or Desk()
    run_chain(events, rules, judge=desk.judge, carry=desk.carry, stop=desk.stop)
    return desk


RULES = st.lists(
    st.builds(
        Rule,
        id=st.integers(1, 40),
        trigger=st.sampled_from("abcdef"),
        causes=st.lists(st.sampled_from("abcdef"), max_size=4).map(tuple),
    ),
    max_size=40,
    unique_by=lambda rule: rule.id,
)
EVENTS = st.lists(st.builds(Event, trigger=st.sampled_from("abcdef"), ticket=st.integers(1, 3)), max_size=6)


@given(rules=RULES, events=EVENTS)
def test_every_chain_ends_and_each_rule_runs_at_most_once_on_a_ticket(rules: list[Rule], events: list[Event]) -> None:
    desk = run(rules, *events)
    assert all(count == 1 for count in Counter((rule, ticket) for rule, ticket, _, _ in desk.ran).values())
    assert all(depth < MAX_DEPTH for _, _, depth, _ in desk.ran)


@given(rules=RULES, events=EVENTS)
def test_a_run_lies_one_deeper_than_what_caused_it(rules: list[Rule], events: list[Event]) -> None:
    desk = run(rules, *events)
    for _, ticket, depth, after in desk.ran:
        if depth == 0:
            assert after is None
        else:
            assert after is not None
            cause = desk.ran[after - 1]
            assert (cause[1], cause[2]) == (ticket, depth - 1)


def test_a_rule_that_sets_itself_off_runs_once_and_the_stop_is_told() -> None:
    desk = run([Rule(1, "a", ("a",))], Event("a", 7))
    assert [(rule, ticket) for rule, ticket, _, _ in desk.ran] == [(1, 7)]
    assert desk.stopped == [(1, 1, RAN_ALREADY)]


def test_a_line_of_rules_ends_at_depth_ten() -> None:
    rules = [Rule(place, f"t{place}", (f"t{place + 1}",)) for place in range(15)]
    desk = run(rules, Event("t0", 1))
    assert [rule for rule, _, _, _ in desk.ran] == list(range(10))
    assert desk.stopped == [(10, 10, TOO_DEEP)]


def test_all_conditions_of_an_event_are_judged_before_any_of_its_rules_acts() -> None:
    desk = run([Rule(1, "a"), Rule(2, "a"), Rule(3, "b")], Event("a", 1), Event("b", 1))
    assert desk.judged_after == [0, 0, 0]


def test_rules_run_in_their_order_on_the_tickets_that_they_hold_for() -> None:
    desk = run([Rule(2, "a"), Rule(1, "a")], Event("a", 5), Event("a", 4), desk=Desk({2: {5}}))
    assert [(rule, ticket) for rule, ticket, _, _ in desk.ran] == [(2, 5), (1, 4), (1, 5)]


def test_what_happens_twice_in_one_round_happens_once() -> None:
    assert len(run([Rule(1, "a")], Event("a", 1), Event("a", 1)).ran) == 1


def test_an_event_for_one_rule_sets_no_other_off() -> None:
    desk = run([Rule(1, "age"), Rule(2, "age")], Event("age", 1, rule=2))
    assert [rule for rule, _, _, _ in desk.ran] == [2]


@pytest.mark.parametrize(
    ("text", "kind", "seconds", "kept"),
    [
        ("Ticket  closed", "ticket closed", 0, "ticket closed"),
        ("idle 48h", "idle", 48 * 3600, "idle 48h"),
        ("AGE 07 d", "age", 7 * 86_400, "age 7d"),
        ("idle 90min", "idle", 5400, "idle 90min"),
        ("idle 1d 12h", "idle", 36 * 3600, "idle 1d12h"),
        ("age 2w", "age", 14 * 86_400, "age 2w"),
    ],
)
def test_a_trigger_is_read(text: str, kind: str, seconds: int, kept: str) -> None:
    found = trigger_of(text)
    assert (found.kind, found.seconds, found.text) == (kind, seconds, kept)


@pytest.mark.parametrize(
    "text", ["idle", "age 0h", "idle 2y", "age 99999w", "idle -3h", "idle 1.5h", "idle 12h1d", "idle 1d1d"]
)
def test_a_time_trigger_needs_a_length(text: str) -> None:
    with pytest.raises(InvalidInput, match="needs a length of time behind it"):
        trigger_of(text)


def test_an_unknown_trigger_is_told_with_those_that_there_are() -> None:
    with pytest.raises(InvalidInput, match="no trigger “full moon”; there is response received, ticket opened"):
        trigger_of("full moon")
