"""What people saved by name: views, dashboards and macros, and what they name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial

from casedesk.desk import macro_steps
from casedesk.desk.dashboard_records import a_kind, a_period
from casedesk.desk.doctor.check import DeskCheck, Subject
from casedesk.desk.values import Finding
from casedesk.desk.values.dashboards import VIEW
from casedesk.desk.view_columns import Columns
from casedesk.domain.errors import CasedeskError
from casedesk.store.query_names import Lookups


def _views(subject: Subject) -> Iterator[Finding]:
    columns = Columns(subject.reader, Lookups())
    for view_id, name, query, kept in subject.reader.rows("SELECT id, name, query, columns FROM view ORDER BY id"):
        yield from _query_faults(subject, f"The view “{name}”", view_id, query)
        gone = [each["column"] for each in json.loads(kept) if columns.found(each["column"]).gone]
        if gone:
            yield Finding(
                f"The view “{name}” shows what the desk doesn't have: {', '.join(gone)}.",
                (view_id,),
                way_out="Take the columns out of the view; a column comes back by itself with what it shows.",
            )


def _dashboards(subject: Subject) -> Iterator[Finding]:
    now, zone = subject.desk.now(), subject.desk.zone
    for dashboard_id, name, period, query in subject.reader.rows(
        "SELECT id, name, period, query FROM dashboard WHERE NOT retired ORDER BY id"
    ):
        who = f"The dashboard “{name}”"
        yield from _faults(who, dashboard_id, partial(a_period, period, now, zone))
        yield from _query_faults(subject, who, dashboard_id, query)
    views = {row[0] for row in subject.reader.rows("SELECT id FROM view")}
    for name, widget_id, kind, kept in subject.reader.rows(
        """SELECT d.name, w.id, w.kind, w.options FROM dashboard_widget w JOIN dashboard d ON d.id = w.dashboard_id
           WHERE NOT d.retired ORDER BY w.dashboard_id, w.position, w.id"""
    ):
        who, options = f"A widget of the dashboard “{name}”", json.loads(kept)
        yield from _faults(who, widget_id, partial(a_kind, kind))
        yield from _query_faults(subject, who, widget_id, options.get("query", ""))
        if kind == VIEW and options.get("view_id") not in views:
            yield Finding(
                f"{who} shows a view that is gone (“{options.get('view', '')}”).",
                (widget_id,),
                way_out="Take the widget off the dashboard, or let it show another view.",
            )


def _macros(subject: Subject) -> Iterator[Finding]:
    for macro_id, name, kept in subject.reader.rows("SELECT id, name, steps FROM macro WHERE NOT retired ORDER BY id"):
        check = partial(macro_steps.checked, subject.desk, json.loads(kept))
        yield from _faults(f"The macro “{name}”", macro_id, check)


def _query_faults(subject: Subject, who: str, record: int, query: str) -> Iterator[Finding]:
    if query.strip():
        yield from _faults(who, record, lambda: subject.desk.queries.check(query))


def _faults(who: str, record: int, check: Callable[[], object]) -> Iterator[Finding]:
    try:
        check()
    except CasedeskError as error:
        yield Finding(f"{who}: {error.sentence}", (record,), way_out="Its owner changes or removes it.")


CHECKS = (
    DeskCheck("views", "queries and columns of saved views", "all can be read", _views),
    DeskCheck("dashboards", "periods, queries and widgets of dashboards", "all can be shown", _dashboards),
    DeskCheck("macros", "the steps of macros name what there is", "all can be run", _macros),
)
