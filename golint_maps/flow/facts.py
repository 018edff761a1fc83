"""What one function does, as seen from inside: plain data that the package-wide analysis puts together.

Access paths in facts are rooted in the function's own parameters and receiver, in captured variables, in package
variables, or in objects made here; aliases (`peers := s.peers`) are resolved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from golint_maps.flow import ir
from golint_maps.flow.locks import Held, Perhaps
from golint_maps.flow.outward import NOTHING, Outward
from golint_maps.flow.places import is_in_map, is_picked, loops_of, prefixes
from golint_maps.flow.sets import frozen
from golint_maps.record import record
from golint_maps.types.declarations import PackageTypes
from golint_maps.types.model import qualified_name_of


@record(frozen=True, slots=True)
class Spawn:
    """A place in the code that starts a goroutine: `go`, or a call that a model knows to start one.

    `many` tells that several of its goroutines may run at a time on the strength of this code alone (a loop).
    """

    function: ir.Function
    at: ir.Span
    title: str
    many: bool = False
    # A flag lets one of them run at a time: `if !s.running { s.running = true; go s.run() }`.
    single: bool = field(default=False, compare=False)
    # A call that has returned left it behind, rather than the function that is looked at having started it.
    left: bool = field(default=False, compare=False)
    # What it is given, nobody else can reach any more.
    alone: bool = field(default=False, compare=False)
    # Nobody is seen to start it: it is a main loop, which nobody waits for.
    assumed: bool = field(default=False, compare=False)
    # It runs on the one thread of the program that may touch windows, in turn with all others of this kind.
    one_thread: bool = field(default=False, compare=False)
    # Somebody keeps the function, and calls it on a goroutine whenever there is a reason, as long as the program runs.
    kept: bool = field(default=False, compare=False)
    # The goroutine that runs it, where others are run by the same.
    runner: str = ""

    @property
    def identity(self) -> tuple[str, int]:
        """File and offset: the spawn's identity across functions; of what one goroutine runs in turn, that goroutine."""
        if self.one_thread:
            return ("", -1)
        return (self.runner, 0) if self.runner else (self.function.path, self.at[0])


# A parameter that is known to be true, or false; or the declared type, by its qualified name, of what an interface holds.
Known = tuple[ir.Variable, bool | str]


@record(frozen=True, slots=True)
class Part:
    """A field of an object that a caller has made, into which it has put something that was there before: `path`.

    `holder` is the callee's variable that holds the object. `varies`: that is something else in each iteration of a loop;
    `exposed`: a goroutine that was started before can reach it; `made`: the caller made that as well; `owned`: and nobody
    else can reach it.
    """

    holder: ir.Variable
    field: str
    path: ir.Value
    varies: bool
    exposed: bool
    made: bool
    owned: bool


# A goroutine, by the identity of its spawn, and where the loop starts in whose current iteration it was started.
Turn = tuple[tuple[str, int], int]


@record(slots=True, eq=False)
class AccessFact:
    """One touch of a place.

    `kind` is that of the `ir.Access`, or `replace` (the whole map is assigned) or `copy` (its reference leaves: `op` is the
    assignment, return, send or call that takes it). `held` are the locks taken in this function and still held, `dropped`
    the keys of locks that the caller may hold and that were released here. `owned`: the object is still private to this
    function; `owned_by`: it is as private as this parameter is in the caller. `live` are the goroutines started here and not
    joined yet. `function` is where it stands, which for a map handed to a helper is the helper. `alias`: the map is reached
    through a local variable that holds the reference. `ordered`: an atomic was loaded before. `spawn`: it happens on that
    goroutine rather than here (a map handed to `go f(m)`). `distinct`: each such goroutine, or else each call of this
    function, has a map of its own, which this function has made. `exposed`:
    a goroutine that was started before can reach the object. `made_here`: this function made the object, so that only
    what it started itself can be in its way. `waited` are the keys of what was waited for before, as in `State.orders`;
    `past` the identities of goroutines of this function which were waited for, `late` tells that this function had told
    before that it ends (`wg.Done()`), so that nobody waits for this access. `turn` are the goroutines that were started
    before in the same iterations of the loops around. `built`: the map was put into its place before, and no lock was
    released since. `taken`: the reference of an `alias` was taken while a lock was held. `assumed` are the parameters that
    are known to be true or false here, `perhaps` the locks that are held for some values of parameters. `around` are the
    locks held where `spawn` starts its goroutine.
    """

    function: ir.Function
    at: ir.Span
    kind: str
    map: ir.Value
    key: str
    held: frozenset[Held]
    dropped: frozenset[str]
    op: ir.Op
    owned: bool = False
    owned_by: ir.Variable | None = None
    live: frozenset[Spawn] = frozenset()
    through: CallFact | None = None
    in_loop: bool = False
    order: int = 0
    alias: bool = False
    ordered: bool = False
    spawn: Spawn | None = None
    distinct: bool = False
    exposed: bool = False
    made_here: bool = False
    waited: frozenset[str] = frozenset()
    past: frozenset[tuple[str, int]] = frozenset()
    late: bool = False
    turn: frozenset[Turn] = frozenset()
    built: bool = False
    taken: bool = False
    assumed: frozenset[Known] = frozenset()
    perhaps: frozenset[Perhaps] = frozenset()
    around: frozenset[Held] = frozenset()
    _by_index: bool | None = None

    @property
    def by_index(self) -> bool:
        """Whether the map is reached through an element of a slice, chosen by a variable, or one that a loop is at."""
        if self._by_index is None:
            self._by_index = any(
                isinstance(part, ir.Item) or (is_picked(part) and not is_in_map(part)) for part in prefixes(self.map)
            )
        return self._by_index

    @property
    def writes(self) -> bool:
        """Whether it changes the map (or the variable that holds it)."""
        return self.kind in WRITES


WRITES = frozenset({"write", "delete", "clear", "replace"})


NOBODY: Mapping[ir.Variable, ir.Variable] = MappingProxyType({})
_TRUTHS = {"true": True, "false": False}


def contradicts(assumed: frozenset[Known], known: frozenset[Known]) -> bool:
    """Whether control does not come here, given what is known of the parameters."""
    return bool(assumed and known) and any((variable, not truth) in known for variable, truth in assumed)


@record(slots=True, eq=False)
class CallFact:
    """A call of a function of the package (or of a closure), or the start of one on a goroutine (`spawn`).

    `arguments` maps the callee's parameters and receiver to access paths of the caller; `fresh` are the parameters whose
    object is private to the caller at the call, `common` those (and captured variables) whose object is one and the same for
    all goroutines of `spawn`, `exposed` those whose object a goroutine started before can reach, `made` those whose object
    the caller itself made, `distinct` those of objects that it made and put into a place. `around` are the locks held where
    `spawn` starts its goroutine, `waited` the keys of what was waited for before, `turn` the goroutines that were started
    before in the same iterations of the loops around. `assumed` and `perhaps` are as those of an access. `objects` are the
    parameters of what `spawn` starts (and captured variables) with the local variables of the caller that hold what they get:
    objects which it has made one by one, with maps of their own. `parts` are what leads out of the objects that it made.
    """

    caller: ir.Function
    callee: ir.Function
    at: ir.Span
    arguments: dict[ir.Variable, ir.Value]
    held: frozenset[Held]
    dropped: frozenset[str]
    live: frozenset[Spawn] = frozenset()
    spawn: Spawn | None = None
    fresh: frozenset[ir.Variable] = frozenset()
    common: frozenset[ir.Variable] = frozenset()
    conditional_owner: Mapping[ir.Variable, ir.Variable] = field(default_factory=lambda: NOBODY)
    exposed: frozenset[ir.Variable] = frozenset()
    made: frozenset[ir.Variable] = frozenset()
    in_loop: bool = False
    around: frozenset[Held] = frozenset()
    waited: frozenset[str] = frozenset()
    distinct: frozenset[ir.Variable] = frozenset()
    turn: frozenset[Turn] = frozenset()
    assumed: frozenset[Known] = frozenset()
    perhaps: frozenset[Perhaps] = frozenset()
    objects: frozenset[tuple[ir.Variable, ir.Variable]] = frozenset()
    parts: frozenset[Part] = frozenset()
    _starts: tuple[frozenset[ir.Variable], list[tuple[ir.Variable, ir.Variable]]] | None = None
    _loops: list[tuple[ir.Variable, ir.Range]] | None = None

    def decides(self, known: frozenset[Known]) -> frozenset[Known]:
        """What is known of the callee's parameters, given what is known of the caller's: constants, and what is passed on."""
        found = set(known) if self.callee.parent is not None else set[Known]()
        for variable, argument in self.arguments.items():
            if isinstance(argument, ir.Constant) and argument.text in _TRUTHS:
                found.add((variable, _TRUTHS[argument.text]))
            elif isinstance(argument, ir.Local):
                for truth in (True, False):
                    if (argument.variable, truth) in known or (argument.variable, truth) in self.assumed:
                        found.add((variable, truth))
                found.update(
                    (variable, what) for one, what in known if one is argument.variable and what.__class__ is str
                )
            inside = self._puts_into_interface(variable, argument)
            if inside:
                found.add((variable, inside))
        return frozen(found)

    def _puts_into_interface(self, variable: ir.Variable, argument: ir.Value) -> str:
        """The declared type of what a parameter of another declared type gets, which is an interface then; "" if it is not."""
        taken, given = qualified_name_of(variable.type), qualified_name_of(argument.type)
        own = given.startswith(f"{self.callee.package}.")
        return given if own and taken and taken != given and variable is not self.callee.receiver else ""

    def behind(self, known: frozenset[Known]) -> str:
        """The declared type of the object whose method is called through an interface; "" if that is not known."""
        argument = self.arguments.get(self.callee.receiver) if known and self.callee.receiver is not None else None
        if not isinstance(argument, ir.Local):
            return ""
        return next((what for one, what in known if one is argument.variable and isinstance(what, str)), "")

    @property
    def starts(self) -> tuple[frozenset[ir.Variable], list[tuple[ir.Variable, ir.Variable]]]:
        """Where arguments start: the parameters with one of a package variable; those with one of a local, and which."""
        if self._starts is None:
            roots = [(variable, ir.root(argument)) for variable, argument in self.arguments.items()]
            self._starts = (
                frozen(variable for variable, root in roots if isinstance(root, ir.Global)),
                [(variable, root.variable) for variable, root in roots if isinstance(root, ir.Local)],
            )
        return self._starts

    @property
    def loops(self) -> list[tuple[ir.Variable, ir.Range]]:
        """The parameters that get (what is in) the item of an iteration of a loop, with that loop."""
        if self._loops is None:
            given = self.arguments.items()
            self._loops = [(variable, loop) for variable, argument in given for loop in loops_of(argument)]
        return self._loops


@record(slots=True, eq=False)
class FunctionFacts:
    """Everything the package-wide analysis needs of one function.

    The summary part (what callers need): `acquires` locks held at every exit that were not held on entry,
    `acquires_if` those held besides where a parameter is true, or false (`Begin(writable bool)`), `releases` keys of
    those released; `returns` the resolved results where all returns agree; `fresh` the results that are private
    objects, `makes` those that were made here, though a goroutine may have them, `makings` what was put into which fields
    of these; `calls`, `spawns`, `stores` the parameters of function type that are called here (with which locks held), run
    on another goroutine, or kept, `gets` the
    positions of those arguments that are private objects wherever such a parameter is called;
    `escapes` the parameters whose object becomes shared here; `signals` what tells others that this function ends
    (`wg.Done()`, `close(done)`, a send), `ends` those of them after which it touches nothing more, `ended` the keys
    of these for the goroutines that it starts, by their identities, `joins` what it waits for, `waited` (groups) and
    `received` (channels) what it has waited for on every way out, `running` the goroutines that it leaves behind
    (none where they are many), `awaited` the identities of those that it started and awaits on every way out,
    `awaited_for_callees` of those that a call has left behind, one at a time, and that it awaits,
    `outlive` the keys of locks that it released while a goroutine of that identity was running, `replaces` the maps
    for which it puts another one in place. `references` are the functions that are mentioned as
    values, each with the keys of the locks that are held exclusively while it is passed to a call; `carried` the qualified
    names of the types whose objects are sent or received, `pooled` of those that are put into a `sync.Pool`.
    """

    function: ir.Function
    accesses: list[AccessFact] = field(default_factory=list)
    calls: list[CallFact] = field(default_factory=list)
    acquires: frozenset[Held] = frozenset()
    acquires_if: dict[tuple[ir.Variable, bool], frozenset[Held]] = field(default_factory=dict)
    releases: frozenset[str] = frozenset()
    returns: tuple[ir.Value | None, ...] = ()
    makings: tuple[tuple[tuple[str, ir.Value], ...], ...] = ()
    fresh: frozenset[int] = frozenset()
    makes: frozenset[int] = frozenset()
    parameter_calls: dict[ir.Variable, frozenset[Held]] = field(default_factory=dict)
    parameter_gets: dict[ir.Variable, frozenset[int]] = field(default_factory=dict)
    parameter_spawns: dict[ir.Variable, Spawn] = field(default_factory=dict)
    parameter_stores: dict[ir.Variable, str] = field(default_factory=dict)
    escapes: frozenset[ir.Variable] = frozenset()
    signals: Outward = NOTHING
    joins: Outward = NOTHING
    waited: frozenset[ir.Value] = frozenset()
    received: frozenset[ir.Value] = frozenset()
    ends: Outward = NOTHING
    ended: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    running: frozenset[Spawn] = frozenset()
    awaited: frozenset[tuple[str, int]] = frozenset()
    awaited_for_callees: frozenset[tuple[str, int]] = frozenset()
    outlive: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    replaces: Outward = NOTHING
    references: list[tuple[ir.Value, ir.Span, frozenset[str]]] = field(default_factory=list)
    handed: list[AccessFact] = field(default_factory=list)
    lock_ops: list[LockFact] = field(default_factory=list)
    leaks: list[tuple[Held, ir.Span]] = field(default_factory=list)
    terminates: bool = False
    carried: set[str] = field(default_factory=set)
    pooled: set[str] = field(default_factory=set)


@record(frozen=True, slots=True, eq=False)
class LockFact:
    """A lock operation, with the locks held just before it: what deadlocks and leaked locks are found from."""

    function: ir.Function
    at: ir.Span
    lock: Held
    takes: bool
    before: frozenset[Held]
    dropped: frozenset[str]
    in_loop: bool = False
    deferred: bool = False


@record(frozen=True, slots=True)
class PackageFacts:
    """What a package exports to the packages that import it: plain data, no trees."""

    types: PackageTypes
