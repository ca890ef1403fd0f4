"""When what has to be done: service levels, their policies, and calendars of working time (A3, A4, behaviour 3).

All three are changed on the screen of service levels; here they are found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from casedesk.domain.rights import LEVELS as MAY_CHANGE_LEVELS
from casedesk.tui.configuration.section import CHANGE, NEW, SWITCH, Contents, Deed, Do, Item, LastChanges, Open, Section
from casedesk.tui.service_level_parts import CALENDAR, POLICY, SIMPLE, Thing

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.app import CasedeskApp


class ServiceLevels(Section):
    """Whether tickets are timed, and the one target that most desks have."""

    id, title, group, right = "levels", "Service levels", "Time", MAY_CHANGE_LEVELS
    about = "Whether tickets have due times, and within how many working hours they are to be solved."
    words = ("sla", "target", "due", "overdue", "hours")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        simple = desk.policies.simple()
        hours = f"{simple.hours:g} working hours" if simple.hours is not None else "none"
        on = Item(
            "on", "Service levels", "on" if simple.on else "off",
            "While they are on, tickets are timed by policies and calendars.", "off", ("sla",),
            changed=changes.get(("setting", "service_levels")), role="good" if simple.on else "warning",
        )  # fmt: skip
        target = Item(
            "target", "Solve within", hours,
            f"The one target of the simple form, counted by the calendar {simple.calendar}.", words=("resolution",),
        )  # fmt: skip
        return Contents((on, target), more=simple)

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        found: dict[str, Deed] = {CHANGE: Open(_levels(Thing(SIMPLE)), "open")}
        if contents.more is not None:
            word = "off" if contents.more.on else "on"
            found[SWITCH] = Do(lambda desk, _progress: desk.setup.set_setting("service_levels", word), short=word)
        return found


class Policies(Section):
    """Which tickets have which targets."""

    id, title, group, right = "policies", "Policies", "Time", MAY_CHANGE_LEVELS
    about = "Which tickets have which targets, by which calendar. The first whose query matches a ticket applies."
    words = ("sla", "target", "first response", "next reply", "resolution", "warning", "pause")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        return Contents(
            tuple(
                Item(
                    Thing(POLICY, policy.name),
                    policy.name,
                    "retired" if policy.retired else policy.query or "the rest",
                    "; ".join(
                        f"{target.kind} in {target.duration}" + (f" ({target.priority})" if target.priority else "")
                        for target in policy.targets
                    ),
                    words=(policy.calendar,),
                    changed=changes.get(("policy", str(policy.id))),
                    muted=policy.retired,
                )
                for policy in desk.policies.list(retired=True)
            )
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        return _on_the_screen(item)


class Calendars(Section):
    """When work is done."""

    id, title, group, right = "calendars", "Calendars", "Time", MAY_CHANGE_LEVELS
    about = "When work is done: hours of the week, public holidays, and dates of the desk's own."
    words = ("business hours", "working hours", "opening hours", "holidays", "zone", "weekend", "24x7")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        return Contents(
            tuple(
                Item(
                    Thing(CALENDAR, calendar.name),
                    calendar.name,
                    "retired" if calendar.retired else calendar.hours,
                    f"In {calendar.zone}; used by {', '.join(calendar.policies) or 'no policy'}.",
                    words=(calendar.country, calendar.region),
                    changed=changes.get(("calendar", str(calendar.id))),
                    muted=calendar.retired,
                )
                for calendar in desk.calendars.list(retired=True)
            )
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        return _on_the_screen(item)


def _on_the_screen(item: Item | None) -> Mapping[str, Deed]:
    at = item.key if item is not None and isinstance(item.key, Thing) else None
    return {CHANGE: Open(_levels(at), "open"), NEW: Open(_levels(None), "levels")}


def _levels(at: Thing | None) -> Callable[[CasedeskApp, Callable[[bool], None]], None]:
    def show(app: CasedeskApp, ended: Callable[[bool], None]) -> None:
        from casedesk.tui.screens.service_levels import ServiceLevelsScreen

        app.push_screen(ServiceLevelsScreen(at), lambda changed: ended(bool(changed)))

    return show


SERVICE_LEVELS: Final = ServiceLevels()
POLICIES: Final = Policies()
CALENDARS: Final = Calendars()
