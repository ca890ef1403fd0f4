"""A query in SQL finds what it says, in its order, and by an index (behaviour 6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casedesk.domain.query import Context, Query, compile_predicate, parse, resolve
from casedesk.domain.query.tree import Sort
from casedesk.store import Store
from casedesk.store.connection import connect
from casedesk.store.query_sql import Limits, Lookups, Sql, count_sql, select_responses_sql, select_sql
from casedesk.store.reader import Reader
from tests.domain.query.moments import BERLIN, NOW
from tests.domain.query.strategies import leaf_of, nodes, queries, refs, sorts, words
from tests.store.random_desks import LISTS, USERS, VALUES, RandomDesk, desks, facts, lay_down, lay_lists

HERE = Context(NOW, BERLIN, "ana")
WAYS = (Limits(), Limits(few=0), Limits(few=1), Limits(few=0, newest=2), Limits(few=2, newest=2, span=0, scattered=1))
"""Fetching, walking, and walking with a first stretch, near together and scattered."""

POOL = (*VALUES[:-1], *(name for names in LISTS.values() for name in names), *(login for login, _ in USERS), "csv", "X-1")


class SharedReader(Reader):
    """A reader of a connection that another part has begun to write on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._path = Path("shared.desk")
        self._closed = False


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedReader]:
    """An empty desk with lists and people."""
    path = tmp_path_factory.mktemp("desk") / "random.desk"
    Store.create(path).close()
    connection = connect(path)
    connection.execute("BEGIN")
    lay_lists(connection)
    connection.execute("COMMIT")
    yield SharedReader(connection)
    connection.close()


def run(reader: SharedReader, desk: RandomDesk, *statements: Query) -> list[list[list[int]]]:
    """For each resolved query the numbers that each way finds, and the count of each as one more number."""
    reader.rows("BEGIN")
    try:
        lay_down(reader._connection, desk)
        return [[_found(reader, query, limits) for limits in WAYS] for query in statements]
    finally:
        reader.rows("ROLLBACK")


def _found(reader: SharedReader, query: Query, limits: Limits) -> list[int]:
    found = select_sql(query, reader, Lookups(), limits)
    counted = count_sql(query, reader, Lookups(), limits)
    numbers = [row[0] for row in reader.rows(found.text, found.parameters)]
    assert reader.value(counted.text, counted.parameters) == len(numbers)
    return numbers


def expected(desk: RandomDesk, query: Query) -> set[int]:
    holds = compile_predicate(query)
    return {number for number in range(1, len(desk.tickets) + 1) if holds(facts(desk, number))}


QUERIES = st.builds(Query, nodes(words() | refs().flatmap(lambda ref: leaf_of(ref, POOL))), sorts()) | queries()


@given(desks(), QUERIES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_database_finds_exactly_what_the_predicate_says_whichever_way_it_goes(reader, desk, query):
    resolved = resolve(query, HERE)
    wanted = expected(desk, resolved)

    for numbers in run(reader, desk, resolved)[0]:
        assert len(numbers) == len(set(numbers))
        assert set(numbers) == wanted
