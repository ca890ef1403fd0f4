"""What every importer yields: plain records, free of any file format and of the desk.

Instants are whole seconds since 1970 in UTC. Texts are as they came from the file, trimmed at both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ScoreKind = Literal["nps", "csat", "ces", "rating"]
Kind = Literal["responses", "contacts", "tickets"]
QuestionKind = Literal["nps", "csat", "ces", "rating", "text", "choice", "choices", "number", "date", "meta"]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Who answered, or one line of a contacts file. `variables` holds every column without a field of its own."""

    external_id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    account: str | None = None
    account_id: str | None = None
    variables: tuple[tuple[str, str], ...] = ()

    @property
    def has_key(self) -> bool:
        """True when something in it tells this person from others of the same name."""
        return bool(self.external_id or self.email or self.phone)

    @property
    def is_empty(self) -> bool:
        """True when nothing in it tells who the person is."""
        return not (self.external_id or self.email or self.phone or self.name)


@dataclass(frozen=True, slots=True)
class ResponseRecord:
    """One answered questionnaire (one row of a survey export).

    `answers` pairs a question's key with the text of its answer, unanswered questions left out; the question's
    label, kind and place are in the table's `questions`. `comment` is the main free text, and is in `answers` too.
    `partial` says that the record holds only some of the response's answers (an event for one question): answers
    that are known already and not in it stay as they are. `meant` is False for previews, tests and spam, which nobody
    meant as an answer.
    """

    line: int
    external_id: str
    derived_id: bool
    answered_at: int | None
    score: float | None
    score_kind: ScoreKind | None
    comment: str
    language: str | None
    complete: bool
    person: PersonRecord
    answers: tuple[tuple[str, str], ...]
    campaign: str | None = None
    partial: bool = False
    meant: bool = True


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """One line of a contacts file."""

    line: int
    person: PersonRecord


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """One ticket of another system. Names (status, priority, owner, …) are the other system's own."""

    line: int
    external_id: str
    derived_id: bool
    title: str
    description: str
    status: str | None
    priority: str | None
    topic: str | None
    owner: str | None
    team: str | None
    resolution: str | None
    tags: tuple[str, ...]
    created_at: int | None
    updated_at: int | None
    closed_at: int | None
    person: PersonRecord
    score: float | None = None
    score_kind: ScoreKind | None = None
    fields: tuple[tuple[str, str], ...] = ()
    """Every column without a place of its own, by header."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that can't be taken: its line in the file (the first is 1), why, and its cells for the rejects file."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a campaign: a stable key for `answer.KEY`, the full wording, and what kind of answer it takes."""

    key: str
    label: str
    kind: QuestionKind


Record = ResponseRecord | ContactRecord | TicketRecord
