"""Pieces of SQL with their parameters, and how names, numbers and words are compared in them (behaviour 6.1).

The comparisons say exactly what those of `domain.query.predicate` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casedesk.domain.query.tree import Compare, In, Name, Number, Range, Value
from casedesk.domain.text import caseless, spellings, tokens

_SPELLINGS = 1024
_PATTERNS = 16
_SIDE_BY_SIDE = 16


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement, or a piece of one, with the values of its question marks."""

    text: str
    parameters: tuple[Any, ...] = ()

    def __add__(self, other: Sql | str) -> Sql:
        if isinstance(other, str):
            return Sql(self.text + other, self.parameters)
        return Sql(self.text + other.text, self.parameters + other.parameters)

    def __radd__(self, other: str) -> Sql:
        return Sql(other + self.text, self.parameters)


NEVER = Sql("0")


def joined(word: str, pieces: Iterable[Sql]) -> Sql:
    """The pieces, each in parentheses, with `word` between them.

    Many are joined half by half, since SQLite takes no expression that is nested a thousand deep.
    """
    found = list(pieces)
    if len(found) > _SIDE_BY_SIDE:
        middle = len(found) // 2
        return joined(word, [joined(word, found[:middle]), joined(word, found[middle:])])
    if len(found) == 1:
        return found[0]
    texts = [f"({piece.text})" for piece in found]
    return Sql(f" {word} ".join(texts), tuple(value for piece in found for value in piece.parameters))


def select(column: str, tables: str, *conditions: Sql | str) -> Sql:
    """`SELECT column FROM tables` where all conditions hold."""
    given = [Sql(condition) if isinstance(condition, str) else condition for condition in conditions]
    return f"SELECT {column} FROM {tables} WHERE " + joined("AND", given)


def exists(table: str, *conditions: Sql | str) -> Sql:
    """A row of `table` is there for which all conditions hold."""
    return "EXISTS (" + select("1", table, *conditions) + ")"


def one_of(column: str, ids: Sequence[int]) -> Sql:
    """`column` is one of the ids, which may be none."""
    if not ids:
        return NEVER
    return Sql(f"{column} = {ids[0]}" if len(ids) == 1 else f"{column} IN ({', '.join(map(str, ids))})")


def one_of_texts(column: str, texts: Sequence[str]) -> Sql:
    """`column` is exactly one of the texts, which may be none."""
    if not texts:
        return NEVER
    return Sql(f"{column} IN ({', '.join('?' * len(texts))})", tuple(texts))


def within(column: str, start: int | None, end: int | None) -> Sql:
    """`column`, an instant, lies in `[start, end)`."""
    ends = [(">=", start), ("<", end)]
    given = [(sign, value) for sign, value in ends if value is not None]
    if not given:
        return Sql(f"{column} IS NOT NULL")
    return Sql(" AND ".join(f"{column} {sign} ?" for sign, _ in given), tuple(value for _, value in given))


def number_test(column: str, node: Compare | In | Range) -> Sql:
    """`column` compares so with the node's number or numbers."""
    if isinstance(node, Compare):
        return Sql(f"{column} {node.op.value} ?", (_plain(node.value),))
    if isinstance(node, In):
        return Sql(f"{column} IN ({', '.join('?' * len(node.values))})", tuple(map(_plain, node.values)))
    ends = [(">=", node.low), ("<=", node.high)]
    given = [(sign, _plain(value)) for sign, value in ends if value is not None]
    return Sql(" AND ".join(f"{column} {sign} ?" for sign, _ in given), tuple(value for _, value in given))


def text_as_number(column: str) -> str:
    """The number that the text in `column` is, NULL when it is none: what `domain.text.as_number` says."""
    return (
        f"CASE WHEN length({column}) < 24 AND {column} GLOB '*[0-9]*' AND {column} NOT GLOB '*[^0-9.-]*'"
        f" AND {column} NOT GLOB '?*-*' AND {column} NOT GLOB '*.*.*' THEN CAST({column} AS REAL) END"
    )


def name_test(column: str, names: Iterable[Name]) -> Sql:
    """The text in `column` is any of the names, or goes on from one at its open ends, whatever the case."""
    whole: list[str] = []
    tests: list[Sql] = []
    for name in names:
        is_open = name.open_start or name.open_end
        forms = spellings(name.text, _PATTERNS if is_open else _SPELLINGS - len(whole))
        if is_open:
            tests += _patterns(column, name, forms)
        elif forms is None:
            tests.append(Sql(f"caseless({column}) = ?", (caseless(name.text),)))
        else:
            whole += forms
    if len(whole) == 1:
        tests.append(Sql(f"{column} = ? COLLATE NOCASE", (whole[0],)))
    elif whole:
        tests.append(Sql(f"{column} COLLATE NOCASE IN ({', '.join('?' * len(whole))})", tuple(whole)))
    return joined("OR", tests)


def _patterns(column: str, name: Name, forms: tuple[str, ...] | None) -> list[Sql]:
    start, end = "%" if name.open_start else "", "%" if name.open_end else ""
    if forms is None:
        column, forms = f"caseless({column})", (caseless(name.text),)
    return [Sql(rf"{column} LIKE ? ESCAPE '\'", (f"{start}{_escaped(form)}{end}",)) for form in forms]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def phrase(text: str, *, prefix: bool) -> str:
    """An FTS5 phrase of the words of `text`; its last word may go on with `prefix`. Words never hold a quote."""
    return f'"{" ".join(tokens(text))}"' + (" *" if prefix else "")


def words_test(column: str, names: Iterable[Name]) -> Sql:
    """The words of any of the names follow one another in the text in `column`."""
    return joined(
        "OR",
        [Sql(f"has_words({column}, ?, ?)", (" ".join(tokens(name.text)), int(name.open_end))) for name in names],
    )


def _plain(value: Value | None) -> float | int:
    assert isinstance(value, Number)
    return int(value.value) if value.value.is_integer() else value.value
