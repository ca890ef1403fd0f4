"""The tree of a query: frozen values that compare by content (behaviour 6.1).

Two kinds of leaves are relative to the moment and the person: dates, durations and `me`. `resolve` replaces them;
after it a tree holds `During`, names and numbers only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Op(StrEnum):
    """A comparison. `!=` has none of its own: it is Not(=)."""

    EQ = "="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field by its registered name; `key` is the custom variable or the question behind the dot, caseless."""

    name: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.name}.{self.key}" if self.key else self.name


@dataclass(frozen=True, slots=True)
class Name:
    """A name or text to compare with, whatever its case; the flags say that it may go on at that end (`*`)."""

    text: str
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number to compare with."""

    value: float


@dataclass(frozen=True, slots=True)
class Date:
    """A date, a time or a named period, such as `2026-11` or `last-week`; it stands for the whole span."""

    text: str


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time such as `7d`. With an instant it means that long ago, or ahead for what lies ahead (`due`);
    `sign` (`-` ago, `+` ahead) says so outright. `more` are amounts of shorter units behind the first: `1h30m`."""

    amount: int
    unit: str  # s, m, h, d, w, mo or y
    sign: str = ""
    more: tuple[tuple[int, str], ...] = ()

    @property
    def amounts(self) -> tuple[tuple[int, str], ...]:
        """Every amount with its unit, the longest unit first."""
        return ((self.amount, self.unit), *self.more)

    @property
    def next_longer(self) -> Duration:
        """The duration that is longer by one of the shortest unit named."""
        *before, (amount, unit) = self.amounts
        (first, its_unit), *more = (*before, (amount + 1, unit))
        return Duration(first, its_unit, self.sign, tuple(more))

    def __str__(self) -> str:
        return self.sign + "".join(f"{amount}{unit}" for amount, unit in self.amounts)


@dataclass(frozen=True, slots=True)
class Me:
    """Who asks."""


Value = Name | Number | Date | Duration | Me


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a phrase to be found in what was written; with `prefix` its last word may go on."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """A field against one value."""

    field: FieldRef
    op: Op
    value: Value


@dataclass(frozen=True, slots=True)
class In:
    """A field equal to any of several values."""

    field: FieldRef
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A field between two values, both included; None is an open end."""

    field: FieldRef
    low: Value | None
    high: Value | None


@dataclass(frozen=True, slots=True)
class During:
    """An instant within `[start, end)`, in seconds since 1970 (UTC); None is an open end. Made by `resolve`."""

    field: FieldRef
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Has:
    """A field that holds anything. `field:none` is Not(Has)."""

    field: FieldRef


@dataclass(frozen=True, slots=True)
class Is:
    """One of the words of behaviour 6.3."""

    word: str


@dataclass(frozen=True, slots=True)
class Not:
    """What doesn't match the child. Made by `negated`, so that two never follow one another."""

    child: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of at least two children, none of them an And. Made by `all_of`."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of at least two children, none of them an Or. Made by `any_of`."""

    children: tuple[Node, ...]


Leaf = Text | Compare | In | Range | During | Has | Is
Node = And | Or | Not | Leaf


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of the order."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query. No `root` means everything, no `sort` means newest first (behaviour 6.3)."""

    root: Node | None = None
    sort: tuple[Sort, ...] = ()
    source: str = field(default="", compare=False)


def negated(node: Node) -> Node:
    """The opposite of `node`."""
    return node.child if isinstance(node, Not) else Not(node)


def all_of(nodes: list[Node]) -> Node | None:
    """Everything that all of them match; None when there are none."""
    flat = [part for node in nodes for part in (node.children if isinstance(node, And) else (node,))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def any_of(nodes: list[Node]) -> Node | None:
    """Everything that any of them matches; None when there are none."""
    flat = [part for node in nodes for part in (node.children if isinstance(node, Or) else (node,))]
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None
