"""Changing the widgets of a dashboard: the views, figures and charts on it (S6)."""

from __future__ import annotations

from typing import Any

from casedesk import model
from casedesk.desk import dashboard_records as records
from casedesk.desk.dashboard_reading import DashboardReading, Which
from casedesk.desk.naming import a_name
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome
from casedesk.desk.values.dashboards import VIEW, Dashboard, DashboardWidget
from casedesk.domain import rights
from casedesk.domain.errors import InvalidInput, NotFound, Unchanged


class WidgetEditing(DashboardReading):
    """The part of `desk.dashboards` that changes what is on a dashboard. A widget is called by its place, from 1 on."""

    def add_widget(
        self,
        which: Which,
        kind: str,
        *,
        view: str | int = "",
        report: str = "",
        figure: str = "",
        chart: str = "",
        by: str = "",
        query: str = "",
        working: bool = False,
        title: str = "",
        width: int = 0,
        place: int | None = None,
    ) -> Outcome:
        """Put a view, figure or chart on the dashboard, at a place from 1 on or at its end.

        Whether the report has the figure or chart is for the reports to say (`reports.dashboard.check_widget`). Without
        a width a figure takes a quarter, the others half. Raises InvalidInput, and NotFound for a view.
        """
        self._desk.require(rights.VIEWS_OWN)
        dashboard, kind = self._changeable(which), records.a_kind(kind)
        given = {"report": report, "figure": figure, "chart": chart, "by": by, "query": query, "working": working}
        options = self._options(kind, {}, {**given, "view": view})
        row = model.DashboardWidget(
            dashboard_id=dashboard.id,
            kind=kind,
            title=_a_title(title),
            options=options,
            width=records.a_width(width or (1 if kind == "figure" else 2)),
        )
        named = row.title or _shown(options)

        def change(recorder: Recorder) -> str:
            rows = records.widget_rows(recorder.session, dashboard.id)
            if len(rows) >= records.MOST_WIDGETS:
                raise InvalidInput(f"A dashboard has at most {records.MOST_WIDGETS} widgets.")
            row.position = max((each.position for each in rows), default=0) + 1
            recorder.add(row, kind="widget", text=named)
            if place is not None:
                records.put_at(recorder, rows, row, place)
            return f"{kind} “{named}” added to the dashboard “{dashboard.name}”"

        return self._desk.acts.once("add widget", change, right=rights.VIEWS_OWN)

    def change_widget(self, which: Which, place: int, **changes: Any) -> Outcome:
        """Change what is given of the widget at a place: `title`, `width` and what `add_widget` takes but its kind."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        widget = dashboard.widget(place)

        def change(recorder: Recorder) -> str:
            row = self._widget_row(recorder, dashboard, widget)
            given = {name: value for name, value in changes.items() if value is not None}
            if "title" in given:
                title = _a_title(given.pop("title"))
                recorder.set(row, "title", title, kind="widget", texts=(row.title, title))
            if "width" in given:
                width = records.a_width(given.pop("width"))
                recorder.set(row, "width", width, kind="widget", texts=(f"{row.width}/4", f"{width}/4"))
            if given:
                options = self._options(row.kind, row.options, given)
                recorder.set(row, "options", options, kind="widget", texts=(_shown(row.options), _shown(options)))
            if not recorder.lines:
                raise Unchanged("The widget is so already.")
            return f"“{row.title or _shown(row.options)}” changed on the dashboard “{dashboard.name}”"

        return self._desk.acts.once("change widget", change, right=rights.VIEWS_OWN)

    def move_widget(self, which: Which, place: int, to: int) -> Outcome:
        """Put the widget at a place to another place."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        widget = dashboard.widget(place)

        def change(recorder: Recorder) -> str:
            row = self._widget_row(recorder, dashboard, widget)
            records.put_at(recorder, records.widget_rows(recorder.session, dashboard.id), row, to)
            if not recorder.lines:
                raise Unchanged("The widget is at that place already.")
            return f"“{row.title or _shown(row.options)}” moved on the dashboard “{dashboard.name}”"

        return self._desk.acts.once("move widget", change, right=rights.VIEWS_OWN)

    def remove_widget(self, which: Which, place: int) -> Outcome:
        """Take the widget at a place off the dashboard."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        widget = dashboard.widget(place)

        def change(recorder: Recorder) -> str:
            row = self._widget_row(recorder, dashboard, widget)
            named = row.title or _shown(row.options)
            recorder.remove(row, kind="widget", text=named)
            return f"{row.kind} “{named}” removed from the dashboard “{dashboard.name}”"

        return self._desk.acts.once("remove widget", change, right=rights.VIEWS_OWN)

    def _options(self, kind: str, kept: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """What a widget that kept this keeps from now on. A view is kept by its id, so that it may be renamed."""
        options = {**kept, **given}
        if kind == VIEW and given.get("view"):
            view = self._desk.views.show(given["view"])
            options.update(view=view.name, view_id=view.id)
        self._desk.queries.check(options.get("query") or "")
        return records.checked_options(kind, options)

    def _widget_row(self, recorder: Recorder, dashboard: Dashboard, widget: DashboardWidget) -> model.DashboardWidget:
        for row in records.widget_rows(recorder.session, dashboard.id):
            if row.id == widget.id:
                return row
        raise NotFound("The widget is gone.")


def _a_title(title: str) -> str:
    title = " ".join(title.split())
    return a_name("A widget", title) if title else ""


def _shown(options: dict[str, Any]) -> str:
    """What a widget without a title is called in the activity."""
    return str(options.get("view") or options.get("chart") or options.get("figure") or "")
