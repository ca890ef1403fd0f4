"""Backups, checks, the set-up as a file and the assistant, from the configuration: what each does and refuses."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.restoring import Steps
from casedesk.domain.errors import CasedeskError, StoreUnavailable
from casedesk.domain.rights import BACKUP
from casedesk.store.connection import SCHEMA
from casedesk.tui.app import CasedeskApp
from casedesk.tui.modals.choose_file import ChooseFile
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.steps import StepsModal
from casedesk.tui.modals.text_page import TextPage
from casedesk.tui.screens.assistant import AssistantScreen
from casedesk.tui.screens.configuration import ConfigurationScreen
from casedesk.tui.screens.restore import RestoreScreen
from casedesk.tui.screens.triage import TriageScreen
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until

SMALL = (80, 24)


@asynccontextmanager
async def at(desk: Desk, words: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Pilot[None]]:
    """The configuration, the cursor on what the words find first."""
    async with opened(desk, size) as (pilot, _triage):
        await press(pilot, "f9")
        await go_to(pilot, words)
        yield pilot


async def go_to(pilot: Pilot[None], words: str) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, ConfigurationScreen)
    screen.search.value = ""
    await press(pilot, "slash", *typed(words), "enter", "enter")


def typed(text: str) -> list[str]:
    return ["space" if character == " " else character for character in text]


async def name_file(pilot: Pilot[None], path: Path | str) -> None:
    """Write a path over the one that stands there, and take it."""
    modal = pilot.app.screen
    assert isinstance(modal, ChooseFile)
    modal.path.put(str(path))
    await quiet(pilot)
    await until(pilot, lambda: not modal.path.looking)
    await press(pilot, "enter")
    await quiet(pilot)


def app_of(pilot: Pilot[Any]) -> CasedeskApp:
    app = pilot.app
    assert isinstance(app, CasedeskApp)
    return app


def tickets_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM ticket").fetchone()[0])


def message(pilot: Pilot[None]) -> str:
    return "\n".join(told(pilot))


# Backup


async def test_a_backup_goes_into_a_folder_under_a_dated_name_and_is_remembered(full_desk: Desk) -> None:
    folder = full_desk.path.parent / "backups"
    folder.mkdir()
    async with at(full_desk, "back up now", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, folder)
        (made,) = folder.iterdir()
        assert made.name.startswith("small-2026-")
        assert tickets_in(made) == 6
        assert "6 tickets" in message(pilot)
        assert isinstance(pilot.app.screen, ConfigurationScreen)
        assert "last: " in text_of(pilot)


async def test_a_file_that_is_there_is_replaced_only_after_a_yes(full_desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mine.desk"
    path.write_text("mine", encoding="utf-8")
    async with at(full_desk, "back up now") as pilot:
        await press(pilot, "enter")
        await name_file(pilot, path)
        assert "Replace it?" in text_of(pilot)
        await press(pilot, "n")
        assert path.read_text(encoding="utf-8") == "mine"
        await press(pilot, "enter", "y")
        await quiet(pilot)
        assert tickets_in(path) == 6


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere/copy.desk", "There is no folder"),
        ("small.desk", "another file than the desk itself"),
        ("small.desk-wal", "belongs to the desk itself"),
        ("~nobody-of-that-name/copy.desk", "There can be no file of that name"),
    ],
)
async def test_where_no_backup_can_go_is_said_and_another_path_asked_for(
    desk: Desk, tmp_path: Path, name: str, sentence: str
) -> None:
    async with at(desk, "back up now") as pilot:
        await press(pilot, "enter")
        await name_file(pilot, name if name.startswith("~") else tmp_path / name)
        if "Replace it?" in text_of(pilot):
            await press(pilot, "y")
        assert isinstance(pilot.app.screen, ChooseFile)
        assert sentence in " ".join(text_of(pilot).replace("│", " ").split())
        assert app_of(pilot).last_backup is None


async def test_tab_completes_a_path_and_escape_asks_before_it_is_thrown_away(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    async with at(desk, "back up now") as pilot:
        await press(pilot, "enter", *"bac")
        modal = pilot.app.screen
        assert isinstance(modal, ChooseFile)
        await press(pilot, "tab")
        await until(pilot, lambda: modal.path.value == f"{tmp_path}/backups/")
        await press(pilot, "escape")
        assert "Throw away" in text_of(pilot)
        await press(pilot, "n")
        assert modal.path.has_focus
        await press(pilot, "escape", "y")
        assert isinstance(pilot.app.screen, ConfigurationScreen)


async def test_enter_takes_what_is_typed_for_a_new_file_unless_the_cursor_went_down_the_list(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    async with at(desk, "back up now") as pilot:
        await press(pilot, "enter", *"backup")
        modal = pilot.app.screen
        assert isinstance(modal, ChooseFile)
        await until(pilot, lambda: bool(modal.path.results.choices) and not modal.path.looking)
        await press(pilot, "down", "enter")
        assert modal.path.value == f"{tmp_path}/backups/"
        await press(pilot, *"one.desk", "enter")
        assert (tmp_path / "backups" / "one.desk").is_file()
        await press(pilot, "enter", *"backup", "enter")
        assert (tmp_path / "backup").is_file()


async def test_a_long_work_says_its_step_and_is_stopped_by_escape(desk: Desk) -> None:
    ended: list[tuple[object, CasedeskError | None]] = []
    going = Event()

    def work(steps: Steps) -> None:
        while steps("copying", 25, 100):
            going.wait(0.01)
        raise StoreUnavailable("Stopped; nothing is left of it.")

    async with opened(desk, SMALL) as (pilot, _triage):
        pilot.app.push_screen(StepsModal("Backup", work, lambda result, error: ended.append((result, error))))
        await until(pilot, lambda: "25% copying" in text_of(pilot))
        assert "Esc stop" in text_of(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: ended)
        assert isinstance(pilot.app.screen, TriageScreen)
    ((result, error),) = ended
    assert result is None
    assert error is not None
    assert error.sentence.startswith("Stopped")


# Restore


@pytest.fixture
def copy(full_desk: Desk) -> Path:
    """A backup beside the desk, which has a ticket more since."""
    made = full_desk.backup(full_desk.path.parent / "small-monday.desk")
    full_desk.tickets.new("Only in the desk", "low")
    return Path(made.path)


async def restored(pilot: Pilot[None], *keys: str) -> None:
    """Press the keys that restore, and wait until the desk is shown again."""
    before = app_of(pilot).desk
    await press(pilot, *keys)
    await until(pilot, lambda: app_of(pilot).desk is not before)
    await quiet(pilot)


async def test_a_backup_is_shown_beside_the_desk_and_restored_only_after_a_yes(full_desk: Desk, copy: Path) -> None:
    async with at(full_desk, "restore a backup", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, copy)
        assert isinstance(pilot.app.screen, TextPage)
        tickets = next(line for line in lines_of(pilot) if "tickets" in line)
        assert tickets.split("tickets")[1].split()[:2] == ["6", "7"]
        await press(pilot, "escape")
        assert full_desk.tickets.count("") == 7
        await press(pilot, "enter")
        await restored(pilot, "y")
        assert [type(screen) for screen in pilot.app.screen_stack] == [TriageScreen]
        now = app_of(pilot).desk
        assert now.tickets.count("") == 6
        assert now.acts.journal(1)[0].name == "restore"
        assert now.user.login == "ana"
        assert "small-monday.desk is the desk now" in message(pilot)
        (kept,) = full_desk.path.parent.glob("small-before-restore-*.desk")
        assert tickets_in(kept) == 7
        now.close()


async def test_work_goes_on_in_the_restored_desk(full_desk: Desk, copy: Path) -> None:
    async with at(full_desk, "small-monday") as pilot:
        app = app_of(pilot)
        reports = app.reports
        await press(pilot, "enter")
        await restored(pilot, "y")
        assert app.reports is not reports
        await press(pilot, "n", *"Back", "enter")
        assert any("Back" in entry.text for entry in app.desk.tickets.feed(screen_ticket(pilot)))
        await press(pilot, "f9")
        assert isinstance(app.screen, ConfigurationScreen)
        app.desk.close()


def screen_ticket(pilot: Pilot[Any]) -> int:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, TriageScreen)
    assert screen.tickets.cursor is not None
    return screen.tickets.cursor


async def test_a_desk_that_is_open_elsewhere_is_shown_again_as_it_was(full_desk: Desk, copy: Path) -> None:
    with Desk.open(full_desk.path, user="ana") as elsewhere:
        assert elsewhere.tickets.count("") == 7
        async with at(full_desk, "small-monday") as pilot:
            await press(pilot, "enter")
            await restored(pilot, "y")
            assert "Nothing was restored" in message(pilot)
            assert "open in another program" in message(pilot)
            assert app_of(pilot).desk.tickets.count("") == 7
            app_of(pilot).desk.close()
    assert list(full_desk.path.parent.glob("small-before-restore-*")) == []


async def test_who_is_no_user_of_the_restored_desk_is_told_how_to_get_the_other_one_back(
    desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "small-other.desk"
    with Desk.create(other, user="zoe", name="Other", zone="UTC"):
        pass
    async with at(desk, "small-other") as pilot:
        await press(pilot, "enter", "y")
        await until(pilot, lambda: isinstance(pilot.app.screen, RestoreScreen) and "is restored" in text_of(pilot))
        text = "".join(text_of(pilot).replace("│", "").split())  # paths are broken anywhere
        (kept,) = tmp_path.glob("small-before-restore-*.desk")
        assert f"casedesk--desk{desk.path}restore{kept}" in text
        await press(pilot, "q")
        assert app_of(pilot).return_code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no"),
        (b"", "empty"),
        (b"just some text, and no desk at all", "not a casedesk desk"),
        ("damaged", "damaged"),
        ("newer", "newer"),
        ("itself", "That file is the desk itself"),
        ("folder", "is a folder"),
    ],
)
async def test_what_is_no_good_backup_is_refused_where_it_was_named(
    full_desk: Desk, copy: Path, tmp_path: Path, content: bytes | str | None, sentence: str
) -> None:
    path = tmp_path / "bad.desk"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "damaged":
        whole = bytearray(copy.read_bytes())
        whole[8192:40_960] = b"\xff" * (40_960 - 8192)
        path.write_bytes(whole)
    elif content == "newer":
        path.write_bytes(copy.read_bytes())
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    elif content == "itself":
        path = full_desk.path
    elif content == "folder":
        path.mkdir()
    async with at(full_desk, "restore a backup", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, f"{path}/" if content == "folder" else path)
        assert isinstance(pilot.app.screen, ChooseFile)
        assert sentence in " ".join(text_of(pilot).replace("│", " ").split())
    assert full_desk.tickets.count("") == 7


async def test_who_may_only_back_up_is_offered_no_more_and_others_nothing(desk: Desk, ben: Desk) -> None:
    desk.roles.grant("agent", BACKUP)
    async with at(desk.as_user("ben"), "back up now") as pilot:
        text = text_of(pilot)
        assert "Back up now" in text
        assert "Restore a backup" not in text
        assert "Set-up file" not in text
        assert "Setting up" not in text
    desk.roles.withhold("agent", BACKUP)
    async with opened(desk.as_user("ben")) as (pilot, _triage):
        await press(pilot, "f9")
        screen = pilot.app.screen
        assert isinstance(screen, ConfigurationScreen)
        assert "backup" not in {section.id for section in screen.sections}


# Check


def damage(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)


async def test_every_check_is_shown_with_its_state(desk: Desk) -> None:
    async with at(desk, "doctor", SMALL) as pilot:
        await press(pilot, "enter")
        text = text_of(pilot)
        assert "checks find the desk sound" in text
        assert "references" in text
        assert "mends" not in text


async def test_what_can_be_mended_is_mended_after_a_backup_and_looked_at_again(full_desk: Desk) -> None:
    damage(full_desk, "INSERT INTO search (rowid, body) VALUES (99, 'gone')")
    damage(full_desk, """INSERT INTO setting VALUES ('colour', '"red"')""")
    async with at(full_desk, "look the desk over") as pilot:
        await press(pilot, "enter")
        assert "2 checks of" in text_of(pilot)
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, FormModal)
        assert "A backup is made first" in text_of(pilot)
        await press(pilot, "enter")
        text = text_of(pilot)
        assert "Mended: search" in text
        assert "Mended: settings" in text
        assert "small-before-mending-" in "".join(text.replace("│", "").split())
        assert "checks find the desk sound" in text
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ConfigurationScreen)
    (kept,) = full_desk.path.parent.glob("small-before-mending-*.desk")
    assert tickets_in(kept) == 6


async def test_only_what_is_ticked_is_mended(full_desk: Desk) -> None:
    damage(full_desk, "INSERT INTO search (rowid, body) VALUES (99, 'gone')")
    damage(full_desk, """INSERT INTO setting VALUES ('colour', '"red"')""")
    async with at(full_desk, "look the desk over") as pilot:
        await press(pilot, "enter", "m", "space", "enter")
        text = text_of(pilot)
        assert "Mended: settings" in text
        assert "Mended: search" not in text
        assert "1 check of" in text


async def test_a_finding_that_cannot_be_mended_says_its_way_out(full_desk: Desk) -> None:
    full_desk.views.add("Late", query="is:overdue")
    damage(full_desk, "UPDATE view SET query = 'nonsense:x' WHERE name = 'Late'")
    (check,) = [each for each in full_desk.maintenance.examine().checks if each.findings]
    async with at(full_desk, "look the desk over") as pilot:
        await press(pilot, "enter")
        text = " ".join(text_of(pilot).replace("│", " ").split())
        assert check.findings[0].way_out in text
        assert not check.findings[0].mendable
        assert "m mends" not in text


async def test_who_may_not_set_up_the_desk_sees_the_findings_and_mends_nothing(desk: Desk, ben: Desk) -> None:
    damage(desk, """INSERT INTO setting VALUES ('colour', '"red"')""")
    async with at(ben, "look the desk over") as pilot:
        await press(pilot, "enter")
        text = text_of(pilot)
        assert "Whoever may set up the desk can mend it" in text
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, TextPage)


# The set-up as a file


async def test_the_set_up_is_written_and_an_older_file_replaced_only_after_a_yes(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "small-set-up.toml"
    async with at(desk, "write the set-up", SMALL) as pilot:
        await press(pilot, "enter", "enter")
        assert path.read_text(encoding="utf-8") == desk.set_up.export()
        path.write_text("mine", encoding="utf-8")
        await press(pilot, "enter", "enter", "n")
        assert path.read_text(encoding="utf-8") == "mine"
        await press(pilot, "enter", "y")
        assert path.read_text(encoding="utf-8") == desk.set_up.export()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("nowhere/a.toml", "can't be written"), ("", "is a folder"), ("small.desk", "is the desk itself")],
)
async def test_where_no_set_up_can_be_written_is_said(desk: Desk, tmp_path: Path, name: str, sentence: str) -> None:
    async with at(desk, "write the set-up") as pilot:
        await press(pilot, "enter")
        await name_file(pilot, f"{tmp_path}/{name}")
        if "Replace it?" in text_of(pilot):
            await press(pilot, "y")
        assert isinstance(pilot.app.screen, ChooseFile)
        assert sentence in " ".join(text_of(pilot).replace("│", " ").split())
    assert desk.setup.setting("name") == "Small desk"


@pytest.mark.parametrize("key", ["enter", "a"])
async def test_a_file_is_shown_before_it_is_applied_and_taken_back_as_a_whole(
    desk: Desk, tmp_path: Path, key: str
) -> None:
    path = tmp_path / "other.toml"
    before = desk.set_up.export()
    text = before.replace('name = "Small desk"', 'name = "Lamps"').replace('"Billing"', '"Invoices"')
    path.write_text(text, encoding="utf-8")
    async with at(desk, "take a file in") as pilot:
        await press(pilot, "enter")
        await name_file(pilot, path)
        shown = text_of(pilot)
        assert "name: Small desk → Lamps" in shown
        assert "Invoices" in shown
        assert desk.set_up.export() == before
        await press(pilot, key)
        assert "set-up imported: 1 added, 1 changed, 1 removed · undo: u" in message(pilot)
        assert "Lamps · Configuration" in lines_of(pilot)[0]
        await press(pilot, "u")
        assert desk.set_up.export() == before
        assert "Small desk · Configuration" in lines_of(pilot)[0]


async def test_leaving_the_difference_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text('format = 1\n[topics]\nnames = ["Returns"]\n', encoding="utf-8")
    async with at(desk, "take a file in", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, path)
        assert isinstance(pilot.app.screen, TextPage)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ChooseFile)
    assert "Returns" not in {entry.name for entry in desk.lists.entries("topics")}


async def test_mistakes_are_shown_with_their_lines_and_the_file_can_be_chosen_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text("format = 1\n[topics]\nnames = 3\n[plan]\n", encoding="utf-8")
    async with at(desk, "take a file in", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, path)
        text = text_of(pilot)
        for words in ("2 mistakes", "line 3, topics.names", "line 4, plan", "did you mean plans"):
            assert words in text
        path.write_text('format = 1\n[topics]\nnames = ["Returns"]\n', encoding="utf-8")
        await press(pilot, "escape", "enter", "a")
        assert [entry.name for entry in desk.lists.entries("topics")] == ["Returns"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "can't be read: No such file"),
        (b"format = 1\n\xff", "line 2: this is not UTF-8 text"),
        (b"format = 99\n", "format"),
        (b"[tool.other]\nname = 'x'\n", "tool"),
        (b"not toml at all [", "line 1"),
        (b"#" * 2_000_001, "too large"),
    ],
)
async def test_a_file_that_is_no_set_up_is_refused(
    desk: Desk, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "other.toml"
    if content is not None:
        path.write_bytes(content)
    before = desk.set_up.export()
    async with at(desk, "take a file in", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, path)
        assert sentence in " ".join(text_of(pilot).replace("│", " ").split())
        await press(pilot, "a", "enter")
    assert desk.set_up.export() == before


async def test_a_file_that_changes_nothing_says_so(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "same.toml"
    path.write_text(desk.set_up.export(), encoding="utf-8")
    async with at(desk, "take a file in", SMALL) as pilot:
        await press(pilot, "enter")
        await name_file(pilot, path)
        assert "The desk is set up so already" in text_of(pilot)


# Setting up, and the desk's name


async def test_the_assistant_is_opened_again_and_ends_where_it_was_opened(desk: Desk) -> None:
    async with at(desk, "set up step by step", SMALL) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AssistantScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ConfigurationScreen)


async def test_another_name_stands_in_every_head_line_at_once_and_after_taking_it_back(desk: Desk) -> None:
    async with at(desk, "name of the desk") as pilot:
        await press(pilot, "enter", *["backspace"] * 20, *"Lamps", "enter")
        assert "Lamps · Configuration" in lines_of(pilot)[0]
        await press(pilot, "u")
        assert "Small desk · Configuration" in lines_of(pilot)[0]
        await press(pilot, "U", "escape", "escape", "escape")
        assert isinstance(pilot.app.screen, TriageScreen)
        assert "casedesk · Lamps" in lines_of(pilot)[0]
