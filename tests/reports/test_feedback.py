"""The report on feedback: scores of a period with n, interval and the period before (behaviour 8.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted
from casedesk.domain.query import QueryError
from casedesk.reports import Figure, Report, Reports, Request, Rows
from casedesk.reports.feedback import FIELDS
from casedesk.reports.period import Period

BERLIN = ZoneInfo("Europe/Berlin")
JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31), BERLIN)

Answer = tuple[str, str | None, float | None]
"""The day, or moment, in Berlin; the kind of score; the score."""

_places = count(1)


def answer(desk: Desk, answers: Iterable[Answer], campaign: str = "Winter", language: str | None = None) -> list[int]:
    """Store responses as an import does, without tickets; their ids."""
    found = next((one.id for one in desk.campaigns.list() if one.name == campaign), None)
    ids = []
    with desk.store.write() as session:
        if found is None:
            made = model.Campaign(name=campaign, created_at=1)
            session.add(made)
            session.flush()
            found = made.id
        assert found is not None
        for at, kind, score in answers:
            moment = int(datetime.fromisoformat(at).replace(tzinfo=BERLIN).timestamp())
            row = model.Response(
                campaign_id=found, source="test", external_id=str(next(_places)), score=score, score_kind=kind,
                language=language, answered_at=moment, received_at=moment,
            )  # fmt: skip
            session.add(row)
            session.flush()
            assert row.id is not None
            ids.append(row.id)
    return ids


def nps(day: str, *scores: float) -> list[Answer]:
    return [(day, "nps", score) for score in scores]


def run(desk: Desk, by: str = "day", query: str = "", period: Period = JANUARY, *, compare: bool = True) -> Report:
    return Reports(desk).run(Request("feedback", period, by, query, compare=compare))


def values(report: Report, *ids: str) -> list[float | None]:
    return [report.total(id_).value for id_ in ids]


def found(desk: Desk, rows: Rows | None) -> list[int]:
    """The responses that a figure's rows lead to."""
    assert rows is not None
    assert rows.scope == "responses"
    return [response.id for response in desk.responses.find(rows.query, 1000)]


def every_figure(report: Report) -> list[Figure]:
    return [*report.totals, *(figure for line in report.lines for figure in line.figures)]


def test_an_nps_comes_with_its_n_and_interval(desk: Desk) -> None:
    answer(desk, nps("2026-01-10", *(9,) * 8, *(7,) * 9, *(3,) * 22))
    report = run(desk)
    counted = values(report, "responses", "scored", "promoters", "passives", "detractors")
    assert counted == [39, 39, 8, 9, 22]
    figure = report.total("nps")
    assert (figure.value, figure.low, figure.high, figure.n) == (-35.9, -61.0, -10.8, 39)


def test_responses_without_a_score_and_without_a_ticket_count_as_responses(desk: Desk) -> None:
    answer(desk, [("2026-01-10", None, None), ("2026-01-10", "nps", 9), ("2026-01-10", "csat", 4)])
    assert values(run(desk), "responses", "scored", "nps") == [3, 1, 100]


def test_no_data_is_no_number(desk: Desk) -> None:
    report = run(desk)
    for id_ in ("nps", "csat", "csat_mean", "ces", "ces_mean", "rating_mean"):
        figure = report.total(id_)
        assert (figure.value, figure.n, figure.low, figure.high, figure.changed) == (None, 0, None, None, None)
    assert values(report, "responses", "scored") == [0, 0]
    assert [line.label for line in report.lines][::30] == ["2026-01-01", "2026-01-31"]
    assert {line.value("responses") for line in report.lines} == {0}


def test_a_csat_is_the_share_of_four_and_five_beside_the_mean(desk: Desk) -> None:
    answer(desk, [("2026-01-10", "csat", score) for score in (2, 3, 4, 4)])
    report = run(desk)
    share, mean = report.total("csat"), report.total("csat_mean")
    assert (share.value, share.low, share.high, share.n) == (50, 15.0, 85.0, 4)
    assert (mean.value, mean.n) == (3.25, 4)
    assert mean.low == pytest.approx(3.25 - 3.182446 * 0.957427 / 2, abs=1e-5)


@pytest.mark.parametrize(("kind", "low", "high"), [("csat", 1, 5), ("ces", 1, 7)])
def test_the_interval_of_a_mean_ends_where_the_scale_does(desk: Desk, kind: str, low: int, high: int) -> None:
    answer(desk, [("2026-01-10", kind, score) for score in (low, high)])
    mean = run(desk).total(f"{kind}_mean")
    assert (mean.low, mean.high) == (low, high)


def test_a_ces_is_the_share_of_five_to_seven_and_a_rating_a_mean(desk: Desk) -> None:
    answer(desk, [*(("2026-01-10", "ces", score) for score in (4, 5, 7)), ("2026-01-10", "rating", 2.5)])
    assert values(run(desk), "ces", "ces_mean", "rating_mean", "nps") == [66.7, pytest.approx(16 / 3), 2.5, None]


def test_a_table_has_the_kinds_of_scores_that_came(desk: Desk) -> None:
    answer(desk, [("2026-01-10", "csat", 4)])
    assert [column.id for column in run(desk).columns][-3:] == ["nps", "csat", "csat_mean"]


def test_a_response_counts_on_the_day_of_its_answer_in_the_reports_zone(desk: Desk) -> None:
    answer(desk, [*nps("2026-01-10T23:59", 9), *nps("2026-01-11T00:00", 2)])
    lines = {line.label: line.value("nps") for line in run(desk).lines}
    assert (lines["2026-01-10"], lines["2026-01-11"], lines["2026-01-12"]) == (100, -100, None)
    tokyo = Period(JANUARY.first, JANUARY.last, ZoneInfo("Asia/Tokyo"))
    lines = {line.label: line.value("nps") for line in run(desk, period=tokyo).lines}
    assert (lines["2026-01-10"], lines["2026-01-11"]) == (None, 0)
    figures = every_figure(run(desk, period=tokyo))
    assert [len(found(desk, figure.rows)) for figure in figures] == [figure.n for figure in figures]


def test_the_ends_of_a_period_are_in_and_out(desk: Desk) -> None:
    answer(desk, [*nps("2025-12-31T23:59:59", 1), *nps("2026-01-01", 9), *nps("2026-01-31T23:59:59", 9)])
    answer(desk, nps("2026-02-01", 1))
    assert values(run(desk), "responses", "nps") == [2, 100]


def test_only_what_goes_beyond_chance_is_a_change(desk: Desk) -> None:
    answer(desk, nps("2025-12-10", *(9,) * 12, *(5,) * 8))
    answer(desk, nps("2026-01-10", *(9,) * 11, *(5,) * 9))
    figure = run(desk).total("nps")
    assert (figure.value, figure.before, figure.changed) == (10, 20, False)
    answer(desk, nps("2026-01-11", *(5,) * 40))
    figure = run(desk).total("nps")
    assert (figure.value, figure.before, figure.changed) == (-63.3, 20, True)


def test_one_answer_against_one_is_no_change(desk: Desk) -> None:
    answer(desk, [*nps("2025-12-10", 10), *nps("2026-01-10", 0)])
    figure = run(desk).total("nps")
    assert (figure.value, figure.before, figure.changed) == (-100, 100, False)


def test_without_the_period_before_nothing_is_compared(desk: Desk) -> None:
    answer(desk, [*nps("2025-12-10", 10), *nps("2026-01-10", 0)])
    assert {figure.before for figure in run(desk, compare=False).totals} == {None}


def test_groups_come_with_the_most_responses_first_and_add_up(desk: Desk) -> None:
    answer(desk, nps("2026-01-10", 9, 9, 2), "Winter")
    answer(desk, nps("2026-01-10", 2, 2, 2, 9), "Spring")
    report = run(desk, "campaign")
    assert [(line.label, line.value("responses"), line.value("nps")) for line in report.lines] == [
        ("Spring", 4, -50), ("Winter", 3, 33.3),
    ]  # fmt: skip
    assert values(report, "responses", "nps") == [7, -14.3]


def test_a_response_counts_where_its_ticket_does(desk: Desk) -> None:
    with_ticket, _ = answer(desk, nps("2026-01-10", 2, 9))
    number = desk.tickets.new("Late", "high").done[0]
    with desk.store.write() as session:
        ticket = session.get(model.Ticket, number)
        assert ticket is not None
        ticket.response_id = with_ticket
    desk.tickets.assign(number, "ben")
    desk.tickets.tag(number, add=["late", "callback"])
    assert {line.label: line.value("nps") for line in run(desk, "owner").lines} == {"ben": -100, "none": 100}
    report = run(desk, "tag")
    assert {line.label: line.value("responses") for line in report.lines} == {"late": 1, "callback": 1, "none": 1}
    assert values(report, "responses", "nps") == [2, 0]


def test_a_query_narrows_it_down(desk: Desk) -> None:
    answer(desk, nps("2026-01-10", 9, 2), language="de")
    answer(desk, nps("2026-01-10", 9, 9), language="fr")
    assert values(run(desk, query="language:fr"), "responses", "nps") == [2, 100]
    assert values(run(desk, "campaign", "nps<=6"), "responses", "nps") == [1, -100]


@pytest.mark.parametrize("by", ["week", *FIELDS])
@pytest.mark.parametrize("query", ["", "language:de OR nps:promoter"])
def test_the_rows_of_every_figure_are_those_that_were_counted(desk: Desk, by: str, query: str) -> None:
    answer(desk, [*nps("2026-01-10", 9, 8, 2), ("2026-01-10", None, None)], language="de")
    answer(
        desk, [("2026-01-20", kind, score) for kind in ("csat", "ces", "rating", "nps") for score in (1, 5)], "Spring"
    )
    figures = every_figure(run(desk, by, query))
    assert [len(found(desk, figure.rows)) for figure in figures] == [figure.n for figure in figures]
    assert any(figure.n for figure in figures)


def test_what_makes_no_sense_of_a_response_is_refused(desk: Desk) -> None:
    for by in ("status", "closer", "colour"):
        with pytest.raises(InvalidInput, match=f"can't be grouped by “{by}”"):
            run(desk, by)
    with pytest.raises(QueryError):
        run(desk, query="nsp<3")


def test_reports_are_for_those_who_may_see_them(ben: Desk) -> None:
    with pytest.raises(NotPermitted):
        run(ben)
