"""The first desk: every table, index and trigger of schema 1, as they were then, in `0001_first_desk.sql`."""

from __future__ import annotations

from alembic import op

from casedesk.store.statements import run_file

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements of the file."""
    run_file(op.get_bind(), __file__)
