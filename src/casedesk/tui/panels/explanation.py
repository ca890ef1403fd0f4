"""Why a ticket is as it is: which policy times it, the ruler of each timer, and who set which field (X6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from casedesk.desk.values import Explanation, FieldOrigin, Ticket, TimerExplanation, working_time
from casedesk.tui.drawing import due, fit, full_instant, instant, line_of
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, pairs, paragraph
from casedesk.tui.widgets.drawn import cut_line
from casedesk.tui.widgets.ruler import WORDS, Ruler, legend, sign_of, word_of

LENGTH = 9


def write_explanation(
    ticket: Ticket, explanation: Explanation, origins: Sequence[FieldOrigin], look: Look, width: int
) -> list[Line]:
    """All lines: the policy, the timers, the fields."""
    lines = paragraph(explanation.text, width)
    for timer in explanation.timers:
        lines += [blank(), *_timer(timer, look, width)]
    fields = [(origin.field, _origin(origin, look)) for origin in origins]
    return [*lines, blank(), heading("Who set what", width), *pairs([_opened(ticket, look), *fields], width)]


def _timer(explained: TimerExplanation, look: Look, width: int) -> list[Line]:
    timer, zone = explained.timer, ZoneInfo(explained.zone)
    ruler = Ruler(explained.spans, explained.ahead, width, plain=look.plain)
    kinds = [span.kind for span in (*explained.spans, *explained.ahead)]
    lines = [
        heading(f"{timer.kind.capitalize()} · {timer.standing}", width),
        *paragraph(_facts(explained, zone, look), width, "muted"),
        *_changed(explained, width),
        ruler.line(timer.due_at),
    ]
    if timer.due_at is not None:
        lines.append(ruler.mark(timer.due_at, f"due {instant(timer.due_at, zone, look.now)}", "strong"))
    until = timer.ended_at or look.now
    word = timer.state if timer.ended_at else "now"
    lines.append(ruler.mark(until, f"{word} {instant(until, zone, look.now)}", "muted"))
    lines.append(cut_line(legend(kinds, plain=look.plain, ahead=bool(explained.ahead)), width))
    return [*lines, *_table(explained, zone, look, width), *paragraph(_sums(explained), width)]


def _facts(explained: TimerExplanation, zone: ZoneInfo, look: Look) -> str:
    """`Started … · target 4h · due … (overdue by 3d) · calendar Business hours, times in Europe/Berlin`."""
    timer = explained.timer
    due_text = ""
    if timer.due_at is not None:
        late = "" if timer.ended_at else f" ({due(timer.due_at, look.now)})"
        due_text = f"due {full_instant(timer.due_at, zone)}{late}"
    said = [
        f"Started {full_instant(timer.started_at, zone)}",
        f"policy {line_of(timer.policy)}, target {working_time(timer.target)}",
        due_text,
        f"{timer.state} {full_instant(timer.ended_at, zone)}" if timer.ended_at else "",
        f"calendar {line_of(explained.calendar)}, times in {explained.zone}",
        "stands still while pending" if explained.pauses else "",
    ]
    return " · ".join(filter(None, said))


def _changed(explained: TimerExplanation, width: int) -> list[Line]:
    if not explained.changed:
        return []
    said = "Policy or calendar were changed after it was judged; what is listed here counts by what holds now."
    return paragraph(said, width, "warning")


def _table(explained: TimerExplanation, zone: ZoneInfo, look: Look, width: int) -> list[Line]:
    """`Thu 12 Nov 09:00  Thu 12 Nov 17:00  █ counted              8h`, a line a span."""
    spans = (*explained.spans, *explained.ahead)
    times = {at: _wall(at, zone, look) for span in spans for at in (span.start, span.end)}
    room = max(map(len, times.values()), default=0) + 2
    words = max(8, width - 2 * room - 2 - LENGTH)
    lines: list[Line] = []
    for place, span in enumerate(spans):
        ahead = place >= len(explained.spans)
        if place == len(explained.spans):
            lines.append([("to come", "muted")])
        said = fit(times[span.start], room) + fit(times[span.end], room)
        sign, role = sign_of(span.kind, plain=look.plain, ahead=ahead)
        length = fit(working_time(span.seconds), LENGTH, right=True)
        line: Line = [(said, "text"), (f"{sign} ", role), (fit(word_of(span), words) + length, "text")]
        lines.append(cut_line(line, width))
    return lines


def _wall(at: datetime, zone: ZoneInfo, look: Look) -> str:
    """The wall clock of the calendar's zone, with the year where it isn't this one, and seconds where there are any."""
    local = at.astimezone(zone)
    year = "" if local.year == look.now.astimezone(zone).year else f" {local.year}"
    seconds = f":{local:%S}" if local.second else ""
    return f"{local:%a} {local.day:>2} {local:%b}{year} {local:%H:%M}{seconds}"


def _sums(explained: TimerExplanation) -> str:
    """The kinds make the whole, and what counted makes the target with what is left."""
    parts = " + ".join(f"{WORDS.get(kind, kind)} {working_time(seconds)}" for kind, seconds in explained.totals)
    whole = working_time(sum(seconds for _kind, seconds in explained.totals))
    counted, target = working_time(explained.counted), working_time(explained.timer.target)
    rest = (
        f"+ left {working_time(explained.left)}" if explained.left >= 0 else f"− late {working_time(-explained.left)}"
    )
    return f"{parts} = {whole} in all\ncounted {counted} {rest} = target {target}"


def _opened(ticket: Ticket, look: Look) -> tuple[str, str]:
    who = f"the rule “{ticket.opened_by}”" if ticket.origin == "rule" else ticket.opened_by
    return "opened", f"{full_instant(ticket.line.created_at, look.zone)} by {line_of(who)}"


def _origin(origin: FieldOrigin, look: Look) -> str:
    """`high · ana, 20 Nov 14:02 · status: new → open`."""
    value = line_of(origin.value, 60) or "none"
    if origin.text:
        return f"{value} · {line_of(origin.text)}"
    latest = origin.latest
    if latest is None:
        return value
    who = f"the rule {line_of(latest.actor)}" if latest.actor_kind == "rule" else line_of(latest.actor)
    said = "when it was opened" if latest.kind == "opened" else line_of(latest.text, 80)
    parts = [value, f"{who}, {instant(latest.at, look.zone, look.now)}", said, line_of(latest.cause)]
    return " · ".join(filter(None, parts))
