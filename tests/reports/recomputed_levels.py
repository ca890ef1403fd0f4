"""Service levels worked out once more and plainly: what was promised on each ticket, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casedesk.desk import Desk
from casedesk.domain.business_time import deadline
from casedesk.reports.period import Period
from tests.reports.random_life import ANSWER_IN, REPLY_IN, RESOLVE_IN
from tests.reports.recomputation import Story, Values


@dataclass(frozen=True)
class Promise:
    """One promise on a ticket: by when, and when it was kept; a `running` one still can be."""

    ticket: int
    kind: str
    due: int
    met: int | None
    running: bool

    def met_in(self, period: Period) -> bool:
        return self.met is not None and period.start <= self.met < period.end

    @property
    def in_time(self) -> bool:
        return self.met is not None and self.met <= self.due


def promises(desk: Desk, story: Story) -> Iterator[Promise]:
    """The promises on a ticket, from its story and its messages."""
    hours = desk.calendars.working(desk.policies.default().calendar_id)
    messages = sorted(desk.tickets.show(story.number).messages, key=lambda message: message.at)
    moments = [(int(message.at.timestamp()), message.direction) for message in messages]
    closed = story.shut[-1][0] if story.shut and story.shut[-1][1] is None else None

    def promise(kind: str, seconds: int, start: int, met: int | None, running: bool) -> Promise:
        end = met if met is not None else None
        pauses = [span for span in story.pauses(len(story.shut)) if end is None or span[0] < end]
        return Promise(story.number, kind, deadline(hours, start, seconds, pauses), met, running)

    if not story.merged:
        yield promise("resolution", RESOLVE_IN, story.opened, closed, closed is None)
    answered = next((at for at, direction in moments if direction == "out"), None)
    if answered is not None or closed is None:
        yield promise("first response", ANSWER_IN, story.opened, answered, answered is None)
    if answered is not None:
        for start, met, running in waits(story, [moment for moment in moments if moment[0] > answered], answered):
            if met is not None or running:
                yield promise("next reply", REPLY_IN, start, met, running)


def waits(story: Story, moments: list[tuple[int, str]], answered: int) -> Iterator[tuple[int, int | None, bool]]:
    """From when the customer waited for a reply, when it came, and whether it still may."""
    events = [*moments]
    for start, end in story.shut:
        events += [(start, "closed"), *([(end, "reopened")] if end is not None else [])]
    since = None
    for at, what in sorted(events):
        if what in {"in", "reopened"} and since is None and at > answered:
            since = at
        elif what in {"out", "closed"} and since is not None:
            yield since, at if what == "out" else None, False
            since = None
    if since is not None:
        yield since, None, True


@dataclass(frozen=True)
class Breach:
    """A line of activity that tells of a missed target."""

    ticket: int
    kind: str
    due: float


def breaches(desk: Desk) -> list[Breach]:
    """What the activity says was missed; an instant is told to the minute, in the desk's zone."""
    lines = desk.store.reader().rows(
        "SELECT ticket_id, after_text FROM activity WHERE kind = 'breach' AND operation = 'event'"
    )
    found = []
    for ticket, text in lines:
        kind, _, due = text.partition(" due ")
        found.append(Breach(ticket, kind, datetime.fromisoformat(due).replace(tzinfo=desk.zone).timestamp()))
    return found


def level_figures(promised: list[Promise], missed: list[Breach], period: Period, now: int) -> Values:
    """The figures of the report on service levels, of these promises and breaches."""
    found: dict[str, tuple[float | None, int]] = {}
    names = (
        ("inside_percent", "resolution"),
        ("first_response_percent", "first response"),
        ("next_reply_percent", "next reply"),
    )
    for name, kind in names:
        met = [promise for promise in promised if promise.kind == kind and promise.met_in(period)]
        kept = sum(promise.in_time for promise in met)
        found[name] = (round(100 * kept / len(met), 1) if met else None, len(met))
        if kind == "resolution":
            found |= {"inside": (kept, kept), "outside": (len(met) - kept,) * 2}
    within = [breach for breach in missed if period.start <= breach.due < period.end]
    for kind in ("", "first response", "next reply", "resolution"):
        of_it = [breach for breach in within if kind in {"", breach.kind}]
        name = f"{kind} breaches".strip().replace(" ", "_")
        found[name] = (len(of_it), len({breach.ticket for breach in of_it}))
    standing = [promise for promise in promised if promise.kind == "resolution" and promise.running]
    overdue = sum(promise.due < now for promise in standing)
    return found | {"overdue": (overdue, overdue), "running": (len(standing) - overdue,) * 2}
