"""What the columns of an unknown table are, guessed from their headers and cells; shown before anything is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from casedesk.intake.cells import says_nothing
from casedesk.intake.dates import looks_like_date, reads_as_date
from casedesk.intake.header_words import DATE_WORDS, NO_SCORE, OTHER_DATES, PARTS, RANKED, SCALE_SAID, SURE_SCORES
from casedesk.intake.identities import email_of, phone_of
from casedesk.intake.keys import key_of
from casedesk.intake.mapping import SCALES
from casedesk.intake.records import QuestionKind, ScoreKind
from casedesk.intake.scores import is_bare_number, number_in
from casedesk.intake.table import Sample

Scale = tuple[float, float]

_MOST = 0.8
"""The share of filled cells that must look like what a column is taken for."""

_ENOUGH, _SURE_ENOUGH = 0.6, 0.25
"""The same for a column that asks for a recommendation, and for one that is called by the score's own name."""

_HALF = 0.5
_MANY = 30
_LOOKED_AT = 300
_LONGEST_LABEL = 2_000
_FEWEST_FOR_CHOICE = 8
_MOST_OPTIONS = 12


@dataclass(eq=False)
class Profile:
    """What one column of a sample looks like."""

    place: int
    header: str
    label: str
    cells: list[str]
    """The filled cells."""
    rows: int
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = key_of(self.header)

    @cached_property
    def question(self) -> str:
        """Header and label as one key, for words inside questions."""
        words = _long_key(self.label)
        return words if self.label == self.header else f"{self.key}_{words}"

    @cached_property
    def numbers(self) -> list[float]:
        """The numbers that cells give."""
        return [number for number in map(number_in, self.cells) if number is not None]

    def fitting(self, scale: Scale, *, whole: bool) -> float:
        """The share of the telling cells that are numbers on a scale ("3.0" is a whole one)."""
        low, high = scale
        fit = sum(1 for number in self.numbers if low <= number <= high and (not whole or number == int(number)))
        return fit / len(self.telling) if self.telling else 0

    @cached_property
    def telling(self) -> list[str]:
        """The filled cells without "n/a" and its like."""
        return [cell for cell in self.cells if not says_nothing(cell)]

    @cached_property
    def words(self) -> float:
        """Words in a cell, on average."""
        return sum(cell.count(" ") + 1 for cell in self.cells) / len(self.cells) if self.cells else 0

    def mostly(self, fits: Callable[[str], object]) -> bool:
        """True when most filled cells fit."""
        looked_at = self.cells[:_LOOKED_AT]
        return bool(looked_at) and sum(1 for cell in looked_at if fits(cell)) >= _MOST * len(looked_at)

    def holds_ids(self) -> bool:
        """True when a column called an id can be one: an id may be missing, or come again when its row was changed.

        Where most cells are repetitions, rows are parts of a record, and taking them for one would lose the others.
        """
        return 2 * len(self.cells) >= self.rows > 0 and 2 * len(set(self.cells)) >= len(self.cells)


def profiles_of(sample: Sample) -> list[Profile]:
    """A profile of each column."""
    return [
        Profile(place, header, label, sample.cells(place), len(sample.rows))
        for place, (header, label) in enumerate(zip(sample.headers, sample.labels, strict=True))
    ]


def ranked(profiles: list[Profile], target: str) -> list[Profile]:
    """The columns whose whole header is a name of `target`, the most telling first."""
    ranks = RANKED[target]
    return sorted((profile for profile in profiles if profile.key in ranks), key=lambda profile: ranks[profile.key])


def guess_score(profiles: list[Profile]) -> tuple[Profile, ScoreKind, Scale] | None:
    """The column that holds the response's score, its kind and scale; None when none is credible.

    An NPS goes before a CSAT, a CES and a rating; among equals the first column counts.
    """
    found: list[tuple[int, Profile, ScoreKind, Scale]] = []
    for profile in profiles:
        guess = score_of(profile)
        if guess is not None:
            rank = ("nps", "csat", "ces", "rating").index(guess[0]) * 2 - ("overall" in profile.key)
            found.append((rank, profile, *guess))
    if not found:
        return None
    best = min(found, key=lambda entry: (entry[0], entry[1].place))
    return best[1:]


def score_of(profile: Profile) -> tuple[ScoreKind, Scale] | None:
    """The kind of score that a column holds and its scale: by its words, and only if its cells fit the scale.

    A few cells that don't fit are mistakes in their rows; many mean that the column is something else.
    """
    question = profile.question
    if not profile.numbers or (profile.key.count("_") < 4 and NO_SCORE.search(profile.key)) or _is_yes_or_no(profile):
        return None
    said = _scale_said(profile)
    named_nps = PARTS["nps"].search(question) is not None
    rates = PARTS["rating"].search(question) is not None
    if said in (None, SCALES["nps"]) and (named_nps or (rates and said)) and _is_nps(profile, said):
        return "nps", SCALES["nps"]
    kinds: tuple[ScoreKind, ...] = ("csat", "ces")
    named = [kind for kind in kinds if PARTS[kind].search(question)]
    for kind in named:
        least = _SURE_ENOUGH if SURE_SCORES[kind].search(question) else _MOST
        if said in (None, SCALES[kind]) and profile.fitting(SCALES[kind], whole=True) >= least:
            return kind, SCALES[kind]
    if rates or named_nps or named:
        scale = said or _rating_scale(profile.numbers)
        if named_nps and scale is not None and scale[1] > 10:
            return None  # the figure of a group, not of a person
        if scale is not None and profile.fitting(scale, whole=False) >= _MOST:
            return "rating", scale
    return None


def _is_yes_or_no(profile: Profile) -> bool:
    """Nothing but 0 and 1: "would you recommend us?" with a yes, unless a scale is named."""
    if not set(profile.telling) <= {"0", "1", "0.0", "1.0"}:
        return False
    single_answer = len(profile.cells) == 1 and "how_likely" in profile.question
    return not (single_answer or _scale_said(profile) or "nps" in profile.question)


def _is_nps(profile: Profile, said: Scale | None) -> bool:
    """Whole numbers from 0 to 10, and not all of them on a scale of five where the answers are many."""
    on_five = len(profile.cells) >= _MANY and profile.fitting((1, 5), whole=True) == 1
    if on_five and said is None and "nps" not in profile.key:
        return False
    least = _SURE_ENOUGH if SURE_SCORES["nps"].search(profile.question) else _ENOUGH
    return profile.fitting(SCALES["nps"], whole=True) >= least


def guess_comment(profiles: list[Profile]) -> Profile | None:
    """The column with the main free text: named so, or the one with the longest texts."""
    best, most = None, 0.0
    for profile in profiles:
        if not profile.cells or profile.mostly(looks_like_date) or profile.mostly(is_bare_number):
            continue
        named = profile.key in RANKED["comment"]
        hinted = PARTS["comment"].search(profile.question) is not None
        different = len(set(profile.cells)) / len(profile.cells)
        wordy = profile.words >= 4 and (different >= 0.3 or len(profile.cells) < _FEWEST_FOR_CHOICE)
        if not (named or (hinted and different > 0.1) or wordy) or profile.mostly(email_of) or profile.mostly(_is_list):
            continue
        weight = min(profile.words, 40) * (len(profile.cells) / max(profile.rows, 1)) ** 0.5
        weight *= different**0.5 * (3 if named else 2 if hinted else 1)
        if weight > most:
            best, most = profile, weight
    return best


def guess_time(profiles: list[Profile], target: str) -> Profile | None:
    """The column of an instant: named so, or with a date's word in its question, and full of dates."""
    for profile in ranked(profiles, target):
        if profile.mostly(reads_as_date):
            return profile
    if target != "answered_at":
        return None
    for profile in profiles:
        if DATE_WORDS.search(profile.key) and not OTHER_DATES.search(profile.key) and profile.mostly(looks_like_date):
            return profile
    return None


def question_kind(profile: Profile) -> QuestionKind:
    """What kind of answer a column holds, for a column that is no score of the response."""
    if not profile.cells:
        return "text"
    score = score_of(profile)
    if score is not None:
        return score[0]
    if profile.mostly(is_bare_number):
        return "number"
    if profile.mostly(looks_like_date):
        return "date"
    options = len(set(profile.cells))
    if len(profile.cells) >= _FEWEST_FOR_CHOICE and options <= _MOST_OPTIONS and options <= len(profile.cells) / 3:
        return "choice"
    return "text"


def guess_person(profiles: list[Profile]) -> dict[int, str]:
    """Which columns tell who the person is: the target of each, by place."""
    found: dict[int, str] = {}

    def take(target: str, fits: Callable[[Profile], object]) -> None:
        part = PARTS.get(target)
        named = ranked(profiles, target)
        asked = [profile for profile in profiles if part and part.search(profile.question) and profile not in named]
        for profile in [*named, *asked]:
            if profile.place not in found and fits(profile):
                found[profile.place] = target
                return

    take("person.email", _holds_addresses)
    take("person.phone", lambda profile: profile.mostly(lambda cell: phone_of(cell, "")))
    take("person.first_name", _is_wordy_name)
    take("person.last_name", _is_wordy_name)
    take("person.name", _is_wordy_name)
    take("person.external_id", lambda profile: bool(profile.cells) and profile.words < 2)
    take("account", lambda profile: bool(profile.cells) and not profile.mostly(is_bare_number))
    take("account_id", lambda profile: bool(profile.cells))
    return _with_bare_names(found, profiles)


def _holds_addresses(profile: Profile) -> bool:
    """A column called e-mail with anything like an address in it, or one that asks for it and has some in half."""
    looked_at = profile.telling[:_LOOKED_AT]
    share = sum(1 for cell in looked_at if email_of(cell)) / len(looked_at) if looked_at else 0
    if profile.key in RANKED["person.email"]:
        return share > 0 or any("@" in cell for cell in looked_at)
    return share >= _HALF


def _with_bare_names(found: dict[int, str], profiles: list[Profile]) -> dict[int, str]:
    """ "Nome" beside "Cognome" is a first name, "Nom" beside "Prénom" a last name."""
    targets = set(found.values())
    place = next((place for place, target in found.items() if target == "person.name"), None)
    if place is not None and profiles[place].key in ("name", "nom", "nome", "nombre", "naam"):
        if "person.last_name" in targets and "person.first_name" not in targets:
            found[place] = "person.first_name"
        elif "person.first_name" in targets and "person.last_name" not in targets:
            found[place] = "person.last_name"
    return found


def _is_list(cell: str) -> bool:
    """True for what a list or an object of a JSON file became."""
    return cell.startswith(("[{", "{")) or cell.count(" | ") > 1


def _is_wordy_name(profile: Profile) -> bool:
    return (
        bool(profile.cells)
        and profile.words < 5
        and not profile.mostly(is_bare_number)
        and not profile.mostly(email_of)
    )


def _scale_said(profile: Profile) -> Scale | None:
    match = SCALE_SAID.search(profile.label.casefold())
    return (float(match[1]), float(match[2])) if match else None


def _rating_scale(numbers: list[float]) -> Scale | None:
    """The narrowest usual scale that holds all numbers; 0 to 10 also when only 1 to 10 was seen."""
    low, high = min(numbers), max(numbers)
    if high <= 1:
        return None  # a share or a probability
    for scale in ((1.0, 5.0), (0.0, 5.0), (0.0, 10.0), (0.0, 100.0)):
        if scale[0] <= low and high <= scale[1]:
            return scale
    return None


def _long_key(text: str) -> str:
    """A whole question as one key, however long."""
    return "_".join(key for key in map(key_of, text[:_LONGEST_LABEL].split()) if key)
