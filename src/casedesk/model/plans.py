"""Action plans: what can be done, what each outcome means, and when the loop is closed (S1 to S3)."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Plan(SQLModel, table=True):
    """An action plan."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    description: str = ""
    closes_ticket: bool = True
    retired: bool = False


class PlanExitState(SQLModel, table=True):
    """A state in which a plan can end."""

    __tablename__ = "plan_exit_state"
    __table_args__ = (UniqueConstraint("plan_id", "name"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    name: str
    position: int = 0
    retired: bool = False


class Action(SQLModel, table=True):
    """Something an agent can do. `closes_plan` is no, ask (the operator decides) or always (S2)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str
    description: str = ""
    closes_plan: str = "no"
    comment_allowed: bool = True
    retired: bool = False


class ActionStatus(SQLModel, table=True):
    """An outcome of an action, closing the action or not (S3)."""

    __tablename__ = "action_status"
    __table_args__ = (UniqueConstraint("action_id", "name"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    name: str
    closes_action: bool = True
    position: int = 0
    retired: bool = False


class PlanAction(SQLModel, table=True):
    """An action's place in a plan; one action may be shared by several."""

    __tablename__ = "plan_action"

    plan_id: int = Field(foreign_key="plan.id", primary_key=True)
    action_id: int = Field(foreign_key="action.id", primary_key=True, index=True)
    position: int = 0
