"""The desk's own lists and settings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Setting(SQLModel, table=True):
    """A setting of the desk: its name, zone and switches."""

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(JSON))


class Status(SQLModel, table=True):
    """The desk's name for a state; `state` is new, open, pending or closed (behaviour 1.1)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    state: str
    position: int = 0
    retired: bool = False


class Priority(SQLModel, table=True):
    """How urgent a ticket is; a higher position is more urgent."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0
    retired: bool = False


class Topic(SQLModel, table=True):
    """What a ticket is about (Q2)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0
    retired: bool = False


class Tag(SQLModel, table=True):
    """A word that groups tickets."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    retired: bool = False


class Classification(SQLModel, table=True):
    """A cause: people, process, policy, price, tech, or the desk's own (M12)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0
    retired: bool = False


class CloseOption(SQLModel, table=True):
    """A resolution that may be chosen when closing (A2)."""

    __tablename__ = "close_option"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0
    retired: bool = False


class View(SQLModel, table=True):
    """A named query over one scope (tickets or responses) with its own `columns`, each with its width (S5).

    Without an owner it is shared. Its order is in the query.
    """

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str
    scope: str = "tickets"
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    query: str = ""
    columns: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    allow_actions: bool = False
    position: int = 0


class Macro(SQLModel, table=True):
    """Acts under a name, and on a key (X4): `steps` with their answers. Without an owner, all may run it."""

    __table_args__ = (UniqueConstraint("owner_id", "name"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    owner_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    key: str = ""
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    retired: bool = False


class Draft(SQLModel, table=True):
    """What an agent has typed and not sent yet: one a ticket, agent and kind (behaviour 5.4)."""

    __table_args__ = (UniqueConstraint("ticket_id", "user_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    user_id: int = Field(foreign_key="user.id")
    kind: str
    body: str
    updated_at: int
