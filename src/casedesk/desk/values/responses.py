"""How a response is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a response: the question's key and wording, and the text of the answer."""

    key: str
    question: str
    value: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Response:
    """One answered questionnaire, whole (M6)."""

    id: int
    external_id: str
    source: str
    campaign: str
    score: float | None
    score_kind: str | None
    comment: str
    language: str | None
    answered_at: datetime
    received_at: datetime
    answers: tuple[Answer, ...]
    contact: str | None = None
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One score that a contact gave."""

    at: datetime
    score: float
    score_kind: str
    campaign: str
