"""The JSON document has the report's figures by their ids, unrounded."""

from __future__ import annotations

import json

from hypothesis import given, settings

from casedesk.reports import Report
from casedesk.reports.export.document import report_document
from tests.reports.export.made_reports import made, nps_report, random_reports


@settings(deadline=None, max_examples=60)
@given(random_reports())
def test_it_is_json_with_the_reports_numbers_to_the_digit(report: Report) -> None:
    document = json.loads(json.dumps(report_document(report)))
    for figures, found in [(report.totals, document)] + [
        (line.figures, one) for line, one in zip(report.lines, document["by"], strict=True)
    ]:
        assert [found[figure.id] for figure in figures] == [figure.value for figure in figures]


def test_it_says_the_period_zone_query_and_n() -> None:
    document = report_document(made(30, query="is:open"))
    said = {name: document[name] for name in ("report", "from", "to", "zone", "grouped_by", "query", "n")}
    assert said == {
        "report": "tickets",
        "from": "2025-11-03",
        "to": "2025-12-02",
        "zone": "Europe/Berlin",
        "grouped_by": "day",
        "query": "is:open",
        "n": 12,
    }


def test_an_interval_stands_beside_its_figure() -> None:
    line = report_document(nps_report(1))["by"][0]
    assert {"label": "2025-11-03", "nps": -90, "nps_low": -98, "nps_high": -82, "n": 12}.items() <= line.items()


def test_the_period_before_is_there_where_it_was_asked_for() -> None:
    document = report_document(made(1, valued=lambda definition, at: 4))
    assert document["before"] == {"new": 4, "closed": 4, "average_open_seconds": 4, "median_open_seconds": 4}
