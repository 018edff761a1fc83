"""Floor 8: what a `Report` looks like; `formats` has one module for each output format."""
