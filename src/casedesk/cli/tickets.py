"""`casedesk tickets …`: where its commands lie."""

from __future__ import annotations

from casedesk.cli.groups import Commands, Group

_READING = "casedesk.cli.ticket_reading:app"
_ACTS = "casedesk.cli.ticket_acts:app"
_FIELDS = "casedesk.cli.ticket_fields:app"
_RELATIONS = "casedesk.cli.ticket_relations:app"
_EXPLAINING = "casedesk.cli.ticket_explaining:app"


class TicketCommands(Group):
    """Reading tickets and every act on them."""

    sections = {
        "Reading": {"list": _READING, "show": _READING, "explain": _EXPLAINING, "fields": _READING},
        "Working": {
            "new": _ACTS,
            "note": _ACTS,
            "log-message": _ACTS,
            "action": _ACTS,
            "status": _ACTS,
            "close": _ACTS,
            "reopen": _ACTS,
            "edit": _ACTS,
        },
        "Sorting": {
            "classify": _FIELDS,
            "tag": _FIELDS,
            "priority": _FIELDS,
            "topic": _FIELDS,
            "assign": _FIELDS,
            "team": _FIELDS,
            "helpers": _FIELDS,
            "plan": _FIELDS,
        },
        "Belonging together": {"relate": _RELATIONS, "merge": _RELATIONS},
    }


app = Commands(
    cls=TicketCommands,
    help="List, show and work tickets. Acts take a number, several, or a query instead; each can be undone.",
)
