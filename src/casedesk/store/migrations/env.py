"""Alembic's environment: it is handed the desk's open connection and works in batch mode."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from casedesk import model

model.load_all()

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
