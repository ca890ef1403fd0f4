"""The tab Overview: the customer's whole response (M6), the description, and how the ticket is classified."""

from __future__ import annotations

from rich.cells import cell_len

from casedesk.desk.values import Answer, Response, Ticket
from casedesk.domain.messages import OUT, SIGNS, WAYS, said_channel
from casedesk.tui.drawing import figure, instant, line_of, score_bar, score_word
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import blank, heading, labelled, pairs, paragraph
from casedesk.tui.widgets.drawn import cut_line


def write_overview(ticket: Ticket, look: Look, width: int) -> list[Line]:
    """The lines of the tab: what the customer said, how it is filed, what agents wrote, and the response's own data."""
    response = ticket.response
    blocks = [
        _said(response, look, width) if response is not None else [],
        _answers(response, width) if response is not None else [],
        _filed(ticket, width),
        [heading("Description", width), *paragraph(ticket.description, width)] if ticket.description else [],
        _conversation(ticket, look, width),
        _notes(ticket, look, width),
        _about(response, width) if response is not None else [],
    ]
    lines: list[Line] = []
    for block in blocks:
        if block:
            lines += [*([blank()] if lines else []), *block]
    return lines or paragraph("Nothing was written in this ticket yet.", width, "muted")


def write_response(response: Response, look: Look, width: int) -> list[Line]:
    """What the customer said: the score, the comment and the answers."""
    answers = _answers(response, width)
    return [*_said(response, look, width), *([blank(), *answers] if answers else [])]


def _said(response: Response, look: Look, width: int) -> list[Line]:
    return [
        cut_line(_score_line(response, look), width),
        *(paragraph(response.comment, width, "strong") if response.comment else []),
    ]


def _answers(response: Response, width: int) -> list[Line]:
    answers = [answer for answer in response.answers if answer.kind != "meta" and answer.value != response.comment]
    if not answers:
        return []
    lines = [line for answer in answers for line in _answer(answer, width)]
    return [heading(f"Answers {len(answers)}", width), *lines]


def _about(response: Response, width: int) -> list[Line]:
    """What the survey tool recorded beside the answers."""
    about = [(answer.question or answer.key, answer.value) for answer in response.answers if answer.kind == "meta"]
    return [heading("About the response", width), *pairs(about, width)] if about else []


def _conversation(ticket: Ticket, look: Look, width: int) -> list[Line]:
    """`← from the customer · phone · 14:02` and the words under it, the newest first."""
    if not ticket.messages:
        return []
    lines: list[Line] = [heading(f"Conversation {len(ticket.messages)}", width)]
    for message in reversed(ticket.messages):
        out = message.direction == OUT
        way = WAYS[message.direction] if look.plain else f"{SIGNS[message.direction]} {WAYS[message.direction]}"
        about = [said_channel(message.channel), instant(message.at, look.zone, look.now)]
        about += ["automatic"] if message.automatic else []
        about += [line_of(message.author)] if message.author else []
        lines.append(cut_line([(way, "text" if out else "accent"), (f" · {' · '.join(about)}", "muted")], width))
        lines += paragraph(message.body, width)
    return lines


def _notes(ticket: Ticket, look: Look, width: int) -> list[Line]:
    if not ticket.notes:
        return []
    lines: list[Line] = [heading(f"Notes {len(ticket.notes)}", width)]
    for note in reversed(ticket.notes):
        when = instant(note.at, look.zone, look.now)
        lines.append(cut_line([(f"{when} {line_of(note.author)}", "muted")], width))
        lines += paragraph(note.body, width)
    return lines


def _answer(answer: Answer, width: int) -> list[Line]:
    """The question and its answer, in one line where they fit."""
    question, value = line_of(answer.question or answer.key), line_of(answer.value)
    if cell_len(question) + cell_len(value) + 2 <= width:
        return [[(f"{question}  ", "muted"), (value, "text")]]
    return [*paragraph(question, width, "muted"), *paragraph(answer.value, width, "text", indent=2)]


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


def _filed(ticket: Ticket, width: int) -> list[Line]:
    """Classifications, tags, topic and, once closed, the resolution."""
    said = [
        ("Class", ", ".join(ticket.classifications)),
        ("Tags", " ".join(f"#{tag}" for tag in ticket.line.tags)),
        ("Topic", ticket.line.topic),
        ("Resolution", ticket.resolution),
    ]
    return [line for label, value in said if value for line in labelled(label, value, width)]
