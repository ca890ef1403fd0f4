"""A query written out in its canonical form: what saved views, rules and messages show (X1)."""

from __future__ import annotations

import re
from decimal import Decimal

from casedesk.domain.query.grammar import quoted
from casedesk.domain.query.tree import (
    And,
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
    Not,
    Number,
    Op,
    Or,
    Query,
    Range,
    Text,
    Value,
)

_PLAIN_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PLAIN_NAME = re.compile(r"[+\w](?:[\w@+/&#'-]|\.(?!\.))*")
_KEYWORDS = frozenset(("OR", "AND", "NOT"))
_VALUE_WORDS = frozenset(("none", "me"))


def render(query: Query) -> str:
    """The query's text; parsing it gives an equal query. `during` leaves, which no text has, raise ValueError."""
    parts = [] if query.root is None else [_rendered(query.root, inside=False)]
    if isinstance(query.root, Text) and query.root.text.isdigit():
        parts = [quoted(query.root.text) + ("*" if query.root.prefix else "")]  # bare it would be a ticket's number too
    parts += [f"sort:{'-' if key.descending else ''}{key.field}" for key in query.sort]
    if query.sort and isinstance(query.root, Or):
        parts[0] = f"({parts[0]})"
    return " ".join(parts)


def _rendered(node: Node, *, inside: bool) -> str:
    """`inside` another node an Or or And needs its parentheses."""
    if isinstance(node, Or):
        text = " OR ".join(_rendered(child, inside=isinstance(child, And | Or)) for child in node.children)
        return f"({text})" if inside else text
    if isinstance(node, And):
        text = " ".join(_rendered(child, inside=True) for child in node.children)
        return f"({text})" if inside else text
    if isinstance(node, Not):
        if isinstance(node.child, Has):
            return f"{field_text(node.child.field)}:none"
        return f"-{_rendered(node.child, inside=True)}"
    if isinstance(node, Text):
        plain = _PLAIN_WORD.fullmatch(node.text) and node.text not in _KEYWORDS
        return (node.text if plain else quoted(node.text)) + ("*" if node.prefix else "")
    if isinstance(node, Is):
        return f"is:{node.word}"
    if isinstance(node, Has):
        return f"{field_text(node.field)}:*"
    if isinstance(node, Compare):
        operator = ":" if node.op is Op.EQ else node.op.value
        return f"{field_text(node.field)}{operator}{_value(node.value)}"
    if isinstance(node, In):
        return f"{field_text(node.field)}:{','.join(map(_value, node.values))}"
    if isinstance(node, Range):
        low, high = ("" if end is None else _value(end) for end in (node.low, node.high))
        return f"{field_text(node.field)}:{low}..{high}"
    raise ValueError("A resolved query has no text.")


def field_text(ref: FieldRef) -> str:
    if not ref.key:
        return ref.name
    return f"{ref.name}.{ref.key if _PLAIN_WORD.fullmatch(ref.key) else quoted(ref.key)}"


def _value(value: Value) -> str:
    if isinstance(value, Number):
        return format(Decimal(repr(value.value)).normalize(), "f")
    if isinstance(value, Date):
        return value.text
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, Me):
        return "me"
    return name_text(value)


def name_text(name: Name) -> str:
    plain = _PLAIN_NAME.fullmatch(name.text) and name.text.lower() not in _VALUE_WORDS and not name.text.endswith(".")
    if name.open_start:
        return f"*{name.text}{'*' if name.open_end else ''}"
    return (name.text if plain else quoted(name.text)) + ("*" if name.open_end else "")
