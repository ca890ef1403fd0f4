"""Colleagues: who else works at the desk (S13)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.rights import USERS
from casedesk.tui.assistant.step import ADD, EDIT, RETIRE, Drawing, Step, intro
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import ChoiceField, Form, TextField, choices_of
from casedesk.tui.widgets.cursor_pane import Row
from casedesk.tui.widgets.drawn import spread

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import User
    from casedesk.tui.screens.assistant import AssistantScreen


@dataclass(frozen=True, slots=True)
class PeopleSeen:
    """The active users, and the names of the roles."""

    users: tuple[User, ...]
    roles: tuple[str, ...]
    me: str


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is to work at the desk."""

    login: str
    name: str
    role: str


class People(Step[PeopleSeen]):
    """Adds colleagues, gives them another role, or retires them."""

    id, title = "people", "People"
    right = USERS
    words = {ADD: "add", EDIT: "role", RETIRE: "retire"}

    def read(self, desk: Desk) -> PeopleSeen:
        users = tuple(user for user in desk.team.users() if user.active)
        return PeopleSeen(users, tuple(desk.team.roles()), desk.user.login)

    def rows(self, found: PeopleSeen, drawing: Drawing) -> list[Row]:
        width = drawing.width
        about = "Who else works here, by the login of their computer. Agents work on tickets. It can wait."
        rows = intro(about, width)
        for user in found.users:
            name = f" · {line_of(user.name, 60)}" if user.name != user.login else ""
            you = " (you)" if user.login == found.me else ""
            left = [(line_of(user.login), "text"), (name + you, "muted")]
            rows.append(Row(spread(left, [(line_of(user.role), "muted")], width - 1), user.login))
        return rows

    def first(self, found: PeopleSeen) -> Hashable | None:
        return found.users[0].login if found.users else None

    def offers(self, action_id: str, found: PeopleSeen, part: Hashable | None) -> bool:
        return action_id == ADD or (action_id in self.words and part not in (None, found.me))

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        found: PeopleSeen = host.content
        login = str(host.part or "")
        if action_id == ADD:
            await host.ask(lambda: _new_form(found), lambda new: _add(host, new))
        elif action_id == EDIT:
            role = next((user.role for user in found.users if user.login == login), "")
            await host.ask(
                lambda: _role_form(found, login, role),
                lambda new: host.change(lambda desk: desk.team.set_role(login, new), login),
            )
        else:
            host.change(lambda desk: desk.team.set_active(login, False))


def _new_form(found: PeopleSeen) -> Form[NewUser]:
    return Form(
        title="Add a colleague",
        fields=[
            TextField(name="login", label="Login", longest=64),
            TextField(name="name", label="Name", longest=100, required=False),
            ChoiceField(name="role", label="Role", choices=choices_of(found.roles), initial="agent"),
        ],
        submit="Add them",
        build=lambda values: NewUser(str(values["login"]), str(values["name"]), str(values["role"])),
    )


def _add(host: AssistantScreen, new: NewUser) -> None:
    host.change(lambda desk: desk.team.add_user(new.login, name=new.name, role=new.role), new.login)


def _role_form(found: PeopleSeen, login: str, role: str) -> Form[str]:
    return Form(
        title=f"Role of {line_of(login, 40)}",
        fields=[ChoiceField(name="role", label="Role", choices=choices_of(found.roles), initial=role)],
        submit="Give it",
        build=lambda values: str(values["role"]),
    )
