"""Functions in ordinary files that are for tests alone: what they do on their own is no evidence of how the code is used."""

from __future__ import annotations

import re

_NAME = re.compile(r"(?:For|In)_?[Tt]est(?:s|ing)?$|TestOnly$|^TestOnly|TestHelper$")
_TESTS = r"(?:unit\s+|integration\s+)?test(?:s|ing)?\b"
_COMMENT = re.compile(
    rf"\b(?:only|solely|exclusively|purely)\s+(?:to\s+be\s+|be\s+)?(?:\w+\s+)?(?:for|in|by|from|during|with(?:in)?)\s+{_TESTS}(?!\s+(?:if|whether|that|against|for)\b)"
    rf"|\b(?:for|in|by|from)\s+{_TESTS}\s+(?:purposes?\s+)?only\b"
    rf"|\b(?:used|meant|intended|exported|exposed|provided)\s+(?:for|in|by)\s+(?:tests\b|testing\s+purposes\b)"
    r"|\bfor\s+(?:unit|integration)\s+test(?:s|ing)\b"
    rf"|\btests?[- ]only\b|\boutside\s+(?:of\s+)?(?:the\s+)?{_TESTS}",
    re.IGNORECASE,
)
# What a function does first: `osutil.MustBeTestBinary("…")`.
_FIRST = re.compile(
    rb"(?:\w+\.)?(?:[mM]ust|[aA]ssert|[rR]equire|[eE]nsure|[pP]anicIf|[pP]anicUnless)\w*Test(?:s|ing|Binary|Mode)?\("
)


def is_for_tests(name: str, comment: str, first: bytes) -> bool:
    """Whether a function is for tests alone, by its name, its comment, or the text of its `first` statement."""
    return bool(_NAME.search(name) or _COMMENT.search(comment) or _FIRST.match(first))
