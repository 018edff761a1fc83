"""Floor 6: one file per rule, found by discovery."""
