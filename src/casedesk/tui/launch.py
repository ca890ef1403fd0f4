"""The way from an opened desk to the first picture, kept short."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.settings.preferences import Preferences


def run(desk: Desk, preferences: Preferences) -> None:
    """Show the desk until the user leaves. Raises CasedeskError when it can't be read or the program has a mistake.

    What is loaded from here to the first picture stays until the end, so looking for garbage among it is a waste of
    a tenth of the time that it takes; the app looks again once it stands (`CasedeskApp.on_mount`).
    """
    gc.disable()
    from casedesk.tui.app import CasedeskApp, open_desk, run_app

    app = CasedeskApp(open_desk(desk), preferences)
    try:
        run_app(app)
    finally:
        app.close_desk()  # another one than at the start, once one was restored
