"""Rules: trigger, condition, effects (behaviour 4.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Rule(SQLModel, table=True):
    """A rule of the desk. `condition` is a query; `effects` a list of tables such as {"tag": "detractor"}."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    trigger: str = "response received"
    condition: str = ""
    effects: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    active: bool = True
    position: int = 0
