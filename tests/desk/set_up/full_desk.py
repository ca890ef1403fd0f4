"""A desk with everything in it that a set-up knows, made by hand."""

from __future__ import annotations

from datetime import date

from casedesk.desk import Desk
from casedesk.desk.lists import Place
from casedesk.desk.values import OwnDate, ViewColumn
from casedesk.intake.mapping import Column, Mapping


def fill(desk: Desk) -> None:
    """Set up all kinds of things by the desk's own methods, as its administrator ana."""
    _people(desk)
    _lists(desk)
    _plans(desk)
    _levels(desk)
    _rules(desk)
    _shared(desk)


def _people(desk: Desk) -> None:
    desk.setup.set_setting("name", "Küste “Nord” # 1")
    desk.setup.set_setting("reopen_window_days", "14")
    desk.roles.add("auditor", rights=["tickets.view", "reports.view"])
    desk.roles.grant("agent", "reports.view")
    desk.team.add_user("dora", name="Dora “D.” Ørsted", role="auditor")
    desk.team.add_user("old", role="agent")
    desk.team.set_active("old", False)
    desk.team.add_team("North", ("ana", "ben"))
    desk.team.add_team("Empty")


def _lists(desk: Desk) -> None:
    lists = desk.lists
    lists.add("statuses", "waiting for parts", state="pending", place=Place(before="pending"))
    lists.rename("statuses", "open", "in work")
    lists.add("priorities", "critical")
    lists.move("priorities", "urgent", Place(to=1))
    lists.add("topics", "Returns", place=Place(to=1))
    lists.retire("topics", "App")
    lists.add("tags", "callback")
    lists.add("tags", "été")
    lists.retire("classifications", "Price")
    lists.rename("close options", "Resolved", "All good")
    lists.retire("close options", "Explained")
    lists.retire("close options", "Compensated")


def _plans(desk: Desk) -> None:
    plans = desk.plans
    plans.add("Call back", description='First line.\nSecond "line".', closes_ticket=False, exit_states=["Done", "Lost"])
    plans.add_action("Ring", plans=["Call back"], closes_plan="ask", statuses=[("Reached", True), ("Busy", False)])
    plans.add_action("Write", plans=["Call back"], comment_allowed=False, description="By hand.")
    plans.link_action("Close the loop", ["Call back"])
    plans.add_action("Send flowers", closes_plan="always")
    desk.campaigns.add("Spring", plan="Call back")
    desk.campaigns.add("Autumn")


def _levels(desk: Desk) -> None:
    dates = [OwnDate(date(2026, 12, 24), "Christmas Eve", "09:00-12:00"), OwnDate(date(2026, 3, 2))]
    desk.calendars.add("Night", "mon-fri 22:00-06:00", zone="Asia/Tokyo", country="DE", region="BY", dates=dates)
    targets = [("resolution", None, 8 * 3600), ("resolution", "critical", 5400), ("first response", None, 3600)]
    desk.policies.add("Gold", "tag:callback", calendar="Night", targets=targets, pauses=["resolution"], warn=0)
    desk.policies.add("Silver", "team:North", targets=[("next reply", None, 7200)])
    desk.policies.move("Silver", 1)
    desk.policies.set_simple(40)


def _rules(desk: Desk) -> None:
    desk.rules.put("Angry", 'nps<=3 "late delivery"', [{"open_ticket": True}, {"tag": "callback"}, {"team": "North"}])
    desk.rules.put("Asleep", "csat<=1", [{"open_ticket": True}, {"plan": "Call back"}], active=False)
    desk.rules.put("Returned", "answer.reason:return", [{"topic": "Returns"}, {"priority": "critical"}])


def _shared(desk: Desk) -> None:
    columns = [ViewColumn("number"), ViewColumn("title", 40), ViewColumn("owner")]
    desk.views.add("Waiting", query="is:new sort:created", columns=columns, allow_actions=True, shared=True)
    desk.views.add("Spring answers", scope="responses", campaign="Spring", query="nps<=6", shared=True)
    desk.views.move("Spring answers", 1)
    desk.views.add("Mine", query="is:mine")
    desk.macros.make("Chase", [{"status": "waiting for parts"}, {"tags": ["+callback", "-été"]}], key="f7", shared=True)
    desk.macros.make("Own", [{"note": "rang"}])
    ben = desk.as_user("ben").dashboards
    ben.make("Today", period="last-7d", query="topic:Returns")
    ben.add_widget("Today", "view", view="Waiting", title="To do")
    ben.add_widget("Today", "figure", report="tickets", figure="new")
    ben.add_widget("Today", "chart", report="feedback", chart="NPS", by="week", width=4)
    desk.as_user("carla").dashboards.make("Private")
    # Sharing is a right of its own; an administrator shares it for ben once it is his.
    desk.roles.grant("agent", "views.share")
    desk.as_user("ben").dashboards.share("Today", users=["dora"], teams=["North"])
    desk.imports.save_mapping("Shop", Mapping("table", "responses", (Column("Mail", "person.email"), Column("Why"))))
