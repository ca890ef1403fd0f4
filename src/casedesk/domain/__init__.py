"""What things mean: pure functions and values, with no database, no clock and no screen."""
