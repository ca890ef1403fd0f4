"""Stable, readable keys made from the headers of columns: what the query language says after `answer.`."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEY = 48
"""Characters; longer questions are cut at the end of a word."""

_NOT_IN_KEYS = re.compile(r"[\W_]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_MARKS_OF_LATIN = re.compile("[\u0300-\u036f]")


def key_of(header: str) -> str:
    """The key of a header: lower case, accents off Latin letters, everything else joined by `_`; may be empty."""
    decomposed = unicodedata.normalize("NFKD", header.casefold().translate(_LETTERS))
    plain = unicodedata.normalize("NFC", _MARKS_OF_LATIN.sub("", decomposed))
    key = _NOT_IN_KEYS.sub("_", plain).strip("_")
    if len(key) <= LONGEST_KEY:
        return key
    cut = key.rfind("_", LONGEST_KEY // 2, LONGEST_KEY + 1)
    return key[: cut if cut > 0 else LONGEST_KEY]


class UniqueKeys:
    """Hands out keys that differ from each other: a second `other` becomes `other_2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, header: str, place: int) -> str:
        """The key of `header`, which stands in column `place` (the first is 1)."""
        base = key_of(header) or f"column_{place}"
        key, number = base, 2
        while key in self._taken:
            key, number = f"{base}_{number}", number + 1
        self._taken.add(key)
        return key

    def take_as_is(self, key: str) -> str:
        """Reserve a key that somebody chose."""
        self._taken.add(key)
        return key


def distinct_headers(headers: list[str]) -> list[str]:
    """Headers told apart: an empty one is named by its place, a repeated one gets " (2)", " (3)", …"""
    taken: set[str] = set()
    named = {header for header in headers if header}
    distinct: list[str] = []
    for place, header in enumerate(headers, start=1):
        base = header or f"Column {place}"
        name, number = base, 2
        while name in taken or (name != header and name in named):
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        distinct.append(name)
    return distinct
