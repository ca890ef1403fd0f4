"""Imports, backups and examinations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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
class DeskContents:
    """What a desk's file holds, in short."""

    path: str
    size: int  # bytes
    schema: int
    name: str
    zone: str  # an IANA name
    tickets: int
    responses: int
    contacts: int
    last_act: str  # its summary; empty where there is none
    last_by: str  # a login, or what did it
    last_at: datetime | None  # UTC


@dataclass(frozen=True, slots=True)
class Restoration:
    """What a restore would do: `backup` takes the place of `present`, at `path`.

    `present` is None where there is no desk yet, or where the one there can't be read; `fault` says why.
    """

    path: str
    backup: DeskContents
    present: DeskContents | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A desk that was restored."""

    path: str
    contents: DeskContents
    kept: str | None  # the copy of what was there before; None where nothing was


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a desk.

    `records` are the ids of what it is about (tickets' numbers, rules' ids …), the first few of `count`. What can't be
    mended safely says in `way_out` what to do instead.
    """

    sentence: str
    records: tuple[int, ...] = ()
    count: int = 1
    mendable: bool = False
    way_out: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `findings` are what is wrong, none when it is sound."""

    name: str
    meaning: str  # what is looked at
    text: str  # what was found, in words
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """A desk, looked over."""

    path: str
    schema: int
    newest_schema: int
    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not any(check.findings for check in self.checks)

    @property
    def damaged(self) -> bool:
        """The file itself is damaged; a backup is the way back."""
        return any(check.name == "file" and check.findings for check in self.checks)

    @property
    def mendable(self) -> tuple[str, ...]:
        """The names of the checks that found something that can be mended safely."""
        return tuple(check.name for check in self.checks if any(found.mendable for found in check.findings))


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended, in sentences, after a backup; and what the desk looked like afterwards."""

    done: tuple[str, ...]
    backup: str | None  # None when there was nothing to mend
    examination: Examination


@dataclass(frozen=True, slots=True)
class Swept:
    """What one pass over all that is due has done."""

    woken: tuple[int, ...]  # tickets that returned from pending to open
    warned: tuple[int, ...] = ()  # tickets with a target that is about to be missed
    breached: tuple[int, ...] = ()  # tickets with a target that was missed
    timed: int = 0  # tickets whose timers were worked out anew after a change of the set-up
    ruled: tuple[int, ...] = ()  # tickets on which rules ran because their time had come
