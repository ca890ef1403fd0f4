"""How a screen offers in a menu what is kept under names: its macros and its views."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, ClassVar

from textual.widget import Widget

if TYPE_CHECKING:
    from casedesk.domain.errors import CasedeskError
    from casedesk.tui.acting import Acting
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.forms import Form


class Offering(Widget):
    """Invisible. Opens the menu at once, so that a key typed right after is for it, and fills it once the desk is read.

    What it changes is handed to `acting` at once, so that a key typed right after is for its form.
    """

    TITLE: ClassVar[str]

    app: CasedeskApp

    def __init__(self, acting: Acting) -> None:
        super().__init__(id=self.TITLE.lower())
        self.display = False
        self._acting = acting
        self._menu: Any = None  # that is open and still empty
        self._here = copy_context()

    def on_mount(self) -> None:
        self._here = copy_context()

    def reload(self) -> None:
        """Read again what is kept, and then fill the menu."""
        raise NotImplementedError

    def choose(self, choice: Any) -> None:
        """Do what was chosen; None is nothing."""
        raise NotImplementedError

    def open(self) -> None:
        """Show the menu."""
        from casedesk.tui.modals.menu import Menu

        # The menu tells it while it goes. What is shown next has to be as if asked for from here, not from the menu:
        # its answer goes back to where it was asked for, and the menu is gone by then.
        self._menu = Menu(self.TITLE, lambda choice: self._here.run(self.choose, choice))
        self.app.push_screen(self._menu)
        self._acting.after(self.reload)  # what is done just now may change what is to be offered

    async def fill(self, error: CasedeskError | None, form: Callable[[], Form[Any]]) -> bool:
        """Fill the menu that is still empty, or say why it can't be. Whether there was one to fill."""
        menu, self._menu = self._menu, None
        if menu is not None and error is not None:
            menu.give_up()
            self.app.tell(error.sentence, "error")
        elif menu is not None:
            await menu.show_form(form())
            return True
        return False
