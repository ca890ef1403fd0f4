"""Which tickets are marked: a set of numbers, or all that match a query with exceptions."""

from __future__ import annotations

from collections.abc import Iterable


class Marks:
    """The marks of a list. "All matching" is kept as a query with exceptions, never as a list of a million numbers."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()
        self.query: str | None = None
        self.exceptions: set[int] = set()
        self._matching = 0

    def __contains__(self, number: int) -> bool:
        if self.query is not None:
            return number not in self.exceptions
        return number in self.numbers

    def __len__(self) -> int:
        return self._matching - len(self.exceptions) if self.query is not None else len(self.numbers)

    def __bool__(self) -> bool:
        return len(self) > 0

    def toggle(self, number: int) -> None:
        """Mark a ticket, or take its mark away."""
        if self.query is not None:
            self.exceptions ^= {number}
        else:
            self.numbers ^= {number}

    def mark(self, numbers: Iterable[int]) -> None:
        """Mark these tickets, whether they are marked already or not."""
        if self.query is not None:
            self.exceptions.difference_update(numbers)
        else:
            self.numbers.update(numbers)

    def mark_all(self, query: str, matching: int) -> None:
        """Mark all `matching` tickets that match the query."""
        self.clear()
        self.query = query
        self._matching = matching

    def matching(self, count: int) -> None:
        """How many match the query by now, while the result is still being read."""
        self._matching = count

    def drop(self, numbers: set[int]) -> None:
        """Tickets that left the list are not marked any more: nothing is done to what isn't seen."""
        self.numbers -= numbers
        self.exceptions -= numbers

    def forget_query(self, present: str) -> None:
        """The list shows another query: marks that meant all of the one before go; single ones stay."""
        if self.query is not None and self.query != present:
            self.clear()

    def clear(self) -> None:
        """Take all marks away."""
        self.numbers.clear()
        self.exceptions.clear()
        self.query = None
        self._matching = 0
