"""`desk.dashboards`: making, filling, sharing, pinning and taking back dashboards (S6 to S8)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Unchanged
from casedesk.domain.query import QueryError


@pytest.fixture
def today(desk: Desk) -> Desk:
    """Ana's dashboard `Today` with the shared view `Open`, the figure new and a chart."""
    desk.views.add("Open", query="is:open", shared=True, allow_actions=True)
    desk.dashboards.make(" Today ")
    desk.dashboards.add_widget("Today", "view", view="open")
    desk.dashboards.add_widget("Today", "figure", report="tickets", figure="new", title="Came in", by="week")
    desk.dashboards.add_widget("Today", "chart", report="tickets", chart="New and closed", width=4)
    return desk


def shown(desk: Desk, name: str = "Today") -> list[str]:
    return [widget.view or widget.figure or widget.chart for widget in desk.dashboards.show(name).widgets]


def test_a_dashboard_keeps_its_widgets_in_order(today: Desk) -> None:
    dashboard = today.dashboards.show("today")
    assert (dashboard.name, dashboard.owner, dashboard.mine, dashboard.period) == ("Today", "ana", True, "last-30d")
    assert [(each.place, each.kind, each.title, each.width) for each in dashboard.widgets] == [
        (1, "view", "", 2), (2, "figure", "Came in", 1), (3, "chart", "", 4),
    ]  # fmt: skip
    assert shown(today) == ["Open", "new", "New and closed"]
    assert dashboard.widgets[1].by == "week"


@pytest.mark.parametrize("name", ["", "x" * 101, "a\nb\x07"])
def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInput):
        desk.dashboards.make(name)


def test_a_name_is_there_once_for_each_user_in_any_case(today: Desk) -> None:
    with pytest.raises(InvalidInput, match="already"):
        today.dashboards.make("TODAY")
    today.as_user("ben").dashboards.make("Today")
    today.dashboards.retire("Today")
    with pytest.raises(InvalidInput, match="among the retired ones"):
        today.dashboards.make("today")


@pytest.mark.parametrize("period", ["", "someday", "2026-02..2026-01", "last-30d..x"])
def test_a_period_that_cannot_be_is_refused(desk: Desk, period: str) -> None:
    with pytest.raises(InvalidInput):
        desk.dashboards.make("Today", period=period)


@pytest.mark.parametrize("period", ["today", "last-14d", "2026-q1", "2026-01-01..2026-01-31", " This-Month "])
def test_periods_are_dates_of_the_query_language(desk: Desk, period: str) -> None:
    desk.dashboards.make("Today", period=period)
    assert desk.dashboards.show("Today").period == period.strip().lower()


def test_a_query_with_a_mistake_is_refused_wherever_it_stands(today: Desk) -> None:
    with pytest.raises(QueryError):
        today.dashboards.change("Today", query="statsu:open")
    with pytest.raises(QueryError):
        today.dashboards.change_widget("Today", 2, query="statsu:open")


@pytest.mark.parametrize(
    "given",
    [{"kind": "map"}, {"kind": "view"}, {"kind": "figure", "report": "tickets"}, {"kind": "chart", "chart": "x"},
     {"kind": "figure", "report": "tickets", "figure": "new", "width": 5}],
)  # fmt: skip
def test_a_widget_that_shows_nothing_is_refused(today: Desk, given: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        today.dashboards.add_widget("Today", **given)  # type: ignore[arg-type]  # what is wrong is the point


def test_a_widget_of_a_view_that_is_not_there_is_refused_with_the_nearest(today: Desk) -> None:
    with pytest.raises(NotFound, match="Open"):
        today.dashboards.add_widget("Today", "view", view="Opne")


def test_widgets_are_moved_changed_and_removed_and_each_is_taken_back(today: Desk) -> None:
    before = today.dashboards.show("Today")
    today.dashboards.move_widget("Today", 3, 1)
    assert shown(today) == ["New and closed", "Open", "new"]
    today.dashboards.change_widget("Today", 3, title="", width=3, query="is:new")
    widget = today.dashboards.show("Today").widgets[2]
    assert (widget.title, widget.width, widget.query, widget.by) == ("", 3, "is:new", "week")
    today.dashboards.remove_widget("Today", 1)
    assert shown(today) == ["Open", "new"]
    for _ in range(3):
        today.acts.undo()
    assert today.dashboards.show("Today") == before
    today.acts.redo()
    assert shown(today) == ["New and closed", "Open", "new"]


def test_a_widget_is_added_at_a_place(today: Desk) -> None:
    today.dashboards.add_widget("Today", "figure", report="feedback", figure="nps", place=1)
    assert shown(today) == ["nps", "Open", "new", "New and closed"]
    today.acts.undo()
    assert shown(today) == ["Open", "new", "New and closed"]


def test_what_is_so_already_is_said(today: Desk) -> None:
    with pytest.raises(Unchanged):
        today.dashboards.change("Today", query="")
    with pytest.raises(Unchanged):
        today.dashboards.move_widget("Today", 1, 1)
    with pytest.raises(Unchanged):
        today.dashboards.change_widget("Today", 1, width=2)


def test_a_place_without_a_widget_is_refused(today: Desk) -> None:
    with pytest.raises(NotFound, match="places are 1 to 3"):
        today.dashboards.remove_widget("Today", 4)


def test_a_dashboard_that_changed_since_it_was_seen_is_a_conflict(today: Desk) -> None:
    seen = today.dashboards.show("Today")
    today.dashboards.remove_widget("Today", 1)
    with pytest.raises(Conflict):
        today.dashboards.remove_widget(seen, 1)


def test_a_renamed_view_stays_on_the_dashboard(today: Desk) -> None:
    today.views.change("Open", new_name="Waiting")
    assert shown(today)[0] == "Waiting"


def test_names_in_its_queries_follow_a_rename(today: Desk) -> None:
    today.tickets.new("Late", "low", tags=["vip"])
    today.dashboards.change("Today", query="tag:vip")
    today.dashboards.change_widget("Today", 2, query="-tag:vip")
    outcome = today.lists.rename("tags", "vip", "key account")
    assert "dashboard “Today” follows" in outcome.summary
    dashboard = today.dashboards.show("Today")
    assert (dashboard.query, dashboard.widgets[1].query) == ('tag:"key account"', '-tag:"key account"')
    today.acts.undo()
    assert today.dashboards.show("Today").query == "tag:vip"


# -- sharing ----------------------------------------------------------------------------------------------------------


def test_it_is_seen_by_whom_it_is_shared_with_and_by_teams(today: Desk) -> None:
    ben, carla = today.as_user("ben"), today.as_user("carla")
    assert ben.dashboards.list() == []
    today.team.add_team("North", ("carla",))
    today.dashboards.share("Today", users=["ben"], teams=["north"])
    assert [each.name for each in ben.dashboards.list()] == ["Today"]
    assert not ben.dashboards.show("Today").mine
    assert carla.dashboards.show("Today").teams == ("North",)
    today.dashboards.unshare("Today", users=["ben"])
    with pytest.raises(NotFound):
        ben.dashboards.show("Today")
    today.dashboards.unshare("Today")
    assert carla.dashboards.list() == []
    today.acts.undo()
    assert [each.name for each in carla.dashboards.list()] == ["Today"]


def test_sharing_is_a_right_of_its_own(desk: Desk) -> None:
    ben = desk.as_user("ben")
    ben.dashboards.make("Mine")
    with pytest.raises(NotPermitted):
        ben.dashboards.share("Mine", users=["ana"])


def test_others_copy_it_and_do_not_change_it(today: Desk) -> None:
    today.dashboards.share("Today", users=["ben"])
    ben = today.as_user("ben")
    with pytest.raises(NotPermitted, match="copy it"):
        ben.dashboards.remove_widget("Today", 1)
    ben.dashboards.copy("Today")
    copied = ben.dashboards.show("Today")
    assert (copied.mine, copied.shared, shown(ben)) == (True, False, ["Open", "new", "New and closed"])
    ben.dashboards.copy("Today")
    assert [each.name for each in ben.dashboards.list()] == ["Today", "Today 2", "Today"]
    ben.acts.undo()
    assert len(ben.dashboards.list()) == 2


def test_sharing_says_what_others_will_not_see(today: Desk) -> None:
    today.views.add("Mine", query="owner:me")
    today.dashboards.add_widget("Today", "view", view="Mine")
    assert today.dashboards.share("Today", users=["ben"]).notes == (
        "Others won't see “Mine”: it is a personal view; share it, too.",
    )


@pytest.mark.parametrize("given", [{"users": ["nobody"]}, {"teams": ["nowhere"]}])
def test_sharing_with_somebody_unknown_is_refused(today: Desk, given: dict[str, list[str]]) -> None:
    with pytest.raises(InvalidInput):
        today.dashboards.share("Today", **given)


# -- pinning and retiring ---------------------------------------------------------------------------------------------


def test_one_dashboard_opens_first_for_each_user(today: Desk) -> None:
    today.dashboards.make("Week")
    assert today.home() is None
    today.dashboards.pin("Today")
    today.dashboards.pin("Week")
    pinned = today.dashboards.pinned()
    assert pinned is not None
    assert (pinned.name, pinned.id) == ("Week", today.home())
    assert today.as_user("ben").home() is None
    today.acts.undo()
    assert today.home() == today.dashboards.show("Today").id
    today.dashboards.unpin()
    assert today.home() is None
    with pytest.raises(Unchanged):
        today.dashboards.unpin()


def test_what_is_no_longer_shared_or_is_retired_opens_for_nobody(today: Desk) -> None:
    today.dashboards.share("Today", users=["ben"])
    ben = today.as_user("ben")
    ben.dashboards.pin("Today")
    today.dashboards.retire("Today")
    assert (ben.home(), ben.dashboards.list(), ben.dashboards.pinned()) == (None, [], None)
    today.dashboards.restore("Today")
    assert ben.home() is not None
    today.dashboards.unshare("Today")
    assert ben.home() is None


def test_a_retired_dashboard_is_changed_by_nobody(today: Desk) -> None:
    today.dashboards.retire("Today")
    with pytest.raises(InvalidInput, match="bring it back"):
        today.dashboards.remove_widget("Today", 1)
    with pytest.raises(InvalidInput, match="bring it back"):
        today.dashboards.pin("Today")
    today.acts.undo()
    assert shown(today) == ["Open", "new", "New and closed"]


def test_taking_back_may_not_bring_a_name_twice(today: Desk) -> None:
    today.dashboards.change("Today", new_name="Week")
    act = today.acts.journal(1)[0].id
    today.dashboards.make("Today")
    with pytest.raises(Conflict):
        today.acts.undo(act)


# -- actions ----------------------------------------------------------------------------------------------------------


def test_actions_start_only_from_a_pinned_dashboards_view_that_allows_them(today: Desk) -> None:
    with pytest.raises(NotPermitted, match="pin"):
        today.dashboards.check_actions("Today", 1)
    today.dashboards.pin("Today")
    today.dashboards.check_actions("Today", 1)
    with pytest.raises(NotPermitted, match="row of a view"):
        today.dashboards.check_actions("Today", 2)
    today.views.change("Open", allow_actions=False)
    with pytest.raises(NotPermitted, match="doesn't allow actions"):
        today.dashboards.check_actions("Today", 1)
