"""The rights that nobody may take away from the last person who has them (S13): managing users and configuring."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.domain.rights import KEPT, RIGHTS

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.store.reader import Reader

_ACTIVE = "SELECT u.login, r.rights FROM user u JOIN role r ON r.id = u.role_id WHERE u.active ORDER BY u.login"

Holders = dict[str, tuple[str, ...]]
"""The active users who have each of the kept rights."""


def holders(reader: Reader) -> Holders:
    """Who has the kept rights, as it was committed last."""
    return _holders([(login, json.loads(rights)) for login, rights in reader.rows(_ACTIVE)])


def keep_last_doors(session: Session, before: Holders, error: type[CasedeskError] = InvalidInput) -> None:
    """Raise `error` when a change in this transaction leaves nobody with a right that must be kept."""
    session.flush()
    rows = session.connection().exec_driver_sql(_ACTIVE).all()
    after = _holders([(login, json.loads(rights)) for login, rights in rows])
    for right in KEPT:
        if after[right] or not before[right]:
            continue
        *others, last = before[right]
        who = f"{', '.join(others)} and {last} are" if others else f"{last} is"
        raise error(f"{who} the last who may {RIGHTS[right]}; give somebody else that right first.")


def _holders(users: list[tuple[str, list[str]]]) -> Holders:
    return {right: tuple(login for login, rights in users if right in rights) for right in KEPT}
