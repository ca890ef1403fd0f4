"""What each leaf of a query means in SQL: the test of one ticket, and the ways to its ids by an index (behaviour 6).

A test is about a row `t` of `ticket`. Its columns stand behind a plus sign, which SQLite reads as "use no index for
this": which index a query walks is decided in `store.query_sql`, and a test must not lure the planner elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from casedesk.domain.query.fields import STATES, Kind, field_of, kind_of
from casedesk.domain.query.tree import Compare, During, FieldRef, Has, In, Is, Leaf, Name, Op, Range, Text
from casedesk.domain.text import caseless
from casedesk.store.query_names import Lookups
from casedesk.store.reader import Reader
from casedesk.store.sql_text import (
    NEVER,
    Sql,
    joined,
    name_test,
    number_test,
    one_of,
    one_of_texts,
    phrase,
    text_as_number,
    within,
    words_test,
)

SHORT_ANSWER = 80
"""Characters of an answer up to which its value is indexed (`ix_answer_value`)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf in SQL.

    `ids` selects the ids (as `id`) of at least all tickets that match, by an index; `exact` says of no others, and
    `once` none of them twice. `walked` is the test with bare columns where an index on them goes on with the moment of
    creation, and `index` names that index's columns. `probe` is another form of the test, cheaper for a few rows.
    """

    test: Sql
    ids: Sql | None = None
    exact: bool = True
    once: bool = False
    walked: Sql | None = None
    index: str = ""
    probe: Sql | None = None


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
_INDEXED = frozenset({"priority_id", "campaign_id", "owner_id", "team_id", "contact_id", "account_id"})
_LINKED = {
    "tag": ("ticket_tag", "tag_id"),
    "class": ("ticket_classification", "classification_id"),
    "helper": ("ticket_helper", "user_id"),
}
_PEOPLE = frozenset({"owner", "helper", "by", "closer"})
_MOMENT = {"created": "created_at", "updated": "updated_at", "closed": "closed_at", "due": "due_at", "wake": "wake_at"}
_NUMBER = {"number": "id", "contact_id": "contact_id", "account_id": "account_id", "response": "response_id"}
_SCALES = "('nps', 'csat', 'ces', 'rating')"
_TEXT_COLUMN = {"external": "external_id", "language": "language", "origin": "origin", "state": "state"}
_SEARCH_COLUMN = {"title": "body", "description": "body", "comment": "response", "note": "notes"}


class Translator:
    """Translates leaves for one reader, which looks the names up."""

    def __init__(self, reader: Reader, lookups: Lookups, *, of_responses: bool = False) -> None:
        """`of_responses`: `t` is a response with its ticket, if it has one (`query_sql.select_responses_sql`)."""
        self._reader = reader
        self._lookups = lookups
        self._of_responses = of_responses

    def words(self, texts: Sequence[Text], word: str) -> Part:
        """Words that all (`word` is AND) or of which any (OR) are to be found."""
        part = _searched(f" {word} ".join(phrase(text.text, prefix=text.prefix) for text in texts))
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
        if isinstance(leaf, Has):
            return Part(self._presence(leaf.field))
        if isinstance(leaf, During):
            return _moment(leaf)
        return self._comparison(leaf)

    def _comparison(self, leaf: Compare | In | Range) -> Part:
        name, kind = leaf.field.name, kind_of(leaf.field)
        if kind is Kind.NUMBER:
            return _number(leaf)
        names = _names(leaf)
        if kind is Kind.VARIABLE:
            return self._answer(leaf, names) if name == "answer" else self._variable(leaf, names)
        if name in ("contact", "account"):
            return _person(name, names)
        if kind is Kind.WORDS:
            return _words(name, names)
        if name == "status":
            return self._status(names)
        if name in _LINKED:
            return _linked(*_LINKED[name], self._ids(name, names))
        if name in _OWN_COLUMN:
            return _column(_OWN_COLUMN[name], self._ids(name, names))
        return self._special(name, names)

    def _ids(self, name: str, names: Iterable[Name]) -> list[int]:
        return self._lookups.ids(self._reader, "user" if name in _PEOPLE else name, names)

    def _status(self, names: Sequence[Name]) -> Part:
        ids = self._ids("status", names)
        states = self._lookups.states(self._reader)
        chosen = {states[status] for status in ids}
        if {status for status, state in states.items() if state in chosen} == set(ids):
            return _state(sorted(chosen))
        return _narrowed(_state(sorted(chosen)), one_of("+t.status_id", ids))

    def _special(self, name: str, names: Sequence[Name]) -> Part:
        if name == "by":
            return _acted(self._ids(name, names))
        if name == "action":
            test = name_test("x.action_name", names)
            return Part(
                "EXISTS (SELECT 1 FROM ticket_action x WHERE x.ticket_id = t.id AND (" + test + "))",
                "SELECT x.ticket_id AS id FROM ticket_action x WHERE " + test,
            )
        if name == "source":
            found = self._lookups.sources(self._reader, names)
            of_response = "EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id AND " + one_of_texts(
                "+r.source", found
            )
            return Part(joined("OR", [one_of_texts("+t.source", found), of_response + ")"]))
        if name in ("email", "phone"):
            return _reached(name, names)
        test = name_test(f"+t.{_TEXT_COLUMN[name]}", names)
        if name == "state" and not any(entry.open_start or entry.open_end for entry in names):
            return _state([entry.text.lower() for entry in names])
        return Part(test)

    # -- what the desk named itself --------------------------------------------------------------------------------

    def _variable(self, leaf: Compare | In | Range, names: Sequence[Name]) -> Part:
        table = leaf.field.name
        owner, written = f"{table}_id", self._lookups.variables(self._reader, table, leaf.field.key)
        if not written:
            return Part(NEVER)
        called = one_of_texts("v.name", written)
        if not names:
            test = number_test(text_as_number("v.value"), leaf)
            return Part(
                f"EXISTS (SELECT 1 FROM {table}_variable v WHERE v.{owner} = t.{owner} AND "
                + called
                + " AND "
                + test
                + ")"
            )
        there = f"EXISTS (SELECT 1 FROM {table}_variable v WHERE v.{owner} = t.{owner} AND " + called
        listed = f"SELECT v.{owner} FROM {table}_variable v WHERE " + called + " AND (" + name_test("v.value", names)
        return Part(
            there + " AND (" + name_test("+v.value", names) + "))",
            f"SELECT id FROM ticket WHERE {owner} IN (" + listed + "))",
            once=True,
        )

    def _answer(self, leaf: Compare | In | Range, names: Sequence[Name]) -> Part:
        questions = self._lookups.questions(self._reader, leaf.field.key)
        if not questions:
            return Part(NEVER)
        # Few questions are looked up one by one, many by reading all answers of the response.
        asked = one_of("a.question_id" if len(questions) < 4 else "+a.question_id", questions)
        there = "EXISTS (SELECT 1 FROM answer a WHERE a.response_id = t.response_id AND " + asked + " AND "
        if not names:
            ids = one_of("a.question_id", questions) + " AND " + number_test("a.number", leaf)
            return Part(there + number_test("+a.number", leaf) + ")", _of_responses(ids), once=True)
        test = there + "(" + name_test("+a.value", names) + "))"
        if any(entry.open_start or entry.open_end or len(entry.text) > SHORT_ANSWER for entry in names):
            return Part(test)
        ids = one_of("a.question_id", questions) + f" AND length(a.value) <= {SHORT_ANSWER} AND ("
        return Part(test, _of_responses(ids + name_test("a.value", names) + ")"), once=True)

    # -- presence ----------------------------------------------------------------------------------------------------

    def _presence(self, ref: FieldRef) -> Sql:
        name, scale = ref.name, field_of(ref).scale
        if ref.key:
            return self._keyed_presence(ref)
        if scale:
            return Sql("+t.score_kind = ? AND +t.score IS NOT NULL", (scale,))
        if name in _LINKED:
            return Sql(f"EXISTS (SELECT 1 FROM {_LINKED[name][0]} x WHERE x.ticket_id = t.id)")
        column = _OWN_COLUMN.get(name) or _MOMENT.get(name) or _NUMBER.get(name) or {"score": "score"}.get(name)
        if column:
            return Sql(f"+t.{column} IS NOT NULL")
        return Sql(_PRESENCE[name])

    def _keyed_presence(self, ref: FieldRef) -> Sql:
        if ref.name == "answer":
            asked = one_of("+a.question_id", self._lookups.questions(self._reader, ref.key))
            return (
                "EXISTS (SELECT 1 FROM answer a WHERE a.response_id = t.response_id AND a.value <> '' AND "
                + asked
                + ")"
            )
        written = self._lookups.variables(self._reader, ref.name, ref.key)
        found = (
            f"EXISTS (SELECT 1 FROM {ref.name}_variable v WHERE v.{ref.name}_id = t.{ref.name}_id AND +v.value <> ''"
        )
        return found + " AND " + one_of_texts("v.name", written) + ")"


_PRESENCE = {
    "description": "+t.description <> ''",
    "comment": "EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id AND r.comment <> '')",
    "note": "EXISTS (SELECT 1 FROM note x WHERE x.ticket_id = t.id AND x.body <> '')",
    "action": "EXISTS (SELECT 1 FROM ticket_action x WHERE x.ticket_id = t.id AND x.action_name <> '')",
    "source": "+t.source <> '' OR EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id AND r.source <> '')",
    "external": "+t.external_id <> ''",
    "language": "+t.language <> ''",
    "answered": "EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id)",
    "by": "EXISTS (SELECT 1 FROM activity l WHERE l.ticket_id = t.id AND l.actor_kind = 'user')",
    "contact": "EXISTS (SELECT 1 FROM contact k WHERE k.id = t.contact_id"
    " AND (k.name <> '' OR k.email <> '' OR k.external_id <> ''))",
    "account": "EXISTS (SELECT 1 FROM account k WHERE k.id = t.account_id AND (k.name <> '' OR k.external_id <> ''))",
    "email": "EXISTS (SELECT 1 FROM contact k WHERE k.id = t.contact_id AND +k.email <> '')",
    "phone": "EXISTS (SELECT 1 FROM contact k WHERE k.id = t.contact_id AND +k.phone <> '')",
}


def _searched(match: str, column: str = "") -> Part:
    """The tickets that the search index finds; `column` limits it to one of the index's columns."""
    match = f"{column} : ({match})" if column else match
    found = "SELECT rowid AS id FROM search WHERE search MATCH ?"
    return Part(
        Sql(f"+t.id IN ({found})", (match,)),
        Sql(found, (match,)),
        once=True,
        probe=Sql("EXISTS (SELECT 1 FROM search WHERE search MATCH ? AND rowid = t.id)", (match,)),
    )


def _names(leaf: Compare | In | Range) -> list[Name]:
    values = leaf.values if isinstance(leaf, In) else (leaf.value,) if isinstance(leaf, Compare) else ()
    return [value for value in values if isinstance(value, Name)]


def _narrowed(part: Part, more: Sql) -> Part:
    """The part with a further condition, for which its index does nothing."""
    return replace(part, test=joined("AND", [part.test, more]), exact=False)


def _column(column: str, ids: Sequence[int]) -> Part:
    test = one_of(f"+t.{column}", ids)
    if column not in _INDEXED or not ids:
        return Part(test)
    return Part(
        test,
        "SELECT id FROM ticket WHERE " + one_of(column, ids),
        once=True,
        walked=one_of(f"t.{column}", ids) if len(ids) == 1 else None,
        index=column,
    )


def _state(states: Sequence[str]) -> Part:
    if not states:
        return Part(NEVER)
    return Part(
        one_of_texts("+t.state", states),
        "SELECT id FROM ticket WHERE " + one_of_texts("state", states),
        once=True,
        walked=Sql("t.state = ?", (states[0],)) if len(states) == 1 else None,
        index="state",
    )


def _word(word: str) -> Part:
    if word in STATES:
        return _state([word])
    if word == "waking":
        return Part(Sql("+t.wake_at IS NOT NULL"), Sql("SELECT id FROM ticket WHERE wake_at IS NOT NULL"), once=True)
    return Part(Sql({"breached": "+t.breached", "automatic": "+t.origin = 'rule'"}[word]))


def _moment(leaf: During) -> Part:
    if leaf.field.name == "answered":
        inside = within("r.answered_at", leaf.start, leaf.end)
        return Part("EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id AND " + inside + ")")
    column = _MOMENT[leaf.field.name]
    return Part(
        within(f"+t.{column}", leaf.start, leaf.end),
        "SELECT id FROM ticket WHERE " + within(column, leaf.start, leaf.end),
        once=True,
        walked=within("t.created_at", leaf.start, leaf.end) if column == "created_at" else None,
        index=column,
    )


def _number(leaf: Compare | In | Range) -> Part:
    name, scale = leaf.field.name, field_of(leaf.field).scale
    if name in _NUMBER:
        column = _NUMBER[name]
        ids = "SELECT id FROM ticket WHERE " + number_test(column, leaf)
        return Part(number_test(f"+t.{column}", leaf), ids, once=True)
    test, bare = number_test("+t.score", leaf), number_test("score", leaf)
    if scale:
        ids = Sql("SELECT id FROM ticket WHERE score_kind = ? AND ", (scale,)) + bare
        one_score = isinstance(leaf, Compare) and leaf.op is Op.EQ
        return Part(
            Sql("+t.score_kind = ? AND ", (scale,)) + test,
            ids,
            once=True,
            walked=Sql("t.score_kind = ? AND ", (scale,)) + number_test("t.score", leaf) if one_score else None,
            index="score",
        )
    kinds = (f"score_kind IN {_SCALES}", "score_kind IS NULL")
    halves = [f"SELECT id FROM ticket WHERE {kind} AND " + bare for kind in kinds]
    return Part(test, halves[0] + " UNION ALL " + halves[1], once=True)


def _linked(table: str, column: str, ids: Sequence[int]) -> Part:
    if not ids:
        return Part(NEVER)
    return Part(
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.ticket_id = t.id AND " + one_of(f"x.{column}", ids) + ")",
        f"SELECT ticket_id AS id FROM {table} WHERE " + one_of(column, ids),
        once=len(ids) == 1,
    )


def _acted(users: Sequence[int]) -> Part:
    if not users:
        return Part(NEVER)
    return Part(
        "EXISTS (SELECT 1 FROM activity l WHERE l.ticket_id = t.id AND l.actor_kind = 'user' AND "
        + one_of("l.actor_id", users)
        + ")",
        "SELECT l.ticket_id AS id FROM act a JOIN activity l ON l.act_id = a.id WHERE l.ticket_id IS NOT NULL"
        " AND l.actor_kind = 'user' AND " + one_of("a.user_id", users) + " AND " + one_of("l.actor_id", users),
        exact=False,  # the record outlives tickets
    )


def _words(name: str, names: Sequence[Name]) -> Part:
    """Words of one text of the ticket: the search index finds the candidates, the text itself decides."""
    match = " OR ".join(phrase(entry.text, prefix=entry.open_end) for entry in names)
    there: dict[str, Callable[[], Sql]] = {
        "title": lambda: words_test("t.title", names),
        "description": lambda: words_test("t.description", names),
        "comment": lambda: (
            "EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id AND (" + words_test("r.comment", names) + "))"
        ),
        "note": lambda: (
            "EXISTS (SELECT 1 FROM note x WHERE x.ticket_id = t.id AND (" + words_test("x.body", names) + "))"
        ),
    }
    part = _searched(match, _SEARCH_COLUMN[name])
    test = there[name]()
    assert part.probe is not None
    return replace(_narrowed(part, test), probe=joined("AND", [part.probe, test]))


def _person(table: str, names: Sequence[Name]) -> Part:
    match = " OR ".join(phrase(entry.text, prefix=entry.open_end) for entry in names)
    found = Sql(f"(SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)", (match,))
    return Part(f"+t.{table}_id IN " + found, f"SELECT id FROM ticket WHERE {table}_id IN " + found, once=True)


def _reached(column: str, names: Sequence[Name]) -> Part:
    """By e-mail or phone, which are stored in lower case, so that a whole one is found by index."""
    whole = [caseless(entry.text) for entry in names if not (entry.open_start or entry.open_end)]
    open_ones = [entry for entry in names if entry.open_start or entry.open_end]
    tests = [one_of_texts(f"k.{column}", whole)] if whole else []
    tests += [name_test(f"k.{column}", open_ones)] if open_ones else []
    found = "(SELECT k.id FROM contact k WHERE " + joined("OR", tests) + ")"
    return Part("+t.contact_id IN " + found, "SELECT id FROM ticket WHERE contact_id IN " + found, once=True)


def _of_responses(condition: Sql) -> Sql:
    return "SELECT id FROM ticket WHERE response_id IN (SELECT a.response_id FROM answer a WHERE " + condition + ")"
