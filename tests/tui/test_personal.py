"""Preferences changed in the running program: shown at once, written to the user's file, and put back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.tui.app import CasedeskApp
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until

WRITTEN = '# mine\ntheme = "light"\n'


def app_of(pilot: Pilot[Any]) -> CasedeskApp:
    assert isinstance(pilot.app, CasedeskApp)
    return pilot.app


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


async def test_a_theme_is_shown_written_and_put_back(full_desk: Desk, file: Path) -> None:
    async with opened(full_desk, theme="light", file=file) as (pilot, _screen):
        app = app_of(pilot)
        changed = await app.change_preference("theme", "warm")
        assert (app.theme, app.preferences.theme) == ("warm", "warm")
        assert file.read_text(encoding="utf-8") == '# mine\ntheme = "warm"\n'
        again = await app.put_preferences_back(changed)
        assert (app.theme, file.read_text(encoding="utf-8")) == ("light", WRITTEN)
        await app.put_preferences_back(again)
        assert app.theme == "warm"


async def test_the_density_changes_the_list_at_once(full_desk: Desk, file: Path) -> None:
    async with opened(full_desk, file=file) as (pilot, screen):
        app = app_of(pilot)
        row = screen.tickets.row
        changed = await app.change_preference("density", "comfortable")
        await quiet(pilot)
        assert "Rosa Marín" in "\n".join(line[:50] for line in lines_of(pilot))
        assert (screen.density, screen.tickets.row) == ("comfortable", row)
        await app.put_preferences_back(changed)
        assert screen.density == "compact"


async def test_keys_hold_at_once_and_are_shown(full_desk: Desk, file: Path) -> None:
    async with opened(full_desk, file=file) as (pilot, _screen):
        app = app_of(pilot)
        changed = await app.change_keys("ticket.note", ["ctrl+n"])
        await quiet(pilot)
        assert "ctrl+n note" in lines_of(pilot)[-1]
        assert '"ticket.note" = ["ctrl+n"]' in file.read_text(encoding="utf-8")
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: "Add a note" in text_of(pilot))
        await press(pilot, "escape")
        await app.put_preferences_back(changed)
        await quiet(pilot)
        assert "n note" in lines_of(pilot)[-1]
        assert "ctrl+n note" not in lines_of(pilot)[-1]
        assert file.read_text(encoding="utf-8") == WRITTEN


async def test_a_key_is_taken_from_another_action_and_given_back(full_desk: Desk, file: Path) -> None:
    async with opened(full_desk, file=file) as (pilot, _screen):
        app = app_of(pilot)
        with pytest.raises(InvalidInput, match="c means “Close” already"):
            await app.change_keys("ticket.note", ["c"])
        assert file.read_text(encoding="utf-8") == WRITTEN
        changed = await app.change_keys("ticket.note", ["c"], take=True)
        assert (app.keymap.keys["ticket.note"], app.keymap.keys["ticket.close"]) == (("c",), ())
        assert app.keymap.problems == ()
        await app.put_preferences_back(changed)
        assert (app.keymap.keys["ticket.note"], app.keymap.keys["ticket.close"]) == (("n",), ("c",))
        assert file.read_text(encoding="utf-8") == WRITTEN


async def test_the_default_keys_come_back(full_desk: Desk, file: Path) -> None:
    async with opened(full_desk, file=file) as (pilot, _screen):
        app = app_of(pilot)
        await app.change_keys("ticket.note", ["ctrl+n"])
        await app.change_keys("ticket.note", None)
        assert app.keymap.keys["ticket.note"] == ("n",)
        assert "ticket.note" not in file.read_text(encoding="utf-8")


async def test_what_can_not_be_written_changes_nothing(full_desk: Desk, file: Path) -> None:
    file.write_text("theme = \n", encoding="utf-8")
    async with opened(full_desk, file=file) as (pilot, _screen):
        app = app_of(pilot)
        with pytest.raises(CasedeskError, match=r"line 1: .* Nothing was changed"):
            await app.change_preference("theme", "warm")
        assert (app.theme, app.preferences.theme) == ("dark", "dark")


async def test_what_holds_later_or_is_overridden_is_said(full_desk: Desk, file: Path) -> None:
    async with opened(full_desk, file=file, overridden={"theme": "CASEDESK_THEME"}) as (pilot, _screen):
        app = app_of(pilot)
        assert (await app.change_preference("plain", True)).notes == ("The plain holds from the next start.",)
        assert (await app.change_preference("theme", "warm")).notes == (
            "CASEDESK_THEME sets the theme, and goes over the configuration file.",
        )
        assert app.theme == "dark"


async def test_what_is_chosen_in_the_program_goes_where_the_file_sets_it(full_desk: Desk, file: Path) -> None:
    state = file.parent / "remembered.toml"
    options = {"file": file, "remembered_in": state, "set_in_file": frozenset({"theme"})}
    async with opened(full_desk, theme="light", **options) as (pilot, screen):
        app_of(pilot).keep_theme("warm")
        screen.action_program_density()
        await quiet(pilot)
        assert file.read_text(encoding="utf-8") == '# mine\ntheme = "warm"\n'
        assert state.read_text(encoding="utf-8") == 'density = "comfortable"\n'
        assert told(pilot) == []
