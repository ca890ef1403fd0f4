"""Closings have fields of their tickets, and merges take none of them back: schema 3, in `0003_closing_fields.sql`."""

from __future__ import annotations

from alembic import op

from casedesk.store.statements import run_file

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements of the file."""
    run_file(op.get_bind(), __file__)
