"""The set-up of a desk as one TOML file (X14): `desk.set_up`.

Each kind of thing is a part in a module of its own; `parts.py` lists them. A file is applied by the desk's own
methods, all in one transaction and one act: every rule of the desk holds, and one undo takes it back.
"""

from __future__ import annotations

from casedesk.desk.set_up.document import HEAD, LARGEST
from casedesk.desk.set_up.mistakes import SetUpMistakes
from casedesk.desk.set_up.set_up import SetUp, said

__all__ = ["HEAD", "LARGEST", "SetUp", "SetUpMistakes", "said"]
