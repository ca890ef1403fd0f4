"""The rights that taking an act back needs: those of doing the same by hand (behaviour 9.1).

Whoever lost a right can't get at what it was for by undoing what they did while they had it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from casedesk.desk.recording import ADD, EVENT, FIRST_ACT, REMOVE
from casedesk.domain import lifecycle, rights

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.store.reader import Reader

_OF_SET_UP: Final = {
    **dict.fromkeys(("user", "role", "team", "team_member"), rights.USERS),
    **dict.fromkeys(("plan", "plan_action", "plan_exit_state", "action", "action_status", "campaign"), rights.PLANS),
    **dict.fromkeys(("calendar", "calendar_date", "policy", "policy_target"), rights.LEVELS),
    **dict.fromkeys(("view", "dashboard", "dashboard_widget"), rights.VIEWS_OWN),
    "dashboard_share": rights.VIEWS_SHARE,
    "dashboard_pin": rights.TICKETS_VIEW,
    "macro": rights.MACROS_OWN,
}
"""By the table of what was changed; everything else of the set-up takes the right to configure."""

_OF_TICKET: Final = {
    **dict.fromkeys(("title", "description"), rights.TICKETS_EDIT),
    **dict.fromkeys(("owner_id", "team_id"), rights.TICKETS_ASSIGN),
    **dict.fromkeys(("contact_id", "account_id", "parent_id"), rights.TICKETS_RELATE),
    "priority_id": rights.TICKETS_PRIORITY,
    "topic_id": rights.TICKETS_TOPIC,
    "plan_id": rights.TICKETS_PLAN,
}
"""By the ticket's field; the status is looked at apart, and what isn't here changes along with something else."""

_OF_RECORDS: Final = {
    "note": rights.TICKETS_NOTE,
    "message": rights.TICKETS_MESSAGE,
    "ticket_action": rights.TICKETS_ACTION,
    "ticket_tag": rights.TICKETS_TAG,
    "ticket_classification": rights.TICKETS_CLASSIFY,
    "ticket_helper": rights.TICKETS_ASSIGN,
    "ticket_contact": rights.TICKETS_RELATE,
    "ticket_account": rights.TICKETS_RELATE,
}
"""By the table of what belongs to a ticket."""

_LINES = """
    SELECT ticket_id IS NULL AND part_id IS NULL, record, operation, field,
           CASE field WHEN 'state' THEN before ->> '$' END, CASE field WHEN 'state' THEN after ->> '$' END,
           CASE record WHEN 'setting' THEN coalesce(after ->> '$.key', before ->> '$.key') END, cause
    FROM activity WHERE act_id = ? AND operation <> ? AND actor_kind <> 'rule'
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY min(id)"""


class _Line(NamedTuple):
    of_set_up: bool
    record: str
    operation: str
    field: str
    before: str | None  # of the state alone
    after: str | None
    setting: str | None
    cause: str


def rights_to_undo(reader: Reader, act: model.Act) -> frozenset[str]:
    """The rights that doing what the act did takes now; taking back an undo is doing it again."""
    act_id = act.id
    while (undoes := reader.value("SELECT undoes_id FROM act WHERE id = ?", (act_id,))) is not None:
        act_id = undoes
    lines = [_Line(*row) for row in reader.rows(_LINES, (act_id, EVENT))]
    on_ticket = [line for line in lines if not line.of_set_up]
    seen = {rights.TICKETS_VIEW} if on_ticket else set()
    if any(line.record == "ticket" and line.operation in (ADD, REMOVE) for line in lines):
        return frozenset(seen | {rights.TICKETS_NEW})
    if any(line.field == "merged_into_id" for line in lines):
        return frozenset(seen | {rights.TICKETS_MERGE})
    set_up = [line for line in lines if line.of_set_up and (line.record, line.field) != ("user", "away")]
    if set_up:
        # What comes first was asked for; what follows it, such as a rule that goes on meaning it, is no act of its own.
        of_people = {rights.USERS} if any(_of_set_up(line) == rights.USERS for line in set_up) else set()
        return frozenset({_of_set_up(set_up[0])} | of_people)
    return frozenset(seen | _on_tickets(on_ticket))


def _of_set_up(line: _Line) -> str:
    if line.setting is not None and line.setting.startswith("service_levels"):
        return rights.LEVELS
    return _OF_SET_UP.get(line.record, rights.CONFIGURE)


def _on_tickets(lines: Sequence[_Line]) -> set[str]:
    found = {_OF_RECORDS[line.record] for line in lines if line.record in _OF_RECORDS}
    found |= {_OF_TICKET[line.field] for line in lines if line.record == "ticket" and line.field in _OF_TICKET}
    if rights.TICKETS_MESSAGE in found:
        return found  # the status follows the message
    moves = [(line.before, line.after) for line in lines if line.field == "state"]
    if any(after == lifecycle.CLOSED for _before, after in moves):
        found.add(rights.TICKETS_CLOSE)
    elif any(before == lifecycle.CLOSED for before, _after in moves):
        found.add(rights.TICKETS_REOPEN)
    elif any(line.field in {"status_id", "wake_at"} and line.cause != FIRST_ACT for line in lines):
        found.add(rights.TICKETS_STATUS)
    return found
