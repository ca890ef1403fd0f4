"""Service levels and messages: what schema 2 adds, in `0002_service_levels.sql`."""

from __future__ import annotations

from alembic import op

from casedesk.store.statements import run_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements of the file."""
    run_file(op.get_bind(), __file__)
