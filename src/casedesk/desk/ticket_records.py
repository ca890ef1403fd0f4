"""Reading all fields of many tickets in a few queries, for lists in JSON and for exports."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casedesk.desk.instants import moment
from casedesk.desk.values import Contact, TicketLine, TicketRecord

if TYPE_CHECKING:
    from casedesk.store.reader import Reader

_FIELDS = """
    SELECT t.id, t.description, t.contact_id, p.name, x.name, r.name, t.breached
    FROM ticket t
    LEFT JOIN plan p ON p.id = t.plan_id
    LEFT JOIN plan_exit_state x ON x.id = t.exit_state_id
    LEFT JOIN close_option r ON r.id = t.resolution_id
    WHERE t.id IN (SELECT value FROM json_each(?))"""

_HELPERS = """
    SELECT h.ticket_id, u.login FROM ticket_helper h JOIN user u ON u.id = h.user_id
    WHERE h.ticket_id IN (SELECT value FROM json_each(?)) ORDER BY u.login"""

_CLASSIFICATIONS = """
    SELECT tc.ticket_id, c.name FROM ticket_classification tc JOIN classification c ON c.id = tc.classification_id
    WHERE tc.ticket_id IN (SELECT value FROM json_each(?)) ORDER BY c.position, c.id"""

_CONTACTS = """
    SELECT k.id, k.name, k.email, k.phone, k.language, k.external_id, a.name, k.created_at
    FROM contact k LEFT JOIN account a ON a.id = k.account_id
    WHERE k.id IN (SELECT value FROM json_each(?))"""

_VARIABLES = """
    SELECT contact_id, name, value FROM contact_variable
    WHERE contact_id IN (SELECT value FROM json_each(?)) ORDER BY name COLLATE NOCASE"""


def read_records(reader: Reader, lines: Sequence[TicketLine], *, with_contacts: bool) -> list[TicketRecord]:
    """The tickets of these lines with all their fields; one that went meanwhile is left out."""
    wanted = json.dumps([line.number for line in lines])
    fields = {row[0]: row[1:] for row in reader.rows(_FIELDS, (wanted,))}
    helpers = _names(reader, _HELPERS, wanted)
    classifications = _names(reader, _CLASSIFICATIONS, wanted)
    contacts = _contacts(reader, {row[1] for row in fields.values() if row[1] is not None}) if with_contacts else {}
    records = []
    for line in lines:
        if line.number not in fields:
            continue
        description, contact_id, plan, exit_state, resolution, breached = fields[line.number]
        record = TicketRecord(
            line=line,
            description=description,
            helpers=tuple(helpers[line.number]),
            classifications=tuple(classifications[line.number]),
            contact=contacts.get(contact_id),
            plan=plan,
            exit_state=exit_state,
            resolution=resolution,
            breached=bool(breached),
        )
        records.append(record)
    return records


def _names(reader: Reader, sql: str, wanted: str) -> defaultdict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    for number, name in reader.rows(sql, (wanted,)):
        names[number].append(name)
    return names


def _contacts(reader: Reader, ids: Iterable[int]) -> dict[int, Contact]:
    wanted = json.dumps(list(ids))
    variables: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for contact_id, name, value in reader.rows(_VARIABLES, (wanted,)):
        variables[contact_id].append((name, value))
    return {
        contact_id: Contact(
            contact_id, name, email, phone, language, external_id, account, moment(at), tuple(variables[contact_id])
        )
        for contact_id, name, email, phone, language, external_id, account, at in reader.rows(_CONTACTS, (wanted,))
    }
