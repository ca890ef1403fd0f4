"""A modal that takes its keys itself.

Keys come to the modal, not to a focused list: it is pushed at once, before its form is known, keeps the keys typed
meanwhile and takes them when the form is there. So nothing typed ahead is lost or goes elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.screen import ModalScreen

from casedesk.tui.widgets.anchored import AnchoredScreen

if TYPE_CHECKING:
    from casedesk.tui.key_order import KeyOrder

Result = TypeVar("Result")

LEAVE_QUESTION = "Throw away what you entered?   y yes · n no"
"""Asked before typed text is lost."""


class KeyModal(ModalScreen[Result], AnchoredScreen):
    """A modal that takes its keys itself. `ready` is false as long as they are only kept."""

    AUTO_FOCUS = ""
    app: KeyOrder

    def __init__(self) -> None:
        super().__init__()
        self.ready = True
        self._kept: list[events.Key] = []

    def on_key(self, event: events.Key) -> None:
        if not self.is_current:
            self._hand_on([event])
        elif not self.ready:
            self._kept.append(event)
        elif not self.press(event.key, event.character):
            return
        event.stop()
        event.prevent_default()

    def take_kept(self) -> None:
        """Take the keys typed before the modal was ready; those after the one that ends it are for what comes next."""
        self.ready = True
        kept, self._kept = self._kept, []
        while kept and self.is_current and self.ready:
            event = kept.pop(0)
            self.press(event.key, event.character)
        if self.is_current:
            self._kept = [*kept, *self._kept]
        else:
            self._hand_on(kept)

    def give_up(self) -> None:
        """Leave without ever having asked; what was typed for it ahead is forgotten."""
        self._kept.clear()
        self.app.forget_typed()
        self.dismiss(None)

    def _hand_on(self, typed: Sequence[events.Key]) -> None:
        """Give keys that were typed ahead to the screen that is there now, before any typed later."""
        self.app.put_back([_typed_again(event) for event in typed])

    def press(self, key: str, character: str | None) -> bool:
        """Take one key; True when it meant something."""
        raise NotImplementedError


def _typed_again(event: events.Key) -> events.Key:
    """The same key, for another screen; it keeps the time at which it was typed."""
    again = events.Key(event.key, event.character)
    again.time = event.time
    return again
