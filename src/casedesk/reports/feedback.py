"""What customers answered: NPS, CSAT, CES and ratings of a period, each with its interval and n (behaviour 8.3).

Responses count by the instant of the answer, whether they led to a ticket or not. Grouped by a field of tickets, a
response counts where its latest ticket does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.scores import CES_SCALE, CSAT_SCALE, DETRACTOR, PASSIVE, PROMOTER, is_positive, nps_group
from casedesk.reports import definitions as defined
from casedesk.reports.measuring import Measured, counted, figure, percentage, share_of
from casedesk.reports.period import STEPS
from casedesk.reports.statistics import mean_interval, net_promoter_interval, net_promoter_score
from casedesk.reports.values import Chart, Figure, Line, Report, Rows
from casedesk.store.query_sql import RESPONSES

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.frame import Frame, Grouping
    from casedesk.reports.period import Period

_COUNTS: dict[Definition, str] = {
    defined.RESPONSES: "",
    defined.SCORED: "has:nps",
    defined.PROMOTERS: f"nps:{PROMOTER}",
    defined.PASSIVES: f"nps:{PASSIVE}",
    defined.DETRACTORS: f"nps:{DETRACTOR}",
}
"""What is counted, and the words of a query that find it."""

_OF_KIND: dict[Definition, str] = {
    defined.NPS: "nps",
    defined.CSAT: "csat",
    defined.CSAT_MEAN: "csat",
    defined.CES: "ces",
    defined.CES_MEAN: "ces",
    defined.RATING_MEAN: "rating",
}
"""What is computed, and the kind of score that it is computed from."""

_FIRST = (*_COUNTS, defined.NPS)
"""The figures that every table has; those of other kinds of scores are there where such scores are."""

FIELDS = (
    "campaign", "language", "account", "owner", "team", "priority", "topic", "plan", "resolution", "class", "tag",
)  # fmt: skip
"""What responses can be grouped by; one without a ticket has no owner, as in queries."""

_IN_RESPONSE = frozenset({"NULL", "t.campaign_id", "t.language"})
"""What a response has of its own to group by, without its contact and ticket; NULL is no group."""


@dataclass(slots=True)
class Scores:
    """How many responses there were, and of each kind of score how often each was given."""

    responses: int = 0
    given: defaultdict[str, defaultdict[float, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )

    def add(self, kind: str | None, score: float | None, count: int) -> None:
        """Count so many responses with this score, or with none."""
        self.responses += count
        if kind is not None and score is not None:
            self.given[kind][score] += count

    def merge(self, other: Scores) -> None:
        """Count what another has counted, too."""
        self.responses += other.responses
        for kind, histogram in other.given.items():
            for score, count in histogram.items():
                self.given[kind][score] += count


def report(frame: Frame) -> Report:
    """The scores of the period, of its parts or groups, and of the period before. Raises InvalidInput, QueryError."""
    if frame.grouping is not None and frame.request.by not in FIELDS:
        known = ", ".join([*STEPS, *FIELDS])
        raise InvalidInput(f"Responses can't be grouped by “{frame.request.by}”; there is {known}.")
    if frame.grouping is None:
        parts = [(label, part, _read(frame, part)) for label, part in frame.parts]
        totals = _together(scores for _, _, scores in parts)
    else:
        groups = _by_group(frame)
        # A response with several tags is in several groups.
        totals = _read(frame, frame.period) if frame.grouping.linked else _together(groups.values())
    before = _read(frame, frame.period.before()) if frame.request.compare else None
    columns = (*_FIRST, *(definition for definition, kind in _OF_KIND.items() if kind != "nps" and totals.given[kind]))
    if frame.grouping is None:
        lines = [_line(frame, columns, label, scores, part) for label, part, scores in parts]
    else:
        ordered = sorted(groups.items(), key=lambda item: (-item[1].responses, frame.label(item[0])))
        lines = [_group_line(frame, columns, key, scores) for key, scores in ordered]
    return Report(
        title="Feedback",
        request=frame.request,
        zone=frame.period.zone.key,
        totals=tuple(_figures(frame, (*_COUNTS, *_OF_KIND), totals, frame.period, before=before)),
        columns=columns,
        lines=tuple(lines),
        charts=_charts(columns, grouped=frame.grouping is not None),
        notes=("Responses count on the day of their answer, with a ticket or without.",),
    )


def _charts(columns: tuple[Definition, ...], *, grouped: bool) -> tuple[Chart, ...]:
    kind = "bar" if grouped else "line"
    charts = [
        Chart("NPS", kind, ("nps",)),
        Chart("Promoters, passives, detractors", "stacked", ("promoters", "passives", "detractors")),
    ]
    shares = tuple(column.id for column in (defined.CSAT, defined.CES) if column in columns)
    if shares:
        charts.append(Chart("Positive answers", kind, shares))
    return tuple(charts)


# -- reading ----------------------------------------------------------------------------------------------------------


def _read(frame: Frame, period: Period) -> Scores:
    """The scores of a period."""
    scores = Scores()
    for _, kind, score, count in _counted(frame, period):
        scores.add(kind, score, count)
    return scores


def _by_group(frame: Frame) -> dict[Any, Scores]:
    """The scores of the period for each value of the field."""
    groups: defaultdict[Any, Scores] = defaultdict(Scores)
    for key, kind, score, count in _counted(frame, frame.period, frame.grouping):
        groups[key].add(kind, score, count)
    return groups


def _counted(frame: Frame, period: Period, grouping: Grouping | None = None) -> Iterator[tuple[Any, ...]]:
    """Group, kind and score of the responses of a period, each combination with how often it is there.

    Where only the response itself is asked, an index holds all that is read. Otherwise the limit, which is none, keeps
    SQLite from looking up contacts that nobody asks for. SQLite would sort three columns to count them, which takes
    longer than to count them here.
    """
    key, join = (grouping.key, grouping.join) if grouping is not None else ("NULL", "")
    test = frame.desk.queries.test(frame.request.query, of_responses=True)
    if frame.narrowed or key not in _IN_RESPONSE:
        tables, unmerged = RESPONSES, "LIMIT -1"
    else:
        tables, unmerged = "response t", ""
    sql = f"""SELECT {key}, t.score_kind, t.score FROM {tables}{join}
              WHERE t.answered_at >= ? AND t.answered_at < ? AND ({test.text}) {unmerged}"""
    counts: Counter[tuple[Any, ...]] = Counter()
    for _, week in period.cut("week"):  # so that not all responses of a year are held at once
        counts.update(frame.rows(sql, (week.start, week.end, *test.parameters)))
    return ((*found, count) for found, count in counts.items())


def _together(all_scores: Iterable[Scores]) -> Scores:
    whole = Scores()
    for scores in all_scores:
        whole.merge(scores)
    return whole


# -- figures ----------------------------------------------------------------------------------------------------------


def _line(frame: Frame, columns: Sequence[Definition], label: str, scores: Scores, period: Period, *words: str) -> Line:
    rows = Rows("responses", _query(frame, period, *words))
    return Line(label, tuple(_figures(frame, columns, scores, period, *words)), rows)


def _group_line(frame: Frame, columns: Sequence[Definition], key: Any, scores: Scores) -> Line:
    return _line(frame, columns, frame.label(key), scores, frame.period, frame.within_group(key))


def _query(frame: Frame, period: Period, *words: str) -> str:
    return frame.query(frame.within("answered", period), *words)


def _figures(
    frame: Frame,
    columns: Sequence[Definition],
    scores: Scores,
    period: Period,
    *words: str,
    before: Scores | None = None,
) -> Iterator[Figure]:
    """The figures in the columns' order, each with the query of its rows and set beside the period before."""
    now = _measured(scores)
    past = _measured(before) if before is not None else {}
    for definition in columns:
        word = _COUNTS[definition] if definition in _COUNTS else f"has:{_OF_KIND[definition]}"
        rows = Rows("responses", _query(frame, period, *words, *filter(None, [word])))
        yield figure(definition, now[definition], past.get(definition), rows)


def _measured(scores: Scores) -> dict[Definition, Measured]:
    groups = dict.fromkeys((PROMOTER, PASSIVE, DETRACTOR), 0)
    for score, count in scores.given["nps"].items():
        groups[nps_group(score)] += count
    scored = sum(groups.values())
    counts = (scores.responses, scored, *groups.values())
    found = {definition: counted(count) for definition, count in zip(_COUNTS, counts, strict=True)}
    found[defined.NPS] = _nps(*groups.values())
    found[defined.CSAT] = _positive("csat", scores.given["csat"])
    found[defined.CSAT_MEAN] = _mean(scores.given["csat"], CSAT_SCALE)
    found[defined.CES] = _positive("ces", scores.given["ces"])
    found[defined.CES_MEAN] = _mean(scores.given["ces"], CES_SCALE)
    found[defined.RATING_MEAN] = _mean(scores.given["rating"])
    return found


def _nps(promoters: int, passives: int, detractors: int) -> Measured:
    score = net_promoter_score(promoters, passives, detractors)
    within = net_promoter_interval(promoters, passives, detractors)
    n = promoters + passives + detractors
    return percentage(score, n, within)


def _positive(kind: str, given: Mapping[float, int]) -> Measured:
    n = sum(given.values())
    hits = sum(count for score, count in given.items() if is_positive(kind, score))
    return share_of(hits, n)


def _mean(given: Mapping[float, int], scale: tuple[float, float] | None = None) -> Measured:
    """The mean, with its interval cut off where the `scale` of the answers ends."""
    n = sum(given.values())
    value = sum(score * count for score, count in given.items()) / n if n else None
    within = mean_interval(given)
    if within is not None and scale is not None:
        within = max(within[0], min(scale[0], *given)), min(within[1], max(scale[1], *given))
    return Measured(value, n, within)
