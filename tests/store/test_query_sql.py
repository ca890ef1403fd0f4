"""A query in SQL finds what it says, in its order, and by an index (behaviour 6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.domain.query import Context, Query, compile_predicate, parse, resolve
from casedesk.domain.query.tree import Sort
from casedesk.store import Store
from casedesk.store.connection import connect
from casedesk.store.query_sql import Limits, Lookups, Sql, count_sql, select_responses_sql, select_sql
from casedesk.store.reader import Reader
from tests.domain.query.moments import BERLIN, NOW
from tests.domain.query.strategies import leaf_of, nodes, queries, refs, sorts, words
from tests.examples import examples
from tests.store.random_desks import (
    LISTS,
    USERS,
    VALUES,
    RandomDesk,
    Response,
    desks,
    insert,
    lay_down,
    lay_lists,
    plain_ticket,
)
from tests.store.random_facts import facts

HERE = Context(NOW, BERLIN, "ana")
WAYS = (Limits(), Limits(few=0), Limits(few=1), Limits(few=0, newest=2), Limits(few=2, newest=2, span=0, scattered=1))
"""Fetching, walking, and walking with a first stretch, near together and scattered."""

POOL = (
    *VALUES[:-1],
    *(name for names in LISTS.values() for name in names),
    *(login for login, _ in USERS),
    "csv",
    "X-1",
)


class SharedReader(Reader):
    """A reader of a connection that another part has begun to write on."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(Path("shared.desk"), connection)


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


def run(reader: SharedReader, desk: RandomDesk, *statements: Query, before: str = "") -> list[list[list[int]]]:
    """For each resolved query the numbers that each way finds; `before` is a statement that changes the desk first."""
    reader.rows("BEGIN")
    try:
        lay_down(reader._connection, desk)
        if before:
            reader.rows(before)
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
@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_the_database_finds_exactly_what_the_predicate_says_whichever_way_it_goes(reader, desk, query):
    resolved = resolve(query, HERE)
    wanted = expected(desk, resolved)

    for numbers in run(reader, desk, resolved)[0]:
        assert len(numbers) == len(set(numbers))
        assert set(numbers) == wanted


ORDERED = ("number", "created", "updated", "closed", "due", "score", "priority")


@given(desks(), st.lists(st.builds(Sort, st.sampled_from(ORDERED), st.booleans()), max_size=3))
@settings(max_examples=examples(50), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_tickets_come_in_the_order_asked_for_newest_first_by_itself_and_empty_ones_last(reader, desk, keys):
    numbers = list(range(1, len(desk.tickets) + 1))
    known = {number: facts(desk, number) for number in numbers}
    for number in numbers:
        known[number] |= {"priority": desk.tickets[number - 1].columns["priority_id"], "due": known[number]["deadline"]}
    asked = keys or [Sort("created", descending=True)]
    numbers.sort(reverse=asked[-1].descending)
    for key in reversed(asked):
        sign = -1 if key.descending else 1
        numbers.sort(key=lambda number, key=key, sign=sign: _place(known[number][key.field], sign))
        if key.field == "due":  # what is closed comes after all that is still to be closed, what has no due time last
            numbers.sort(key=lambda number: 2 if known[number]["due"] is None else known[number]["state"] == "closed")

    for found in run(reader, desk, Query(sort=tuple(keys)))[0]:
        assert found == numbers


def _place(value, sign):
    return (1, 0) if value is None else (0, sign * value)


@given(
    desks(), st.booleans(), st.lists(st.builds(Sort, st.sampled_from(("number", "created")), st.booleans()), max_size=1)
)
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_priorities_are_sorted_by_their_places_and_not_by_their_ids(reader, desk, descending, more):
    keys = [Sort("priority", descending), *more]
    numbers = list(range(1, len(desk.tickets) + 1))
    numbers.sort(reverse=keys[-1].descending)
    if more:
        numbers.sort(key=lambda number: facts(desk, number)[more[0].field], reverse=more[0].descending)
    urgency = {number: desk.tickets[number - 1].columns["priority_id"] for number in numbers}
    sign = 1 if descending else -1  # the higher the id, the less urgent
    numbers.sort(key=lambda number: _place(urgency[number], sign))

    for found in run(reader, desk, Query(sort=tuple(keys)), before="UPDATE priority SET position = -id")[0]:
        assert found == numbers


COMMON = (
    "is:open",
    "is:open,pending",
    "-is:closed",
    "status:escalated",
    "nps<=6",
    "nps:9",
    "score<3",
    "owner:me",
    "is:mine -is:closed",
    "is:unassigned -is:closed",
    "team:north is:open",
    "tag:callback",
    "class:price",
    'campaign:"winter survey"',
    "contact:rosa",
    "contact:#1",
    "email:rosa@acme.de",
    "phone:112",
    "account:late",
    "contact.region:north",
    "contact.region:Zürich",
    "answer.q1:10",
    "answer.q1<=6",
    "late",
    '"late delivery"',
    "refun*",
    "title:late",
    "note:late",
    "late OR tag:callback",
    "nps<=6 OR csat<=2",
    "is:open late nps<=6",
    "created>=7d",
    "updated:today",
    "closed:last-month",
    "due<2h",
    "is:open due<2h",
    "deadline<2h",
    "is:overdue",
    "is:due-soon",
    "is:paused",
    "is:waking",
    "has:merged",
    "parent:5",
    "helper:me",
    "by:ben",
    "answered:7d",
    "is:breached",
    "closing:last-month",
    "reopened:7d",
    "open_at:2026-01-15",
    "sla:outside",
    "sla:overdue",
    "sla:running",
    "first_response:7d",
    "first_response.inside:last-month",
    "next_reply.outside:7d",
    "breach:last-month",
    "breach.resolution:7d",
    "owner.login:me is:open",
    "topic:billing",
    "#7",
    "7",
    "response:7",
)


def plan_of(reader: Reader, sql: Sql) -> list[str]:
    return [row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql.text}", sql.parameters)]


def whole_tables(plan: list[str]) -> list[str]:
    """The steps that read all of a large table."""
    large = ("t", "w", "ticket", "response r", "r", "contact", "k", "answer", "a", "activity", "l", "note", "x")
    return [step for step in plan if step in {f"SCAN {table}" for table in large}]


@pytest.mark.parametrize(("text", "found"), [("has:ticket", [2, 1]), ("-has:ticket", []), ("2", [2])])
def test_every_ticket_is_one_and_is_found_by_its_number_alone(reader, text, found):
    desk = RandomDesk(tickets=(plain_ticket("mine"), plain_ticket("gone")))

    for numbers in run(reader, desk, resolve(parse(text), HERE))[0]:
        assert sorted(numbers, reverse=True) == found


@pytest.mark.parametrize("text", COMMON)
def test_common_queries_fetch_their_few_tickets_by_an_index(reader, text):
    query = resolve(parse(text), HERE)
    plan = plan_of(reader, select_sql(query, reader, Lookups()))

    assert whole_tables(plan) == []
    assert any("SEARCH t USING INTEGER PRIMARY KEY" in step for step in plan)
    # The index of breached tickets holds no others, so that all of it is read.
    assert not any(step.startswith(("SCAN t ", "SCAN ticket ")) and "ix_ticket_breached" not in step for step in plan)


WALKED = (
    "",
    *COMMON,
    "topic:none",
    "has:note",
    "-late",
    "contact.seats>5",
    "source:csv",
    "policy:rest",
    "policy.resolution:rest",
    "has:breach",
    "has:first_response",
    "has:policy",
    "has:closing",
    "has:sla",
    "has:noted",
    "messaged.ben:today",
)


@pytest.mark.parametrize("text", WALKED)
def test_common_queries_with_many_tickets_walk_an_index_in_order(reader, text):
    query = resolve(parse(text), HERE)
    plan = plan_of(reader, select_sql(query, reader, Lookups(), Limits(few=-1)))

    assert whole_tables(plan) == []
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", "SCAN t USING COVERING INDEX ix_ticket_created"),
        ("is:open", "SEARCH t USING COVERING INDEX ix_ticket_state (state=?)"),
        ("is:open owner:me", "SEARCH t USING COVERING INDEX ix_ticket_owner (owner_id=? AND state=?)"),
        ("is:open owner.login:me", "SEARCH t USING COVERING INDEX ix_ticket_owner (owner_id=? AND state=?)"),
        ("is:new owner.login:none", "SEARCH t USING COVERING INDEX ix_ticket_owner (owner_id=? AND state=?)"),
        ("is:new is:unassigned", "SEARCH t USING COVERING INDEX ix_ticket_owner (owner_id=? AND state=?)"),
        ("is:open team:north nps<=6", "SEARCH t USING INDEX ix_ticket_team (team_id=? AND state=?)"),
        ("nps:9 late", "SEARCH t USING COVERING INDEX ix_ticket_score (score_kind=? AND score=?)"),
        ("created>=7d late", "SEARCH t USING COVERING INDEX ix_ticket_created (created_at>?)"),
        ("priority:high", "SEARCH t USING COVERING INDEX ix_ticket_priority (priority_id=?)"),
        ("sort:updated", "SCAN t USING COVERING INDEX ix_ticket_updated"),
        ("sort:-due", "SEARCH t USING COVERING INDEX ix_ticket_state_due (state=? AND due_at>?)"),
        ("is:open sort:due", "SEARCH t USING COVERING INDEX ix_ticket_state_due (state=? AND due_at>?)"),
        ("sort:closed", "SEARCH t USING COVERING INDEX ix_ticket_closed (closed_at>?)"),
    ],
)
def test_the_narrowest_index_that_keeps_the_order_is_walked(reader, text, index):
    query = resolve(parse(text), HERE)

    assert index in plan_of(reader, select_sql(query, reader, Lookups(), Limits(few=-1)))


@pytest.mark.parametrize("text", ["sort:-priority sort:-created", "sort:priority sort:created is:open"])
def test_priorities_in_another_order_than_their_ids_are_walked_one_by_one(reader, text):
    reader.rows("BEGIN")
    try:
        reader.rows("UPDATE priority SET position = -id")
        plan = plan_of(reader, select_sql(parse(text), reader, Lookups(), Limits(few=-1)))
    finally:
        reader.rows("ROLLBACK")

    walked = [step for step in plan if "ix_ticket_priority (priority_id=?)" in step]
    assert len(walked) == len(LISTS["priority"]) + 1  # and those without
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize("text", ["is:open", "is:unassigned -is:closed", "owner:me is:open", "nps<=6", "is:overdue"])
def test_the_tabs_are_counted_by_an_index(reader, text):
    query = resolve(parse(text), HERE)
    plan = plan_of(reader, count_sql(query, reader, Lookups()))

    assert whole_tables(plan) == []


def test_words_of_the_newest_tickets_are_searched_before_all_that_have_them_are_gathered(reader):
    desk = RandomDesk(tickets=tuple(plain_ticket(f"late {number}") for number in range(9)))
    reader.rows("BEGIN")
    try:
        lay_down(reader._connection, desk)
        sql = select_sql(Query(parse("late").root), reader, Lookups(), Limits(few=0, newest=3))
        assert sql.text.count("search MATCH") == 2
        assert "rowid BETWEEN ? AND ?" in sql.text
        assert [row[0] for row in reader.rows(sql.text, sql.parameters)] == list(range(9, 0, -1))
        assert not any("TEMP B-TREE" in step for step in plan_of(reader, sql))
    finally:
        reader.rows("ROLLBACK")


def test_a_status_that_shares_its_state_with_another_finds_its_own_tickets_whichever_way_it_goes(reader):
    opened, escalated = (replace(plain_ticket("late"), status=status) for status in (2, 3))
    desk = RandomDesk(tickets=(opened, escalated))

    assert run(reader, desk, resolve(parse("status:escalated"), HERE)) == [[[2]] * len(WAYS)]


def test_a_login_is_no_other_persons_name(reader):
    ana, ben = (replace(plain_ticket("late"), columns={**plain_ticket("").columns, "owner_id": who}) for who in (1, 2))
    desk = RandomDesk(tickets=(ana, ben))
    texts = ("owner:ben", "owner.login:ben", 'owner.login:"Ben B"', "owner.login:none")
    queries = [resolve(parse(text), HERE) for text in texts]

    found = run(
        reader, desk, *queries, before="UPDATE user SET name = CASE login WHEN 'ana' THEN 'ben' ELSE 'Ben B' END"
    )

    assert [sorted(ways[0]) for ways in found] == [[1, 2], [2], [], []]


HOSTILE = (
    "zz' OR 1=1 --", '"a"" OR b"', "tag:%*", "contact.region:*%_*", 'title:"x) OR (y"', "a NEAR b*", "body",
    "email:*_*", "external:X_1", "external:%*",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_query_is_taken_for_sql_or_for_search_syntax(reader, text):
    desk = RandomDesk(tickets=tuple(plain_ticket(title) for title in ("a b", "y", "b", "1")))

    assert all(numbers == [] for numbers in run(reader, desk, resolve(parse(text), HERE))[0])


GREATEST = {
    "alternatives": "|".join(f"#{number}" for number in range(3, 800)) + "|late",
    "conditions": " ".join(["-x", "-#9", "-tag:a"] * 280) + " late",
    "depth": "(zz OR " * 50 + "late" + ")" * 50,
    "listed words": "title:late," + ",".join(["b"] * 1900),
    "listed beginnings": "late -contact.region:" + ",".join(["ä*"] * 1300),
    "listed names in another alphabet": "late -contact.region:" + ",".join(["ЖЖЖЖЖЖЖЖ"] * 440),
    "listed numbers": "number:1," + ",".join(["3"] * 1900),
    "words": "late " + " ".join(["late"] * 800),
    "a phrase": '-"' + "b " * 2000 + '" late',
    "a word": "late -" + "x" * 4000,
    "a beginning": "late -" + "x" * 4000 + "*",
}


@pytest.mark.parametrize("text", GREATEST.values(), ids=GREATEST.keys())
def test_a_query_of_the_greatest_length_runs(reader, text):
    desk = RandomDesk(tickets=(plain_ticket("late"), plain_ticket("a")))

    assert run(reader, desk, resolve(parse(text), HERE)) == [[[1]] * len(WAYS)]


def test_a_name_made_meanwhile_is_known_to_the_next_query(reader, tmp_path):
    path = tmp_path / "small.desk"
    Store.create(path).close()
    writing, reading, lookups = connect(path), Reader(path), Lookups()
    query = resolve(parse("tag:fresh"), HERE)
    assert "ticket_tag" not in select_sql(query, reading, lookups).text

    insert(writing, "tag", {"id": 1, "name": "Fresh", "retired": 0})

    assert "ticket_tag" in select_sql(query, reading, lookups).text
    reading.close()
    writing.close()


def responses_found(reader: SharedReader, desk: RandomDesk, text: str) -> list[int]:
    reader.rows("BEGIN")
    try:
        lay_down(reader._connection, desk)
        reader.rows("DELETE FROM ticket WHERE id > 1")
        sql = select_responses_sql(resolve(parse(text), HERE), reader, Lookups())
        return [row[0] for row in reader.rows(sql.text, sql.parameters)]
    finally:
        reader.rows("ROLLBACK")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [2, 1]),
        ("refund", [2, 1]),
        ("slow", [2]),
        ("title:mine", [1]),
        ("mine", [1]),
        ("is:new", [1]),
        ("-is:new", [2]),
        ("answer.q1<=6", [1]),
        ("answer.q1:9", [2]),
        ("has:comment", [2, 1]),
        ("source:csv", [2, 1]),
        ("answered:2026-01-31", [2]),
        ("sort:answered", [1, 2]),
        ("sort:-answered", [2, 1]),
        ("sort:number", [1, 2]),  # what has no ticket comes last in either direction
        ("sort:-number", [1, 2]),
        ("sort:score,-priority,due,contact,title,created", [1, 2]),
        ("-has:response", []),
        ("has:ticket", [1]),
        ("-has:ticket", [2]),
        ("ticket:none slow", [2]),
        ("-has:ticket nps<=6 OR is:new", [1]),
    ],
)
def test_responses_are_found_by_their_own_fields_and_those_of_their_ticket(reader, text, found):
    noon = int(NOW.timestamp())
    first = replace(plain_ticket("mine"), response=Response("csv", "no refund", noon - 200_000, {1: "3"}))
    second = replace(plain_ticket("gone"), response=Response("csv", "slow refund", noon, {1: "9"}))
    desk = RandomDesk(tickets=(first, second))

    assert responses_found(reader, desk, text) == found
