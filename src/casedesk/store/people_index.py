"""The search indexes of contacts and accounts: `contact:` and `account:` find them by words (behaviour 6.1).

Beside the search index of tickets, because a contact's name isn't what a ticket's free words search.
"""

from __future__ import annotations

from casedesk.domain.text import TOKENIZER

PEOPLE = {"contact": ("name", "email", "external_id"), "account": ("name", "external_id")}
"""The tables that have an index of their own, `TABLE_search`, and the columns that it holds."""


def table_of(table: str) -> str:
    """The statement that makes the table's index."""
    names = ", ".join(PEOPLE[table])
    return f"""
    CREATE VIRTUAL TABLE {table}_search USING fts5({names}, tokenize = "{TOKENIZER}", prefix = '2 3')"""


def rows_of(table: str) -> str:
    """What the table's index holds when it has followed every row."""
    values = ", ".join(f"index_text({column}) AS {column}" for column in PEOPLE[table])
    return f"SELECT id, {values} FROM {table}"


def _index_of(table: str) -> tuple[str, ...]:
    columns = PEOPLE[table]
    names = ", ".join(columns)
    values = ", ".join(f"index_text(new.{column})" for column in columns)
    settings = ", ".join(f"{column} = index_text(new.{column})" for column in columns)
    return (
        table_of(table),
        f"""
    CREATE TRIGGER {table}_search_insert AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_search (rowid, {names}) VALUES (new.id, {values});
    END""",
        f"""
    CREATE TRIGGER {table}_search_update AFTER UPDATE OF {names} ON {table} BEGIN
        UPDATE {table}_search SET {settings} WHERE rowid = new.id;
    END""",
        f"""
    CREATE TRIGGER {table}_search_delete AFTER DELETE ON {table} BEGIN
        DELETE FROM {table}_search WHERE rowid = old.id;
    END""",
    )


STATEMENTS = tuple(statement for table in PEOPLE for statement in _index_of(table))
"""Part of the schema: needs the functions of `store.functions` on every connection that writes people."""
