"""Roles and their rights, and that somebody can manage the desk (behaviour 9.1, S13)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from casedesk import model
from casedesk.desk.doctor.check import DeskCheck, Mending, Subject
from casedesk.desk.values import Finding
from casedesk.domain.rights import KEPT, RIGHTS


def _unknown(subject: Subject) -> Iterator[tuple[int, str, list[str]]]:
    """Roles with something among their rights that isn't one."""
    for role_id, name, kept in subject.reader.rows("SELECT id, name, rights FROM role ORDER BY id"):
        rights = json.loads(kept)
        unknown = [str(right) for right in rights if right not in RIGHTS]
        if unknown or len(set(map(str, rights))) < len(rights):
            yield role_id, name, unknown


def _roles(subject: Subject) -> Iterator[Finding]:
    for role_id, name, unknown in _unknown(subject):
        what = f"rights that there aren't: {', '.join(unknown)}" if unknown else "a right twice"
        yield Finding(f"The role “{name}” has {what}.", (role_id,), mendable=True)


def _mend_roles(mending: Mending) -> str:
    names = []
    with mending.recorded() as recorder:
        for role_id, name, _unknown_rights in _unknown(mending.subject):
            role = recorder.session.get(model.Role, role_id)
            assert role is not None
            kept = [right for right in dict.fromkeys(role.rights) if right in RIGHTS]
            recorder.set(role, "rights", kept, kind="role", texts=(name, name))
            names.append(name)
    return f"{', '.join(names)} has only rights that there are"


def _administrators(subject: Subject) -> Iterator[Finding]:
    held: set[str] = set()
    for (rights,) in subject.reader.rows("SELECT r.rights FROM user u JOIN role r ON r.id = u.role_id WHERE u.active"):
        held |= {str(right) for right in json.loads(rights)}
    for right in KEPT:
        if right not in held:
            yield Finding(
                f"Nobody who is active may {RIGHTS[right]}.",
                way_out="A backup from before has somebody who may; nobody else can give the right back.",
            )


CHECKS = (
    DeskCheck("roles", "roles have rights that there are", "their rights are all known", _roles, _mend_roles),
    DeskCheck("administrators", "somebody may manage users and the set-up", "somebody may", _administrators),
)
