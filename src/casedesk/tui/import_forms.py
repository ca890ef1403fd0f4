"""What the import screen asks: another target for a column, the kind of the rows, names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from casedesk.intake.mapping import KEEP
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    FieldError,
    Form,
    TextField,
    Values,
    YesNoField,
    choices_of,
)
from casedesk.tui.importing import ANSWER, KEPT, KINDS, RATING, VARIABLE, Proposal, meaning, target_choices


@dataclass(frozen=True, slots=True)
class NewTarget:
    """What a column is to be."""

    target: str
    scale: tuple[float, float] | None


def target_form(proposal: Proposal, place: int) -> Form[NewTarget]:
    """Asks what a column is; a rating also for its scale, an answer or a variable for its name."""
    column = proposal.columns[place]
    start, _, name = column.target.partition(":")
    initial = f"{start}:" if f"{start}:" in (ANSWER, VARIABLE) else column.target or KEPT
    taken = {other.target: line_of(other.header, 40) for here, other in enumerate(proposal.columns) if here != place}
    choices = [
        Choice(choice.value, choice.label, detail=choice.detail or taken.get(choice.value, ""))
        for choice in target_choices(proposal.kind)
    ]
    own = (
        name if initial in (ANSWER, VARIABLE) else proposal.kept(place).partition(":")[2] or line_of(column.header, 40)
    )
    low, high = column.scale or (1, 5)
    return Form(
        title=f"Column · {line_of(column.header, 50)}",
        fields=[
            ChoiceField(name="target", label="It is", choices=tuple(choices), initial=initial, at_once=False),
            TextField(name="name", label="Name", initial=own, longest=100, when=_is_open),
            TextField(name="scale", label="Scale", initial=f"{low:g}-{high:g}", when=_is_rating),
        ],
        submit="Take it so",
        build=_new_target,
        intro=line_of(f"{column.label or column.header}: {proposal.examples(place)}", 160),
    )


def _is_open(values: Values) -> bool:
    return values.get("target") in (ANSWER, VARIABLE)


def _is_rating(values: Values) -> bool:
    return values.get("target") == RATING


def _new_target(values: Values) -> NewTarget:
    target = str(values["target"])
    if target == KEPT:
        return NewTarget(KEEP, None)
    if target == RATING:
        return NewTarget(target, _scale(str(values["scale"])))
    return NewTarget(target + "_".join(str(values["name"]).split()) if _is_open(values) else target, None)


def _scale(text: str) -> tuple[float, float]:
    low, _, high = text.replace("–", "-").partition("-")
    try:
        scale = float(low), float(high)
    except ValueError:
        scale = (0.0, 0.0)
    if scale[0] >= scale[1]:
        raise FieldError("scale", "A scale is its lowest and highest value, such as 1-5.")
    return scale


def kind_form(proposal: Proposal) -> Form[str]:
    """Asks what the rows are."""
    choices = [
        Choice(kind, kind, detail=about, refusal="now" if kind == proposal.kind else None)
        for kind, about in KINDS.items()
    ]
    return Form(
        title="What the rows are",
        fields=[ChoiceField(name="kind", label="Rows", choices=tuple(choices))],
        submit="Take them so",
        build=lambda values: str(values["kind"]),
        intro="The columns are proposed anew.",
    )


def campaign_form(now: str) -> Form[str]:
    """Asks for the campaign's name."""
    return Form(
        title="Campaign",
        fields=[TextField(name="campaign", label="Campaign", initial=now, longest=200)],
        submit="Name it so",
        build=lambda values: " ".join(str(values["campaign"]).split()),
        intro="All rows belong to this campaign; one of that name is gone on with.",
    )


def saved_form(names: Collection[str]) -> Form[str]:
    """Asks for one of the saved mappings."""
    return Form(
        title="Saved mappings",
        fields=[ChoiceField(name="name", label="Mapping", choices=choices_of(tuple(names)))],
        submit="Read the file so",
        build=lambda values: str(values["name"]),
    )


def save_form(proposal: Proposal, names: Collection[str]) -> Form[str | None]:
    """Asks under which name the mapping is saved, and whether one of that name is given up for it."""
    known = {name.casefold() for name in names}

    def is_known(values: Values) -> bool:
        return " ".join(str(values.get("name") or "").split()).casefold() in known

    def name(values: Values) -> str | None:
        return None if values.get("replace") is False else str(values["name"])

    return Form(
        title="Save the mapping",
        fields=[
            TextField(name="name", label="Name", initial=proposal.path.stem[:60], longest=60),
            YesNoField(name="replace", label="Replace the one of that name", initial=False, when=is_known),
        ],
        submit="Save",
        build=name,
    )


def said(proposal: Proposal, place: int) -> str:
    """`Q1 is NPS, 0 to 10 now.`, after a change."""
    column = proposal.columns[place]
    return f"{line_of(column.header, 40)}: {meaning(column, proposal.kind)}"
