"""The set-up of a desk as one file: what a file would change, and what is wrong with it (X14)."""

from __future__ import annotations

from dataclasses import dataclass

ADDED, CHANGED, RETIRED, REMOVED = "added", "changed", "retired", "removed"
"""What becomes of an entry. One that something still uses is retired, one that nothing uses is removed."""

ORDER = "order"
"""What a change of a kind as a whole has as its field."""


@dataclass(frozen=True, slots=True)
class SetUpField:
    """A part of an entry, before and after; empty where there is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SetUpChange:
    """What becomes of one entry; without a `name` it is the kind itself, and its order changes."""

    kind: str  # as the file calls it: close_options
    title: str  # as people call it: close options
    name: str
    what: str  # added, changed, retired or removed
    fields: tuple[SetUpField, ...]


@dataclass(frozen=True, slots=True)
class SetUpDifference:
    """All that a file would change, in the order of the file's kinds; `notes` are sentences on what it leaves."""

    changes: tuple[SetUpChange, ...]
    notes: tuple[str, ...] = ()

    def count(self, what: str) -> int:
        """How many entries are added, changed, retired or removed."""
        return sum(change.what == what for change in self.changes)


@dataclass(frozen=True, slots=True)
class SetUpMistake:
    """Something wrong in a file: where (`plans[2].actions[1].statuses`, counted from 1) and on which line (from 1)."""

    place: str
    line: int | None
    sentence: str

    @property
    def said(self) -> str:
        """The sentence with its place in front."""
        where = [f"line {self.line}" if self.line else "", self.place]
        head = ", ".join(filter(None, where))
        return f"{head}: {self.sentence}" if head else self.sentence
