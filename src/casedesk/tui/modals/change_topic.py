"""Choose the topic (Q2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Form
from casedesk.tui.modals.choosing import Chosen, ask_one, one_of

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def form(target: Target) -> Form[Chosen]:
    """Asks for the topic."""
    if not target.choices.topics:
        raise InvalidInput("The desk has no topics to choose from.")
    current = target.common(lambda line: line.topic)
    return ask_one(target, "Topic", one_of(target.choices.topics, current, "no topic"), current)


def perform(desk: Desk, target: Target, chosen: Chosen, guards: Guards) -> Outcome:
    """Give the tickets that topic."""
    return desk.tickets.set_topic(target.tickets, chosen.name, **guards)


ACT: Act[Chosen] = Act("ticket.topic", perform, form)
