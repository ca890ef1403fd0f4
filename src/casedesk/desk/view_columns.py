"""The columns that a view can have: every field of the query language, answers, and custom variables (S5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from casedesk.desk.matching import closest
from casedesk.desk.values.views import INSTANT, NUMBER, SCORE, SPAN, TEXT, YES_NO, ViewColumn
from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.fields import find_field
from casedesk.domain.rights import CONTACTS_VIEW
from casedesk.domain.text import caseless

if TYPE_CHECKING:
    from casedesk.store.query_names import Lookups
    from casedesk.store.reader import Reader

MOST_COLUMNS: Final = 40
WIDEST: Final = 200

ANSWER, CONTACT, ACCOUNT = "answer", "contact", "account"
KEYED: Final = (ANSWER, CONTACT, ACCOUNT)


class Given(Protocol):
    """A column as somebody names it."""

    @property
    def name(self) -> str: ...

    @property
    def width(self) -> int: ...


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A field as a column: how its cell is read from a ticket `t` and its response `r`.

    What both of them have is written `{score}` and the like, and read from the one that the view lists. `right` is
    what the user must have to see it.
    """

    title: str
    kind: str
    sql: str
    about: str = ""
    right: str = ""


def _name(table: str, key: str, column: str = "name") -> str:
    return f"(SELECT {column} FROM {table} WHERE id = {key})"


def _names(linked: str) -> str:
    return f"(SELECT group_concat(name, ', ') FROM ({linked}))"


_WHO = "CASE WHEN name <> '' THEN name ELSE coalesce(email, phone, external_id) END"
_SCALES: Final = ("nps", "csat", "ces", "rating")

FIELD_COLUMNS: Final[Mapping[str, FieldColumn]] = {
    "number": FieldColumn("#", NUMBER, "t.id"),
    "title": FieldColumn("title", TEXT, "t.title"),
    "description": FieldColumn("description", TEXT, "t.description"),
    "status": FieldColumn("status", TEXT, _name("status", "t.status_id")),
    "state": FieldColumn("state", TEXT, "t.state"),
    "priority": FieldColumn("priority", TEXT, _name("priority", "t.priority_id")),
    "topic": FieldColumn("topic", TEXT, _name("topic", "t.topic_id")),
    "tag": FieldColumn("tags", TEXT, _names(
        "SELECT g.name FROM ticket_tag h JOIN tag g ON g.id = h.tag_id WHERE h.ticket_id = t.id ORDER BY g.name")),
    "class": FieldColumn("classifications", TEXT, _names(
        "SELECT g.name FROM ticket_classification h JOIN classification g ON g.id = h.classification_id"
        " WHERE h.ticket_id = t.id ORDER BY g.position, g.id")),
    "score": FieldColumn("score", SCORE, "{score}"),
    **{scale: FieldColumn(scale, SCORE, f"CASE {{score_kind}} WHEN '{scale}' THEN {{score}} END")
       for scale in _SCALES},
    "score_kind": FieldColumn("kind of score", TEXT, "{score_kind}", "nps, csat, ces or rating"),
    "campaign": FieldColumn("campaign", TEXT, _name("campaign", "{campaign_id}")),
    "source": FieldColumn("source", TEXT, "{source}"),
    "external": FieldColumn("external id", TEXT, "{external_id}"),
    "contact": FieldColumn("contact", TEXT, _name("contact", "{contact_id}", _WHO)),
    "contact_id": FieldColumn("contact no.", NUMBER, "{contact_id}"),
    "email": FieldColumn("e-mail", TEXT, _name("contact", "{contact_id}", "email"), right=CONTACTS_VIEW),
    "phone": FieldColumn("phone", TEXT, _name("contact", "{contact_id}", "phone"), right=CONTACTS_VIEW),
    "account": FieldColumn("account", TEXT, _name("account", "{account_id}")),
    "account_id": FieldColumn("account no.", NUMBER, "{account_id}"),
    "owner": FieldColumn("owner", TEXT, _name("user", "t.owner_id", "login")),
    "helper": FieldColumn("helpers", TEXT, _names(
        "SELECT u.login AS name FROM ticket_helper h JOIN user u ON u.id = h.user_id"
        " WHERE h.ticket_id = t.id ORDER BY u.login")),
    "team": FieldColumn("team", TEXT, _name("team", "t.team_id")),
    "by": FieldColumn("worked on by", TEXT, _names(
        "SELECT DISTINCT u.login AS name FROM activity l JOIN user u ON u.id = l.actor_id"
        " WHERE l.ticket_id = t.id AND l.actor_kind = 'user' ORDER BY u.login"),
        "the agents who did something on the ticket"),
    "closer": FieldColumn("closed by", TEXT, _name("user", "t.closed_by_id", "login")),
    "plan": FieldColumn("plan", TEXT, _name("plan", "t.plan_id")),
    "action": FieldColumn("last action", TEXT,
        "(SELECT h.action_name || coalesce(' – ' || h.status_name, '') FROM ticket_action h WHERE h.ticket_id = t.id"
        " ORDER BY h.id DESC LIMIT 1)", "the last action taken on the ticket"),
    "exit": FieldColumn("exit state", TEXT, _name("plan_exit_state", "t.exit_state_id")),
    "resolution": FieldColumn("resolution", TEXT, _name("close_option", "t.resolution_id")),
    "language": FieldColumn("language", TEXT, "{language}"),
    "origin": FieldColumn("origin", TEXT, "t.origin"),
    "rule": FieldColumn("rule", TEXT, _name("rule", "t.rule_id")),
    "response": FieldColumn("response", NUMBER, "{response_id}"),
    "parent": FieldColumn("parent", NUMBER, "t.parent_id"),
    "merged": FieldColumn("merged into", NUMBER, "t.merged_into_id"),
    "created": FieldColumn("created", INSTANT, "t.created_at"),
    "updated": FieldColumn("updated", INSTANT, "t.updated_at"),
    "closed": FieldColumn("closed", INSTANT, "t.closed_at"),
    "due": FieldColumn("due", INSTANT, "t.due_at"),
    "due_soon": FieldColumn("due soon", INSTANT,
        "(SELECT min(m.warn_at) FROM ticket_timer m"
        " WHERE m.ticket_id = t.id AND m.met_at IS NULL AND m.stopped_at IS NULL)"),
    "policy": FieldColumn("policy", TEXT, _names(
        "SELECT DISTINCT g.name FROM ticket_timer m JOIN policy g ON g.id = m.policy_id"
        " WHERE m.ticket_id = t.id ORDER BY g.name")),
    "sla": FieldColumn("target", TEXT,
        "(SELECT CASE WHEN m.met_at <= m.due_at THEN 'inside' WHEN m.met_at > m.due_at THEN 'outside'"
        " WHEN m.met_at IS NULL AND m.stopped_at IS NULL THEN iif(m.due_at < {now}, 'overdue', 'running') END"
        " FROM ticket_timer m WHERE m.ticket_id = t.id AND m.kind = 'resolution')"),
    "closing": FieldColumn("last closing", INSTANT,
        "(SELECT max(h.closed_at) FROM ticket_closing h WHERE h.ticket_id = t.id AND NOT h.merged)",
        "when it was closed last, also if it was reopened since"),
    "reopened": FieldColumn("reopened", INSTANT,
        "(SELECT max(h.reopened_at) FROM ticket_closing h WHERE h.ticket_id = t.id)", "when it was reopened last"),
    "wake": FieldColumn("wakes up", INSTANT, "t.wake_at"),
    "answered": FieldColumn("answered", INSTANT, "r.answered_at"),
    "received": FieldColumn("received", INSTANT, "r.received_at", "when the response came into the desk"),
    "age": FieldColumn("age", SPAN, "t.created_at"),
    "idle": FieldColumn("idle", SPAN, "t.updated_at"),
    "comment": FieldColumn("comment", TEXT, "r.comment"),
    "note": FieldColumn("last note", TEXT,
        "(SELECT h.body FROM note h WHERE h.ticket_id = t.id ORDER BY h.id DESC LIMIT 1)", "the last note"),
    "noted": FieldColumn("noted", INSTANT, "(SELECT max(h.created_at) FROM note h WHERE h.ticket_id = t.id)",
        "when a note was written last"),
    "acted": FieldColumn("acted", INSTANT, "(SELECT max(h.created_at) FROM ticket_action h WHERE h.ticket_id = t.id)",
        "when an action was taken last"),
    "messaged": FieldColumn("messaged", INSTANT,
        "(SELECT max(h.at) FROM message h WHERE h.ticket_id = t.id AND h.direction = 'out'"
        " AND h.author_id IS NOT NULL AND NOT h.automatic)", "when somebody here wrote to the customer last"),
    "message": FieldColumn("last message", TEXT,
        "(SELECT h.body FROM message h WHERE h.ticket_id = t.id ORDER BY h.at DESC, h.id DESC LIMIT 1)",
        "the last message to or from the customer"),
    "breached": FieldColumn("breached", YES_NO, "t.breached", "whether a due time was missed"),
    "version": FieldColumn("version", NUMBER, "t.version", "how many acts it has seen"),
}  # fmt: skip

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "tickets": ("number", "title", "contact", "owner", "score", "age"),
    "responses": ("answered", "score", "comment", "contact", "number", "status"),
}
"""The columns of a view for which none were chosen."""


class Columns:
    """Knows the columns of one desk as it is now."""

    def __init__(self, reader: Reader, lookups: Lookups) -> None:
        self._reader = reader
        self._lookups = lookups
        self._labels: dict[str, str] | None = None

    def found(self, name: str, width: int = 0) -> ViewColumn:
        """The column with this name; a `gone` one when the desk has nothing that is called so."""
        head, _, key = name.partition(".")
        if not key:
            field = FIELD_COLUMNS.get(_canonical(name))
            if field is None:
                return ViewColumn(name, width, name, gone=True)
            return ViewColumn(_canonical(name), width, field.title, field.kind, _about(name, field))
        known = self.keys(head.lower()) if head.lower() in KEYED else {}
        wording = known.get(caseless(key))
        if wording is None:
            return ViewColumn(name, width, key, gone=True)
        written, title = wording
        return ViewColumn(f"{head.lower()}.{written}", width, title, about=_origin(head.lower(), written))

    def checked(self, columns: Iterable[Given]) -> list[ViewColumn]:
        """The columns, to be kept. Raises InvalidInput with the nearest names for one that can't be, for one that is
        there twice, and for a width that can't be."""
        found: list[ViewColumn] = []
        for given in columns:
            column = self.found(given.name.strip(), given.width)
            if column.gone:
                raise InvalidInput(self._unknown(given.name.strip()))
            if column.name in {each.name for each in found}:
                raise InvalidInput(f"The column {column.name} is there twice.")
            if not 0 <= given.width <= WIDEST:
                raise InvalidInput(f"A column is 1 to {WIDEST} cells wide, or 0 for its usual width.")
            found.append(column)
        if len(found) > MOST_COLUMNS:
            raise InvalidInput(f"A view has {MOST_COLUMNS} columns at most.")
        return found

    def offered(self, campaign: str | None = None) -> list[ViewColumn]:
        """Every column there can be: fields, then the answers of the campaign (or of all), then variables."""
        found = [self.found(name) for name in FIELD_COLUMNS]
        found += [
            ViewColumn(f"{ANSWER}.{key}", 0, label or key, about=_origin(ANSWER, key))
            for key, label in self._questions(campaign)
        ]
        for head in (CONTACT, ACCOUNT):
            found += [self.found(f"{head}.{name}") for name in self._lookups.variable_names(self._reader, head)]
        return found

    def keys(self, head: str) -> dict[str, tuple[str, str]]:
        """What may stand behind the dot, caseless, with how it is written and its title."""
        if head != ANSWER:
            return {caseless(name): (name, name) for name in self._lookups.variable_names(self._reader, head)}
        known: dict[str, tuple[str, str]] = {}
        questions = self._questions(None)
        for key, label in questions:
            known.setdefault(caseless(key), (key, label or key))
        for key, label in questions:
            known.setdefault(caseless(label), (key, label or key))
        return known

    def _questions(self, campaign: str | None) -> list[tuple[str, str]]:
        """Key and wording of each question, by campaign and place; a key that several campaigns have comes once."""
        rows = self._reader.rows(
            """SELECT q.key, q.label FROM question q JOIN campaign c ON c.id = q.campaign_id
               WHERE ?1 IS NULL OR c.name = ?1 COLLATE NOCASE ORDER BY q.campaign_id, q.position, q.id""",
            (campaign,),
        )
        once: dict[str, tuple[str, str]] = {}
        for key, label in rows:
            once.setdefault(key, (key, label))
        return list(once.values())

    def _unknown(self, name: str) -> str:
        head, _, key = name.partition(".")
        if key and head.lower() in KEYED:
            known = [f"{head.lower()}.{written}" for written, _title in self.keys(head.lower()).values()]
            near = closest(f"{head.lower()}.{key}", known)
            return f"There is no column {name}; {_hint(near, f'the desk has no {head.lower()}.NAME like it.')}"
        near = closest(name, [*FIELD_COLUMNS, *(f"{head}.NAME" for head in KEYED)])
        every = f"a column is a field ({', '.join(FIELD_COLUMNS)}), answer.KEY, contact.NAME or account.NAME."
        return f"There is no column {name}; {_hint(near, every)}"


def _hint(near: Sequence[str], otherwise: str) -> str:
    return f"did you mean {' or '.join(near)}?" if near else otherwise


def _canonical(name: str) -> str:
    """The name under which the column is kept: that of the field, whichever of its aliases was given."""
    wanted = name.lower().replace("-", "_")
    field = find_field(wanted)
    return field.name if field is not None else wanted


def _about(name: str, column: FieldColumn) -> str:
    field = find_field(name)
    return column.about or (field.about.partition(";")[0] if field is not None else "")


def _origin(head: str, key: str) -> str:
    whose = {ANSWER: "answer", CONTACT: "variable of the contact", ACCOUNT: "variable of the account"}
    return f"{whose[head]} {key}"
