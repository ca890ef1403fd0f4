"""What a report hands out: frozen figures, series and tables, each with its definition and its rows (X10)."""

from __future__ import annotations

from dataclasses import dataclass

from casedesk.reports.definitions import Definition
from casedesk.reports.period import STEPS, Period


@dataclass(frozen=True, slots=True)
class Request:
    """Which report, over which period, grouped by what and for which tickets.

    `by` is day, week, month or a field; `query` narrows it down; `working` counts open time by working hours;
    `compare` sets the period before beside it.
    """

    report: str
    period: Period
    by: str = "day"
    query: str = ""
    working: bool = False
    compare: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows behind a figure are: a query over `tickets` or `responses`."""

    scope: str
    query: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with all it takes to trust it. `value` is None where there is nothing to compute it from.

    `n` is how many tickets or responses it was computed from. `low` and `high` are the ends of its 95 % interval,
    where it has one. `before` is the same of the period before; `changed` whether the two differ by more than chance,
    None where that isn't judged. `rows` lists `listed` tickets or responses: the n, or the `tickets` that it belongs to
    where it is of something that a ticket has several of.
    """

    definition: Definition
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    before: float | None = None
    changed: bool | None = None
    rows: Rows | None = None
    tickets: int | None = None

    @property
    def id(self) -> str:
        return self.definition.id

    @property
    def listed(self) -> int:
        """How many rows it opens."""
        return self.n if self.tickets is None else self.tickets


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report's table: a day, week, month or value of a field, with its figures in the columns' order."""

    label: str
    figures: tuple[Figure, ...]
    rows: Rows | None = None

    def value(self, figure_id: str) -> float | None:
        """The value of one of its figures."""
        return next(figure.value for figure in self.figures if figure.id == figure_id)


@dataclass(frozen=True, slots=True)
class Chart:
    """What is worth drawing: the figures `shown`, as `kind` (line, bar or stacked)."""

    title: str
    kind: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was asked for: its totals, and the same by `request.by`.

    `columns` define the figures of each line. `notes` say what has to be known to read it right. `line_title` says what
    a line is where that isn't a part or group of `request.by`.
    """

    title: str
    request: Request
    zone: str
    totals: tuple[Figure, ...]
    columns: tuple[Definition, ...]
    lines: tuple[Line, ...]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...] = ()
    line_title: str = ""

    @property
    def heading(self) -> str:
        """What stands over the lines' labels: `Day`, `Owner`, `Classification`."""
        return self.line_title or self.request.by.replace("_", " ").capitalize()

    @property
    def timed(self) -> bool:
        """Whether its lines are the days, weeks or months of the period, in order."""
        by = self.request.by
        return by in STEPS and [line.label for line in self.lines] == [
            label for label, _ in self.request.period.cut(by)
        ]

    def total(self, figure_id: str) -> Figure:
        """One of its totals, by the definition's id."""
        return next(figure for figure in self.totals if figure.id == figure_id)
