"""The assistant: from nothing to a working desk by keyboard alone; left, gone on with, and what can go wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.values import AssistantProgress
from casedesk.settings.preferences import Preferences
from casedesk.tui.app import CasedeskApp
from casedesk.tui.screens.assistant import AssistantScreen
from casedesk.tui.screens.first_run import FirstRunScreen
from casedesk.tui.screens.import_file import COLUMNS, RESULT, ImportScreen
from casedesk.tui.screens.triage import TriageScreen
from tests.conftest import Clock
from tests.tui.driving import NEVER, lines_of, opened, press, quiet, text_of, told, until
from tests.tui.modals.filling import without

ROWS = (
    "id,email,name,rating,comment,May we contact you?,answered_at",
    "r1,rosa@acme.test,Rosa,1,Three weeks late,\"Yes, please\",2026-01-20 10:00",
    "r2,ken@example.test,Ken,5,Fast and friendly,No,2026-01-20 11:00",
    "r3,eve@example.test,Eve,2,[red]x[/red],No,2026-01-20 12:00",
    "r4,otto@example.test,Otto,4,,No,2026-01-20 13:00",
)  # fmt: skip
KEYS_AT_MOST = 60
"""Keys of a whole setting up, the path of the file apart; two minutes are two seconds for each."""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Four ratings, two of them low; no rule of a new desk is about ratings."""
    file = tmp_path / "shop.csv"
    file.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return file


class Counted:
    """Keys pressed, and how many they were."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await press(self.pilot, *keys)


def assistant(pilot: Pilot[None]) -> AssistantScreen:
    screen = pilot.app.screen
    assert isinstance(screen, AssistantScreen)
    return screen


async def import_file(pilot: Pilot[None], file: Path | str, key: Callable[..., Any]) -> None:
    """On the import screen: the file, its columns as they are, and back."""
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    screen.path.put(str(file))
    await until(pilot, lambda: not screen.path.looking)
    await key("enter")
    await until(pilot, lambda: screen.step == COLUMNS)
    await key("i")
    await until(pilot, lambda: screen.step == RESULT)
    await key("escape")
    await until(pilot, lambda: pilot.app.screen is not screen)
    await quiet(pilot)


@asynccontextmanager
async def at_step(
    desk: Desk, step: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], AssistantScreen]]:
    """The assistant, gone on with at that step."""
    desk.assistant.keep(AssistantProgress(step))
    async with opened(desk, size) as (pilot, _triage):
        await press(pilot, "f8")
        await until(pilot, lambda: assistant(pilot).found.step == step)
        yield pilot, assistant(pilot)


async def test_from_nothing_to_tickets_by_few_keys(desk_path: Path, clock: Clock, survey: Path) -> None:
    passing = desk_path.parent / "passing"
    passing.mkdir()
    app = CasedeskApp(
        None, Preferences(), poll_seconds=NEVER, first_screen=lambda: FirstRunScreen(desk_path, passing, clock=clock)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, FirstRunScreen))
        keys = Counted(pilot)
        await keys.press("enter", "enter", "enter")  # make a desk: its name and zone stand there
        await until(pilot, lambda: isinstance(app.screen, AssistantScreen))
        await keys.press("a", *"Refunded", "enter", "enter")
        await keys.press("e", "enter", *"germany", "enter", "enter")
        await keys.press("down", "down", "down", "e", "enter", "8", "enter", "enter", "enter")
        await keys.press("enter")
        await import_file(pilot, survey, keys.press)
        await keys.press("a", "enter", "enter", "enter", "enter", "enter", "enter")  # the rule as it is proposed
        assert "colleague" not in text_of(pilot)
        await keys.press("s")
        assert "4 responses · 2 tickets" in text_of(pilot)
        await keys.press("enter")
        triage = app.screen
        assert isinstance(triage, TriageScreen)
        await until(pilot, lambda: list(triage.tickets.numbers) == [2, 1])
        assert keys.keys <= KEYS_AT_MOST
    app.close_desk()
    with Desk.open(desk_path, clock=clock) as desk:
        assert "Refunded" in desk.choices().close_options
        assert desk.calendars.entry("Business hours").country == "DE"
        assert desk.policies.simple().hours == 8
        assert desk.tickets.numbers('rule:"Low ratings" tag:low-rating') == [2, 1]
        progress = desk.assistant.progress()
        assert progress is not None
        assert progress.finished
        assert progress.skipped == {"people"}


async def test_it_is_left_at_any_step_and_gone_on_with_there(desk: Desk) -> None:
    desk.assistant.begin()
    async with opened(desk) as (pilot, triage):
        await press(pilot, "f8", "enter")
        assert assistant(pilot).found.step == "hours"
        await press(pilot, "escape")
        assert pilot.app.screen is triage
    async with opened(desk) as (pilot, triage):
        await until(pilot, lambda: told(pilot))
        assert told(pilot) == ["Setting up isn't finished · F8 goes on"]
        await press(pilot, "f8")
        assert assistant(pilot).found.step == "hours"
        assert assistant(pilot).found.progress.done == {"desk", "close-options"}


async def test_who_has_set_up_enough_is_reminded_no_more(desk: Desk) -> None:
    desk.assistant.begin()
    async with opened(desk) as (pilot, triage):
        await press(pilot, "f8", "D")
        assert pilot.app.screen is triage
    assert not desk.assistant.unfinished()


async def test_steps_are_skipped_and_gone_back_to(desk: Desk) -> None:
    async with at_step(desk, "close-options") as (pilot, screen):
        await press(pilot, "s", "s")
        assert screen.found.step == "import"
        assert screen.found.progress.skipped == {"close-options", "hours"}
        await press(pilot, "b", "enter")
        assert screen.found.step == "import"
        assert (screen.found.progress.skipped, screen.found.progress.done) == ({"close-options"}, {"hours"})


async def test_beside_the_steps_one_is_gone_to_in_their_list(desk: Desk) -> None:
    async with at_step(desk, "close-options", (120, 40)) as (pilot, screen):
        assert "First rule" in text_of(pilot)
        await press(pilot, "tab", "j", "j")
        await until(pilot, lambda: screen.found.step == "import")
        await press(pilot, "enter")
        assert screen.focused is screen.parts


async def test_in_one_column_the_marks_stand_in_the_edge(desk: Desk) -> None:
    async with at_step(desk, "hours") as (pilot, _screen):
        await press(pilot, "enter")
        assert "✓ hours  ▸ import" in lines_of(pilot)[-2]
        assert "First import · 4 of 7" in lines_of(pilot)[1]


async def test_who_may_not_configure_is_not_offered_it(desk: Desk) -> None:
    desk.assistant.begin()
    async with opened(without(desk, "configure")) as (pilot, triage):
        await press(pilot, "f8")
        assert pilot.app.screen is triage
        assert told(pilot)[-1].endswith("An administrator can allow it.")


async def test_a_step_without_its_right_is_left_out(desk: Desk) -> None:
    desk.user = replace(desk.user, rights=desk.user.rights - {"users"})
    async with opened(desk) as (pilot, _triage):
        await press(pilot, "f8")
        assert [step.id for step in assistant(pilot).steps][-2:] == ["rule", "summary"]


# The steps


async def test_the_name_and_the_zone_are_changed(desk: Desk) -> None:
    async with at_step(desk, "desk", (100, 30)) as (pilot, _screen):
        await press(pilot, "e", *["backspace"] * 20, *"Parcels", "enter")
        assert "casedesk · Parcels · Setting up" in lines_of(pilot)[0]
        await press(pilot, "down", "e", *"atlantis", "enter")
        await until(pilot, lambda: "Nothing is found for “atlantis”." in text_of(pilot))
        await press(pilot, "escape", "y", "e", *"tokyo")
        await until(pilot, lambda: "Asia/Tokyo" in text_of(pilot))
        await press(pilot, "enter")
        assert "Asia/Tokyo · now" in text_of(pilot)
    assert desk.zone.key == "Asia/Tokyo"


async def test_close_options_are_added_renamed_moved_and_retired(desk: Desk) -> None:
    async with at_step(desk, "close-options") as (pilot, _screen):
        await press(pilot, "a", *"Refunded", "enter", "K")
        await press(pilot, "home", "e", *["backspace"] * 20, *"Solved", "enter", "down", "d")
        assert desk.choices().close_options == (
            "Solved", "Compensated", "Escalated to product", "Customer didn't respond", "Refunded", "No action needed",
        )  # fmt: skip
        await press(pilot, "u")
        assert "Explained" in desk.choices().close_options


async def test_the_keys_of_the_next_step_are_not_hidden_by_what_was_told(desk: Desk) -> None:
    async with at_step(desk, "close-options") as (pilot, _screen):
        await press(pilot, "a", *"Refunded", "enter")
        assert "added" in lines_of(pilot)[-1]
        await press(pilot, "enter")
        assert "e change" in lines_of(pilot)[-1]


async def test_a_close_option_that_is_there_is_refused_at_the_field(desk: Desk) -> None:
    async with at_step(desk, "close-options") as (pilot, _screen):
        await press(pilot, "a", *"resolved", "enter")
        assert "There is a close option “Resolved” already." in text_of(pilot)
        await press(pilot, *["backspace"] * 8, *"Refunded", "enter")
        assert "Refunded" in desk.choices().close_options


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [("mon-fri 9 to 5", "isn't an interval"), ("mon 09:00-12:00,11:00-15:00", "overlap"), ("someday 9-5", "someday")],
)
async def test_hours_that_cannot_be_are_refused_at_the_field(desk: Desk, hours: str, sentence: str) -> None:
    async with at_step(desk, "hours", (100, 40)) as (pilot, _screen):
        await press(pilot, "e", *["backspace"] * 30)
        field = pilot.app.focused
        field.insert_text_at_cursor(hours)  # type: ignore[union-attr]  # the field has the focus
        await press(pilot, "enter", "enter")
        assert sentence in text_of(pilot)
    assert desk.calendars.entry("Business hours").hours == "mon-fri 09:00-17:00"


async def test_the_week_and_the_next_holidays_are_shown(desk: Desk) -> None:
    async with at_step(desk, "hours", (100, 40)) as (pilot, _screen):
        await press(pilot, "e", "enter", *"austria")
        await until(pilot, lambda: "Austria" in text_of(pilot))
        await press(pilot, "enter", "enter")
        text = text_of(pilot)
        assert "Easter Monday" in text
        assert "09:00-17:00" in text


async def test_an_unreadable_file_is_told_and_nothing_is_ticked(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.csv").write_bytes(b"<html><body>")
    async with at_step(desk, "import") as (pilot, screen):
        await press(pilot, "enter")
        importing = pilot.app.screen
        assert isinstance(importing, ImportScreen)
        importing.path.put(str(tmp_path / "page.csv"))
        await until(pilot, lambda: not importing.path.looking)
        await press(pilot, "enter")
        assert "a web page" in text_of(pilot)
        await press(pilot, "escape")
        assert screen.found.step == "import"
        assert "import" not in screen.found.progress.done


async def test_rules_are_proposed_with_how_many_responses_they_would_have_matched(desk: Desk, survey: Path) -> None:
    desk.imports.run(survey)
    async with at_step(desk, "rule") as (pilot, _screen):
        text = text_of(pilot)
        for words in ("Low ratings", "2 of 4 responses", "Wants to be contacted", "1 of 4 responses"):
            assert words in text


async def test_a_rule_of_ones_own_condition_is_made_with_tags_and_priority(desk: Desk, survey: Path) -> None:
    desk.imports.run(survey)
    async with at_step(desk, "rule", (100, 40)) as (pilot, _screen):
        await press(pilot, "end", "a", *"Late", "enter", *"late", "enter", *"late, parcel", "enter", *"high", "enter")
        await until(pilot, lambda: desk.tickets.count("") == 1)
    line = desk.tickets.show(1).line
    assert (line.contact, line.priority, line.tags) == ("Rosa", "high", ("late", "parcel"))


async def test_a_rules_name_that_is_taken_and_a_condition_that_is_none_are_refused(desk: Desk, survey: Path) -> None:
    desk.imports.run(survey)
    async with at_step(desk, "rule", (100, 40)) as (pilot, _screen):
        await press(pilot, "end", "a", *"detractors", "enter", *"nps<<6", "enter")
        assert "A rule" in text_of(pilot)
        await press(pilot, *["backspace"] * 6, *"nps<=3", "enter", "enter", "enter", "enter")
        assert "There is a rule “detractors” already." in text_of(pilot)
    assert len(desk.rules.list()) == 1


async def test_tickets_are_opened_later_for_what_a_rule_fits(desk: Desk, survey: Path) -> None:
    desk.imports.run(survey)
    desk.rules.put("Low", "rating<=2", [{"open_ticket": True}])
    async with at_step(desk, "rule") as (pilot, _screen):
        assert "2 responses without a ticket" in text_of(pilot)
        await press(pilot, "home", "down", "t")
        await until(pilot, lambda: desk.tickets.count("") == 2)
        await quiet(pilot)
        assert "without a ticket" not in text_of(pilot)


async def test_a_rule_is_changed_and_switched_off(desk: Desk) -> None:
    async with at_step(desk, "rule") as (pilot, _screen):
        await press(pilot, "e", *["backspace"] * 10, *"2", "enter", "enter", "enter", "o")
    (rule,) = desk.rules.list()
    assert (rule.name, rule.condition, rule.active) == ("Detractors", "nps<=6 2", False)


async def test_colleagues_are_added_and_get_another_role(desk: Desk) -> None:
    async with at_step(desk, "people") as (pilot, _screen):
        await press(pilot, "a", *"ken", "enter", *"Ken", "enter", "enter")
        await press(pilot, "e", "s")
        await press(pilot, "a", *"ken", "enter", "enter", "enter")
        assert "There is a user ken already." in text_of(pilot)
    roles = {user.login: user.role for user in desk.team.users()}
    assert roles["ken"] == "supervisor"


async def test_it_works_at_the_smallest_size(desk: Desk, survey: Path) -> None:
    desk.imports.run(survey)
    async with at_step(desk, "desk", (60, 20)) as (pilot, screen):
        for step in screen.steps[:-1]:
            assert step.title in lines_of(pilot)[1]
            await press(pilot, "s")
        assert "to the" in lines_of(pilot)[-1] or "finish" in lines_of(pilot)[-1]


async def test_plain_marks_are_letters(desk: Desk) -> None:
    desk.assistant.begin()
    async with opened(desk, (120, 30), plain=True) as (pilot, _triage):
        await press(pilot, "f8")
        assert "x Name and time" in text_of(pilot)
