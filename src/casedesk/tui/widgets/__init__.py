"""The widgets of the interface; none knows another."""
