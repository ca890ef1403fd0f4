"""The desk: the public Python interface that the screens and the command line are clients of."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from casedesk.desk.instants import moment
from casedesk.desk.values import Backup, Choices, User
from casedesk.domain.errors import NotPermitted
from casedesk.domain.rights import ACT_AS, RIGHTS
from casedesk.store import Store

if TYPE_CHECKING:
    from casedesk.desk.acts import Acts
    from casedesk.desk.assistant import Assistant
    from casedesk.desk.calendars import Calendars
    from casedesk.desk.campaigns import Campaigns
    from casedesk.desk.contacts import Contacts
    from casedesk.desk.dashboards import Dashboards
    from casedesk.desk.drafts import Drafts
    from casedesk.desk.imports import Imports
    from casedesk.desk.lists import Lists
    from casedesk.desk.macros import Macros
    from casedesk.desk.maintenance import Maintenance
    from casedesk.desk.past_responses import PastResponses
    from casedesk.desk.plans import Plans
    from casedesk.desk.policies import Policies
    from casedesk.desk.queries import Queries
    from casedesk.desk.response_actions import ResponseActions
    from casedesk.desk.responses import Responses
    from casedesk.desk.restoring import Steps
    from casedesk.desk.roles import Roles
    from casedesk.desk.rules import Rules
    from casedesk.desk.service_levels import ServiceLevels
    from casedesk.desk.set_up import SetUp
    from casedesk.desk.setup import Setup
    from casedesk.desk.sweeping import Sweeping
    from casedesk.desk.team import TeamDesk
    from casedesk.desk.tickets import Tickets
    from casedesk.desk.views import Views
    from casedesk.domain.query import Completion

Clock = Callable[[], float]
"""Seconds since 1970, UTC."""


class Desk:
    """An opened desk, for one user. Each area (`tickets`, `contacts`, …) is loaded when it is first used.

    Every method may be called from any thread. Reads see what was last committed by anybody.
    """

    def __init__(self, store: Store, user: User, *, behind: User | None = None, clock: Clock = time.time) -> None:
        self.store = store
        self.user = user
        self.behind = behind
        self.clock = clock

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        user: str | None = None,
        acting_as: str | None = None,
        clock: Clock = time.time,
        told: Callable[[str], object] | None = None,
    ) -> Self:
        """Open the desk at `path` as `user` (default: the operating system's user).

        `acting_as` acts in another user's name, which is a right of its own and is recorded. `told` gets a sentence
        before a desk of an older schema is upgraded, which may take a while. Raises StoreUnavailable, and NotPermitted
        for a user the desk doesn't know.
        """
        from casedesk.desk.identity import find_user, login_name

        store = Store.open(Path(path), told)
        try:
            real = find_user(store, user or login_name())
            if acting_as is None or acting_as == real.login:
                return cls(store, real, clock=clock)
            if ACT_AS not in real.rights:
                raise NotPermitted(f"{real.login} may not act in another user's name; an administrator can allow it.")
            return cls(store, find_user(store, acting_as), behind=real, clock=clock)
        except BaseException:
            store.close()
            raise

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        user: str | None = None,
        user_name: str | None = None,
        name: str = "Case desk",
        zone: str | None = None,
        clock: Clock = time.time,
    ) -> Self:
        """Make a desk at `path` with the usual lists, an example plan, and `user` as its administrator.

        `zone` is an IANA name, by default this machine's. Raises StoreUnavailable when the file exists,
        and InvalidInput for a name or zone that can't be.
        """
        from casedesk.desk.defaults import fill_new_desk
        from casedesk.desk.desk_settings import desk_name, zone_name
        from casedesk.desk.identity import login_name, machine_zone

        login = user or login_name()
        name, chosen = desk_name(name), zone_name(zone or machine_zone())
        store = Store.create(Path(path))
        fill_new_desk(store, login=login, user_name=user_name or login, name=name, zone=chosen, now=int(clock()))
        store.close()
        return cls.open(path, user=login, clock=clock)

    def on(self, store: Store) -> Desk:
        """The same user and clock at another file: a copy on which something is tried."""
        return Desk(store, self.user, behind=self.behind, clock=self.clock)

    def as_user(self, login: str) -> Desk:
        """The same file and clock for another user; nothing is closed twice. For replaying what several people did."""
        from casedesk.desk.identity import find_user

        return Desk(self.store, find_user(self.store, login), clock=self.clock)

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the desk lies."""
        return self.store.path

    @cached_property
    def name(self) -> str:
        """The desk's name."""
        return str(self.setup.setting("name") or "Case desk")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which the desk shows and reads times."""
        return ZoneInfo(str(self.setup.setting("zone") or "UTC"))

    def forget_settings(self) -> None:
        """Read the name and the zone anew when they are next asked for: they may have changed."""
        for kept in ("name", "zone"):
            vars(self).pop(kept, None)

    def now(self) -> datetime:
        """The present instant, whole seconds, UTC."""
        return moment(self.seconds())

    def seconds(self) -> int:
        """The present instant in whole seconds since 1970, UTC."""
        return int(self.clock())

    def local(self, instant: datetime) -> datetime:
        """The instant in the desk's zone."""
        return instant.replace(tzinfo=instant.tzinfo or UTC).astimezone(self.zone)

    def can(self, right: str) -> bool:
        """Whether the user has the right."""
        return right in self.user.rights

    def require(self, right: str, *or_one_of: str) -> None:
        """Raise NotPermitted unless the user has the right, or one of the others (behaviour 9.1)."""
        if self.user.rights.isdisjoint((right, *or_one_of)):
            raise NotPermitted(f"{self.user.login} may not {RIGHTS[right]}; an administrator can allow it.")

    def change_token(self) -> int:
        """A number that differs after anybody, in any process, has changed the desk. Compare it on one thread."""
        return self.store.reader().data_version()

    def interrupt(self, thread: int) -> None:
        """Stop what the thread with this identifier is reading; it gets ReadingCancelled."""
        self.store.interrupt(thread)

    def warm(self) -> None:
        """Load what the first act needs; the interface calls it once it stands on the screen."""
        self.store.warm()
        self.service_levels.warm()
        self.acts  # noqa: B018  (its module, and with it what taking acts back needs)

    def home(self) -> int | None:
        """The id of the dashboard that the user has pinned, which opens first (S7); None for the ticket list."""
        from casedesk.desk.home import pinned_dashboard

        return pinned_dashboard(self.store.reader(), self.user.id)

    def choices(self) -> Choices:
        """The lists that forms offer."""
        return self.setup.choices()

    def backup(self, path: str | Path, *, replace: bool = False, progress: Steps | None = None) -> Backup:
        """Copy the desk to `path`, also while others work in it, and check the copy."""
        return self.maintenance.backup(path, replace=replace, progress=progress)

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """What may stand at `cursor` in a query."""
        return self.queries.complete(text, cursor)

    @cached_property
    def acts(self) -> Acts:
        from casedesk.desk.acts import Acts

        return Acts(self)

    @cached_property
    def tickets(self) -> Tickets:
        from casedesk.desk.tickets import Tickets

        return Tickets(self)

    @cached_property
    def drafts(self) -> Drafts:
        from casedesk.desk.drafts import Drafts

        return Drafts(self)

    @cached_property
    def queries(self) -> Queries:
        from casedesk.desk.queries import Queries

        return Queries(self)

    @cached_property
    def contacts(self) -> Contacts:
        from casedesk.desk.contacts import Contacts

        return Contacts(self)

    @cached_property
    def responses(self) -> Responses:
        from casedesk.desk.responses import Responses

        return Responses(self)

    @cached_property
    def response_actions(self) -> ResponseActions:
        from casedesk.desk.response_actions import ResponseActions

        return ResponseActions(self)

    @cached_property
    def past_responses(self) -> PastResponses:
        from casedesk.desk.past_responses import PastResponses

        return PastResponses(self)

    @cached_property
    def assistant(self) -> Assistant:
        from casedesk.desk.assistant import Assistant

        return Assistant(self)

    @cached_property
    def views(self) -> Views:
        from casedesk.desk.views import Views

        return Views(self)

    @cached_property
    def dashboards(self) -> Dashboards:
        from casedesk.desk.dashboards import Dashboards

        return Dashboards(self)

    @cached_property
    def campaigns(self) -> Campaigns:
        from casedesk.desk.campaigns import Campaigns

        return Campaigns(self)

    @cached_property
    def plans(self) -> Plans:
        from casedesk.desk.plans import Plans

        return Plans(self)

    @cached_property
    def calendars(self) -> Calendars:
        from casedesk.desk.calendars import Calendars

        return Calendars(self)

    @cached_property
    def policies(self) -> Policies:
        from casedesk.desk.policies import Policies

        return Policies(self)

    @cached_property
    def macros(self) -> Macros:
        from casedesk.desk.macros import Macros

        return Macros(self)

    @cached_property
    def roles(self) -> Roles:
        from casedesk.desk.roles import Roles

        return Roles(self)

    @cached_property
    def rules(self) -> Rules:
        from casedesk.desk.rules import Rules

        return Rules(self)

    @cached_property
    def imports(self) -> Imports:
        from casedesk.desk.imports import Imports

        return Imports(self)

    @cached_property
    def maintenance(self) -> Maintenance:
        from casedesk.desk.maintenance import Maintenance

        return Maintenance(self)

    @cached_property
    def service_levels(self) -> ServiceLevels:
        from casedesk.desk.service_levels import ServiceLevels

        return ServiceLevels(self)

    @cached_property
    def sweeping(self) -> Sweeping:
        from casedesk.desk.sweeping import Sweeping

        return Sweeping(self)

    @cached_property
    def setup(self) -> Setup:
        from casedesk.desk.setup import Setup

        return Setup(self)

    @cached_property
    def set_up(self) -> SetUp:
        from casedesk.desk.set_up import SetUp

        return SetUp(self)

    @cached_property
    def lists(self) -> Lists:
        from casedesk.desk.lists import Lists

        return Lists(self)

    @cached_property
    def team(self) -> TeamDesk:
        from casedesk.desk.team import TeamDesk

        return TeamDesk(self)
