"""The app around the screens: themes, palette, preferences, and what happens when something goes wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import StoreUnavailable
from casedesk.settings.preferences import Preferences, load
from casedesk.tui.app import CasedeskApp, UnexpectedFailure, open_desk, run_app
from casedesk.tui.screens.help import KEYS, NAMES, HelpScreen, write_help
from casedesk.tui.screens.triage import TriageScreen
from tests.tui.driving import NEVER, lines_of, opened, press, quiet, text_of, told, until


async def test_a_theme_is_seen_while_it_is_gone_over_and_kept_when_chosen(full_desk: Desk, tmp_path: Path) -> None:
    async with opened(full_desk, remembered_in=tmp_path / "remembered.toml") as (pilot, _screen):
        app = pilot.app
        assert isinstance(app, CasedeskApp)
        await press(pilot, "ctrl+p", *"theme", "enter")
        await press(pilot, *"light")
        await until(pilot, lambda: app.theme == "light")
        await press(pilot, "escape")
        await until(pilot, lambda: app.theme == "dark")
        await press(pilot, "ctrl+p", *"theme", "enter", *"warm")
        await until(pilot, lambda: app.theme == "warm")
        await press(pilot, "enter")
        assert app.theme == "warm"
        assert 'theme = "warm"' in (tmp_path / "remembered.toml").read_text(encoding="utf-8")


async def test_the_palette_runs_what_it_finds(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "ctrl+p", *"mark all")
        await until(pilot, lambda: "Mark all matching" in text_of(pilot))
        await press(pilot, "enter")
        await until(pilot, lambda: len(screen.tickets.marks) == 6)


async def test_density_changes_at_once_and_is_remembered(full_desk: Desk, tmp_path: Path) -> None:
    state = tmp_path / "remembered.toml"
    async with opened(full_desk, remembered_in=state) as (pilot, screen):
        screen.action_program_density()
        await quiet(pilot)
        assert "Rosa Marín" in text_of(pilot)
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    assert load(config, environment={}, state=state).density == "comfortable"


async def test_a_theme_with_a_mistake_falls_back_and_says_why(full_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "dark"\n[colours]\naccent = "red"\n', encoding="utf-8")
    async with opened(full_desk, theme="mine", themes_folder=tmp_path) as (pilot, _screen):
        assert pilot.app.theme == "dark"
        assert "mine.toml, line 3: accent is a colour" in told(pilot)[0]


async def test_mistakes_in_the_configuration_are_told_at_the_start(full_desk: Desk) -> None:
    async with opened(full_desk, problems=("config.toml, line 2: no",), keys={"ticket.note": ("c",)}) as (
        pilot,
        _screen,
    ):
        assert told(pilot)[0].splitlines() == [
            "config.toml, line 2: no",
            "c now means ticket.note; ticket.close has lost it.",
        ]


async def test_messages_are_never_markup(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.app.tell("[@click=app.quit]x[/] \x1b[31m")
        await quiet(pilot)
        assert "[@click=app.quit]x[/] ␛[31m" in lines_of(pilot)[-1]
        screen.app.tell("[@click=app.quit]x[/]\n\x1b[31m")
        await quiet(pilot)
        (notification,) = screen.app._notifications
        assert notification.message == "[@click=app.quit]x[/]\n␛[31m"
        assert not notification.markup


async def test_a_message_gives_the_bottom_line_back_to_the_keys(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.app.tell("Done", seconds=0.05)
        await pilot.pause()
        assert told(pilot) == ["Done"]
        await until(pilot, lambda: "? help" in lines_of(pilot)[-1])


async def test_help_shows_the_keys_as_they_are_bound_and_the_query_language(full_desk: Desk) -> None:
    async with opened(full_desk, keys={"ticket.note": ("ctrl+n",)}) as (pilot, screen):
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        lines = ["".join(t for t, _ in line) for line in write_help(screen.app.keymap, screen.offers, 100)]
        assert any(line.startswith("ctrl+n") and "Add a note" in line for line in lines)
        assert any(line.startswith("1…8") for line in lines)
        assert any(line.startswith("nps") for line in lines)
        await press(pilot, "q")
        assert len(pilot.app.screen_stack) == 1


@pytest.mark.parametrize("width", [50, 72, 100])
async def test_help_says_all_of_it_at_every_width(full_desk: Desk, width: int) -> None:
    async with opened(full_desk) as (_pilot, screen):
        lines = ["".join(text for text, _ in line) for line in write_help(screen.app.keymap, screen.offers, width)]
        begun = next(place for place, line in enumerate(lines) if "Merge" in line)
        shown = " ".join(" ".join(line[KEYS + NAMES :] for line in lines[begun : begun + 6]).split())
        assert shown.startswith("Put everything of the ticket into another one.")
        assert not any(line.endswith("…") for line in lines)


async def test_a_desk_that_can_not_be_read_says_so_and_what_tries_again(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        stream = full_desk.tickets.stream

        def failing(*_: object, **__: object) -> Any:
            raise StoreUnavailable("The disk that holds small.desk reports an error.")

        full_desk.tickets.stream = failing  # type: ignore[method-assign]  # stands for a disk that fails
        await press(pilot, "R")
        shown = text_of(pilot)
        assert "The tickets can't be read." in shown
        assert "R tries again" in shown
        full_desk.tickets.stream = stream  # type: ignore[method-assign]
        await press(pilot, "R")
        assert len(screen.tickets.numbers) == 6


def test_an_unforeseen_error_is_a_sentence_and_a_file(full_desk: Desk, tmp_path: Path) -> None:
    class Failing(TriageScreen):
        def action_list_mark(self) -> None:
            raise KeyError("nobody foresaw this")

    class FailingApp(CasedeskApp):
        def get_default_screen(self) -> TriageScreen:
            return Failing(self._opened, self.preferences, poll_seconds=NEVER)

        def run(self, *_: Any, **__: Any) -> None:
            super().run(headless=True, auto_pilot=lambda pilot: pilot.press("x"))

    app = FailingApp(open_desk(full_desk), Preferences(remembered_in=tmp_path / "remembered.toml"))
    with pytest.raises(UnexpectedFailure, match="had to stop \\(KeyError\\)") as caught:
        run_app(app)
    assert "Traceback" not in caught.value.sentence
    assert "nobody foresaw this" in (tmp_path / "casedesk-failure.txt").read_text(encoding="utf-8")


async def test_the_clock_of_the_desk_is_shown_and_moves(full_desk: Desk, clock: Any) -> None:
    async with opened(full_desk) as (pilot, screen):
        before = lines_of(pilot)[0].rstrip()[-5:]
        clock.tick(60)
        screen._tick()
        await quiet(pilot)
        assert lines_of(pilot)[0].rstrip()[-5:] != before
