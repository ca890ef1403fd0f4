"""The contact panel: everything held about the person (M7), their scores and their recent tickets."""

from __future__ import annotations

from collections.abc import Sequence

from casedesk.desk.values import Contact, ScorePoint, TicketLine
from casedesk.tui.drawing import figure, line_of, score_share, short_span, sparkline
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, pairs, paragraph
from casedesk.tui.widgets.drawn import cut_line, spread

_NAMES = {"nps": "NPS", "csat": "CSAT", "ces": "CES", "rating": "Rating"}


def write_contact(contact: Contact, look: Look, width: int) -> list[Line]:
    """The lines of the panel."""
    lines: list[Line] = paragraph(contact.name or "no name", width, "strong")
    for value, role in ((contact.account, "text"), (contact.email, "muted"), (contact.phone, "muted")):
        lines += paragraph(value, width, role) if value else []
    lines += _scores(contact.scores, look, width)
    known = [("language", contact.language), ("id", contact.external_id)]
    variables = [*((name, value) for name, value in known if value), *contact.variables]
    if variables:
        lines += [blank(), *pairs(variables, width)]
    if contact.tickets:
        lines += [blank(), heading(f"Tickets {contact.ticket_count}", width)]
        lines += [_ticket(line, look, width) for line in contact.tickets]
    return lines


def _scores(scores: Sequence[ScorePoint], look: Look, width: int) -> list[Line]:
    """For each kind of score: `NPS ▆▃▁  9→2 (3)`, oldest at the left."""
    lines: list[Line] = []
    for kind in dict.fromkeys(point.score_kind for point in scores):
        points = [point for point in scores if point.score_kind == kind]
        last = points[-1]
        shares = [score_share(point.score, kind) for point in points]
        bars = "" if look.plain or len(points) == 1 else sparkline(shares, max(0, min(24, width - 20)))
        change = f"{figure(points[0].score)}→{figure(last.score)}" if len(points) > 1 else figure(last.score)
        line: Line = [
            (f"{_NAMES.get(kind, kind)} ", "muted"),
            (f"{bars} " if bars else "", look.score_role(last.score, kind)),
            (change, "strong"),
            (f" · {short_span(look.now - last.at)} ago", "muted"),
        ]
        lines.append(cut_line(line, width))
    return [blank(), *lines] if lines else []


def _ticket(line: TicketLine, look: Look, width: int) -> Line:
    left: Line = [look.state(line.state), (f" {line.number} ", "muted"), (line_of(line.title), "text")]
    right: Line = [
        (f"{figure(line.score)} ", look.score_role(line.score, line.score_kind)),
        (short_span(look.now - line.created_at), "muted"),
    ]
    return spread(left, right, width)
