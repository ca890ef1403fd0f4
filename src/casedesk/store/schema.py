"""Laying down a new desk's tables and upgrading an older desk's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.store.connection import SCHEMA, schema_of
from casedesk.store.copying import copy
from casedesk.store.engine import make_engine
from casedesk.store.triggers import STATEMENTS

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).with_name("migrations")


def lay_down(path: Path) -> None:
    """Make all tables, indexes and triggers in the empty file, at the newest schema.

    The same schema as running every migration makes (a test holds the two together), in a tenth of the time.
    """
    from sqlmodel import SQLModel

    from casedesk import model

    model.load_all()
    engine = make_engine(path)
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        for statement in STATEMENTS:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{SCHEMA:04}",))
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    engine.dispose()


def upgrade(path: Path, told: Callable[[str], object] | None = None) -> Path | None:
    """Bring the desk at `path` to the newest schema; returns the backup made first, None when there was nothing to do.

    `told` gets a sentence about it before it begins, since a large desk takes a while. An interrupted upgrade leaves
    the desk as it was: each migration is one transaction.
    """
    from alembic import command

    found = schema_of(path)
    if found >= SCHEMA:
        return None
    backup = path.with_name(f"{path.name}.schema-{found}.backup")
    if told is not None:
        told(f"{path.name} is brought from schema {found} to {SCHEMA}; as it was it is kept in {backup.name}.")
    copy(path, backup)
    engine = make_engine(path)
    try:
        with engine.begin() as connection:
            configuration = _alembic_configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        engine.dispose()
    return backup


def _alembic_configuration() -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    return configuration
