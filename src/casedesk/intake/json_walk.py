"""A JSON file of any length walked value by value in flat memory, with the line on which each begins."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from casedesk.intake.encodings import errors_of, has_wrong_bytes
from casedesk.intake.line_feed import ROW_LIMIT

_CHUNK = 2**17
_TRIMMED_AT = 2**20
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_NEAR_END = 16  # the longest literal or escape that the end of the text read so far can cut in two
_STRUCTURE = re.compile(r'["{}\[\]]')
_STRING_END = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.S)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_TOO_LONG = f"the record is longer than {ROW_LIMIT // 2**20} million characters"
_TOO_DEEP = "the record is nested too deeply"
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


class Damage(Exception):
    """The text is not JSON from here on; `line` says where and `reason` why."""

    def __init__(self, line: int, reason: str, *, ends: bool = False) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.ends = ends
        """True when the file ends too early; False when something else than JSON stands there."""


class TooLarge(Exception):
    """A value longer than a row may be, or nested too deeply; the walk still stands before it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WrongBytes(Exception):
    """A value with bytes that don't fit the file's encoding; it has been passed over."""


class JsonWalk:
    """A place in a JSON text. Numbers are handed out as texts, written as in the file."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("rb")
        self._decoder = codecs.getincrementaldecoder(encoding)(errors_of(encoding))
        self._text = ""
        self._place = 0
        self._ended = False
        self.line = 1
        self.position = 0

    def __enter__(self) -> JsonWalk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def peek(self) -> str:
        """The next sign that isn't white space; "" at the end."""
        while True:
            match = _SPACE.match(self._text, self._place)
            self._go_to(match.end() if match else self._place)
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._fill():
                return ""

    def take(self, sign: str) -> bool:
        """Pass over `sign` if it comes next."""
        if self.peek() != sign:
            return False
        self._go_to(self._place + 1)
        return True

    def value(self, limit: int = ROW_LIMIT) -> Any:
        """The value that comes next. Raises `Damage`, `WrongBytes`, or `TooLarge` beyond `limit` characters."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if self._may_go_on(error) and self._fill(double=True):
                    if len(self._text) - self._place > limit + _CHUNK:
                        raise TooLarge(_TOO_LONG) from None
                    continue
                place = min(error.pos, len(self._text))
                raise Damage(
                    self.line + self._text.count("\n", self._place, place), _said(error), ends=self._may_go_on(error)
                ) from error
            except RecursionError as error:
                raise TooLarge(_TOO_DEEP) from error
            if end == len(self._text) and not self._ended and self._fill():
                continue  # a number at the end of what was read may have more digits
            return self._taken(value, end)

    def members(self) -> Iterator[tuple[int, str]]:
        """The keys of the object that comes next, each with its line; its value must be taken before going on."""
        yield from self._entries("{", "}", keys=True)

    def elements(self) -> Iterator[tuple[int, str]]:
        """The lines of the elements of the array that comes next; each must be taken before going on."""
        yield from self._entries("[", "]", keys=False)

    def value_of_line(self) -> Any:
        """The value that fills the line on which the walk stands, in JSON Lines. The walk goes to the next line anyway.

        Raises `Damage`, `WrongBytes` or `TooLarge`.
        """
        line = self.line
        while (end := self._text.find("\n", self._place)) < 0:
            if len(self._text) - self._place > ROW_LIMIT:
                self._skip_line()
                raise TooLarge(_TOO_LONG)
            if not self._fill(double=True):
                end = len(self._text)
                break
        start, rest = self._place, self._text[self._place : end].rstrip()
        try:
            value, used = _DECODER.raw_decode(rest)
        except json.JSONDecodeError as error:
            self._go_to(end)
            raise Damage(line, _said(error), ends=self._ended and self.peek() == "") from error
        except RecursionError as error:
            self._go_to(end)
            raise TooLarge(_TOO_DEEP) from error
        if used < len(rest):
            self._go_to(end)
            raise Damage(line, "something follows the object on its line")
        return self._taken(value, start + used)

    def pass_over(self) -> None:
        """Go past the array, object or string that comes next without keeping it. Raises `Damage`."""
        depth = 0
        while True:
            match = _STRUCTURE.search(self._text, self._place)
            if match is None:
                self._go_to(len(self._text))
            elif match[0] == '"':
                self._go_to(match.end())
                self._pass_string()
            else:
                self._go_to(match.end())
                depth += 1 if match[0] in "{[" else -1
            if match is not None and depth <= 0:
                return
            if self._place >= len(self._text) and not self._fill():
                raise Damage(self.line, "the file ends too early", ends=True)

    def _skip_line(self) -> None:
        while (end := self._text.find("\n", self._place)) < 0:
            self._go_to(len(self._text))
            if not self._fill():
                return
        self._go_to(end + 1)

    def _entries(self, opening: str, closing: str, *, keys: bool) -> Iterator[tuple[int, str]]:
        self.take(opening)
        if self.take(closing):
            return
        while True:
            key = ""
            self.peek()
            line = self.line
            if keys:
                key = str(self.value())
                if not self.take(":"):
                    raise self._surprise('a ":"')
            yield line, key
            if self.take(closing):
                return
            if not self.take(","):
                raise self._surprise(f'"," or "{closing}"')

    def _surprise(self, expected: str) -> Damage:
        found = self.peek()
        if not found:
            return Damage(self.line, "the file ends too early", ends=True)
        return Damage(self.line, f"{expected} should stand here")

    def _taken(self, value: Any, end: int) -> Any:
        raw_has_escape = (
            self._text.find("\\ud", self._place, end) >= 0 or self._text.find("\\uD", self._place, end) >= 0
        )
        if raw_has_escape and _SURROGATE_ESCAPE.search(self._text, self._place, end):
            value = _storable(value)
        if not self._text.isascii() and has_wrong_bytes(self._text[self._place : end]):
            self._go_to(end)
            raise WrongBytes
        self._go_to(end)
        return value

    def _go_to(self, place: int) -> None:
        self.line += self._text.count("\n", self._place, place)
        self._place = place
        if place > _TRIMMED_AT:
            self._text = self._text[place:]
            self._place = 0

    def _fill(self, *, double: bool = False) -> bool:
        """Read on; as much again as is waiting when `double`, so that long values are not tried too often."""
        if self._ended:
            return False
        chunk = self._file.read(max(_CHUNK, len(self._text) - self._place) if double else _CHUNK)
        self.position += len(chunk)
        self._ended = not chunk
        self._text = self._text[self._place :] + self._decoder.decode(chunk, self._ended)
        self._place = 0
        return bool(chunk)

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _NEAR_END

    def _pass_string(self) -> None:
        while (match := _STRING_END.match(self._text, self._place)) is None:
            # An escape must stay whole, so everything but the last signs is given up.
            keep = len(self._text) - len(self._text.rstrip("\\"))
            self._go_to(max(self._place, len(self._text) - keep % 2))
            if not self._fill():
                raise Damage(self.line, "the file ends too early", ends=True)
        self._go_to(match.end())


def _said(error: json.JSONDecodeError) -> str:
    return error.msg[:1].lower() + error.msg[1:]


def _storable(value: Any) -> Any:
    """The value with U+FFFD in place of lone surrogates, which no file or database can hold."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(element) for element in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(element) for key, element in value.items()}
    return value
