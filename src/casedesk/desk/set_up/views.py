"""Shared views in the set-up (S5). Everybody's own views are theirs, and no part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part
from casedesk.desk.set_up.shape import Key, a_flag, a_text, texts
from casedesk.desk.values import ViewColumn
from casedesk.desk.values.set_up import REMOVED
from casedesk.domain.rights import VIEWS_SHARE

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import View


class ViewsPart(Part):
    """Views that all share, in their order."""

    key = "views"
    one = "view"
    right = VIEWS_SHARE
    ordered = True
    about = "A column is its name, or its name and its width: “title:40”."
    keys = (
        Key("name", a_text),
        Key("scope", a_text, "tickets"),
        Key("query", a_text, ""),
        Key("campaign", a_text, ""),
        Key("columns", texts, []),
        Key("allow_actions", a_flag, False),
    )

    def read(self, desk: Desk) -> list[Entry]:
        return [Entry(_values(desk, view)) for view in _shared(desk)]

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        views = to.desk.views
        known = {same(view.name): view for view in _shared(to.desk)}
        for entry in wanted:
            found = known.get(same(entry.name))
            values: dict[str, Any] = {field: entry[field] for field in ("query", "columns", "allow_actions")}
            values["campaign"] = entry["campaign"]
            if found is not None and found.scope != entry["scope"]:
                to.do(entry.place, views.delete, found)
                found = None
            if found is None:
                to.do(
                    entry.place,
                    views.add,
                    entry.name,
                    scope=entry["scope"],
                    shared=True,
                    **values,
                )
            elif _values(to.desk, found) != entry.values:
                to.do(
                    entry.place,
                    views.change,
                    found,
                    new_name=entry.name,
                    **values,
                )

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        views = to.desk.views
        known = self.by_name(wanted)
        for view in _shared(to.desk):
            if same(view.name) not in known and to.do((self.key,), views.delete, view):
                to.fates[self.key, view.name] = REMOVED
        for place, entry in enumerate(wanted, 1):
            shown = _shared(to.desk)
            names = [same(each.name) for each in shown]
            if names.index(same(entry.name)) != place - 1:
                to.do(entry.place, views.move, shown[names.index(same(entry.name))], place)


def _shared(desk: Desk) -> list[View]:
    return [view for view in desk.views.list() if view.shared]


def _values(desk: Desk, view: View) -> dict[str, Any]:
    columns = [_column(column) for column in view.columns]
    usual = [_column(column) for column in desk.views.usual_columns(view.scope)]
    return {
        "name": view.name,
        "scope": view.scope,
        "query": view.query,
        "campaign": view.campaign or "",
        "columns": [] if columns == usual else columns,
        "allow_actions": view.allow_actions,
    }


def _column(column: ViewColumn) -> str:
    return f"{column.name}:{column.width}" if column.width or ":" in column.name else column.name
