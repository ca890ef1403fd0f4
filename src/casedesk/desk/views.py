"""Saved views: named queries over tickets or responses, each with its own columns (S5, X1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any, Final

from casedesk import model
from casedesk.desk.matching import did_you_mean
from casedesk.desk.naming import a_name, free_name
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome, View, ViewColumn, ViewRow
from casedesk.desk.values.views import RESPONSES, TICKETS
from casedesk.desk.view_columns import USUAL, Columns
from casedesk.desk.view_reading import WHOLE, RowReading
from casedesk.desk.view_records import check_free, group_of, last_position, row_of, said
from casedesk.domain import rights
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Unchanged
from casedesk.domain.query import QueryError
from casedesk.domain.query.grammar import quoted
from casedesk.store.query_names import Lookups

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.view_columns import Given
    from casedesk.store.reader import Row

Which = str | int | View
"""A view by its name, the user's own before a shared one of that name; by its id; or as it was read before."""

MOST_VIEWS: Final = 500
"""Views that one user has, and that are shared."""

_SCOPES: Final = (TICKETS, RESPONSES)

_VIEWS = """
    SELECT v.id, v.name, v.scope, u.login, c.name, v.query, v.columns, v.allow_actions, v.position, v.campaign_id,
           c.retired
    FROM view v LEFT JOIN user u ON u.id = v.owner_id LEFT JOIN campaign c ON c.id = v.campaign_id
    WHERE v.owner_id IS NULL OR v.owner_id = ?
    ORDER BY v.owner_id IS NULL, v.position, v.id"""


class Views:
    """`desk.views`: the user's own views, and those that all share."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lookups = Lookups()

    # -- reading ------------------------------------------------------------------------------------------------

    def list(self, scope: str | None = None) -> list[View]:
        """The user's own views in their order, then the shared ones; those of one scope, where it is named."""
        self._desk.require(rights.TICKETS_VIEW)
        columns = self._columns()
        rows = self._desk.store.reader().rows(_VIEWS, (self._desk.user.id,))
        return [self._view(row, columns) for row in rows if scope in (None, row[2])]

    def show(self, which: Which) -> View:
        """The view. Raises NotFound with the nearest names."""
        every = self.list()
        if isinstance(which, View | int):
            wanted_id = which if isinstance(which, int) else which.id
            found = next((view for view in every if view.id == wanted_id), None)
            if found is None:
                raise NotFound("The view is gone." if isinstance(which, int) else f"The view “{which.name}” is gone.")
            return found
        wanted = " ".join(which.split()).casefold()
        for view in every:
            if view.name.casefold() == wanted:
                return view
        known = [view.name for view in every]
        hint = did_you_mean(which, known, f"there is {', '.join(known) or 'none yet'}.")
        raise NotFound(f"There is no view “{which}”; {hint}")

    def usual_columns(self, scope: str) -> tuple[ViewColumn, ...]:
        """The columns of a view of this scope for which none were chosen."""
        self._desk.require(rights.TICKETS_VIEW)
        columns = self._columns()
        return tuple(columns.found(name) for name in USUAL[_a_scope(scope)])

    def offered_columns(self, campaign: str | None = None) -> tuple[ViewColumn, ...]:
        """Every column that a view can have: fields, the answers of the campaign (or of all), custom variables."""
        self._desk.require(rights.TICKETS_VIEW)
        return tuple(self._columns().offered(campaign))

    def columns_named(self, names: Iterable[str]) -> tuple[ViewColumn, ...]:
        """The columns of these names, each `name` or `name:width`. Raises InvalidInput with the nearest names."""
        self._desk.require(rights.TICKETS_VIEW)
        return tuple(self._columns().checked(map(named_column, names)))

    def stream(self, which: Which, query: str = "", *, first: int = 128, chunk: int = 4096) -> Iterator[Sequence[int]]:
        """The view's ticket numbers or response ids in its order, in pieces: a small first one, then larger.

        `query` narrows it down. Responses come by when they were answered, the latest first. Raises InvalidInput for a
        broken view.
        """
        view = self._readable(which)
        if view.scope == TICKETS:
            yield from self._desk.tickets.stream(view.narrowed(query), first=first, chunk=chunk)
            return
        yield from self.stream_responses(view.narrowed(query), first=first, chunk=chunk)

    def stream_responses(self, query: str, *, first: int = 128, chunk: int = 4096) -> Iterator[Sequence[int]]:
        """The ids of the responses that match a query, the latest answers first, in pieces."""
        self._desk.require(rights.TICKETS_VIEW)
        sql = self._desk.queries.select_responses(query)
        sizes = chain((first,), repeat(chunk))
        for rows in self._desk.store.reader().chunks(sql.text, sql.parameters, sizes):
            yield [row[0] for row in rows]

    def count(self, which: Which, query: str = "") -> int:
        """How many it lists now, narrowed down by `query`. Raises InvalidInput for a broken view."""
        view = self._readable(which)
        if view.scope == TICKETS:
            return self._desk.tickets.count(view.narrowed(query))
        return self.count_responses(view.narrowed(query))

    def count_responses(self, query: str) -> int:
        """How many responses match a query."""
        self._desk.require(rights.TICKETS_VIEW)
        sql = self._desk.queries.select_responses(query)
        return int(self._desk.store.reader().value(f"SELECT count(*) FROM ({sql.text})", sql.parameters))

    def rows(
        self, columns: Sequence[ViewColumn], ids: Sequence[int], scope: str = TICKETS, *, longest: int = WHOLE
    ) -> tuple[ViewRow, ...]:
        """The cells of these tickets (by number) or responses (by id), in this order; those that are gone are left out.

        A gone column, and what the user may not see, is an empty cell. Texts are cut after `longest` characters.
        """
        self._desk.require(rights.TICKETS_VIEW)
        desk = self._desk
        reader, seen = desk.store.reader(), desk.user.rights
        reading = RowReading(reader, self._lookups, columns, _a_scope(scope), seen, desk.seconds())
        return tuple(reading.rows(ids, longest=longest))

    # -- changing -----------------------------------------------------------------------------------------------

    def add(
        self,
        name: str,
        *,
        scope: str = TICKETS,
        query: str = "",
        campaign: str | None = None,
        columns: Iterable[Given | str] = (),
        allow_actions: bool = False,
        shared: bool = False,
    ) -> Outcome:
        """Save a view of the user's own, or a shared one, which is a right of its own.

        A column is given as a `ViewColumn` or as `name` or `name:width`; without any it gets the usual ones. Raises
        InvalidInput for a name that a view of theirs or a shared one has, a mistake in the query, or a column that
        can't be.
        """
        self._desk.require(rights.VIEWS_OWN)
        name, scope = a_name("A view", name), _a_scope(scope)
        self._desk.queries.check(query)
        campaign_id = self._campaign_id(campaign)
        kept = _kept(self._columns().checked(map(_given, columns)) or self.usual_columns(scope))
        owner_id = self._owner_id(shared)

        def change(recorder: Recorder) -> str:
            group = group_of(recorder.session, owner_id)
            check_free(recorder.session, name, self._desk.user.id)
            if len(group) >= MOST_VIEWS:
                raise InvalidInput(f"There are {MOST_VIEWS} views already; delete one first.")
            row = model.View(
                name=name,
                scope=scope,
                owner_id=owner_id,
                campaign_id=campaign_id,
                query=query.strip(),
                columns=kept,
                allow_actions=allow_actions,
                position=last_position(group) + 1,
            )
            recorder.add(row, kind="view", text=name)
            return f"view “{name}” saved"

        return self._desk.acts.once("save view", change, right=rights.VIEWS_OWN)

    def change(
        self,
        which: Which,
        *,
        new_name: str | None = None,
        query: str | None = None,
        campaign: str | None = None,
        columns: Iterable[Given | str] | None = None,
        allow_actions: bool | None = None,
        shared: bool | None = None,
    ) -> Outcome:
        """Change what is given; what is None stays. An empty campaign takes it away, no columns bring the usual ones.

        Raises NotPermitted for a shared view without the right, Unchanged when nothing would differ, and Conflict
        when somebody changed a view that was read before.
        """
        self._desk.require(rights.VIEWS_OWN)
        view = self._changeable(which)
        values: dict[str, Any] = {}
        if new_name is not None:
            values["name"] = a_name("A view", new_name)
        if query is not None:
            self._desk.queries.check(query)
            values["query"] = query.strip()
        if campaign is not None:
            values["campaign_id"] = self._campaign_id(campaign)
        if columns is not None:
            values["columns"] = _kept(self._rechecked(view, map(_given, columns)) or self.usual_columns(view.scope))
        if allow_actions is not None:
            values["allow_actions"] = allow_actions
        owner_id = self._owner_id(view.shared if shared is None else shared)

        def change(recorder: Recorder) -> str:
            row = row_of(recorder.session, view)
            if values.get("name", row.name).casefold() != row.name.casefold():
                check_free(recorder.session, values["name"], self._desk.user.id, but=row.id)
            if row.owner_id != owner_id:
                group = group_of(recorder.session, owner_id)
                check_free(recorder.session, values.get("name", row.name), self._desk.user.id, but=row.id)
                values.update(owner_id=owner_id, position=last_position(group) + 1)
            for field, value in values.items():
                recorder.set(row, field, value, kind="view", texts=(said(getattr(row, field)), said(value)))
            if not recorder.lines:
                raise Unchanged(f"The view “{view.name}” is so already.")
            done = "shared" if shared and not view.shared else "made personal" if shared is False else "changed"
            return f"view “{view.name}” {done}"

        return self._desk.acts.once("change view", change, right=rights.VIEWS_OWN)

    def share(self, which: Which, *, shared: bool = True) -> Outcome:
        """Let everybody use the view, or make a shared one the user's own: then the others lose it."""
        self._desk.require(rights.VIEWS_OWN)
        view = self._changeable(which)
        if view.shared == shared:
            raise Unchanged(f"The view “{view.name}” is {'shared' if shared else 'personal'} already.")
        return self.change(view, shared=shared)

    def copy(self, which: Which, new_name: str | None = None, *, shared: bool = False) -> Outcome:
        """Save another view like this one; under a name of its own, or a free one made of this one's."""
        self._desk.require(rights.VIEWS_OWN)
        view = self.show(which)
        names = {each.name.casefold() for each in self.list()}
        name = new_name if new_name is not None else free_name(view.name, names)
        return self.add(
            name,
            scope=view.scope,
            query=view.query,
            campaign=view.campaign,
            columns=view.shown_columns,
            allow_actions=view.allow_actions,
            shared=shared,
        )

    def move(self, which: Which, place: int) -> Outcome:
        """Put the view at a place, from 1 on, among the user's own or among the shared ones."""
        self._desk.require(rights.VIEWS_OWN)
        view = self._changeable(which)
        owner_id = None if view.shared else self._desk.user.id

        def change(recorder: Recorder) -> str:
            group = group_of(recorder.session, owner_id)
            row = row_of(recorder.session, view)
            others = [each for each in group if each.id != row.id]
            others.insert(max(0, min(place - 1, len(others))), row)
            for position, each in enumerate(others, 1):
                recorder.set(each, "position", position)
            if not recorder.lines:
                raise Unchanged(f"The view “{view.name}” is at that place already.")
            return f"view “{view.name}” moved"

        return self._desk.acts.once("move view", change, right=rights.VIEWS_OWN)

    def delete(self, which: Which) -> Outcome:
        """Delete the view; undo brings it back as it was."""
        self._desk.require(rights.VIEWS_OWN)
        view = self._changeable(which)

        def change(recorder: Recorder) -> str:
            recorder.remove(row_of(recorder.session, view), kind="view", text=view.name)
            return f"view “{view.name}” deleted"

        return self._desk.acts.once("delete view", change, right=rights.VIEWS_OWN)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _columns(self) -> Columns:
        return Columns(self._desk.store.reader(), self._lookups)

    def _view(self, row: Row, columns: Columns) -> View:
        view_id, name, scope, owner, campaign, query, kept, allow, position, campaign_id, retired = row
        found = tuple(columns.found(each["column"], each.get("width", 0)) for each in json.loads(kept))
        problems = [f"The column {column.name} is gone." for column in found if column.gone]
        if campaign_id is not None and campaign is None:
            problems.insert(0, "Its campaign is gone; it shows those of all campaigns.")
        elif retired:
            problems.insert(0, f"Its campaign “{campaign}” is retired.")
        within = f"campaign:{quoted(campaign)}" if campaign else ""
        whole = " ".join(filter(None, (within, query and f"({query})")))
        broken = False
        try:
            self._desk.queries.check(query)
        except QueryError as error:
            broken = True
            problems.insert(0, f"Its query can't be read: {error.sentence}")
        return View(
            id=view_id,
            name=name,
            scope=scope,
            owner=owner,
            campaign=campaign,
            query=query,
            columns=found,
            allow_actions=bool(allow),
            position=position,
            problems=tuple(problems),
            broken=broken,
            within=within,
            whole_query=whole,
        )

    def _readable(self, which: Which) -> View:
        view = self.show(which)
        if view.broken:
            raise InvalidInput(f"The view “{view.name}” can't be shown. {view.problems[0]}")
        return view

    def _changeable(self, which: Which) -> View:
        view = self.show(which)
        if view.shared:
            self._desk.require(rights.VIEWS_SHARE)
        if isinstance(which, View) and _what(view) != _what(which):
            raise Conflict(f"The view “{which.name}” has changed since you saw it.")
        return view

    def _rechecked(self, view: View, given: Iterable[Given]) -> Sequence[Given]:
        """The columns, checked; one that the view has already may be gone, and is kept until somebody drops it."""
        columns, had = self._columns(), {column.name for column in view.columns if column.gone}
        listed = [*given]
        checked = iter(columns.checked(column for column in listed if column.name not in had))
        return [column if column.name in had else next(checked) for column in listed]

    def _campaign_id(self, name: str | None) -> int | None:
        return self._desk.setup.entry("campaign", name).id if name and name.strip() else None

    def _owner_id(self, shared: bool) -> int | None:
        if shared and not self._desk.can(rights.VIEWS_SHARE):
            raise NotPermitted(f"{self._desk.user.login} may not share views; an administrator can allow it.")
        return None if shared else self._desk.user.id


def named_column(text: str) -> ViewColumn:
    """A column given as `name` or `name:width`. Raises InvalidInput for a width that is no number."""
    name, colon, width = text.strip().rpartition(":")
    if not colon or not (width.strip().isascii() and width.strip().isdigit()):
        return ViewColumn(text.strip())
    return ViewColumn(name.strip(), int(width))


def _given(column: Given | str) -> Given:
    return named_column(column) if isinstance(column, str) else column


def _kept(columns: Iterable[Given]) -> list[dict[str, Any]]:
    return [{"column": column.name, "width": column.width} for column in columns]


def _a_scope(scope: str) -> str:
    if scope not in _SCOPES:
        raise InvalidInput(f"A view is of tickets or of responses, not of “{scope}”.")
    return scope


def _what(view: View) -> tuple[object, ...]:
    """What a change of the view would overwrite."""
    columns = tuple((column.name, column.width) for column in view.columns)
    return view.name, view.scope, view.owner, view.campaign, view.query, columns, view.allow_actions
