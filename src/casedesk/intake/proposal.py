"""Building a mapping column by column: what a format knows, then what can be guessed, then the rest kept."""

from __future__ import annotations

from casedesk.intake.dates import date_order
from casedesk.intake.guessing import (
    Profile,
    guess_comment,
    guess_person,
    guess_score,
    guess_time,
    profiles_of,
    question_kind,
    ranked,
)
from casedesk.intake.keys import UniqueKeys
from casedesk.intake.mapping import KEEP, TIME_TARGETS, Column, Dates, Mapping
from casedesk.intake.records import Kind, QuestionKind, ScoreKind
from casedesk.intake.table import Sample


class Proposal:
    """A mapping in the making for the file of which `sample` is the beginning."""

    def __init__(self, sample: Sample, name: str, kind: Kind) -> None:
        self.sample = sample
        self.name = name
        self.kind = kind
        self.profiles = profiles_of(sample)
        self._columns: dict[int, Column] = {}

    @property
    def free(self) -> list[Profile]:
        """The columns that are nothing yet."""
        return [profile for profile in self.profiles if profile.place not in self._columns]

    def find(self, header: str) -> Profile | None:
        """The free column with this header, in any case of letters."""
        wanted = header.casefold()
        return next((profile for profile in self.free if profile.header.casefold() == wanted), None)

    def has(self, target: str) -> bool:
        """True when a column has this target already; "score" stands for every kind of it."""
        return any(
            column.target == target or (target == "score" and column.score_kind) for column in self._columns.values()
        )

    def name_column(self, header: str, target: str, *, filled: bool = False) -> None:
        """Say what the column with this header is, if it is there and free and no other has the target.

        `filled` asks for a filled cell in it too.
        """
        profile = self.find(header)
        if profile is None or (self.has(target) and target not in (*TIME_TARGETS, "complete")):
            return
        if profile.cells or not filled:
            self.set(profile, target)

    def set(
        self,
        profile: Profile,
        target: str,
        *,
        kind: QuestionKind | None = None,
        scale: tuple[float, float] | None = None,
        labels: tuple[tuple[str, float], ...] = (),
        choice: str = "",
        choices: tuple[str, ...] = (),
        label: str | None = None,
    ) -> None:
        """Say what a column is."""
        label = profile.label if label is None else label
        self._columns[profile.place] = Column(
            profile.header,
            target,
            label if label != profile.header else "",
            kind or "",
            scale,
            labels,
            choice,
            choices,
        )

    def set_score(self, profile: Profile, kind: ScoreKind, scale: tuple[float, float] | None = None) -> None:
        """Make a column the score; a rating needs its scale."""
        self.set(profile, f"score:{kind}", scale=scale if kind == "rating" else None)

    def meta(self, *headers: str) -> None:
        """Keep these columns as answers that nobody gave: addresses, durations, devices."""
        for header in headers:
            profile = self.find(header)
            if profile is not None:
                self.set(profile, KEEP, kind="meta")

    def key_for(self, profile: Profile) -> str:
        """A key for this column's answer that no other question of the mapping has."""
        keys = UniqueKeys()
        for column in self._columns.values():
            if column.target.startswith("answer:"):
                keys.take_as_is(column.name)
        return keys.take(profile.header, profile.place + 1)

    def name_answers(self, prefix: str) -> None:
        """Take the free columns under `prefix` as answers by what follows it."""
        for profile in self.free:
            rest = profile.header.removeprefix(prefix)
            if rest not in ("", profile.header):
                renamed = Profile(profile.place, rest, rest, profile.cells, profile.rows)
                self.set(profile, f"answer:{self.key_for(renamed)}", kind=question_kind(profile), label=rest)

    def guess_score(self) -> None:
        """Take the most credible score among the free columns."""
        guess = None if self.has("score") else guess_score(self.free)
        if guess is not None:
            self.set_score(*guess)

    def guess_comment(self) -> None:
        """Take the main free text among the free columns."""
        profile = None if self.has("comment") else guess_comment(self.free)
        if profile is not None:
            self.set(profile, "comment")

    def guess_person(self) -> None:
        """Take the columns that tell who the person is."""
        for place, target in guess_person(self.free_by_place()).items():
            if not self.has(target):
                self.set(self.profiles[place], target)

    def free_by_place(self) -> list[Profile]:
        """All columns by place, those taken without name and cells, so that no guess falls on them."""
        return [
            Profile(profile.place, "", "", [], 0) if profile.place in self._columns else profile
            for profile in self.profiles
        ]

    def guess_time(self, target: str) -> None:
        """Take the column of an instant."""
        profile = None if self.has(target) else guess_time(self.free, target)
        if profile is not None:
            self.set(profile, target)

    def guess_named(self, *targets: str) -> None:
        """Take columns whose header is a name of these targets."""
        for target in targets:
            named = [profile for profile in ranked(self.free, target) if profile.cells]
            if named and not self.has(target):
                self.set(named[0], target)

    def mapping(
        self,
        *,
        source: str = "",
        zone: str = "UTC",
        blanks: tuple[str, ...] = (),
        partial: bool = False,
    ) -> Mapping:
        """The mapping: what was said, and every other column kept under a key of its own."""
        return Mapping(
            format=self.name,
            kind=self.kind,
            columns=self._all_columns(),
            source=source or self.sample.name,
            zone=zone,
            dates=self._date_order(),
            blanks=blanks,
            partial=partial,
        )

    def _all_columns(self) -> tuple[Column, ...]:
        keys = UniqueKeys()
        columns: list[Column] = []
        for column in self._columns.values():
            if column.target.startswith("answer:"):
                keys.take_as_is(column.name)
        for profile in self.profiles:
            said = self._columns.get(profile.place)
            if said is not None and said.target != KEEP:
                if said.target == "comment" or said.score_kind:
                    keys.take(profile.header, profile.place + 1)
                columns.append(said)
                continue
            key = keys.take(profile.header, profile.place + 1)
            if said is None:
                label = profile.label if profile.label != profile.header else ""
                said = Column(
                    profile.header, label=label, kind=question_kind(profile) if self.kind == "responses" else ""
                )
            columns.append(_kept(said, self.kind, key))
        return tuple(columns)

    def _date_order(self) -> Dates:
        places = [place for place, column in self._columns.items() if column.target in TIME_TARGETS]
        return date_order(cell for place in places for cell in self.profiles[place].cells)[0]


def _kept(column: Column, kind: Kind, key: str) -> Column:
    """A column without a place of its own, under the key that its kind of record keeps it by."""
    target = {"responses": f"answer:{key}", "contacts": f"variable:{key}", "tickets": KEEP}[kind]
    return Column(column.header, target, column.label, column.kind)
