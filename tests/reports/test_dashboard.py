"""What a dashboard shows: the same figures as the reports, narrowed by its period and query (S6)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.reports import Reports
from casedesk.reports.dashboard import (
    DashboardContent,
    check_widget,
    looked_at,
    offers,
    read_dashboard,
    usual_grouping,
)
from casedesk.reports.export.dashboard_page import dashboard_page
from casedesk.reports.grouping import period_of
from tests.conftest import Clock


@pytest.fixture
def survey(desk: Desk, clock: Clock, tmp_path: Path) -> Desk:
    """Two answers of January and one of December: those of 2 and 3 open tickets. A dashboard with one of each kind."""
    file = tmp_path / "spring.csv"
    rows = [
        ("id", "email", "nps", "comment", "May we call?", "answered_at"),
        ("r1", "rosa@acme.example", "2", "<b>Three weeks</b>", "Yes", "2026-01-20 10:00"),
        ("r2", "ken@example.com", "9", "Fast", "No", "2026-01-21 10:00"),
        ("r3", "eve@example.com", "3", "Rude", "Yes", "2025-12-01 10:00"),
    ]
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(rows)
    desk.imports.run(file, campaign="spring")
    desk.views.add("Answers", scope="responses", query="nps<=6", shared=True)
    desk.views.add("Waiting", query="is:new sort:number", shared=True)
    desk.dashboards.make("Today", period="last-30d")
    desk.dashboards.add_widget("Today", "view", view="Answers")
    desk.dashboards.add_widget("Today", "figure", report="feedback", figure="responses")
    desk.dashboards.add_widget("Today", "chart", report="feedback", chart="NPS")
    desk.dashboards.add_widget("Today", "view", view="Waiting", title="To do")
    clock.tick(3600)
    return desk


def read(desk: Desk, period: str | None = None, query: str | None = None) -> DashboardContent:
    dashboard = looked_at(desk, desk.dashboards.show("Today"), query)
    over = period_of(period or dashboard.period, desk.now(), desk.zone)
    return read_dashboard(desk, Reports(desk), dashboard, period=over)


def test_the_period_narrows_every_widget(survey: Desk) -> None:
    answers, figure, chart, _ = read(survey).widgets
    assert (answers.title, answers.count, [row.id for row in answers.rows]) == ("Answers", 1, [1])
    assert figure.figure is not None
    assert figure.figure.value == 2
    assert chart.report is not None
    assert len(chart.report.lines) == 30
    answers, figure, _, _ = read(survey, "2025-12-01..2026-01-31").widgets
    assert figure.figure is not None
    assert (answers.count, figure.figure.value) == (2, 3)


def test_the_query_narrows_every_widget_also_by_an_answer(survey: Desk) -> None:
    answers, figure, _, _ = read(survey, query="answer.may_we_call:No").widgets
    assert figure.figure is not None
    assert (answers.count, figure.figure.value, figure.figure.n) == (0, 1, 1)


def test_figures_are_those_of_the_report(survey: Desk) -> None:
    figure = read(survey).widgets[1]
    assert figure.report is not None
    assert figure.figure == Reports(survey).run(figure.report.request).total("responses")


def test_a_view_keeps_its_order_and_opens_with_the_query_of_its_rows(survey: Desk) -> None:
    to_do = read(survey, "2025-01-01..2026-12-31").widgets[3]
    assert [row.id for row in to_do.rows] == survey.tickets.numbers(to_do.query)
    assert to_do.title == "To do"


def test_a_view_that_is_gone_or_personal_says_so(survey: Desk) -> None:
    survey.views.delete("Waiting")
    assert "gone" in read(survey).widgets[3].error
    survey.views.share("Answers", shared=False)
    survey.dashboards.share("Today", users=["carla"])
    carla = survey.as_user("carla")
    content = read(carla)
    assert "isn't shared with you" in content.widgets[0].error
    assert content.widgets[1].figure is not None


def test_a_figure_or_report_that_is_gone_says_so_and_the_others_are_there(survey: Desk) -> None:
    survey.dashboards.add_widget("Today", "figure", report="feedback", figure="ngs")
    survey.dashboards.add_widget("Today", "figure", report="weather", figure="rain")
    survey.dashboards.add_widget("Today", "chart", report="feedback", chart="Snow")
    *fine, figure, report, chart = read(survey).widgets
    assert [each.error for each in fine] == [""] * 4
    assert "no figure “ngs”" in figure.error
    assert "no report “weather”" in report.error
    assert "no chart “Snow”" in chart.error


def test_who_may_not_see_reports_sees_the_views(survey: Desk) -> None:
    survey.dashboards.share("Today", users=["ben"])
    content = read(survey.as_user("ben"))
    assert [bool(each.error) for each in content.widgets] == [False, True, True, False]
    assert "may not see reports" in content.widgets[1].error


def test_no_data_at_all_is_an_honest_nothing(desk: Desk) -> None:
    desk.dashboards.make("Today")
    desk.dashboards.add_widget("Today", "figure", report="feedback", figure="nps")
    figure = read(desk).widgets[0].figure
    assert figure is not None
    assert (figure.value, figure.n) == (None, 0)


def test_the_last_days_end_today(desk: Desk) -> None:
    period = period_of("last-7d", desk.now(), desk.zone)
    assert (str(period.first), str(period.last)) == ("2026-01-25", "2026-01-31")
    whole = period_of("2025-12..2026-01-15", desk.now(), desk.zone)
    assert (str(whole.first), str(whole.last)) == ("2025-12-01", "2026-01-15")
    assert [usual_grouping("tickets", each) for each in (period, whole)] == ["day", "week"]


def test_what_can_be_put_on_it_is_what_the_reports_have(survey: Desk) -> None:
    period = period_of("last-30d", survey.now(), survey.zone)
    offered = {offer.report: offer for offer in offers(Reports(survey), period)}
    assert "sla" not in offered  # service levels are off
    assert ("nps", "NPS") in offered["feedback"].figures
    assert "NPS" in offered["feedback"].charts


def test_a_figure_is_checked_before_it_is_put_there(survey: Desk) -> None:
    reports, dashboard = Reports(survey), survey.dashboards.show("Today")
    assert check_widget(survey, reports, dashboard, "chart", "feedback", "nps") == "NPS"
    with pytest.raises(NotFound, match="nps"):
        check_widget(survey, reports, dashboard, "figure", "feedback", "npss")
    with pytest.raises(InvalidInput):
        check_widget(survey, reports, dashboard, "figure", "feedback", "nps", by="weather")


def test_the_page_has_every_widget_and_no_markup_from_outside(survey: Desk) -> None:
    survey.views.delete("Waiting")
    page = dashboard_page(survey, read(survey))
    assert "&lt;b&gt;Three weeks" in page
    assert "<b>Three" not in page
    assert "is gone, or isn&#39;t shared with you" in page
    assert page.count("<svg") == 1
