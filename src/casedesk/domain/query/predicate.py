"""A resolved query as a function over the facts of one ticket or response, for rules (behaviour 4.1).

Facts are a mapping from a field's name to what it holds. The database gives the same answers (`store.query_sql`):

- names (status, tag, owner …): a text, several in a tuple, or None. They match whatever their case; a person's fact
  holds login and name, and both match; `owner.login` and the like hold the login alone. `policy.resolution` and the
  like hold the policy of that timer alone. `state` is always there.
- words (title, comment, contact …): a text or a tuple of texts; the words have to follow one another within one of
  them. What a query's free words search is the fact `text`.
- numbers: a number or None. `nps`, `csat`, `ces` and `rating` are read from `score` and `score_kind`.
- instants: whole seconds since 1970 (UTC), or None; several of `closing`, `reopened`, `noted`, `acted`, `messaged`,
  `first_response`, `next_reply` and `breach`, and of `noted.ana`, `breach.resolution` and the like, in a tuple, any of
  which may match. `age` and `idle` need `created` and `updated`.
- `open_at`: the spans in which it was open, each a pair of its first second and the first behind it (None: it goes on).
- `sla`: inside or outside; while its resolution timer runs the instant at which that is due (`NEVER_DUE` while it
  stands still).
- variables and answers: `contact.region`, `account.plan`, `answer.q3`, the part behind the dot in its `caseless`
  form, as texts. An order needs a text that is a number (`text.as_number`).
- `breached`, `undated` and `paused` (a timer of it runs but stands still): true or false.

A fact that is missing, None, an empty text or a tuple without any other matches no comparison, and so matches every
`-`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import cast

from casedesk.domain.query.fields import STATES, Kind, field_of, kind_of
from casedesk.domain.query.names import matcher
from casedesk.domain.query.tree import (
    And,
    Compare,
    During,
    FieldRef,
    Has,
    In,
    Is,
    Name,
    Node,
    Not,
    Number,
    Op,
    Or,
    Query,
    Range,
    Text,
    Value,
)
from casedesk.domain.text import as_number, has_words, tokens

Facts = Mapping[str, object]
Predicate = Callable[[Facts], bool]

NEVER_DUE = 1 << 62
"""The instant at which something is due that stands still: behind all others."""

_ORDER: Mapping[Op, Callable[[float, float], bool]] = {
    Op.EQ: operator.eq,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
}


def compile_predicate(query: Query) -> Predicate:
    """The function that says whether facts match. The query has to be resolved; ValueError if it isn't."""
    return (lambda facts: True) if query.root is None else _compiled(query.root)


def _compiled(node: Node) -> Predicate:
    if isinstance(node, Not):
        child = _compiled(node.child)
        return lambda facts: not child(facts)
    if isinstance(node, And | Or):
        return _joined([_compiled(child) for child in node.children], isinstance(node, And))
    if isinstance(node, Text):
        return _words("text", [Name(node.text, open_end=node.prefix)])
    if isinstance(node, Is):
        return _word(node.word)
    if isinstance(node, Has):
        return _presence(node.field)
    if isinstance(node, During):
        return _during(node)
    if isinstance(node, Range):
        return _range(node)
    values = node.values if isinstance(node, In) else (node.value,)
    op = node.op if isinstance(node, Compare) else Op.EQ
    return _comparison(node.field, op, values)


def _joined(parts: list[Predicate], together: bool) -> Predicate:
    if len(parts) == 2:
        first, second = parts
        if together:
            return lambda facts: first(facts) and second(facts)
        return lambda facts: first(facts) or second(facts)
    if together:
        return lambda facts: all(part(facts) for part in parts)
    return lambda facts: any(part(facts) for part in parts)


def _word(word: str) -> Predicate:
    if word in STATES:
        return lambda facts: facts.get("state") == word
    if word == "breached":
        return lambda facts: bool(facts.get("breached"))
    if word == "undated":
        return lambda facts: bool(facts.get("undated"))
    if word == "paused":
        return lambda facts: facts.get("state") == "pending" and bool(facts.get("paused"))
    if word == "waking":
        return lambda facts: facts.get("wake") is not None
    if word == "automatic":
        return lambda facts: facts.get("origin") == "rule"
    raise ValueError(f"is:{word} has to be resolved first")


def _presence(ref: FieldRef) -> Predicate:
    key, scale = str(ref), field_of(ref).scale
    if scale:
        return lambda facts: facts.get("score_kind") == scale and facts.get("score") is not None

    def test(facts: Facts) -> bool:
        held = facts.get(key)
        return any(held) if isinstance(held, tuple) else held not in (None, "")

    return test


def _during(node: During) -> Predicate:
    key, start, end = str(node.field), node.start, node.end

    def within(held: object) -> bool:
        if isinstance(held, tuple):
            first, behind = held
            return (end is None or first < end) and (start is None or behind is None or behind > start)
        return isinstance(held, int) and (start is None or held >= start) and (end is None or held < end)

    def test(facts: Facts) -> bool:
        held = facts.get(key)
        return any(map(within, held)) if isinstance(held, tuple) else within(held)

    return test


def _comparison(ref: FieldRef, op: Op, values: tuple[Value, ...]) -> Predicate:
    kind = kind_of(ref)
    if all(isinstance(value, Name) for value in values):
        names = cast("list[Name]", list(values))
        return _words(str(ref), names) if kind is Kind.WORDS else _names(str(ref), names)
    if not all(isinstance(value, Number) for value in values) or kind not in (Kind.NUMBER, Kind.VARIABLE):
        raise ValueError(f"{ref} has to be resolved first")
    limits = [cast("Number", value).value for value in values]
    if len(limits) > 1:
        return _number(ref, lambda held: held in limits)
    compare, limit = _ORDER[op], limits[0]
    return _number(ref, lambda held: compare(held, limit))


def _range(node: Range) -> Predicate:
    low, high = node.low, node.high
    if not isinstance(low, Number | None) or not isinstance(high, Number | None):
        raise ValueError(f"{node.field} has to be resolved first")
    lowest = float("-inf") if low is None else low.value
    highest = float("inf") if high is None else high.value
    return _number(node.field, lambda held: lowest <= held <= highest)


def _number(ref: FieldRef, test: Callable[[float], bool]) -> Predicate:
    key, scale = str(ref), field_of(ref).scale
    if kind_of(ref) is Kind.VARIABLE:
        return lambda facts: any(
            (number := as_number(text)) is not None and test(number) for text in _texts(facts.get(key))
        )

    def plain(facts: Facts) -> bool:
        held = facts.get(key)
        return isinstance(held, int | float) and test(held)

    def scaled(facts: Facts) -> bool:
        if facts.get("score_kind") != scale:
            return False
        held = facts.get("score")
        return isinstance(held, int | float) and test(held)

    return scaled if scale else plain


def _names(key: str, names: list[Name]) -> Predicate:
    matches = matcher(names)

    def test(facts: Facts) -> bool:
        held = facts.get(key)
        if isinstance(held, str):
            return matches(held)
        return any(matches(text) for text in _texts(held))

    return test


def _words(key: str, names: list[Name]) -> Predicate:
    wanted = [(tokens(name.text), name.open_end) for name in names]

    def test(facts: Facts) -> bool:
        return any(has_words(text, words, prefix=prefix) for text in _texts(facts.get(key)) for words, prefix in wanted)

    return test


def _texts(held: object) -> tuple[str, ...]:
    """The texts of a fact: none, one or several."""
    if isinstance(held, str):
        return (held,) if held else ()
    return tuple(text for text in held if text) if isinstance(held, tuple) else ()
