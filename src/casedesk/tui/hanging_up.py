"""What happens when the terminal goes away or the program is asked to end: what was being typed is kept (page 5).

Nothing here goes by the event loop: once nobody reads the terminal any more, the loop may wait for ever to write to it.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

from casedesk.tui.drafts import keep_drafts

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp

PATIENCE = 5.0
"""Seconds that keeping drafts may take; then the program ends all the same."""


def follow_signals(app: CasedeskApp) -> None:
    """From now on SIGHUP, SIGTERM and a terminal that is gone end the program once drafts are kept; where there are no
    such signals, nothing changes."""

    def end(number: int, _frame: FrameType | None) -> None:
        _end(app, number)

    if not hasattr(signal, "SIGHUP") or threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, end)
    threading.Thread(target=_watch_terminal, name="terminal watch", daemon=True).start()


def _end(app: CasedeskApp, number: int) -> None:
    """Keep the drafts, and end. Without a terminal there is nothing to tidy up; else it is left as it was."""
    signal.signal(number, signal.SIG_IGN)  # the system and the watch may both send it
    last = threading.Timer(PATIENCE, os._exit, (128 + number,))
    last.daemon = True
    last.start()
    keep_drafts(app)
    signal.signal(number, signal.SIG_DFL)
    if number == signal.SIGHUP:
        os.kill(os.getpid(), number)
    else:
        app.call_later(app.exit, return_code=128 + number)


def _watch_terminal() -> None:
    """Wait until the terminal is gone: who has no terminal of his own, as under `nohup`, gets no signal then."""
    if sys.__stdin__ is None or not sys.__stdin__.isatty():
        return
    watch = select.poll()
    watch.register(sys.__stdin__.fileno(), 0)  # tells when it is hung up, and nothing else
    for _, event in watch.poll():
        if event & (select.POLLHUP | select.POLLERR):
            os.kill(os.getpid(), signal.SIGHUP)
