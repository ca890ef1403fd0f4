"""Roles as sets of single rights, which an administrator edits (behaviour 9.1, M13, S13)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from casedesk import model
from casedesk.desk.last_doors import holders, keep_last_doors
from casedesk.desk.list_entries import same
from casedesk.desk.matching import did_you_mean
from casedesk.desk.naming import a_name
from casedesk.desk.values import Outcome, Role
from casedesk.domain.errors import InvalidInput, NotThere, Unchanged
from casedesk.domain.rights import RIGHTS, TICKETS_VIEW, USERS, sorted_rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder


class Roles:
    """`desk.roles`. Every change is one act that can be taken back, and counts when its users next open the desk.

    Whatever is done, somebody active keeps the right to manage users, and the one to configure.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[Role]:
        """Every role in the order in which they were made, with the users who have it."""
        self._desk.require(TICKETS_VIEW, USERS)
        reader = self._desk.store.reader()
        users: dict[int, tuple[list[str], list[str]]] = {}
        for role_id, login, active in reader.rows("SELECT role_id, login, active FROM user ORDER BY login"):
            users.setdefault(role_id, ([], []))[0 if active else 1].append(login)
        roles = []
        for role_id, name, rights in reader.rows("SELECT id, name, rights FROM role ORDER BY id"):
            active, retired = users.get(role_id, ([], []))
            roles.append(Role(role_id, name, sorted_rights(json.loads(rights)), tuple(active), tuple(retired)))
        return roles

    def show(self, name: str) -> Role:
        """A role by its name, in any case. Raises InvalidInput with the nearest names."""
        return _found(self.list(), name)

    def add(self, name: str, *, copy_of: str | None = None, rights: Iterable[str] = ()) -> Outcome:
        """Make a role: with these rights, or with those of another role.

        Raises InvalidInput for a name that can't be or is taken, and for a right that doesn't exist.
        """
        granted = _known(rights)
        copied = self.show(copy_of) if copy_of is not None else None

        def change(recorder: Recorder) -> str:
            fresh = _free_name(recorder.session, name)
            held = sorted_rights((*granted, *(copied.rights if copied else ())))
            row = model.Role(id=_fresh_id(recorder.session), name=fresh, rights=list(held))
            recorder.add(row, kind="role", text=f"{fresh}: {_words(held)}")
            return f"role “{fresh}” added" + (f" as a copy of “{copied.name}”" if copied else f" with {_count(held)}")

        return self._desk.acts.once("add role", change, right=USERS)

    def rename(self, name: str, new_name: str) -> Outcome:
        """Give a role another name. Raises Unchanged when it is called so already."""

        def change(recorder: Recorder) -> str:
            row = role_called(recorder.session, name)
            before = row.name
            fresh = _free_name(recorder.session, new_name, own=row)
            if not recorder.set(row, "name", fresh, kind="role", texts=(before, fresh)):
                raise Unchanged(f"The role “{before}” is called so already.")
            return f"role “{before}” → “{fresh}”"

        return self._desk.acts.once("rename role", change, right=USERS)

    def remove(self, name: str, *, replace_by: str | None = None) -> Outcome:
        """Remove a role. With `replace_by` its users get that role, as the same act.

        Raises InvalidInput, saying who, while users have it, retired ones included.
        """

        def change(recorder: Recorder) -> str:
            before = holders(self._desk.store.reader())
            row = role_called(recorder.session, name)
            other = role_called(recorder.session, replace_by) if replace_by is not None else None
            if other is row:
                raise InvalidInput(f"“{row.name}” can't replace itself.")
            users = _users_of(recorder.session, row)
            if users and other is None:
                raise InvalidInput(f"{_who(users)} the role “{row.name}”; say which role they are to get instead.")
            for user in users if other else ():
                assert other is not None
                recorder.set(user, "role_id", other.id, kind="role", texts=(row.name, other.name))
            recorder.session.flush()
            recorder.remove(row, kind="role", text=f"{row.name}: {_words(row.rights)}")
            keep_last_doors(recorder.session, before)
            moved = f"; {', '.join(user.login for user in users)} → {other.name}" if users and other else ""
            return f"role “{row.name}” removed{moved}"

        return self._desk.acts.once("remove role", change, right=USERS)

    def grant(self, name: str, *rights: str) -> Outcome:
        """Give a role single rights. Raises Unchanged when it has them all, InvalidInput for one that doesn't exist."""
        return self._change(name, rights, granted=True)

    def withhold(self, name: str, *rights: str) -> Outcome:
        """Take single rights from a role. Raises Unchanged when it has none of them, and InvalidInput when nobody
        active would keep a right that somebody must have."""
        return self._change(name, rights, granted=False)

    def set_rights(self, name: str, rights: Iterable[str]) -> Outcome:
        """Let a role have exactly these rights."""
        wanted = frozenset(_known(rights))
        held = frozenset(self.show(name).rights)
        return self._record(name, wanted - held, held - wanted)

    def _change(self, name: str, rights: Sequence[str], *, granted: bool) -> Outcome:
        known = frozenset(_known(rights))
        if not known:
            raise InvalidInput("Say which right.")
        held = frozenset(self.show(name).rights)
        return self._record(name, known - held if granted else frozenset(), frozenset() if granted else known & held)

    def _record(self, name: str, granted: frozenset[str], withheld: frozenset[str]) -> Outcome:
        def change(recorder: Recorder) -> str:
            before = holders(self._desk.store.reader())
            row = role_called(recorder.session, name)
            said = [
                f"{_rights(each)} {verb} {row.name}"
                for each, verb in ((granted, "granted to"), (withheld, "withheld from"))
                if each
            ]
            if not said:
                raise Unchanged(f"The role “{row.name}”: nothing to change.")
            # What isn't known here may be a right of a newer program: it stays.
            unknown = [right for right in row.rights if right not in RIGHTS]
            rights = [*sorted_rights((frozenset(row.rights) | granted) - withheld), *unknown]
            recorder.set(row, "rights", rights, kind="role", texts=("", "; ".join(said)))
            keep_last_doors(recorder.session, before)
            return "; ".join(said)

        return self._desk.acts.once("rights", change, right=USERS)


def _known(rights: Iterable[str]) -> tuple[str, ...]:
    """The ids of rights that are given by id or by their words. Raises InvalidInput with the nearest."""
    by_words = {words.casefold(): right for right, words in RIGHTS.items()}
    known = []
    for given in rights:
        wanted = given.strip().casefold()
        found = wanted if wanted in RIGHTS else by_words.get(wanted)
        if found is None:
            hint = did_you_mean(wanted, RIGHTS, f"there is {', '.join(RIGHTS)}.")
            raise InvalidInput(f"There is no right “{given}”; {hint}")
        known.append(found)
    return tuple(known)


def _found(roles: Sequence[Role], name: str) -> Role:
    for role in roles:
        if same(role.name) == same(name):
            return role
    raise _no_role(name, [role.name for role in roles])


def _no_role(name: str, known: Sequence[str]) -> NotThere:
    """What is wrong with a role's name that nobody knows."""
    hint = did_you_mean(name, known, f"there is {', '.join(known)}.")
    return NotThere(f"There is no role “{name}”; {hint}")


def _rows(session: Session) -> Sequence[model.Role]:
    from sqlmodel import col, select

    return session.exec(select(model.Role).order_by(col(model.Role.id))).all()


def role_called(session: Session, name: str) -> model.Role:
    """The role with this name, in any case. Raises InvalidInput with the nearest names."""
    rows = _rows(session)
    for row in rows:
        if same(row.name) == same(name):
            return row
    raise _no_role(name, [row.name for row in rows])


def _users_of(session: Session, role: model.Role) -> Sequence[model.User]:
    from sqlmodel import col, select

    return session.exec(select(model.User).where(model.User.role_id == role.id).order_by(col(model.User.login))).all()


def _free_name(session: Session, name: str, own: model.Role | None = None) -> str:
    wanted = a_name("A role", normalize("NFC", name))
    if not any(letter.isprintable() and not letter.isspace() for letter in wanted):
        raise InvalidInput("A role needs a name that can be seen.")
    for row in _rows(session):
        if row is not own and same(row.name) == same(wanted):
            raise InvalidInput(f"There is a role “{row.name}” already.")
    return wanted


def _fresh_id(session: Session) -> int:
    """An id that no role had before: an older act that is taken back later means the role that it meant then."""
    found = session.connection().exec_driver_sql(
        """SELECT max(coalesce((SELECT max(id) FROM role), 0),
                      coalesce((SELECT max(record_id) FROM activity WHERE record = 'role' AND ticket_id IS NULL
                                AND contact_id IS NULL), 0))"""
    )
    return 1 + int(found.scalar_one())


def _who(users: Sequence[model.User]) -> str:
    """`ben and eve (retired) have`: the users as the beginning of a sentence."""
    names = [user.login if user.active else f"{user.login} (retired)" for user in users[:8]]
    if len(users) > len(names):
        names.append(f"{len(users) - len(names):,} others")
    *first, last = names
    return f"{', '.join(first)} and {last} have" if first else f"{last} has"


def _rights(rights: frozenset[str]) -> str:
    listed = ", ".join(f"“{RIGHTS[right]}”" for right in sorted_rights(rights))
    return f"{'right' if len(rights) == 1 else 'rights'} {listed}"


def _words(rights: Iterable[str]) -> str:
    return ", ".join(RIGHTS[right] for right in sorted_rights(rights)) or "no rights"


def _count(rights: Sequence[str]) -> str:
    return {0: "no rights", 1: "one right"}.get(len(rights), f"{len(rights)} rights")
