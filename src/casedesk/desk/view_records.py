"""The rows in which views are kept: those of one user or the shared ones, in their order, each name once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.domain.errors import Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.values import View


def group_of(session: Session, owner_id: int | None) -> Sequence[model.View]:
    """The views of one user, or the shared ones, in their order."""
    from sqlmodel import col, select

    wanted = select(model.View).where(col(model.View.owner_id).is_not_distinct_from(owner_id))
    return session.exec(wanted.order_by(col(model.View.position), col(model.View.id))).all()


def last_position(group: Iterable[model.View]) -> int:
    """The position of the last of these views; 0 without any."""
    return max((row.position for row in group), default=0)


def row_of(session: Session, view: View) -> model.View:
    """The view's row. Raises NotFound."""
    row = session.get(model.View, view.id)
    if row is None:
        raise NotFound(f"The view “{view.name}” is gone.")
    return row


def check_free(session: Session, name: str, user_id: int, but: int | None = None) -> None:
    """Raise InvalidInput when a view that the user sees has the name, in any case: one of the two couldn't be called by
    it. `but` is the view that is to have it."""
    for row in [*group_of(session, user_id), *group_of(session, None)]:
        if row.id != but and row.name.casefold() == name.casefold():
            whose = "shared view" if row.owner_id is None else "view of yours"
            raise InvalidInput(f"There is a {whose} “{row.name}” already.")


def check_views(session: Session) -> None:
    """Raise Conflict when two views would have one name: for acts that are taken back."""
    from sqlmodel import select

    seen: set[tuple[int | None, str]] = set()
    for row in session.exec(select(model.View)).all():
        key = (row.owner_id, row.name.casefold())
        if key in seen:
            raise Conflict(f"There is another view “{row.name}” by now; rename it first.")
        seen.add(key)


def said(value: object) -> str:
    """What a view's field holds, for the line of activity."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(column["column"]) for column in value)
    return "" if value is None else str(value)
