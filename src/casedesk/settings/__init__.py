"""The configuration files, their schema, themes and what is shipped with the program."""
