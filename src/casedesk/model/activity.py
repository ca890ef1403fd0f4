"""The append-only record of everything that happened (behaviour 9.2). The database refuses to change or delete it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel


class Act(SQLModel, table=True):
    """One act of one actor: what an undo takes back as a whole. `undoes_id` names the act that this one takes back.

    `behind_id` is the user who acted in another's name, where acting as another was used.
    """

    __table_args__ = (
        Index("ix_act_user", "user_id", "id"),
        Index("ix_act_undoes", "undoes_id", sqlite_where=text("undoes_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: int
    name: str
    summary: str = ""
    actor_kind: str  # user, rule, import or system
    user_id: int | None = Field(default=None, foreign_key="user.id")
    behind_id: int | None = Field(default=None, foreign_key="user.id")
    undoes_id: int | None = Field(default=None, foreign_key="act.id")


class Activity(SQLModel, table=True):
    """One change of one record.

    `operation` is set, add, remove or event. `before` and `after` are the value of `field` (set) or the whole row
    (add, remove), as JSON: enough to take it back. `before_text` and `after_text` are what people read, with names as
    they were then. `cause` says why, where it isn't plain. A line with an empty `kind` is a detail that feeds
    leave out. `part_id` is the ticket that the act was about where it isn't `ticket_id`: the source of a merge for a
    line on the target. An act is taken back part by part, each wholly or not at all.
    """

    __table_args__ = (
        Index("ix_activity_ticket", "ticket_id", "id"),
        Index("ix_activity_act", "act_id", "id"),
        Index(
            "ix_activity_setup", "record", "record_id", sqlite_where=text("ticket_id IS NULL AND contact_id IS NULL")
        ),
        Index("ix_activity_contact", "contact_id", sqlite_where=text("contact_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    at: int
    actor_kind: str
    actor_id: int | None = None  # a user's id, a rule's or an import's, by actor_kind
    # No foreign keys: the record outlives what it speaks of.
    ticket_id: int | None = None
    ticket_version: int | None = None
    part_id: int | None = None
    contact_id: int | None = None
    kind: str
    operation: str
    record: str = ""  # the table
    record_id: int | None = None
    field: str = ""
    before: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    after: Any = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    before_text: str = ""
    after_text: str = ""
    cause: str = ""
