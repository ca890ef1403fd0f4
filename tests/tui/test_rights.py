"""What one may not do isn't offered, and no key does it (M13, S13): every action of the registry that needs a right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.domain.errors import NotPermitted
from casedesk.domain.rights import RIGHTS, TICKETS_VIEW
from casedesk.tui.actions import ACTIONS, Action
from casedesk.tui.app import CasedeskApp, open_desk
from casedesk.tui.palette import Commands
from casedesk.tui.screens.help import HelpScreen, write_help
from casedesk.tui.widgets.key_line import KeyLine
from tests.tui.driving import opened, press, quiet

PLACES = {
    "triage": frozenset({"triage", "list", "app"}),
    "mode": frozenset({"mode", "app"}),
    "responses": frozenset({"responses", "page", "app"}),
    "dashboard": frozenset({"dashboard", "page", "app"}),
    "reports": frozenset({"reports", "page", "app"}),
    "plans": frozenset({"plans", "page", "app"}),
    "levels": frozenset({"levels", "page", "app"}),
    "import": frozenset({"import", "page", "app"}),
}
"""Screens with the places of the registry that they have."""

WAYS = {
    "mode": "triage_mode",
    "responses": "responses_open",
    "dashboard": "dashboards_show",
    "reports": "reports_show",
    "plans": "plans_open",
    "levels": "levels_open",
    "import": "import_file",
}
"""How one gets to each screen from the list of tickets."""

SCREEN_RIGHT = {
    "reports": "reports.view",
    "plans": "plans",
    "levels": "service-levels",
    "import": "import",
}


def needing(place: str, right: str) -> list[Action]:
    return [action for action in ACTIONS if action.right == right and PLACES[place] & set(action.where)]


CASES = [
    (place, right)
    for place in PLACES
    for right in sorted({action.right for action in ACTIONS} - {TICKETS_VIEW, SCREEN_RIGHT.get(place)})
    if needing(place, right)
]
"""Each screen with each right that something on it needs, the right to be there apart."""


def without(desk: Desk, right: str) -> Desk:
    return Desk(desk.store, replace(desk.user, rights=frozenset(RIGHTS) - {right}), clock=desk.clock)


def activity(desk: Desk) -> object:
    return desk.store.reader().row("SELECT (SELECT count(*) FROM activity), (SELECT count(*) FROM act)")


async def shown_screen(pilot: Pilot[Any], place: str) -> None:
    if place in WAYS:
        await pilot.app.run_action(WAYS[place], pilot.app.screen)
        await quiet(pilot)
        assert len(pilot.app.screen_stack) == 2


async def palette_titles(app: CasedeskApp) -> set[str]:
    commands = Commands(app.screen, None)
    return {str(hit.text).split("  ")[0] async for hit in commands.discover()}


@pytest.mark.parametrize(("place", "right"), CASES)
async def test_what_one_may_not_do_is_not_offered_and_no_key_does_it(full_desk: Desk, place: str, right: str) -> None:
    full_desk.dashboards.make("Day")
    desk = without(full_desk, right)
    async with opened(desk) as (pilot, _screen):
        app = pilot.app
        assert isinstance(app, CasedeskApp)
        await shown_screen(pilot, place)
        here, before = app.screen, activity(desk)
        hints = {hint.action_id for hint in here.query_one(KeyLine).hints}
        palette = await palette_titles(app)
        for action in needing(place, right):
            assert action.id not in hints
            assert action.title not in palette
            for key in action.keys or ():
                await press(pilot, key)
                assert app.screen is here, f"{key} of {action.id}"
            await app.run_action(action.call, here)
            await quiet(pilot)
            assert app.screen is here, action.id
        assert activity(desk) == before


async def test_who_may_do_everything_is_offered_everything(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        hints = {hint.action_id for hint in screen.keys.hints}
        assert {action.id for action in ACTIONS if action.footer and "triage" in action.where} == hints
        assert isinstance(pilot.app, CasedeskApp)
        assert all(pilot.app.may(action.id) for action in ACTIONS)


@pytest.mark.parametrize("right", sorted({action.right for action in ACTIONS} - {TICKETS_VIEW}))
async def test_help_leaves_out_what_one_may_not_do(full_desk: Desk, right: str) -> None:
    async with opened(without(full_desk, right)) as (pilot, _screen):
        await press(pilot, "question_mark")
        shown = pilot.app.screen
        assert isinstance(shown, HelpScreen)
        assert isinstance(pilot.app, CasedeskApp)
        lines = ["".join(piece[0] for piece in line) for line in write_help(pilot.app.keymap, shown.is_offered, 200)]
        assert any("Show the keys and the query language." in line for line in lines)
        for action in needing("triage", right):
            assert not any(action.summary in line for line in lines), action.id


def test_without_the_right_to_read_tickets_the_interface_does_not_open(full_desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="ana may not read tickets and responses"):
        open_desk(without(full_desk, TICKETS_VIEW))
