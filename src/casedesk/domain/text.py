"""Words of a text, as the search index and the query language see them, in any script (behaviour 6.1).

Two texts match when their words do: case, accents on Latin letters and punctuation don't count. A word is a run of
letters, digits and the marks that belong to letters. Scripts that are written without blanks have no such runs, so
each of their characters counts as a word, and what looks like one word in a query is a phrase of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
"""The setting of SQLite's FTS5 under which the words of its index are those of `tokens`."""

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"  # Han: radicals and signs
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Han
    "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f\U0001b000-\U0001b16f"  # Hiragana, Katakana
)
_UNSPACED_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u109a-\u109d"
    "\u17b4-\u17d3\u17dd\u3099\u309a\uff9e\uff9f"
)
_CLUSTER = re.compile(f"[{_UNSPACED}][{_UNSPACED_MARKS}]*")

_PLAIN = (
    "\0-\u00b4\u00b6-\u012f\u0131-\u017e\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c1\u03c3-\u03c9\u0400-\u045f"
    "\u2010-\u2027\u2030-\u205e\u20ac\u2122"
)
"""What SQLite, of whatever version, reads as `tokens` does."""
_NOT_PLAIN = re.compile(f"[^{_PLAIN}]")

_ASCII_WORD = re.compile("[0-9a-z]+")
_WORD_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co", "Mn", "Mc"))
_POINTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
)
"""Accents that stand by themselves, Hebrew points and Arabic vowel signs: most people write and search without."""

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")


class _Folding(dict[int, str]):
    """A table for `str.translate`, filled as characters are met: case, accents and mere variants of letters go."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if _NOT_PLAIN.match(character):
            variant_of = unicodedata.normalize("NFKC", character)
            folded = (variant_of if len(variant_of) == 1 or variant_of.isascii() else character).casefold()
        else:
            folded = caseless(character)
        if not 0x400 <= code < 0x530:  # in Cyrillic, й and ё are letters of their own
            bare = _POINTS.sub("", unicodedata.normalize("NFD", folded))
            folded = unicodedata.normalize("NFC", bare)
        self[code] = folded
        return folded


class _Words(dict[int, str]):
    """The same, and what can't be part of a word becomes a blank."""

    def __missing__(self, code: int) -> str:
        found = self[code] = "".join(
            part if unicodedata.category(part) in _WORD_CATEGORIES else " " for part in _FOLDING[code]
        )
        return found


class _Caseless(dict[int, str]):
    """The same for names: only case goes, and only where one character stands for one of the same alphabet."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        small = "σ" if character == "ς" else character.lower()
        paired = small == "σ" or character in (small, small.upper(), small.title())
        plain = paired and len(small) == 1 and character.isascii() == small.isascii()
        found = self[code] = small if plain else character
        return found


_CASELESS = _Caseless()
_FOLDING = _Folding()
_WORDS = _Words()


def caseless(text: str) -> str:
    """`text` for comparing names: without difference of case, otherwise as it is.

    Stricter than `str.casefold`, so that the database can do the same by index: the result has as many characters as
    `text`, and is ASCII only when `text` is.
    """
    return text.lower() if text.isascii() else text.translate(_CASELESS)


def spellings(text: str, limit: int = 64) -> tuple[str, ...] | None:
    """Every text that has the same `caseless` form, but for the case of its ASCII letters; None above `limit`."""
    found = [""]
    for character in text:
        forms = {character}
        if not character.isascii():
            forms |= {character.lower(), character.upper(), character.title()}
            forms |= {"σ", "ς", "Σ"} if character in "σςΣ" else set()
            forms = {form for form in forms if caseless(form) == caseless(character)}
        found = [start + form for start in found for form in sorted(forms)]
        if len(found) > limit:
            return None
    return tuple(found)


def fold(text: str) -> str:
    """`text` without difference of case and of accents on Latin letters; vowel points of Hebrew and Arabic go too."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_FOLDING)


def tokens(text: str) -> list[str]:
    """The words of `text` in order, folded. Empty when it has neither letters nor digits."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    text = _CLUSTER.sub(r" \g<0> ", unicodedata.normalize("NFC", text))
    return text.translate(_WORDS).split()


def segmented(text: str) -> str | None:
    """What to put into the search index in place of `text`; None when that is `text` itself.

    A text with Han, Kana, Thai, Lao, Khmer or Myanmar comes back with their characters set apart by blanks. So do
    the words of any text that SQLite's tokenizer would cut otherwise (pointed letters, newer signs and scripts).
    """
    return " ".join(tokens(text)) if _NOT_PLAIN.search(text) else None


def has_words(text: str, words: Sequence[str], *, prefix: bool = False) -> bool:
    """Whether `words` (folded, as from `tokens`) follow one another in `text`; the last may be a beginning only."""
    found = tokens(text)
    last = len(words) - 1
    if last < 0:
        return True
    if last == 0:
        word = words[0]
        return any(entry.startswith(word) for entry in found) if prefix else word in found
    for at in range(len(found) - last):
        if found[at] == words[0] and found[at + 1 : at + last] == words[1:last]:
            end = found[at + last]
            if end == words[last] or (prefix and end.startswith(words[last])):
                return True
    return False


def as_number(text: str) -> float | None:
    """The number that `text` is: at most 23 ASCII digits and a point, a minus in front; None when it is none."""
    return float(text) if len(text) < 24 and _NUMBER.fullmatch(text) else None
