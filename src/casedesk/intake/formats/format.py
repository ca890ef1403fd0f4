"""What a format module gives, and what most of them share."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from casedesk.intake.keys import distinct_headers
from casedesk.intake.mapping import Mapping
from casedesk.intake.records import Kind
from casedesk.intake.table import Item, Sample

JOINED_BY = " | "
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: how many lines it takes, a distinct header for each column, and its full wording."""

    lines: int
    headers: list[str]
    labels: list[str]


def one_line(sample: Sample, lines: int = 1) -> Header:
    """The usual header: the last of its `lines` names the columns."""
    headers = distinct_headers(sample.top[lines - 1])
    return Header(lines, headers, list(headers))


def no_headings(sample: Sample) -> Header:
    """A table that begins with data: its columns are called by their places."""
    headers = distinct_headers([""] * max(map(len, sample.top)))
    return Header(0, headers, list(headers))


def flatten(item: Item) -> dict[str, str]:
    """An object as cells: nested objects as `outer.inner`, lists of plain values joined, other lists as JSON."""
    cells: dict[str, str] = {}
    _flatten_into(cells, "", item, 0)
    return cells


def text_of(value: object) -> str:
    """A plain JSON value as the text of a cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(element, dict | list) for element in value):
        return JOINED_BY.join(filter(None, map(text_of, value)))
    return json.dumps(value, ensure_ascii=False) if value else ""


def _flatten_into(cells: dict[str, str], prefix: str, item: Item, depth: int) -> None:
    for key, value in item.items():
        if isinstance(value, str):
            cells[prefix + key] = value
        elif isinstance(value, dict) and depth < _DEEPEST:
            _flatten_into(cells, f"{prefix}{key}.", value, depth + 1)
        else:
            cells[prefix + key] = text_of(value)


@dataclass(frozen=True, slots=True)
class Format:
    """A known export.

    `recognise` says how sure it is that a sample is one, from 0 to 1; half is needed. `mapping` proposes how its
    columns are read. `header` lays out the header of a table; `unfold` makes cells of an object. `title` is what people
    call it.
    """

    name: str
    title: str
    kinds: tuple[Kind, ...]
    recognise: Callable[[Sample], float]
    mapping: Callable[[Sample], Mapping]
    header: Callable[[Sample], Header] = one_line
    unfold: Callable[[Item], dict[str, str]] = flatten


def child(item: Item, *path: str) -> Item:
    """The object at a path inside an object; empty where something else stands there."""
    for key in path:
        value = item.get(key)
        if not isinstance(value, dict):
            return {}
        item = value
    return item


def objects(item: Item, key: str) -> list[Item]:
    """The objects in the list under `key`; empty where there is none."""
    value = item.get(key)
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def named_cells(item: Item, *keys: str) -> dict[str, str]:
    """The plain values under these keys, as far as the object has them."""
    return {key: text_of(item[key]) for key in keys if key in item}


def prefixed(prefix: str, item: Item) -> dict[str, str]:
    """An object's cells with `prefix` and a point before each header."""
    return {f"{prefix}.{header}": cell for header, cell in flatten(item).items()}


def add_answer(cells: dict[str, str], question: str, answer: str) -> None:
    """Put an answer under its question; a question asked twice is told apart like a repeated header."""
    name, number = question, 2
    while name in cells:
        name, number = f"{question} ({number})", number + 1
    cells[name] = answer


def share_of_headers(sample: Sample, *names: str) -> float:
    """The share of `names` that are headers of the table's first line, in any case of letters."""
    first = {cell.casefold() for cell in sample.first}
    return sum(1 for name in names if name.casefold() in first) / len(names)


def share_of_items(sample: Sample, fits: Callable[[Item], object]) -> float:
    """The share of a JSON sample's objects that fit; 0 for a table."""
    return sum(1 for item in sample.items if fits(item)) / len(sample.items) if sample.items else 0
