"""The desk file: how it is made, guarded, opened, refused and upgraded."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.domain.errors import NotPermitted, StoreUnavailable
from casedesk.store import Store
from casedesk.store.connection import SCHEMA, make_file
from casedesk.store.functions import register
from casedesk.store.schema import MIGRATIONS
from tests.conftest import Clock


def schema(path: Path) -> dict[tuple[str, str], str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            """SELECT type, name, sql FROM sqlite_master
               WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' AND name <> 'alembic_version'"""
        )
        return {(kind, name): " ".join((sql or "").split()) for kind, name, sql in rows}


def test_a_new_desk_may_be_read_by_its_owner_alone(desk: Desk) -> None:
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600


def test_migrations_make_the_schema_that_a_new_desk_has(desk: Desk, tmp_path: Path) -> None:
    old = tmp_path / "old.desk"
    make_file(old)
    Store.open(old).close()
    assert schema(old) == schema(desk.path)
    with sqlite3.connect(old) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (f"{SCHEMA:04}",)


def test_an_upgrade_leaves_a_backup_beside_the_desk(tmp_path: Path) -> None:
    old = tmp_path / "old.desk"
    make_file(old)
    Store.open(old).close()
    assert [path.name for path in tmp_path.glob("*.backup")] == ["old.desk.schema-0.backup"]


def test_an_upgrade_is_told_before_it_begins(tmp_path: Path) -> None:
    old = tmp_path / "old.desk"
    make_file(old)
    told: list[tuple[str, bool]] = []
    for _ in range(2):
        Store.open(old, lambda sentence: told.append((sentence, any(tmp_path.glob("*.backup"))))).close()
    ((sentence, begun),) = told
    assert (
        sentence == f"old.desk is brought from schema 0 to {SCHEMA}; as it was it is kept in old.desk.schema-0.backup."
    )
    assert not begun


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(StoreUnavailable, match="exists already"):
        Desk.create(path, user="ana")
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" * 100, bytes(range(256)) * 16], ids=["empty", "text", "zip", "bytes"]
)
def test_a_file_that_is_no_desk_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.desk"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match="is not a casedesk desk"):
        Desk.open(path, user="ana")


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE things (id INTEGER)")
    with pytest.raises(StoreUnavailable, match="another program's database"):
        Desk.open(path, user="ana")


def test_a_newer_desk_is_refused_and_left_alone(desk: Desk) -> None:
    desk.close()
    with sqlite3.connect(desk.path) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreUnavailable, match="newer casedesk"):
        Desk.open(desk.path, user="ana")


def test_a_missing_desk_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="casedesk init"):
        Desk.open(tmp_path / "none.desk", user="ana")


def test_a_read_only_desk_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.close()
    desk.path.chmod(0o400)
    # For root every file can be written, so the answer is that of a user who may not.
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(StoreUnavailable, match="read-only"):
        Desk.open(desk.path, user="ana")


def test_a_damaged_desk_is_a_sentence(desk: Desk) -> None:
    desk.close()
    with desk.path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(range(256)) * 1024)
    with pytest.raises(StoreUnavailable, match=r"damaged|can't be used"):
        Desk.open(desk.path, user="ana").tickets.find("")


def test_an_unknown_user_is_told_who_may_add_them(desk: Desk) -> None:
    with pytest.raises(
        NotPermitted, match="eve is not a user of this desk; ana may add them with `casedesk users add eve`"
    ):
        Desk.open(desk.path, user="eve")


def test_acting_as_another_is_a_right_and_is_recorded(desk: Desk, clock: Clock) -> None:
    with pytest.raises(NotPermitted, match="ben may not act in another user's name"):
        Desk.open(desk.path, user="ben", acting_as="ana", clock=clock)
    with Desk.open(desk.path, user="ana", acting_as="ben", clock=clock) as as_ben:
        number = as_ben.tickets.new("By hand", "low").done[0]
        as_ben.tickets.add_note(number, "hello")
    assert [entry.actor for entry in desk.tickets.feed(number) if entry.kind == "note"] == ["ben (by ana)"]


@pytest.mark.parametrize("statement", ["DELETE FROM activity", "UPDATE activity SET at = 0", "DELETE FROM act",
                                       "UPDATE act SET user_id = 2"])  # fmt: skip
def test_the_database_itself_refuses_to_change_what_happened(desk: Desk, statement: str) -> None:
    desk.tickets.new("x", "low")
    with sqlite3.connect(desk.path) as connection, pytest.raises(sqlite3.IntegrityError, match=r"only grows|acts are"):
        connection.execute(statement)


def test_a_write_that_fails_leaves_nothing(desk: Desk) -> None:
    def fail_in_a_session() -> None:
        with desk.store.write() as session:
            session.add(model.Tag(name="half"))
            session.flush()
            raise RuntimeError("half-way")

    def fail_in_bulk() -> None:
        with desk.store.bulk() as connection:
            connection.execute("INSERT INTO tag (name, retired) VALUES ('half', 0)")
            raise RuntimeError("half-way")

    for fail in (fail_in_a_session, fail_in_bulk):
        with pytest.raises(RuntimeError, match="half-way"):
            fail()
    assert desk.store.reader().value("SELECT count(*) FROM tag WHERE name = 'half'") == 0


def test_the_search_index_follows_every_change(desk: Desk) -> None:
    number = desk.tickets.new("Kettle broken", "low", description="no steam").done[0]
    desk.tickets.add_note(number, "asked for a receipt")
    assert [desk.tickets.numbers(words) for words in ("kettle steam receipt", "Kett*", "teapot")] == [[1], [1], []]
    desk.acts.undo()
    assert desk.tickets.numbers("receipt") == []
    desk.tickets.edit_title(number, "Teapot broken")
    assert [desk.tickets.numbers(words) for words in ("kettle", "teapot")] == [[], [1]]


def test_each_thread_has_its_own_reader_and_all_see_what_was_committed(desk: Desk) -> None:
    desk.tickets.new("One", "low")
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(desk.tickets.count(""))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]


def test_a_locked_desk_is_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casedesk.store.connection.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Desk.open(desk.path, user="ana") as second, pytest.raises(StoreUnavailable, match="locked by another program"):
        second.tickets.new("x", "low")
    other.execute("ROLLBACK")


def test_a_desk_of_the_first_schema_gets_a_calendar_a_policy_and_the_new_rights(tmp_path: Path) -> None:
    old = tmp_path / "old.desk"
    make_file(old)
    script = MIGRATIONS / "versions" / "0001_first_desk.sql"
    with sqlite3.connect(old) as connection:
        register(connection)
        for statement in script.read_text(encoding="utf-8").split("\n--\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO setting VALUES ('zone', '\"Europe/Berlin\"')")
        connection.execute("""INSERT INTO role VALUES (1, 'agent', '["tickets.view", "tickets.note"]')""")
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.execute("PRAGMA user_version = 1")
    Store.open(old).close()
    with sqlite3.connect(old) as connection:
        assert connection.execute("SELECT name, zone FROM calendar").fetchall() == [("Business hours", "Europe/Berlin")]
        assert connection.execute("SELECT name, is_default, calendar_id FROM policy").fetchall() == [("Standard", 1, 1)]
        ((rights,),) = connection.execute("SELECT rights FROM role").fetchall()
        everybody = {"acts.undo", "acts.journal", "macros.own", "views.own"}
        assert set(json.loads(rights)) == {"tickets.view", "tickets.note", "tickets.message", *everybody}
        assert connection.execute("SELECT count(*) FROM setting").fetchone() == (1,)
    assert (tmp_path / "old.desk.schema-1.backup").exists()
