"""Outside formats to plain records: one module a format, none of which knows the desk."""
