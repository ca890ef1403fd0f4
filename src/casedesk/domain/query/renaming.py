"""A query that follows something to its new name (behaviour 6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from casedesk.domain.query.fields import find_field
from casedesk.domain.query.grammar import Negation, Piece, Syntax, Test, quoted, syntax_of
from casedesk.domain.query.parsing import parse
from casedesk.domain.query.rendering import name_text
from casedesk.domain.query.tree import Name
from casedesk.domain.text import caseless


def renamed(text: str, field: str, before: str, after: str, *, keep: bool = False) -> str:
    """`text` with the name `before`, where it is a value of `field`, made `after`; with `keep`, `after` beside it.

    `field` is the registered name of a field of names; its aliases in the text count as well. Only the whole name is
    meant, in any case: a value with a star goes on meaning what it did. All the rest stays as it was written, to the
    character. Raises QueryError when `text` is no query, and when the result is too long for one.
    """
    parse(text)
    edits = [edit for test in _tests_of(text, field) for edit in _edits(test, before, after, keep=keep)]
    for start, end, words in reversed(edits):
        text = text[:start] + words + text[end:]
    parse(text)
    return text


def _tests_of(text: str, field: str) -> Iterator[Test]:
    """The tests of the field against names, in their order in the text."""
    syntax: list[Syntax] = [syntax_of(text)] if text.strip() else []
    while syntax:
        part = syntax.pop()
        if isinstance(part, Test):
            name, _, key = part.field.text.partition(".")
            found = find_field(name)
            # Behind a key of the field's own stands the same name, but a login isn't the name of a person.
            if found is not None and found.name == field and (not key or (found.keys and not found.people)):
                yield part
        elif isinstance(part, Negation):
            syntax.append(part.part)
        elif not isinstance(part, Piece):
            syntax.extend(reversed(part.parts))


def _edits(test: Test, before: str, after: str, *, keep: bool) -> Iterator[tuple[int, int, str]]:
    """What of the text, from a start to an end, has to become which words."""
    named = [item for item in test.items if isinstance(item, Piece) and _is_name(item, test, before)]
    if keep and any(isinstance(item, Piece) and _is_name(item, test, after) for item in test.items):
        return
    for piece in named[:1] if keep else named:
        start, end = piece.column - 1, piece.column - 1 + piece.length
        words = quoted(after) if piece.quoted else name_text(Name(after))
        yield (end, end, f",{words}") if keep else (start, end, words)


def _is_name(piece: Piece, test: Test, name: str) -> bool:
    """Whether the value is this whole name. Unquoted, `none` and `me` are no names, and a star leaves an end open."""
    if piece.quoted:
        return not piece.starred and caseless(piece.text) == caseless(name)
    field = find_field(test.field.text)
    words = ("none", "me") if field is not None and field.people else ("none",)
    return piece.text.strip("*") == piece.text and piece.word not in words and piece.word == caseless(name)
