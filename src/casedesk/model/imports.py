"""What was imported, and the mappings saved by name (behaviour 7)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ImportMapping(SQLModel, table=True):
    """How the columns of a kind of file are read, kept by name."""

    __tablename__ = "import_mapping"

    name: str = Field(primary_key=True)
    definition: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class ImportRun(SQLModel, table=True):
    """One run of an import. `finished_at` stays empty when it was interrupted; running it again completes it."""

    __tablename__ = "import_run"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    file_name: str
    source: str
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    mapping: str
    user_id: int = Field(foreign_key="user.id")
    started_at: int
    finished_at: int | None = None
    summary: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
