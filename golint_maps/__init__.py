"""golint-maps: a static analyzer which finds unsafe map usage in Go."""

__version__ = "0.1.0"
HOME = "https://pypi.org/project/golint-maps/"
"""Where people read about the tool; reports for services name it."""
