"""Log a message that went past the desk: to the customer or from the customer (M10, N9).

Like a note, a message always gets in, whatever others changed meanwhile (behaviour 9.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.domain.messages import CHANNELS, IN, OUT, SIGNS, said_channel, written_instant
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drafts import Drafted
from casedesk.tui.forms import Choice, ChoiceField, FieldError, Form, TextBlockField, TextField, Values, tickets_said

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

AUTOMATIC = "automatic"

WAYS = (
    Choice(OUT, f"{SIGNS[OUT]} to the customer"),
    Choice(IN, f"{SIGNS[IN]} from the customer"),
    Choice(AUTOMATIC, f"{SIGNS[IN]} automatic", detail="a notice of absence; counts as no reply"),
)


@dataclass(frozen=True, kw_only=True)
class WhenField(TextField):
    """When it was written; nothing is now."""

    def said(self, value: str, values: Values) -> str:
        return value or "now"


@dataclass(frozen=True, slots=True)
class Logged:
    """A message as it is logged. Without `at` it was written now."""

    direction: str
    automatic: bool
    channel: str
    at: datetime | None
    body: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the instant of a message is reckoned by."""

    now: datetime
    zone: ZoneInfo


def read(desk: Desk, _numbers: Sequence[int]) -> Surroundings:
    """The instant and the desk's zone."""
    return Surroundings(desk.now(), desk.zone)


def form(target: Target) -> Form[Logged]:
    """Asks which way it went, by which channel, when, and for its words."""
    about: Surroundings = target.more
    channels = tuple(Choice(channel, said_channel(channel)) for channel in CHANNELS)
    return Form(
        title=target.title("Log a message"),
        fields=[
            ChoiceField(name="way", label="Way", choices=WAYS, initial=OUT),
            ChoiceField(name="channel", label="Channel", choices=channels, initial=CHANNELS[0]),
            WhenField(
                name="when",
                label="When",
                required=False,
                placeholder="now; or 10:30, 2h ago, yesterday 10:30, 2026-11-20 10:30",
            ),
            TextBlockField(name="body", label="Message", placeholder="What was said or written. Nothing is sent."),
        ],
        submit="Log the message" if target.count == 1 else f"Log it on {tickets_said(target.count)}",
        build=lambda values: _logged(values, about),
    )


def _logged(values: Values, about: Surroundings) -> Logged:
    way, when = str(values["way"]), str(values.get("when") or "")
    try:
        at = written_instant(when, about.now, about.zone) if when else None
    except InvalidInput as error:
        raise FieldError("when", error.sentence) from error
    direction = IN if way == AUTOMATIC else way
    return Logged(direction, way == AUTOMATIC, str(values["channel"]), at, str(values["body"]))


def perform(desk: Desk, target: Target, logged: Logged, guards: Guards) -> Outcome:
    """Write the message on every ticket of the target."""
    return desk.tickets.log_message(
        target.tickets,
        logged.body,
        direction=logged.direction,
        channel=logged.channel,
        at=logged.at,
        automatic=logged.automatic,
        **guards,
    )


ACT: Act[Logged] = Act("ticket.message", perform, form, read=read, guarded=False, drafted=Drafted("message", "body"))
