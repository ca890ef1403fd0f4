"""What each leaf of a query means in SQL (behaviour 6): the words of the query put to the columns of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from casedesk.domain.query.fields import LOGIN, STATES, Kind, field_of, kind_of
from casedesk.domain.query.names import matcher
from casedesk.domain.query.tree import Compare, During, FieldRef, Has, In, Is, Leaf, Name, Node, Range, Text
from casedesk.store.query_names import Lookups
from casedesk.store.query_parts import (
    DONE,
    DUE_SOON,
    MOMENT,
    NUMBER,
    OF_CLOSING,
    OF_RESPONSE,
    OF_TIMER,
    STANDS,
    TIMED,
    Part,
    acted_part,
    column_part,
    done_part,
    empty_part,
    indexed,
    is_cheap,
    linked_part,
    moment_part,
    narrowed,
    number_part,
    person_part,
    reached_part,
    search_part,
    state_part,
    target_part,
    timed_part,
    timer_kind,
    words_part,
)
from casedesk.store.reader import Reader
from casedesk.store.sql_text import (
    NEVER,
    Sql,
    exists,
    joined,
    name_test,
    number_test,
    one_of,
    one_of_texts,
    phrase,
    select,
    text_as_number,
    within,
    words_test,
)

SHORT_ANSWER = 80
"""Characters of an answer up to which its value is indexed (`ix_answer_value`)."""

_OWN_COLUMN = {
    "priority": "priority_id",
    "topic": "topic_id",
    "campaign": "campaign_id",
    "owner": "owner_id",
    "team": "team_id",
    "closer": "closed_by_id",
    "plan": "plan_id",
    "exit": "exit_state_id",
    "resolution": "resolution_id",
    "rule": "rule_id",
}
_LINKED = {
    "tag": ("ticket_tag", "tag_id"),
    "class": ("ticket_classification", "classification_id"),
    "helper": ("ticket_helper", "user_id"),
}
_OF_ANSWER = "a.response_id = t.response_id"
_PEOPLE = frozenset({"owner", "helper", "by", "closer"})
_TEXT_COLUMN = {"external": "external_id", "language": "language", "origin": "origin"}


class Translator:
    """Translates leaves for one reader, which looks the names up."""

    def __init__(self, reader: Reader, lookups: Lookups, *, of_responses: bool = False) -> None:
        """`of_responses`: `t` is a response with its ticket, if it has one (`query_sql.select_responses_sql`)."""
        self._reader = reader
        self._lookups = lookups
        self._of_responses = of_responses

    def words(self, texts: Sequence[Text], word: str) -> Part:
        """Words that all (`word` is AND) or of which any (OR) are to be found."""
        match = f" {word} ".join(phrase(text.text, prefix=text.prefix) for text in texts)
        part = search_part(match, cheap=is_cheap([(text.text, text.prefix) for text in texts]))
        if not self._of_responses:
            return part
        unindexed = joined(word, [words_test("t.text", [Name(text.text, open_end=text.prefix)]) for text in texts])
        return Part(joined("OR", [part.test, "t.id IS NULL AND (" + unindexed + ")"]))

    def part(self, leaf: Leaf) -> Part:
        """The leaf in SQL. It has to be resolved."""
        if isinstance(leaf, Text):
            return self.words([leaf], "AND")
        if isinstance(leaf, Is):
            return _word(leaf.word)
        if isinstance(leaf, Has) and not leaf.field.key and leaf.field.name in _RARE:
            column = NUMBER[leaf.field.name]
            return indexed(Sql(f"+t.{column} IS NOT NULL"), Sql(f"t.{column} IS NOT NULL"), column)
        if isinstance(leaf, Has | During) and leaf.field.name in DONE:
            return self._done(leaf)
        if isinstance(leaf, Has | During) and leaf.field.name in TIMED:
            return timed_part(leaf.field, _inside(leaf))
        if isinstance(leaf, Has) and leaf.field.name == "number" and not self._of_responses:
            return Part(Sql("1"))
        if isinstance(leaf, Has):
            return Part(self._presence(leaf.field))
        if isinstance(leaf, During):
            return moment_part(leaf)
        return self._comparison(leaf)

    def opposite(self, node: Node) -> Part | None:
        """What doesn't match `node`, where an index serves that too; None otherwise."""
        if self._of_responses:
            return None  # a response without a ticket has no state, and so none of the other three
        if isinstance(node, Has) and node.field.name == "number":
            return Part(NEVER)
        if isinstance(node, Is) and node.word in STATES:
            return state_part(set(STATES) - {node.word})
        if isinstance(node, Has) and node.field.key in {"", LOGIN} and (column := _OWN_COLUMN.get(node.field.name)):
            return empty_part(column)
        return None

    def _comparison(self, leaf: Compare | In | Range) -> Part:
        name, kind = leaf.field.name, kind_of(leaf.field)
        if kind is Kind.NUMBER:
            return number_part(leaf)
        names = _names(leaf)
        if kind is Kind.VARIABLE:
            return self._answer(leaf, names) if name == "answer" else self._variable(leaf, names)
        if name in ("contact", "account"):
            return person_part(name, names)
        if kind is Kind.WORDS:
            part = words_part(name, names)
            if self._of_responses and name == "comment" and part.more is not None:
                return Part(part.more)  # the search index doesn't know responses without a ticket
            return part
        if name == "status":
            return self._status(names)
        if name in _LINKED:
            return linked_part(*_LINKED[name], self._ids(name, names, leaf.field.key))
        if name in _OWN_COLUMN:
            return column_part(_OWN_COLUMN[name], self._ids(name, names, leaf.field.key))
        return self._special(name, names, leaf.field.key)

    def _done(self, leaf: Has | During) -> Part:
        key = leaf.field.key
        users = self._lookups.ids(self._reader, "login", [Name(key)]) if key else None
        return done_part(leaf.field.name, users, _inside(leaf))

    def _ids(self, name: str, names: Iterable[Name], key: str = "") -> list[int]:
        if name in _PEOPLE:
            return self._lookups.ids(self._reader, "login" if key == LOGIN else "user", names)
        return self._lookups.ids(self._reader, name, names)

    def _status(self, names: Sequence[Name]) -> Part:
        ids = self._ids("status", names)
        states = self._lookups.states(self._reader)
        part = state_part({states[status] for status in ids})
        whole = {status for status, state in states.items() if state in map(states.get, ids)} == set(ids)
        return part if whole else narrowed(part, one_of("+t.status_id", ids))

    def _special(self, name: str, names: Sequence[Name], key: str) -> Part:
        if name == "policy":
            timers = [one_of("x.policy_id", self._ids(name, names)), *timer_kind(key)]
            timed = select("x.ticket_id AS id", "ticket_timer x", *timers)
            return Part(exists("ticket_timer x", OF_TIMER, *timers), timed)
        if name == "sla":
            return target_part([name.text for name in names])
        if name == "by":
            return acted_part(self._ids(name, names, key))
        if name == "action":
            test = name_test("x.action_name", names)
            there = exists("ticket_action x", "x.ticket_id = t.id", test)
            return Part(there, select("x.ticket_id AS id", "ticket_action x", test))
        if name == "source":
            found = self._lookups.sources(self._reader, names)
            of_response = exists("response r", OF_RESPONSE, one_of_texts("+r.source", found))
            return Part(joined("OR", [one_of_texts("+t.source", found), of_response]))
        if name in ("email", "phone"):
            return reached_part(name, names)
        if name == "state":
            return state_part(set(filter(matcher(names), STATES)))
        return Part(name_test(f"+t.{_TEXT_COLUMN[name]}", names))

    # -- what the desk named itself --------------------------------------------------------------------------------

    def _variable(self, leaf: Compare | In | Range, names: Sequence[Name]) -> Part:
        table, owner = leaf.field.name, f"{leaf.field.name}_id"
        called = one_of_texts("v.name", self._lookups.variables(self._reader, table, leaf.field.key))
        variables, theirs = f"{table}_variable v", f"v.{owner} = t.{owner}"
        if not names:
            return Part(exists(variables, theirs, called, number_test(text_as_number("v.value"), leaf)))
        tickets = f"{variables} CROSS JOIN ticket w ON w.{owner} = v.{owner}"
        return Part(
            exists(variables, theirs, called, name_test("+v.value", names)),
            select("w.id", tickets, called, name_test("v.value", names)),
        )

    def _answer(self, leaf: Compare | In | Range, names: Sequence[Name]) -> Part:
        questions = self._lookups.questions(self._reader, leaf.field.key)
        asked = one_of("a.question_id", questions)
        # Few questions are looked up one by one, many by reading all answers of the response.
        asked_here = asked if len(questions) < 4 else one_of("+a.question_id", questions)
        tickets = "answer a CROSS JOIN ticket w ON w.response_id = a.response_id"
        if not names:
            test = exists("answer a", _OF_ANSWER, asked_here, number_test("+a.number", leaf))
            return Part(test, select("w.id", tickets, asked, number_test("a.number", leaf)))
        test = exists("answer a", _OF_ANSWER, asked_here, name_test("+a.value", names))
        if any(entry.open_start or entry.open_end or len(entry.text) > SHORT_ANSWER for entry in names):
            return Part(test)
        short = f"length(a.value) <= {SHORT_ANSWER}"
        return Part(test, select("w.id", tickets, asked, short, name_test("a.value", names)))

    # -- presence ----------------------------------------------------------------------------------------------------

    def _presence(self, ref: FieldRef) -> Sql:
        name, scale = ref.name, field_of(ref).scale
        if ref.key and ref.key != LOGIN:  # everybody has a login
            return self._keyed_presence(ref)
        if scale:
            return Sql("+t.score_kind = ? AND +t.score IS NOT NULL", (scale,))
        if name in _LINKED:
            return exists(f"{_LINKED[name][0]} x", "x.ticket_id = t.id")
        column = _OWN_COLUMN.get(name) or MOMENT.get(name) or NUMBER.get(name) or {"score": "score"}.get(name)
        if column:
            return Sql(f"+t.{column} IS NOT NULL")
        return _PRESENCE[name]

    def _keyed_presence(self, ref: FieldRef) -> Sql:
        if ref.name == "policy":
            return exists("ticket_timer x", OF_TIMER, *timer_kind(ref.key))
        if ref.name == "answer":
            asked = one_of("+a.question_id", self._lookups.questions(self._reader, ref.key))
            return exists("answer a", _OF_ANSWER, "a.value <> ''", asked)
        owner, written = f"{ref.name}_id", self._lookups.variables(self._reader, ref.name, ref.key)
        return exists(
            f"{ref.name}_variable v", f"v.{owner} = t.{owner}", "+v.value <> ''", one_of_texts("v.name", written)
        )


_RARE = frozenset({"parent", "merged"})
"""Columns that few tickets have; an index holds those that do."""

_PRESENCE = {
    "description": Sql("+t.description <> ''"),
    "comment": exists("response r", OF_RESPONSE, "r.comment <> ''"),
    "note": exists("note x", "x.ticket_id = t.id", "x.body <> ''"),
    "message": exists("message x", "x.ticket_id = t.id", "x.body <> ''"),
    "action": exists("ticket_action x", "x.ticket_id = t.id", "x.action_name <> ''"),
    "source": joined("OR", [Sql("+t.source <> ''"), exists("response r", OF_RESPONSE, "r.source <> ''")]),
    "external": Sql("+t.external_id <> ''"),
    "language": Sql("+t.language <> ''"),
    "answered": exists("response r", OF_RESPONSE),
    "policy": exists("ticket_timer x", OF_TIMER),
    "sla": exists("ticket_timer x", OF_TIMER, "x.kind = 'resolution'", STANDS),
    "closing": exists("ticket_closing x", OF_CLOSING, "NOT x.merged"),
    "reopened": exists("ticket_closing x", OF_CLOSING, "x.reopened_at IS NOT NULL"),
    "due_soon": Sql(f"{DUE_SOON} IS NOT NULL"),
    "by": exists("activity l", "l.ticket_id = t.id", "l.actor_kind = 'user'"),
    "contact": exists("contact k", "k.id = t.contact_id", "k.name <> '' OR k.email <> '' OR k.external_id <> ''"),
    "account": exists("account k", "k.id = t.account_id", "k.name <> '' OR k.external_id <> ''"),
    "email": exists("contact k", "k.id = t.contact_id", "+k.email <> ''"),
    "phone": exists("contact k", "k.id = t.contact_id", "+k.phone <> ''"),
}


def _word(word: str) -> Part:
    if word in STATES:
        return state_part([word])
    if word == "waking":
        return indexed(Sql("+t.wake_at IS NOT NULL"), Sql("t.wake_at IS NOT NULL"), "wake_at")
    if word == "paused":
        return _paused()
    if word == "undated":
        return Part(Sql("+t.origin = 'import' AND t.closed_at = t.created_at"))
    if word == "breached":
        return indexed(Sql("+t.breached"), Sql("t.breached"), "breached")
    return Part(Sql("+t.origin = 'rule'"))


def _paused() -> Part:
    """Only what is pending has timers that run but stand still: without a due instant."""
    still = exists("ticket_timer x", OF_TIMER, "x.met_at IS NULL", "x.stopped_at IS NULL", "x.due_at IS NULL")
    pending = state_part(["pending"])
    assert pending.bare is not None
    test, bare = joined("AND", [pending.test, still]), joined("AND", [pending.bare, still])
    return indexed(test, bare, "state", ordered=True)


def _inside(leaf: Has | During) -> Callable[[str], Sql]:
    """The test that an instant in a column lies where the leaf says."""
    start, end = (leaf.start, leaf.end) if isinstance(leaf, During) else (None, None)
    return lambda column: within(column, start, end)


def _names(leaf: Compare | In | Range) -> list[Name]:
    values = leaf.values if isinstance(leaf, In) else (leaf.value,) if isinstance(leaf, Compare) else ()
    return [value for value in values if isinstance(value, Name)]
