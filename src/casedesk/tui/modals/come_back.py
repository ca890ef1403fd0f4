"""Come back: others see that one is there again. What was handed over stays where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk.tui.acts import Act, Guards, Target

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


def perform(desk: Desk, target: Target, result: None, guards: Guards) -> Outcome:
    """Be there again."""
    return desk.team.come_back("me")


ACT: Act[None] = Act("user.back", perform, needs_ticket=False, guarded=False, repeatable=False)
