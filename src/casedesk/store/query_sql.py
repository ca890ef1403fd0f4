"""A query as SQL over a desk of any size (behaviour 6.1; quality: a filter's first tickets within 100 ms).

Reading goes ids first. Two ways lead to them. Where one of the conditions holds for few tickets, their ids are fetched
by its index and sorted. Otherwise the tickets are walked in their order along an index and each is tested, so that
the first ones come at once. Which it is, is counted, and the counting stops early.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casedesk.domain.query.tree import And, Node, Not, Or, Query, Text
from casedesk.store.query_names import Lookups
from casedesk.store.query_order import Order, order_of
from casedesk.store.query_parts import Part, Window, both
from casedesk.store.query_tests import Translator
from casedesk.store.reader import Reader
from casedesk.store.sql_text import Sql, joined

__all__ = ["Lookups", "Sql", "count_sql", "select_responses_sql", "select_sql"]

FEW = 10_000
"""Ids that are quicker fetched and sorted than found by walking."""

NEWEST = 4_000
"""Tickets at the start of a walk among which words are searched by themselves, so that the first page needn't wait
until all that have the words are gathered."""

SPAN = 100_000
"""Numbers between which these have to lie, so that the search index is read from one to the other."""

NEWEST_SCATTERED = 1_000
"""The same where they lie further apart, so that the index has to be asked about each."""

_COUNTED = 24
_WORDS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Tree:
    """A node of the query with its SQL: a part, or children joined by `word` (AND, OR, NOT)."""

    word: str
    part: Part | None = None
    children: tuple[_Tree, ...] = ()

    def parts(self) -> Iterator[Part]:
        """The parts of all leaves."""
        if self.part is not None:
            yield self.part
        for child in self.children:
            yield from child.parts()

    def test(self, window: Window | None = None) -> Sql:
        """The test of one ticket of the window, where there is one."""
        if self.part is not None:
            return self.part.test_in(window)
        tests = [child.test(window) for child in self.children]
        return "(" + tests[0] + ") IS NOT TRUE" if self.word == "NOT" else joined(self.word, tests)


def select_sql(query: Query, reader: Reader, lookups: Lookups) -> Sql:
    """The statement that yields the numbers of the tickets that match a resolved query, in the query's order.

    Newest first without a sort key (behaviour 6.3). Empty fields come last in either direction, and tickets that are
    equal in every key by number, in the direction of the last key.
    """
    order = order_of(query.sort)
    conditions = _conditions(query.root, reader, lookups)
    driver = _Estimate(reader).rarest(conditions)
    if driver is not None:
        return _fetched("t.id", conditions, driver, reader) + f" ORDER BY {order.terms}"
    return _walk(conditions, order, reader)


def count_sql(query: Query, reader: Reader, lookups: Lookups) -> Sql:
    """The statement that counts the tickets that match a resolved query."""
    conditions = _conditions(query.root, reader, lookups)
    if len(conditions) == 1:
        alone = _union(conditions[0])
        if alone is not None and all(part.exact for part in conditions[0].parts()):
            once = conditions[0].part is not None and conditions[0].part.once
            return f"SELECT count({'*' if once else 'DISTINCT id'}) FROM (" + alone + ")"
    driver = _Estimate(reader).rarest(conditions)
    if driver is not None:
        return _fetched("count(*)", conditions, driver, reader)
    return "SELECT count(*) FROM ticket t" + _where(_tests(conditions, _spine(conditions)))


def select_responses_sql(query: Query, reader: Reader, lookups: Lookups) -> Sql:
    """The statement that yields the ids of the responses that match a resolved query, the latest answers first.

    What the query says of a ticket is said of the response's own; a response without one has no status, owner or tags,
    and its words are those of its answers.
    """
    translator = Translator(reader, lookups, of_responses=True)
    tests = [_translated(query.root, translator).test()] if query.root is not None else []
    return _RESPONSES + _where(tests) + " ORDER BY t.answered_at DESC, t.response_id DESC"


_RESPONSES = """
    SELECT t.response_id FROM (
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


# -- from the query's tree to conditions ----------------------------------------------------------------


def _conditions(root: Node | None, reader: Reader, lookups: Lookups) -> list[_Tree]:
    """What all has to hold: the children of an And at the top, or the one thing that stands there."""
    if root is None:
        return []
    tree = _translated(root, Translator(reader, lookups))
    return _paired(list(tree.children)) if tree.word == "AND" else [tree]


def _paired(conditions: list[_Tree]) -> list[_Tree]:
    """The same conditions, the state together with what shares an index with it."""
    found = {
        tree.part.index: tree for tree in conditions if tree.part is not None and tree.part.bare and tree.part.exact
    }
    state = found.get("state")
    partner = next((found[index] for index in _WITH_STATE if index in found), None)
    if state is None or partner is None or state.part is None or partner.part is None:
        return conditions
    pair = _Tree("", both(partner.part, state.part))
    return [pair, *(tree for tree in conditions if tree is not state and tree is not partner)]


def _translated(node: Node, translator: Translator) -> _Tree:
    if isinstance(node, Not):
        opposite = translator.opposite(node.child)
        return _Tree("", opposite) if opposite else _Tree("NOT", children=(_translated(node.child, translator),))
    if isinstance(node, And | Or):
        word = "AND" if isinstance(node, And) else "OR"
        texts = [child for child in node.children if isinstance(child, Text)]
        others = [_translated(child, translator) for child in node.children if not isinstance(child, Text)]
        children = (*_searches(texts, word, translator), *others)
        return children[0] if len(children) == 1 else _Tree(word, children=children)
    if isinstance(node, Text):
        return _Tree("", translator.words([node], "AND"))
    return _Tree("", translator.part(node))


def _searches(texts: Sequence[Text], word: str, translator: Translator) -> Iterator[_Tree]:
    """Words side by side, asked of the search index together."""
    for start in range(0, len(texts), _WORDS_AT_ONCE):
        yield _Tree("", translator.words(texts[start : start + _WORDS_AT_ONCE], word))


def _union(tree: _Tree) -> Sql | None:
    """The ids of all tickets that match a leaf or any of several, where each has an index; None otherwise."""
    if tree.part is not None:
        return tree.part.ids
    parts = [_union(child) for child in tree.children] if tree.word == "OR" else []
    found = [ids for ids in parts if ids is not None]
    return _union_of(found) if parts and len(found) == len(parts) else None


def _union_of(statements: Sequence[Sql]) -> Sql:
    whole = statements[0]
    for statement in statements[1:]:
        whole = whole + " UNION ALL " + statement
    return whole


# -- fetching the few ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Driver:
    """The rarest condition: how many ids it has, their statement, and the test that they make needless."""

    count: int
    ids: Sql
    settled: _Tree | None


class _Estimate:
    """Counts how many tickets conditions hold for, as far as it matters."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._left = _COUNTED

    def up_to(self, ids: Sql, limit: int) -> int:
        """How many rows the statement has; a number above `limit` only says that it is above."""
        counted = "SELECT count(*) FROM (SELECT 1 FROM (" + ids + f") LIMIT {limit + 1})"
        return int(self._reader.value(counted.text, counted.parameters))

    def rarest(self, conditions: Sequence[_Tree]) -> _Driver | None:
        """The condition that holds for the fewest tickets; None when each holds for many or has no index."""
        found = [driver for driver in map(self._few, conditions) if driver is not None]
        return min(found, key=lambda driver: driver.count, default=None)

    def _few(self, tree: _Tree) -> _Driver | None:
        if tree.word == "AND":
            rarest = self.rarest(tree.children)
            return rarest and _Driver(rarest.count, rarest.ids, None)
        if tree.word == "OR":
            found = [self._few(child) for child in tree.children]
            drivers = [driver for driver in found if driver is not None]
            count = sum(driver.count for driver in drivers)
            if len(drivers) < len(found) or count > FEW:
                return None
            settled = tree if all(driver.settled for driver in drivers) else None
            return _Driver(count, _union_of([driver.ids for driver in drivers]), settled)
        if tree.part is None or tree.part.ids is None or not self._left:
            return None
        self._left -= 1
        count = self.up_to(tree.part.ids, FEW)
        return _Driver(count, tree.part.ids, tree if tree.part.exact else None) if count <= FEW else None


def _around(driver: _Driver, reader: Reader) -> Window | None:
    """The tickets that the driver's ids may be; None when they are neither few nor near one another."""
    if driver.count <= NEWEST_SCATTERED:
        return Window(few=True)
    ends = "SELECT min(id), max(id) FROM (" + driver.ids + ")"
    lowest, highest = reader.rows(ends.text, ends.parameters)[0]
    return Window(lowest, highest) if highest - lowest <= SPAN else None


def _has_words(condition: _Tree) -> bool:
    return any(part.match for part in condition.parts())


def _fetched(what: str, conditions: Sequence[_Tree], driver: _Driver, reader: Reader) -> Sql:
    """The tickets of the driver's ids that pass the other tests; CROSS JOIN keeps this order of work."""
    others = [condition for condition in conditions if condition is not driver.settled]
    window = _around(driver, reader) if any(map(_has_words, others)) else None
    tests = [condition.test(window) for condition in others]
    found = f"SELECT {what} FROM (SELECT DISTINCT id FROM (" + driver.ids + ")) d CROSS JOIN ticket t ON t.id = d.id"
    return found + _where(tests)


# -- walking the many ----------------------------------------------------------------

_WITH_STATE = ("owner_id", "team_id", "campaign_id", "due_at")
"""The columns whose index goes on with the state."""

_SPINES = (
    *(f"{column}, state" for column in _WITH_STATE),
    "contact_id",
    "account_id",
    "score",
    "priority_id",
    "state",
)
"""What indexes go on with the moment of creation, the narrowest first."""


def _walk(conditions: Sequence[_Tree], order: Order, reader: Reader) -> Sql:
    if order.present:
        first = _walked(_tests(conditions), f"{order.present} IS NOT NULL", order.terms.replace(" NULLS LAST", ""))
        rest = _walked(_tests(conditions), f"{order.present} IS NULL", order.terms.rpartition(", ")[2])
        return first + " UNION ALL " + rest
    spine = _spine(conditions) if order.by_creation else None
    if order.by_creation and any(map(_has_words, conditions)):
        begun = _beginning(conditions, spine, order, reader)
        if begun is not None:
            border, window = begun
            nearer, beyond = (">", "<=") if order.terms.startswith("t.created_at DESC") else ("<", ">=")
            first = _walked(_tests(conditions, spine, window), f"t.created_at {nearer} {border}", order.terms)
            rest = _walked(_tests(conditions, spine), f"t.created_at {beyond} {border}", order.terms)
            return first + " UNION ALL " + rest
    return "SELECT t.id FROM ticket t" + _where(_tests(conditions, spine)) + f" ORDER BY {order.terms}"


def _beginning(
    conditions: Sequence[_Tree], spine: Part | None, order: Order, reader: Reader
) -> tuple[int, Window] | None:
    """Where the first stretch of the walk ends (a moment of creation), and which tickets are in it; None if all are."""
    parts = [spine, *(tree.part for tree in conditions if tree.part and tree.part.index == "created_at")]
    bare = [part.bare for part in parts if part is not None and part.bare is not None]
    last = "min" if order.terms.startswith("t.created_at DESC") else "max"
    for size in (NEWEST, NEWEST_SCATTERED):
        stretch = "SELECT t.id, t.created_at FROM ticket t" + _where(bare) + f" ORDER BY {order.terms} LIMIT {size}"
        measured = f"SELECT count(*), {last}(created_at), min(id), max(id) FROM (" + stretch + ")"
        count, border, lowest, highest = reader.rows(measured.text, measured.parameters)[0]
        if count < size:
            return None
        if highest - lowest <= SPAN:
            return border, Window(lowest, highest)
    return border, Window(few=True)


def _walked(tests: Sequence[Sql], within: str, terms: str) -> Sql:
    """One stretch of a walk. The limit, which is none, keeps SQLite from merging it with the next one out of order."""
    stretch = "SELECT t.id FROM ticket t" + _where([Sql(within), *tests]) + f" ORDER BY {terms} LIMIT -1"
    return "SELECT id FROM (" + stretch + ")"


def _spine(conditions: Sequence[_Tree]) -> Part | None:
    """The condition whose index is walked; None for all tickets."""
    available = {tree.part.index: tree.part for tree in conditions if tree.part is not None and tree.part.ordered}
    return next((available[index] for index in _SPINES if index in available), None)


def _tests(conditions: Sequence[_Tree], spine: Part | None = None, window: Window | None = None) -> list[Sql]:
    """The tests of all conditions; of the spine and of the moment of creation with bare columns."""
    tests = []
    for condition in conditions:
        part = condition.part
        bare = part.bare if part is not None and (part is spine or part.index == "created_at") else None
        tests.append(bare if bare is not None else condition.test(window))
    return tests


def _where(tests: Sequence[Sql]) -> Sql:
    return " WHERE " + joined("AND", tests) if tests else Sql("")
