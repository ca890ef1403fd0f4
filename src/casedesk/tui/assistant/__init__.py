"""Setting up a desk, step by step: one module a step, and the registry that orders them.

A step reads what it shows from the desk, in a thread, draws it as rows, and says which keys mean something in it. Each
change is an act of the desk like any other. The screen (`screens/assistant.py`) knows no step by name.
"""
