"""How many tickets were opened in the period, by a field or by what they are classified or tagged as (M14)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casedesk.reports.frame import Frame, Grouping
    from casedesk.reports.period import Period


def opened_by(frame: Frame, grouping: Grouping) -> Counter[Any]:
    """The keys of the groups, each with how many of its tickets were opened; the request's query leaves some out."""
    if not grouping.linked:
        return _by_field(frame, grouping)
    if not frame.has_most_tickets:
        within = "t.created_at >= ? AND t.created_at < ?"
        return _by_links(frame, grouping, within, (week for _, week in frame.period.cut("week")))
    # The others are taken off from all, which an index counts.
    counts: Counter[Any] = Counter(
        dict(frame.rows(f"SELECT {grouping.key}, count(*) FROM {grouping.linked} g GROUP BY 1"))
    )
    ((every, linked),) = frame.rows(
        f"SELECT (SELECT count(*) FROM ticket), (SELECT count(DISTINCT ticket_id) FROM {grouping.linked})"
    )
    counts[None] = every - linked
    counts.subtract(_by_links(frame, grouping, "(t.created_at < ? OR t.created_at >= ?)", (frame.period,)))
    return +counts


def _by_field(frame: Frame, grouping: Grouping) -> Counter[Any]:
    sign = "+" if frame.has_most_tickets else ""  # keeps the index of moments from being used
    test, period = frame.condition, frame.period
    sql = f"""SELECT {grouping.key}, count(*) FROM ticket t
              WHERE {sign}t.created_at >= ? AND {sign}t.created_at < ? AND {test.text} GROUP BY 1"""
    return Counter(dict(frame.rows(sql, (period.start, period.end, *test.parameters))))


def _by_links(frame: Frame, grouping: Grouping, condition: str, periods: Iterable[Period]) -> Counter[Any]:
    """The same for the tickets under a condition on each of the periods; SQLite lists the keys faster than it sorts
    them."""
    test, counts = frame.condition, Counter[Any]()
    sql = f"SELECT json_group_array({grouping.key}) FROM ticket t{grouping.join} WHERE {condition} AND {test.text}"
    for period in periods:
        counts.update(json.loads(frame.value(sql, (period.start, period.end, *test.parameters))))
    return counts
