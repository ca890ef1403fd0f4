"""A ticket that a response is about to open, as the rules put it together before it is written (behaviour 4.1)."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

Line = tuple[str, str, Any, Any, str, str]
"""What happened right after it opened: kind, field, before, after, and the texts of before and after."""


@dataclass(slots=True)
class Beginning:
    """`values` are the columns of its row, `links` the rows that go with it (table, column, id).

    `tags` are names. `moves` are changes after the opening, which the record tells apart from it.
    """

    values: dict[str, Any]
    tags: tuple[str, ...] = ()
    links: tuple[tuple[str, str, int], ...] = ()
    moves: tuple[Line, ...] = ()

    def copy(self) -> Beginning:
        """The same, to go on with while this one stays as it is."""
        other = copy(self)
        other.values = dict(self.values)
        return other

    def move(self, column: str, after: Any, *, kind: str = "", texts: tuple[str, str] = ("", "")) -> None:
        """Change a column after the opening."""
        before = self.values.get(column)
        if before != after:
            self.moves = (*self.moves, (kind, column, before, after, *texts))
            self.values[column] = after
