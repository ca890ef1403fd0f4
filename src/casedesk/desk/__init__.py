"""What can be done: one module an area; each public method is one permitted, undoable, recorded transaction."""
