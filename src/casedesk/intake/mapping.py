"""How the columns of a file are read: plain data that people can see, change, save by name and give again."""

from __future__ import annotations

import difflib
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import Kind, QuestionKind, ScoreKind

SCALES: dict[ScoreKind, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""The ranges of the scores that have one of their own (behaviour 5.5); a rating declares its range."""

PERSON_TARGETS = (
    "person.external_id",
    "person.name",
    "person.first_name",
    "person.last_name",
    "person.email",
    "person.phone",
    "person.language",
    "account",
    "account_id",
)
_SCORE_TARGETS = tuple(f"score:{kind}" for kind in get_args(ScoreKind))
_ANY_KIND = (*PERSON_TARGETS, "ignore")
TARGETS: dict[Kind, tuple[str, ...]] = {
    "responses": (
        "external_id",
        "answered_at",
        "submitted_at",
        "comment",
        "language",
        "complete",
        "campaign",
        *_SCORE_TARGETS,
        *_ANY_KIND,
    ),
    "contacts": _ANY_KIND,
    "tickets": (
        "external_id",
        "title",
        "description",
        "status",
        "priority",
        "topic",
        "owner",
        "team",
        "resolution",
        "tags",
        "created_at",
        "updated_at",
        "closed_at",
        *_SCORE_TARGETS,
        *_ANY_KIND,
    ),
}
"""What a column can be, beside `variable:NAME` (a custom variable of the contact) and `answer:KEY` (responses only).

`submitted_at` is an `answered_at` that stays empty while the questionnaire is unfinished.
"""

_OPEN_TARGETS: dict[Kind, tuple[str, ...]] = {
    "responses": ("variable:", "answer:"),
    "contacts": ("variable:",),
    "tickets": ("variable:",),
}
TIME_TARGETS = ("answered_at", "submitted_at", "created_at", "updated_at", "closed_at")
"""The targets whose cells are instants."""

KEEP = ""
"""The target of a column without a place of its own: kept as an answer, a custom variable or a field of the ticket."""

Dates = Literal["day first", "month first", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """What one column is.

    `label` is the question's full wording where the header is only its name. `scale` is the declared range of a
    rating. `labels` gives the score that a word stands for (good = 5); of a column that says what is complete, the
    words that mean it isn't (partial = 0), below 0 those of rows that nobody meant as an answer (spam = -1). `choices`
    are the options of a cell that names several of them, separated by blanks. `choice` is the option that a cell of 1,
    true or yes stands for. Several columns with the same `answer:KEY` are one question of which several options can be
    chosen.
    """

    header: str
    target: str = KEEP
    label: str = ""
    kind: QuestionKind | Literal[""] = ""
    scale: tuple[float, float] | None = None
    labels: tuple[tuple[str, float], ...] = ()
    choice: str = ""
    choices: tuple[str, ...] = ()

    @property
    def score_kind(self) -> ScoreKind | None:
        """The kind of score that the column holds, if it holds one."""
        return cast(ScoreKind, self.target[6:]) if self.target.startswith("score:") else None

    @property
    def name(self) -> str:
        """The part of an open target after its colon: the key of an answer, the name of a variable."""
        return self.target.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is read: its kind, its header lines, what each column is, and how dates and phones are meant.

    `format` names the format module that lays out the header. `zone` is the IANA zone of times without an offset.
    `dates` says which of day and month comes first in `1/2/2026`. `date_format` (strptime) overrides every guess.
    `region` (ISO 3166, two letters) is the country of phone numbers without a country code. `blanks` are cells
    that mean "no answer". `partial` as in `ResponseRecord`.
    """

    format: str
    kind: Kind
    columns: tuple[Column, ...]
    source: str = ""
    header_lines: int = 1
    zone: str = "UTC"
    dates: Dates = ""
    date_format: str = ""
    region: str = ""
    blanks: tuple[str, ...] = ()
    partial: bool = False

    def target_of(self, header: str) -> str:
        """The target of the column with this header, `KEEP` when the mapping says nothing about it."""
        return next((column.target for column in self.columns if column.header == header), KEEP)

    def to_dict(self) -> dict[str, Any]:
        """The mapping as tables, lists, texts and numbers, fit for TOML and JSON; what is empty is left out."""
        plain = {name: getattr(self, name) for name in _MAPPING_TEXTS if getattr(self, name)}
        plain["header_lines"] = self.header_lines
        if self.blanks:
            plain["blanks"] = list(self.blanks)
        if self.partial:
            plain["partial"] = True
        plain["columns"] = [_column_to_dict(column) for column in self.columns]
        return plain

    @classmethod
    def from_dict(cls, plain: Table[str, Any]) -> Mapping:
        """Read what `to_dict` wrote or a person did. Raises `InvalidInput` naming what is wrong."""
        return _read_mapping(plain)


_MAPPING_TEXTS = ("format", "kind", "source", "zone", "dates", "date_format", "region")
_MAPPING_FIELDS = (*_MAPPING_TEXTS, "header_lines", "blanks", "partial", "columns")
_COLUMN_TEXTS = ("header", "target", "label", "kind", "choice")
_COLUMN_FIELDS = (*_COLUMN_TEXTS, "scale", "labels", "choices")


def _column_to_dict(column: Column) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(column, name) for name in _COLUMN_TEXTS if getattr(column, name)}
    plain["header"] = column.header
    if column.scale:
        plain["scale"] = list(column.scale)
    if column.labels:
        plain["labels"] = dict(column.labels)
    if column.choices:
        plain["choices"] = list(column.choices)
    return plain


def _read_mapping(plain: Table[str, Any]) -> Mapping:
    _check_names(plain, _MAPPING_FIELDS, "The mapping")
    texts = {name: _text(plain, name, "The mapping") for name in _MAPPING_TEXTS}
    kind = texts.pop("kind") or "responses"
    if kind not in get_args(Kind):
        raise InvalidInput(f'The mapping\'s kind is "{kind}"; it can be {_listed(get_args(Kind))}.')
    dates = texts.pop("dates")
    if dates not in get_args(Dates):
        raise InvalidInput(f'The mapping\'s dates are "{dates}"; they can be "day first" or "month first".')
    lines = plain.get("header_lines", 1)
    if isinstance(lines, bool) or not isinstance(lines, int) or not 0 <= lines <= 10:
        raise InvalidInput("The mapping's header_lines must be a whole number from 0 to 10.")
    _check_zone(texts["zone"] or "UTC")
    columns = plain.get("columns", [])
    if not isinstance(columns, list):
        raise InvalidInput("The mapping's columns must be a list of tables.")
    mapping = Mapping(
        format=texts["format"] or "plain",
        kind=cast(Kind, kind),
        columns=tuple(_read_column(column, cast(Kind, kind)) for column in columns),
        source=texts["source"],
        header_lines=lines,
        zone=texts["zone"] or "UTC",
        dates=cast(Dates, dates),
        date_format=texts["date_format"],
        region=texts["region"].upper(),
        blanks=_texts(plain, "blanks", "The mapping"),
        partial=bool(plain.get("partial", False)),
    )
    _check_single_targets(mapping)
    return mapping


def _read_column(plain: object, kind: Kind) -> Column:
    if not isinstance(plain, dict):
        raise InvalidInput("Each of the mapping's columns must be a table with a header and a target.")
    where = f'The column "{plain.get("header", "")}"'
    _check_names(plain, _COLUMN_FIELDS, where)
    texts = {name: _text(plain, name, where) for name in _COLUMN_TEXTS}
    if not texts["header"]:
        raise InvalidInput("A column of the mapping has no header.")
    _check_target(texts["target"], kind, where)
    if texts["kind"] and texts["kind"] not in get_args(QuestionKind):
        raise InvalidInput(f"{where} has an unknown kind; it can be {_listed(get_args(QuestionKind))}.")
    labels = plain.get("labels", {})
    if not isinstance(labels, dict) or not all(_is_number(value) for value in labels.values()):
        raise InvalidInput(f"{where}: labels must be a table of words and numbers.")
    column = Column(
        header=texts["header"],
        target=texts["target"],
        label=texts["label"],
        kind=cast(QuestionKind, texts["kind"]),
        scale=_read_scale(plain.get("scale"), where),
        labels=tuple((str(word), float(value)) for word, value in labels.items()),
        choice=texts["choice"],
        choices=_texts(plain, "choices", where),
    )
    if column.target == "score:rating" and column.scale is None:
        raise InvalidInput(f"{where} is a rating and must say its scale, such as [1, 5].")
    return column


def _read_scale(plain: object, where: str) -> tuple[float, float] | None:
    if plain is None:
        return None
    if isinstance(plain, list | tuple) and len(plain) == 2 and all(map(_is_number, plain)) and plain[0] < plain[1]:
        return float(plain[0]), float(plain[1])
    raise InvalidInput(f"{where}: a scale is two numbers, the lower first, such as [1, 5].")


def _check_target(target: str, kind: Kind, where: str) -> None:
    known = (KEEP, *TARGETS[kind])
    if target in known or any(target.startswith(name) and target != name for name in _OPEN_TARGETS[kind]):
        return
    near = difflib.get_close_matches(target, [*known, *_OPEN_TARGETS[kind]], n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; {kind} know {_listed(TARGETS[kind])}."
    raise InvalidInput(f'{where} has the unknown target "{target}"{hint}')


def _check_single_targets(mapping: Mapping) -> None:
    """A record has one score, one comment, …: only times fall back on each other, only answers can be spread."""
    several = (*TIME_TARGETS, "complete", "ignore", "tags", KEEP)
    seen: set[str] = set()
    for column in mapping.columns:
        target = "score" if column.score_kind else column.target
        if target in several or target.startswith("answer:"):
            continue
        if target in seen:
            raise InvalidInput(f'Two columns of the mapping are "{target}"; the second is "{column.header}".')
        seen.add(target)


def _check_zone(zone: str) -> None:
    from casedesk.intake.dates import zone_named

    zone_named(zone)


def _check_names(plain: Table[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in plain:
        if name not in known:
            near = difflib.get_close_matches(str(name), known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it can have {_listed(known)}."
            raise InvalidInput(f'{where} has the unknown entry "{name}"; {hint}')


def _text(plain: Table[str, Any], name: str, where: str) -> str:
    value = plain.get(name, "")
    if not isinstance(value, str):
        raise InvalidInput(f"{where}: {name} must be a text.")
    return value.strip()


def _texts(plain: Table[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = plain.get(name, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidInput(f"{where}: {name} must be a list of texts.")
    return tuple(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " or " + names[-1]
