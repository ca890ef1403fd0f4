"""The command palette: every action of the registry, and every theme, seen as it is gone over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from casedesk.tui.actions import ACTIONS, Action
from casedesk.tui.drawing import line_of
from casedesk.tui.widgets.anchored import AnchoredScreen

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp


class Palette(CommandPalette, AnchoredScreen):
    """The palette, over whatever is on the screen."""


@dataclass(frozen=True)
class RunAction:
    """The command behind an action."""

    app: CasedeskApp
    action: Action

    async def __call__(self) -> None:
        await self.app.run_action(self.action.call, self.app.screen if "app" not in self.action.where else None)


@dataclass(frozen=True)
class ChooseTheme:
    """The command behind a theme; the app shows the theme already when this is gone over."""

    app: CasedeskApp
    name: str

    def __call__(self) -> None:
        self.app.keep_theme(self.name)


def _score(score: float, title: str, query: str) -> float:
    """A fuzzy score, with a title that begins as was typed before all others."""
    return score + 1000 * title.casefold().startswith(query.casefold())


class Commands(Provider):
    """The actions that are offered here."""

    def _actions(self) -> Iterator[Action]:
        offers = getattr(self.screen, "offers", None)
        may = cast("CasedeskApp", self.app).may
        for action in ACTIONS:
            if action.palette and may(action.id) and (offers is None or offers(action.id)):
                yield action

    def _shown(self, action: Action, title: Content) -> Content:
        key = cast("CasedeskApp", self.app).keymap.shown(action.id)
        return Content.assemble(title, "  ", (key, "$accent")) if key else title

    async def discover(self) -> Hits:
        app = cast("CasedeskApp", self.app)
        for action in self._actions():
            title = self._shown(action, Content(action.title))
            yield DiscoveryHit(title, RunAction(app, action), action.title, action.summary)

    async def search(self, query: str) -> Hits:
        app = cast("CasedeskApp", self.app)
        matcher = self.matcher(query)
        for action in self._actions():
            score = _score(matcher.match(action.title), action.title, query)
            if score > 0:
                title = self._shown(action, matcher.highlight(action.title))
                yield Hit(score, title, RunAction(app, action), action.title, action.summary)


class ThemeCommands(Provider):
    """The themes."""

    async def startup(self) -> None:
        app = cast("CasedeskApp", self.app)
        themes, problems = app.themes.all()
        self._themes = [(line_of(theme.title, 40), theme.name) for theme in themes]
        if problems:
            app.tell("\n".join(problems[:4]), "warning")

    async def discover(self) -> Hits:
        app = cast("CasedeskApp", self.app)
        for title, name in self._themes:
            mark = " · present" if name == app.preferences.theme else ""
            yield DiscoveryHit(Content(f"{title}{mark}"), ChooseTheme(app, name), title)

    async def search(self, query: str) -> Hits:
        app = cast("CasedeskApp", self.app)
        matcher = self.matcher(query)
        for title, name in self._themes:
            score = _score(matcher.match(title), title, query)
            if score > 0:
                yield Hit(score, matcher.highlight(title), ChooseTheme(app, name), title)
