"""Several changes of the desk as one act, in one transaction (X3, X14).

While they are made, a desk of its own stands in for the usual one: its reads see what the transaction has done so far,
and its acts join the one act. Whatever it has read and kept is gone with it, so a rollback leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.acts import Acts
from casedesk.desk.desk import Desk
from casedesk.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.values import Outcome, User
    from casedesk.store.reader import Reader


@dataclass(slots=True)
class Together:
    """What `acts.together` hands out: change things by `desk`, say in `summary` what was done, and in `keep` whether
    it is to stay.

    `outcome` is known afterwards; it has no act when nothing was changed or kept.
    """

    desk: JoinedDesk
    summary: str
    keep: bool
    outcome: Outcome


class JoinedDesk(Desk):
    """The desk as an open transaction sees it. It is for one thread, and for as long as the transaction is open."""

    def __init__(self, desk: Desk, session: Session, act: model.Act, user: User | None = None) -> None:
        super().__init__(_SessionStore(desk.store, session), user or desk.user, behind=desk.behind, clock=desk.clock)
        self._usual, self._session, self._act = desk, session, act
        vars(self)["acts"] = _JoinedActs(self, act)

    def on_behalf_of(self, user: User) -> JoinedDesk:
        """The same transaction, act and rights where what belongs to another user is changed."""
        return JoinedDesk(self._usual, self._session, self._act, replace(user, rights=self.user.rights))


class _SessionStore(Store):
    """The store as an open session sees it. Closing it closes nothing: the session belongs to somebody else."""

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store.path)
        self._session = session

    def reader(self) -> Reader:
        # A new one each time: what is kept by reader, such as names, would be out of date after the next change.
        return self.reader_of(self._session)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A part of the transaction: what fails in it is rolled back by itself."""
        with self._session.begin_nested():
            yield self._session


class _JoinedActs(Acts):
    """Acts that all become parts of one."""

    def __init__(self, desk: Desk, act: model.Act) -> None:
        super().__init__(desk)
        self._act = act

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        # Timers follow at the end of the whole.
        with self._desk.store.write() as session:
            yield session

    def _begin(self, session: Session, name: str, undoes_id: int | None = None) -> model.Act:
        return self._act
