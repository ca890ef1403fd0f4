"""Imports, backups and examinations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did, or would do (`dry_run`)."""

    kind: str  # responses, contacts or tickets
    rows: int
    imported: int
    updated: int
    unchanged: int
    rejected: int
    rejects: tuple[tuple[int, str], ...]  # line, reason; the first thousand
    contacts_created: int
    tickets_opened: int
    source: str
    campaign: str | None
    mapping: str
    derived_keys: bool
    contradictions: tuple[tuple[int, str], ...]
    changes: tuple[tuple[int, str], ...]  # line, what changed; the first thousand
    rejects_file: str | None
    dry_run: bool
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the desk, opened and checked."""

    path: str
    size: int  # bytes
    tickets: int


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `findings` are sentences about what is wrong, none when it is sound."""

    name: str  # file, references, schema or search
    text: str  # what was found, in words
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """The desk file, looked over."""

    path: str
    schema: int
    newest_schema: int
    checks: tuple[Check, ...]
    search_differences: int | None  # tickets, contacts and accounts; None when an index can't be read

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not any(check.findings for check in self.checks)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one pass over all that is due has done."""

    woken: tuple[int, ...]  # tickets that returned from pending to open
    warned: tuple[int, ...] = ()  # tickets with a target that is about to be missed
    breached: tuple[int, ...] = ()  # tickets with a target that was missed
    timed: int = 0  # tickets whose timers were worked out anew after a change of the set-up
