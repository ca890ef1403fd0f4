"""Rules at work on tickets that there are already (behaviour 4.1 and 4.2): what fails is recorded and stops nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.queues import put_in_team
from casedesk.desk.recording import Recorder
from casedesk.desk.tagging import add_tag
from casedesk.domain.errors import CasedeskError

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.desk import Desk
    from casedesk.desk.rules import ActiveRule, Effects
    from casedesk.desk.values import RuleLine

FAILED = "rule failed"
"""The kind of the line of activity that tells why a rule did nothing."""


def run_rules(desk: Desk, session: Session, act: model.Act, trigger: str, numbers: Sequence[int]) -> None:
    """Run the trigger's active rules on these tickets, in the desk's order, as parts of the act.

    A single value (priority, owner, …) is set by the first rule that names it; tags are added by all.
    """
    done: dict[int, set[str]] = {number: set() for number in numbers}
    for line in desk.rules.list():
        if line.active and line.trigger == trigger:
            _run(desk, session, act, line, done)


def _run(desk: Desk, session: Session, act: model.Act, line: RuleLine, done: dict[int, set[str]]) -> None:
    try:
        rule = desk.rules.compiled(line)
        holding = desk.queries.among(rule.condition, desk.store.reader_of(session), list(done))
    except CasedeskError as error:
        for number in done:
            _tell(session, act, line, number, error.sentence)
        return
    for number in sorted(holding):
        ticket = session.get(model.Ticket, number)
        assert ticket is not None
        try:
            with session.begin_nested():
                recorder = Recorder(session, act, actor_kind="rule", actor_id=rule.id)
                _give(desk, recorder, ticket, rule, done[number])
        except CasedeskError as error:
            _tell(session, act, line, number, error.sentence)


def _give(desk: Desk, recorder: Recorder, ticket: model.Ticket, rule: ActiveRule, given: set[str]) -> None:
    effects, why = rule.effects, rule.condition
    for tag in effects.tags:
        add_tag(recorder, ticket, tag, cause=why)
    for what in effects.names:
        if what not in given:
            given.add(what)
            _set(desk, recorder, ticket, what, effects, why)


def _set(desk: Desk, recorder: Recorder, ticket: model.Ticket, what: str, effects: Effects, why: str) -> None:
    setup = desk.setup
    if what == "team":
        put_in_team(desk, recorder, ticket, setup.entry("team", effects.names["team"]), cause=why)
    elif what == "plan":
        desk.plans.give(recorder, ticket, setup.entry("plan", effects.names["plan"]))
    elif what == "owner":
        texts = (desk.team.login(ticket.owner_id), effects.names["owner"])
        recorder.set(ticket, "owner_id", effects.owner_id, kind="owner", texts=texts, cause=why)
    else:
        field = f"{what}_id"
        texts = (setup.name_of(what, getattr(ticket, field)), effects.names[what])
        recorder.set(ticket, field, getattr(effects, field), kind=what, texts=texts, cause=why)


def _tell(session: Session, act: model.Act, line: RuleLine, number: int, sentence: str) -> None:
    ticket = session.get(model.Ticket, number)
    assert ticket is not None
    recorder = Recorder(session, act, actor_kind="rule", actor_id=line.id)
    recorder.event(ticket, FAILED, f"{line.name}: {sentence}", cause=line.condition)
