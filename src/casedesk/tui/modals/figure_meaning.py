"""What a figure means: its definition and source, what it was computed from, and the query of its rows (X10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import ModalScreen

from casedesk.reports.wording import change_text, interval_text, sample_text, value_text, verdict
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Line
from casedesk.tui.panels.lines import blank, heading, pairs, paragraph
from casedesk.tui.report_words import period_said
from casedesk.tui.widgets.anchored import AnchoredScreen
from casedesk.tui.widgets.page import Page

if TYPE_CHECKING:
    from casedesk.reports import Figure, Report
    from casedesk.tui.app import CasedeskApp


class FigureMeaning(ModalScreen[None], AnchoredScreen):
    """One figure of a report; `label` is the line of the table that it stands in, or nothing for a total."""

    app: CasedeskApp

    BINDINGS = [("escape,q,w,question_mark", "dismiss", "Back")]
    AUTO_FOCUS = "#meaning"

    def __init__(self, figure: Figure, report: Report, label: str) -> None:
        super().__init__()
        self._figure = figure
        self._report = report
        self._label = label

    def compose(self) -> ComposeResult:
        yield Page(line_of(self._figure.definition.title), id="meaning")

    def on_mount(self) -> None:
        page = self.query_one("#meaning", Page)
        page.set_note([("↑ ↓ scroll · Esc back", "muted")])
        page.write(lambda width: write_meaning(self._figure, self._report, self._label, width))


def write_meaning(figure: Figure, report: Report, label: str, width: int) -> list[Line]:
    """All lines: the value and how sure it is, the definition, how it was counted."""
    definition = figure.definition
    where = f"{label}, in {period_said(report.request)}" if label else period_said(report.request)
    facts = [
        ("Value", value_text(definition.unit, figure.value)),
        ("95 % interval", interval_text(figure)),
        ("Computed from", sample_text(figure)),
        ("Period before", " · ".join(filter(None, [change_text(figure), verdict(figure), _sure(figure)]))),
        ("Counted for", line_of(where)),
        ("Days of", report.zone),
        ("Narrowed to", line_of(report.request.query) or "every ticket"),
    ]
    lines = [*paragraph(definition.text, width), blank(), heading("Here", width)]
    lines += pairs([(name, value) for name, value in facts if value], width)
    if figure.rows is not None:
        lines += [blank(), heading(f"The query of its {figure.rows.scope}", width)]
        lines += paragraph(figure.rows.query or f"every one of the {figure.rows.scope}", width)
    lines += [blank(), heading("What else to know", width)]
    for note in report.notes:
        lines += paragraph(note, width)
    return [*lines, *paragraph(f"Source: {definition.source}", width, "muted")]


def _sure(figure: Figure) -> str:
    return "beyond chance" if figure.changed else ""
