"""Maps without any lock that functions fill on demand, though to their callers they only look something up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from golint_maps.finding import Confidence
from golint_maps.flow import ir
from golint_maps.flow.facts import AccessFact
from golint_maps.flow.filling import stands_where_empty
from golint_maps.flow.locks import Held
from golint_maps.flow.naming import expects_lock, runs_once, sets_up
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.parts import parts
from golint_maps.flow.places import place_key
from golint_maps.flow.prose import Prose
from golint_maps.flow.threads import EXTERNAL
from golint_maps.record import record
from golint_maps.types.model import qualified_name_of

# What one goroutine drives from its beginning to its end.
_DRIVEN = re.compile(
    r"(?:Writer|Encoder|Decoder|Builder|Parser|Generator|Printer|Scanner|Visitor|Compiler|Loader|Importer)(?:Base|Impl)?$"
)


# What comes before all others ask for a package variable; who makes an object by `New` asks for it as well.
_PREPARES = re.compile(
    r"[Ii]nit|[Ss]et_?[Uu]p|[Rr]egister|[Cc]onfigure|[Pp]rovision|[Bb]oot|[Ll]oad|[Ss]tart|[Rr]un|[Mm]ain|Must"
)


@record(frozen=True, slots=True)
class Memo:
    """A function looks a key up (`read`), stores what it has found out itself (`write`), and returns that.

    Or it looks whether there is anything in the map at all, and fills it (`whole`).
    """

    read: AccessFact
    write: AccessFact
    whole: bool = False


def memos(package: PackageFlow) -> Iterator[Memo]:
    """The memos of a package that others import: one for each map, in order of their keys.

    Maps that are known to be shared, or of which the code says that they are not, are left to other rules and alone.
    """
    if package.package.name == "main":
        return
    known = {one.place.key for one in package.conflicts if one.confidence >= Confidence.MEDIUM}
    prose = Prose(package.types, package.files)
    for key, facts in sorted(_touches(package).items()):
        if key in known or any(_is_locked(fact, package) for fact in facts) or prose.says_alone(key):
            continue
        found = next((memo for write in facts if (memo := _memo(write, facts, package)) is not None), None)
        if found is not None:
            yield found


def _touches(package: PackageFlow) -> dict[str, list[AccessFact]]:
    """All that touches variables, fields and what literals capture, tests aside, by the key of the place."""
    found: dict[str, list[AccessFact]] = defaultdict(list)
    for facts in package.facts.values():
        for fact in facts.accesses:
            if not ir.outermost(fact.function).is_test and isinstance(
                ir.strip(fact.map), (ir.Global, ir.Field, ir.Local)
            ):
                found[fact.key].append(fact)
    return found


def _is_locked(fact: AccessFact, package: PackageFlow) -> bool:
    """Whether a lock is held here, or by all callers; or a comment or name says that callers hold one.

    That of one of many objects keeps nobody away from a package variable.
    """
    ways = package.contexts.get(fact.function, ())
    variable = isinstance(ir.root(fact.map), ir.Global)

    def counts(held: Iterable[Held]) -> bool:
        return any(not (variable and _is_one_of_many(one, package)) for one in held)

    return bool(
        counts(fact.held)
        or fact.dropped
        or expects_lock(ir.outermost(fact.function))
        or (ways and all(counts(way.held) for way in ways))
    )


def _is_one_of_many(held: Held, package: PackageFlow) -> bool:
    """Whether a lock belongs to an object of a type of which an exported function makes objects, and no variable has one."""
    owner = held.key.rpartition(".")[0]
    name = owner.removeprefix(f"{package.types.path}.")
    if owner == name or name not in package.types.types:
        return False
    if any(qualified_name_of(one.type) == owner for one in package.types.variables.values()):
        return False
    return any(
        declared.name.startswith("New") and any(qualified_name_of(one) == owner for one in declared.signature.results)
        for declared in package.types.functions.values()
    )


def _memo(write: AccessFact, facts: list[AccessFact], package: PackageFlow) -> Memo | None:
    function, op = write.function, write.op
    if write.kind != "write" or write.owned or not isinstance(op, ir.Access) or op.key is None or op.value is None:
        return None
    variable = isinstance(ir.root(write.map), ir.Global)
    prepares = _PREPARES.match(function.short_name) if variable else runs_once(function) or sets_up(function)
    if op.compound or prepares or not _is_open(write, package):
        return None
    before = [one for one in facts if one.function is function and one.at[0] < write.at[0]]
    if _returns(function, op, op.value, package, variable=variable):
        for read in before:
            looked = read.op
            if read.kind == "read" and isinstance(looked, ir.Access) and looked.key is not None and not looked.via:
                if ir.text_of(looked.key) == ir.text_of(op.key):
                    return Memo(read, write)
    if variable and stands_where_empty(function, write.at, write.key) and _hands_out(function, write, package):
        asked = next((one for one in before if one.kind in ("check", "len")), None)
        return Memo(asked, write, whole=True) if asked is not None else None
    return None


def _is_open(write: AccessFact, package: PackageFlow) -> bool:
    """Whether other packages come to a write: to a variable in whatever way, to a field by a method of their own choice."""
    function, start = write.function, ir.root(write.map)
    if isinstance(start, ir.Global):
        ways = package.contexts.get(function, ())
        # Who makes an object by `New` is no set-up of the variable, which is there already.
        return start.package == package.package.import_path and any(
            way.thread.kind == EXTERNAL and not (way.set_up and _PREPARES.match(function.short_name)) for way in ways
        )
    if not isinstance(start, ir.Local):
        return False
    if start.variable.function is not function:
        return start.variable.kind == "local" and _is_handed_out(function, start.variable.function, package)
    own = start.variable is function.receiver and isinstance(ir.strip(write.map), ir.Field)
    named = function.receiver_type
    return own and function.exported and named[:1].isupper() and not _DRIVEN.search(named)


def _is_handed_out(literal: ir.Function, maker: ir.Function, package: PackageFlow) -> bool:
    """Whether a function returns one of its literals."""
    return literal.parent is maker and any(
        isinstance(one, ir.Closure) and one.function is literal
        for returned in package.index(maker).ops(ir.Return)
        for one in returned.values
    )


def _returns(function: ir.Function, op: ir.Access, value: ir.Value, package: PackageFlow, *, variable: bool) -> bool:
    """Whether a function hands out what it has stored, and made itself: callers ask for it, and know of no change.

    With a package `variable`, it may be part of what is handed out, or what that is got from: `return pool.Get()`.
    """
    stored, start = ir.text_of(value), ir.root(ir.strip(value))
    if isinstance(start, ir.Local) and start.variable in function.params:
        return False
    key = place_key(ir.strip(op.map))
    for returned in package.index(function).ops(ir.Return):
        for one in (part for given in returned.values for part in (_drawn_on(given) if variable else (given,))):
            entry = ir.strip(one)
            again = isinstance(entry, ir.Element) and place_key(ir.strip(entry.base)) == key
            if (ir.text_of(one) == stored and isinstance(start, ir.Local)) or again:
                if returned.at[0] > op.at[0]:
                    return True
    return False


def _hands_out(function: ir.Function, write: AccessFact, package: PackageFlow) -> bool:
    """Whether a function returns a map, or what it finds in it."""
    returned = (one for op in package.index(function).ops(ir.Return) for given in op.values for one in _drawn_on(given))
    return any(place_key(ir.strip(one)) == write.key for one in returned)


def _drawn_on(value: ir.Value) -> Iterator[ir.Value]:
    """A value, the values inside it, and those of the calls whose results it is; what is only reckoned with is none of it."""
    for one in () if isinstance(ir.strip(value), ir.Binary) else parts(value):
        yield one
        if isinstance(one, ir.Result):
            for given in (one.call.callee, *one.call.arguments):
                yield from _drawn_on(given)
