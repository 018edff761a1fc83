"""Measures how fast golint-maps is, as ratios to what else could be done with the same files on the same machine."""
