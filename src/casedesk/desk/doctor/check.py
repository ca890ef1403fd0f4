"""What a check of the desk is, and what it is given to look at and to mend with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Finding
from casedesk.store.faults import ReadingCancelled

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.settings.preferences import Preferences
    from casedesk.store.reader import Reader

Looked = Callable[[str, int, int], bool]
"""Told what is looked at or mended, and how much of how much of it (0 of 0: nobody knows); False stops."""

TOLD = 20
"""Records of one kind of fault that are named; the rest are counted."""


@dataclass(frozen=True)
class Subject:
    """A desk that is looked over. `desk` reads it with every right and can't write; `now` is in seconds, UTC."""

    path: Path
    desk: Desk
    connection: sqlite3.Connection
    schema: int
    now: int
    preferences: Preferences | None = None
    progress: Looked | None = None

    @property
    def reader(self) -> Reader:
        """Reads the desk."""
        return self.desk.store.reader()

    def tell(self, what: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is. Raises ReadingCancelled when somebody stopped it."""
        if self.progress is not None and not self.progress(what, done, total):
            raise ReadingCancelled("The examination was stopped.")


@dataclass
class Mending:
    """What is mended goes through here: `desk` is the opened desk, `examined` what was found.

    Changes of records are made by `recorded`, all as parts of one act of the system.
    """

    desk: Desk
    subject: Subject
    done: list[str] = field(default_factory=list)
    _act_id: int | None = None

    @contextmanager
    def recorded(self) -> Iterator[Recorder]:
        """A transaction whose changes are lines of the one act of this mending."""
        with self.desk.acts.transaction() as session:
            act = session.get(model.Act, self._act_id) if self._act_id else None
            if act is None:
                act = model.Act(
                    at=self.desk.seconds(),
                    name="mend",
                    summary="mended by doctor",
                    actor_kind="system",
                    user_id=self.desk.user.id,
                )
                session.add(act)
                session.flush()
            yield Recorder(session, act)
        self._act_id = act.id

    def finish(self) -> None:
        """Let the act, if there is one, say what was done."""
        if self._act_id is not None:
            with self.desk.acts.transaction() as session:
                act = session.get(model.Act, self._act_id)
                assert act is not None
                act.summary = f"mended: {'; '.join(self.done)}"


Look = Callable[[Subject], Iterable[Finding]]
Mend = Callable[[Mending], str]
"""Mends what the check of the same name finds, and says in a few words what was done."""


@dataclass(frozen=True, slots=True)
class DeskCheck:
    """One check: its name, what it looks at, what is said when nothing is wrong, and the two functions.

    `of_any_schema`: it also looks at a desk of an older schema, which has fewer tables.
    """

    name: str
    meaning: str
    sound: str
    look: Look
    mend: Mend | None = None
    of_any_schema: bool = False


def counted(
    subject: Subject, sql: str, one: str, many: str, *, mendable: bool = False, way_out: str = ""
) -> Iterator[Finding]:
    """A finding about all the ids that a statement yields; nothing when it yields none.

    `{n}` stands for how many in the sentence about several, `{id}` for the id in the one about one.
    """
    ids = [row[0] for row in subject.reader.rows(sql)]
    if ids:
        yield about(ids, one, many, mendable=mendable, way_out=way_out)


def about(ids: Sequence[int], one: str, many: str, *, mendable: bool = False, way_out: str = "") -> Finding:
    """The finding about these records."""
    sentence = one.format(id=ids[0]) if len(ids) == 1 else many.format(n=f"{len(ids):,}")
    return Finding(sentence, tuple(ids[:TOLD]), len(ids), mendable, way_out)
