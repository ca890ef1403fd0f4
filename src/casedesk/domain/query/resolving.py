"""Making a query absolute: relative dates, durations and `me` become what they mean here and now (behaviour 6.1)."""

from __future__ import annotations

from dataclasses import replace

from casedesk.domain.query.fields import SLA_WORDS, Kind, field_of, kind_of
from casedesk.domain.query.moments import Context, Span, instant_of, span_of
from casedesk.domain.query.names import matcher
from casedesk.domain.query.tree import (
    And,
    Compare,
    Date,
    Duration,
    During,
    FieldRef,
    Has,
    In,
    Is,
    Me,
    Name,
    Node,
    Not,
    Op,
    Or,
    Query,
    Range,
    Value,
    all_of,
    any_of,
    negated,
)

_OWNER, _DUE, _DUE_SOON, _SLA = FieldRef("owner"), FieldRef("due"), FieldRef("due_soon"), FieldRef("sla")
_DEADLINE, _UNCLOSED = FieldRef("deadline"), Not(Is("closed"))


def resolve(query: Query, context: Context) -> Query:
    """The same query without anything relative.

    Every instant becomes a `During` in seconds since 1970 (UTC), right across clock changes of the zone; every
    duration a `During` of the instant it counts from; `open_at` one of a single second; `me` the login; `due` the
    `deadline` of what isn't closed, since closed tickets have no running timers (behaviour 3.7); `is:mine`,
    `is:unassigned`, `is:overdue` and `is:due-soon` what they stand for; `sla:running` and `sla:overdue` a `During` of
    when the resolution is due. `is:breached` takes in what is overdue though no breach was recorded yet
    (behaviour 3.7).
    """
    if query.root is None:
        return query
    return Query(_resolved(query.root, context), query.sort, query.source)


def _resolved(node: Node, context: Context) -> Node:
    if isinstance(node, And | Or):
        children = [_resolved(child, context) for child in node.children]
        together = all_of(children) if isinstance(node, And) else any_of(children)
        assert together is not None
        return together
    if isinstance(node, Not):
        return negated(_resolved(node.child, context))
    if isinstance(node, Is):
        return _resolved_word(node, context)
    if isinstance(node, Has) and node.field == _DUE:
        return And((Has(_DEADLINE), _UNCLOSED))
    if isinstance(node, Compare | In | Range):
        if node.field == _DUE:
            return all_of([_resolved_instant(replace(node, field=_DEADLINE), context), _UNCLOSED]) or node
        if kind_of(node.field) is Kind.INSTANT:
            return _resolved_instant(node, context)
        if kind_of(node.field) is Kind.DURATION:
            return _resolved_duration(node, context)
        if kind_of(node.field) is Kind.DAY:
            return any_of([_at_end(node.field, value, context) for value in _values(node)]) or node
        if node.field == _SLA:
            return any_of([_to_target(value, context) for value in _values(node)]) or node
    if isinstance(node, Compare):
        return Compare(node.field, node.op, _person(node.value, context))
    if isinstance(node, In):
        return In(node.field, tuple(_person(value, context) for value in node.values))
    return node


def _values(node: Compare | In | Range) -> tuple[Value, ...]:
    """What a field without an order is compared with."""
    return node.values if isinstance(node, In) else (node.value,) if isinstance(node, Compare) else ()


def _at_end(ref: FieldRef, value: Value, context: Context) -> During:
    """The last second of what the date names, or now if that is ahead."""
    assert isinstance(value, Date | Duration)
    end = span_of(value, context)[1] if isinstance(value, Date) else instant_of(value, context, ahead=False) + 1
    last = min(end - 1, int(context.now.timestamp()))
    return During(ref, last, last + 1)


def _to_target(value: Value, context: Context) -> Node:
    """What is closed says for itself how it stands to its target; what isn't depends on the moment."""
    assert isinstance(value, Name)
    matches, now = matcher([value]), int(context.now.timestamp())
    found: dict[str, Node] = {"running": During(_SLA, now, None), "overdue": During(_SLA, None, now)}
    return any_of(
        [found.get(word, Compare(_SLA, Op.EQ, Name(word))) for word in SLA_WORDS if matches(word)]
    ) or Compare(_SLA, Op.EQ, value)


def _person(value: Value, context: Context) -> Value:
    return Name(context.me) if isinstance(value, Me) else value


def _resolved_word(node: Is, context: Context) -> Node:
    if node.word == "mine":
        return Compare(_OWNER, Op.EQ, Name(context.me))
    if node.word == "unassigned":
        return Not(Has(_OWNER))
    now = int(context.now.timestamp())
    if node.word == "due-soon":
        return And((During(_DEADLINE, now, None), _UNCLOSED, During(_DUE_SOON, None, now + 1)))
    overdue = And((During(_DEADLINE, None, now), _UNCLOSED))
    if node.word == "overdue":
        return overdue
    return Or((node, overdue)) if node.word == "breached" else node


def _resolved_instant(node: Compare | In | Range, context: Context) -> Node:
    ref = node.field
    ahead = field_of(ref).ahead

    def span(value: Value | None) -> tuple[int | None, int | None]:
        if value is None:
            return None, None
        if isinstance(value, Date):
            return span_of(value, context)
        assert isinstance(value, Duration)
        there = instant_of(value, context, ahead=ahead)
        return there, there + 1

    if isinstance(node, Range):
        return During(ref, span(node.low)[0], span(node.high)[1])
    if isinstance(node, In):
        return any_of([During(ref, *_whole(value, context, ahead)) for value in node.values]) or node
    if node.op is Op.EQ:
        return During(ref, *_whole(node.value, context, ahead))
    return _compared(ref, node.op, span(node.value))


def _whole(value: Value, context: Context, ahead: bool) -> Span:
    """What a value means behind a colon: a date its span, a duration the time from then until now, or from now on."""
    if isinstance(value, Date):
        return span_of(value, context)
    assert isinstance(value, Duration)
    there = instant_of(value, context, ahead=ahead)
    now = int(context.now.timestamp())
    return min(there, now), max(there, now) + 1


def _compared(ref: FieldRef, op: Op, span: tuple[int | None, int | None]) -> During:
    start, end = span
    if op is Op.LT:
        return During(ref, None, start)
    if op is Op.LE:
        return During(ref, None, end)
    return During(ref, end if op is Op.GT else start, None)


def _resolved_duration(node: Compare | In | Range, context: Context) -> Node:
    """A time since an instant, as a test of that instant: the longer ago, the earlier it was."""
    ref = FieldRef(field_of(node.field).since)

    def ago(value: Value) -> int:
        assert isinstance(value, Duration)
        return instant_of(value, context, ahead=False)

    if isinstance(node, Range):
        return During(
            ref, None if node.high is None else ago(node.high), None if node.low is None else ago(node.low) + 1
        )
    if isinstance(node, In):
        return any_of([_of_age(ref, value, context) for value in node.values]) or node
    if node.op is Op.EQ:
        return _of_age(ref, node.value, context)
    there = ago(node.value)
    if node.op in (Op.GT, Op.GE):
        return During(ref, None, there if node.op is Op.GT else there + 1)
    return During(ref, there + 1 if node.op is Op.LT else there, None)


def _of_age(ref: FieldRef, value: Value, context: Context) -> During:
    """`age:3d` takes in what a list shows as 3d: three days old and less than four. What has several
    units goes by the last of them: `age:1h30m` takes in a minute."""
    assert isinstance(value, Duration)
    older, newer = (instant_of(each, context, ahead=False) for each in (value.next_longer, value))
    return During(ref, older + 1, newer + 1)
