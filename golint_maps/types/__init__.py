"""Floor 3: what is a map: declared types, scopes, resolution across packages."""
