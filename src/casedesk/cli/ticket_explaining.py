"""`casedesk tickets explain`: why a ticket is due when it is, and who or which rule set a field (X6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from casedesk.cli.documents import feed_document, timer_document
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import instant, write, write_fields, write_json, write_table
from casedesk.cli.selection import One, one_number
from casedesk.desk.values import working_time
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from casedesk.desk import Desk
    from casedesk.desk.values import Explanation, FieldOrigin, Ticket, TimedSpan, TimerExplanation

app = Commands()

SLA = "sla"
SHOWN_SPANS = 40
"""More spans of a timer are counted, not listed; JSON has them all."""

_KINDS = {"outside": "outside hours"}


@app.command("explain")
def explain(
    ctx: typer.Context,
    which: One,
    what: Annotated[
        str, typer.Argument(metavar="sla|FIELD", help="Its timers alone, or one field: owner, status, priority, due…")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Explain a ticket. Why it is due when it is, with every span that counted or didn't, and who set which field."""
    number = one_number(which)
    wanted = what.strip().lower()
    with invocation(ctx).open() as desk:
        ticket = desk.tickets.show(number)
        if wanted not in {"", SLA}:
            origin = desk.tickets.origin(number, what)
            _tell_field(desk, ticket, origin, as_json=as_json)
            return
        explanation = desk.service_levels.explain(number)
        origins = desk.tickets.origins(number) if not wanted else ()
        if as_json:
            fields = {} if wanted else {"fields": [_origin_document(origin) for origin in origins]}
            write_json(explanation_document(explanation) | fields)
            return
        write(visible_line(f"#{number} {ticket.line.title}"))
        _write_explanation(explanation)
        if origins:
            write()
            write(f"Who set what ({desk.zone.key})")
            write_fields((f"  {origin.field}", _said(desk, origin)) for origin in origins)


# -- the timers -------------------------------------------------------------------------------------------------------


def explanation_document(explanation: Explanation) -> dict[str, Any]:
    """Why a ticket is due when it is, as JSON has it; lengths are in seconds."""
    return {
        "number": explanation.number,
        "text": explanation.text,
        "policy": explanation.policy,
        "timers": [_timer_document(timer) for timer in explanation.timers],
    }


def _timer_document(explained: TimerExplanation) -> dict[str, Any]:
    """The timer as `show` has it, and what its time was made of: the totals add up to the time from its start."""
    return timer_document(explained.timer) | {
        "calendar": explained.calendar,
        "zone": explained.zone,
        "pauses": explained.pauses,
        "changed": explained.changed,
        "counted_seconds": explained.counted,
        "left_seconds": explained.left,
        "totals": dict(explained.totals),
        "spans": [_span_document(span) for span in explained.spans],
        "ahead": [_span_document(span) for span in explained.ahead],
    }


def _span_document(span: TimedSpan) -> dict[str, Any]:
    return {
        "start": instant(span.start),
        "end": instant(span.end),
        "kind": span.kind,
        "seconds": span.seconds,
        "name": span.name or None,
    }


def _write_explanation(explanation: Explanation) -> None:
    write()
    write(visible_line(explanation.text))
    for explained in explanation.timers:
        write()
        _write_timer(explained)


def _write_timer(explained: TimerExplanation) -> None:
    timer, zone = explained.timer, ZoneInfo(explained.zone)

    def wall(at: datetime | None) -> str:
        """On the wall clock of the calendar's zone, to the second where it isn't a whole minute."""
        local = at.astimezone(zone) if at is not None else None
        return "" if local is None else local.isoformat(" ", "seconds" if local.second else "minutes")

    write(f"{timer.kind.capitalize()}: {timer.standing}")
    fields = [
        ("  policy", timer.policy), ("  calendar", f"{explained.calendar}, {explained.zone}"),
        ("  target", working_time(timer.target)), ("  started", wall(timer.started_at)), ("  due", wall(timer.due_at)),
        (f"  {timer.state}", wall(timer.ended_at)), ("  pending", "stands still" if explained.pauses else "counts"),
        ("  note", "counted by the policy and calendar of now, changed since" if explained.changed else ""),
    ]  # fmt: skip
    write_fields(fields)
    rows = [*_rows(explained.spans, wall), *_rows(explained.ahead, wall, "to come: ")]
    if rows:
        write()
        write_table(("from", "to", "kind", "time"), rows)
        write()
    for line in _sums(explained):
        write(line)


def _rows(
    spans: tuple[TimedSpan, ...], wall: Callable[[datetime | None], str], before: str = ""
) -> list[tuple[str, str, str, str]]:
    shown = spans if len(spans) <= SHOWN_SPANS else (*spans[: SHOWN_SPANS // 2], *spans[-SHOWN_SPANS // 2 :])
    rows = [(wall(span.start), wall(span.end), before + _kind(span), working_time(span.seconds)) for span in shown]
    if len(shown) < len(spans):
        rows.insert(SHOWN_SPANS // 2, ("…", f"{len(spans) - len(shown):,} more", "", ""))
    return rows


def _kind(span: TimedSpan) -> str:
    kind = _KINDS.get(span.kind, span.kind)
    return f"{kind}: {span.name}" if span.name else kind


def _sums(explained: TimerExplanation) -> tuple[str, str]:
    """The kinds make the whole, and what counted makes the target with what is left."""
    parts = " + ".join(f"{_KINDS.get(kind, kind)} {working_time(seconds)}" for kind, seconds in explained.totals)
    whole = working_time(sum(seconds for _kind, seconds in explained.totals))
    counted, target = working_time(explained.counted), working_time(explained.timer.target)
    rest = (
        f"+ left {working_time(explained.left)}" if explained.left >= 0 else f"- late {working_time(-explained.left)}"
    )
    return f"{parts} = {whole} in all", f"counted {counted} {rest} = target {target}"


# -- the fields -------------------------------------------------------------------------------------------------------


def _tell_field(desk: Desk, ticket: Ticket, origin: FieldOrigin, *, as_json: bool) -> None:
    if as_json:
        write_json({"number": ticket.number, **_origin_document(origin)})
        return
    write(visible_line(f"#{ticket.number} {ticket.line.title}"))
    write()
    write_fields([(origin.field, _said(desk, origin))])
    if origin.history:
        write()
        write(f"History ({desk.zone.key})")
        write_fields(
            (
                f"  {desk.local(entry.at):%Y-%m-%d %H:%M}",
                " · ".join(filter(None, [entry.actor, entry.text, entry.cause])),
            )
            for entry in origin.history
        )


def _said(desk: Desk, origin: FieldOrigin) -> str:
    """`high, by ana, 2026-11-20 14:02`."""
    value = origin.value or "none"
    latest = origin.latest
    if latest is None:
        return f"{value}, {origin.text}" if origin.text else value
    who = f"the rule {latest.actor}" if latest.actor_kind == "rule" else latest.actor
    when = f"{desk.local(latest.at):%Y-%m-%d %H:%M}"
    since = ", when it was opened" if latest.kind == "opened" else ""
    return f"{value}, by {who}, {when}{since}" + (f", {latest.cause}" if latest.cause else "")


def _origin_document(origin: FieldOrigin) -> dict[str, Any]:
    latest = origin.latest
    return {
        "field": origin.field,
        "value": origin.value or None,
        "set_by": latest.actor if latest else None,
        "set_by_kind": latest.actor_kind if latest else None,
        "set_at": instant(latest.at) if latest else None,
        "cause": (latest.cause or None) if latest else None,
        "text": origin.text or None,
        "history": [feed_document(entry) for entry in origin.history],
    }
