"""What a service level policy may be (behaviour 3.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from casedesk.desk.matching import closest
from casedesk.desk.setup import Named
from casedesk.desk.values import working_time
from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.tree import And, Compare, Date, Duration, Has, In, Is, Me, Node, Not, Or, Range, Value
from casedesk.domain.sla import KINDS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.domain.business_time import Calendar

Wanted = tuple[str, str | None, int]
"""A target: its kind, the priority that it is for (None for every one), and its working seconds."""

Targets = dict[tuple[str, int | None], tuple[str | None, int]]
"""Targets by kind and priority's id, each with the priority's name and its seconds."""

WARN = 3600
"""How long before the due instant, in working seconds, a target counts as about to be missed, unless one says."""

LONGEST = 10_000 * 3600
"""Some five years of working weeks, in seconds: whoever means more has mistyped."""

_CIRCULAR = frozenset({"due", "overdue", "breached"})
_PASSING = frozenset({"age", "idle"})


def check_query(desk: Desk, text: str) -> None:
    """Raise InvalidInput when the query can't say which tickets a policy is for.

    It means the same tickets whoever looks and whenever; and what a policy decides can't decide the policy.
    """
    from casedesk.domain.query import parse

    if not text.strip():
        raise InvalidInput("A policy needs a query; only the default one has none.")
    desk.queries.check(text)
    query = parse(text)
    if query.root is None or query.sort:
        raise InvalidInput("A policy's query says which tickets, not in which order.")
    for word in _words(query.root):
        if word in _CIRCULAR:
            raise InvalidInput(f"A policy decides what is {word}, so its query can't ask for that.")
        if word in {"me", "mine"}:
            raise InvalidInput(f"A policy is the same whoever looks; name a login instead of “{word}”.")
        if word:
            raise InvalidInput(f"A policy is the same at any time; “{word}” goes by the moment.")


def _words(node: Node) -> Iterator[str]:
    """The words in a query that a policy can't go by; nothing for all others."""
    if isinstance(node, And | Or):
        for child in node.children:
            yield from _words(child)
    elif isinstance(node, Not):
        yield from _words(node.child)
    elif isinstance(node, Is):
        yield node.word if node.word in _CIRCULAR | {"mine"} else ""
    elif isinstance(node, Compare | In | Range | Has):
        name = "due" if node.field.name == "deadline" else node.field.name
        yield name if name in _CIRCULAR | _PASSING and not node.field.key else ""
        yield from map(_passing, _values(node))


def _values(node: Compare | In | Range | Has) -> Sequence[Value | None]:
    if isinstance(node, Compare):
        return (node.value,)
    if isinstance(node, Range):
        return (node.low, node.high)
    return node.values if isinstance(node, In) else ()


def _passing(value: Value | None) -> str:
    if isinstance(value, Me):
        return "me"
    if isinstance(value, Duration):
        return f"{value.sign}{value.amount}{value.unit}"
    return value.text if isinstance(value, Date) and not value.text[:1].isdigit() else ""


def checked_target(desk: Desk, wanted: Wanted) -> tuple[str, Named | None, int]:
    """Kind, priority and seconds of a target. Raises InvalidInput."""
    kind, priority, seconds = wanted
    named = None if priority is None else desk.setup.entry("priority", priority)
    if not 0 < seconds <= LONGEST:
        raise InvalidInput(
            f"A target is longer than nothing and at most {LONGEST // 3600:,} hours; {working_time(seconds)} isn't."
            if seconds >= 0
            else "A target can't be negative."
        )
    return checked_kind(kind), named, seconds


def checked_kind(text: str) -> str:
    """The kind of a timer: first response, next reply or resolution, hyphens for blanks. Raises InvalidInput."""
    wanted = " ".join(text.replace("-", " ").replace("_", " ").casefold().split())
    if wanted in KINDS:
        return wanted
    near = closest(wanted, KINDS, 1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(KINDS)}."
    raise InvalidInput(f"There is no target for “{text}”; {hint}")


def checked_targets(desk: Desk, wanted: Iterable[Wanted]) -> Targets:
    """Targets by kind and priority. Raises InvalidInput, also for one that is there twice."""
    found: Targets = {}
    for each in wanted:
        kind, named, seconds = checked_target(desk, each)
        key = (kind, named.id if named else None)
        if key in found:
            raise InvalidInput(f"The target for {target_said(kind, named and named.name)} is there twice.")
        found[key] = (named.name if named else None, seconds)
    return found


def checked_pauses(kinds: Iterable[str]) -> list[str]:
    """The kinds of timers that stand still in pending, in their order. Raises InvalidInput."""
    wanted = {checked_kind(kind) for kind in kinds}
    return [kind for kind in KINDS if kind in wanted]


def checked_warn(seconds: int) -> int:
    """How long before the due instant, in working seconds; 0 for never. Raises InvalidInput."""
    if not 0 <= seconds <= LONGEST:
        raise InvalidInput(f"A warning comes 0 to {LONGEST // 3600:,} hours ahead.")
    return seconds


def check_reach(calendar: Calendar, now: int, seconds: int) -> None:
    """Raise InvalidInput when so many working seconds never pass from `now` (seconds, UTC) on."""
    from casedesk.domain.business_time import NoDeadline, deadline

    try:
        deadline(calendar, now, seconds)
    except NoDeadline as error:
        raise InvalidInput(f"The calendar has too few hours for a target of {working_time(seconds)}.") from error


def target_said(kind: str, priority: str | None) -> str:
    """`resolution`, or `resolution of urgent`."""
    return kind if priority is None else f"{kind} of {priority}"
