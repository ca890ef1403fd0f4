"""Tests of the interface. What Textual reads when it is imported is set here, before anything imports it."""

import os

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.pop("NO_COLOR", None)
