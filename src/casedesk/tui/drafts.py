"""Drafts while they are typed: kept at every pause, and when the terminal goes away (behaviour 5.4)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from casedesk.domain.errors import CasedeskError

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Draft
    from casedesk.tui.app import CasedeskApp

PAUSE = 1.0
"""Seconds without a key after which what was typed is kept."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The text field of a form whose text is kept, and the kind of draft that it is to the desk."""

    kind: str
    field: str


class DraftKeeper(Widget):
    """Keeps the text of one field of a form about one ticket. Invisible."""

    app: CasedeskApp

    class _Failed(Message):
        def __init__(self, error: CasedeskError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, desk: Desk, ticket: int, drafted: Drafted, found: Draft | None) -> None:
        super().__init__(id="draft-keeper")
        self.display = False
        self.desk = desk
        self.ticket = ticket
        self.drafted = drafted
        self.found = found
        self.written: Callable[[], str] | None = None  # reads the field, where the program may not wait to be told
        self.outlives = False  # the form is left without a result, and the draft stays
        self._text = found.body.strip() if found is not None else ""
        self._kept = self._text
        self._pause: Timer | None = None
        self._ended = False
        self._lock = threading.RLock()  # a signal may come while this thread keeps it

    @property
    def said(self) -> str:
        """Of when the draft is that stands in the form, and how to be rid of it; nothing where none does."""
        if self.found is None:
            return ""
        zone = self.desk.zone
        at, now = self.found.at.astimezone(zone), self.desk.now().astimezone(zone)
        day = "" if at.date() == now.date() else f"{at:%d %b} " if at.year == now.year else f"{at:%d %b %Y} "
        return f"Draft of {day}{at:%H:%M} · ctrl+l clears it"

    def typed(self, text: str) -> None:
        """Another text stands in the field: it is kept once the typing pauses."""
        self._text = text.strip()
        if self._pause is not None:
            self._pause.stop()
        if self._text != self._kept:
            self._pause = self.set_timer(PAUSE, self._keep_soon)

    def _keep_soon(self) -> None:
        self.run_worker(self._keep, thread=True, group="draft")

    def _keep(self) -> None:
        try:
            self.keep_now()
        except CasedeskError as error:
            self.post_message(self._Failed(error))

    def look(self) -> None:
        """Take what stands in the field now."""
        if self.written is not None:
            self._text = self.written().strip()

    def keep_now(self) -> None:
        """Keep what stands there, at once. Raises CasedeskError where the desk can't be written."""
        with self._lock:
            if not self._ended and self._text != self._kept:
                text = self._text
                self.desk.drafts.keep(self.ticket, self.drafted.kind, text)
                self._kept = text

    def outlive(self) -> None:
        """Keep what stands there also when the form is left."""
        self.outlives = True
        self._keep()

    def end(self) -> None:
        """Keep nothing more: the form was handed in or left."""
        with self._lock:
            self._ended = True

    def discard(self) -> None:
        """Forget the draft. Raises CasedeskError where the desk can't be written."""
        with self._lock:
            self.desk.drafts.discard(self.ticket, self.drafted.kind)
            self._kept = ""

    @on(_Failed)
    def _say_failed(self, message: _Failed) -> None:
        self.app.tell(f"What you type isn't kept: {message.error.sentence}", "warning")

    def on_unmount(self) -> None:
        """The program ends while the form is open."""
        self._keep()


def keep_drafts(app: CasedeskApp) -> None:
    """Keep what stands in every open form, at once: the program is about to end."""
    for screen in app.screen_stack:
        for keeper in screen.query(DraftKeeper):
            try:
                keeper.look()
                keeper.keep_now()
            except CasedeskError as error:
                app.log.error(f"A draft is lost: {error.sentence}")
