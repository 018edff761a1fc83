"""Floor 1: which files belong together (discovery, packages, modules, configuration)."""
