"""Saved views: what they show, and the rows that they yield (S5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

TICKETS, RESPONSES = "tickets", "responses"
"""What a view lists."""

TEXT, NUMBER, SCORE, INSTANT, SPAN, YES_NO = "text", "number", "score", "instant", "span", "yes or no"
"""What the cells of a column are: a `str`, `int`, `float`, aware `datetime`, `int` of seconds or `bool`."""

Cell = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: a field, `answer.KEY`, `contact.NAME` or `account.NAME`.

    `width` is in terminal cells; 0 leaves it to whoever draws it. A `gone` column names what the desk no longer has:
    it has no cells.
    """

    name: str
    width: int = 0
    title: str = ""
    kind: str = TEXT
    about: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A named query over tickets or responses with its own columns. Without an owner it is shared.

    `within` is the campaign as a query, and `whole_query` is `query` limited to it. `problems` are sentences about
    what the desk no longer has of what the view names; the rest of it holds all the same, unless the query itself
    can't be read (`broken`).
    """

    id: int
    name: str
    scope: str
    owner: str | None
    campaign: str | None
    query: str
    columns: tuple[ViewColumn, ...]
    allow_actions: bool
    position: int
    problems: tuple[str, ...] = ()
    broken: bool = False
    within: str = ""
    whole_query: str = ""

    @property
    def shared(self) -> bool:
        return self.owner is None

    def narrowed(self, query: str) -> str:
        """Its whole query with a further one before it: the further one's order comes first."""
        return f"({query}) {self.whole_query}".strip() if query.strip() else self.whole_query

    @property
    def shown_columns(self) -> tuple[ViewColumn, ...]:
        """The columns that have cells."""
        return tuple(column for column in self.columns if not column.gone)


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One line of a view: `id` is the ticket's number or the response's id, `ticket` the number of its ticket."""

    id: int
    ticket: int | None
    cells: tuple[Cell, ...]
