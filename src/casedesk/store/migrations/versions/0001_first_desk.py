"""The first desk: every table, index and trigger of schema 1, as they were then, in `0001_first_desk.sql`."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BETWEEN = "\n--\n"


def upgrade() -> None:
    """Run the statements one by one."""
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in statements.split(_BETWEEN):
        op.get_bind().exec_driver_sql(statement)
