"""Floor 2: the only code that knows tree-sitter: sources, parsing, positions."""
