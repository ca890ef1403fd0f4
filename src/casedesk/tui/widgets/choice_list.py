"""A list of choices, picked by digits, first letters or the cursor; one or many. Draws only the lines seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from casedesk.tui.drawing import fit, line_of
from casedesk.tui.forms import Choice, Ticks

DIGITS = "1234567890"


class ChoiceList(ScrollView, can_focus=False):
    """Choices in a column: `1 Label   detail`. It is told keys by `press`; it never takes the focus itself."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--line",
        "choice--cursor",
        "choice--key",
        "choice--detail",
        "choice--tick",
    }

    class Clicked(Message):
        """A choice was clicked; the cursor stands on it."""

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        *,
        cursor: int = 0,
        at_once: bool = True,
        numbered: bool = True,
        empty: str = "Nothing to choose here.",
    ) -> None:
        super().__init__()
        self.at_once = at_once
        self._numbered = numbered
        self._empty = empty
        self.choices: tuple[Choice, ...] = ()
        self.cursor = 0
        self.typed = ""
        self.offer(choices, cursor=cursor)

    def offer(self, choices: Sequence[Choice], *, cursor: int = 0) -> None:
        """Show other choices."""
        self.choices = tuple(choices)
        self.typed = ""
        self.cursor = max(0, min(cursor, len(self.choices) - 1))
        self.virtual_size = Size(0, len(self.choices))
        self.refresh(layout=True)
        if self.cursor and self.is_mounted:
            self.call_after_refresh(self._show_cursor)

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor."""
        return self.choices[self.cursor] if self.choices else None

    def press(self, key: str, character: str | None) -> bool:
        """Take a key: arrows move; a digit or a beginning that only one label has picks. True when that picked one.

        It may be one that can't be chosen: whoever asked says why.
        """
        moves = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8, "home": -len(self.choices), "end": len(self.choices)}
        if key in moves:
            self.move(moves[key])
        elif key == "backspace":
            self.typed = self.typed[:-1]
        elif character and character in DIGITS and not self.typed:
            return self._pick(DIGITS.index(character))
        elif character and character.isprintable():
            return self._type(character)
        return False

    def move(self, by: int) -> None:
        """Move the cursor, stopping at the ends."""
        self.typed = ""
        self._go(max(0, min(self.cursor + by, len(self.choices) - 1)))

    def _pick(self, place: int) -> bool:
        if place >= len(self.choices):
            return False
        self._go(place)
        return self.at_once

    def _type(self, character: str) -> bool:
        """Add to the typed beginning. A letter that no label goes on with starts a new beginning, or is left out."""
        for typed in (self.typed + character.casefold(), character.casefold()):
            found = [
                place for place, choice in enumerate(self.choices) if line_of(choice.label).casefold().startswith(typed)
            ]
            if found:
                self.typed = typed
                possible = [place for place in found if self.choices[place].refusal is None]
                self._go((possible or found)[0])
                return self.at_once and len(possible or found) == 1
        return False

    def _go(self, place: int) -> None:
        self.cursor = place
        self.refresh()
        if self.is_mounted:
            self._show_cursor()

    def _show_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self.choices))

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not self.choices and y == 0:
            return Strip([Segment(fit(self._empty, width), self.get_component_rich_style("choice--detail"))])
        if place >= len(self.choices):
            return Strip.blank(width, self.rich_style)
        return self._line(place, width)

    def _line(self, place: int, width: int) -> Strip:
        choice = self.choices[place]
        chosen = place == self.cursor
        base = self.get_component_rich_style("choice--cursor" if chosen else "choice--line")
        muted, accent = base + self._ink("choice--detail"), base + self._ink("choice--key")
        digit = DIGITS[place] if place < len(DIGITS) and not self.typed else " "
        key = f"{digit} " if self._numbered else ""
        left = width - 1 - len(key) - len(self.mark_of(choice))
        detail = choice.refusal or choice.detail
        label_width = self._label_width(left) if detail else left
        segments = [
            Segment("▸" if chosen else " ", accent),
            Segment(key, accent),
            Segment(self.mark_of(choice), base + self._ink("choice--tick")),
            Segment(fit(choice.label, label_width), muted if choice.refusal else base),
            Segment(f"  {fit(detail, left - label_width - 2)}" if detail else "", muted),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _ink(self, component: str) -> Style:
        """A component's colour without its ground, so that the cursor's shows through."""
        return self.get_component_styles(component).partial_rich_style

    def _label_width(self, room: int) -> int:
        """The cells of the column of labels: as many as the longest wants, with at least half for the labels."""
        labels = max(cell_len(line_of(choice.label)) for choice in self.choices)
        details = max(cell_len(line_of(choice.refusal or choice.detail)) for choice in self.choices)
        return min(labels, max(room - details - 2, room // 2), room)

    def mark_of(self, choice: Choice) -> str:
        """What stands before the label; nothing in a list of which one is chosen."""
        return ""

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place < len(self.choices):
            self._go(place)
            self.post_message(self.Clicked())


class TickList(ChoiceList):
    """Choices of which any number is ticked. Picking one ticks it, or takes the tick away."""

    def __init__(self, choices: Sequence[Choice], ticked: frozenset[str], mixed: frozenset[str]) -> None:
        self.names = [choice.value for choice in choices]
        self.before = ticked
        self.ticked = set(ticked)
        self.mixed_before = mixed
        self.mixed = set(mixed)
        super().__init__(choices)

    def press(self, key: str, character: str | None) -> bool:
        if (key == "space" and not self.typed) or super().press(key, character):
            self.toggle()
        return False

    def take_typed(self) -> bool:
        """Tick what was typed, where the list takes typed names; False when Enter means to go on."""
        return False

    def changed(self) -> bool:
        """Whether something would be lost by leaving."""
        return self.ticked != self.before or self.mixed != self.mixed_before

    def toggle(self) -> None:
        """Tick the choice under the cursor, or take its tick away."""
        current = self.current
        if current is None or current.refusal:
            return
        self.typed = ""
        self.mixed.discard(current.value)
        self.ticked ^= {current.value}
        self.refresh()

    def ticks(self) -> Ticks:
        """What was changed, and what stands ticked now. A mixed name left alone is neither."""
        touched_off = self.mixed_before - self.mixed - self.ticked
        return Ticks(
            added=tuple(name for name in self.names if name in self.ticked and name not in self.before),
            removed=tuple(name for name in self.names if name in (self.before - self.ticked) | touched_off),
            ticked=tuple(name for name in self.names if name in self.ticked),
        )

    def put(self, ticks: Ticks) -> None:
        """Tick again what was ticked, and untick what was unticked, in a list shown anew."""
        self.names += [name for name in ticks.added if name not in self.names]
        self.ticked = (set(self.before) | set(ticks.added)) - set(ticks.removed)
        self.mixed = set(self.mixed_before) - self.ticked - set(ticks.removed)

    def mark_of(self, choice: Choice) -> str:
        return "[✓] " if choice.value in self.ticked else "[-] " if choice.value in self.mixed else "[ ] "
