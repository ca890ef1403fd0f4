"""Themes in the running program: tried, kept, and taken on when their file is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.app import CasedeskApp
from tests.tui.driving import opened, quiet, told, until

SOON = 0.02


def save(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    written = folder / "written"
    written.write_text(text, encoding="utf-8")
    written.replace(folder / f"{name}.toml")


def app_of(pilot: Pilot[Any]) -> CasedeskApp:
    assert isinstance(pilot.app, CasedeskApp)
    return pilot.app


def accent_of(pilot: Pilot[Any]) -> Callable[[], tuple[object, str]]:
    """The accent as the widgets that draw themselves have it, and as the sheets have it."""
    app = app_of(pilot)
    return lambda: (app.role_styles["accent"].color.name, app.theme_variables["accent"])  # type: ignore[union-attr]


def mine(accent: str, base: str = "dark") -> str:
    return f'base = "{base}"\n[colours]\naccent = "{accent}"\n'


async def watching(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: app_of(pilot)._themes_seen is not None)


async def test_a_saved_theme_is_taken_on_while_running(full_desk: Desk, tmp_path: Path) -> None:
    save(tmp_path, "mine", mine("#aa0000"))
    async with opened(full_desk, theme="mine", themes_folder=tmp_path, poll_seconds=SOON) as (pilot, screen):
        accent = accent_of(pilot)
        assert accent() == ("#aa0000", "#aa0000")
        await watching(pilot)
        save(tmp_path, "mine", mine("#00aa00", "light"))
        await until(pilot, lambda: accent() == ("#00aa00", "#00aa00"))
        await until(pilot, lambda: screen.styles.background.hex.lower() == "#fbfbf9")
        assert not app_of(pilot).current_theme.dark
        assert told(pilot) == []


async def test_a_mistake_keeps_the_last_good_colours_and_is_told_with_its_line(full_desk: Desk, tmp_path: Path) -> None:
    save(tmp_path, "mine", mine("#aa0000"))
    async with opened(full_desk, theme="mine", themes_folder=tmp_path, poll_seconds=SOON) as (pilot, _screen):
        await watching(pilot)
        save(tmp_path, "mine", mine("red"))
        await until(pilot, lambda: told(pilot))
        assert "mine.toml, line 3: accent is a colour like" in told(pilot)[0]
        assert accent_of(pilot)() == ("#aa0000", "#aa0000")
        save(tmp_path, "mine", mine("#0000aa"))
        await until(pilot, lambda: accent_of(pilot)() == ("#0000aa", "#0000aa"))


async def test_a_theme_that_could_not_be_used_is_shown_once_it_is_mended(full_desk: Desk, tmp_path: Path) -> None:
    save(tmp_path, "mine", mine("red"))
    async with opened(full_desk, theme="mine", themes_folder=tmp_path, poll_seconds=SOON) as (pilot, _screen):
        await watching(pilot)
        assert pilot.app.theme == "dark"
        save(tmp_path, "mine", mine("#aa0000"))
        await until(pilot, lambda: pilot.app.theme == "mine")


async def test_a_theme_follows_the_one_that_it_builds_on(full_desk: Desk, tmp_path: Path) -> None:
    save(tmp_path, "below", mine("#aa0000"))
    save(tmp_path, "mine", 'base = "below"\n')
    async with opened(full_desk, theme="mine", themes_folder=tmp_path, poll_seconds=SOON) as (pilot, _screen):
        await watching(pilot)
        save(tmp_path, "below", mine("#00aa00"))
        await until(pilot, lambda: accent_of(pilot)() == ("#00aa00", "#00aa00"))


async def test_an_own_theme_in_the_place_of_a_shipped_one_comes_and_goes(full_desk: Desk, tmp_path: Path) -> None:
    async with opened(full_desk, theme="dark", themes_folder=tmp_path, poll_seconds=SOON) as (pilot, _screen):
        await watching(pilot)
        before = accent_of(pilot)()
        save(tmp_path, "dark", mine("#aa0000"))
        await until(pilot, lambda: accent_of(pilot)() == ("#aa0000", "#aa0000"))
        (tmp_path / "dark.toml").unlink()
        await until(pilot, lambda: accent_of(pilot)() == before)


async def test_a_theme_in_use_whose_file_is_gone_keeps_its_colours_and_it_is_told(
    full_desk: Desk, tmp_path: Path
) -> None:
    save(tmp_path, "mine", mine("#aa0000"))
    async with opened(full_desk, theme="mine", themes_folder=tmp_path, poll_seconds=SOON) as (pilot, _screen):
        await watching(pilot)
        (tmp_path / "mine.toml").unlink()
        await until(pilot, lambda: told(pilot))
        assert "There is no theme 'mine'" in told(pilot)[0]
        assert accent_of(pilot)() == ("#aa0000", "#aa0000")


async def test_a_theme_is_previewed_and_taken_back(full_desk: Desk, tmp_path: Path) -> None:
    save(tmp_path, "broken", mine("red"))
    async with opened(full_desk, themes_folder=tmp_path) as (pilot, _screen):
        app = app_of(pilot)
        app.preview_theme("light")
        assert app.theme == "light"
        app.preview_theme("broken")
        await quiet(pilot)
        assert app.theme == "light"
        assert "line 3: accent is a colour" in told(pilot)[-1]
        app.end_preview()
        assert app.theme == "dark"
        assert app.preferences.theme == "dark"


@pytest.mark.parametrize("previewed", ["mine", "light"])
async def test_a_save_during_a_preview_shows_what_is_previewed(full_desk: Desk, tmp_path: Path, previewed: str) -> None:
    save(tmp_path, "mine", mine("#aa0000"))
    async with opened(full_desk, themes_folder=tmp_path, poll_seconds=SOON) as (pilot, _screen):
        await watching(pilot)
        app = app_of(pilot)
        app.preview_theme(previewed)
        save(tmp_path, "mine", mine("#00aa00"))
        seen = app._themes_seen
        await until(pilot, lambda: app._themes_seen != seen and not app._looking_at_themes)
        await quiet(pilot)
        assert app.theme == previewed
        app.end_preview()
        assert app.theme == "dark"
        app.preview_theme("mine")
        assert accent_of(pilot)()[0] == "#00aa00"
