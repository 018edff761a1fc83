"""Floor 8: one module per output format, all reading the same `Report`."""
