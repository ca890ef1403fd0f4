"""Pages about rules: what one would have done, and what they did (behaviour 4.2, 4.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from casedesk.tui.drawing import fit, instant, line_of
from casedesk.tui.panels.lines import blank, heading, pairs, paragraph

if TYPE_CHECKING:
    from casedesk.desk.values import Attempt, RuleRunLine
    from casedesk.tui.look import Line

TICKETS_SHOWN, FAILURES_SHOWN = 500, 20
DEEPEST_SHOWN: Final = 8
"""Steps of a chain that are moved to the right."""

_ROLES: Final = {"ran": "good", "failed": "bad", "stopped": "warning"}


def attempt_lines(found: Attempt, since: str, width: int) -> list[Line]:
    """What a rule would have done: how often, its failures, on which tickets, and what history can't tell."""
    said = f"“{found.rule}” would" if found.rule else "The rule would"
    runs = f"{said} have run on {found.runs:,} of {found.examined:,} {found.about}{f' {since}' if since else ''}."
    lines: list[Line] = []
    if found.stopped:
        lines += [*paragraph("It was stopped before the end: there may be more.", width, "warning"), blank()]
    lines += [*paragraph(runs, width, "strong"), *paragraph("Nothing was changed.", width, "muted"), blank()]
    lines += [heading("It would have changed", width)]
    lines += pairs([(f"{count.count:,} ×", count.words) for count in found.counts], width)
    if found.failed:
        lines += [blank(), heading(f"It would have failed on {found.failed:,}", width)]
        for reason in found.failures[:FAILURES_SHOWN]:
            lines += paragraph(reason, width, "bad")
        more = len(found.failures) - FAILURES_SHOWN
        lines += paragraph(f"… and {more:,} other reasons", width, "muted") if more > 0 else []
    lines += [blank(), heading(f"Tickets: {len(found.tickets):,}", width), *_numbers(found, width)]
    lines += [blank(), heading("Notes", width)]
    for note in found.notes:
        lines += paragraph(note, width, "muted")
    return lines


def _numbers(found: Attempt, width: int) -> list[Line]:
    numbers = found.tickets[:TICKETS_SHOWN]
    if not numbers:
        none = "None of the responses has a ticket now." if found.responses else "None."
        return paragraph(none, width, "muted")
    more = len(found.tickets) - len(numbers)
    tail = f" and {more:,} more" if more else ""
    return paragraph(" ".join(f"#{number}" for number in numbers) + tail, width)


def log_lines(
    runs: Sequence[RuleRunLine], causes: Mapping[int, str], width: int, zone: ZoneInfo, now: datetime
) -> list[Line]:
    """What rules did, the newest first; what a run caused stands under it, further to the right. `causes` are the rules
    whose runs caused others, by the run: for those that aren't shown."""
    if not runs:
        return paragraph("No run is recorded.", width, "muted")
    times = {run.id: instant(run.at, zone, now) for run in runs}
    tickets = {run.id: f"#{run.ticket}" if run.ticket is not None else "" for run in runs}
    time_room, ticket_room = (max(map(len, texts.values())) for texts in (times, tickets))
    lines: list[Line] = []
    for run, depth in chained(runs):
        indent = 2 * min(depth, DEEPEST_SHOWN)
        lines.append(
            [
                (fit(times[run.id], time_room), "muted"),
                (f"  {fit(tickets[run.id], ticket_room)}  ", "accent"),
                (" " * (indent - 2) + "└ " if indent else "", "rule"),
                (line_of(run.rule, 100), "strong"),
                (f"  {line_of(run.trigger, 60)}", "muted"),
            ]
        )
        shown_under_cause = depth > 0 or run.after is None
        cause = "" if shown_under_cause else f" · set off by “{causes.get(run.after or 0, 'another rule')}”"
        lines += _outcome_lines(run, cause, time_room + ticket_room + 4 + indent, width)
    return lines


def _outcome_lines(run: RuleRunLine, cause: str, indent: int, width: int) -> list[Line]:
    """What the run did, or why it didn't."""
    outcome = f"{run.outcome}, taken back" if run.taken_back else run.outcome
    role = "muted" if run.taken_back else _ROLES.get(run.outcome, "text")
    first, *others = paragraph(f"{outcome}: {run.text}{cause}", width, indent=indent)
    text, head = first[0][0], len(outcome) + indent
    return [[(text[:head], role), (text[head:], "text")], *others]


def chained(runs: Sequence[RuleRunLine]) -> Iterator[tuple[RuleRunLine, int]]:
    """The runs with their depth under one that is shown: chain after chain, that with the newest beginning first, and
    in each what came first stands first."""
    known = {run.id for run in runs}
    caused: defaultdict[int, list[RuleRunLine]] = defaultdict(list)
    begun: list[RuleRunLine] = []
    for run in sorted(runs, key=lambda run: run.id):
        if run.after in known and run.after is not None:
            caused[run.after].append(run)
        else:
            begun.append(run)
    waiting = [(run, 0) for run in begun]
    while waiting:
        run, depth = waiting.pop()
        yield run, depth
        waiting += [(each, depth + 1) for each in reversed(caused[run.id])]
