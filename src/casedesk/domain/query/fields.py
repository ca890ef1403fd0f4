"""Every field that a query can name: the one source of parsing, completion, help and documentation (behaviour 6.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from casedesk.domain.query.tree import FieldRef


class Kind(StrEnum):
    """What a field holds, and so what may stand behind it."""

    NAME = "name"
    """Compared whole, whatever its case; `*` at either end lets it go on there."""
    WORDS = "words"
    """A text: the value's words have to follow one another in it."""
    NUMBER = "number"
    INSTANT = "date"
    DAY = "day"
    """A date at whose end something is asked: it has no order, since the ticket may have stood so at any other."""
    DURATION = "duration"
    VARIABLE = "variable"
    """What the desk itself named (a contact's or account's variable, an answer): a name, or a number to compare."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a ticket.

    `desk_list`: its values are a list of the desk's own, so that any other is a mistake. `optional`: it may be empty
    (`has:`, `none`). `keyed`: it takes a key behind a dot, one of `keys` where there are any. `people`: `me` may stand
    for a login. `scale`: the kind of score it is limited to. `since`: the instant from which a duration counts.
    `ahead`: it lies in the future, so that a bare duration counts forward. `bands`: words for ranges of numbers.
    """

    name: str
    kind: Kind
    about: str
    example: str
    aliases: tuple[str, ...] = ()
    desk_list: bool = False
    optional: bool = False
    sortable: bool = False
    keyed: bool = False
    keys: tuple[str, ...] = ()
    people: bool = False
    ahead: bool = False
    scale: str = ""
    since: str = ""
    values: tuple[str, ...] = ()
    bands: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict, hash=False)


class Vocabulary(Protocol):
    """What a desk knows: the values of its lists and the names of its variables and questions."""

    def values(self, field: str) -> Sequence[str]:
        """The values of a field, in the order to offer them; `contact.region` for a variable. Empty if unknown."""
        ...

    def keys(self, field: str) -> Sequence[str]:
        """What may stand behind the dot of `contact`, `account` or `answer`; questions by key and by wording."""
        ...


_NPS_BANDS = {"detractor": (0.0, 6.0), "passive": (7.0, 8.0), "promoter": (9.0, 10.0)}
_CSAT_BANDS = {"negative": (1.0, 3.0), "positive": (4.0, 5.0)}
_CES_BANDS = {"negative": (1.0, 4.0), "positive": (5.0, 7.0)}

_N, _W, _I = Kind.NAME, Kind.WORDS, Kind.INSTANT

TICKET = "ticket"
"""The field `number` by its other name, which is what `has:` calls it."""

LOGIN = "login"
"""The key behind a field of people that goes by the login alone: one person's name may be another's login."""

TIMER_KINDS = ("first_response", "next_reply", "resolution")
"""What a service level has targets for, as queries say it."""

JUDGED = ("inside", "outside")
"""How a target was met: in time, or late."""

SLA_WORDS = ("inside", "outside", "running", "overdue")
"""How a ticket stands to its resolution target (A6): closed in time or not, or open and due yet or not."""

FIELDS: tuple[Field, ...] = (
    Field("number", Kind.NUMBER, "the ticket's number; #10412 alone means the same; has:ticket for responses",
          "number:10412", ("id", "ticket"), optional=True, sortable=True),
    Field("title", _W, "words of the title", "title:refund", ("subject",), sortable=True),
    Field("description", _W, "words of the description", 'description:"late delivery"', optional=True),
    Field("status", _N, "the desk's own name of the status", "status:new,open", desk_list=True, sortable=True),
    Field("state", _N, "new, open, pending or closed, whatever the desk calls it", "state:pending",
          values=("new", "open", "pending", "closed")),
    Field("priority", _N, "the priority", "priority:high,urgent", desk_list=True, optional=True, sortable=True),
    Field("topic", _N, "what the ticket is about", "topic:billing", desk_list=True, optional=True, sortable=True),
    Field("tag", _N, "a tag", "tag:callback", ("tags",), desk_list=True, optional=True),
    Field("class", _N, "a classification", "class:price", ("classification", "classifications", "cause"),
          desk_list=True, optional=True),
    Field("score", Kind.NUMBER, "the score of the response, of whatever kind", "score:0..6", optional=True,
          sortable=True),
    Field("nps", Kind.NUMBER, "the score, where it is an NPS; also detractor, passive, promoter", "nps<=6",
          optional=True, scale="nps", bands=_NPS_BANDS),
    Field("csat", Kind.NUMBER, "the score, where it is a CSAT; also positive, negative", "csat<=2",
          optional=True, scale="csat", bands=_CSAT_BANDS),
    Field("ces", Kind.NUMBER, "the score, where it is a CES; also positive, negative", "ces:negative",
          optional=True, scale="ces", bands=_CES_BANDS),
    Field("rating", Kind.NUMBER, "the score, where it is a rating", "rating:1..2", optional=True, scale="rating"),
    Field("campaign", _N, "the campaign of the response", 'campaign:"Detractors Q4"', desk_list=True, optional=True,
          sortable=True),
    Field("source", _N, "the system that the ticket or its response came from", "source:qualtrics", optional=True),
    Field("external", _N, "the ticket's id in the system that it came from", "external:ZD-2201", ("external_id",),
          optional=True),
    Field("contact", _W, "words of the contact's name, e-mail or own id; contact.NAME is a variable, contact:#12 the "
          "contact with that number", "contact:marin", optional=True, sortable=True, keyed=True),
    Field("contact_id", Kind.NUMBER, "the contact's number", "contact_id:12", optional=True),
    Field("email", _N, "the contact's e-mail", "email:*@acme.de", ("e_mail", "mail"), optional=True),
    Field("phone", _N, "the contact's phone", "phone:+4930123456", optional=True),
    Field("account", _W, "words of the account's name or own id; account.NAME is a variable, account:#3 the account "
          "with that number", "account:acme", ("company",), optional=True, sortable=True, keyed=True),
    Field("account_id", Kind.NUMBER, "the account's number", "account_id:3", optional=True),
    Field("owner", _N, "the agent who has the ticket, by login or name; me, none; owner.login goes by the login alone",
          "owner:me", ("assignee", "agent"), desk_list=True, optional=True, sortable=True, keyed=True, keys=(LOGIN,),
          people=True),
    Field("helper", _N, "an agent who helps the owner; me, none", "helper:me", ("helpers",), desk_list=True,
          optional=True, keyed=True, keys=(LOGIN,), people=True),
    Field("team", _N, "the team whose queue it is in", "team:north", ("queue",), desk_list=True, optional=True,
          sortable=True),
    Field("by", _N, "an agent who did something on the ticket", "by:me", ("actor",), desk_list=True, optional=True,
          keyed=True, keys=(LOGIN,), people=True),
    Field("closer", _N, "the agent who closed it", "closer:ana", ("closed_by",), desk_list=True, optional=True,
          keyed=True, keys=(LOGIN,), people=True),
    Field("plan", _N, "the action plan", 'plan:"Call back"', desk_list=True, optional=True),
    Field("action", _N, "an action taken on the ticket", "action:call", ("actions",), optional=True),
    Field("exit", _N, "the exit state of its plan", "exit:closed", ("exit_state",), desk_list=True, optional=True),
    Field("resolution", _N, "the close option chosen", "resolution:refunded", ("close_option",), desk_list=True,
          optional=True),
    Field("language", _N, "the language of the response", "language:de", ("lang",), optional=True),
    Field("origin", _N, "who opened it: a rule, a person or an import", "origin:rule",
          values=("rule", "person", "import")),
    Field("rule", _N, "the rule that opened it", "rule:detractors", desk_list=True, optional=True),
    Field("response", Kind.NUMBER, "the number of its response", "response:77", ("response_id",), optional=True),
    Field("parent", Kind.NUMBER, "the number of the ticket that it is a part of", "parent:10412", optional=True),
    Field("merged", Kind.NUMBER, "the number of the ticket that it was merged into", "merged:10412", ("merged_into",),
          optional=True),
    Field("created", _I, "when it opened", "created>=2026-01-01", ("opened", "created_at"), sortable=True),
    Field("updated", _I, "when it last changed", "updated:today", ("changed", "updated_at"), sortable=True),
    Field("closed", _I, "when it was closed", "closed:last-month", ("closed_at",), optional=True, sortable=True),
    Field("closing", _I, "any time that it was closed, also if it was reopened since; being merged is no closing",
          "closing:last-month", ("closings",), optional=True),
    Field("reopened", _I, "any time that it was reopened", "reopened:7d", ("reopened_at",), optional=True),
    Field("open_at", Kind.DAY, "a day at whose end it was open: new, open or pending; or now, if that is ahead",
          "open_at:2026-11-30"),
    Field("due", _I, "when it has to be closed; due<2h: within two hours or past; what is closed isn't due any more",
          "due<2h", ("due_at",), optional=True, sortable=True, ahead=True),
    Field("deadline", _I, "when it has or had to be closed, of closed tickets too", "deadline:last-week",
          optional=True, ahead=True),
    Field("due_soon", _I, "from when on it is about to miss what is due", "due_soon<1h", ("warn", "warn_at"),
          optional=True, ahead=True),
    Field("policy", _N, "the service level policy that times it, or timed it; policy.resolution: its resolution",
          'policy:"Gold customers"', ("policies",), desk_list=True, optional=True, keyed=True, keys=TIMER_KINDS),
    Field("sla", _N, "closed inside or outside of its resolution target; open and running or overdue", "sla:outside",
          ("service_level",), optional=True, values=SLA_WORDS),
    Field("first_response", _I, "when the first response was given, where there is a target for it; "
          "first_response.inside: in time, first_response.outside: late", "first_response.outside:last-month",
          ("first_responses",), optional=True, keyed=True, keys=JUDGED),
    Field("next_reply", _I, "any time that a next reply was given, where there is a target for it; next_reply.inside "
          "and next_reply.outside as above", "next_reply.inside:7d", ("next_replies",), optional=True, keyed=True,
          keys=JUDGED),
    Field("breach", _I, "any time at which a target was missed; breach.resolution: that of the resolution",
          "breach.first_response:7d", ("breaches",), optional=True, keyed=True, keys=TIMER_KINDS),
    Field("wake", _I, "when a pending ticket opens again", "wake:tomorrow", ("wakes", "wake_at"), optional=True,
          ahead=True),
    Field("answered", _I, "when the customer answered", "answered:2026-11", ("answered_at",), optional=True,
          sortable=True),
    Field("noted", _I, "any time that a note was written on it; noted.ana: one by ana", "noted:today", optional=True,
          keyed=True),
    Field("acted", _I, "any time that an action of its plan was taken; acted.ana: by ana", "acted:7d", optional=True,
          keyed=True),
    Field("messaged", _I, "any time that somebody here wrote to the customer; messaged.ana: ana did", "messaged:7d",
          optional=True, keyed=True),
    Field("age", Kind.DURATION, "time since it opened", "age>3d", sortable=True, since="created"),
    Field("idle", Kind.DURATION, "time since it last changed", "idle>2d", sortable=True, since="updated"),
    Field("comment", _W, "words of the response's comment", "comment:rude", optional=True),
    Field("note", _W, "words of a note", "note:callback", ("notes",), optional=True),
    Field("message", _W, "words of a message to or from the customer", "message:voucher", ("messages",), optional=True),
    Field("answer", Kind.VARIABLE, "an answer of the response, by the question's key or wording",
          'answer.contact_me:"Yes, please"', ("answers",), optional=True, keyed=True),
)  # fmt: skip

IS_WORDS: Mapping[str, str] = {
    "new": "nobody has acted on it yet",
    "open": "being worked on",
    "pending": "waiting for the customer",
    "closed": "done",
    "mine": "you are its owner",
    "unassigned": "it has no owner",
    "overdue": "not closed, and its due time is past",
    "due-soon": "not overdue, but about to be",
    "undated": "another system closed it and didn't say when",
    "paused": "pending, and a timer of it stands still meanwhile",
    "breached": "its due time has passed before it was closed",
    "waking": "it opens again by itself at a set time",
    "automatic": "a rule opened it",
}
"""The words behind `is:` (behaviour 6.3), each with its meaning."""

SYNTAX: tuple[tuple[str, str], ...] = (
    ("late delivery", "both words, anywhere in what was written; AND may stand between"),
    ('"late delivery"', "the words one after the other"),
    ("refun*", "a word that begins so"),
    ("-refund", "not that; NOT refund means the same, and -(…) takes a whole group"),
    ("late OR rude", "either; | means the same"),
    ("(late OR rude) is:open", "parentheses keep together"),
    ("status:new,open", "any of several; a value with blanks goes in quotes"),
    ("nps<=6", "also <, >, >=, = and !="),
    ("score:0..6", "from 0 to 6, both included; ..6 and 6.. are open at one end"),
    ("created:2026-11", "all of that month; also 2026, 2026-q4, 2026-11-20, 2026-11-20T14:02, today, last-week"),
    ("created>=7d", "since seven days ago; s, m (minutes), h, d, w, mo (months), y"),
    ("due<2h", "what lies ahead counts forward; -2h is two hours ago"),
    ("age>1d12h", "lengths of time, in one unit or several"),
    ("owner:me", "you; owner:none is nobody, and owner:* anybody"),
    ("email:*@acme.de", "a star at either end of a value lets it go on there"),
    ("contact.region:North", "a custom variable of the contact; account.… and answer.… likewise"),
    ('answer."May we contact you?":Yes', "a question by its wording"),
    ("has:comment", "a field that isn't empty"),
    ("-has:ticket", "of responses those without a ticket"),
    ("is:overdue", "one of the words for how a ticket stands"),
    ("sort:-created", "the order, here downwards; several keys may follow one another"),
)
"""The syntax by examples, for help and documentation: a piece of a query, and what it means."""

STATES = ("new", "open", "pending", "closed")

_BY_NAME = {name: entry for entry in FIELDS for name in (entry.name, *entry.aliases)}


def find_field(name: str) -> Field | None:
    """The field with this name or alias, in any case, blanks and hyphens standing for underscores; None if none."""
    return _BY_NAME.get(name.lower().replace("-", "_"))


def field_of(ref: FieldRef) -> Field:
    """The registered field of a reference in a tree."""
    return _BY_NAME[ref.name]


def kind_of(ref: FieldRef) -> Kind:
    """What the reference is compared as: behind a dot stands a variable, except for an instant, which is then that of
    something done by one person, and for a field that has keys of its own."""
    field = _BY_NAME[ref.name]
    return Kind.VARIABLE if ref.key and not field.keys and field.kind is not Kind.INSTANT else field.kind


def field_names() -> list[str]:
    """All names and aliases."""
    return list(_BY_NAME)


@dataclass(frozen=True, slots=True)
class Reference:
    """One line of the table of fields in help and documentation."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    example: str
    about: str
    sortable: bool
    may_be_none: bool


def reference() -> list[Reference]:
    """The table of fields, in the registry's order, for help and documentation."""
    return [
        Reference(
            f"{entry.name}.NAME" if entry.name == "answer" else entry.name,
            entry.aliases,
            entry.kind.value,
            entry.example,
            entry.about,
            entry.sortable,
            entry.optional,
        )
        for entry in FIELDS
    ]
