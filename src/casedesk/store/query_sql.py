"""A query as SQL over a desk of any size (behaviour 6.1; quality: a filter's first tickets within 100 ms).

Reading goes ids first. Two ways lead to them. Where one of the conditions holds for few tickets, their ids are fetched
by its index and sorted. Otherwise the tickets are walked in their order along an index and each is tested, so that
the first ones come at once. Which it is, is counted, and the counting stops early.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from casedesk.domain.query.tree import Query
from casedesk.store.query_conditions import WITH_STATE, Condition, condition_of, conditions_of, union
from casedesk.store.query_names import Lookups
from casedesk.store.query_order import Leg, Order, order_of, order_of_responses
from casedesk.store.query_parts import Part, Window
from casedesk.store.query_tests import Translator
from casedesk.store.reader import Reader
from casedesk.store.sql_text import Sql, joined

__all__ = [
    "RECEIVED",
    "RESPONSES",
    "Limits",
    "Lookups",
    "Sql",
    "among_sql",
    "condition_sql",
    "count_sql",
    "select_responses_sql",
    "select_sql",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of what is too much; the figures were measured on a desk with a million tickets.

    `few`: ids that are quicker fetched and sorted than found by walking. `newest`: tickets at the start of a walk among
    which words are searched by themselves, so that the first page needn't wait until all that have them are gathered;
    their numbers have to lie within `span`, since the search index is read from the first to the last of them.
    `scattered`: the same where they lie further apart, so that the index is asked about each. `counted`: conditions
    that are counted at most.
    """

    few: int = 10_000
    newest: int = 4_000
    span: int = 100_000
    scattered: int = 1_000
    counted: int = 24


LIMITS = Limits()


def select_sql(query: Query, reader: Reader, lookups: Lookups, limits: Limits = LIMITS) -> Sql:
    """The statement that yields the numbers of the tickets that match a resolved query, in the query's order.

    Newest first without a sort key (behaviour 6.3). Empty fields come last in either direction, and tickets that are
    equal in every key by number, in the direction of the last key.
    """
    order = order_of(query.sort, lookups.priorities(reader))
    conditions = conditions_of(query.root, Translator(reader, lookups))
    planner = _Planner(reader, limits)
    driver = planner.rarest(conditions)
    if driver is not None:
        return planner.fetched("t.id", conditions, driver) + f" ORDER BY {order.terms}"
    return planner.walk(conditions, order)


def count_sql(query: Query, reader: Reader, lookups: Lookups, limits: Limits = LIMITS) -> Sql:
    """The statement that counts the tickets that match a resolved query."""
    conditions = conditions_of(query.root, Translator(reader, lookups))
    if len(conditions) == 1:
        alone = conditions[0].ids
        if alone is not None and all(part.exact for part in conditions[0].parts()):
            once = conditions[0].part is not None and conditions[0].part.once
            return f"SELECT count({'*' if once else 'DISTINCT id'}) FROM (" + alone + ")"
    planner = _Planner(reader, limits)
    driver = planner.rarest(conditions)
    if driver is not None:
        return planner.fetched("count(*)", conditions, driver)
    return "SELECT count(*) FROM ticket t" + _where(_tests(conditions, _spine(conditions)))


def condition_sql(query: Query, reader: Reader, lookups: Lookups, *, of_responses: bool = False) -> Sql:
    """The test of one ticket `t`, for a statement that reads tickets in its own way; `1` when all match."""
    conditions = conditions_of(query.root, Translator(reader, lookups, of_responses=of_responses))
    return joined("AND", [condition.test() for condition in conditions]) if conditions else Sql("1")


def among_sql(query: Query, reader: Reader, lookups: Lookups, numbers: Sequence[int]) -> Sql:
    """The statement that yields those of the tickets with these numbers that match a resolved query, in no order."""
    conditions = conditions_of(query.root, Translator(reader, lookups))
    asked = Sql("SELECT t.id FROM json_each(?) d CROSS JOIN ticket t ON t.id = d.value", (json.dumps(list(numbers)),))
    return asked + _where([condition.test(Window(few=True)) for condition in conditions])


def select_responses_sql(query: Query, reader: Reader, lookups: Lookups) -> Sql:
    """The statement that yields the ids of the responses that match a resolved query, in its order: the latest answers
    first unless it asks for another.

    What the query says of a ticket is said of the response's own; a response without one has no status, owner or tags,
    and its words are those of its answers.
    """
    translator = Translator(reader, lookups, of_responses=True)
    tests = [condition_of(query.root, translator).test()] if query.root is not None else []
    order = order_of_responses(query.sort, lookups.priorities(reader))
    return "SELECT t.response_id FROM " + RESPONSES + _where(tests) + f" ORDER BY {order}"


RESPONSES = """(
        SELECT r.id AS response_id, r.answered_at, r.score, r.score_kind, r.campaign_id, r.contact_id, r.text,
               r.language, k.account_id, coalesce(w.created_at, r.received_at) AS created_at,
               coalesce(w.updated_at, r.received_at) AS updated_at,
               w.id, w.title, w.description, w.state, w.status_id, w.priority_id, w.topic_id, w.owner_id, w.team_id,
               w.closed_at, w.due_at, w.wake_at, w.breached, w.plan_id, w.exit_state_id, w.resolution_id,
               w.closed_by_id, w.origin, w.rule_id, w.source, w.external_id
        FROM response r
        LEFT JOIN contact k ON k.id = r.contact_id
        LEFT JOIN ticket w ON w.id = (SELECT max(id) FROM ticket WHERE response_id = r.id)
    ) t"""
"""Each response as a `t` with the fields of its latest ticket: what a test `of_responses` is about."""


RECEIVED = """(
        SELECT r.id AS response_id, r.received_at, r.answered_at, r.score, r.score_kind, r.campaign_id, r.contact_id,
               r.text, r.language, k.account_id, r.received_at AS created_at, r.received_at AS updated_at,
               NULL AS id, NULL AS title, NULL AS description, 'new' AS state,
               (SELECT id FROM status WHERE state = 'new' AND NOT retired ORDER BY position, id LIMIT 1) AS status_id,
               NULL AS priority_id, NULL AS topic_id, NULL AS owner_id, NULL AS team_id, NULL AS closed_at,
               NULL AS due_at, NULL AS wake_at, 0 AS breached, NULL AS plan_id, NULL AS exit_state_id,
               NULL AS resolution_id, NULL AS closed_by_id, NULL AS parent_id, NULL AS merged_into_id,
               'rule' AS origin, NULL AS rule_id, r.source, NULL AS external_id
        FROM response r LEFT JOIN contact k ON k.id = r.contact_id
    ) t"""
"""Each response as it was when it was received, before any ticket: what rules for new responses judge. For a test
`of_responses`."""


@dataclass(frozen=True, slots=True)
class _Driver:
    """The rarest condition: how many ids it has, their statement, and the condition that they settle."""

    count: int
    ids: Sql
    settled: Condition | None


class _Planner:
    """Counts how many tickets conditions hold for, as far as it matters, and chooses the way."""

    def __init__(self, reader: Reader, limits: Limits) -> None:
        self._reader = reader
        self._limits = limits
        self._left = limits.counted

    # -- fetching the few ---------------------------------------------------------------------------------------

    def rarest(self, conditions: Sequence[Condition]) -> _Driver | None:
        """The condition that holds for the fewest tickets; None when each holds for many or has no index."""
        found = [driver for driver in map(self._few, conditions) if driver is not None]
        return min(found, key=lambda driver: driver.count, default=None)

    def fetched(self, what: str, conditions: Sequence[Condition], driver: _Driver) -> Sql:
        """The tickets of the driver's ids that pass the other tests; CROSS JOIN keeps this order of work."""
        others = [condition for condition in conditions if condition is not driver.settled]
        window = self._around(driver) if any(condition.has_words for condition in others) else None
        ids = "(SELECT DISTINCT id FROM (" + driver.ids + ")) d"
        found = f"SELECT {what} FROM " + ids + " CROSS JOIN ticket t ON t.id = d.id"
        return found + _where([condition.test(window) for condition in others])

    def _few(self, condition: Condition) -> _Driver | None:
        if condition.word == "AND":
            rarest = self.rarest(condition.children)
            return rarest and _Driver(rarest.count, rarest.ids, None)
        if condition.word == "OR":
            found = [self._few(child) for child in condition.children]
            drivers = [driver for driver in found if driver is not None]
            count = sum(driver.count for driver in drivers)
            if len(drivers) < len(found) or count > self._limits.few:
                return None
            settled = condition if all(driver.settled for driver in drivers) else None
            return _Driver(count, union([driver.ids for driver in drivers]), settled)
        part = condition.part
        if part is None or part.ids is None or not self._left:
            return None
        self._left -= 1
        counted = "SELECT count(*) FROM (SELECT 1 FROM (" + part.ids + f") LIMIT {self._limits.few + 1})"
        count = int(self._reader.value(counted.text, counted.parameters))
        return _Driver(count, part.ids, condition if part.exact else None) if count <= self._limits.few else None

    def _around(self, driver: _Driver) -> Window | None:
        """The tickets that the driver's ids may be; None when they are neither few nor near one another."""
        if driver.count <= self._limits.scattered:
            return Window(few=True)
        ends = "SELECT min(id), max(id) FROM (" + driver.ids + ")"
        lowest, highest = self._reader.rows(ends.text, ends.parameters)[0]
        return Window(lowest, highest) if highest - lowest <= self._limits.span else None

    # -- walking the many ---------------------------------------------------------------------------------------

    def walk(self, conditions: Sequence[Condition], order: Order) -> Sql:
        """All tickets in their order that pass the tests, the first of them at once."""
        if order.legs:
            return union([_walked(_tests(conditions), leg) for leg in order.legs])
        spine = _spine(conditions) if order.by_creation else None
        if order.by_creation and any(condition.has_words for condition in conditions):
            begun = self._beginning(conditions, spine, order)
            if begun is not None:
                border, window = begun
                nearer, beyond = ("<", ">=") if order.ascending else (">", "<=")
                first = _stretch(_tests(conditions, spine, window), f"t.created_at {nearer} {border}", order.terms)
                rest = _stretch(_tests(conditions, spine), f"t.created_at {beyond} {border}", order.terms)
                return union([first, rest])
        return "SELECT t.id FROM ticket t" + _where(_tests(conditions, spine)) + f" ORDER BY {order.terms}"

    def _beginning(
        self, conditions: Sequence[Condition], spine: Part | None, order: Order
    ) -> tuple[int, Window] | None:
        """Where the first stretch of the walk ends (a moment of creation), and which tickets it has; None if all."""
        parts = [spine, *(entry.part for entry in conditions if entry.part and entry.part.index == "created_at")]
        bare = [part.bare for part in parts if part is not None and part.bare is not None]
        last = "max" if order.ascending else "min"
        border = 0
        for size in (self._limits.newest, self._limits.scattered):
            stretch = "SELECT t.id, t.created_at FROM ticket t" + _where(bare) + f" ORDER BY {order.terms} LIMIT {size}"
            measured = f"SELECT count(*), {last}(created_at), min(id), max(id) FROM (" + stretch + ")"
            count, border, lowest, highest = self._reader.rows(measured.text, measured.parameters)[0]
            if count < size:
                return None
            if highest - lowest <= self._limits.span:
                return border, Window(lowest, highest)
        return border, Window(few=True)


_SPINES = (
    *(f"{column}, state" for column in WITH_STATE),
    "contact_id",
    "account_id",
    "score",
    "topic_id",
    "priority_id",
    "state",
)
"""What indexes go on with the moment of creation, the narrowest first."""


def _spine(conditions: Sequence[Condition]) -> Part | None:
    """The condition whose index is walked; None for all tickets."""
    available = {entry.part.index: entry.part for entry in conditions if entry.part is not None and entry.part.ordered}
    return next((available[index] for index in _SPINES if index in available), None)


def _tests(conditions: Sequence[Condition], spine: Part | None = None, window: Window | None = None) -> list[Sql]:
    """The tests of all conditions; of the spine and of the moment of creation with bare columns."""
    tests = []
    for condition in conditions:
        part = condition.part
        bare = part.bare if part is not None and (part is spine or part.index == "created_at") else None
        tests.append(bare if bare is not None else condition.test(window))
    return tests


def _walked(tests: Sequence[Sql], leg: Leg) -> Sql:
    """One leg of a walk. The limit, which is none, keeps SQLite from merging it with the next one out of order."""
    if len(leg.tests) == 1:
        return _stretch(tests, leg.tests[0], leg.terms)
    columns = f"t.id AS id, t.{leg.column} AS {leg.column}"
    pieces = [f"SELECT {columns} FROM ticket t" + _where([Sql(test), *tests]) for test in leg.tests]
    return "SELECT id FROM (" + union(pieces) + f" ORDER BY {leg.terms} LIMIT -1)"


def _stretch(tests: Sequence[Sql], within: str, terms: str) -> Sql:
    walked = "SELECT t.id FROM ticket t" + _where([Sql(within), *tests]) + f" ORDER BY {terms} LIMIT -1"
    return "SELECT id FROM (" + walked + ")"


def _where(tests: Sequence[Sql]) -> Sql:
    return " WHERE " + joined("AND", tests) if tests else Sql("")
