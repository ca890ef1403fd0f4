"""How far the setting up of a desk is, so that it can be left and gone on with later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from casedesk import model
from casedesk.desk.values import AssistantProgress
from casedesk.domain.rights import CONFIGURE

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

KEY: Final = "assistant"
"""The setting that holds it. It is none of those that people change, so nothing shows or exports it."""

DESK, CLOSE_OPTIONS = "desk", "close-options"
"""The first two steps."""


class Assistant:
    """`desk.assistant`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def progress(self) -> AssistantProgress | None:
        """How far it is; None on a desk that nobody has begun to set up step by step."""
        kept = self._desk.setup.setting(KEY)
        if not isinstance(kept, dict):
            return None
        return AssistantProgress(
            at=str(kept.get("at", "")),
            done=_names(kept.get("done")),
            skipped=_names(kept.get("skipped")),
            finished=bool(kept.get("finished")),
        )

    def unfinished(self) -> bool:
        """Whether somebody has begun to set the desk up and the present user may go on with it."""
        progress = self.progress() if self._desk.can(CONFIGURE) else None
        return progress is not None and not progress.finished

    def begin(self) -> None:
        """Let the setting up begin behind the first step: a desk is made with its name and its zone."""
        self.keep(AssistantProgress(at=CLOSE_OPTIONS, done=frozenset({DESK})))

    def keep(self, progress: AssistantProgress) -> None:
        """Remember how far it is. Raises NotPermitted.

        It is a bookmark and no change of what the desk does: it leaves no line of activity, so that undo takes back
        the change made in a step and not the step.
        """
        self._desk.require(CONFIGURE)
        kept = {
            "at": progress.at,
            "done": sorted(progress.done),
            "skipped": sorted(progress.skipped),
            "finished": progress.finished,
        }
        with self._desk.store.write() as session:
            session.merge(model.Setting(key=KEY, value=kept))


def _names(kept: object) -> frozenset[str]:
    return frozenset(str(name) for name in kept) if isinstance(kept, Iterable) else frozenset()
