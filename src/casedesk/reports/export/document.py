"""A report as one JSON document: its figures by their ids, and the same for each line under `by`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.domain.written import number
from casedesk.reports.values import Figure, Report, Rows

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.period import Period

_WITH_INTERVAL = frozenset({"points", "percent", "mean"})
"""The units of figures that have `_low` and `_high` beside them."""


def report_document(report: Report) -> dict[str, Any]:
    """The totals as the document's own fields, and one document a line in `by`, with at least the same fields.

    Times are seconds, shares percent from 0 to 100, NPS −100 to 100; null is a figure that there was nothing to
    compute from, or that lines don't have. `n` is what the first figure was computed from that isn't a count itself,
    `n_of` has it for each. `before` has the totals of the period before, `changed` whether they differ by more than
    chance, `rows` the queries that list what was counted.
    """
    request, totals = report.request, report.totals
    compared = _period(request.period.before()) if request.compare else None
    definitions = list(dict.fromkeys([*(figure.definition for figure in totals), *report.columns]))
    return {
        "report": request.report,
        "title": report.title,
        "from": str(request.period.first),
        "to": str(request.period.last),
        "zone": report.zone,
        "grouped_by": request.by,
        "query": request.query,
        "working_time": request.working,
        **_figures(totals, [figure.definition for figure in totals]),
        "compared_with": compared,
        "before": {figure.id: number(figure.before) for figure in totals} if compared else None,
        "changed": {figure.id: figure.changed for figure in totals if figure.changed is not None} if compared else None,
        "rows": {figure.id: _rows(figure.rows) for figure in totals if figure.rows is not None},
        "definitions": [_definition(definition) for definition in definitions],
        "notes": list(report.notes),
        "by": [
            {"label": line.label, **_figures(line.figures, definitions), "rows": _rows(line.rows)}
            for line in report.lines
        ],
    }


def _figures(figures: Sequence[Figure], definitions: Sequence[Definition]) -> dict[str, Any]:
    """Each definition's figure by its id, so that every line has the same fields."""
    document: dict[str, Any] = {}
    found = {figure.id: figure for figure in figures}
    for definition in definitions:
        figure = found.get(definition.id)
        document[definition.id] = number(figure.value) if figure is not None else None
        if definition.unit in _WITH_INTERVAL:
            document[f"{definition.id}_low"] = number(figure.low) if figure is not None else None
            document[f"{definition.id}_high"] = number(figure.high) if figure is not None else None
    sampled = next((figure for figure in figures if figure.definition.unit != "count"), None)
    document["n"] = sampled.n if sampled is not None else None
    document["n_of"] = {figure.id: figure.n for figure in figures}
    return document


def _definition(definition: Definition) -> dict[str, str]:
    return {
        "id": definition.id,
        "title": definition.title,
        "unit": definition.unit,
        "meaning": definition.text,
        "source": definition.source,
    }


def _period(period: Period) -> dict[str, str]:
    return {"from": str(period.first), "to": str(period.last)}


def _rows(rows: Rows | None) -> dict[str, str] | None:
    return None if rows is None else {"of": rows.scope, "query": rows.query}
