"""What functions say of themselves by their names and comments: that they set up, run once, expect a lock of callers."""

from __future__ import annotations

import re
from functools import lru_cache

from golint_maps.flow import ir
from golint_maps.types.model import EMPTY_INTERFACE, Basic

_LOCKED_NAME = re.compile(r"(?:Locked|locked|NoLock|Nolock|WithoutLock|WithLockHeld|LockHeld|Unlocked|Unsafe)(?:_|$)")


_LOCKED_COMMENT = re.compile(
    r"\bmust\s+(?:already\s+)?(?:hold|be\s+holding|have\s+(?:the\s+)?\S*\s*(?:lock|mu)|be\s+(?:called\s+)?(?:with|under|while)[^.]{0,60}(?:held|lock))"
    r"|\b(?:lock|mutex|mu)\b[^.]{0,40}\b(?:must|should|has\s+to|needs\s+to)\s+be\s+(?:held|locked|acquired|taken)"
    r"|\b(?:called|invoked|run|used)\s+(?:\w+\s+){0,4}with\s+(?:the\s+)?[\w.()]*(?:lock|mutex|mu|mtx)\w*(?:\s+\w+)?\s+(?:held|locked|taken)\b"
    r"|\bcallers?\s+(?:must|should|has\s+to|need\s+to|needs\s+to|is\s+expected\s+to)?\s*(?:holds?|locks?|acquires?|have\s+(?:the\s+)?lock)"
    r"|\b(?:assume[sd]?|requires?|expects?)\b[^.]{0,60}\b\w*(?:locks?|mutex|mu)\b"
    r"|\b(?:lock|mutex|mu)\b[^.]{0,30}\b(?:is|are)\s+assumed\s+to\s+be\s+held\b"
    r"|\b\w*(?:lock|mutex|mu)\b[^.]{0,30}\b(?:is|are|being)\s+(?:already\s+)?held\b"
    r"|\b(?:must|should|has\s+to|have\s+to|needs?\s+to)\s+be\s+(?:guarded|protected|synchroni[sz]ed|serialized)\b"
    r"[^.]{0,40}\b(?:lock|mutex|mu)\b"
    r"|\b(?:not|no\s+longer)\s+(?:thread|goroutine|concurrency)[-\s]?safe|\bnot\s+safe\s+for\s+concurrent"
    r"|\bunsafe\s+to\s+(?:call|use|run)\b[^.]{0,30}\bconcurrently\b"
    r"|\+checklocks(?:read)?:",
    re.IGNORECASE,
)


_ONCE = (
    "New",
    "new",
    "Start",
    "start",
    "Run",
    "run",
    "Serve",
    "serve",
    "Listen",
    "listen",
    "Open",
    "open",
    "Init",
    "init",
)


_ONCE_MORE = (
    "Connect",
    "connect",
    "Dial",
    "dial",
    "Launch",
    "launch",
    "Begin",
    "Make",
    "make",
    "Main",
    "main",
    "Setup",
    "setup",
)


# What is opened by a name or a number is one of several.
_ONE_OF_SEVERAL = ("Open", "open", "Connect", "connect", "Dial", "dial", "Launch", "launch")


def runs_once(function: ir.Function) -> bool:
    """Whether a function's name says that it is called once in the life of its object."""
    if function.receiver_type and function.short_name.startswith(_ONE_OF_SEVERAL):
        return not any(isinstance(parameter.type, Basic) for parameter in function.params)
    return function.short_name.startswith(_ONCE + _ONCE_MORE)


_SET_UP = re.compile(
    r"[Ii]nit|[Ss]et_?[Uu]p|[Rr]egister|[Cc]onfigure|[Pp]rovision|[Uu]nmarshal|[Dd]ecode|[Pp]arse|[Vv]alidate|[Vv]erify|With[A-Z]|[Nn]ew"
    r"|[Pp]re(?:[A-Z]\w*)?(?:[Ss]tart|[Rr]un)(?![a-z])|[Mm]ust[A-Z]|[Bb]oot|After(?:Find|Create|Save|Update)|[Pp]repare|[Bb]uild|[Cc]reate|[Ll]oadConfig|[Aa]pplyDefaults|[Ss]etDefault"
)


# "Must not be called concurrently", "has to be called before Start": callers see to it that the object is theirs.
_ALONE = re.compile(
    r"\b(?:must|should|may|can|do|is|are)\s*(?:not|n'?t)\s+(?:to\s+)?(?:be\s+)?(?:called|used|invoked|run|call|use|invoke)\s+"
    r"(?:concurrently|in\s+parallel|simultaneously|from\s+(?:multiple|several|different)\s+(?:goroutines|threads))"
    r"|\b(?:must|should|has\s+to|have\s+to|needs?\s+to|can\s+only|may\s+only)\s+(?:only\s+)?be\s+(?:called|used|invoked|run|set)\s+"
    r"(?:only\s+)?(?:once\s+)?(?:at\s+most\s+once\s+)?(?:and\s+)?before\b",
    re.IGNORECASE,
)


def sets_up(function: ir.Function) -> bool:
    """Whether a function says that the object is nobody else's while it runs: it prepares one, by its name, or by its comment."""
    return _says_set_up(function.short_name, function.doc)


# What a method like this makes or looks over is something else than the object that it belongs to: that one is in use.
_ANOTHER = re.compile(r"(?:[Nn]ew|[Cc]reate|[Mm]ake|[Vv]alidate|[Vv]erify|With)(?:[A-Z]|$)")


def makes_another(function: ir.Function) -> bool:
    """Whether a function that sets up something, by its name, is a method of an object which is there already.

    One that gives the object back, as options do (`WithLogger`), is for whoever has just made it.
    """
    receiver = function.receiver
    if receiver is None or not _ANOTHER.match(function.short_name) or _ALONE.search(function.doc):
        return False
    return all(one.type != receiver.type for one in function.results)


def starts_with_it(function: ir.Function) -> bool:
    """Whether what a function and its callees touch is being set up, for all that its name says."""
    return sets_up(function) and not makes_another(function)


@lru_cache(maxsize=4096)
def _says_set_up(name: str, comment: str) -> bool:
    return bool(_SET_UP.match(name) or _ALONE.search(comment))


def expects_lock(function: ir.Function) -> bool:
    """Whether a function says, by its name or its comment, that its callers hold the lock.

    So does a method that packages of the standard library call, to sort or to keep a heap, on behalf of those who call these.
    """
    return _says_locked(function.short_name, function.doc) or _is_for_heap(function)


def _is_for_heap(function: ir.Function) -> bool:
    """Whether a function is a method of `heap.Interface` or `sort.Interface` that only these packages have a use for."""
    if function.receiver is None:
        return False
    name, taken, given = (
        function.short_name,
        [one.type for one in function.params],
        [one.type for one in function.results],
    )
    if name in ("Swap", "Less"):
        return taken == [Basic("int"), Basic("int")] and given in ([], [Basic("bool")])
    pushes = name == "Push" and len(taken) == 1 and taken[0] in EMPTY_INTERFACE and not given
    return pushes or (name == "Pop" and not taken and len(given) == 1 and given[0] in EMPTY_INTERFACE)


@lru_cache(maxsize=4096)
def _says_locked(name: str, comment: str) -> bool:
    return bool(_LOCKED_NAME.search(name) or _LOCKED_COMMENT.search(comment))
