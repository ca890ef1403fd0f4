"""The configuration: found by words, changed from the keyboard, undone, and only by those who may (K5, M13)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.values import User
from casedesk.tui.configuration.registry import sections
from casedesk.tui.configuration.tree import best_place, find
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.screens.configuration import ConfigurationScreen
from casedesk.tui.screens.plans import PlansScreen
from casedesk.tui.screens.service_levels import ServiceLevelsScreen
from tests.tui.driving import opened, press, text_of, told, until

SMALL = (80, 24)


@asynccontextmanager
async def configuring(
    desk: Desk, size: tuple[int, int] = (120, 40), **preferences: Any
) -> AsyncIterator[tuple[Pilot[None], ConfigurationScreen]]:
    """The configuration, reached from the list of tickets."""
    async with opened(desk, size, **preferences) as (pilot, _triage):
        await press(pilot, "f9")
        screen = pilot.app.screen
        assert isinstance(screen, ConfigurationScreen)
        yield pilot, screen


def typed(text: str) -> list[str]:
    return ["space" if character == " " else character for character in text]


async def go_to(pilot: Pilot[None], words: str) -> None:
    """Find by words and go into what is found first, from wherever the cursor is."""
    screen = pilot.app.screen
    assert isinstance(screen, ConfigurationScreen)
    if screen.pane is screen.parts:
        await press(pilot, "tab")
    screen.search.value = ""
    await press(pilot, "slash", *typed(words), "enter", "enter")


async def test_the_tree_shows_the_sections_and_the_right_side_what_one_holds(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        text = text_of(pilot)
        for words in ("General", "Statuses", "Close options", "Calendars", "Name of the desk", "Small desk"):
            assert words in text


async def test_a_setting_says_what_it_does_its_default_and_who_changed_it_last(desk: Desk) -> None:
    desk.setup.set_setting("reopen_window_days", "7")
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "reopen")
        text = text_of(pilot)
        assert "opens a closed ticket again" in text
        assert "default: 0" in text
        assert "changed by ana" in text


async def test_a_setting_is_changed_checked_while_typed_and_taken_back(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "time zone")
        await press(pilot, "enter", *["backspace"] * 20, *typed("Europe/Lisbn"))
        assert "did you mean Europe/Lisbon" in text_of(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormModal)
        await press(pilot, "backspace", *"on", "enter")
        assert desk.setup.setting("zone") == "Europe/Lisbon"
        assert told(pilot)[-1] == "zone → Europe/Lisbon · undo: u"
        await press(pilot, "u")
        assert desk.setup.setting("zone") == "Europe/Berlin"


async def test_a_switch_is_turned_by_one_key_and_set_to_its_default_by_another(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "case management")
        await press(pilot, "o")
        assert desk.setup.setting("case_management") is False
        await press(pilot, "x")
        assert desk.setup.setting("case_management") is True


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("statuses", "statuses"),
        ("priorities", "priorities"),
        ("topics", "topics"),
        ("tags", "tags"),
        ("classification", "classifications"),
        ("close options", "close options"),
    ],
)
async def test_entries_of_each_list_are_added_renamed_retired_and_brought_back(
    full_desk: Desk, words: str, key: str
) -> None:
    def names(*, retired: bool) -> set[str]:
        return {entry.name for entry in full_desk.lists.entries(key, retired=True) if entry.retired is retired}

    async with configuring(full_desk, SMALL) as (pilot, _screen):
        await go_to(pilot, words)
        await press(pilot, "n", *"Fresh", "enter", *(["enter"] if key == "statuses" else []))
        assert "Fresh" in names(retired=False)
        await press(pilot, "enter", *"er", "enter", *(["enter"] if key == "statuses" else []))
        assert "Fresher" in names(retired=False)
        await press(pilot, "d", "enter")
        assert "Fresher" in names(retired=True)
        await press(pilot, "b")
        assert "Fresher" in names(retired=False)
        await press(pilot, "u", "u", "u", "u")
        assert not {"Fresh", "Fresher"} & (names(retired=False) | names(retired=True))


async def test_another_entry_takes_the_place_of_a_retired_one_on_its_tickets(full_desk: Desk) -> None:
    async with configuring(full_desk) as (pilot, _screen):
        await go_to(pilot, "topics billing")
        await press(pilot, "d")
        assert "2 tickets keep it" in text_of(pilot)
        await press(pilot, "p", "u", "down", "enter")
        assert {full_desk.tickets.show(number).line.topic for number in (4, 5)} != {"Billing"}


async def test_entries_are_moved_up_and_down(desk: Desk) -> None:
    before = [entry.name for entry in desk.lists.entries("close options")]
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "close options")
        await press(pilot, "J")
        assert [entry.name for entry in desk.lists.entries("close options")] == [before[1], before[0], *before[2:]]
        await press(pilot, "K")
        assert [entry.name for entry in desk.lists.entries("close options")] == before


async def test_a_name_that_is_taken_is_said_at_the_field_and_nothing_is_added(desk: Desk) -> None:
    first = desk.lists.entries("close options")[0].name
    async with configuring(desk, SMALL) as (pilot, _screen):
        await go_to(pilot, "close options")
        await press(pilot, "n", *typed(first.upper()), "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "already" in text_of(pilot)
        assert len(desk.lists.entries("close options")) == len({e.name for e in desk.lists.entries("close options")})


async def test_a_campaign_is_linked_to_a_plan(full_desk: Desk) -> None:
    (campaign,) = (entry.name for entry in full_desk.setup.entries("campaign"))
    async with configuring(full_desk) as (pilot, _screen):
        await go_to(pilot, f"campaigns {campaign}")
        await press(pilot, "enter", "down", "enter")
        plan = next(plan for plan in full_desk.plans.list() if campaign in plan.campaigns)
        assert plan.name in text_of(pilot)
        assert "changed by ana" in text_of(pilot)
        full_desk.plans.edit(plan.name, description="Another one.")
        await press(pilot, "escape", "escape", "escape", "f9")
        await go_to(pilot, "action plans")
        assert "changed by ana" in text_of(pilot)


async def test_plans_calendars_and_policies_are_changed_on_their_own_screens(desk: Desk) -> None:
    async with configuring(desk) as (pilot, screen):
        for words, kind in (("plans", PlansScreen), ("business hours", ServiceLevelsScreen)):
            await go_to(pilot, words)
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, kind)
            await press(pilot, "escape")
            assert pilot.app.screen is screen


async def test_words_that_nothing_has_say_so_and_escape_shows_everything_again(desk: Desk) -> None:
    async with configuring(desk, SMALL) as (pilot, screen):
        await press(pilot, "slash", *"qqqq")
        assert "Nothing is found" in text_of(pilot)
        await press(pilot, "escape")
        assert screen.search.value == ""
        assert "General" in text_of(pilot)


async def test_a_section_is_shown_to_those_who_have_its_right(desk: Desk) -> None:
    ben = desk.as_user("ben")
    async with configuring(ben) as (_pilot, screen):
        shown = {section.id for section in screen.sections}
        assert shown == {each.id for each in sections() if each.right is None or each.right in ben.user.rights}
        assert not {"general", "statuses", "plans", "policies"} & shown


async def test_what_somebody_else_changed_is_there_when_the_screen_is_opened_again(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        desk.setup.set_setting("name", "Other name")
        await press(pilot, "escape", "f9")
        assert "Other name" in text_of(pilot)


async def test_leaving_after_a_change_reads_the_list_again(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "name of the desk")
        await press(pilot, "enter", *["backspace"] * 20, *"Lamps", "enter")
        await press(pilot, "escape", "escape", "escape")
        assert len(pilot.app.screen_stack) == 1
        assert desk.setup.setting("name") == "Lamps"


def test_every_section_has_words_for_what_it_is() -> None:
    found = sections()
    assert len({section.id for section in found}) == len(found)
    assert all(section.about.endswith(".") and section.title and section.group for section in found)


async def test_views_are_made_changed_shared_copied_and_deleted(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await press(pilot, "slash", *"views", "enter", "n")
        await press(pilot, *"Late", "enter", "enter", *typed("is:overdue sort:due"), "enter", "n", "enter", "p")
        (view,) = desk.views.list()
        assert (view.name, view.query, view.owner) == ("Late", "is:overdue sort:due", "ana")
        await go_to(pilot, "late")
        await press(pilot, "o")
        assert desk.views.list()[0].shared
        await press(pilot, "c")
        assert len(desk.views.list()) == 2
        await press(pilot, "u", "u", "enter", *"st", "enter", "enter", "enter")
        assert [each.name for each in desk.views.list()] == ["Latest"]
        await press(pilot, "d")
        assert desk.views.list() == []


async def test_a_mistake_in_a_views_query_is_said_at_the_field(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await press(pilot, "slash", *"views", "enter", "n", *"Late", "enter", "enter", *typed("prio:x"), "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "prio" in text_of(pilot)
        assert desk.views.list() == []


async def test_the_columns_of_a_view_are_chosen_there(desk: Desk) -> None:
    desk.views.add("Late", query="is:overdue")
    before = [column.name for column in desk.views.list()[0].columns]
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "late")
        await press(pilot, "s", "d", "enter")
        assert [column.name for column in desk.views.list()[0].columns] == before[1:]


async def test_dashboards_are_made_pinned_retired_and_brought_back(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await press(pilot, "slash", *"dashboards", "enter", "n", *"Morning", "enter", "enter", "enter")
        (dashboard,) = desk.dashboards.list()
        await go_to(pilot, "morning")
        await press(pilot, "o")
        assert desk.dashboards.pinned() is not None
        await press(pilot, "d")
        assert desk.dashboards.list() == []
        await press(pilot, "b")
        assert [each.name for each in desk.dashboards.list()] == [dashboard.name]


async def test_macros_are_renamed_put_on_a_key_shared_and_retired(desk: Desk) -> None:
    desk.macros.make("Seen", [{"note": "Seen"}, {"priority": "urgent"}])
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "seen")
        await press(pilot, "enter", *"it", "enter", "%", "enter")
        (macro,) = desk.macros.list()
        assert (macro.name, macro.key) == ("Seenit", "%")
        await press(pilot, "o")
        assert desk.macros.list()[0].shared
        await press(pilot, "s", "J", "enter")
        assert desk.macros.list()[0].steps[0] == {"priority": "urgent"}
        await press(pilot, "d")
        assert desk.macros.list() == []


async def test_a_macro_says_who_changed_it_last_and_stays_under_the_cursor_when_it_is_renamed(desk: Desk) -> None:
    desk.macros.make("Seen", [{"note": "Seen"}])
    desk.macros.make("Zero", [{"note": "Zero"}], shared=True)
    desk.team.add_user("eva", role="administrator")
    desk.as_user("eva").macros.change("Zero", key="%")
    async with configuring(desk) as (pilot, screen):
        await go_to(pilot, "zero")
        assert "changed by eva" in text_of(pilot)
        await press(pilot, "enter", *"s", "enter", "enter")
        assert screen.item is not None
        assert screen.item.label == "Zeros"
        assert "changed by ana" in text_of(pilot)


async def test_users_are_added_changed_sent_away_retired_and_brought_back(desk: Desk) -> None:
    def cora() -> User:
        return next(user for user in desk.team.users() if user.login == "cora")

    async with configuring(desk, SMALL) as (pilot, _screen):
        await go_to(pilot, "users")
        await press(pilot, "n", *"cora", "enter", *typed("Cora Diaz"), "enter", "a", "g")
        assert (cora().name, cora().role) == ("Cora Diaz", "agent")
        await press(pilot, "enter", *["backspace"] * 4, *"Ruiz", "enter", "s")
        assert (cora().name, cora().role) == ("Cora Ruiz", "supervisor")
        await press(pilot, "u")
        assert (cora().name, cora().role) == ("Cora Diaz", "agent")
        await press(pilot, "o", "enter")
        assert cora().away
        await press(pilot, "o", "d")
        assert not cora().active
        await press(pilot, "b")
        assert cora().active
        assert not cora().away


async def test_the_last_administrator_keeps_the_own_right(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "users ana")
        await press(pilot, "d")
        assert desk.team.user("ana").active
        assert "ana" in told(pilot)[-1] or "nobody" in told(pilot)[-1].lower()


async def test_teams_get_members_another_name_and_are_replaced(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await press(pilot, "slash", *"teams", "enter", "n", *"Berlin", "enter", "space", "enter")
        team = desk.team.team("Berlin")
        assert len(team.members) == 1
        await go_to(pilot, "berlin")
        await press(pilot, "s", "down", "space", "enter")
        assert len(desk.team.team("Berlin").members) == 2
        await press(pilot, "enter", *typed(" North"), "enter")
        assert desk.team.team("Berlin North").members
        await press(pilot, "d", "enter")
        assert desk.team.team("Berlin North").retired
        await press(pilot, "b")
        assert not desk.team.team("Berlin North").retired


async def test_a_role_is_copied_its_rights_ticked_and_the_table_shows_them(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "roles agent")
        await press(pilot, "c", *"Trainee", "enter", "enter")
        assert desk.roles.show("Trainee").rights == desk.roles.show("agent").rights
        await press(pilot, "s", "space", "enter")
        assert "tickets.view" not in desk.roles.show("Trainee").rights
        await press(pilot, "L")
        text = text_of(pilot)
        assert "Trainee" in text
        assert "close tickets" in text
        await press(pilot, "escape", "d", "enter")
        assert "Trainee" not in {role.name for role in desk.roles.list()}


async def test_a_role_that_users_have_is_not_removed_without_another(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "roles agent")
        await press(pilot, "d", "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "say which role" in text_of(pilot)
        assert "agent" in {role.name for role in desk.roles.list()}


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """The user's configuration file, with a comment of theirs."""
    path = tmp_path / "config.toml"
    path.write_text('# mine\ntheme = "light"\n', encoding="utf-8")
    return path


async def test_a_theme_is_shown_while_the_cursor_is_on_it_kept_by_enter_and_taken_back(
    desk: Desk, own_file: Path
) -> None:
    async with configuring(desk.as_user("ben"), theme="light", file=own_file) as (pilot, screen):
        await go_to(pilot, "theme")
        assert screen.parts.key == ("theme", "light")
        await press(pilot, "down")
        first = screen.parts.key
        assert isinstance(first, tuple)
        assert pilot.app.theme == first[1]
        await press(pilot, "tab")
        assert pilot.app.theme == "light"
        await press(pilot, "tab", "enter")
        assert pilot.app.theme == first[1]
        assert f'theme = "{first[1]}"' in own_file.read_text(encoding="utf-8")
        assert screen.parts.key == first
        await press(pilot, "u", "tab")
        assert pilot.app.theme == "light"
        assert own_file.read_text(encoding="utf-8") == '# mine\ntheme = "light"\n'
        await press(pilot, "U")
        assert f'theme = "{first[1]}"' in own_file.read_text(encoding="utf-8")


async def test_density_and_plain_are_changed_and_set_to_their_default(desk: Desk, own_file: Path) -> None:
    async with configuring(desk, theme="light", file=own_file) as (pilot, _screen):
        await go_to(pilot, "density")
        await press(pilot, "enter", "2")
        assert 'density = "comfortable"' in own_file.read_text(encoding="utf-8")
        await press(pilot, "x")
        assert "comfortable" not in own_file.read_text(encoding="utf-8")
        await go_to(pilot, "plain")
        await press(pilot, "o")
        assert "plain = true" in own_file.read_text(encoding="utf-8")
        assert "holds from the next start" in "\n".join(told(pilot))


async def test_an_action_gets_another_key_and_a_clash_is_shown_before(desk: Desk, own_file: Path) -> None:
    async with configuring(desk, theme="light", file=own_file) as (pilot, _screen):
        await go_to(pilot, "keys add note")
        await press(pilot, "enter", "backspace", "s")
        assert "s means “Change the status” already" in text_of(pilot)
        await press(pilot, "enter", "n")
        assert isinstance(pilot.app.screen, FormModal)
        await press(pilot, "up", "backspace", *"ctrl+n", "enter")
        assert '"ticket.note" = ["ctrl+n"]' in own_file.read_text(encoding="utf-8")
        await press(pilot, "x")
        assert "ticket.note" not in own_file.read_text(encoding="utf-8")


async def test_keys_are_taken_from_another_action_when_that_is_wanted(desk: Desk, own_file: Path) -> None:
    async with configuring(desk, theme="light", file=own_file) as (pilot, _screen):
        await go_to(pilot, "keys add note")
        await press(pilot, "enter", "backspace", "s", "enter", "y")
        text = own_file.read_text(encoding="utf-8")
        assert '"ticket.note" = ["s"]' in text
        assert '"ticket.status" = []' in text
        await press(pilot, "u")
        assert "ticket" not in own_file.read_text(encoding="utf-8")


async def test_a_key_that_no_terminal_sends_is_refused_at_the_field(desk: Desk, own_file: Path) -> None:
    async with configuring(desk, theme="light", file=own_file) as (pilot, _screen):
        await go_to(pilot, "keys add note")
        await press(pilot, "enter", "backspace", *"ctrl+s", "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "stops what the terminal shows" in text_of(pilot)


CONFIGURABLE = {
    "name of the desk": "general", "time zone": "general", "language": "general", "case management": "general",
    "reopen window": "general", "close options": "close-options", "resolutions": "close-options",
    "statuses": "statuses", "priorities": "priorities", "topics": "topics", "tags": "tags",
    "classifications": "classifications", "root cause": "classifications", "action plans": "plans",
    "exit states": "plans", "campaigns": "campaigns", "linked plan": "campaigns", "outcome rules": "rules",
    "triggers": "rules", "service levels": "levels", "sla": "levels", "business hours": "calendars",
    "holidays": "calendars", "24x7": "calendars", "policies": "policies", "first response": "policies",
    "users": "users", "availability": "users", "teams": "teams", "queue": "teams", "roles": "roles", "rights": "roles",
    "views": "views", "columns": "views", "dashboards": "dashboards", "widget": "dashboards", "macros": "macros",
    "theme": "appearance", "density": "appearance", "colour": "appearance", "keys": "keys", "shortcut": "keys",
    "backup": "backup", "restore": "backup", "check": "check", "doctor": "check", "export": "set-up",
    "toml": "set-up",
}  # fmt: skip
"""What the capabilities call configurable, by the words for it, with the section that it is in."""


async def test_everything_that_can_be_configured_is_found_by_its_words(full_desk: Desk) -> None:
    async with configuring(full_desk) as (_pilot, screen):
        found = {
            words: place.section if (place := best_place(words, find(words, screen.sections, screen.found))) else ""
            for words in CONFIGURABLE
        }
        assert found == CONFIGURABLE


async def test_what_is_typed_right_behind_the_enter_of_a_search_is_for_the_list(desk: Desk) -> None:
    async with configuring(desk) as (pilot, screen):
        for character in "/case management":
            pilot.app.post_message(events.Key(_character_to_key(character), character))
        for key in ("enter", "enter", "o"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: desk.setup.setting("case_management") is False)
        assert screen.search.value == "case management"


async def test_an_undo_that_is_refused_reaches_for_nothing_that_was_done_earlier(desk: Desk, own_file: Path) -> None:
    desk.team.add_user("eva", role="administrator")
    async with configuring(desk, theme="light", file=own_file) as (pilot, _screen):
        await go_to(pilot, "density")
        await press(pilot, "enter", "2")
        await go_to(pilot, "case management")
        await press(pilot, "o")
        desk.as_user("eva").setup.set_setting("case_management", "on")
        await press(pilot, "u", "u")
        assert desk.setup.setting("case_management") is True
        assert "comfortable" in own_file.read_text(encoding="utf-8")


async def test_an_empty_section_says_all_of_its_words_on_a_small_screen(desk: Desk) -> None:
    async with configuring(desk, SMALL) as (pilot, screen):
        await press(pilot, "slash", *"macros", "enter")
        said = "".join("".join(text for text, _ in row.line) for row in screen.parts._rows)
        assert said.replace(" ", "").endswith("inthelistoftickets:@.")
