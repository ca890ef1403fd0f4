"""The desk's values as JSON has them. The names and their order are a promise to scripts (interface, command line)."""

from __future__ import annotations

from typing import Any

from casedesk.cli.output import instant
from casedesk.desk.values import (
    Account,
    ActionChoice,
    ActLine,
    CampaignLine,
    Contact,
    FeedEntry,
    ImportSummary,
    Message,
    Note,
    Outcome,
    RecordedAction,
    Related,
    Response,
    Ticket,
    TicketRecord,
    TimerLine,
    User,
)
from casedesk.domain.written import number

Document = dict[str, Any]


def ticket_document(record: TicketRecord) -> Document:
    """A ticket as lists give it."""
    line = record.line
    return {
        "number": line.number,
        "title": line.title,
        "description": record.description,
        "status": line.status,
        "priority": line.priority,
        "topic": line.topic,
        "tags": list(line.tags),
        "classifications": list(record.classifications),
        "score": number(line.score),
        "score_kind": line.score_kind,
        "sentiment": None,
        "campaign": line.campaign,
        "contact": None if record.contact is None else person_document(record.contact),
        "account": line.account,
        "owner": line.owner,
        "helpers": list(record.helpers),
        "team": line.team,
        "plan": record.plan,
        "exit_state": record.exit_state,
        "resolution": record.resolution,
        "created_at": instant(line.created_at),
        "updated_at": instant(line.updated_at),
        "closed_at": instant(line.closed_at),
        "due_at": instant(line.due_at),
        "breached": record.breached,
        "version": line.version,
    }


def whole_ticket_document(record: TicketRecord, ticket: Ticket, feed: list[FeedEntry]) -> Document:
    """A ticket with all that hangs on it."""
    return ticket_document(record) | {
        "response": None if ticket.response is None else response_document(ticket.response),
        "mentions": [],
        "messages": [_message_document(message) for message in ticket.messages],
        "activity": [feed_document(entry) for entry in feed],
        "related": [_related_document(record) for record in ticket.related],
        "state": ticket.line.state,
        "merged_into": ticket.line.merged_into,
        "wake_at": instant(ticket.line.wake_at),
        "origin": ticket.origin,
        "opened_by": ticket.opened_by,
        "language": ticket.language,
        "notes": [_note_document(note) for note in ticket.notes],
        "actions": [_action_document(action) for action in ticket.actions],
        "plan_closed_at": instant(ticket.plan.closed_at) if ticket.plan else None,
        "plan_closes_ticket": ticket.plan.closes_ticket if ticket.plan else None,
        "plan_actions": [_choice_document(choice) for choice in ticket.plan.actions] if ticket.plan else [],
        "plan_exit_states": list(ticket.plan.exit_states) if ticket.plan else [],
        "timers": [timer_document(timer) for timer in ticket.timers],
    }


def timer_document(timer: TimerLine) -> Document:
    """A timer as it stands. `breached` is true as soon as its due instant was missed."""
    return {
        "kind": timer.kind,
        "state": timer.state,
        "policy": timer.policy,
        "target_seconds": timer.target,
        "started_at": instant(timer.started_at),
        "due_at": instant(timer.due_at),
        "warn_at": instant(timer.warn_at),
        "ended_at": instant(timer.ended_at),
        "breached": timer.breached,
    }


def person_document(contact: Contact) -> Document:
    """A contact as it stands in a ticket."""
    return {
        "id": contact.id,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "language": contact.language,
        "external_id": contact.external_id,
        "account": contact.account,
        "variables": dict(contact.variables),
    }


def contact_document(contact: Contact) -> Document:
    """A contact whole, with scores (oldest first) and the numbers of its latest tickets."""
    scores = [
        {"at": instant(s.at), "score": number(s.score), "score_kind": s.score_kind, "campaign": s.campaign}
        for s in contact.scores
    ]
    return person_document(contact) | {
        "created_at": instant(contact.created_at),
        "scores": scores,
        "tickets": [line.number for line in contact.tickets],
        "ticket_count": contact.ticket_count,
    }


def account_document(account: Account) -> Document:
    """An account."""
    return {
        "id": account.id,
        "name": account.name,
        "external_id": account.external_id,
        "variables": dict(account.variables),
        "contacts": account.contact_count,
        "tickets": account.ticket_count,
    }


def response_document(response: Response) -> Document:
    """A response with every answer."""
    return {
        "id": response.id,
        "external_id": response.external_id,
        "source": response.source,
        "campaign": response.campaign,
        "contact": response.contact,
        "ticket": response.ticket,
        "score": number(response.score),
        "score_kind": response.score_kind,
        "comment": response.comment,
        "language": response.language,
        "answered_at": instant(response.answered_at),
        "received_at": instant(response.received_at),
        "answers": [
            {"key": answer.key, "question": answer.question, "value": answer.value, "kind": answer.kind}
            for answer in response.answers
        ],
    }


def campaign_document(campaign: CampaignLine) -> Document:
    """A campaign with what it holds."""
    return {
        "id": campaign.id,
        "name": campaign.name,
        "source": campaign.source,
        "plan": campaign.plan,
        "responses": campaign.responses,
        "tickets": campaign.tickets,
        "questions": [{"key": key, "question": label} for key, label in campaign.questions],
    }


def user_document(user: User) -> Document:
    """A user with their single rights."""
    return {
        "login": user.login,
        "name": user.name,
        "role": user.role,
        "active": user.active,
        "away": user.away,
        "rights": sorted(user.rights),
    }


def outcome_document(outcome: Outcome) -> Document:
    """What an act did."""
    return {
        "act": outcome.act_id,
        "name": outcome.name,
        "summary": outcome.summary,
        "done": [number for number in outcome.done if number],  # 0 stands for what belongs to no ticket
        "refused": [
            {"number": refusal.number, "code": refusal.code, "reason": refusal.reason} for refusal in outcome.refused
        ],
        "notes": list(outcome.notes),
    }


def act_document(act: ActLine) -> Document:
    """A line of the journal."""
    return {
        "act": act.id,
        "at": instant(act.at),
        "actor": act.actor,
        "name": act.name,
        "summary": act.summary,
        "tickets": act.tickets,
        "undone": act.undone,
        "undoes": act.undoes,
    }


def import_document(summary: ImportSummary) -> Document:
    """What an import did, or would do."""
    return {
        "rows": summary.rows,
        "imported": summary.imported,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "rejected": summary.rejected,
        "rejects": [{"line": line, "reason": reason} for line, reason in summary.rejects],
        "contacts_created": summary.contacts_created,
        "tickets_opened": summary.tickets_opened,
        "source": summary.source,
        "campaign": summary.campaign,
        "mapping": summary.mapping,
        "kind": summary.kind,
        "dry_run": summary.dry_run,
        "derived_keys": summary.derived_keys,
        "contradictions": [{"line": line, "reason": reason} for line, reason in summary.contradictions],
        "changes": [{"line": line, "change": change} for line, change in summary.changes],
        "rejects_file": summary.rejects_file,
        "notes": dict(summary.notes),
    }


def _related_document(record: Related) -> Document:
    line = record.line
    return {
        "type": record.kind,
        "id": record.id,
        "title": record.title,
        "detail": record.detail or None,
        "status": None if line is None else line.status,
        "owner": None if line is None else line.owner,
    }


def feed_document(entry: FeedEntry) -> Document:
    """A line of a ticket's activity."""
    return {
        "id": entry.id,
        "act": entry.act_id,
        "at": instant(entry.at),
        "actor": entry.actor,
        "actor_kind": entry.actor_kind,
        "kind": entry.kind,
        "text": entry.text,
        "body": entry.body,
        "cause": entry.cause,
        "undone": entry.undone,
    }


def _note_document(note: Note) -> Document:
    return {"id": note.id, "at": instant(note.at), "author": note.author, "body": note.body}


def _message_document(message: Message) -> Document:
    return {
        "id": message.id,
        "direction": message.direction,
        "channel": message.channel,
        "at": instant(message.at),
        "author": message.author,
        "automatic": message.automatic,
        "body": message.body,
    }


def _action_document(action: RecordedAction) -> Document:
    return {
        "id": action.id,
        "at": instant(action.at),
        "actor": action.actor,
        "action": action.action,
        "status": action.status,
        "comment": action.comment,
        "completed": action.completed,
        "closed_plan": action.closed_plan,
    }


def _choice_document(choice: ActionChoice) -> Document:
    return {
        "action": choice.name,
        "description": choice.description,
        "statuses": list(choice.statuses),
        "comment_allowed": choice.comment_allowed,
        "closes_plan": choice.closes_plan,
        "refusal": choice.refusal,
    }
