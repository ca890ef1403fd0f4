"""The people who work at the desk: users, their roles, their teams."""

from __future__ import annotations

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Role(SQLModel, table=True):
    """A named set of single rights (behaviour 9.1)."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    rights: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class User(SQLModel, table=True):
    """A person who works at the desk; `login` is the operating system's name of the person."""

    __tablename__ = "user"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True)
    name: str
    role_id: int = Field(foreign_key="role.id")
    active: bool = True
    away: bool = False


class Team(SQLModel, table=True):
    """A queue with members (N11)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    retired: bool = False


class TeamMember(SQLModel, table=True):
    """A user's place in a team."""

    __tablename__ = "team_member"

    team_id: int = Field(foreign_key="team.id", primary_key=True)
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)
