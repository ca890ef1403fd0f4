"""What the import screen has the desk do, in threads: its answers come back as messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError
from casedesk.tui.importing import Proposal, read_proposal

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ImportSummary
    from casedesk.intake.mapping import Mapping
    from casedesk.intake.records import Kind


class ImportWork(Widget):
    """Invisible; the screen asks it and hears from it."""

    class Proposed(Message):
        """How a file would be read."""

        def __init__(self, proposal: Proposal) -> None:
            super().__init__()
            self.proposal = proposal

    class Refused(Message):
        """What was asked for can't be."""

        def __init__(self, error: CasedeskError) -> None:
            super().__init__()
            self.error = error

    class Progress(Message):
        """How far the import is, in bytes and rows."""

        def __init__(self, done: int, total: int, rows: int) -> None:
            super().__init__()
            self.done = done
            self.total = total
            self.rows = rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ImportWork.Progress)

    class Ended(Message):
        """What the import did. Tickets with a number above `highest_before` are new."""

        def __init__(self, summary: ImportSummary, highest_before: int) -> None:
            super().__init__()
            self.summary = summary
            self.highest_before = highest_before

    class MappingsRead(Message):
        """The mappings saved by name, read to use one or to save another."""

        def __init__(self, mappings: dict[str, Mapping], saving: bool) -> None:
            super().__init__()
            self.mappings = mappings
            self.saving = saving

    class MappingSaved(Message):
        """The mapping was saved."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.display = False
        self._desk = desk
        self._stop = False

    def propose(self, path: Path, kind: Kind | None, mapping: Mapping | None) -> None:
        """Find out what the file is; the last that is asked for wins."""
        self._work("propose", lambda: self.Proposed(read_proposal(self._desk, path, kind=kind, mapping=mapping)))

    def read_mappings(self, *, saving: bool) -> None:
        """Read the saved mappings."""
        self._work("mappings", lambda: self.MappingsRead(self._desk.imports.mappings(), saving))

    def save_mapping(self, name: str, mapping: Mapping) -> None:
        """Save a mapping by name."""

        def save() -> Message:
            self._desk.imports.save_mapping(name, mapping)
            return self.MappingSaved(name)

        self._work("mappings", save)

    def run(self, proposal: Proposal, *, kind: Kind | None, campaign: str | None, dry: bool) -> None:
        """Import the file as the proposal says."""
        self._stop = False

        def work() -> Message:
            highest = max(self._desk.tickets.numbers("sort:-number", 1), default=0)
            summary = self._desk.imports.run(
                proposal.path,
                kind=kind,
                campaign=campaign,
                mapping=proposal.mapping if proposal.changed else None,
                dry_run=dry,
                progress=self._report,
            )
            return self.Ended(summary, highest)

        self._work("import", work)

    def stop(self) -> None:
        """Stop the import after the rows that were taken so far."""
        self._stop = True

    def _report(self, done: int, total: int, rows: int) -> bool:
        """Called by the desk from its thread; False stops the import."""
        self.post_message(self.Progress(done, total, rows))
        return not self._stop

    def _work(self, group: str, ask: Callable[[], Message]) -> None:
        def work() -> None:
            try:
                self.post_message(ask())
            except CasedeskError as error:
                self.post_message(self.Refused(error))

        self.run_worker(work, thread=True, group=group, exclusive=True)
