"""The query language at this desk: what it knows, and what a query means here, now and for this user (behaviour 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from casedesk.desk.instants import moment
from casedesk.domain.query import Context, parse, resolve
from casedesk.domain.rights import CONFIGURE, CONTACTS_VIEW, LEVELS, TICKETS_VIEW
from casedesk.store.query_sql import Lookups, Sql, among_sql, condition_sql, count_sql, select_responses_sql, select_sql

if TYPE_CHECKING:
    from datetime import datetime

    from casedesk.desk.desk import Desk
    from casedesk.domain.query import Completion, Query
    from casedesk.store.reader import Reader

_LISTED = {
    "status": "SELECT name FROM status ORDER BY retired, position, id",
    "priority": "SELECT name FROM priority ORDER BY retired, position, id",
    "topic": "SELECT name FROM topic ORDER BY retired, position, id",
    "tag": "SELECT name FROM tag ORDER BY retired, name COLLATE NOCASE",
    "class": "SELECT name FROM classification ORDER BY retired, position, id",
    "campaign": "SELECT name FROM campaign ORDER BY name COLLATE NOCASE",
    "team": "SELECT name FROM team ORDER BY name COLLATE NOCASE",
    "plan": "SELECT name FROM plan ORDER BY name COLLATE NOCASE",
    "action": "SELECT DISTINCT name FROM action ORDER BY name COLLATE NOCASE",
    "exit": "SELECT DISTINCT name FROM plan_exit_state ORDER BY name COLLATE NOCASE",
    "resolution": "SELECT name FROM close_option ORDER BY retired, position, id",
    "policy": "SELECT name FROM policy ORDER BY retired, is_default, position, id",
    "rule": "SELECT name FROM rule ORDER BY position, id",
    "source": "SELECT DISTINCT source FROM import_run ORDER BY source",
}
_PEOPLE = frozenset({"owner", "helper", "by", "closer"})
_KEYS = {
    "answer": "SELECT DISTINCT key FROM question WHERE kind <> 'meta' UNION SELECT label FROM question",
}
_LOGINS = "SELECT login FROM user ORDER BY login COLLATE NOCASE"
_WITH_VARIABLES = frozenset({"contact", "account"})
_VARIABLES = _WITH_VARIABLES | {"answer"}
_OFFERED_VALUES = 200


class DeskVocabulary:
    """What the desk's lists hold, for checking and completing queries."""

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        self._desk = desk
        self._lookups = lookups

    def values(self, field: str) -> Sequence[str]:
        """The values of a field; of a variable or an answer those that occur, the most frequent first."""
        name, _, key = field.partition(".")
        if key and name in _VARIABLES:
            return self._values_of(name, key)
        if name in _PEOPLE:
            return self._texts(_LOGINS if key else "SELECT login FROM user UNION SELECT name FROM user ORDER BY 1")
        return self._texts(_LISTED[name]) if name in _LISTED else ()

    def keys(self, field: str) -> Sequence[str]:
        """What may stand behind the dot of contact, account or answer."""
        if field in _WITH_VARIABLES:
            return self._lookups.variable_names(self._desk.store.reader(), field)
        return self._texts(_KEYS.get(field, _LOGINS))

    def _values_of(self, name: str, key: str) -> Sequence[str]:
        if name in _WITH_VARIABLES and not self._desk.can(CONTACTS_VIEW):
            return ()
        if name == "answer":
            return self._texts(
                """SELECT value FROM (SELECT a.value AS value FROM answer a JOIN question q ON q.id = a.question_id
                       WHERE (q.key = ?1 COLLATE NOCASE OR q.label = ?1 COLLATE NOCASE) AND length(a.value) <= 80
                       LIMIT 20000)
                   GROUP BY value ORDER BY count(*) DESC LIMIT ?2""",
                (key, _OFFERED_VALUES),
            )
        return self._texts(
            f"""SELECT value FROM (SELECT value FROM {name}_variable WHERE name = ?1 COLLATE NOCASE LIMIT 20000)
                GROUP BY value ORDER BY count(*) DESC LIMIT ?2""",
            (key, _OFFERED_VALUES),
        )

    def _texts(self, sql: str, parameters: tuple[object, ...] = ()) -> Sequence[str]:
        return [row[0] for row in self._desk.store.reader().rows(sql, parameters) if row[0]]


class Queries:
    """`desk.queries`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lookups = Lookups()
        self._vocabulary = DeskVocabulary(desk, self._lookups)

    def check(self, text: str) -> None:
        """Raise QueryError, with the place and the nearest names, when the query has a mistake."""
        parse(text, self._vocabulary)

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """What may stand at `cursor`. What contacts have is offered to those who may see them."""
        from casedesk.domain.query import complete

        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        return complete(text, cursor, self._vocabulary)

    def resolved(self, text: str) -> Query:
        """The query as it is meant here, now and by this user."""
        return resolve(parse(text, self._vocabulary), self._context())

    def select(self, text: str) -> Sql:
        """The statement that yields the numbers of the tickets that match, in the query's order."""
        return select_sql(self.resolved(text), self._desk.store.reader(), self._lookups)

    def count(self, text: str) -> Sql:
        """The statement that counts the tickets that match."""
        return count_sql(self.resolved(text), self._desk.store.reader(), self._lookups)

    def select_responses(self, text: str) -> Sql:
        """The statement that yields the ids of the responses that match, newest first."""
        return select_responses_sql(self.resolved(text), self._desk.store.reader(), self._lookups)

    def condition(self, text: str) -> Callable[[Mapping[str, object]], bool]:
        """A rule's condition as a function over the facts of one ticket or response.

        It may speak of campaigns, questions and variables that the desk hasn't met yet. Raises QueryError.
        """
        from casedesk.domain.query import compile_predicate

        return compile_predicate(resolve(parse(text), self._context()))

    def test(self, text: str, *, of_responses: bool = False) -> Sql:
        """The test of one ticket `t` by a query, for statements of one's own; true for an empty one. Raises QueryError.

        `of_responses`: `t` is a response with its ticket's fields, as `select_responses` reads them.
        """
        return condition_sql(self.resolved(text), self._desk.store.reader(), self._lookups, of_responses=of_responses)

    def as_rule(self, text: str, *, of_responses: bool = False, at: datetime | None = None) -> Sql:
        """The same test by a rule's condition, which may name what is new to the desk; `at` is when it is asked."""
        query = resolve(parse(text), self._context(at))
        return condition_sql(query, self._desk.store.reader(), Lookups(), of_responses=of_responses)

    def is_relative(self, text: str) -> bool:
        """Whether what a rule's condition means depends on when it is asked: `created<7d`."""
        early, late = moment(0), moment(1_000_000_007)
        return resolve(parse(text), self._context(early)) != resolve(parse(text), self._context(late))

    def among(self, text: str, reader: Reader, numbers: Sequence[int]) -> set[int]:
        """Those of the tickets with these numbers that match, as `reader` sees them: it may be one of an open
        transaction. As for a rule's condition, names may be new to the desk."""
        found = among_sql(resolve(parse(text), self._context()), reader, Lookups(), numbers)
        return {row[0] for row in reader.rows(found.text, found.parameters)}

    def _context(self, at: datetime | None = None) -> Context:
        return Context(at or self._desk.now(), self._desk.zone, self._desk.user.login)
