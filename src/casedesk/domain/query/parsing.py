"""From the text of a query to its tree (behaviour 6.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casedesk.domain.query.errors import QueryError, nearest, shortened, unknown
from casedesk.domain.query.fields import (
    FIELDS,
    IS_WORDS,
    STATES,
    Field,
    Kind,
    Vocabulary,
    field_names,
    find_field,
    kind_of,
)
from casedesk.domain.query.tree import (
    Compare,
    FieldRef,
    Has,
    In,
    Is,
    Node,
    Number,
    Op,
    Query,
    Range,
    Sort,
    Text,
    Value,
    all_of,
    any_of,
    negated,
)
from casedesk.domain.text import caseless, tokens

if TYPE_CHECKING:
    from lark import Tree
    from lark.lexer import Token

_NUMBER_SIGN = re.compile(r"#[0-9]{1,18}")
_PRESENT_OPS = {":": "=", ":=": "="}


def parse(text: str, vocabulary: Vocabulary | None = None) -> Query:
    """The query that `text` says. With a vocabulary, names that the desk doesn't have are mistakes too.

    Raises QueryError, and nothing else, whatever the text.
    """
    if not text or text.isspace():
        return Query(source=text)
    from casedesk.domain.query.grammar import syntax_tree

    builder = _Builder(vocabulary)
    root = builder.node(syntax_tree(text))
    return Query(root, tuple(builder.sort), text)
