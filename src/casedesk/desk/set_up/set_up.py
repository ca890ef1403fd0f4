"""The whole set-up of a desk as one file: written, compared, and applied (X14)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk.desk.set_up.differing import differences
from casedesk.desk.set_up.document import Read, read, written
from casedesk.desk.set_up.mistakes import Mistakes
from casedesk.desk.set_up.part import Applying
from casedesk.desk.set_up.parts import PARTS
from casedesk.desk.set_up.tolerant import tolerate_what_comes_with_data
from casedesk.desk.values import Outcome, SetUpDifference
from casedesk.domain.errors import Conflict
from casedesk.domain.rights import CONFIGURE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from casedesk.desk.desk import Desk
    from casedesk.desk.set_up.part import Entry, Part
    from casedesk.desk.together import JoinedDesk

_ACT = "import set-up"

_State = dict[str, "list[Entry]"]


class SetUp:
    """`desk.set_up`: export and import. Needs the right to configure; what a file changes needs its own, too."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def export(self) -> str:
        """The set-up as TOML. The same set-up is always the same text, to the byte, whichever desk it is in."""
        self._desk.require(CONFIGURE)
        with self._desk.acts.together(_ACT, right=CONFIGURE, keep=False) as whole:
            # Inside one transaction, so that all of it is of one moment.
            return written(whole.desk.name, [(part, part.read(whole.desk)) for part in PARTS])

    def difference(self, text: str) -> SetUpDifference:
        """What the file would change: found by doing it and rolling it back, so that it can't differ.

        Raises SetUpMistakes with all that is wrong, and NotPermitted for a change that needs another right.
        """
        return self._apply(text, keep=False, seen=None)[0]

    def apply(self, text: str, *, seen: SetUpDifference | None = None) -> Outcome:
        """Change the desk as the file says, as one act. Without a difference nothing is written, and there is no act.

        `seen` is the difference as somebody has agreed to it: Conflict when it is another one by now. Open tickets'
        timers follow by `desk.service_levels.recompute`. Raises SetUpMistakes and NotPermitted, and does nothing then.
        """
        return self._apply(text, keep=True, seen=seen)[1]

    def _apply(self, text: str, *, keep: bool, seen: SetUpDifference | None) -> tuple[SetUpDifference, Outcome]:
        self._desk.require(CONFIGURE)
        wanted, lines = read(text)
        with self._desk.acts.together(_ACT, right=CONFIGURE, keep=keep) as whole:
            tolerate_what_comes_with_data(whole.desk)
            to = Applying(whole.desk, Mistakes(lines.line_of))
            found = _applied(to, wanted)
            if seen is not None and found != seen:
                raise Conflict("The desk has changed since you saw the difference; look at it again.")
            whole.summary = f"set-up imported: {said(found)}"
            whole.keep = keep and bool(found.changes)
        return found, replace(whole.outcome, notes=found.notes)


def _applied(to: Applying, wanted: Read) -> SetUpDifference:
    """Apply the file to the desk of an open transaction. Raises SetUpMistakes."""
    parts = [part for part in PARTS if part.key in wanted]
    before = _state(to.desk)
    for part in parts:
        _if_differing(to, part, wanted[part.key], part.put)
    to.mistakes.refuse()  # what couldn't be put is no reason to drop things
    for part in reversed(parts):
        _if_differing(to, part, wanted[part.key], part.drop)
    for part in parts:  # what one table names and another takes away is said now
        _if_differing(to, part, wanted[part.key], part.put)
    to.mistakes.refuse()
    after = _state(to.desk)
    changes = [change for part in PARTS for change in differences(part, before[part.key], after[part.key], to.fates)]
    return SetUpDifference(tuple(changes), tuple(dict.fromkeys(to.notes)))


def _if_differing(
    to: Applying, part: Part, wanted: list[Entry], change: Callable[[Applying, Sequence[Entry]], None]
) -> None:
    """Change a kind unless it is so already: what isn't changed needs no right."""
    if not part.is_so(part.read(to.desk), wanted):
        to.desk.require(part.right)
        change(to, wanted)


def _state(desk: JoinedDesk) -> _State:
    return {part.key: part.read(desk) for part in PARTS}


def said(difference: SetUpDifference) -> str:
    """A difference in a few words: `2 added, 1 changed`."""
    counts = [(difference.count(what), what) for what in ("added", "changed", "retired", "removed")]
    return ", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing to change"
