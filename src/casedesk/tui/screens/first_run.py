"""The first run, when there is no desk yet: make one, import a file into a new one, or look at the demo."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from casedesk.domain.errors import CasedeskError
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, Form, SearchField, TextField, Values
from casedesk.tui.progress import Progress
from casedesk.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.settings.preferences import Preferences
    from casedesk.tui.app import CasedeskApp, Opened

Clock = Callable[[], float]

MAKE, IMPORT, DEMO, LEAVE = "make", "import", "demo", "leave"

WAYS = (
    Choice(MAKE, "Make a desk", detail="and set it up step by step"),
    Choice(IMPORT, "Import a file", detail="answers, contacts or tickets, into a new desk"),
    Choice(DEMO, "Look at the demo", detail="full of samples, thrown away afterwards"),
    Choice(LEAVE, "Leave"),
)
_FIRST_ACTIONS = {MAKE: "assistant_open", IMPORT: "import_file"}
"""What opens on the new desk, by the way that was chosen."""

DEFAULT_NAME = "Case desk"
ZONES_SHOWN = 8
BAR = 40


@dataclass(frozen=True, slots=True)
class NewDesk:
    """A desk that is to be made; `zone` is an IANA name."""

    name: str
    zone: str


class FirstRunScreen(Screen[None]):
    """Says that there is no desk at `path`, and offers the ways to come by one.

    `passing` is a folder for what is thrown away at the end. `clock` counts seconds since 1970, UTC.
    """

    app: CasedeskApp

    AUTO_FOCUS = ""

    class _Made(Message):
        def __init__(self, opened: Opened, then: str) -> None:
            super().__init__()
            self.opened = opened
            self.then = then

    class _Failed(Message):
        def __init__(self, error: CasedeskError) -> None:
            super().__init__()
            self.error = error

    class _Progress(Progress):
        pass

    def __init__(self, path: Path, passing: Path, *, clock: Clock = time.time) -> None:
        super().__init__()
        self._path = path
        self._passing = passing
        self._clock = clock
        self._busy = False
        self.ways = ChoiceList(WAYS)

    def compose(self) -> ComposeResult:
        with Vertical(id="first-run") as box:
            box.border_title = "casedesk"
            yield Static("Welcome. There is no desk yet at", markup=False, id="first-run-words")
            yield Static(line_of(str(self._path)), markup=False, id="first-run-path")
            yield self.ways
            yield Static(markup=False, id="first-run-hint")

    def on_mount(self) -> None:
        self._say("Enter, digit or letter chooses · Esc leaves")

    def _say(self, hint: str) -> None:
        self.query_one("#first-run-hint", Static).update(hint)

    def on_key(self, event: events.Key) -> None:
        if self._busy:
            return
        if event.key in ("escape", "q"):
            self.app.exit()
        elif event.key == "enter" or self.ways.press(event.key, event.character):
            self._choose()

    @on(ChoiceList.Clicked)
    def _choose(self) -> None:
        way = self.ways.current
        if self._busy or way is None:
            return
        if way.value == LEAVE:
            self.app.exit()
        elif way.value == DEMO:
            self._make(self._open_demo, DEMO)
        else:
            self._ask_for_desk(str(way.value))

    def _ask_for_desk(self, then: str) -> None:
        from casedesk.tui.modals.form_modal import FormModal

        def answered(new: NewDesk | None) -> None:
            if new is not None:
                self._make(lambda: make_desk(self._path, new, self.app.preferences.user, self._clock), then)

        form = desk_form()
        self.app.push_screen(FormModal(form.title, form), answered)

    def _make(self, open_it: Callable[[], Desk], then: str) -> None:
        """Make a desk and read what its first screen shows, in a thread."""
        from casedesk.tui.app import open_desk

        self._busy = True
        self._say("Making the desk…")

        def make() -> None:
            try:
                self.post_message(self._Made(open_desk(open_it()), then))
            except CasedeskError as error:
                self.post_message(self._Failed(error))

        self.run_worker(make, thread=True, group="make")

    def _open_demo(self) -> Desk:
        from casedesk.desk import Desk
        from casedesk.desk.demo import make_demo

        path = self._passing / "demo.desk"
        make_demo(path, clock=self._clock, progress=self._report)
        return Desk.open(path, acting_as=self.app.preferences.user, clock=self._clock)

    def _report(self, done: int, total: int) -> None:
        self.post_message(self._Progress(done, total))

    @on(_Progress)
    def _show_progress(self, message: _Progress) -> None:
        filled = BAR * message.done // max(1, message.total)
        self._say(f"{'━' * filled}{'┄' * (BAR - filled)} {message.done:,} of {message.total:,}")

    @on(_Made)
    def _show_desk(self, message: _Made) -> None:
        app = self.app
        app.show_desk(message.opened)
        action = _FIRST_ACTIONS.get(message.then)
        if action is not None:
            app.call_later(app.run_action, action, app.screen)

    @on(_Failed)
    def _say_failure(self, message: _Failed) -> None:
        self._busy = False
        self.on_mount()
        self.app.tell(message.error.sentence, "error", seconds=12)


def desk_form() -> Form[NewDesk]:
    """Asks for the desk's name and the zone of its times; both stand there already."""
    from casedesk.desk.identity import machine_zone

    zone = machine_zone()
    return Form(
        title="Make a desk",
        fields=[
            TextField(name="name", label="Name", initial=DEFAULT_NAME, longest=100),
            SearchField(name="zone", label="Time zone", search=find_zones, initial=Choice(zone, zone)),
        ],
        submit="Make the desk",
        build=_new_desk,
    )


def _new_desk(values: Values) -> NewDesk:
    return NewDesk(" ".join(str(values["name"]).split()), values["zone"].value)


def find_zones(text: str) -> tuple[Choice, ...]:
    """The IANA zones with `text` in their name, those that begin with it, or whose city does, first."""
    from zoneinfo import available_timezones

    wanted = "_".join(text.split()).casefold()
    found = [zone for zone in available_timezones() if wanted in zone.casefold()]

    def rank(zone: str) -> tuple[bool, str]:
        near = any(part.casefold().startswith(wanted) for part in (zone, zone.rpartition("/")[2]))
        return not near, zone

    return tuple(Choice(zone, zone) for zone in sorted(found, key=rank)[:ZONES_SHOWN])


def make_desk(path: Path, new: NewDesk, user: str | None, clock: Clock) -> Desk:
    """Make the desk and open it. Whoever goes on as `user` needs a place at the desk as well. Raises CasedeskError."""
    from casedesk.desk import Desk

    with Desk.create(path, name=new.name, zone=new.zone, clock=clock) as desk:
        if user is not None and user != desk.user.login:
            desk.team.add_user(user, role="administrator")
    opened = Desk.open(path, acting_as=user, clock=clock)
    opened.assistant.begin()
    return opened


def run_first_run(path: Path, preferences: Preferences, *, clock: Clock = time.time) -> None:
    """Offer the ways to a desk at `path`, then show it until the user leaves. Raises CasedeskError."""
    from casedesk.tui.app import CasedeskApp, run_app

    with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
        app = CasedeskApp(None, preferences, first_screen=lambda: FirstRunScreen(path, Path(folder), clock=clock))
        try:
            run_app(app)
        finally:
            app.close_desk()
