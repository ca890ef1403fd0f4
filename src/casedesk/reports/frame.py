"""What every report works with: the desk's reader, the period and its parts, and the narrowing query as SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.grammar import quoted
from casedesk.reports.period import STEPS, Period
from casedesk.store.sql_text import Sql

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.reports.values import Request
    from casedesk.store.reader import Row


@dataclass(frozen=True, slots=True)
class Grouping:
    """A field to group by: its title, its `key` on a ticket `t`, and the statement that names each key.

    Without `names` the key is its own name. `narrowed` is the query word by which the rows of one group are found.
    Where a ticket may be in several groups, `linked` is the table that says so.
    """

    title: str
    key: str
    narrowed: str
    names: str = ""
    linked: str = ""
    number: str = "t.id"

    @property
    def join(self) -> str:
        """What has to be joined besides; nothing where each ticket is in one group."""
        return f" LEFT JOIN {self.linked} g ON g.ticket_id = {self.number}" if self.linked else ""

    def of_closings(self) -> Grouping:
        """The same for a closing `c`, which has what the ticket has (`store.closing_fields`)."""
        key = re.sub(r"\bt\.", "c.", self.key.replace("t.id", "c.ticket_id"))
        return replace(self, key=key, number="c.ticket_id")


def _listed(title: str, column: str, narrowed: str, table: str, name: str = "name") -> Grouping:
    return Grouping(title, f"t.{column}", narrowed, f"SELECT id, {name} FROM {table}")


GROUPINGS: dict[str, Grouping] = {
    "campaign": _listed("Campaign", "campaign_id", "campaign", "campaign"),
    "owner": _listed("Owner", "owner_id", "owner.login", "user", "login"),
    "team": _listed("Team", "team_id", "team", "team"),
    "priority": _listed("Priority", "priority_id", "priority", "priority"),
    "topic": _listed("Topic", "topic_id", "topic", "topic"),
    "status": _listed("Status", "status_id", "status", "status"),
    "resolution": _listed("Resolution", "resolution_id", "resolution", "close_option"),
    "closer": _listed("Closed by", "closed_by_id", "closer.login", "user", "login"),
    "plan": _listed("Plan", "plan_id", "plan", "plan"),
    "account": _listed("Account", "account_id", "account_id", "account"),
    "policy": Grouping(
        "Policy", "(SELECT x.policy_id FROM ticket_timer x WHERE x.ticket_id = t.id AND x.kind = 'resolution')",
        "policy.resolution", "SELECT id, name FROM policy",
    ),
    "language": Grouping("Language", "t.language", "language"),
    "class": Grouping(
        "Classification", "g.classification_id", "class", "SELECT id, name FROM classification",
        "ticket_classification",
    ),
    "tag": Grouping("Tag", "g.tag_id", "tag", "SELECT id, name FROM tag", "ticket_tag"),
}  # fmt: skip
"""The fields of a ticket that reports group by."""

NOBODY = "none"
"""The label of what has no value of the field, as in queries."""


class Frame:
    """A request at work on a desk; every report reads through one."""

    def __init__(self, desk: Desk, request: Request) -> None:
        self.desk = desk
        self.request = request
        self.period = request.period
        self.now = desk.seconds()
        self._reader = desk.store.reader()

    @cached_property
    def condition(self) -> Sql:
        """The test of one ticket `t` by the request's query, to stand behind AND. Raises QueryError."""
        return "(" + self.desk.queries.test(self.request.query) + ")"

    @property
    def narrowed(self) -> bool:
        """Whether a query leaves tickets out."""
        return bool(self.request.query.strip())

    @property
    def grouping(self) -> Grouping | None:
        """The field to group by; None for parts of time. Raises InvalidInput for what can't be grouped by."""
        by = self.request.by
        if by in STEPS:
            return None
        if by not in GROUPINGS:
            raise InvalidInput(f"A report can't be grouped by “{by}”; there is {', '.join([*STEPS, *GROUPINGS])}.")
        return GROUPINGS[by]

    @property
    def in_one_group(self) -> bool:
        """Whether each ticket is in one group and no other, so that the figures of all groups add up to the whole."""
        return self.grouping is not None and not self.grouping.linked

    @cached_property
    def has_most_tickets(self) -> bool:
        """Whether more than half of all tickets were opened in the period. It is faster then to go through them as they
        lie than by their moments."""
        inside, every = self.rows(
            "SELECT (SELECT count(*) FROM ticket WHERE created_at >= ? AND created_at < ?), max(id) FROM ticket",
            (self.period.start, self.period.end),
        )[0]
        return not self.narrowed and 2 * inside > (every or 0)

    @cached_property
    def parts(self) -> list[tuple[str, Period]]:
        """The labelled parts of time; empty when grouped by a field."""
        return list(self.period.cut(self.request.by)) if self.grouping is None else []

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query."""
        return self._reader.rows(sql, tuple(parameters))

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first cell of a query."""
        return self._reader.value(sql, tuple(parameters))

    def query(self, *pieces: str) -> str:
        """A query for the rows of a figure: the request's own, and these."""
        own = self.request.query.strip()
        return " ".join(filter(None, [f"({own})" if own and pieces else own, *pieces]))

    def within(self, field: str, period: Period) -> str:
        """The query for a field of time within a period."""
        if self._is_local(period):
            return f"{field}:{period.first}..{period.last}"
        return f"{field}:{_instant(period.start)}..{_instant(period.end - 1)}"

    def open_at_end(self, period: Period) -> str:
        """The query for what was open at the end of a period."""
        return f"open_at:{period.last if self._is_local(period) else _instant(period.end - 1)}"

    def _is_local(self, period: Period) -> bool:
        """Whether its days are those of the desk's zone, which are the ones that queries speak of."""
        return period.zone.key == self.desk.zone.key

    def grouped(self, select: str, tables: str, condition: str, parameters: Sequence[Any]) -> list[Row]:
        """The key of each group, and what `select` says of it, of those that the request's query leaves in.

        `tables` have to hold a ticket `t`, or are the `closings`.
        """
        sql, test = self._grouped(select, tables, condition)
        return self.rows(sql, (*parameters, *test))

    @property
    def closings(self) -> str:
        """The table of closings `c`, with their tickets `t` where the query asks for them."""
        return "ticket_closing c" + (" JOIN ticket t ON t.id = c.ticket_id" if self.narrowed else "")

    def _grouped(self, select: str, tables: str, condition: str) -> tuple[str, tuple[Any, ...]]:
        """The statement, and what has to be given for the request's query behind its own parameters."""
        grouping = self.grouping
        assert grouping is not None
        if tables == self.closings:
            grouping = grouping.of_closings()
        test = f" AND {self.condition.text}" if self.narrowed else ""
        sql = f"SELECT {grouping.key}, {select} FROM {tables}{grouping.join} WHERE {condition}{test} GROUP BY 1"
        return sql, self.condition.parameters if self.narrowed else ()

    def by_the_week(self, sql: str, parameters: Callable[[Period], Sequence[Any]]) -> Iterator[Row]:
        """The rows of a query for each week of the period, or the part of it that lies in the period.

        SQLite sorts what it groups; by the week that stays in the processor's cache, which is twice as fast on a
        million tickets. What is counted must add up.
        """
        for _, week in self.period.cut("week"):
            yield from self.rows(sql, parameters(week))

    def grouped_by_the_week(
        self, select: str, tables: str, condition: str, parameters: Callable[[Period], Sequence[Any]]
    ) -> Iterator[Row]:
        """As `grouped`, with a row of each group for each week in which it has anything."""
        sql, test = self._grouped(select, tables, condition)
        return self.by_the_week(sql, lambda week: (*parameters(week), *test))

    @cached_property
    def names(self) -> dict[Any, str]:
        """The names of the groups, by their keys."""
        grouping = self.grouping
        return dict(self.rows(grouping.names)) if grouping is not None and grouping.names else {}

    def label(self, key: Any) -> str:
        """What a group is called; what has no value of the field is `none`, as in queries."""
        return NOBODY if key is None else self.names.get(key, str(key))

    def within_group(self, key: Any) -> str:
        """The query word for the tickets of one group."""
        grouping = self.grouping
        assert grouping is not None
        if key is None:
            return f"{grouping.narrowed}:{NOBODY}"
        return f"{grouping.narrowed}:{key if grouping.narrowed.endswith('_id') else quoted(self.label(key))}"


def _instant(seconds: int) -> str:
    """An instant to the second, as queries take it whatever the zone."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
