"""Measures the reports over a month and a year, first and again, beside what plain SQL needs for the main figures."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from casedesk.desk import Desk
from casedesk.reports import Reports, Request
from casedesk.reports.grouping import usual_grouping
from casedesk.reports.period import Period

_OF_CLOSED = """SELECT {key}, count(*), avg(c.open_seconds)
                FROM ticket_closing c JOIN ticket t ON t.id = c.ticket_id {join}
                WHERE c.closed_at >= ? AND c.closed_at < ? GROUP BY 1"""
_PLAIN = {
    "tickets": _OF_CLOSED.format(key="date(c.closed_at, 'unixepoch')", join=""),
    "cases": _OF_CLOSED.format(key="t.campaign_id", join=""),
    "people": _OF_CLOSED.format(key="t.owner_id", join=""),
    "causes": _OF_CLOSED.format(
        key="k.classification_id", join="LEFT JOIN ticket_classification k ON k.ticket_id = t.id"
    ),
    "sla": """SELECT date(met_at, 'unixepoch'), count(*), sum(met_at <= due_at) FROM ticket_timer
              WHERE met_at >= ? AND met_at < ? GROUP BY 1""",
    "feedback": """SELECT date(answered_at, 'unixepoch'), count(*), avg(score >= 9) - avg(score < 7) FROM response
                   WHERE score_kind = 'nps' AND answered_at >= ? AND answered_at < ? GROUP BY 1""",
}


def reporting(path: Path) -> Iterable[str]:
    """Print the figures for the desk at `path`; yields what is far off."""
    print(f"\n{'reports':44} {'first':>9} {'again':>9} {'plain SQL':>9}")
    plain = sqlite3.connect(path)
    ((newest,),) = plain.execute("SELECT max(created_at) FROM ticket").fetchall()
    with Desk.open(path, clock=lambda: newest + 1) as desk:
        last = datetime.fromtimestamp(newest, desk.zone).date()
        for days in (30, 365):
            period = Period(last - timedelta(days - 1), last, desk.zone)
            for name, sql in _PLAIN.items():
                if name == "sla" and not desk.service_levels.on:
                    continue
                for by in dict.fromkeys((usual_grouping(name, period), "owner")):
                    if name == "tickets" and by == "owner":
                        continue
                    yield from _compared(desk, Request(name, period, by), plain, sql)
    plain.close()


def _compared(desk: Desk, request: Request, plain: sqlite3.Connection, sql: str) -> Iterable[str]:
    reports, period = Reports(desk), request.period
    plain.execute(sql, (period.start, period.end)).fetchall()  # what is read from the disk is read once for both
    begun = time.perf_counter()
    plain.execute(sql, (period.start, period.end)).fetchall()
    reference = time.perf_counter() - begun
    taken = []
    for _ in range(2):
        begun = time.perf_counter()
        reports.run(request)
        taken.append(time.perf_counter() - begun)
    what = f"{request.report} by {request.by}, {period.days} days"
    print(f"  {what:42} {taken[0] * 1000:6.1f} ms {taken[1] * 1000:6.1f} ms {reference * 1000:6.1f} ms")
    if taken[0] > 10 * reference + 1 or taken[1] > 0.5:
        yield f"{what} takes {taken[0]:.1f} s, plain SQL {reference:.1f} s"
