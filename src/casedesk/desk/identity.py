"""Who is at the desk: the operating system's user, found among the desk's users (behaviour 9.1)."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casedesk.desk.values import User
from casedesk.domain.errors import NotPermitted
from casedesk.domain.rights import USERS
from casedesk.store import Store

_USERS = """
    SELECT u.id, u.login, u.name, r.name, u.active, r.rights, u.away
    FROM user u JOIN role r ON r.id = u.role_id {where} ORDER BY u.login"""


def login_name() -> str:
    """The operating system's name of the present user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "user"


def _user(row: tuple[int, str, str, str, int, str, int]) -> User:
    number, login, name, role, active, rights, away = row
    return User(number, login, name, role, bool(active), frozenset(json.loads(rights)), bool(away))


def list_users(store: Store) -> list[User]:
    """Every user, by login."""
    return [_user(row) for row in store.reader().rows(_USERS.format(where=""))]


def find_user(store: Store, login: str) -> User:
    """The active user with this login. Raises NotPermitted, naming who may add users."""
    row = store.reader().row(_USERS.format(where="WHERE u.login = ?"), (login,))
    if row is not None and row[4]:
        return _user(row)
    may_add = [user.login for user in list_users(store) if user.active and USERS in user.rights]
    who = " or ".join(may_add) or "an administrator"
    reason = "is not a user of this desk" if row is None else "is no longer an active user of this desk"
    raise NotPermitted(f"{login} {reason}; {who} may add them with `casedesk users add {login}`.")


def machine_zone() -> str:
    """This machine's IANA zone; UTC when it doesn't tell."""
    for name in (os.environ.get("TZ", ""), _zone_of_localtime()):
        try:
            return ZoneInfo(name.lstrip(":")).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def _zone_of_localtime() -> str:
    try:
        parts = Path("/etc/localtime").resolve().parts
    except OSError:
        return ""
    return "/".join(parts[parts.index("zoneinfo") + 1 :]) if "zoneinfo" in parts else ""
