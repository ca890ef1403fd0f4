"""What a new desk holds: the usual lists, an example plan, one outcome rule, and its first administrator."""

from __future__ import annotations

from casedesk import model
from casedesk.domain.rights import ROLES
from casedesk.store import Store

STATUSES = (("new", "new"), ("open", "open"), ("pending", "pending"), ("closed", "closed"))
PRIORITIES = ("low", "normal", "high", "urgent")
TOPICS = ("Delivery", "Product", "Billing", "Service", "App")
CLASSIFICATIONS = ("People", "Process", "Policy", "Price", "Tech")
CLOSE_OPTIONS = (
    "Resolved",
    "Explained",
    "Compensated",
    "Escalated to product",
    "Customer didn't respond",
    "No action needed",
)

CALENDAR, HOURS = "Business hours", "mon-fri 09:00-17:00"
POLICY = "Standard"
"""The calendar, in the desk's zone, and the policy for what no other matches, without targets until one is set."""

EXAMPLE_PLAN = "Resolution for Detractors"
EXIT_STATES = ("Customer reached", "Customer not reached", "No contact wanted")
ACTIONS: tuple[tuple[str, str, str, tuple[tuple[str, bool], ...]], ...] = (
    (
        "Send e-mail",
        "Write to the customer and ask what went wrong.",
        "no",
        (("Sent – awaiting reply", False), ("Answered", True)),
    ),
    (
        "Call",
        "Call the customer.",
        "ask",
        (("Reached", True), ("No response", False), ("Left a message", False)),
    ),
    ("Offer compensation", "Say what was offered, and for what, in the comment.", "no", ()),
    ("Close the loop", "Everything is said and done.", "always", ()),
)
"""Name, description, whether it closes the plan (no, ask or always), statuses with whether each closes the action."""

DETRACTOR_RULE = {
    "name": "Detractors",
    "condition": "nps<=6 OR csat<=2",
    "effects": [{"open_ticket": True}, {"tag": "detractor"}],
}
"""M1 and M2: an NPS of 0 to 6 or a CSAT of 1 to 2 opens a ticket tagged detractor."""


def fill_new_desk(store: Store, *, login: str, user_name: str, name: str, zone: str, now: int) -> None:
    """Write the default set-up into an empty desk, in one transaction. `now` is in seconds, UTC."""
    with store.write() as session:
        roles = {role: model.Role(name=role, rights=list(rights)) for role, rights in ROLES.items()}
        session.add_all(roles.values())
        session.flush()
        user = model.User(login=login, name=user_name, role_id=roles["administrator"].id or 0)
        session.add(user)
        session.add_all([model.Setting(key="name", value=name), model.Setting(key="zone", value=zone)])
        for rank, (status, state) in enumerate(STATUSES):
            session.add(model.Status(name=status, state=state, position=rank))
        for rank, priority in enumerate(PRIORITIES):
            session.add(model.Priority(name=priority, position=rank))
        for rank, topic in enumerate(TOPICS):
            session.add(model.Topic(name=topic, position=rank))
        for rank, classification in enumerate(CLASSIFICATIONS):
            session.add(model.Classification(name=classification, position=rank))
        for rank, option in enumerate(CLOSE_OPTIONS):
            session.add(model.CloseOption(name=option, position=rank))
        session.add(model.Tag(name="detractor"))
        session.add(model.Rule(**DETRACTOR_RULE))  # type: ignore[arg-type]  # the table above has the fields' types
        calendar = model.Calendar(name=CALENDAR, zone=zone, hours=HOURS)
        session.add(calendar)
        session.flush()
        session.add(model.Policy(name=POLICY, is_default=True, calendar_id=calendar.id or 0))
        plan = model.Plan(name=EXAMPLE_PLAN, description="Win back a customer who would not recommend us.")
        session.add(plan)
        session.flush()
        assert plan.id is not None
        for rank, exit_state in enumerate(EXIT_STATES):
            session.add(model.PlanExitState(plan_id=plan.id, name=exit_state, position=rank))
        for rank, (action_name, description, closes_plan, statuses) in enumerate(ACTIONS):
            action = model.Action(name=action_name, description=description, closes_plan=closes_plan)
            session.add(action)
            session.flush()
            assert action.id is not None
            session.add(model.PlanAction(plan_id=plan.id, action_id=action.id, position=rank))
            for place, (status, closes) in enumerate(statuses):
                session.add(model.ActionStatus(action_id=action.id, name=status, closes_action=closes, position=place))
        session.flush()
        session.add(
            model.Act(at=now, name="desk made", summary=f"made the desk “{name}”", actor_kind="user", user_id=user.id)
        )
