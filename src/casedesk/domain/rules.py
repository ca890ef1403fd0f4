"""What sets rules off, and how far one thing leads to another (behaviour 4.1, 4.2).

Nothing here knows the desk: a chain is run over whatever judges conditions and carries out effects.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from casedesk.domain.errors import InvalidInput

RESPONSE_RECEIVED: Final = "response received"
TICKET_OPENED: Final = "ticket opened"
STATUS_CHANGED: Final = "status changed"
TICKET_CLOSED: Final = "ticket closed"
CUSTOMER_MESSAGE: Final = "customer message received"
AGENT_MESSAGE: Final = "agent message sent"
IDLE: Final = "idle"
AGE: Final = "age"
BEFORE_DUE: Final = "before due"

TRIGGERS: Final = {
    RESPONSE_RECEIVED: "a response was received",
    TICKET_OPENED: "a ticket was opened, by whomever",
    STATUS_CHANGED: "a ticket got another status; closing and reopening are such changes, too",
    TICKET_CLOSED: "a ticket was closed",
    CUSTOMER_MESSAGE: "the customer wrote; automatic replies don't count",
    AGENT_MESSAGE: "somebody wrote to the customer; automatic messages don't count",
    IDLE: "nobody did anything on a ticket for that long, and it isn't closed",
    AGE: "a ticket was opened that long ago, and it isn't closed",
    BEFORE_DUE: "a target of a ticket is about to be missed",
}
"""What makes rules run, with what it means."""

TIMED: Final = frozenset({IDLE, AGE})
"""Triggers with a length of time behind their name: `idle 48h`."""

MAX_DEPTH: Final = 10
"""Runs in a line, each caused by the one before, after which a chain ends."""

MEANT: Final = "say so if that is meant."
"""How the sentence ends that refuses a rule for everything; each client says in its own words how."""

RAN_ALREADY: Final = "it ran in this chain already"
TOO_DEEP: Final = f"the chain ended at depth {MAX_DEPTH}"

_UNITS: Final = {"min": 60, "h": 3600, "d": 86_400, "w": 604_800}
_LENGTH: Final = re.compile(r"(\d{1,6})\s*(min|h|d|w)\s*")
_LONGEST: Final = 3660 * 86_400


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger with its length of time in seconds, where it has one."""

    kind: str
    seconds: int = 0
    text: str = ""


def trigger_of(text: str) -> Trigger:
    """The trigger that is written so, its text with single spaces: `idle 48h`. Raises InvalidInput.

    Lengths are whole minutes, hours, days or weeks (`90min`, `48h`, `1d12h`, `2w`) of the calendar, up to ten years.
    """
    words = " ".join(text.casefold().split())
    if words in TRIGGERS and words not in TIMED:
        return Trigger(words, 0, words)
    kind, _, length = words.partition(" ")
    if kind not in TIMED:
        known = ", ".join(f"{name} LENGTH" if name in TIMED else name for name in TRIGGERS)
        raise InvalidInput(f"There is no trigger “{text}”; there is {known}.")
    amounts = _amounts(length)
    seconds = sum(amount * _UNITS[unit] for amount, unit in amounts)
    if not 0 < seconds <= _LONGEST:
        raise InvalidInput(f"“{kind}” needs a length of time behind it, such as {kind} 48h: min, h, d or w.")
    return Trigger(kind, seconds, f"{kind} {''.join(f'{amount}{unit}' for amount, unit in amounts)}")


def _amounts(length: str) -> list[tuple[int, str]]:
    """The amounts of `1d12h`, each unit once and the longer ones first; none for another text."""
    if not re.fullmatch(f"(?:{_LENGTH.pattern})+", length, re.ASCII):
        return []
    amounts = [(int(amount), unit) for amount, unit in _LENGTH.findall(length)]
    sizes = [_UNITS[unit] for _, unit in amounts]
    return amounts if sizes == sorted(set(sizes), reverse=True) else []


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a ticket and may set rules off.

    `part` is the ticket that the act was about where that is another one. `after` is the run of which an effect
    caused it. `rule` limits it to one rule: to those of a time trigger their time comes one by one.
    """

    trigger: str
    ticket: int
    part: int | None = None
    after: int | None = None
    rule: int | None = None


class ChainRule(Protocol):
    """A rule as a chain sees it."""

    @property
    def id(self) -> int: ...

    @property
    def trigger(self) -> str: ...


RuleType = TypeVar("RuleType", bound=ChainRule)

Judge = Callable[[RuleType, Sequence[int]], Collection[int]]
"""The tickets, of those given, for which the rule's condition holds now."""

Carry = Callable[[RuleType, Event, int], tuple[int, Sequence[Event]]]
"""Runs the rule on the event's ticket at a depth: the run, and what its effects caused."""

Stop = Callable[[RuleType, Event, int, str], None]
"""Told of a rule that would have run, at which depth, and why it didn't."""


def run_chain(
    events: Iterable[Event],
    rules: Sequence[RuleType],
    *,
    judge: Judge[RuleType],
    carry: Carry[RuleType],
    stop: Stop[RuleType],
    first_depth: int = 0,
    ran: Iterable[tuple[int, int]] = (),
) -> None:
    """Run the rules, which come in the desk's order, on what happened, and on what follows from that.

    Every condition of a round is judged before any rule of it acts: a rule sees the event as it happened. A rule runs
    at most once on a ticket in all that follows from the first events; `ran` are pairs of rule and ticket that did so
    before. So it ends, after `MAX_DEPTH` rounds at the latest (behaviour 4.2).
    """
    done = set(ran)
    depth = first_depth
    level = _distinct(events)
    while level:
        holding = [(rule, event) for rule in rules for event in _holding(rule, level, judge)]
        following: list[Event] = []
        for rule, event in holding:
            if (rule.id, event.ticket) in done:
                stop(rule, event, depth, RAN_ALREADY)
            elif depth >= MAX_DEPTH:
                stop(rule, event, depth, TOO_DEEP)
            else:
                done.add((rule.id, event.ticket))
                run, caused = carry(rule, event, depth)
                following += [replace(entry, part=entry.part or event.part, after=run) for entry in caused]
        level = _distinct(following)
        depth += 1


def _distinct(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The events by trigger; what happened twice to a ticket in one round happened once."""
    seen = set()
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        key = (event.trigger, event.ticket, event.rule)
        if key not in seen:
            seen.add(key)
            found[event.trigger].append(event)
    return found


def _holding(rule: RuleType, level: dict[str, list[Event]], judge: Judge[RuleType]) -> list[Event]:
    of_rule = {event.ticket: event for event in level.get(rule.trigger, ()) if event.rule in (None, rule.id)}
    if not of_rule:
        return []
    return [of_rule[number] for number in sorted(judge(rule, list(of_rule)))]
