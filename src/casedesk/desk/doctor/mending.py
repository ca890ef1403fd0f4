"""Mending what the checks found and can mend safely: after a backup, one check after the other."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.desk.contents import text_setting
from casedesk.desk.doctor.check import Looked, Mending
from casedesk.desk.doctor.examining import examine, findings, looked_at
from casedesk.desk.doctor.registry import all_checks
from casedesk.desk.matching import closest
from casedesk.desk.restoring import dated
from casedesk.desk.values import Mended
from casedesk.domain.errors import InvalidInput, StoreUnavailable

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.settings.preferences import Preferences


def mend(
    desk: Desk,
    only: Collection[str] | None = None,
    *,
    preferences: Preferences | None = None,
    progress: Looked | None = None,
) -> Mended:
    """Mend what is safe, of all checks or of those named, after a backup beside the desk.

    Each check is mended and looked at again by itself, so one that can't be mended doesn't keep the others from it.
    Raises InvalidInput for a check that there isn't, and StoreUnavailable for a damaged file.
    """
    known = {check.name: check for check in all_checks()}
    for name in only or ():
        if name not in known:
            near = closest(name, known) or [*known]
            raise InvalidInput(f"There is no check “{name}”; there is {', '.join(near)}.")
    before = examine(desk.path, now=desk.seconds(), preferences=preferences, progress=progress)
    if before.damaged:
        raise StoreUnavailable(f"{desk.path} is damaged; `casedesk restore` puts a backup in its place.")
    wanted = [known[name] for name in before.mendable if only is None or name in only]
    if not wanted:
        return Mended((), None, before)
    zone = text_setting(desk.store.reader(), "zone")
    backup = dated(Path(desk.path).parent, f"{desk.path.stem}-before-mending", desk.seconds(), zone)
    desk.maintenance.backup(backup, progress=progress)
    with looked_at(desk.path, desk.seconds(), progress=progress) as subject:
        mending = Mending(desk, subject)
        for check in wanted:
            # Mending one thing may have mended another.
            if check.mend is not None and any(found.mendable for found in findings(check, subject)):
                mending.done.append(f"{check.name}: {check.mend(mending)}")
        mending.finish()
    after = examine(desk.path, now=desk.seconds(), preferences=preferences, progress=progress)
    return Mended(tuple(mending.done), str(backup), after)
