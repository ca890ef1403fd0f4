"""Run a macro: first what it would change is shown, on one ticket line by line, on many in counts (X4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Form, tickets_said

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Difference, Macro, Outcome

TRIED = 100
"""Tickets on which the macro is tried for the difference; the desk can be written to by nobody meanwhile."""

SHOWN, REFUSALS_SHOWN = 8, 3
"""Lines of the difference that fit on a small screen."""


def act_of(macro: Macro) -> Act[Macro]:
    """The act that runs the macro."""

    def read(desk: Desk, numbers: tuple[int, ...]) -> tuple[Difference, ...]:
        return desk.macros.difference(macro, numbers[:TRIED])

    def perform(desk: Desk, target: Target, meant: Macro, guards: Guards) -> Outcome:
        return desk.macros.run(meant, target.tickets, **guards)

    return Act("macros.open", perform, lambda target: form(macro, target), read=read)


def form(macro: Macro, target: Target) -> Form[Any]:
    """Shows what would change; only Enter runs it, no letter of a name that is typed on.

    When nothing would change it says why, and Enter leaves: the same keys run a macro on any ticket, and who types them
    ahead never has one of them mean something else.
    """
    found: Sequence[Difference] = target.more
    doable = [difference for difference in found if difference.refusal is None]
    if not doable:
        same = len({difference.refusal for difference in found}) == 1 or len(found) == 1
        none = f"“{line_of(macro.name, 60)}” would change none of these tickets."
        return _nothing_to_run(target.title(macro.name), (found[0].refusal or "") if same else none)
    lines = _of_one(doable[0]) if target.count == 1 else _of_many(found, target.count)
    return Form(
        title=target.title(macro.name),
        fields=[ChoiceField(name="sure", label="Run the macro", choices=(Choice(True, "Run"),), at_once=False)],
        submit="Run it" if target.count == 1 else f"Run it on {tickets_said(target.count)}",
        build=lambda _values: macro,
        intro="\n".join([*lines, ""]),
    )


def _nothing_to_run(title: str, reason: str) -> Form[Any]:
    return Form(
        title=title,
        fields=[ChoiceField(name="seen", label="Nothing to run", choices=(Choice(True, "Leave it"),), at_once=False)],
        submit="Leave it",
        build=lambda _values: None,
        intro=f"{reason}\n",
    )


def _of_one(difference: Difference) -> list[str]:
    """`status: new → pending`, a line for each change."""
    words = [line_of(change.words, 200) for change in difference.changes]
    more = [f"… and {len(words) - SHOWN - 2} more"] if len(words) > SHOWN + 2 else []
    return [*words[: SHOWN + 2], *more]


def _of_many(found: Sequence[Difference], tickets: int) -> list[str]:
    """`11 would change`, then each change with how many tickets it is on, then the first that would be left alone."""
    refused = [difference for difference in found if difference.refusal]
    tried = f" of the first {len(found):,}" if len(found) < tickets else ""
    left = f", {len(refused):,} would stay as they are" if refused else ""
    counts = Counter(change.words for difference in found for change in difference.changes)
    room = len(str(max(counts.values())))
    lines = [f"{count:>{room},} × {line_of(words, 200)}" for words, count in counts.most_common(SHOWN)]
    more = [f"… and {len(counts) - SHOWN} other changes"] if len(counts) > SHOWN else []
    reasons = [line_of(difference.refusal or "", 200) for difference in refused[:REFUSALS_SHOWN]]
    return [f"{len(found) - len(refused):,}{tried} would change{left}:", *lines, *more, *reasons]
