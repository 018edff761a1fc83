"""Floor 7: the order of packages, suppression, and the assembly of a report."""
