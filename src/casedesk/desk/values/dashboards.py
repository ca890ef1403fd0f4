"""Dashboards: what stands on one, whose it is and who else sees it (S6 to S8)."""

from __future__ import annotations

from dataclasses import dataclass

from casedesk.domain.errors import NotFound

VIEW, FIGURE, CHART = "view", "figure", "chart"
"""What a widget shows."""

KINDS = (VIEW, FIGURE, CHART)

WIDEST = 4
"""The width of a widget is in quarters of the dashboard."""


@dataclass(frozen=True, slots=True)
class DashboardWidget:
    """One widget: a `view`, the `figure` of a `report` by its id, or the `chart` of a `report` by its title.

    `place` counts from 1. `by` is what the report is grouped by, empty for what suits the period; `query` narrows the
    widget down beside the dashboard's own; `working` counts open time by working hours. Without a `title` it is
    called after what it shows.
    """

    id: int
    place: int
    kind: str
    title: str
    width: int
    view: str = ""
    view_id: int = 0
    report: str = ""
    figure: str = ""
    chart: str = ""
    by: str = ""
    query: str = ""
    working: bool = False


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A dashboard. `period` is a date word such as `last-30d` or two with `..` between; `query` narrows every widget.

    `users` and `teams` are whom it is shared with; `pinned` says whether it opens first for the present user, `mine`
    whether it is theirs.
    """

    id: int
    name: str
    owner: str
    mine: bool
    period: str
    query: str
    widgets: tuple[DashboardWidget, ...] = ()
    users: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    pinned: bool = False
    retired: bool = False

    @property
    def shared(self) -> bool:
        return bool(self.users or self.teams)

    def widget(self, place: int) -> DashboardWidget:
        """The widget at a place from 1 on. Raises NotFound."""
        if not 1 <= place <= len(self.widgets):
            there = f"its places are 1 to {len(self.widgets)}" if self.widgets else "it has none yet"
            raise NotFound(f"The dashboard “{self.name}” has no widget {place}; {there}.")
        return self.widgets[place - 1]
