"""The Textual app: screens, panels, modals and widgets over the desk."""
