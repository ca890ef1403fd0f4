"""Random queries, as trees that some text stands for."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from casedesk.domain.query.fields import FIELDS, IS_WORDS, Field, Kind, field_of, kind_of
from casedesk.domain.query.parsing import sort_words
from casedesk.domain.query.tree import (
    Compare,
    Date,
    Duration,
    FieldRef,
    Has,
    In,
    Is,
    Me,
    Name,
    Node,
    Number,
    Op,
    Query,
    Range,
    Sort,
    Text,
    all_of,
    any_of,
    negated,
)
from casedesk.domain.text import caseless, tokens

ALPHABET = "abNz09 _-.*\"'\\()|:<>=,#äÉßΣς退ก٣"
WORDS = ("late", "delivery", "Refund", "refunds", "rude", "é", "退款", "no refund", "late delivery")
NAMES = (
    "ana",
    "Ben",
    "North",
    "north west",
    "Zürich",
    "ZÜRICH",
    "callback",
    "price",
    "10",
    "2.5",
    "-1",
    "Yes, please",
    "none",
    "me",
)
KEYS = ("region", "seats", "q1", "may we contact you?")
DATES = (
    "now", "today", "yesterday", "tomorrow", "this-week", "last-month", "next-year", "last-7d", "next-12h",
    "2025", "2026-01", "2026-Q1", "2026-W05", "2026-01-31", "2026-01-31T13:00", "2026-01-31T12:00:00Z",
)  # fmt: skip


def texts(pool: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """Texts of the pool, or any."""
    free = st.text(st.sampled_from(ALPHABET), min_size=1, max_size=8)
    return st.one_of(*[st.sampled_from(pool)] * 3, free) if pool else free


def worded(pool: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """Texts with at least one word."""
    return texts(pool).filter(lambda text: bool(tokens(text)))


def words() -> st.SearchStrategy[Text]:
    """Words and phrases to search for."""
    return st.builds(Text, worded(WORDS), st.booleans())


def names(field: Field, pool: Sequence[str]) -> st.SearchStrategy[Name | Me]:
    """Names to compare a field with."""
    if field.values:
        return st.sampled_from(field.values).map(Name)
    if field.name == "phone":
        return st.sampled_from(("+4930", "+4930123", "112")).map(Name)
    if field.kind is Kind.WORDS:
        return st.builds(Name, worded(WORDS), st.just(False), st.booleans())
    open_ended = st.builds(Name, texts(pool), st.just(False), st.booleans())
    bare = st.text(st.sampled_from("abNz09_-äß退"), min_size=1, max_size=4)
    open_started = st.builds(Name, bare, st.just(True), st.booleans())
    people = st.just(Me()) if field.people else st.nothing()
    return open_ended | open_started | people


def numbers() -> st.SearchStrategy[Number]:
    """Numbers, small ones often."""
    return st.integers(-20, 20).map(float).map(Number) | st.decimals(-1000, 1000, places=2).map(float).map(Number)


def durations(signs: Sequence[str] = ("", "-", "+")) -> st.SearchStrategy[Duration]:
    """Lengths of time, of one unit or of several, the longer ones first."""
    falling = ("y", "mo", "w", "d", "h", "m", "s")
    named = st.lists(st.sampled_from(range(len(falling))), min_size=1, max_size=3, unique=True).map(sorted)
    amounts = named.flatmap(
        lambda places: st.tuples(*(st.tuples(st.integers(0, 400), st.just(falling[each])) for each in places))
    )
    return st.builds(lambda found, sign: Duration(*found[0], sign, found[1:]), amounts, st.sampled_from(signs))


def ranges(ref: FieldRef, values: st.SearchStrategy[Number]) -> st.SearchStrategy[Node]:
    """Ranges that don't run backwards, open ends among them."""
    both = st.tuples(values, values).map(lambda pair: sorted(pair, key=lambda number: number.value))
    return st.one_of(
        both.map(lambda pair: Range(ref, *pair)),
        values.map(lambda low: Range(ref, low, None)),
        values.map(lambda high: Range(ref, None, high)),
    )


def refs() -> st.SearchStrategy[FieldRef]:
    """Every field, and those with keys behind them."""
    plain = st.sampled_from([FieldRef(field.name) for field in FIELDS if field.name != "answer"])
    keys = st.one_of(*[st.sampled_from(KEYS)] * 3, texts().map(caseless))
    people = st.builds(FieldRef, st.sampled_from(("noted", "acted", "messaged")), st.sampled_from(("ana", "north")))
    fixed = st.sampled_from([FieldRef(field.name, key) for field in FIELDS for key in field.keys])
    return plain | people | fixed | st.builds(FieldRef, st.sampled_from(("contact", "account", "answer")), keys)


def leaf_of(ref: FieldRef, pool: Sequence[str] = NAMES) -> st.SearchStrategy[Node]:
    """Every kind of test that there is of a field."""
    field = field_of(ref)
    kind = kind_of(ref)
    present = st.just(Has(ref)) if field.optional else st.nothing()
    unequal = st.sampled_from([op for op in Op if op is not Op.EQ])
    if kind is Kind.NUMBER:
        compared = st.builds(Compare, st.just(ref), st.sampled_from(Op), numbers())
        listed = st.lists(numbers(), min_size=2, max_size=3).map(lambda found: In(ref, tuple(found)))
        return compared | listed | ranges(ref, numbers()) | present
    if kind in (Kind.INSTANT, Kind.DURATION):
        spans = durations(("",) if kind is Kind.DURATION else ("", "-", "+"))
        values = spans if kind is Kind.DURATION else st.sampled_from(DATES).map(Date) | spans
        compared = st.builds(Compare, st.just(ref), st.sampled_from(Op), values)
        listed = st.lists(values, min_size=2, max_size=3).map(lambda found: In(ref, tuple(found)))
        between = st.builds(Range, st.just(ref), spans, spans) | st.builds(Range, st.just(ref), values, st.none())
        return compared | listed | between | present
    if kind is Kind.DAY:
        days = st.sampled_from(DATES).map(Date) | durations()
        listed = st.lists(days, min_size=2, max_size=3).map(lambda found: In(ref, tuple(found)))
        return st.builds(Compare, st.just(ref), st.just(Op.EQ), days) | listed
    called = names(Field("", Kind.NAME, "", "") if kind is Kind.VARIABLE else field, pool)
    compared = st.builds(Compare, st.just(ref), st.just(Op.EQ), called)
    listed = st.lists(called, min_size=2, max_size=3).map(lambda found: In(ref, tuple(found)))
    if kind is not Kind.VARIABLE:
        return compared | listed | present
    ordered = st.builds(Compare, st.just(ref), unequal, numbers())
    return compared | listed | present | ordered | ranges(ref, numbers())


def leaves() -> st.SearchStrategy[Node]:
    """Every kind of leaf."""
    return st.one_of(words(), st.sampled_from(sorted(IS_WORDS)).map(Is), refs().flatmap(leaf_of))


def nodes(some: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Leaves combined."""
    return st.recursive(
        some,
        lambda children: st.one_of(
            children.map(negated),
            st.lists(children, min_size=2, max_size=4).map(all_of),
            st.lists(children, min_size=2, max_size=4).map(any_of),
        ),
        max_leaves=8,
    )


def sorts() -> st.SearchStrategy[tuple[Sort, ...]]:
    """Orders."""
    plain = [word for word in sort_words() if word not in ("age", "idle")]
    return st.lists(st.builds(Sort, st.sampled_from(plain), st.booleans()), max_size=3).map(tuple)


def queries() -> st.SearchStrategy[Query]:
    """Whole queries."""
    return st.builds(Query, st.none() | nodes(leaves()), sorts())
