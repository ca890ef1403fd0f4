"""What can be configured, as data: one module a section, and the registry that names them (K5).

A section reads what it shows from the desk, in a thread, and says what can be done to it: a form to ask, a change to
make, a screen to open. The screen (`screens/configuration.py`) knows no section by name.
"""
