"""On which line of a TOML text something stands. The library that reads TOML doesn't tell.

It is asked for texts that were read without a mistake, so that it need not find any itself; where it loses its way it
knows fewer lines, and nothing else suffers.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

Place = tuple[str | int, ...]

_KEY: Final = r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
_DOTTED: Final = re.compile(rf"[ \t]*(?:{_KEY})(?:[ \t]*\.[ \t]*(?:{_KEY}))*[ \t]*")
_PIECE: Final = re.compile(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n]|[^\[\]{},\n"\'#]+'
)
"""What a value is made of: strings whole, comments, brackets, commas, ends of lines, and all between."""


class TomlLines:
    """The lines of a text's tables, keys and entries of lists, counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._lines: dict[Place, int] = {}
        self._lists: dict[Place, int] = {}
        self._scan()

    def line_of(self, place: Place) -> int | None:
        """The line on which the place stands, or the nearest around it that has one."""
        for length in range(len(place), 0, -1):
            if (line := self._lines.get(place[:length])) is not None:
                return line
        return None

    def _scan(self) -> None:
        table: Place = ()
        while (found := re.compile(r"(?:[ \t\r\n]|#[^\n]*)*").match(self._text, self._at)) is not None:
            self._move(found.end())
            opening = re.compile(r"\[\[?").match(self._text, self._at)
            start = self._at + len(opening[0]) if opening else self._at
            key = _DOTTED.match(self._text, start)
            if key is None:
                return
            parts = _parts(key[0])
            if opening:
                table = self._table(parts, several=len(opening[0]) > 1)
                self._move(key.end() + len(opening[0]))
                self._lines.setdefault(table, self._line)
                continue
            place = table
            for part in parts:
                place = (*place, part)
                self._lines.setdefault(place, self._line)
            self._move(key.end() + 1)
            self._value(place)

    def _table(self, parts: tuple[str, ...], *, several: bool) -> Place:
        """The place of a table's head: in a list of tables, the one that is the last so far."""
        place: Place = ()
        for at, part in enumerate(parts):
            place = (*place, part)
            self._lines.setdefault(place, self._line)
            if several and at == len(parts) - 1:
                self._lists[place] = self._lists.get(place, -1) + 1
            if place in self._lists:
                place = (*place, self._lists[place])
        return place

    def _value(self, place: Place) -> None:
        """Pass over a value, noting the lines of what it lists: only entries and keys directly in brackets."""
        inside: list[tuple[str, Place, int]] = []
        fresh = False
        while (found := _PIECE.match(self._text, self._at)) is not None:
            piece = found[0]
            if piece == "\n" and not inside:
                return
            if fresh and inside and not (piece[0] in "#\n,]}" or piece.isspace()):
                fresh = False
                inside[-1] = self._entry(*inside[-1], piece)
            if piece in "[{":
                inside.append((piece, self._inner(inside, place), -1))
                fresh = True
            elif piece in "]}":
                if inside:
                    inside.pop()
                fresh = False
            elif piece == ",":
                fresh = True
            self._move(found.end())

    def _entry(self, bracket: str, place: Place, at: int, piece: str) -> tuple[str, Place, int]:
        """The bracket that an entry begins in, with that entry noted: its number in a list, its key in a table."""
        if bracket == "[":
            self._lines.setdefault((*place, at + 1), self._line)
            return bracket, place, at + 1
        key = _DOTTED.match(self._text, self._at)
        if key is not None and key[0].strip():
            self._lines.setdefault((*place, *_parts(key[0])), self._line)
        self._key = _parts(key[0]) if key is not None else (piece.strip(),)
        return bracket, place, at

    def _inner(self, inside: list[tuple[str, Place, int]], place: Place) -> Place:
        """The place of what a bracket opens."""
        if not inside:
            return place
        bracket, outer, at = inside[-1]
        return (*outer, at) if bracket == "[" else (*outer, *self._key)

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to


def _parts(dotted: str) -> tuple[str, ...]:
    """The parts of a dotted key, as it means them."""
    parts: list[str] = []
    found: Any = tomllib.loads(f"{dotted.strip()} = 0") if dotted.strip() else 0
    while isinstance(found, dict):
        ((key, found),) = found.items()
        parts.append(key)
    return tuple(parts)
