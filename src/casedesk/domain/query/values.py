"""What stands behind a field: its values read, checked and typed (behaviour 6.1, 6.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from casedesk.domain.query.errors import QueryError, nearest, shortened, unknown
from casedesk.domain.query.fields import TICKET, Field, Kind, Vocabulary, field_of, kind_of
from casedesk.domain.query.grammar import Piece
from casedesk.domain.query.moments import DATE_WORDS, Context, is_absolute, parse_date, parse_duration, span_of
from casedesk.domain.query.rendering import name_text
from casedesk.domain.query.tree import (
    Compare,
    Date,
    Duration,
    FieldRef,
    Has,
    Me,
    Name,
    Node,
    Number,
    Op,
    Range,
    Value,
    negated,
)
from casedesk.domain.text import caseless, tokens

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_RECORD_NUMBER = re.compile(r"#[0-9]{1,15}")
_PHONE_FILLING = re.compile(r"[\s()./-]")
_OF_TICKETS = frozenset({"number", "parent", "merged"})
"""Fields that hold a ticket's number, which may be written `#12`."""

_UNORDERED = frozenset({Kind.NAME, Kind.WORDS, Kind.DAY})
_NUMBERED = {"contact": "contact_id", "account": "account_id"}


def test_of(ref: FieldRef, op: Op, piece: Piece, vocabulary: Vocabulary | None) -> Node:
    """The test of a field against one value."""
    field = field_of(ref)
    if op is Op.EQ:
        special = _special(ref, field, piece)
        if special is not None:
            return special
    elif kind_of(ref) in _UNORDERED:
        low, high = (piece, None) if op in (Op.GT, Op.GE) else (None, piece)
        meant = _listed_places(ref, low, high, vocabulary, without=op in (Op.LT, Op.GT))
        meant = meant or f"{ref}:{shortened(piece.text)}"
        raise QueryError(
            f'"{ref}" can\'t be compared with {op.value} at {piece.column}; write {meant}.',
            piece.column,
            piece.length,
        )
    number = _RECORD_NUMBER.fullmatch(piece.word)
    if number and ref.name in _NUMBERED and not ref.key:
        return Compare(FieldRef(_NUMBERED[ref.name]), op, Number(float(piece.text[1:])))
    return Compare(ref, op, _value(ref, field, piece, vocabulary, as_number=op is not Op.EQ))


def range_of(ref: FieldRef, low: Piece | None, high: Piece | None, vocabulary: Vocabulary | None) -> Node:
    """The test of a field against a range, both ends included."""
    field = field_of(ref)
    given = low or high
    assert given is not None
    if kind_of(ref) in _UNORDERED:
        meant = _listed_places(ref, low, high, vocabulary)
        way = f"write {meant}" if meant else "list the values with commas"
        raise QueryError(
            f'"{ref}" has no order, so a range at {given.column} means nothing; {way}.',
            given.column,
            given.length,
        )
    ends = [_value(ref, field, piece, vocabulary, as_number=True) if piece else None for piece in (low, high)]
    if low and high and _is_backward(ends[0], ends[1]):
        swapped = f"{high.text}..{low.text}"
        raise QueryError(
            f"The range at {low.column} runs backwards: did you mean {swapped}?",
            low.column,
            high.column + high.length - low.column,
            (swapped,),
        )
    return Range(ref, ends[0], ends[1])


def _listed_places(
    ref: FieldRef, low: Piece | None, high: Piece | None, vocabulary: Vocabulary | None, *, without: bool = False
) -> str:
    """The test that lists the priorities from one to another, or `without` those; nothing for other fields or none."""
    known = vocabulary.values("priority") if vocabulary is not None and ref.name == "priority" else ()
    places = {caseless(name): place for place, name in enumerate(known)}
    ends = [places.get(piece.word) if piece else None for piece in (low, high)]
    if any(piece and end is None for piece, end in zip((low, high), ends, strict=True)):
        return ""
    first, last = (0 if ends[0] is None else ends[0]), (len(known) - 1 if ends[1] is None else ends[1])
    meant = [name for name, at in places.items() if first <= at <= last and not (without and at in ends)]
    return f"{ref}:{','.join(name_text(Name(known[places[name]])) for name in meant)}" if meant else ""


def _special(ref: FieldRef, field: Field, piece: Piece) -> Node | None:
    """What keywords stand for: `none`, `*`, and the bands of a score."""
    if piece.word == "none" or (piece.word and not piece.word.strip("*")):
        if not field.optional:
            sentence = (
                f'"{ref}" is never empty on a ticket, so "{piece.text}" at {piece.column} says nothing;'
                f" -has:{TICKET} finds responses without a ticket."
            )
            raise QueryError(sentence, piece.column, piece.length)
        return negated(Has(ref)) if piece.word == "none" else Has(ref)
    if piece.word in field.bands:
        low, high = field.bands[piece.word]
        return Range(ref, *(None if end is None else Number(end) for end in (low, high)))
    return None


def _value(ref: FieldRef, field: Field, piece: Piece, vocabulary: Vocabulary | None, *, as_number: bool) -> Value:
    kind = kind_of(ref)
    if kind is Kind.NUMBER or (kind is Kind.VARIABLE and as_number):
        return _number(ref, field, piece)
    if kind in (Kind.INSTANT, Kind.DAY):
        return _date(piece)
    if kind is Kind.DURATION:
        return _duration(piece)
    if kind is Kind.WORDS:
        return _words(ref, piece)
    return _name(ref, field, piece, vocabulary)


def _number(ref: FieldRef, field: Field, piece: Piece) -> Number:
    text = piece.text[1:] if ref.name in _OF_TICKETS and piece.text.startswith("#") else piece.text
    if not _NUMBER.fullmatch(text):
        near = nearest(piece.text, field.bands)
        tail = f": did you mean {near[0]}?" if near else "."
        raise QueryError(
            f'"{shortened(piece.text)}" at {piece.column} isn\'t a number{tail}', piece.column, piece.length, near
        )
    return Number(float(text))


def _date(piece: Piece) -> Date | Duration:
    found = parse_date(piece.text) or parse_duration(piece.text)
    if found is None:
        near = nearest(piece.text, DATE_WORDS)
        tail = (
            f": did you mean {near[0]}?"
            if near
            else "; write 2026-11-20, 2026-11, today, last-week, or a duration: 7d, 2h30m."
        )
        raise QueryError(
            f'"{shortened(piece.text)}" at {piece.column} isn\'t a date{tail}', piece.column, piece.length, near
        )
    return found


def _duration(piece: Piece) -> Duration:
    found = parse_duration(piece.text)
    if found is None or found.sign:
        raise QueryError(
            f'"{shortened(piece.text)}" at {piece.column} isn\'t a duration; write 30m, 12h, 1h30m, 7d, 2w or 3mo.',
            piece.column,
            piece.length,
        )
    return found


def _words(ref: FieldRef, piece: Piece) -> Name:
    text = piece.text if piece.quoted else piece.text.rstrip("*")
    if (text.startswith("*") and not piece.quoted) or not tokens(text):
        raise QueryError(
            f'"{ref}" at {piece.column} needs a word to look for, or its beginning and a star.',
            piece.column,
            piece.length,
        )
    return Name(text, open_end=piece.starred or text != piece.text)


def _name(ref: FieldRef, field: Field, piece: Piece, vocabulary: Vocabulary | None) -> Name | Me:
    if field.people and piece.word == "me":
        return Me()
    open_start = not piece.quoted and piece.text.startswith("*")
    open_end = piece.starred or (not piece.quoted and piece.text.endswith("*"))
    text = piece.text if piece.quoted else piece.text.strip("*")
    if ref.name == "phone":
        text = _PHONE_FILLING.sub("", text)
    if not text:
        raise QueryError(f'"{ref}" at {piece.column} needs a value, or none.', piece.column, piece.length, ("none",))
    if not (open_start or open_end):
        _check_known(ref, field, text, piece, vocabulary)
    return Name(text, open_start, open_end)


def _check_known(ref: FieldRef, field: Field, text: str, piece: Piece, vocabulary: Vocabulary | None) -> None:
    known: Sequence[str] = field.values
    if not known and field.desk_list and vocabulary is not None:
        known = vocabulary.values(str(ref))
    elif not known:
        return
    wanted = caseless(text)
    if all(caseless(entry) != wanted for entry in known):
        raise unknown(field.name, text, piece.column, piece.length, known)


def _is_backward(low: Value | None, high: Value | None) -> bool:
    if isinstance(low, Number) and isinstance(high, Number):
        return low.value > high.value
    if isinstance(low, Date) and isinstance(high, Date) and is_absolute(low) and is_absolute(high):
        from datetime import UTC, datetime

        anywhere = Context(datetime.now(UTC), ZoneInfo("UTC"), "")
        return span_of(low, anywhere)[0] > span_of(high, anywhere)[0]
    return False
