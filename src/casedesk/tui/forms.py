"""Forms described as data. One modal (`modals/form_modal.py`) shows any of them.

A form is a list of fields, asked one after the other, and a function that makes the typed result of their values.
A field may depend on the values before it: whether it is asked at all (`when`) and what it offers (`choices`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.domain.query import Completion
    from casedesk.tui.app import CasedeskApp

Result = TypeVar("Result")
Values = Mapping[str, Any]


class FieldError(InvalidInput):
    """What was entered in the field called `name` won't do; the sentence is shown under that field."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen. `refusal` says why it can't be just now; it is then shown, but not chosen."""

    value: Any
    label: str
    detail: str = ""
    refusal: str | None = None


def choices_of(names: Sequence[str]) -> tuple[Choice, ...]:
    """Choices whose values are their labels."""
    return tuple(Choice(name, name) for name in names)


Offer = Sequence[Choice] | Callable[[Values], Sequence[Choice]]


def _always(_values: Values) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Field:
    """What all fields have: the name of their value, the label shown, and when they are asked."""

    name: str
    label: str
    required: bool = True
    when: Callable[[Values], bool] = _always

    def empty(self) -> Any:
        """The value of a field that nobody filled in."""
        return None

    def said(self, value: Any, values: Values) -> str:
        """The value in a few words, for the line of a field that has been filled in."""
        return "" if value is None else str(value)

    def mistake(self, value: Any) -> str:
        """What is wrong with the value of an asked field, or nothing."""
        return f"{self.label} is needed." if self.required and (value is None or value == "") else ""


@dataclass(frozen=True, kw_only=True)
class ChoiceField(Field):
    """One of a list; picked by a digit, by first letters or by Enter. Its value is the choice's value.

    Where a slip would do harm, `at_once` is false: digits and letters then only go there, and Enter picks.
    """

    choices: Offer
    initial: Any = None
    at_once: bool = True

    def offered(self, values: Values) -> tuple[Choice, ...]:
        """What may be chosen, given the values of the other fields."""
        return tuple(self.choices(values) if callable(self.choices) else self.choices)

    def empty(self) -> Any:
        return self.initial

    def said(self, value: Any, values: Values) -> str:
        return next((choice.label for choice in self.offered(values) if choice.value == value), "")


@dataclass(frozen=True, kw_only=True)
class YesNoField(ChoiceField):
    """Yes or no; its value is a bool."""

    choices: Offer = (Choice(True, "Yes"), Choice(False, "No"))


@dataclass(frozen=True, slots=True)
class Ticks:
    """The value of a `MultiChoiceField`: what the user ticked and unticked, and what stands ticked now."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MultiChoiceField(Field):
    """Any number of a list of names; its value is a `Ticks`.

    `ticked` stand ticked at first; `mixed` hold for some of the marked tickets only and stay as they are when left
    alone. With `allow_new`, a typed name that isn't in the list is added to it.
    """

    choices: Offer
    ticked: frozenset[str] = frozenset()
    mixed: frozenset[str] = frozenset()
    allow_new: bool = False
    required: bool = False

    def offered(self, values: Values) -> tuple[Choice, ...]:
        """What may be ticked, given the values of the other fields."""
        return tuple(self.choices(values) if callable(self.choices) else self.choices)

    def empty(self) -> Ticks:
        return Ticks(ticked=tuple(sorted(self.ticked)))

    def said(self, value: Ticks, values: Values) -> str:
        return ", ".join(value.ticked)


@dataclass(frozen=True, kw_only=True)
class TextField(Field):
    """One line of text; its value is the trimmed text. `preview` makes of it safe lines that are shown while it is
    typed: what it means, or what is wrong with it."""

    initial: str = ""
    placeholder: str = ""
    longest: int = 500
    preview: Callable[[str], str] | None = None
    select: bool = False  # all of it stands selected when its turn comes, so that typing replaces it

    def empty(self) -> str:
        return self.initial

    def said(self, value: str, values: Values) -> str:
        return value

    def mistake(self, value: Any) -> str:
        if isinstance(value, str) and len(value) > self.longest:
            return f"{self.label} may have {self.longest:,} characters; this has {len(value):,}."
        return super().mistake(value)


@dataclass(frozen=True, kw_only=True)
class TextBlockField(TextField):
    """Several lines of text. Enter goes on; ctrl+o starts a new line, ctrl+g opens $EDITOR."""

    longest: int = 100_000

    def said(self, value: str, values: Values) -> str:
        return value.partition("\n")[0]


@dataclass(frozen=True, kw_only=True)
class QueryField(TextField):
    """A query. `complete` says what may stand at a place of it, `check` raises InvalidInput for a mistake; both are
    also called in a thread. So is `tell`, which says what a query without mistakes finds, given the other values."""

    complete: Callable[[str, int], Sequence[Completion]]
    check: Callable[[str], object]
    tell: Callable[[str, Values], str] | None = None
    longest: int = 2000

    def mistake(self, value: Any) -> str:
        if sentence := super().mistake(value):
            return sentence
        try:
            self.check(value or "")
        except InvalidInput as error:
            return error.sentence
        return ""


@dataclass(frozen=True, slots=True)
class EntryKey:
    """A key that does something with the entries of an `EntriesField`, given the values of the form with them."""

    words: str
    press: Callable[[CasedeskApp, Values], None]


@dataclass(frozen=True, kw_only=True)
class EntriesField(Field):
    """Entries that are added and changed by a form each, moved and removed; its value is a tuple of them.

    `form` makes that form of the values so far, all entries, and the place of the one to be changed (None: a new one);
    it ends with the entries that take that place. `shown` is an entry as it is listed.
    """

    form: Callable[[Values, Sequence[Any], int | None], Form[Sequence[Any]]]
    shown: Callable[[Any, Values], Choice]
    initial: tuple[Any, ...] = ()
    empty_words: str = "Nothing is here yet."
    keys: Mapping[str, EntryKey] = field(default_factory=dict)

    def empty(self) -> tuple[Any, ...]:
        return self.initial

    def said(self, value: tuple[Any, ...], values: Values) -> str:
        choices = [self.shown(each, values) for each in value]
        return ", ".join(" ".join(filter(None, (choice.label, choice.detail))) for choice in choices)

    def mistake(self, value: Any) -> str:
        return f"{self.label}: one at least is needed." if self.required and not value else ""


@dataclass(frozen=True, slots=True)
class Unfound:
    """The value of a `SearchField` when nothing was found for what was typed."""

    text: str


@dataclass(frozen=True, kw_only=True)
class SearchField(Field):
    """Something found by typing; its value is the choice that was found, or None when nothing was typed.

    `search` is called in a thread.
    """

    search: Callable[[str], Sequence[Choice]]
    placeholder: str = ""
    initial: Choice | None = None

    def empty(self) -> Choice | None:
        return self.initial

    def said(self, value: Any, values: Values) -> str:
        return value.label if isinstance(value, Choice) else ""

    def mistake(self, value: Any) -> str:
        return f"Nothing is found for “{value.text}”." if isinstance(value, Unfound) else super().mistake(value)


def _as_it_is(values: Values) -> Any:
    return dict(values)


@dataclass(frozen=True)
class Form(Generic[Result]):
    """A form: its title, its fields in order, the word of the last Enter, and what makes the result.

    `build` gets the values of the fields that were asked, by name, and raises `FieldError` when they won't do together.
    """

    title: str
    fields: Sequence[Field]
    submit: str
    build: Callable[[Values], Result] = _as_it_is
    intro: str = ""
    in_editor: bool = False  # $EDITOR opens at once on the first field, a TextBlockField
    advice: Callable[[Values], Sequence[Choice]] | None = None
    """Tickets, by their numbers, that may be meant already, given what was entered so far; called in a thread."""
    known_as: Mapping[str, str] = field(default_factory=dict)
    """The fields at which mistakes stand that the desk finds under another name."""


@dataclass
class FormState(Generic[Result]):
    """A form being filled in: the values so far and the field that is being asked. Knows nothing of the screen."""

    form: Form[Result]
    values: dict[str, Any] = field(default_factory=dict)
    current: str = ""

    def __post_init__(self) -> None:
        for each in self.form.fields:
            self.values.setdefault(each.name, each.empty())
        self.current = next((each.name for each in self.asked()), "")

    def asked(self) -> list[Field]:
        """The fields that are asked, given the values so far."""
        asked: list[Field] = []
        known: dict[str, Any] = {}
        for each in self.form.fields:
            if each.when(known):
                asked.append(each)
                known[each.name] = self._standing(each, known)
        return asked

    def _standing(self, each: Field, known: Values) -> Any:
        """The field's value, or nothing where an earlier change has made its choice impossible."""
        value = self.values[each.name]
        if isinstance(each, ChoiceField):
            possible = [choice.value for choice in each.offered(known) if choice.refusal is None]
            return value if value in possible else None
        return value

    def known(self) -> dict[str, Any]:
        """The values of the fields that are asked."""
        known: dict[str, Any] = {}
        for each in self.asked():
            known[each.name] = self._standing(each, known)
        return known

    def put(self, name: str, value: Any) -> None:
        """Fill in one field."""
        self.values[name] = value

    def is_last(self, value: Any) -> bool:
        """True when nothing is asked after the current field, once it has `value`."""
        asked = FormState(self.form, {**self.values, self.current: value}).asked()
        return not asked or asked[-1].name == self.current

    def step(self, by: int) -> bool:
        """Go to the next (or an earlier) field; False when there is none."""
        names = [each.name for each in self.asked()]
        place = names.index(self.current) + by if self.current in names else 0
        if not 0 <= place < len(names):
            return False
        self.current = names[place]
        return True

    def check(self, name: str) -> None:
        """Raise FieldError when the field called `name` lacks what it must have."""
        known = self.known()
        each = next(each for each in self.form.fields if each.name == name)
        if sentence := each.mistake(known.get(name)):
            raise FieldError(name, sentence)

    def finish(self) -> Result:
        """The form's result. Raises FieldError for the first field that won't do."""
        for each in self.asked():
            self.check(each.name)
        return self.form.build(self.known())


def tickets_said(count: int) -> str:
    """`ticket` or `12 tickets`, for titles and submit words: `Close ticket`, `Close 12 tickets`."""
    return "ticket" if count == 1 else f"{count:,} tickets"
