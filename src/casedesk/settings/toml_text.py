"""Where in the text of a TOML file each value stands: for the line of a mistake, and to change one value alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from casedesk.settings.toml_values import dotted, flat, inline, key_text

LONGEST_VALUE: Final = 1000
"""Lines that one value may have; of a longer one the place isn't known."""

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_NAME = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_NAME})[ \t]*\]\]?[ \t]*(?:#.*)?\r?")
_SETTING = re.compile(rf"([ \t]*({_NAME})[ \t]*=[ \t]*)(.*)", re.DOTALL)

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One value with its name, or the header of a table: the lines `first` up to `end`, counted from 0."""

    first: int
    end: int
    path: Path
    header: bool = False
    value: Any = None


def statements(text: str) -> Iterator[Statement]:
    """The statements of a sound TOML text, in its order."""
    lines = text.split("\n")
    table: Path = ()
    at = 0
    while at < len(lines):
        if found := _HEADER.fullmatch(lines[at]):
            table = _path(found[1])
            yield Statement(at, at + 1, table, header=True)
        elif found := _SETTING.fullmatch(lines[at]):
            name = _path(found[2])
            end, value = _value_from(lines, at, name)
            yield Statement(at, end, table + name, value=value)
            at = end - 1
        at += 1


def line_of(text: str, *names: str) -> int:
    """The line, from 1, that sets what is called `names`; of a table its header; 1 when it isn't found."""
    wanted = dotted(names)
    found = list(statements(text))
    for each in found:
        if dotted(each.path) == wanted:
            return each.first + 1
    holders = [each for each in found if not each.header and wanted.startswith(dotted(each.path) + ".")]
    holders += [each for each in found if dotted(each.path).startswith(wanted + ".")]
    return holders[0].first + 1 if holders else 1


def edited(text: str, path: Path, value: Any) -> str:
    """The text with one value set, or taken out where it is None; every other line stays as it is.

    `path` is the value's name, behind that of its table if it is in one. The text must be sound; whether the result
    says what was wanted is for the caller to check: TOML has more ways to write a thing than are looked for here.
    """
    lines = text.split("\n")
    found = list(statements(text))
    for each in reversed(found):
        if not each.header and dotted(each.path) == dotted(path):
            new = [] if value is None else _with_value(lines, each, inline(value))
            return "\n".join([*lines[: each.first], *new, *lines[each.end :]])
        if not each.header and dotted(path).startswith(dotted(each.path) + ".") and isinstance(each.value, Mapping):
            rest = dotted(path)[len(dotted(each.path)) + 1 :]
            table = {name: kept for name, kept in flat(each.value).items() if name != rest}
            new = _with_value(lines, each, inline(table if value is None else {**table, rest: value}))
            return "\n".join([*lines[: each.first], *new, *lines[each.end :]])
    if value is None:
        return text
    return "\n".join(_with_statement(lines, found, path, inline(value)))


def _path(written: str) -> Path:
    """The parts of a name as TOML reads it."""
    import tomllib

    parts: list[str] = []
    value: Any = tomllib.loads(f"{written} = 0")
    while isinstance(value, dict):
        ((part, value),) = value.items()
        parts.append(part)
    return tuple(parts)


def _value_from(lines: Sequence[str], first: int, name: Path) -> tuple[int, Any]:
    """The line behind the value that begins on the line `first`, and the value."""
    import tomllib

    for end in range(first + 1, min(len(lines), first + LONGEST_VALUE) + 1):
        try:
            value: Any = tomllib.loads("\n".join([*lines[first:end], ""]))
        except tomllib.TOMLDecodeError:
            continue  # it goes on on the next line
        for part in name:
            value = value[part]
        return end, value
    return first + 1, None


def _with_value(lines: Sequence[str], statement: Statement, value: str) -> list[str]:
    """The statement's lines with another value; its name and the comment behind it stay."""
    found = _SETTING.fullmatch("\n".join(lines[statement.first : statement.end]))
    assert found is not None  # a statement begins with what was found by it
    return [f"{found[1]}{value}{_behind(found[3], statement.value)}"]


def _behind(rest: str, value: Any) -> str:
    """What follows the value at the beginning of `rest`: blanks, a comment, the end of the line."""
    import tomllib

    for comment in re.finditer("#", rest):
        try:
            before = tomllib.loads(f"value = {rest[: comment.start()]}")
        except tomllib.TOMLDecodeError:
            continue  # a sign inside of the value
        if before == {"value": value}:
            kept = rest[: comment.start()]
            return kept[len(kept.rstrip()) :] + rest[comment.start() :]
    return rest[len(rest.rstrip()) :]


def _with_statement(lines: list[str], found: Sequence[Statement], path: Path, value: str) -> list[str]:
    """The lines with a new statement at the end of those that it belongs to."""
    end = "\r" if lines[0].endswith("\r") else ""
    if lines[-1]:
        lines = [*lines[:-1], lines[-1] + end, ""]
    *table, name = path
    headers = [each for each in found if each.header]
    beside = [each for each in found if not each.header and each.path[:-1] == tuple(table)]
    dotted_ones = [each for each in found if table and not each.header and each.path[: len(table)] == tuple(table)]
    own = [each for each in headers if each.path == tuple(table)]
    statement = f"{key_text(name)} = {value}{end}"
    if own:
        last = [each.end for each in beside if each.first > own[0].first]
        return _inserted(lines, last[-1] if last else own[0].end, [statement])
    if dotted_ones and not _headers_before(headers, dotted_ones[-1]):
        return _inserted(lines, dotted_ones[-1].end, [f"{'.'.join(map(key_text, table))}.{statement}"])
    if table:
        while len(lines) > 1 and not lines[-2].strip():
            lines = [*lines[:-2], ""]
        begin = [end] if len(lines) > 1 else []
        return [*lines[:-1], *begin, f"[{'.'.join(map(key_text, table))}]{end}", statement, ""]
    if beside:
        return _inserted(lines, beside[-1].end, [statement])
    if not headers:
        return _inserted(lines, len(lines) - 1, [statement])
    place = headers[0].first
    while place and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    return _inserted(lines, place, [statement, end])


def _headers_before(headers: Sequence[Statement], statement: Statement) -> bool:
    """Whether a statement belongs to the table of a header."""
    return any(header.first < statement.first for header in headers)


def _inserted(lines: list[str], at: int, new: list[str]) -> list[str]:
    return [*lines[:at], *new, *lines[at:]]
