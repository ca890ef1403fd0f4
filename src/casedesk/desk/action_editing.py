"""Making and changing the actions of plans: of one plan's own, or shared between several (S2, S3, S13).

Every change is one act, and can be taken back. What tickets recorded stays as it was (behaviour 2.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.matching import did_you_mean
from casedesk.desk.naming import a_name
from casedesk.desk.plan_parts import (
    a_description,
    arrange,
    find_plan,
    is_among,
    names_once,
    set_text,
    statuses_of,
)
from casedesk.desk.plan_reading import PlanReading
from casedesk.desk.recording import Recorder
from casedesk.desk.renaming import followed, rename_in_queries
from casedesk.desk.values import ActionDefinition, Outcome
from casedesk.domain.errors import Conflict, InvalidInput, NotThere, Unchanged
from casedesk.domain.rights import PLANS

if TYPE_CHECKING:
    from sqlmodel import Session

CLOSING = {"no": "doesn't close the plan", "ask": "may close the plan", "always": "always closes the plan"}
"""Whether an action closes its plan (S2), with what is said of each."""

Statuses = Sequence[tuple[str, bool]]
"""Names, each with whether it completes the action."""


class ActionEditing(PlanReading):
    """The part of `desk.plans` that changes actions.

    An action is called by its name, where that is clear, or by its id.
    """

    def action(self, action: str | int, *, plan: str | None = None) -> ActionDefinition:
        """The action by its name or id; `plan` says of which plan. Raises InvalidInput with the nearest names."""
        return self._found_action(action, plan)

    def add_action(
        self,
        name: str,
        *,
        plans: Sequence[str] = (),
        description: str = "",
        closes_plan: str = "no",
        comment_allowed: bool = True,
        statuses: Statuses = (),
    ) -> Outcome:
        """Make an action, at the end of these plans or of none yet.

        Raises InvalidInput for an empty name, and for one that a plan has already.
        """

        def change(recorder: Recorder) -> str:
            action = model.Action(
                name=a_name("An action", name),
                description=a_description(description),
                closes_plan=_closing(closes_plan),
                comment_allowed=comment_allowed,
            )
            alone = [each.name for each in self.actions() if not each.plans and not each.retired]
            if not plans and is_among(action.name, alone):
                raise InvalidInput(f"There is an action “{action.name}” in no plan already; link that one.")
            recorder.add(action, kind="action", text=action.name)
            for place, (status, closes) in enumerate(_checked(statuses)):
                part = model.ActionStatus(action_id=action.id or 0, name=status, closes_action=closes, position=place)
                recorder.add(part, kind="status", text=status)
            linked = self._link_to(recorder, action, plans)
            return f"action “{action.name}” made{f' in {linked}' if linked else ''}"

        return self._desk.acts.once("add action", change, right=PLANS)

    def edit_action(
        self,
        action: str | int,
        *,
        plan: str | None = None,
        new_name: str | None = None,
        description: str | None = None,
        closes_plan: str | None = None,
        comment_allowed: bool | None = None,
        statuses: Statuses | None = None,
        seen: ActionDefinition | None = None,
    ) -> Outcome:
        """Change what is given of an action, in every plan that has it; statuses are whole and in order.

        A status that is left out is no longer offered; tickets keep it. `plan` says of which plan, where several
        actions have the name. `seen` is the action as the change was made for it: Conflict when it has changed since.
        Raises Unchanged when all is so already.
        """

        def change(recorder: Recorder) -> str:
            row = self._action_row(recorder.session, action, plan)
            now = self._definition(row.id)
            if seen is not None and seen != now:
                raise Conflict(f"The action “{row.name}” has changed since you saw it.")
            before = row.name
            changes = [*self._set_own_of_action(recorder, row, new_name, description, closes_plan, comment_allowed)]
            if statuses is not None:
                changes += self._set_statuses(recorder, row, statuses)
            if not recorder.lines:
                raise Unchanged(f"Action “{before}”: nothing to change.")
            shared = f" in {len(now.plans)} plans" if len(now.plans) > 1 else ""
            return f"action “{before}”{shared}: {'; '.join(changes)}"

        return self._desk.acts.once("edit action", change, right=PLANS)

    def retire_action(self, action: str | int, *, plan: str | None = None) -> Outcome:
        """Offer an action no longer, in no plan. What was done by it stays recorded."""

        def change(recorder: Recorder) -> str:
            row = self._action_row(recorder.session, action, plan)
            plans = self._definition(row.id).plans
            recorder.set(row, "retired", True, kind="action", texts=(row.name, "retired"))
            return f"action “{row.name}” retired{f' (it was in {_named(plans)})' if plans else ''}"

        return self._desk.acts.once("retire action", change, right=PLANS)

    def restore_action(self, action: str | int, *, plan: str | None = None) -> Outcome:
        """Bring a retired action back, to the plans that it was in.

        Raises InvalidInput when one of them has another of that name by now.
        """

        def change(recorder: Recorder) -> str:
            row = self._action_row(recorder.session, action, plan, retired=True)
            self._refuse_same_name(row, row.name)
            if not recorder.set(row, "retired", False, kind="action", texts=("retired", row.name)):
                raise Unchanged(f"The action “{row.name}” isn't retired.")
            return f"action “{row.name}” brought back"

        return self._desk.acts.once("restore action", change, right=PLANS)

    def link_action(self, action: str | int, plans: Sequence[str], *, of: str | None = None) -> Outcome:
        """Share an action with these plans, at their end; a retired one comes back.

        `of` names a plan that has it, where several actions have the name. Raises InvalidInput for a plan that has an
        action of that name.
        """

        def change(recorder: Recorder) -> str:
            row = self._action_row(recorder.session, action, of, retired=True)
            if recorder.set(row, "retired", False, kind="action", texts=("retired", row.name)):
                self._refuse_same_name(row, row.name)
            linked = self._link_to(recorder, row, plans)
            if not linked:
                raise InvalidInput("Say at least one plan to link it to.")
            return f"action “{row.name}” linked to {linked}"

        return self._desk.acts.once("link action", change, right=PLANS)

    def unlink_action(self, action: str | int, plan: str) -> Outcome:
        """Take an action out of a plan. It stays in others, or by itself; what was done by it stays recorded."""

        def change(recorder: Recorder) -> str:
            found = find_plan(recorder.session, plan)
            row = self._action_row(recorder.session, action, found.name)
            recorder.remove(self._links(recorder.session, found)[row.id or 0], kind="action", text=row.name)
            return f"action “{row.name}” unlinked from “{found.name}”"

        return self._desk.acts.once("unlink action", change, right=PLANS)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _definition(self, action_id: int | None) -> ActionDefinition:
        return next(action for action in self.actions() if action.id == action_id)

    def _set_own_of_action(
        self,
        recorder: Recorder,
        row: model.Action,
        new_name: str | None,
        description: str | None,
        closes_plan: str | None,
        comment_allowed: bool | None,
    ) -> Iterator[str]:
        if new_name is not None:
            name = a_name("An action", new_name)
            self._refuse_same_name(row, name)
            before = row.name
            if set_text(recorder, row, "name", name):
                yield f"name → “{name}”"
                # What was done by the action stays recorded under the name that it had.
                yield from followed(rename_in_queries(recorder, "action", before, name, keep=True))
        if description is not None and set_text(recorder, row, "description", a_description(description)):
            yield "description changed"
        if closes_plan is not None:
            texts = (CLOSING[row.closes_plan], CLOSING[_closing(closes_plan)])
            if recorder.set(row, "closes_plan", closes_plan, kind="action", texts=texts):
                yield texts[1]
        if comment_allowed is not None:
            words = ("takes no comment", "takes a comment")
            texts = (words[row.comment_allowed], words[comment_allowed])
            if recorder.set(row, "comment_allowed", comment_allowed, kind="action", texts=texts):
                yield texts[1]

    def _set_statuses(self, recorder: Recorder, row: model.Action, wanted: Statuses) -> Iterator[str]:
        new = [
            model.ActionStatus(action_id=row.id or 0, name=name, closes_action=closes)
            for name, closes in _checked(wanted)
        ]
        count = "SELECT count(DISTINCT ticket_id) FROM ticket_action WHERE action_status_id = ?"
        reader = self._desk.store.reader()
        return arrange(
            recorder,
            statuses_of(recorder.session, row),
            new,
            "status",
            lambda status: int(reader.value(count, (status.id,))),
        )

    def _links(self, session: Session, plan: model.Plan) -> dict[int, model.PlanAction]:
        """The places of the plan's actions by action, in order."""
        from sqlmodel import select

        found = session.exec(select(model.PlanAction).where(model.PlanAction.plan_id == plan.id)).all()
        return {link.action_id: link for link in sorted(found, key=lambda link: (link.position, link.action_id))}

    def _link(self, recorder: Recorder, plan: model.Plan, action_id: int, place: int) -> None:
        """Put the action at that place of the plan."""
        link = recorder.session.get(model.PlanAction, (plan.id, action_id))
        if link is not None and link.position == place:
            return
        # Removed and added rather than set: taking an act back finds a row without an id by its whole record.
        if link is not None:
            recorder.remove(link, kind="action")
        recorder.add(model.PlanAction(plan_id=plan.id or 0, action_id=action_id, position=place), kind="action")

    def _link_to(self, recorder: Recorder, action: model.Action, plans: Sequence[str]) -> str:
        """Link the action to the end of plans; their names."""
        names = []
        for wanted in plans:
            plan = find_plan(recorder.session, wanted)
            links = self._links(recorder.session, plan)
            taken = [each.name for each in self.actions() if each.id in links and not each.retired]
            if is_among(action.name, taken):
                raise InvalidInput(f"The plan “{plan.name}” has an action “{action.name}” already.")
            if action.id not in links:
                place = max((link.position for link in links.values()), default=-1) + 1
                self._link(recorder, plan, action.id or 0, place)
            names.append(plan.name)
        return _named(names)

    def _refuse_same_name(self, row: model.Action, name: str) -> None:
        """Raise InvalidInput when a plan of the action has another one of this name."""
        plans = self._definition(row.id).plans
        for other in self.actions():
            shared = set(plans) & set(other.plans)
            if other.id != row.id and not other.retired and shared and is_among(name, [other.name]):
                raise InvalidInput(f"The plan “{min(shared)}” has an action “{other.name}” already.")

    def _action_row(
        self, session: Session, action: str | int, plan: str | None = None, *, rather: str = "", retired: bool = False
    ) -> model.Action:
        row = session.get(model.Action, self._found_action(action, plan, rather=rather, retired=retired).id)
        assert row is not None
        return row

    def _found_action(
        self, action: str | int, plan: str | None = None, *, rather: str = "", retired: bool = False
    ) -> ActionDefinition:
        """The action by name or id; of several with the name, that of `plan`, or that of the plan `rather`.

        With `retired`, one that is retired may be meant. Raises InvalidInput.
        """
        known = [each for each in self.actions() if retired or not each.retired]
        if plan is not None:
            name = self._desk.setup.entry("plan", plan).name
            known = [each for each in known if name in each.plans]
        found = [each for each in known if is_among(str(action).strip(), [each.name])]
        if isinstance(action, int) or (not found and action.strip().isdecimal()):
            found = [each for each in known if each.id == int(action)]
        found = [each for each in found if rather in each.plans] or found
        found = [each for each in found if not each.retired] or found
        if not found:
            hint = did_you_mean(str(action), {each.name for each in known}, "`casedesk plans action list` lists them.")
            raise NotThere(f"There is no action “{action}”{f' in “{plan}”' if plan else ''}; {hint}")
        if len(found) > 1:
            places = "; ".join(f"{each.id} in {_named(each.plans) or 'no plan'}" for each in found)
            raise InvalidInput(f"{len(found)} actions are called “{found[0].name}”; say which by its number: {places}.")
        return found[0]


def _closing(mode: str) -> str:
    if mode not in CLOSING:
        raise InvalidInput(f"Whether an action closes the plan is {', '.join(CLOSING)}; “{mode}” is none of these.")
    return mode


def _checked(statuses: Statuses) -> list[tuple[str, bool]]:
    names = names_once("A status", [name for name, _ in statuses])
    return [(name, closes) for name, (_, closes) in zip(names, statuses, strict=True)]


def _named(plans: Sequence[str]) -> str:
    return ", ".join(f"“{plan}”" for plan in plans)
