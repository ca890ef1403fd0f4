"""What was probably meant by a query that has no mistake but reads differently (behaviour 6.1, 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casedesk.domain.query.errors import QueryError, shortened
from casedesk.domain.query.grammar import Negation, Piece, Syntax, Test, syntax_of
from casedesk.domain.query.parsing import parse

_CANDIDATE = re.compile(r"(?:^|[\s(|-])(?:(?:or|and|not)(?=[\s(])|!)", re.IGNORECASE)
_JOINING = {
    "or": "OR in capitals finds either",
    "and": "AND in capitals joins, as does a blank by itself",
    "not": "NOT in capitals, or - right before it, leaves out",
}


def hint(text: str) -> str:
    """A sentence about the first word that is searched for though it was hardly meant so; empty without one.

    That is `or`, `and` and `not` in small letters, and `!` where `-` negates. A text with a mistake has no hint: the
    mistake is told instead. Never raises.
    """
    if not _CANDIDATE.search(text):
        return ""
    try:
        parse(text)
        return next(_hints(syntax_of(text)), "")
    except QueryError:
        return ""


def _hints(syntax: Syntax) -> Iterator[str]:
    if isinstance(syntax, Negation):
        yield from _hints(syntax.part)
    elif not isinstance(syntax, Piece | Test):
        for place, part in enumerate(syntax.parts):
            if isinstance(part, Piece):
                yield from _of_word(part, syntax.parts[:place], syntax.parts[place + 1 :])
            else:
                yield from _hints(part)


def _of_word(piece: Piece, before: Sequence[Syntax], behind: Sequence[Syntax]) -> Iterator[str]:
    joining = _JOINING.get(piece.word)
    if joining and behind and (before or piece.word == "not"):
        yield f'"{piece.text}" at {piece.column} is searched for like any word; {joining}.'
    elif not piece.quoted and piece.text.startswith("!") and (len(piece.text) > 1 or behind):
        meant = shortened(piece.text[1:] or "(…)")
        yield f'"!" at {piece.column} doesn\'t negate; write -{meant} to leave that out.'
