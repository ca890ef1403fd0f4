"""The desk's own lists as tables: what each is called, where tickets keep its entries, and how entries are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, cast
from unicodedata import normalize

from casedesk import model
from casedesk.desk.matching import did_you_mean
from casedesk.desk.naming import a_name
from casedesk.domain import lifecycle
from casedesk.domain.errors import Conflict, InvalidInput, NotThere
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from sqlmodel import Session

    Entry = model.Status | model.Priority | model.Topic | model.Tag | model.Classification | model.CloseOption

LONGEST_NAME: Final = 60

NOTHING: Final = "none"
"""What queries and macros write for no entry at all, so that no entry can have this name."""


class Named(Protocol):
    """What has a name and may be retired: a row, or the frozen value of one."""

    @property
    def name(self) -> str: ...

    @property
    def retired(self) -> bool: ...


NamedType = TypeVar("NamedType", bound=Named)


@dataclass(frozen=True, slots=True)
class List:
    """One of the desk's lists.

    `key` is what the list is called, `one` what an entry of it is, `table` the model's class. Tickets keep an entry in
    their `column`, or each of several in a row of `link`. `field` is the query language's, `given_as` what rules and
    macros call it.
    """

    key: str
    one: str
    table: str
    field: str
    column: str = ""
    link: str = ""
    given_as: str = ""
    ordered: bool = True

    @property
    def stored(self) -> str:
        """The name of its table in the database."""
        return self.one.replace(" ", "_")

    @property
    def rows(self) -> type[Entry]:
        """The class of its rows."""
        found: type[Entry] = getattr(model, self.table)
        return found


LISTS: Final[Mapping[str, List]] = {
    each.key: each
    for each in (
        List("statuses", "status", "Status", "status", column="status_id", given_as="status"),
        List("priorities", "priority", "Priority", "priority", column="priority_id", given_as="priority"),
        List("topics", "topic", "Topic", "topic", column="topic_id", given_as="topic"),
        List("tags", "tag", "Tag", "tag", link="TicketTag", given_as="tag", ordered=False),
        List(
            "classifications", "classification", "Classification", "class", link="TicketClassification",
            given_as="classification",
        ),
        List(
            "close options", "close option", "CloseOption", "resolution", column="resolution_id",
            given_as="resolution",
        ),
    )
}  # fmt: skip
"""Every list that a desk keeps itself, by its key."""


def rows_of(session: Session, which: List) -> list[Entry]:
    """Every entry in the list's order, retired ones included."""
    from sqlmodel import select

    rows = cast("list[Entry]", session.exec(select(which.rows)).all())
    return sorted(
        rows,
        key=lambda row: place_of(row.id or 0, row.name, getattr(row, "position", 0), getattr(row, "state", None)),
    )


def place_of(entry_id: int, name: str, position: int, state: str | None) -> tuple[int, int, str, int]:
    """What entries are sorted by: statuses by state first, tags (which have no positions) by name."""
    return lifecycle.STATES.index(state) if state else 0, position, name.casefold(), entry_id


def find(rows: Iterable[NamedType], which: List, name: str, *, retired: bool = False) -> NamedType:
    """The entry with this name, in any case; with `retired` a retired one too. Raises InvalidInput with the nearest."""
    listed = list(rows)
    wanted = same(name)
    for row in listed:
        if same(row.name) == wanted:
            if row.retired and not retired:
                raise InvalidInput(f"The {which.one} “{row.name}” is retired; restore it first.")
            return row
    known = [row.name for row in listed if retired or not row.retired]
    hint = did_you_mean(name, known, f"there is {', '.join(known[:12]) or 'none yet'}.")
    raise NotThere(f"There is no {which.one} “{name}”; {hint}")


def same(name: str) -> str:
    """What names have in common that people take for one name: case, blanks and what can't be seen don't count."""
    return normalize("NFC", normalize("NFC", visible_line(" ".join(name.split()))).casefold())


def free_name(session: Session, which: List, name: str, *, state: str = "", own: Entry | None = None) -> str:
    """The name as the list can have it, when no other entry has it, retired ones included. Raises InvalidInput.

    `state` is that of a status: its name may be one of the four states' only when it stands for that state.
    """
    wanted = a_name(f"A {which.one}", normalize("NFC", name))
    if len(wanted) > LONGEST_NAME or not same(wanted).strip():
        raise InvalidInput(f"A {which.one} needs a name of 1 to {LONGEST_NAME} visible characters.")
    if same(wanted) == NOTHING:
        raise InvalidInput(f"“{wanted}” stands for no {which.one}; give it another name.")
    if state and same(wanted) in lifecycle.STATES and same(wanted) != state:
        raise InvalidInput(f"“{wanted}” is one of the four states; a status that is {state} needs another name.")
    for row in rows_of(session, which):
        if row is not own and same(row.name) == same(wanted):
            if row.retired:
                raise InvalidInput(f"There is a retired {which.one} “{row.name}” already; restore it instead.")
            raise InvalidInput(f"There is a {which.one} “{row.name}” already.")
    return wanted


def a_state(value: str) -> str:
    """The state of a status, in any case. Raises InvalidInput for what is none of the four (behaviour 1.1)."""
    wanted = value.strip().casefold()
    if wanted not in lifecycle.STATES:
        raise InvalidInput(f"A status is new, open, pending or closed, not “{value}”.")
    return wanted


def why_it_stays(session: Session, which: List, row: Entry) -> str | None:
    """Why this entry can't be retired whatever is chosen instead; None when it can (behaviour 1.1)."""
    others = [other for other in rows_of(session, which) if other is not row and not other.retired]
    if isinstance(row, model.Status):
        if not any(isinstance(other, model.Status) and other.state == row.state for other in others):
            return f"“{row.name}” is the last status that is {row.state}, and tickets need one."
    elif isinstance(row, model.Priority) and not others:
        return f"“{row.name}” is the last priority, and new tickets need one."
    return None


def check_lists(session: Session) -> None:
    """Raise Conflict when the lists lack what the desk can't work without: for acts that are taken back."""
    statuses = rows_of(session, LISTS["statuses"])
    offered = {row.state for row in statuses if isinstance(row, model.Status) and not row.retired}
    for state in lifecycle.STATES:
        if state not in offered:
            raise Conflict(f"No status would be {state} any more; add or restore another one first.")
    if all(row.retired for row in rows_of(session, LISTS["priorities"])):
        raise Conflict("There would be no priority any more; add or restore another one first.")
