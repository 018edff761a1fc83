"""golint-maps: a static analyzer which finds unsafe map usage in Go."""

__version__ = "0.1.0"
