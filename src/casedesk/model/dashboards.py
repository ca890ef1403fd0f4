"""Dashboards: views, figures and charts side by side, for oneself or shared (S6 to S8)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Dashboard(SQLModel, table=True):
    """A dashboard and its owner. `period` is a date word of the query language, `query` narrows every widget."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str
    owner_id: int = Field(foreign_key="user.id", index=True)
    period: str = "last-30d"
    query: str = ""
    retired: bool = False


class DashboardWidget(SQLModel, table=True):
    """One piece of a dashboard: a view, a figure or a chart, as `options` say; `width` is in quarters."""

    __tablename__ = "dashboard_widget"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    dashboard_id: int = Field(foreign_key="dashboard.id", index=True)
    kind: str
    title: str = ""
    options: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    position: int = 0
    width: int = 2


class DashboardShare(SQLModel, table=True):
    """Whom a dashboard is shared with: a user or a team (S8)."""

    __tablename__ = "dashboard_share"
    __table_args__ = (
        Index(
            "ux_dashboard_share",
            "dashboard_id",
            text("coalesce(user_id, 0)"),
            text("coalesce(team_id, 0)"),
            unique=True,
        ),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    dashboard_id: int = Field(foreign_key="dashboard.id")
    user_id: int | None = Field(default=None, foreign_key="user.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)


class DashboardPin(SQLModel, table=True):
    """A dashboard that a user has pinned to home: it opens first (S7)."""

    __tablename__ = "dashboard_pin"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", unique=True)
    dashboard_id: int = Field(foreign_key="dashboard.id", index=True)
