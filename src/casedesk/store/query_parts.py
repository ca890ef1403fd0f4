"""What single conditions are in SQL: the test of one ticket, and the way to its ids by an index (behaviour 6).

A test is about a row `t` of `ticket`. Its columns stand behind a plus sign, which SQLite reads as "use no index for
this": which index a query walks is decided in `store.query_sql`, and a test must not lure the planner elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from casedesk.domain.query.fields import field_of
from casedesk.domain.query.tree import Compare, During, FieldRef, In, Name, Op, Range
from casedesk.domain.text import caseless
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
    within,
    words_test,
)

INDEXED_PREFIX = 3
"""Characters of a word's beginning for which the search index has an index of its own (`store.triggers`)."""

MOMENT = {
    "created": "created_at",
    "updated": "updated_at",
    "closed": "closed_at",
    "deadline": "due_at",
    "wake": "wake_at",
}
NUMBER = {
    "number": "id",
    "contact_id": "contact_id",
    "account_id": "account_id",
    "response": "response_id",
    "parent": "parent_id",
    "merged": "merged_into_id",
}
OF_RESPONSE = "r.id = t.response_id"
OF_CLOSING = OF_TIMER = "x.ticket_id = t.id"
_RUNS = "x.met_at IS NULL AND x.stopped_at IS NULL"
STANDS = f"{_RUNS} OR (x.met_at IS NOT NULL AND x.due_at IS NOT NULL)"
"""A resolution timer says how the ticket stands to its target: it runs, or was met in time or not."""
DUE_SOON = f"(SELECT min(x.warn_at) FROM ticket_timer x WHERE x.ticket_id = t.id AND {_RUNS})"
"""From when on what is due is about to be missed: the first of what runs."""
_CLOSING = {"closing": "closed_at", "reopened": "reopened_at"}
_DONE = {
    "noted": ("note", "created_at", "author_id", "1"),
    "acted": ("ticket_action", "created_at", "actor_id", "1"),
    "messaged": ("message", "at", "author_id", "x.direction = 'out' AND NOT x.automatic AND x.author_id IS NOT NULL"),
}
"""What is done on tickets: its table, instant and actor, and what holds for it besides."""
DONE = frozenset(_DONE)
_REPLIES = {"first_response": "first response", "next_reply": "next reply"}
TIMED = frozenset({*_REPLIES, "breach"})
"""What the timers of a ticket tell, and its breaches."""
_JUDGED = {"inside": "x.met_at <= x.due_at", "outside": "x.met_at > x.due_at"}
_INDEXED = frozenset({"priority_id", "topic_id", "campaign_id", "owner_id", "team_id", "contact_id", "account_id"})
_INDEXED_EMPTY = _INDEXED - {"topic_id"}
_SCALES = "('nps', 'csat', 'ces', 'rating')"
_SEARCH_COLUMN = {"title": "body", "description": "body", "comment": "response", "note": "notes", "message": "notes"}


@dataclass(frozen=True, slots=True)
class Window:
    """The tickets that a test will be asked about, where that is known: those between two numbers, or few at all."""

    lowest: int = 0
    highest: int = 0
    few: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A condition in SQL.

    `ids` selects the ids (as `id`) of at least all tickets that match, by an index; `exact` says of no others, and
    `once` none of them twice. `bare` is the test with bare columns where an index begins with them, `index` names the
    first of those, and `ordered` says that the index goes on with the moment of creation. `match` is what the search
    index is asked for; `cheap` says that asking it about one ticket is no work, and `more` is what has to hold besides.
    """

    test: Sql
    ids: Sql | None = None
    exact: bool = True
    once: bool = False
    bare: Sql | None = None
    index: str = ""
    ordered: bool = False
    match: str = ""
    cheap: bool = True
    more: Sql | None = None

    def test_in(self, window: Window | None) -> Sql:
        """The test, made for the tickets of a window."""
        if not self.match or window is None or (window.few and not self.cheap):
            return self.test
        if window.few:
            test = exists("search", Sql("search MATCH ?", (self.match,)), "rowid = t.id")
        else:
            there = Sql("rowid BETWEEN ? AND ?", (window.lowest, window.highest))
            test = "+t.id IN (" + select("rowid", "search", Sql("search MATCH ?", (self.match,)), there) + ")"
        return test if self.more is None else joined("AND", [test, self.more])


def search_part(match: str, *, cheap: bool, column: str = "") -> Part:
    """The tickets that the search index finds; `column` limits it to one of the index's columns."""
    match = f"{column} : ({match})" if column else match
    found = select("rowid AS id", "search", Sql("search MATCH ?", (match,)))
    return Part("+t.id IN (" + found + ")", found, once=True, match=match, cheap=cheap)


def is_cheap(prefixed: Iterable[tuple[str, bool]]) -> bool:
    """Whether one ticket is looked up without work: not for the beginning of a word that has no index of its own."""
    return not any(prefix and len(text) > INDEXED_PREFIX for text, prefix in prefixed)


def words_part(name: str, names: Sequence[Name]) -> Part:
    """Words of one text of the ticket: the search index finds the candidates, the text itself decides."""
    if name == "comment":
        test = exists("response r", OF_RESPONSE, words_test("r.comment", names))
    elif name in {"note", "message"}:
        test = exists(f"{name} x", "x.ticket_id = t.id", words_test("x.body", names))
    else:
        test = words_test(f"t.{name}", names)
    cheap = is_cheap((entry.text, entry.open_end) for entry in names)
    return narrowed(search_part(_match(names), cheap=cheap, column=_SEARCH_COLUMN[name]), test)


def narrowed(part: Part, more: Sql) -> Part:
    """The part with a further condition, for which its index does nothing."""
    bare = None if part.bare is None else joined("AND", [part.bare, more])
    return replace(part, test=joined("AND", [part.test, more]), bare=bare, exact=False, more=more)


def indexed(test: Sql, bare: Sql, index: str, *, ordered: bool = False) -> Part:
    """A test of the ticket's own columns that an index serves."""
    return Part(test, select("t.id AS id", "ticket t", bare), once=True, bare=bare, index=index, ordered=ordered)


def column_part(column: str, ids: Sequence[int]) -> Part:
    """A column of the ticket that is one of the ids."""
    test = one_of(f"+t.{column}", ids)
    if column not in _INDEXED or not ids:
        return Part(test)
    return indexed(test, one_of(f"t.{column}", ids), column, ordered=len(ids) == 1)


def empty_part(column: str) -> Part:
    """A column of the ticket that holds nothing."""
    test = Sql(f"+t.{column} IS NULL")
    return indexed(test, Sql(f"t.{column} IS NULL"), column, ordered=True) if column in _INDEXED_EMPTY else Part(test)


def state_part(states: Collection[str]) -> Part:
    """A ticket in one of the states."""
    if not states:
        return Part(NEVER)
    found = sorted(states)
    return indexed(one_of_texts("+t.state", found), one_of_texts("t.state", found), "state", ordered=len(found) == 1)


def both(first: Part, second: Part) -> Part:
    """Two tests that one index serves together."""
    assert first.bare is not None
    assert second.bare is not None
    together = joined("AND", [first.bare, second.bare])
    ordered = first.ordered and second.ordered
    index = f"{first.index}, {second.index}"
    return indexed(joined("AND", [first.test, second.test]), together, index, ordered=ordered)


def moment_part(leaf: During) -> Part:
    """An instant of the ticket, or when its response was answered."""
    if leaf.field.name == "answered":
        inside = within("r.answered_at", leaf.start, leaf.end)
        tables = "campaign c CROSS JOIN response r ON r.campaign_id = c.id CROSS JOIN ticket w ON w.response_id = r.id"
        return Part(exists("response r", OF_RESPONSE, inside), select("w.id", tables, inside), once=True)
    if leaf.field.name == "due_soon":
        found = select("x.ticket_id AS id", "ticket_timer x", _RUNS, within("x.warn_at", leaf.start, leaf.end))
        return Part(within(DUE_SOON, leaf.start, leaf.end), found, exact=False)  # another timer may warn before
    if leaf.field.name in _CLOSING:
        return closing_part(within(f"x.{_CLOSING[leaf.field.name]}", leaf.start, leaf.end))
    if leaf.field.name == "open_at":
        assert leaf.end is not None
        return open_part(leaf.end)
    if leaf.field.name == "sla":
        return running_part(leaf)
    column = MOMENT[leaf.field.name]
    return indexed(within(f"+t.{column}", leaf.start, leaf.end), within(f"t.{column}", leaf.start, leaf.end), column)


def closing_part(inside: Sql) -> Part:
    """A ticket with a closing of its own, no merge, for which the condition on `x` holds."""
    conditions = [inside, Sql("NOT x.merged")]
    return Part(
        exists("ticket_closing x", OF_CLOSING, *conditions),
        select("x.ticket_id AS id", "ticket_closing x", *conditions),
    )


def open_part(end: int) -> Part:
    """A ticket that was open at an instant, of which `end` is the first second behind it.

    Those that are found by index are the ones that are open still and haven't been closed since, and those that have,
    each by the first closing since. The index on the moment of creation serves a walk.
    """
    unless = Sql("x.closed_at < ? AND (x.reopened_at IS NULL OR x.reopened_at >= ?)", (end, end))
    never = "NOT " + exists("ticket_closing x", OF_CLOSING, unless)
    since = Sql("x.reopened_at IS NULL OR x.reopened_at >= ?", (end,))
    still = select(
        "t.id AS id", "ticket t", "t.state IN ('new', 'open', 'pending')", Sql("t.created_at < ?", (end,)),
        "NOT " + exists("ticket_closing x", OF_CLOSING, since),
    )  # fmt: skip
    earlier = Sql("y.reopened_at IS NULL OR y.reopened_at >= ?", (end,))
    closed = select(
        "x.ticket_id", "ticket_closing x CROSS JOIN ticket w ON w.id = x.ticket_id", Sql("x.closed_at >= ?", (end,)),
        Sql("w.created_at < ?", (end,)),
        "NOT " + exists("ticket_closing y", "y.ticket_id = x.ticket_id", "y.closed_at < x.closed_at", earlier),
    )  # fmt: skip
    there = Sql("+t.id IS NOT NULL AND +t.created_at < ?", (end,))  # a response may have no ticket
    return Part(
        joined("AND", [there, never]), still + " UNION ALL " + closed, once=True,
        bare=joined("AND", [Sql("t.created_at < ?", (end,)), never]), index="created_at",
    )  # fmt: skip


def done_part(name: str, by: Sequence[int] | None, inside: Callable[[str], Sql]) -> Part:
    """A ticket on which somebody, or one of the users, did something at an instant for which `inside` holds."""
    table, instant, actor, which = _DONE[name]
    conditions = [inside(f"x.{instant}"), Sql(which)]
    if by is not None:
        conditions.append(one_of(f"x.{actor}", by))
    return Part(
        exists(f"{table} x", "x.ticket_id = t.id", *conditions), select("x.ticket_id AS id", f"{table} x", *conditions)
    )


def timer_kind(key: str) -> list[Sql]:
    """A timer or breach `x` of the kind that a query calls so; of any without one."""
    return [Sql("x.kind = ?", (key.replace("_", " "),))] if key else []


def timed_part(ref: FieldRef, inside: Callable[[str], Sql]) -> Part:
    """A ticket that was answered where there was a target for it, or missed a target, at an instant for which `inside`
    holds."""
    if ref.name == "breach":
        table, conditions = "ticket_breach x", [*timer_kind(ref.key), inside("x.due_at")]
    else:
        met = [Sql("x.met_at IS NOT NULL"), Sql("x.due_at IS NOT NULL"), inside("x.met_at")]
        judged = [Sql(_JUDGED[ref.key])] if ref.key else []
        table, conditions = "ticket_timer x", [*timer_kind(_REPLIES[ref.name]), *met, *judged]
    return Part(exists(table, OF_TIMER, *conditions), select("x.ticket_id AS id", table, *conditions))


def running_part(leaf: During) -> Part:
    """A ticket whose resolution timer runs and is due then; what stands still is due after everything else."""
    due = within("x.due_at", leaf.start, leaf.end)
    timers = [_resolution(due, _RUNS)]
    if leaf.end is None:
        timers.append(_resolution(Sql("x.due_at IS NULL"), _RUNS))
    tests = [exists("ticket_timer x", OF_TIMER, timer) for timer in timers]
    running = "ticket_timer x INDEXED BY ix_ticket_timer_running"
    found = [select("x.ticket_id AS id", running, timer) for timer in timers]
    ids = found[0] if len(found) == 1 else found[0] + " UNION ALL " + found[1]
    return Part(joined("OR", tests), ids, once=True)


def target_part(words: Sequence[str]) -> Part:
    """A ticket that was closed inside or outside of its resolution target; only one of the two has met it."""
    signs = {"inside": "<=", "outside": ">"}
    tests = [Sql(f"x.met_at {signs[word]} x.due_at") for word in words if word in signs]
    if not tests:
        return Part(NEVER)
    timer = _resolution(joined("OR", tests), "x.met_at IS NOT NULL")
    return Part(
        exists("ticket_timer x", OF_TIMER, timer), select("x.ticket_id AS id", "ticket_timer x", timer), once=True
    )


def _resolution(*conditions: Sql | str) -> Sql:
    """Conditions on a resolution timer `x`, of which a ticket has one at most."""
    every: list[Sql] = [Sql("x.kind = 'resolution'")]
    every += [Sql(condition) if isinstance(condition, str) else condition for condition in conditions]
    return joined("AND", every)


def number_part(leaf: Compare | In | Range) -> Part:
    """A number of the ticket; a score, where the field asks for it, of one kind."""
    name, scale = leaf.field.name, field_of(leaf.field).scale
    if name in NUMBER:
        column = NUMBER[name]
        return indexed(number_test(f"+t.{column}", leaf), number_test(f"t.{column}", leaf), "")
    score = number_test("+t.score", leaf)
    if scale:
        test = joined("AND", [Sql("+t.score_kind = ?", (scale,)), score])
        bare = joined("AND", [Sql("t.score_kind = ?", (scale,)), number_test("t.score", leaf)])
        return indexed(test, bare, "score", ordered=isinstance(leaf, Compare) and leaf.op is Op.EQ)
    halves = [
        select("t.id AS id", "ticket t", kind, number_test("t.score", leaf))
        for kind in (f"t.score_kind IN {_SCALES}", "t.score_kind IS NULL")
    ]
    return Part(score, halves[0] + " UNION ALL " + halves[1], once=True)


def linked_part(table: str, column: str, ids: Sequence[int]) -> Part:
    """A ticket that a row of the table links with one of the ids."""
    if not ids:
        return Part(NEVER)
    return Part(
        exists(f"{table} x", "x.ticket_id = t.id", one_of(f"x.{column}", ids)),
        select("ticket_id AS id", table, one_of(column, ids)),
        once=len(ids) == 1,
    )


def acted_part(users: Sequence[int]) -> Part:
    """A ticket on which one of the users did something."""
    if not users:
        return Part(NEVER)
    by_them = [Sql("l.actor_kind = 'user'"), one_of("l.actor_id", users)]
    acts = "act a CROSS JOIN activity l ON l.act_id = a.id"
    return Part(
        exists("activity l", "l.ticket_id = t.id", *by_them),
        select("l.ticket_id AS id", acts, one_of("a.user_id", users), "l.ticket_id IS NOT NULL", *by_them),
        exact=False,  # the record outlives tickets
    )


def person_part(table: str, names: Sequence[Name]) -> Part:
    """Words of the contact's or account's name or ids."""
    search = f"{table}_search"
    found = Sql(f"{search} MATCH ?", (_match(names),))
    tickets = f"{search} CROSS JOIN ticket w ON w.{table}_id = {search}.rowid"
    test = f"+t.{table}_id IN (" + select("rowid", search, found) + ")"
    return Part(test, select("w.id", tickets, found), once=True)


def reached_part(column: str, names: Sequence[Name]) -> Part:
    """By e-mail or phone, which are stored in lower case, so that a whole one is found by index."""
    whole = [caseless(entry.text) for entry in names if not (entry.open_start or entry.open_end)]
    open_ones = [entry for entry in names if entry.open_start or entry.open_end]
    tests = [one_of_texts(f"k.{column}", whole)] if whole else []
    tests += [name_test(f"k.{column}", open_ones)] if open_ones else []
    found = joined("OR", tests)
    test = "+t.contact_id IN (" + select("k.id", "contact k", found) + ")"
    return Part(test, select("w.id", "contact k CROSS JOIN ticket w ON w.contact_id = k.id", found), once=True)


def _match(names: Iterable[Name]) -> str:
    return " OR ".join(phrase(entry.text, prefix=entry.open_end) for entry in names)
