"""The commands, thin over the desk."""
