"""Rules: trigger, condition, effects (behaviour 4.1), and the log of what they did (4.2)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Rule(SQLModel, table=True):
    """A rule of the desk. `condition` is a query; `effects` a list of tables such as {"tag": "detractor"}.

    `trigger` is a trigger's name; of time triggers with the length of time behind it: `idle 48h`.
    """

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    trigger: str = "response received"
    condition: str = ""
    effects: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    active: bool = True
    position: int = 0


class RuleRun(SQLModel, table=True):
    """A rule that ran on a ticket, failed on it, or was stopped because it had run in the same chain (behaviour 4.2).

    `depth` is 0 where people or an import were the cause, else one more than that of the run `after_id`, whose effect
    was the cause. The record outlives the rule, so it has no foreign key to it and keeps its name as it was.
    """

    __tablename__ = "rule_run"
    __table_args__ = (
        Index("ix_rule_run_rule", "rule_id", "id"),
        Index("ix_rule_run_ticket", "ticket_id", "rule_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    at: int
    rule_id: int
    rule_name: str
    trigger: str
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    act_id: int | None = Field(default=None, foreign_key="act.id", index=True)
    after_id: int | None = Field(default=None, foreign_key="rule_run.id")
    depth: int = 0
    outcome: str  # ran, failed or stopped
    text: str = ""  # what it did, or why it didn't
