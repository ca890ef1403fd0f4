"""A query while somebody is still typing it (K1: the list is filtered while typing)."""

from __future__ import annotations

import re

_LAST_WORD = re.compile(r"(?:^|[\s(|])-?(\w(?:[\w'’-]*\w)?)$")
_QUOTES = re.compile(r'\\.|(")')
_KEYWORDS = frozenset({"AND", "OR", "NOT"})


def unfinished(text: str) -> str:
    """The query with its last free word open at the end, so that `late refu` finds refunds already.

    A blank behind the word ends it, and then it is that word alone. Anything else is left as it is: fields with their
    values, phrases, words that have their `*`.
    """
    word = _LAST_WORD.search(text)
    quotes = sum(1 for found in _QUOTES.finditer(text) if found[1])
    if word is None or quotes % 2 or word[1] in _KEYWORDS:
        return text
    return f"{text}*"
