"""What was asked and answered: campaigns, questions, responses, answers."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Campaign(SQLModel, table=True):
    """A survey that was sent; its tickets get its plan (S4)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    plan_id: int | None = Field(default=None, foreign_key="plan.id", index=True)
    retired: bool = False
    created_at: int


class Question(SQLModel, table=True):
    """A question of a campaign. `key` is what the query language says after `answer.`."""

    __table_args__ = (UniqueConstraint("campaign_id", "key"), Index("ix_question_key", "key"))

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    key: str
    label: str
    kind: str
    position: int


class Response(SQLModel, table=True):
    """An answered questionnaire. (source, external id) is its key (behaviour 7.2).

    `text` holds the wordy answers together, for the search index; `segmented` the same with the characters of
    scripts without blanks set apart, where there are any. `digest` tells whether a row changed between imports.
    """

    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_response_campaign", "campaign_id", "answered_at"),
        Index("ix_response_contact", "contact_id", "answered_at"),
        # Whole, so that the figures of a period are read from it alone.
        Index("ix_response_answered", "answered_at", "score_kind", "score", "campaign_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    source: str
    external_id: str
    score: float | None = None
    score_kind: str | None = None
    comment: str = ""
    language: str | None = None
    complete: bool = True
    answered_at: int
    received_at: int
    text: str = ""
    segmented: str | None = None
    digest: str = ""
    import_id: int | None = Field(default=None, foreign_key="import_run.id")


class Answer(SQLModel, table=True):
    """One answer. `number` is the answer as a number, where it is one, so that ranges can use an index."""

    __table_args__ = (
        # Long texts are found by their words; only short answers are looked up by value.
        Index(
            "ix_answer_value",
            "question_id",
            text("value COLLATE NOCASE"),
            sqlite_where=text("length(value) <= 80"),
        ),
        Index("ix_answer_number", "question_id", "number", sqlite_where=text("number IS NOT NULL")),
        {"sqlite_with_rowid": False},
    )

    response_id: int = Field(foreign_key="response.id", primary_key=True)
    question_id: int = Field(foreign_key="question.id", primary_key=True)
    value: str
    number: float | None = None
