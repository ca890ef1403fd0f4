"""A query follows a new name: the same query with that one value changed (behaviour 6.1)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings, strategies as st

from casedesk.domain.query import Query, QueryError, parse, renamed, render
from casedesk.domain.query.tree import And, Compare, FieldRef, In, Name, Node, Not, Op, Or, Value
from casedesk.domain.text import caseless
from tests.domain.query.strategies import leaf_of, leaves, nodes, sorts, texts
from tests.examples import examples

PLAN = FieldRef("plan")
PLANS = ("Call back", "call BACK", "Win-back", "none", "me", 'the "best"', "ZÜRICH, then", "*", "a..b", "\\")


def plan_queries() -> st.SearchStrategy[Query]:
    """Queries that often speak of plans."""
    return st.builds(Query, nodes(leaf_of(PLAN, PLANS) | leaf_of(PLAN, PLANS) | leaves()), sorts())


def changed(node: Node | None, change: Callable[[tuple[Value, ...]], tuple[Value, ...]]) -> Node | None:
    """The tree with the values that plans are tested against changed."""
    if isinstance(node, And | Or):
        return type(node)(tuple(child for part in node.children if (child := changed(part, change)) is not None))
    if isinstance(node, Not):
        child = changed(node.child, change)
        return Not(child) if child is not None else None
    if isinstance(node, Compare | In) and node.field == PLAN:
        values = change(node.values if isinstance(node, In) else (node.value,))
        return In(PLAN, values) if len(values) > 1 else Compare(PLAN, Op.EQ, values[0])
    return node


def names(value: Value, name: str) -> bool:
    return isinstance(value, Name) and value == Name(value.text) and caseless(value.text) == caseless(name)


@given(plan_queries(), st.sampled_from(PLANS), texts(PLANS))
@settings(max_examples=examples(40), deadline=None)
@example(Query(In(PLAN, (Name("me"), Name("none")))), "none", "ä b")
def test_the_tree_is_the_same_but_for_the_name(query, before, after):
    text = render(query)

    def change(values):
        return tuple(Name(after) if names(value, before) else value for value in values)

    assert parse(renamed(text, "plan", before, after)) == Query(changed(query.root, change), query.sort)


@given(plan_queries(), st.sampled_from(PLANS), texts(PLANS))
@settings(max_examples=examples(40), deadline=None)
def test_a_name_that_is_kept_has_the_new_one_beside_it(query, before, after):
    text = render(query)

    def change(values):
        place = next((place for place, value in enumerate(values) if names(value, before)), None)
        if place is None or any(names(value, after) for value in values):
            return values
        return (*values[: place + 1], Name(after), *values[place + 1 :])

    assert parse(renamed(text, "plan", before, after, keep=True)) == Query(changed(query.root, change), query.sort)


@given(plan_queries(), texts(PLANS))
@settings(deadline=None)
def test_a_name_that_is_not_there_changes_nothing(query, after):
    text = render(query)

    assert renamed(text, "plan", "Quite another", after) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("   ", "   "),
        ("plan:call", "plan:Ring"),
        ('plan:"Call"  OR   late', 'plan:"Ring"  OR   late'),
        ("plan: CALL , other plan = call", "plan: Ring , other plan = Ring"),
        ("-plan:call,Other,CALL", "-plan:Ring,Other,Ring"),
        ("NOT (plan!=call (call))", "NOT (plan!=Ring (call))"),
        ('call "call" title:call action:call', 'call "call" title:call action:call'),
        ('plan:call* plan:*call plan:"call"* plan:calls', 'plan:call* plan:*call plan:"call"* plan:calls'),
        ("has:plan plan:none plan:*", "has:plan plan:none plan:*"),
        ("answer.plan:call contact.plan:call", "answer.plan:call contact.plan:call"),
        ("nps<=6|plan=call|(is:open)", "nps<=6|plan=Ring|(is:open)"),
    ],
)
def test_everything_else_stays_as_it_was_written(text, expected):
    assert renamed(text, "plan", "Call", "Ring") == expected


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("Ring up", 'plan:"Ring up"'),
        ("none", 'plan:"none"'),
        ('a "b" \\', r'plan:"a \"b\" \\"'),
        ("退款", "plan:退款"),
        ("x*", 'plan:"x*"'),
    ],
)
def test_the_new_name_is_quoted_where_it_has_to_be(after, expected):
    assert renamed("plan:call", "plan", "call", after) == expected


def test_none_is_a_name_only_between_quotes():
    assert renamed('exit:none,"none"', "exit", "none", "nothing") == 'exit:none,"nothing"'


def test_me_is_a_name_only_where_it_means_nobody():
    assert renamed("plan:me", "plan", "me", "you") == "plan:you"
    assert renamed('owner:me,"me"', "owner", "me", "you") == 'owner:me,"you"'


def test_aliases_of_the_field_count():
    assert renamed("exit_state:Done Exit-State:Done", "exit", "done", "Over") == "exit_state:Over Exit-State:Over"


def test_a_kept_name_gets_the_new_one_once():
    once = renamed("action:call -actions!=other,Call", "action", "Call", "Ring up", keep=True)
    assert once == 'action:call,"Ring up" -actions!=other,Call,"Ring up"'
    assert renamed(once, "action", "Call", "Ring up", keep=True) == once
    assert renamed(once, "action", "Ring up", "Call", keep=True) == once


def test_a_text_that_is_no_query_is_refused():
    with pytest.raises(QueryError):
        renamed("plan:", "plan", "a", "b")


def test_a_query_that_would_get_too_long_is_refused():
    with pytest.raises(QueryError, match="4,096 are allowed"):
        renamed(" ".join(["plan:a"] * 500), "plan", "a", "b" * 90)
