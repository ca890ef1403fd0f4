"""Who works at the desk, in which teams, and who may do what (M3, M13, N11, S13, behaviour 9.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rich.cells import cell_len

from casedesk.domain.rights import ALL_RIGHTS, GROUPS, USERS as MAY_CHANGE_USERS, sorted_rights
from casedesk.tui.configuration.section import (
    CHANGE,
    COPY,
    LOG,
    NEW,
    PARTS,
    RESTORE,
    RETIRE,
    SWITCH,
    Ask,
    Change,
    Contents,
    Deed,
    Do,
    Item,
    LastChanges,
    Open,
    Section,
    shown_by,
)
from casedesk.tui.drawing import fit, line_of
from casedesk.tui.forms import Choice, ChoiceField, Form, MultiChoiceField, TextField, Ticks, Values, choices_of
from casedesk.tui.panels.lines import blank, heading

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Progress
    from casedesk.desk.values import Outcome, Role, Team, User
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.look import Line


class UsersHere(NamedTuple):
    """The users and the names of the roles and teams."""

    users: Sequence[User]
    roles: Sequence[str]
    teams: Sequence[str]


class Users(Section):
    """The users with their roles."""

    id, title, group, right = "users", "Users", "People", MAY_CHANGE_USERS
    about = "Who works at the desk. A login is the name by which the person's computer knows them."
    words = ("user", "agent", "login", "availability", "available", "away", "role")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        users, teams = desk.team.users(), desk.team.list_teams()
        items = []
        for user in sorted(users, key=lambda user: (not user.active, user.login.casefold())):
            member = [team.name for team in teams if user.login in team.members]
            about = f"In {', '.join(member)}." if member else "In no team."
            items.append(
                Item(
                    user.login,
                    user.login,
                    "retired" if not user.active else f"{user.role} · away" if user.away else user.role,
                    f"{user.name}. {about}",
                    words=tuple(member),
                    changed=changes.get(("user", str(user.id))),
                    muted=not user.active,
                    role="warning" if user.away else "text",
                )
            )
        roles = [role.name for role in desk.roles.list()]
        return Contents(tuple(items), UsersHere(users, roles, [team.name for team in teams]))

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        here: UsersHere | None = contents.more
        if here is None:
            return {}
        found: dict[str, Deed] = {
            NEW: Ask(lambda _read: _user_form(here, None), _add_user, then=lambda given: given["login"])
        }
        user = shown_by(item, here.users, lambda each: each.login)
        if user is None:
            return found
        login = user.login
        found[CHANGE] = Ask(lambda _read: _user_form(here, user), lambda given: _change_user(user, given))
        if not user.active:
            found[RESTORE] = Do(lambda desk, _progress: desk.team.set_active(login, True))
            return found
        found[RETIRE] = Do(lambda desk, _progress: desk.team.set_active(login, False), login)
        if user.away:
            found[SWITCH] = Do(lambda desk, _progress: desk.team.come_back(login), login, "is back")
        else:
            found[SWITCH] = Ask(
                lambda count: _away_form(here, login, count),
                lambda to: lambda desk, _progress: desk.team.go_away(login, hand_over_to=to),
                read=lambda desk: desk.team.open_tickets_of(login),
                short="away",
            )
        return found


def _user_form(here: UsersHere, user: User | None) -> Form[dict[str, Any]]:
    role = ChoiceField(
        name="role",
        label="Role",
        choices=choices_of(here.roles),
        initial=user.role if user else ("agent" if "agent" in here.roles else None),
    )
    name = TextField(name="name", label="Name", required=user is not None, initial=user.name if user else "")
    if user is not None:
        return Form(line_of(user.login, 60), [name, role], "Save", dict)
    return Form("New user", [TextField(name="login", label="Login", longest=64), name, role], "Add", dict)


def _add_user(given: Values) -> Change:
    return lambda desk, _progress: desk.team.add_user(given["login"], name=given["name"], role=given["role"])


def _change_user(user: User, given: Values) -> Change:
    """What differs: the name, the role, or both as one act."""
    if given["role"] == user.role:
        return lambda desk, _progress: desk.team.rename_user(user.login, given["name"])
    if given["name"] == user.name:
        return lambda desk, _progress: desk.team.set_role(user.login, given["role"])

    def change(desk: Desk, _progress: Progress) -> Outcome:
        with desk.acts.together("change user", right=MAY_CHANGE_USERS) as whole:
            whole.desk.team.rename_user(user.login, given["name"])
            whole.desk.team.set_role(user.login, given["role"])
            whole.summary = f"user {user.login}: {given['name']}, {given['role']}"
        return whole.outcome

    return change


def _away_form(here: UsersHere, login: str, count: int) -> Form[str | None]:
    """Who gets the open tickets of somebody who is away."""
    others = [user for user in here.users if user.active and user.login != login]
    ways = (
        Choice("", f"keep the {count:,} open tickets" if count else "Away", "" if count else "no open tickets"),
        *(Choice(each.login, each.login, refusal="away" if each.away else None) for each in others if count),
        *(Choice(f"team:{team}", f"team {team}") for team in here.teams if count),
        *([Choice("nobody", "nobody")] if count else []),
    )
    field = ChoiceField(name="to", label="Open tickets", choices=ways, at_once=False, required=False)
    return Form(f"Away · {line_of(login, 60)}", [field], "Away", lambda values: values["to"] or None)


class TeamsHere(NamedTuple):
    """The teams, and the logins of those who can be in one."""

    teams: Sequence[Team]
    logins: Sequence[str]


class Teams(Section):
    """The teams, which are queues."""

    id, title, group, right = "teams", "Teams", "People", MAY_CHANGE_USERS
    about = "Queues of tickets with those who work on them."
    words = ("team", "queue", "member", "group")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        teams = desk.team.list_teams(retired=True)
        logins = [user.login for user in desk.team.users() if user.active]
        items = tuple(
            Item(
                team.name,
                team.name,
                "retired" if team.retired else ", ".join(team.members) or "nobody",
                f"{team.open_tickets:,} open tickets of {team.tickets:,}.",
                changed=changes.get(("team", str(team.id))),
                muted=team.retired,
            )
            for team in teams
        )
        return Contents(items, TeamsHere(teams, logins), "There is no team yet.")

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        here: TeamsHere = contents.more or TeamsHere((), ())
        found: dict[str, Deed] = {NEW: Ask(lambda _read: _team_form(here), _add_team, then=lambda given: given["name"])}
        team = shown_by(item, here.teams, lambda each: each.name)
        if team is None:
            return found
        name = team.name
        found[CHANGE] = Ask(
            lambda _read: _name_form(name),
            lambda fresh: lambda desk, _progress: desk.team.rename_team(name, fresh),
            then=lambda fresh: fresh,
        )
        if team.retired:
            return {**found, RESTORE: Do(lambda desk, _progress: desk.team.restore_team(name), name)}
        found[PARTS] = Ask(
            lambda _read: _members_form(here, team), lambda ticks: _members(name, ticks), short="members"
        )
        found[RETIRE] = Ask(
            lambda _read: _instead_form(
                "Retire", name, [each.name for each in here.teams if not each.retired],
                f"{team.tickets:,} tickets keep it" if team.tickets else "no ticket has it",
            ),
            lambda other: _retire_team(name, other),
        )  # fmt: skip
        return found


def _team_form(here: TeamsHere) -> Form[dict[str, Any]]:
    fields = [TextField(name="name", label="Name", longest=60), _members_field(here, ())]
    return Form("New team", fields, "Add", dict)


def _members_field(here: TeamsHere, members: Sequence[str]) -> MultiChoiceField:
    choices = choices_of(list(dict.fromkeys((*members, *here.logins))))
    return MultiChoiceField(name="members", label="Members", choices=choices, ticked=frozenset(members))


def _members_form(here: TeamsHere, team: Team) -> Form[Ticks]:
    title = f"Members · {line_of(team.name, 60)}"
    return Form(title, [_members_field(here, team.members)], "Save", lambda values: values["members"])


def _add_team(given: Values) -> Change:
    members: Ticks = given["members"]
    return lambda desk, _progress: desk.team.add_team(given["name"], members.ticked)


def _members(name: str, ticks: Ticks) -> Change:
    return lambda desk, _progress: desk.team.change_members(name, ticks.added, ticks.removed)


def _retire_team(name: str, other: str | None) -> Change:
    return lambda desk, progress: desk.team.retire_team(name, replace_by=other, progress=progress)


def _name_form(name: str) -> Form[str]:
    field = TextField(name="name", label="Name", initial=name, longest=60)
    return Form(line_of(name, 60), [field], "Rename", lambda values: str(values["name"]), known_as={"new_name": "name"})


def _instead_form(word: str, name: str, names: Sequence[str], keep: str) -> Form[str | None]:
    """Retire or remove it, or let another take its place."""
    ways = (
        Choice("", f"{word} it", keep),
        *(Choice(each, f"Put “{line_of(each, 40)}” in its place") for each in names if each != name),
    )
    field = ChoiceField(name="by", label=f"{word} it", choices=ways, at_once=False, required=False)
    return Form(f"{word} · {line_of(name, 60)}", [field], word, lambda values: values["by"] or None)


class Roles(Section):
    """The roles, which are sets of single rights."""

    id, title, group, right = "roles", "Roles and rights", "People", MAY_CHANGE_USERS
    about = "Roles are sets of single rights. What somebody may not do isn't offered to them, and refused everywhere."
    words = ("role", "right", "permission", "may", "allow", "agent", "supervisor", "administrator")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        roles = desk.roles.list()
        items = tuple(
            Item(
                role.name,
                role.name,
                f"{len(role.rights)} rights · {len(role.users)} {'user' if len(role.users) == 1 else 'users'}",
                f"Users: {', '.join(role.users)}." if role.users else "Nobody has it.",
                words=(*role.rights, *(right.words for right in ALL_RIGHTS if right.id in role.rights)),
                changed=changes.get(("role", str(role.id))),
            )
            for role in roles
        )
        return Contents(items, roles)

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        roles: Sequence[Role] = contents.more or ()
        found: dict[str, Deed] = {
            NEW: Ask(lambda _read: _role_form(roles, None), _add_role, then=lambda given: given["name"]),
            LOG: Open(_table(roles), "table"),
        }
        role = shown_by(item, roles, lambda each: each.name)
        if role is None:
            return found
        name = role.name
        found[PARTS] = Ask(lambda _read: _rights_form(role), lambda ticks: _rights(name, ticks), short="rights")
        found[CHANGE] = Ask(
            lambda _read: _name_form(name),
            lambda fresh: lambda desk, _progress: desk.roles.rename(name, fresh),
            then=lambda fresh: fresh,
        )
        found[COPY] = Ask(lambda _read: _role_form(roles, role), _add_role, then=lambda given: given["name"])
        found[RETIRE] = Ask(
            lambda _read: _instead_form(
                "Remove", name, [each.name for each in roles], "nobody has it" if not role.users else "refused: in use"
            ),
            lambda other: lambda desk, _progress: desk.roles.remove(name, replace_by=other),
            short="remove",
        )
        return found


def _role_form(roles: Sequence[Role], like: Role | None) -> Form[dict[str, Any]]:
    kinds = (Choice("", "No right yet"), *choices_of([role.name for role in roles]))
    fields = [
        TextField(name="name", label="Name", longest=60),
        ChoiceField(name="like", label="Rights like", choices=kinds, initial=like.name if like else "", required=False),
    ]
    return Form("New role", fields, "Add", dict)


def _add_role(given: Values) -> Change:
    return lambda desk, _progress: desk.roles.add(given["name"], copy_of=given["like"] or None)


def _rights_form(role: Role) -> Form[Ticks]:
    choices = [Choice(right.id, right.words, right.group) for right in ALL_RIGHTS]
    field = MultiChoiceField(name="rights", label="May", choices=choices, ticked=frozenset(role.rights))
    return Form(f"Rights · {line_of(role.name, 60)}", [field], "Save", lambda values: values["rights"])


def _rights(name: str, ticks: Ticks) -> Change:
    return lambda desk, _progress: desk.roles.set_rights(name, sorted_rights(ticks.ticked))


def _table(roles: Sequence[Role]) -> Callable[[CasedeskApp, Callable[[bool], None]], None]:
    """Shows the rights of all roles beside each other."""

    def show(app: CasedeskApp, _ended: Callable[[bool], None]) -> None:
        from casedesk.tui.modals.text_page import TextPage

        app.push_screen(TextPage("Roles and rights", lambda width: table_lines(roles, width)))

    return show


def table_lines(roles: Sequence[Role], width: int) -> list[Line]:
    """A line for each right with a sign under each role that has it."""
    longest = max((cell_len(line_of(role.name)) for role in roles), default=3)
    column = max(3, min(longest, (width * 3 // 5) // max(1, len(roles)) - 1))
    room = max(12, width - (column + 1) * len(roles))
    head: Line = [(" " * room, "text")]
    for role in roles:
        head.append((" " + fit(line_of(role.name), column), "strong"))
    lines: list[Line] = [head]
    for group in GROUPS:
        lines += [blank(), heading(group, width)]
        for right in (each for each in ALL_RIGHTS if each.group == group):
            line: Line = [(fit(right.words, room), "text")]
            for role in roles:
                has = right.id in role.rights
                line.append((" " + fit("yes" if has else "–", column), "good" if has else "muted"))
            lines.append(line)
    return lines


USERS: Final = Users()
TEAMS: Final = Teams()
ROLES: Final = Roles()
