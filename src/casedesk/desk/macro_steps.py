"""The steps of a macro (X4): an act each, with its answers as plain JSON that holds names.

A step is a table with one key, the act: `{"note": "rang twice"}`, `{"status": "pending"}`, `{"owner": "me"}`,
`{"status": {"name": "pending", "until": "2d"}}`, `{"tags": ["+callback", "-vip"]}`,
`{"action": {"name": "Call", "status": "No response"}}`, `{"close": {"resolution": "Resolved"}}`, `{"reopen": true}`.
The word `none` takes a priority, topic, team, owner or plan away, an empty text the description.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk.desk.matching import closest
from casedesk.domain import lifecycle
from casedesk.domain.errors import InvalidInput, NotThere
from casedesk.domain.wake_up import wake_instant

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

NONE = "none"
STEPS_ALLOWED = 30
DESCRIPTION_LENGTH = 10_000
"""Characters of a description that a step may hold: what is read with every list of macros has to be short."""

_STATUS_ANSWERS = ("name", "until")
_ACTION_ANSWERS = ("name", "status", "comment", "close_plan", "exit_state", "resolution")
_CLOSE_ANSWERS = ("resolution", "exit_state", "status")


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of step: what makes its answers right (with the names as the desk writes them), the act, its words."""

    check: Callable[[Desk, Any], Any]
    act: Callable[[Desk, Any], object]
    words: Callable[[Any], str]


def checked(desk: Desk, steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The steps with every name as the desk writes it. Raises InvalidInput that says which step, and the nearest."""
    listed = list(steps)
    if not listed:
        raise InvalidInput("The macro has no steps yet.")
    if len(listed) > STEPS_ALLOWED:
        raise InvalidInput(f"The macro has {len(listed):,} steps; {STEPS_ALLOWED} are allowed.")
    result = []
    for place, step in enumerate(listed, 1):
        try:
            kind, answer = _parted(step)
            result.append({kind: _KINDS[kind].check(desk, answer)})
        except InvalidInput as error:
            raise InvalidInput(f"Step {place}: {error.sentence}") from error
    return result


def worded(step: Mapping[str, Any]) -> str:
    """The step in a few words, `status → pending`."""
    kind, answer = _parted(step)
    return _KINDS[kind].words(answer)


def act(desk: Desk, step: Mapping[str, Any]) -> None:
    """Do the step by the desk's own act; on no ticket, where only what the act would do is wanted."""
    kind, answer = _parted(step)
    _KINDS[kind].act(desk, answer)


def _parted(step: Mapping[str, Any]) -> tuple[str, Any]:
    if not isinstance(step, Mapping) or len(step) != 1:
        raise InvalidInput(f"a step is one act with its answer, as in {{'status': 'pending'}}; this is {step!r:.80}.")
    ((kind, answer),) = step.items()
    if kind not in _KINDS:
        raise _unknown("step", str(kind), list(_KINDS))
    return kind, answer


# -- checking answers -------------------------------------------------------------------------------------------------


def _text(answer: Any, what: str) -> str:
    if not isinstance(answer, str) or not answer.strip():
        raise InvalidInput(f"{what} is a text, and this is {answer!r:.80}.")
    return answer.strip()


def _status(desk: Desk, answer: Any) -> str | dict[str, Any]:
    answers = _answers(answer, "a status", _STATUS_ANSWERS, "name")
    status = desk.setup.status(_text(answers.get("name"), "the status"))
    if status.state == lifecycle.CLOSED and desk.setup.entries("resolution"):
        raise InvalidInput(f"the status {status.name} closes a ticket; a close step names the resolution too.")
    if "until" not in answers:
        return status.name
    until = _text(answers["until"], "until")
    if status.state != lifecycle.PENDING:
        raise InvalidInput(f"only a pending ticket wakes up; {status.name} is {status.state}.")
    wake_instant(until, desk.now(), desk.zone)
    return {"name": status.name, "until": until}


def _title(_desk: Desk, answer: Any) -> str:
    from casedesk.desk.tickets import ticket_title

    return ticket_title(_text(answer, "the title"))


def _description(_desk: Desk, answer: Any) -> str:
    if not isinstance(answer, str):
        raise InvalidInput(f"the description is a text, and this is {answer!r:.80}.")
    if len(answer) > DESCRIPTION_LENGTH:
        raise InvalidInput(
            f"the description has {len(answer):,} characters; {DESCRIPTION_LENGTH:,} are allowed in a macro."
        )
    return answer.strip()


def _reopen(_desk: Desk, answer: Any) -> bool:
    if answer is not True:
        raise InvalidInput("reopen is true, or left out.")
    return True


def _entry(what: str) -> Callable[[Desk, Any], str]:
    def check(desk: Desk, answer: Any) -> str:
        name = _text(answer, f"the {what}")
        return NONE if name.casefold() == NONE else desk.setup.entry(what, name).name

    return check


def _owner(desk: Desk, answer: Any) -> str:
    login = _text(answer, "the owner")
    if login.casefold() in (NONE, "me"):
        return login.casefold()
    return desk.team.user(login).login


def _note(_desk: Desk, answer: Any) -> str:
    from casedesk.desk.noting import checked_note

    return checked_note(_text(answer, "the note"))


def _signed(check: Callable[[Desk, str, bool], str], what: str) -> Callable[[Desk, Any], list[str]]:
    """Names with a sign before each: `+name` or a name alone adds, `-name` removes."""

    def check_all(desk: Desk, answer: Any) -> list[str]:
        names = [answer] if isinstance(answer, str) else answer
        if not isinstance(names, Sequence) or not names:
            raise InvalidInput(f"the {what} are a list such as +callback, -vip.")
        result = []
        for name in names:
            text = _text(name, f"each of the {what}")
            adds = not text.startswith("-")
            found = check(desk, text.removeprefix("+") if adds else text[1:], adds)
            result.append(f"{'+' if adds else '-'}{found}")
        return list(dict.fromkeys(result))

    return check_all


def _tag(desk: Desk, name: str, adds: bool) -> str:
    from casedesk.desk.tagging import tag_name

    return tag_name(name) if adds else desk.setup.entry("tag", name).name


def _classification(desk: Desk, name: str, adds: bool) -> str:
    return desk.setup.entry("classification", name).name


def _helper(desk: Desk, login: str, adds: bool) -> str:
    return "me" if login.casefold() == "me" else desk.team.user(login).login


def _answers(answer: Any, what: str, allowed: Sequence[str], first: str) -> dict[str, Any]:
    """The answers of a step that has several; a text alone is the `first` of them."""
    given = {first: answer} if isinstance(answer, str) else answer
    if not isinstance(given, Mapping):
        raise InvalidInput(f"{what} has the answers {', '.join(allowed)}.")
    for name in given:
        if name not in allowed:
            raise _unknown(f"answer for {what}", str(name), list(allowed))
    return {name: given[name] for name in allowed if given.get(name) not in (None, "")}


def _action(desk: Desk, answer: Any) -> dict[str, Any]:
    answers = _answers(answer, "an action", _ACTION_ANSWERS, "name")
    plans = desk.plans.list()
    actions = [action for plan in plans for action in plan.actions]
    name = _of(_text(answers.get("name"), "the action"), "action", [action.name for action in actions])
    answers["name"] = name
    meant = [action for action in actions if action.name == name]
    statuses = list(dict.fromkeys(status for action in meant for status, _completes in action.statuses))
    if "status" in answers:
        answers["status"] = _of(_text(answers["status"], "the status"), f"status of “{name}”", statuses)
    elif all(action.statuses for action in meant):
        raise InvalidInput(f"“{name}” needs a status: {', '.join(statuses)}.")
    if "comment" in answers and not any(action.comment_allowed for action in meant):
        raise InvalidInput(f"“{name}” takes no comment.")
    if not isinstance(answers.get("close_plan", False), bool):
        raise InvalidInput("close_plan is true or false.")
    if answers.get("close_plan") and all(action.closes_plan == "no" for action in meant):
        raise InvalidInput(f"“{name}” can't close the plan.")
    return answers | _exit_state(desk, answers) | _resolution(desk, answers)


def _close(desk: Desk, answer: Any) -> dict[str, Any]:
    answers = _answers(answer, "closing", _CLOSE_ANSWERS, "resolution")
    options = [option.name for option in desk.setup.entries("resolution")]
    if options and "resolution" not in answers:
        raise InvalidInput(f"closing needs a resolution: {', '.join(options)}.")
    if "status" in answers:
        status = desk.setup.status(_text(answers["status"], "the status"))
        if status.state != lifecycle.CLOSED:
            raise InvalidInput(f"the status {status.name} doesn't close a ticket.")
        answers["status"] = status.name
    return answers | _exit_state(desk, answers) | _resolution(desk, answers)


def _resolution(desk: Desk, answers: Mapping[str, Any]) -> dict[str, str]:
    if "resolution" not in answers:
        return {}
    return {"resolution": desk.setup.entry("resolution", _text(answers["resolution"], "the resolution")).name}


def _exit_state(desk: Desk, answers: Mapping[str, Any]) -> dict[str, str]:
    if "exit_state" not in answers:
        return {}
    known = dict.fromkeys(state for plan in desk.plans.list() for state in plan.exit_states)
    return {"exit_state": _of(_text(answers["exit_state"], "the exit state"), "exit state", list(known))}


def _of(name: str, what: str, known: Sequence[str]) -> str:
    """The one of the known names that is meant, in any case."""
    wanted = name.casefold()
    for entry in known:
        if entry.casefold() == wanted:
            return entry
    raise _unknown(what, name, known)


def _unknown(what: str, name: str, known: Sequence[str]) -> NotThere:
    near = closest(name, known)
    if near:
        return NotThere(f"There is no {what} “{name}”; did you mean {' or '.join(near)}?")
    listed = ", ".join(dict.fromkeys(known)) or "none yet"
    return NotThere(f"There is no {what} “{name}”; there is {listed}.")


# -- doing and wording ------------------------------------------------------------------------------------------------


def _named(answer: str) -> str | None:
    return None if answer == NONE else answer


def _added(names: Iterable[str]) -> list[str]:
    return [name[1:] for name in names if name.startswith("+")]


def _removed(names: Iterable[str]) -> list[str]:
    return [name[1:] for name in names if name.startswith("-")]


def _do_status(desk: Desk, answer: str | Mapping[str, Any]) -> object:
    if isinstance(answer, str):
        return desk.tickets.set_status((), answer)
    until = wake_instant(answer["until"], desk.now(), desk.zone)
    return desk.tickets.set_status((), answer["name"], until=until)


def _do_action(desk: Desk, answers: Mapping[str, Any]) -> object:
    return desk.tickets.add_action(
        (),
        answers["name"],
        status=answers.get("status"),
        comment=answers.get("comment", ""),
        close_plan=answers.get("close_plan"),
        exit_state=answers.get("exit_state"),
        resolution=answers.get("resolution"),
    )


def _do_close(desk: Desk, answers: Mapping[str, Any]) -> object:
    # As for several tickets: those without a plan take no exit state.
    return desk.tickets.close((), answers.get("resolution"), answers.get("exit_state"), status=answers.get("status"))


def _status_words(answer: str | Mapping[str, Any]) -> str:
    return f"status → {answer}" if isinstance(answer, str) else f"status → {answer['name']} until {answer['until']}"


def _action_words(answers: Mapping[str, Any]) -> str:
    said = [f"action: {answers['name']}", answers.get("status"), answers.get("exit_state"), answers.get("resolution")]
    comment = f", “{_short(answers['comment'])}”" if answers.get("comment") else ""
    return " – ".join(part for part in said if part) + comment


def _close_words(answers: Mapping[str, Any]) -> str:
    said = [answers.get("resolution"), answers.get("exit_state")]
    how = f" as {answers['status']}" if answers.get("status") else ""
    return f"close{how}" + "".join(f"{sign}{part}" for sign, part in zip((": ", " – "), said, strict=True) if part)


def _short(text: str, length: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


_NO_TICKET = 0
"""For acts that take one ticket only, where just what they would do is wanted."""

_KINDS: Mapping[str, _Kind] = {
    "note": _Kind(_note, lambda desk, body: desk.tickets.add_note((), body), lambda body: f"note “{_short(body)}”"),
    "status": _Kind(_status, _do_status, _status_words),
    "priority": _Kind(
        _entry("priority"),
        lambda desk, name: desk.tickets.set_priority((), _named(name)),
        lambda name: f"priority → {name}",
    ),
    "topic": _Kind(
        _entry("topic"), lambda desk, name: desk.tickets.set_topic((), _named(name)), lambda name: f"topic → {name}"
    ),
    "team": _Kind(
        _entry("team"), lambda desk, name: desk.tickets.set_team((), _named(name)), lambda name: f"team → {name}"
    ),
    "owner": _Kind(_owner, lambda desk, login: desk.tickets.assign((), _named(login)), lambda name: f"owner → {name}"),
    "tags": _Kind(
        _signed(_tag, "tags"),
        lambda desk, names: desk.tickets.tag((), _added(names), _removed(names)),
        lambda names: f"tags {' '.join(names)}",
    ),
    "helpers": _Kind(
        _signed(_helper, "helpers"),
        lambda desk, logins: desk.tickets.set_helpers((), _added(logins), _removed(logins)),
        lambda logins: f"helpers {' '.join(logins)}",
    ),
    "plan": _Kind(
        _entry("plan"), lambda desk, name: desk.tickets.set_plan((), _named(name)), lambda name: f"plan → {name}"
    ),
    "title": _Kind(
        _title,
        lambda desk, text: desk.tickets.edit_title(_NO_TICKET, text),
        lambda text: f"title → “{_short(text)}”",
    ),
    "description": _Kind(
        _description,
        lambda desk, text: desk.tickets.edit_description(_NO_TICKET, text),
        lambda text: f"description → “{_short(text)}”" if text else "description → none",
    ),
    "classifications": _Kind(
        _signed(_classification, "classifications"),
        lambda desk, names: desk.tickets.classify((), _added(names), _removed(names)),
        lambda names: f"classification {' '.join(names)}",
    ),
    "action": _Kind(_action, _do_action, _action_words),
    "close": _Kind(_close, _do_close, _close_words),
    "reopen": _Kind(_reopen, lambda desk, _yes: desk.tickets.reopen(()), lambda _yes: "reopen"),
}
"""Every kind of step, by the key it has."""

KINDS = tuple(_KINDS)
