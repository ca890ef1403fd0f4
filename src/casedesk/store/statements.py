"""Running a migration's statements from the file beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

_BETWEEN = "\n--\n"


def run_file(connection: Connection, script: str) -> None:
    """Run the statements of the `.sql` file that has the migration script's name, one by one."""
    for statement in Path(script).with_suffix(".sql").read_text(encoding="utf-8").split(_BETWEEN):
        connection.exec_driver_sql(statement)
