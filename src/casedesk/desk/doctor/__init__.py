"""Looking a desk over, and mending what can be mended safely.

Each kind of thing that can go wrong is a `DeskCheck` in one of the modules that `registry` names.
"""

from __future__ import annotations

from casedesk.desk.doctor.examining import examine
from casedesk.desk.doctor.mending import mend

__all__ = ["examine", "mend"]
