"""A file that was opened and read, with its records sorted by what they are."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casedesk.intake import open_file
from casedesk.intake.records import ContactRecord, Record, Reject, ResponseRecord, TicketRecord
from casedesk.intake.source import Source

NOW = 1_769_860_800
"""31 January 2026, 12:00 UTC."""


@dataclass
class Opened:
    """A source and all that it gave."""

    source: Source
    records: list[Record] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    @property
    def responses(self) -> list[ResponseRecord]:
        return [record for record in self.records if isinstance(record, ResponseRecord)]

    @property
    def contacts(self) -> list[ContactRecord]:
        return [record for record in self.records if isinstance(record, ContactRecord)]

    @property
    def tickets(self) -> list[TicketRecord]:
        return [record for record in self.records if isinstance(record, TicketRecord)]

    @property
    def targets(self) -> dict[str, str]:
        """The targets of the columns that have a place of their own, by header."""
        kept = ("answer:", "variable:")
        return {
            column.header: column.target
            for column in self.source.columns
            if column.target and not column.target.startswith(kept)
        }

    @property
    def kinds(self) -> dict[str, str]:
        """The kinds of the questions, by key."""
        return {question.key: question.kind for question in self.source.questions}


def opened(path: Path, stack: ExitStack, **options: Any) -> Opened:
    source = stack.enter_context(open_file(path, now=NOW, **options))
    result = Opened(source)
    for record in source.records():
        if isinstance(record, Reject):
            result.rejects.append(record)
        else:
            result.records.append(record)
    return result
