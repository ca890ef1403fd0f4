"""From the text of a query to its tree (behaviour 6.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casedesk.domain.query.errors import QueryError, listed, shortened, unknown
from casedesk.domain.query.fields import (
    FIELDS,
    IS_WORDS,
    TICKET,
    Field,
    Kind,
    Vocabulary,
    field_names,
    find_field,
)
from casedesk.domain.query.grammar import Between, Negation, Piece, Syntax, Test, syntax_of, unquoted
from casedesk.domain.query.tree import (
    Compare,
    FieldRef,
    Has,
    In,
    Is,
    Node,
    Number,
    Op,
    Or,
    Query,
    Sort,
    Text,
    all_of,
    any_of,
    negated,
)
from casedesk.domain.query.values import range_of, test_of
from casedesk.domain.text import caseless, tokens

_NUMBER_SIGN = re.compile(r"#[0-9]{1,15}")
_BARE_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_NAMED_OTHERWISE = {
    ("contact", "name"): "contact",
    ("contact", "email"): "email",
    ("contact", "e-mail"): "email",
    ("contact", "mail"): "email",
    ("contact", "phone"): "phone",
    ("contact", "id"): "contact_id",
    ("contact", "external_id"): "contact",
    ("contact", "account"): "account",
    ("account", "name"): "account",
    ("account", "id"): "account_id",
    ("account", "external_id"): "account",
}
"""What contacts and accounts have besides their variables, and the field that asks for it."""


def parse(text: str, vocabulary: Vocabulary | None = None) -> Query:
    """The query that `text` says. With a vocabulary, names that the desk doesn't have are mistakes too.

    Raises QueryError, and nothing else, whatever the text.
    """
    if not text or text.isspace():
        return Query(source=text)
    builder = _Builder(vocabulary)
    root = builder.node(syntax_of(text))
    if isinstance(root, Text) and _BARE_NUMBER.fullmatch(root.text) and '"' not in text:
        # Who types nothing but a number looks for that ticket, or for what was written.
        root = Or((Compare(FieldRef("number"), Op.EQ, Number(float(root.text))), root))
    return Query(root, tuple(builder.sort), text)


class _Builder:
    """Turns the syntax into nodes, checking names and values, and gathers the sort keys on the way."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self._vocabulary = vocabulary
        self.sort: list[Sort] = []
        self._negated = False

    def node(self, syntax: Syntax) -> Node | None:
        """The node of a piece of syntax; None for what filters nothing: punctuation, sort keys."""
        if isinstance(syntax, Piece):
            return _text(syntax)
        if isinstance(syntax, Test):
            return self._test(syntax)
        if isinstance(syntax, Negation):
            return self._negation(syntax)
        found = [node for part in syntax.parts if (node := self.node(part)) is not None]
        return any_of(found) if syntax.either else all_of(found)

    def _negation(self, syntax: Negation) -> Node | None:
        before, self._negated = self._negated, True
        node = self.node(syntax.part)
        self._negated = before
        return negated(node) if node is not None and syntax.signs % 2 else node

    def _test(self, test: Test) -> Node | None:
        keyword = test.field.word
        if keyword in ("is", "has", "sort"):
            return self._keyword(keyword, test)
        ref = self._field(test.field)
        if test.operator not in ("=", "!="):
            return self._ordered(ref, Op(test.operator), test)
        nodes = [
            range_of(ref, item.low, item.high, self._vocabulary)
            if isinstance(item, Between)
            else test_of(ref, Op.EQ, item, self._vocabulary)
            for item in test.items
        ]
        values = [node.value for node in nodes if isinstance(node, Compare) and node.field == ref]
        listed = len(nodes) > 1 and len(values) == len(nodes)
        node = In(ref, tuple(values)) if listed else any_of(nodes)
        return negated(node) if node and test.operator == "!=" else node

    def _ordered(self, ref: FieldRef, op: Op, test: Test) -> Node:
        first, *more = test.items
        if more:
            column = test.field.column
            raise QueryError(
                f"{op.value} takes one value; the list at {column} needs a colon.", column, test.field.length
            )
        if isinstance(first, Between):
            raise QueryError(f"The range at {first.column} goes with a colon, not {op.value}.", first.column, 2)
        return test_of(ref, op, first, self._vocabulary)

    # -- is:, has:, sort: ---------------------------------------------------------------------------------------

    def _keyword(self, keyword: str, test: Test) -> Node | None:
        column = test.field.column
        if test.operator not in ("=", "!="):
            raise QueryError(f'"{keyword}" at {column} goes with a colon.', column, test.field.length)
        pieces: list[Piece] = []
        for item in test.items:
            if isinstance(item, Between):
                raise QueryError(f'"{keyword}" takes no range at {item.column}.', item.column, 2)
            pieces.append(item)
        if keyword == "sort":
            self._sort(test, pieces)
            return None
        node = any_of([_is(piece) if keyword == "is" else self._has(piece) for piece in pieces])
        return negated(node) if node and test.operator == "!=" else node

    def _has(self, piece: Piece) -> Node:
        name, _, key = piece.text.partition(".")
        field = find_field(name)
        if field is None or not field.optional or (key and not field.keyed):
            raise unknown("word after has:", piece.text, piece.column, piece.length, has_words())
        return Has(self._ref(field, key, piece))

    def _sort(self, test: Test, pieces: Sequence[Piece]) -> None:
        if self._negated or test.operator == "!=":
            column = test.field.column
            raise QueryError(f"The order at {column} can't be negated; sort:-field turns it round.", column, 4)
        for piece in pieces:
            descending = piece.text.startswith("-")
            field = _sorting(piece.text.lstrip("-+"), piece)
            # A duration grows as its instant recedes.
            self.sort.append(Sort(field.since, not descending) if field.since else Sort(field.name, descending))

    # -- fields -------------------------------------------------------------------------------------------------

    def _field(self, piece: Piece) -> FieldRef:
        name, _, key = piece.text.partition(".")
        field = find_field(name)
        if field is None or (key and not field.keyed):
            advice = "Put it in quotes to search for these words."
            known, also = [entry.name for entry in FIELDS], [*field_names(), "is", "has", "sort"]
            raise unknown("field", piece.text, piece.column, piece.length, known, advice=advice, also=also)
        return self._ref(field, unquoted(key) if key.startswith('"') else key, piece)

    def _ref(self, field: Field, key: str, piece: Piece) -> FieldRef:
        if field.keys:
            return _fixed_ref(field, key, piece)
        known = self._vocabulary.keys(field.name) if self._vocabulary and field.keyed else None
        if not key and field.name == "answer":
            some = [f"answer.{entry}" for entry in (known or ())[:3]]
            sentence = f"Say which answer at {piece.column}: {', '.join(map(shortened, some)) or 'answer.KEY'}."
            raise QueryError(sentence, piece.column, piece.length, some)
        if key and known is not None and all(caseless(entry) != caseless(key) for entry in known):
            _refuse_named_otherwise(field, key, piece)
            if not known:
                return FieldRef(field.name, caseless(key))
            own = "question" if field.name == "answer" else f"{field.name} variable"
            what = "agent" if field.kind is Kind.INSTANT else own
            raise unknown(what, key, piece.column, piece.length, known)
        return FieldRef(field.name, caseless(key))


def _fixed_ref(field: Field, key: str, piece: Piece) -> FieldRef:
    """The reference to a field with keys of its own; hyphens and blanks stand for underscores, as in its name."""
    wanted = caseless(key).replace("-", "_").replace(" ", "_")
    if wanted and wanted not in field.keys:
        raise unknown(f"word behind {field.name}.", key, piece.column, piece.length, field.keys)
    return FieldRef(field.name, wanted)


def _refuse_named_otherwise(field: Field, key: str, piece: Piece) -> None:
    """Raise for what looks like a variable and has a field of its own, naming that: `contact.email`."""
    other = _NAMED_OTHERWISE.get((field.name, caseless(key)))
    if other is not None:
        sentence = f'"{piece.text}" at {piece.column} isn\'t a variable: did you mean {other}:…?'
        raise QueryError(sentence, piece.column, piece.length, (other,))


def _sorting(name: str, piece: Piece) -> Field:
    """The field that gives the order. Scores of every kind are in one place, so that any of their names will do."""
    found = find_field(name)
    field = find_field("score") if found is not None and found.scale else found
    if field is not None and field.sortable:
        return field
    if field is not None or find_field(name.partition(".")[0]) is not None:
        sentence = f'"{shortened(name)}" at {piece.column} gives no order. {listed(sort_words())}'
        raise QueryError(sentence, piece.column, piece.length)
    raise unknown("field to sort by", name, piece.column, piece.length, sort_words())


def has_words() -> list[str]:
    """What may stand behind `has:`, keys aside. Every ticket has a number; a response may have no ticket."""
    return [
        TICKET if field.name == "number" else field.name
        for field in FIELDS
        if field.optional and field.name != "answer"
    ]


def sort_words() -> list[str]:
    """What may stand behind `sort:`."""
    return [field.name for field in FIELDS if field.sortable]


def _is(piece: Piece) -> Node:
    word = caseless(piece.text)
    if word not in IS_WORDS:
        raise unknown("word after is:", piece.text, piece.column, piece.length, list(IS_WORDS))
    return Is(word)


def _text(piece: Piece) -> Node | None:
    """A word or phrase to look for; None when it has neither letters nor digits."""
    if not piece.quoted and _NUMBER_SIGN.fullmatch(piece.text):
        return Compare(FieldRef("number"), Op.EQ, Number(float(piece.text[1:])))
    text = piece.text if piece.quoted else piece.text.rstrip("*")
    return Text(text, piece.starred or text != piece.text) if tokens(text) else None
