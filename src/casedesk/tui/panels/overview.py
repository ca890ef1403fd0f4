"""The tab Overview: the customer's whole response (M6), the description, and how the ticket is classified."""

from __future__ import annotations

from casedesk.desk.values import Response, Ticket
from casedesk.tui.drawing import figure, instant, line_of, score_bar, score_word
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, labelled, paragraph


def write_overview(ticket: Ticket, look: Look, width: int) -> list[Line]:
    """The lines of the tab."""
    lines: list[Line] = []
    if ticket.response is not None:
        lines += _response(ticket.response, look, width)
    if ticket.description:
        lines += [*([blank()] if lines else []), heading("Description", width), *paragraph(ticket.description, width)]
    lines += _filed(ticket, width, bool(lines))
    if ticket.notes:
        lines += [blank(), heading(f"Notes {len(ticket.notes)}", width)]
        for note in reversed(ticket.notes):
            lines.append([(f"{instant(note.at, look.zone, look.now)} {line_of(note.author)}", "muted")])
            lines += paragraph(note.body, width)
    return lines


def _response(response: Response, look: Look, width: int) -> list[Line]:
    lines: list[Line] = [_score_line(response, look)]
    if response.comment:
        lines += paragraph(response.comment, width, "strong")
    others = [answer for answer in response.answers if answer.value != response.comment]
    if others:
        lines += [blank(), heading(f"Answers {len(response.answers)}", width)]
    for answer in others:
        lines += paragraph(answer.question or answer.key, width, "muted")
        lines += paragraph(answer.value, width, "text", indent=2)
    return lines


def _score_line(response: Response, look: Look) -> Line:
    """`NPS 2 ██········ detractor · 20 Nov 14:02 · Q4 survey`."""
    answered = instant(response.answered_at, look.zone, look.now)
    tail = f"{answered} · {line_of(response.campaign)}"
    if response.score is None:
        return [("no score", "muted"), (f" · {tail}", "muted")]
    kind = response.score_kind
    role = look.score_role(response.score, kind)
    full, empty = score_bar(response.score, kind, plain=look.plain)
    name = {"nps": "NPS", "csat": "CSAT", "ces": "CES"}.get(kind or "", "Score")
    word = score_word(response.score, kind)
    return [
        (f"{name} ", "muted"),
        (f"{figure(response.score)} ", "strong"),
        (full, role),
        (empty, "rule"),
        (f" {word}" if word else "", role),
        (f" · {tail}", "muted"),
    ]


def _filed(ticket: Ticket, width: int, follows: bool) -> list[Line]:
    """Classifications, tags and, once closed, the resolution."""
    said = [
        ("Class", ", ".join(ticket.classifications)),
        ("Tags", " ".join(f"#{tag}" for tag in ticket.line.tags)),
        ("Topic", ticket.line.topic),
        ("Resolution", ticket.resolution),
    ]
    lines = [line for label, value in said if value for line in labelled(label, value, width)]
    return [*([blank()] if follows and lines else []), *lines]
