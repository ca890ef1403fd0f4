"""Dashboards: views, figures and charts side by side, for oneself or shared with people and teams (S6 to S8)."""

from __future__ import annotations

from casedesk import model
from casedesk.desk import dashboard_records as records
from casedesk.desk.dashboard_reading import Which
from casedesk.desk.dashboard_sharing import DashboardSharing
from casedesk.desk.naming import a_name, free_name
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome
from casedesk.desk.widget_editing import WidgetEditing
from casedesk.domain import rights
from casedesk.domain.errors import Unchanged

USUAL_PERIOD = "last-30d"


class Dashboards(WidgetEditing, DashboardSharing):
    """`desk.dashboards`: the user's own dashboards, and those shared with them or a team of theirs.

    A dashboard is changed by its owner, and by who may change the set-up; others can copy it.
    """

    def make(self, name: str, *, period: str = USUAL_PERIOD, query: str = "") -> Outcome:
        """Make an empty dashboard of the user's own.

        Raises InvalidInput for a name that is taken, and for what is no period or no query.
        """
        self._desk.require(rights.VIEWS_OWN)
        name, period = a_name("A dashboard", name), self._period(period)
        self._desk.queries.check(query)

        def change(recorder: Recorder) -> str:
            self._add(recorder, name, period, query.strip())
            return f"dashboard “{name}” made"

        return self._desk.acts.once("make dashboard", change, right=rights.VIEWS_OWN)

    def change(
        self, which: Which, *, new_name: str | None = None, period: str | None = None, query: str | None = None
    ) -> Outcome:
        """Change what is given. Raises Unchanged when nothing would differ, Conflict when somebody changed it since."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        values: dict[str, str] = {}
        if new_name is not None:
            values["name"] = a_name("A dashboard", new_name)
        if period is not None:
            values["period"] = self._period(period)
        if query is not None:
            self._desk.queries.check(query)
            values["query"] = query.strip()

        def change(recorder: Recorder) -> str:
            row = records.dashboard_row(recorder.session, dashboard)
            others = [each for each in records.dashboards_of(recorder.session, row.owner_id) if each.id != row.id]
            records.check_free(others, values.get("name", row.name))
            for field, value in values.items():
                recorder.set(row, field, value, kind="dashboard", texts=(getattr(row, field), value))
            if not recorder.lines:
                raise Unchanged(f"The dashboard “{dashboard.name}” is so already.")
            return f"dashboard “{dashboard.name}” changed"

        return self._desk.acts.once("change dashboard", change, right=rights.VIEWS_OWN)

    def copy(self, which: Which, new_name: str | None = None) -> Outcome:
        """Make a dashboard of the user's own like this one, under a name of its own or a free one made of this one's.

        It is shared with nobody.
        """
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self.show(which)
        if new_name is not None:
            new_name = a_name("A dashboard", new_name)

        def change(recorder: Recorder) -> str:
            mine = records.dashboards_of(recorder.session, self._desk.user.id)
            name = new_name or free_name(dashboard.name, {each.name.casefold() for each in mine})
            row = self._add(recorder, name, dashboard.period, dashboard.query)
            for widget in records.widget_rows(recorder.session, dashboard.id):
                kept = widget.model_dump(exclude={"id"}) | {"dashboard_id": row.id}
                recorder.add(model.DashboardWidget(**kept), kind="widget", text=widget.title or widget.kind)
            return f"dashboard “{name}” made like “{dashboard.name}”"

        return self._desk.acts.once("copy dashboard", change, right=rights.VIEWS_OWN)

    def retire(self, which: Which) -> Outcome:
        """Offer the dashboard no longer to anybody; it opens for nobody."""
        return self._set_retired(which, retired=True)

    def restore(self, which: Which) -> Outcome:
        """Offer it again, to those that it is shared with, and first to those who had pinned it."""
        return self._set_retired(which, retired=False)

    def _set_retired(self, which: Which, *, retired: bool) -> Outcome:
        dashboard = self._changeable(which, retired=True)
        self._desk.require(rights.VIEWS_OWN)

        def change(recorder: Recorder) -> str:
            row = records.dashboard_row(recorder.session, dashboard)
            texts = ("retired", "offered") if row.retired else ("offered", "retired")
            if not recorder.set(row, "retired", retired, kind="dashboard", texts=texts):
                raise Unchanged(f"The dashboard “{dashboard.name}” is {'retired' if retired else 'offered'} already.")
            return f"dashboard “{dashboard.name}” {'retired' if retired else 'brought back'}"

        name = "retire dashboard" if retired else "restore dashboard"
        return self._desk.acts.once(name, change, right=rights.VIEWS_OWN)

    def _period(self, text: str) -> str:
        return records.a_period(text, self._desk.now(), self._desk.zone)

    def _add(self, recorder: Recorder, name: str, period: str, query: str) -> model.Dashboard:
        records.check_free(records.dashboards_of(recorder.session, self._desk.user.id), name)
        row = model.Dashboard(name=name, owner_id=self._desk.user.id, period=period, query=query)
        return recorder.add(row, kind="dashboard", text=name)
