"""What may stand at the cursor in a query: fields, their keys and their values (behaviour 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casedesk.domain.query.fields import FIELDS, IS_WORDS, TICKET, Field, Kind, Vocabulary, find_field, kind_of
from casedesk.domain.query.grammar import LENGTH_LIMIT, unquoted
from casedesk.domain.query.moments import DATE_WORDS
from casedesk.domain.query.parsing import has_words, sort_words
from casedesk.domain.query.rendering import field_text, name_text
from casedesk.domain.query.tree import FieldRef, Name
from casedesk.domain.text import caseless

OFFERED = 50
"""Completions offered at once, the best first."""

_PIECE = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|$)|[^\s()"|])+|[\s()|]', re.DOTALL)
_TEST = re.compile(r'([^\W\d][\w-]*)(?:\.("(?:[^"\\]|\\.)*"|[^\s()",|:<>=!]+))?(:?(?:[<>]=?|!?=)|:)(.*)', re.DOTALL)
_ITEM = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|$)|(?<!\.)\.(?!\.)|[^",.])*$', re.DOTALL)
_WORD_TAIL = re.compile(r'[^\s()"|,:<>=!]*')
_DURATIONS = ("30m", "2h", "1d", "3d", "7d", "2w", "1mo")
_KEYWORDS = {
    "is": "new, open, mine, overdue and the like",
    "has": "a field that isn't empty",
    "sort": "the order; sort:-field turns it round",
}


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` may take the place of the query's characters from `start` to `end`; `detail` says what it is."""

    start: int
    end: int
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Offer:
    """Something to offer: what is matched against what was typed, what is put in, and what it is."""

    name: str
    text: str
    detail: str = ""
    also: tuple[str, ...] = ()


def complete(text: str, cursor: int, vocabulary: Vocabulary | None = None) -> list[Completion]:
    """What may stand at `cursor` (a place between characters, 0 at the start). Never raises, whatever the text."""
    cursor = min(max(cursor, 0), len(text))
    if cursor > LENGTH_LIMIT:
        return []
    typed = _typed(text[:cursor])
    start = cursor - len(typed)
    test = _TEST.fullmatch(typed)
    if test is None:
        offers, end = _fields(typed, vocabulary), cursor + len(_tail(text, cursor))
        return _best(offers, typed, start, end)
    name, key, operator, values = test.groups()
    found = _ITEM.search(values)
    item = found[0] if found else ""
    end = cursor + len(_tail(text, cursor))
    if item.startswith('"'):
        end = text.find('"', cursor) + 1 or len(text)
    offers = _values(name, unquoted(key) if key and key[0] == '"' else key or "", operator, item, vocabulary)
    return _best(offers, item, cursor - len(item), end)


def _typed(head: str) -> str:
    """The piece of the query that ends at the cursor, without the signs that negate it."""
    piece = ""
    for match in _PIECE.finditer(head):
        piece = match[0]
    return "" if not piece or piece in "()|" or piece.isspace() else piece.lstrip("-")


def _tail(text: str, cursor: int) -> str:
    """What of the word at the cursor lies behind it."""
    match = _WORD_TAIL.match(text, cursor)
    return match[0] if match and cursor and not text[cursor - 1].isspace() else ""


def _best(offers: Iterable[_Offer], typed: str, start: int, end: int) -> list[Completion]:
    """The offers that fit what was typed: those that begin so, then those with it inside."""
    wanted = caseless(typed[1:] if typed[:1] == '"' else typed)
    beginning: list[Completion] = []
    inside: list[Completion] = []
    for offer in offers:
        form = caseless(offer.name)
        if form.startswith(wanted):
            beginning.append(Completion(start, end, offer.text, offer.detail))
        elif wanted in form or any(alias.startswith(wanted) for alias in offer.also):
            inside.append(Completion(start, end, offer.text, offer.detail))
    return (beginning + inside)[:OFFERED]


def _fields(typed: str, vocabulary: Vocabulary | None) -> Iterator[_Offer]:
    name, dot, _ = typed.partition(".")
    field = find_field(name) if dot else None
    if field is not None and field.keyed:
        yield from _keys(field, name, vocabulary, ":")
        return
    for keyword, detail in _KEYWORDS.items():
        yield _Offer(keyword, f"{keyword}:", detail)
    for entry in FIELDS:
        colon = "." if entry.name == "answer" else ":"
        yield _Offer(entry.name, f"{entry.name}{colon}", entry.about, entry.aliases)


def _keys(field: Field, name: str, vocabulary: Vocabulary | None, end: str) -> Iterator[_Offer]:
    for key in _keys_of(field, vocabulary):
        yield _Offer(f"{name}.{key}", field_text(FieldRef(field.name, key)) + end, field.kind.value if end else "")


def _keys_of(field: Field, vocabulary: Vocabulary | None) -> Iterable[str]:
    return field.keys or (vocabulary.keys(field.name) if vocabulary else ())


def _values(name: str, key: str, operator: str, item: str, vocabulary: Vocabulary | None) -> Iterator[_Offer]:
    keyword = caseless(name)
    if keyword == "is":
        yield from (_Offer(word, word, about) for word, about in IS_WORDS.items())
    elif keyword == "has":
        yield from _present(item, vocabulary)
    elif keyword == "sort":
        sign = "-" if item.startswith("-") else ""
        yield from (_Offer(sign + word, sign + word) for word in sort_words())
    elif (field := find_field(name)) is not None:
        yield from _field_values(field, FieldRef(field.name, caseless(key)), operator, vocabulary)


def _present(item: str, vocabulary: Vocabulary | None) -> Iterator[_Offer]:
    name, dot, _ = item.partition(".")
    field = find_field(name) if dot else None
    if field is not None and field.keyed:
        for key in _keys_of(field, vocabulary):
            whole = f"{field.name}.{key}"
            yield _Offer(f"{name}.{key}", name_text(Name(whole)))
        return
    for word in has_words():
        found = find_field(word)
        about = "a ticket of its own, which a response may lack" if word == TICKET else found.about if found else ""
        yield _Offer(word, word, about)


def _field_values(field: Field, ref: FieldRef, operator: str, vocabulary: Vocabulary | None) -> Iterator[_Offer]:
    kind = kind_of(ref)
    equal = operator in (":", "=", "!=", ":=", ":!=")
    if field.people and equal:
        yield _Offer("me", "me", "you")
    if field.optional and equal:
        yield _Offer("none", "none", "nothing there")
    if kind in (Kind.INSTANT, Kind.DAY):
        yield from (_Offer(word, word) for word in (*DATE_WORDS, *_DURATIONS))
    elif kind is Kind.DURATION:
        yield from (_Offer(word, word) for word in _DURATIONS)
    for band, (low, high) in field.bands.items() if equal else ():
        yield _Offer(band, band, f"{low:g} to {high:g}")
    known = field.values or (vocabulary.values(str(ref)) if vocabulary and kind is not Kind.NUMBER else ())
    if equal:
        yield from (_Offer(value, name_text(Name(value))) for value in known if value)
