"""The saved views in the interface: the list behind their key, and what is done to them (S5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.timer import Timer

from casedesk.domain.errors import CasedeskError
from casedesk.tui.offering import Offering

if TYPE_CHECKING:
    from casedesk.desk.values import View, ViewColumn
    from casedesk.tui.acting import Acting
    from casedesk.tui.acts import Request
    from casedesk.tui.modals.change_view import Showing
    from casedesk.tui.modals.view_menu import Shown

COUNT_AFTER = 2.0
"""Seconds from a change of the desk until the views are counted again."""


@dataclass(frozen=True)
class Screenful:
    """What a screen shows, for the menu and for saving it."""

    shown: Shown
    showing: Showing


class Views(Offering):
    """Knows the user's views for the screen it is on, and counts what they list."""

    TITLE = "Views"

    class Chosen(Message):
        """A view is to be shown, or none."""

        def __init__(self, view: View | None) -> None:
            super().__init__()
            self.view = view

    class Listed(Message):
        """The views as they are now."""

        def __init__(self, views: Sequence[View], error: CasedeskError | None = None) -> None:
            super().__init__()
            self.views = views
            self.error = error

    class Counted(Message):
        """How many a view lists."""

        def __init__(self, view: View, count: int) -> None:
            super().__init__()
            self.view = view
            self.count = count

    class _Offered(Message):
        def __init__(self, view: View, offered: Sequence[ViewColumn]) -> None:
            super().__init__()
            self.view = view
            self.offered = offered

    def __init__(self, acting: Acting, screenful: Callable[[], Screenful]) -> None:
        super().__init__(acting)
        self._screenful = screenful
        self._open: Any = None  # the menu, until something is chosen
        self._listed: Sequence[View] = ()
        self._counts: dict[int, int] = {}
        self._counting = 0  # the last counting that was asked for
        self._soon: Timer | None = None
        self.followed: Sequence[View] = ()
        """The views whose counts the screen shows all the time."""
        self._next: str | None = None  # the name of the view that is to be shown once it is listed
        self._ask_columns = False

    # The list

    def reload(self) -> None:
        """Read the views again."""
        desk = self.app.desk

        def read() -> None:
            try:
                self.post_message(self.Listed(desk.views.list()))
            except CasedeskError as error:
                self.post_message(self.Listed((), error))

        self.run_worker(read, thread=True, group="views", exclusive=True)

    def open(self) -> None:
        """Show the list of views."""
        super().open()
        self._open = self._menu

    @on(Listed)
    async def _take_list(self, message: Listed) -> None:
        from casedesk.tui.modals.view_menu import form

        self._listed = message.views
        rights = self.app.desk.user.rights
        if await self.fill(message.error, lambda: form(message.views, self._counts, self._screenful().shown, rights)):
            self.count(message.views)
        self._show_next()

    def count(self, views: Sequence[View]) -> None:
        """Count what these list, one after the other, in the place of what is being counted."""
        self._counting += 1
        generation, desk, wanted = self._counting, self.app.desk, [view for view in views if not view.broken]

        def read() -> None:
            for view in wanted:
                if generation != self._counting or not self.is_attached:
                    return
                try:
                    self.post_message(self.Counted(view, desk.views.count(view)))
                except CasedeskError:
                    continue  # it was changed or deleted meanwhile: the next list shows it so

        if wanted:
            self.run_worker(read, thread=True, group="views count", exclusive=True)

    def count_soon(self) -> None:
        """Count what is followed again, in a while: on a busy desk not after each change."""

        def count() -> None:
            self._soon = None
            if self._open is None:
                self.count(self.followed)

        if self._soon is None and self.followed:
            self._soon = self.set_timer(COUNT_AFTER, count)

    @on(Counted)
    def _show_count(self, message: Counted) -> None:
        from casedesk.tui.modals.view_menu import choices
        from casedesk.tui.widgets.choice_list import ChoiceList

        self._counts[message.view.id] = message.count
        field = self._open.views.get("chosen") if self._open is not None else None
        if field is not None and isinstance(field.editor, ChoiceList):
            typed, editor = field.editor.typed, field.editor
            rights = self.app.desk.user.rights
            editor.offer(choices(self._listed, self._counts, self._screenful().shown, rights), cursor=editor.cursor)
            editor.typed = typed

    def choose(self, choice: Any) -> None:
        from casedesk.tui.modals.menu import Wanted
        from casedesk.tui.modals.view_menu import NONE, SAVE

        self._menu = self._open = None
        self.count(self.followed)
        if isinstance(choice, Wanted):
            self._change(choice)
        elif choice == SAVE:
            from casedesk.tui.modals.change_view import save_act

            self._acting.start(save_act(self._screenful().showing))
        elif choice is not None:
            self.post_message(self.Chosen(None if choice == NONE else choice))

    # Changing

    def _change(self, wanted: Any) -> None:
        from casedesk.tui.modals.change_view import change_act
        from casedesk.tui.modals.view_menu import COLUMNS

        if wanted.what == COLUMNS:
            self._ask_for_columns(wanted.which)
        else:
            self._acting.start(change_act(wanted.what, wanted.which, self._screenful().shown.filter))

    def _ask_for_columns(self, view: View) -> None:
        desk = self.app.desk

        def read() -> None:
            try:
                self.post_message(self._Offered(view, desk.views.offered_columns(view.campaign)))
            except CasedeskError:
                self.post_message(self._Offered(view, ()))

        self.run_worker(read, thread=True, group="views columns", exclusive=True)

    @on(_Offered)
    def _show_columns(self, message: _Offered) -> None:
        from casedesk.tui.modals.change_columns import ChangeColumns
        from casedesk.tui.modals.change_view import columns_act

        view = message.view

        def put(columns: tuple[ViewColumn, ...] | None) -> None:
            if columns is not None:
                self._acting.start(columns_act(view, columns))

        self.app.push_screen(ChangeColumns(view.name, view.columns, message.offered), put)

    def take_in(self, request: Request | None) -> None:
        """An act was done that touched no ticket: the views may be others; one that was saved is shown next."""
        from casedesk.tui.modals.change_view import NewView

        if request is not None and isinstance(request.result, NewView):
            self._next, self._ask_columns = request.result.name, request.result.choose_columns
        self.reload()

    def _show_next(self) -> None:
        name, self._next = self._next, None
        if name is None:
            return
        wanted = " ".join(name.split()).casefold()
        saved = [view for view in self._listed if view.name.casefold() == wanted]
        if saved:
            view = max(saved, key=lambda each: each.id)
            self.post_message(self.Chosen(view))
            if self._ask_columns:
                self._ask_for_columns(view)
