"""Threads and contexts: on which goroutines a function may run, holding which locks on entry.

Function facts say what a function does whoever calls it. Contexts are found by following the calls from the functions that
can be called from outside: each context is one way in, with its thread, the locks that the caller holds, and which of its
parameters are objects that nobody else can reach yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import partial

from golint_maps.flow import ir, models
from golint_maps.flow.callers import (
    callers_first,
    construction_helpers,
    held_by_callers,
    helpers_of_requests,
    homes_of,
    kept_literals,
    left_to_callers,
    referenced_functions,
)
from golint_maps.flow.facts import CallFact, FunctionFacts, Known, Spawn, Turn, contradicts
from golint_maps.flow.interpretation.spawning import is_parallel
from golint_maps.flow.locks import EXCLUSIVE, ONCE_DONE, SHARED, Held, Perhaps, has_lock
from golint_maps.flow.naming import expects_lock, runs_once, starts_with_it
from golint_maps.flow.outward import NOTHING
from golint_maps.flow.places import is_picked, keys_of, loops_of, prefixes, rebase
from golint_maps.flow.program import Program, captured_variables
from golint_maps.flow.reuse import Reuse
from golint_maps.flow.services import Services
from golint_maps.flow.sets import frozen, union
from golint_maps.record import record
from golint_maps.types.model import Interface, Pointer, Type, qualified_name_of
from golint_maps.types.world import World

# A function is looked at in this many contexts; helpers called from everywhere have the same few over and over.
_MAX_CONTEXTS = 16

INIT = "init"
MAIN = "main"
TEST = "test"
EXTERNAL = "external"
CALLBACK = "callback"
HANDLER = "handler"
SPAWNED = "spawned"


@record(frozen=True, slots=True)
class Thread:
    """A static thread: `kind` says what starts it, `many` that several of it may run at a time.

    `identity` tells threads of one kind apart (a spawn's file and offset, a handler's name). `maybe_many` marks a spawn in
    a function that may be called several times, though nothing here does so. `parent` is the thread that starts it.
    `in_sight`: the loop or the library that starts several of it, or the program that calls for it again, is in sight; else
    only what callers may do tells of many, or that a method looks like one of a service.
    """

    kind: str
    identity: tuple[str, int] = ("", 0)
    many: bool = False
    title: str = field(default="", compare=False)
    spawn: Spawn | None = field(default=None, compare=False)
    parent: Thread | None = field(default=None, compare=False)
    maybe_many: bool = field(default=False, compare=False)
    entry: ir.Function | None = field(default=None, compare=False)
    parallel: bool = False
    in_sight: bool = False


@record(frozen=True, slots=True)
class ItemOf:
    """A variable holds the item of an iteration of the loop at that byte of that file.

    `given`: the thread got it when it was started in that iteration, rather than going through the loop itself.
    """

    variable: ir.Variable
    loop: tuple[str, int]
    given: bool


@record(frozen=True, slots=True)
class Leading:
    """A field of the object in a variable leads to something that whoever made the object has not made along with it.

    `common`: all instances of the thread come to the same by it; `exposed`: a live goroutine can reach that; `made`: a caller
    has made that too; `owned`: and nobody else can reach it.
    """

    variable: ir.Variable
    field: str
    common: bool
    exposed: bool
    made: bool
    owned: bool


@record(frozen=True, slots=True)
class Context:
    """One way into a function.

    `held` are the caller's locks; `owned` the parameters whose object nobody else can reach, `common` those (and captured
    variables) whose object is the same in all instances of the thread, `exposed` those that a live goroutine can reach,
    `made` those that a caller made. `set_up` tells that a function on the way here is one of set-up, by its name, `again`
    that a call on the way is made in a loop of the same thread. `agreed` are the keys of the locks that callers inside the
    package hold when they call the function through which the thread came in from outside: who is called with a mutex held
    can't take it, so that all callers have to. `assumed` tells that nothing here is known to call that function at all.
    `shield` are the keys of the locks that the starter of a goroutine holds exclusively until it has ended, `waited` those
    of what callers have waited for before. `items` are the parameters whose object is the item of an iteration of a loop,
    `turn` the goroutines that were started before in the same iterations of loops. `known` are the parameters of which
    callers have said whether they are true. `home` is the spawn of the one goroutine on which the package itself calls the
    function through which the thread came in from outside. `objects` are the parameters through which a goroutine got an
    object that its starter had made for it, with the variable that held it there. `leading` are the fields of objects that
    a caller made which lead out of them.
    """

    thread: Thread
    held: frozenset[Held] = frozenset()
    owned: frozenset[ir.Variable] = frozenset()
    common: frozenset[ir.Variable] = frozenset()
    exposed: frozenset[ir.Variable] = frozenset()
    made: frozenset[ir.Variable] = frozenset()
    live: frozenset[Spawn] = frozenset()
    set_up: bool = False
    again: bool = False
    agreed: frozenset[str] = frozenset()
    assumed: bool = False
    shield: frozenset[str] = frozenset()
    waited: frozenset[str] = frozenset()
    items: frozenset[ItemOf] = frozenset()
    turn: frozenset[Turn] = frozenset()
    known: frozenset[Known] = frozenset()
    home: tuple[str, int] | None = None
    objects: frozenset[tuple[ir.Variable, ir.Variable]] = frozenset()
    leading: frozenset[Leading] = frozenset()

    def holds(self, perhaps: Iterable[Perhaps], way: CallFact | None) -> Iterator[Held]:
        """Of locks that are held for some values of parameters, those that are held here; `way` is the call of the function.

        A caller that nobody has seen is trusted to pass what suits.
        """
        for one in perhaps:
            told = (one.flag, one.truth) in self.known or (one.flag, not one.truth) in self.known
            if one.flag is None or (one.flag, one.truth) in self.known or (not told and _passes_on(way, one.flag)):
                yield one.held

    def locks(self) -> frozenset[str]:
        """The keys of what callers hold."""
        return frozenset([one.key for one in self.held]) if self.held else _NONE


def _passes_on(way: CallFact | None, flag: ir.Variable) -> bool:
    """Whether a parameter is what somebody outside has chosen, as far as is known of one call."""
    given = way.arguments.get(flag) if way is not None else None
    return way is None or (isinstance(given, ir.Local) and given.variable.kind == "param")


_NONE: frozenset[str] = frozenset()


Contexts = dict[ir.Function, dict[Context, "CallFact | None"]]


def find_contexts(
    program: Program,
    functions: Iterable[ir.Function],
    package_name: str,
    awaited: frozenset[tuple[str, int]],
    reuse: Reuse | None = None,
) -> Contexts:
    """The contexts of all functions of a package, closures included; the value is the call that a context came from.

    `awaited` are the identities of the goroutines that have ended when the call is over in which they were started.
    """
    contexts: Contexts = {}
    queue: list[tuple[ir.Function, Context]] = []

    def add(function: ir.Function, context: Context, origin: CallFact | None) -> None:
        known = contexts.setdefault(function, {})
        if context in known:
            return
        if len(known) >= _MAX_CONTEXTS:  # of too many ways in, those with fewer locks tell more
            stronger = next((one for one in known if context.locks() < one.locks()), None)
            if stronger is None:
                return
            del known[stronger]
        known[context] = origin
        queue.append((function, context))

    def full(call: CallFact, context: Context) -> bool:
        """Whether a callee has ways in enough, one of them without locks that this one has."""
        known = contexts.get(call.callee, {})
        if len(known) < _MAX_CONTEXTS:
            return False
        locks = _NONE if call.spawn is not None else context.locks() - call.dropped | {one.key for one in call.held}
        return any(one.locks() <= locks for one in known)

    def drain() -> None:
        while queue:
            function, context = queue.pop()
            facts = program.facts.get(function)
            for call in facts.calls if facts is not None else ():
                # What tests call on their own is no evidence of how the code is used.
                if call.caller.is_test and not call.callee.is_test:
                    continue
                if contradicts(call.assumed, context.known) or _is_behind_another(call, context, program):
                    continue
                if not full(call, context):
                    origin = contexts[function].get(context)
                    add(call.callee, _enter(call, context, origin, program, waiting, awaited), call)

    declared = [function for function in functions if function.parent is None]
    referenced = referenced_functions(program)
    helpers = construction_helpers(program)
    agreed = held_by_callers(program)
    waiting = _waiting(program)
    called = {call.callee for facts in program.facts.values() for call in facts.calls if not call.caller.is_test}
    loops = {one: _main_loop(one) for one in declared if one not in called and _is_main_loop(one)}
    homes = homes_of(program, {one: thread.identity for one, thread in loops.items()})
    offered = _offered(declared, program.world)
    services = Services(declared, program.world)
    hidden: list[ir.Function] = []
    passing = helpers_of_requests(program, referenced)
    for function in declared:
        if function in passing:
            continue  # each request makes an object of its own
        find = partial(_root, function, package_name, services)
        thread = find() if reuse is None else reuse.answer("root", function, (package_name, services.registered), find)
        if thread is None:
            continue
        if thread.kind == EXTERNAL and function.receiver_type and not function.receiver_type[:1].isupper():
            hidden.append(function)
            continue
        if thread.kind == EXTERNAL:
            thread = loops.get(function, thread)
        common = _receiver(function)
        set_up = starts_with_it(function) or function in helpers
        home = homes.get(function) if function.short_name not in offered else None
        keys = agreed.get(function, _NONE)
        add(function, Context(thread, common=common, set_up=set_up, agreed=keys, home=home), None)
    drain()
    # Exported methods of unexported types: others may call them through an interface, if the package does not itself.
    for function in hidden:
        if function not in called:
            # Their locks are those of their object; one that has none belongs to whoever made it.
            assumed = not carries_lock(function, program.world)
            common = _receiver(function)
            add(
                function,
                Context(Thread(EXTERNAL), common=common, set_up=starts_with_it(function), assumed=assumed),
                None,
            )
    drain()
    for function in declared:
        if function in referenced and not function.is_test and not expects_lock(function):
            thread = Thread(CALLBACK, (function.path, function.at[0]), entry=function)
            held = frozenset(Held(key, EXCLUSIVE) for key in referenced[function])
            add(
                function,
                Context(thread, held, set_up=starts_with_it(function), agreed=agreed.get(function, _NONE)),
                None,
            )
    drain()
    left = left_to_callers(program, [f for f in declared if f not in contexts])
    unreached = [f for f in declared if f not in contexts and not f.is_test and f not in left]
    for function in callers_first(program, unreached):
        if function not in contexts:
            add(function, Context(Thread(EXTERNAL), set_up=starts_with_it(function), assumed=True), None)
            drain()
    for literal, context in list(_handler_literals(declared, contexts)):
        add(literal, context, None)
    drain()
    for literal, keys in kept_literals(program).items():
        if literal not in contexts:
            add(literal, Context(Thread(CALLBACK, (literal.path, literal.at[0]), entry=literal), agreed=keys), None)
    drain()
    return contexts


def _receiver(function: ir.Function) -> frozenset[ir.Variable]:
    """What is the same for all who call a function: the object whose method it is."""
    return frozenset([function.receiver]) if function.receiver is not None else frozenset()


def carries_lock(method: ir.Function, world: World) -> bool:
    """Whether the receiver of a method has a lock among its fields."""
    return method.receiver is not None and has_lock(world.deref(method.receiver.type), world)


def _offered(functions: Iterable[ir.Function], world: World) -> frozenset[str]:
    """The names of the methods of those interfaces for which the package makes objects: they are there to be called."""
    made = (one.type for function in functions if function.exported for one in function.results)
    return frozenset(
        name for type_ in made if isinstance(world.underlying(type_), Interface) for name in world.method_names(type_)
    )


def _root(function: ir.Function, package_name: str, services: Services) -> Thread | None:
    """The thread on which a function runs because of what it is; None where only calls tell."""
    name = function.short_name
    if function.is_test:
        run = name.startswith(("Test", "Benchmark", "Example", "Fuzz")) and function.path.endswith("_test.go")
        if run and not function.receiver_type:
            title = f"the test {name}"
            return Thread(TEST, (function.path, function.at[0]), title=title, parallel=is_parallel(function))
        return None
    if name == "init" and not function.receiver_type:
        return Thread(INIT)
    if name == "main" and package_name == "main" and not function.receiver_type:
        return Thread(MAIN, title="main")
    title = models.CONCURRENT_METHODS.get((name, len(function.params)), "") if function.receiver_type else ""
    title = title or _takes_requests(function)
    if not title and function.receiver is not None and function.exported:
        title = services.title(function)
    if title and function.exported:
        at, known = (function.path, function.at[0]), title != models.CALL
        return Thread(HANDLER, at, many=True, title=f"{function.name}, {title}", entry=function, in_sight=known)
    if function.exported and package_name != "main" and not expects_lock(function):
        return Thread(EXTERNAL)
    return None


def _takes_requests(function: ir.Function) -> str:
    """What calls a function many times at once because of what it takes; "" where its parameters don't tell."""
    if function.receiver is None and function.results and function.short_name.startswith(("New", "Create", "Make")):
        return ""  # it makes something of a request
    names = [getattr(type_, "qualified", "") for type_ in _parameter_types(function)]
    # What resets an object makes it the object of that request.
    resets = function.receiver_type and function.short_name.lower().startswith(("reset", "init"))
    resets = resets or _keeps_request(function)
    for index, one in enumerate(names[:2] if not resets else ()):
        # What writes a response without the request, or takes them the other way round, is a helper, on an object of that
        # request.
        if one != models.RESPONSE_WRITER or models.REQUEST in names[index:]:
            title = models.HANDLER_PARAMETERS.get(one, "")
            if title:
                return title
    return next((models.INTERCEPTOR_PARAMETERS[one] for one in names if one in models.INTERCEPTOR_PARAMETERS), "")


def _is_behind_another(call: CallFact, context: Context, program: Program) -> bool:
    """Whether a method that may stand behind an interface is not meant: the object is of another type, with one of its own."""
    behind = call.behind(context.known)
    if not behind or call.callee.receiver is None or behind == qualified_name_of(call.callee.receiver.type):
        return False
    return (behind.rpartition(".")[2], call.callee.short_name) in program.functions


def _keeps_request(function: ir.Function) -> bool:
    """Whether a method puts the request that it is given into its object, which then is one for that request alone."""
    if function.receiver is None or function.body is None:
        return False
    own = ir.Local(function.receiver)
    return any(
        isinstance(op, ir.Assign)
        and isinstance(op.target, ir.Field)
        and ir.strip(op.target.base) == own
        and isinstance(op.value, ir.Local)
        and op.value.variable in function.params
        and qualified_name_of(op.value.type) in (models.REQUEST, models.RESPONSE_WRITER)
        for op in ir.walk(function.body)
    )


def _parameter_types(function: ir.Function) -> list[Type]:
    """The types of the first few parameters, without pointers."""
    return [one.type.element if isinstance(one.type, Pointer) else one.type for one in function.params[:4]]


def _handler_literals(functions: Iterable[ir.Function], contexts: Contexts) -> Iterator[tuple[ir.Function, Context]]:
    """Function literals that serve requests, by what they take, with what is the same for all requests.

    That is what they capture from functions which are not themselves called once per request.
    """
    for declared in functions:
        if declared.is_test or not declared.closures or _takes_requests(declared):
            continue
        if any(context.thread.many or context.thread.kind == HANDLER for context in contexts.get(declared, ())):
            continue
        pending = list(declared.closures)
        while pending:
            literal = pending.pop()
            title = _takes_requests(literal)
            if not title:
                pending.extend(literal.closures)
            elif literal not in contexts:
                title = f"{literal.name}, {title}"
                thread = Thread(HANDLER, (literal.path, literal.at[0]), many=True, title=title, in_sight=True)
                yield literal, Context(thread, common=frozenset(captured_variables(literal)))


def loops_forever(function: ir.Function) -> bool:
    """Whether a function is the main loop of its object: it waits for what comes through channels, over and over."""
    return any(
        (
            isinstance(loop, ir.Loop)
            and loop.condition is None
            and any(isinstance(op, (ir.Select, ir.Receive)) for op in ir.walk(loop.body))
        )
        or (isinstance(loop, ir.Range) and _ticks(loop.subject))
        for loop in (function.body.ops if function.body is not None else ())
    )


def _ticks(channel: ir.Value) -> bool:
    """Whether a channel is that of a ticker, which nobody ever closes."""
    return (
        isinstance(channel, ir.Field) and channel.name == "C" and qualified_name_of(channel.base.type) == "time.Ticker"
    )


def _is_main_loop(function: ir.Function) -> bool:
    """Whether an exported method never comes back by itself: those who call others at all do so beside it."""
    return function.exported and function.receiver is not None and loops_forever(function) and not function.is_test


def _main_loop(function: ir.Function) -> Thread:
    """The goroutine on which somebody outside runs a main loop."""
    return started(Spawn(function, function.at, f"that runs {function.name}", assumed=True), Thread(INIT), function)


def _waiting(program: Program) -> dict[str, set[str]]:
    """For the keys of what tells that a goroutine has ended, the types whose methods wait for it."""
    found: dict[str, set[str]] = {}
    for facts in program.facts.values():
        if facts.function.receiver_type and facts.joins is not NOTHING:
            own = {one: ir.Local(one, type=one.type) for one in facts.joins.variables}
            for key in keys_of(facts.joins.means(own)):
                found.setdefault(key, set()).add(facts.function.receiver_type)
    return found


def _stops_first(call: CallFact, program: Program, waiting: Mapping[str, set[str]]) -> bool:
    """Whether a goroutine belongs to the life of an object: Start starts it, and another method waits for its end.

    Who starts it again has stopped it before.
    """
    assert call.spawn is not None
    starter = ir.outermost(call.caller)
    if not starter.receiver_type or not starter.short_name.startswith(("Start", "start", "Run", "run", "Open", "open")):
        return False
    told = program.facts[call.caller].ended.get(call.spawn.identity, _NONE)
    return any(starter.receiver_type in waiting.get(key, ()) for key in told)


def _enter(
    call: CallFact,
    context: Context,
    origin: CallFact | None,
    program: Program,
    waiting: Mapping[str, set[str]],
    awaited: frozenset[tuple[str, int]],
) -> Context:
    """The context in which a callee runs when its caller, entered by `origin`, runs in `context`."""
    everywhere, starts = call.starts
    through = _through(call, context)
    if call.spawn is not None:
        thread = started(call.spawn, context.thread, call.callee)
        alone = thread.many or call.spawn.single or call.spawn.identity in awaited
        if context.again and not (alone or _stops_first(call, program, waiting)):
            thread = replace(thread, many=True, in_sight=context.thread.kind in (MAIN, TEST))
        common = call.common
        if not call.spawn.many:  # many only as its parent is, or is called: common is what is common to those
            # What the parent has just made and put somewhere is another object each time.
            known = everywhere.union([v for v, start in starts if start in context.common]) - call.distinct
            known |= {v for v, one in through.items() if one.common}
            common = frozen(known)
            if call.callee.parent is not None:
                common = union(common, context.common)
        # Whoever ran beside the parent when this starts runs beside the child.
        exposed = frozen(call.exposed.union(everywhere, [v for v, start in starts if start in context.exposed]))
        exposed = union(exposed, frozen(v for v, one in through.items() if one.exposed))
        if call.callee.parent is not None:
            exposed = union(exposed, context.exposed)
        starter, entry = program.facts[call.caller], program.facts.get(call.callee)
        around = {one for one in (*call.around, *context.held) if one.key not in call.dropped}
        # What was done once is done for good, also for those who are started later.
        done = frozen(Held(one.key, one.mode) for one in around if one.mode == ONCE_DONE)
        # A goroutine that releases what its starter holds has been given the lock.
        given = frozen(one for one in around if entry is not None and one.key in entry.releases)
        shield = _NONE
        if call.spawn.identity in starter.awaited:
            lost = starter.outlive.get(call.spawn.identity, frozenset())
            shield = context.shield | {
                one.key for one in around - given if one.mode == EXCLUSIVE and one.key not in lost
            }
        return Context(
            thread,
            frozen(_translate(one, call) for one in given) | done,
            call.fresh,
            common=common,
            exposed=exposed,
            live=union(call.live, context.live),
            shield=shield,
            waited=call.waited,
            items=frozen(replace(one, given=True) for one in _items(call, context)),
            turn=union(call.turn, context.turn),
            known=call.decides(context.known),
            objects=call.objects | _objects(call, context),
            leading=_leading(call, context),
        )
    keys = {one.key for one in call.held}
    held = [one for one in context.held if one.key not in call.dropped and one.key not in keys]
    keys.update(one.key for one in held)
    merged = [*call.held, *held]
    for one in context.holds(call.perhaps, origin):
        if one.key not in keys:
            merged.append(one)
        elif one.mode == EXCLUSIVE:  # held in any case, and in this one exclusively
            merged = [replace(h, mode=EXCLUSIVE) if h.key == one.key and h.mode == SHARED else h for h in merged]
    owned = set(call.fresh)
    if context.owned:
        owned.update(v for v, owner in call.conditional_owner.items() if owner in context.owned)
    common = everywhere.union([v for v, start in starts if start in context.common])
    if through:
        owned -= {v for v, one in through.items() if not one.owned}
        common |= {v for v, one in through.items() if one.common}
    if context.thread.spawn is not None:
        common = frozen([v for v in common if not picks_its_own(call.arguments[v], context)])
    if call.distinct and not (context.thread.spawn is not None and context.thread.spawn.many):
        common -= call.distinct
    if call.loops:  # what one goroutine gets through a channel, no other one does
        common -= {v for v, loop in call.loops if loop.over == "channel"}
    exposed = frozen(call.exposed.union(everywhere, [v for v, start in starts if start in context.exposed]))
    made = frozen(call.made.union([v for v, start in starts if start in context.made]))
    if through:
        exposed = union(exposed, frozen(v for v, one in through.items() if one.exposed))
        made -= {v for v, one in through.items() if not one.made}
    if call.callee.parent is not None:
        owned |= context.owned
        common = union(common, context.common)
        exposed = union(exposed, context.exposed)
        made = union(made, context.made)
    translated = frozen(_translate(one, call) for one in merged)
    return Context(
        context.thread,
        translated,
        frozen(owned),
        common,
        exposed,
        made,
        union(context.live, call.live),
        context.set_up or starts_with_it(call.callee),
        context.again or call.in_loop,
        context.agreed,
        context.assumed,
        context.shield,
        union(context.waited, call.waited),
        _items(call, context),
        union(call.turn, context.turn),
        call.decides(context.known),
        context.home,
        _objects(call, context),
        _leading(call, context),
    )


def leaves_by(path: ir.Value, context: Context) -> Leading | None:
    """The field by which a path leads out of an object that a caller has made."""
    if not context.leading:
        return None
    parts = prefixes(path)
    start, first = parts[-1], parts[-2] if len(parts) > 1 else None
    if not isinstance(start, ir.Local) or not isinstance(first, ir.Field):
        return None
    found = (one for one in context.leading if one.variable is start.variable and one.field == first.name)
    return next(found, None)


def _through(call: CallFact, context: Context) -> dict[ir.Variable, Leading]:
    """The parameters of a callee that get what lies outside of objects that callers made."""
    if not context.leading:
        return {}
    found = ((variable, leaves_by(argument, context)) for variable, argument in call.arguments.items())
    return {variable: one for variable, one in found if one is not None}


def _leading(call: CallFact, context: Context) -> frozenset[Leading]:
    """What leads out of the objects that a callee gets: those which the caller has made, and those that it got itself."""
    if not call.parts and not context.leading:
        return frozen()
    found = set(context.leading) if call.callee.parent is not None else set[Leading]()
    for part in call.parts:
        by, start = leaves_by(part.path, context), ir.root(part.path)
        variable = start.variable if isinstance(start, ir.Local) else None
        common = isinstance(start, ir.Global) or variable in context.common or (by is not None and by.common)
        if call.spawn is not None and call.spawn.many:
            common = not part.varies
        exposed = part.exposed or variable in context.exposed or (by is not None and by.exposed)
        made = part.made or (variable in context.made if by is None else by.made)
        owned = part.owned or (by is not None and by.owned)
        own = call.spawn is None
        found.add(Leading(part.holder, part.field, common, exposed, own and made, own and owned))
    for variable, argument in call.arguments.items():
        value = ir.strip(argument)
        if isinstance(value, ir.Local):
            found.update(replace(one, variable=variable) for one in context.leading if one.variable is value.variable)
    return frozen(found)


def _objects(call: CallFact, context: Context) -> frozenset[tuple[ir.Variable, ir.Variable]]:
    """The objects of a goroutine which a callee gets as they are."""
    if not context.objects:
        return frozen()
    known = dict(context.objects)
    given = ((variable, ir.strip(argument)) for variable, argument in call.arguments.items())
    found = frozen(
        (variable, known[value.variable])
        for variable, value in given
        if isinstance(value, ir.Local) and value.variable in known
    )
    return found | context.objects if call.callee.parent is not None else found


def starts_inside(spawn: Spawn | None, literal: ir.Function, loop: ir.Range) -> bool:
    """Whether a loop around a function literal starts the goroutine that runs it."""
    if spawn is None or spawn.function.path != literal.path:
        return False
    return all(loop.at[0] <= inner[0] and inner[1] <= loop.at[1] for inner in (spawn.at, literal.at))


def _items(call: CallFact, context: Context) -> frozenset[ItemOf]:
    """The parameters of a callee (and what a literal captures) that hold the item of an iteration of a loop."""
    if not context.items and not call.loops:
        return frozen()
    found = set(context.items) if call.callee.parent is not None else set[ItemOf]()
    for variable, loop in call.loops:
        given = starts_inside(context.thread.spawn, call.caller, loop)
        found.add(ItemOf(variable, (call.caller.path, loop.at[0]), given))
    for variable, start in call.starts[1]:
        found.update(replace(one, variable=variable) for one in context.items if one.variable is start)
    return frozen(found)


def started(spawn: Spawn, parent: Thread, entry: ir.Function | None = None) -> Thread:
    """The thread that a spawn starts when `parent` comes by."""
    again = parent.kind == EXTERNAL and not runs_once(ir.outermost(spawn.function)) and not spawn.single
    return Thread(
        SPAWNED,
        spawn.identity,
        spawn.many or (parent.many and not spawn.single),
        f"the goroutine {spawn.title}",
        spawn,
        parent,
        again or (parent.maybe_many and not spawn.single),
        entry,
        in_sight=spawn.many or (parent.in_sight and not spawn.single),
    )


def inside(thread: Thread, function: ir.Function) -> Thread:
    """The thread as seen by one call of `function`: only goroutines that it (or its literals) start are others."""
    spawn = thread.spawn
    if spawn is None or not _within(spawn.function, function):
        return Thread(MAIN, ("the call", 0), title=f"{function.name} itself")
    parent = inside(thread.parent, function) if thread.parent is not None else None
    many = spawn.many or (parent is not None and parent.many)
    in_sight = spawn.many or (parent is not None and parent.in_sight)
    return Thread(SPAWNED, thread.identity, many, thread.title, spawn, parent, in_sight=in_sight)


def _within(inner: ir.Function, outer: ir.Function) -> bool:
    while inner is not outer:
        if inner.parent is None:
            return False
        inner = inner.parent
    return True


def picks_its_own(value: ir.Value, context: Context) -> bool:
    """Whether a path leads through an element that each goroutine of a loop picks by a variable of its own."""
    spawn = context.thread.spawn
    if spawn is None or not spawn.many:
        return False
    for part in prefixes(value):
        key = ir.strip(part.key) if is_picked(part) else None
        # A struct as a key is another one if anything in it is.
        keys = [ir.strip(one) for one in key.operands] if isinstance(key, ir.Opaque) and key.text == "…" else [key]
        for one in keys:
            if isinstance(one, ir.Local) and one.variable not in context.common:
                variable = one.variable
                if _within(spawn.function, variable.function) or variable.function is context.thread.entry:
                    return True
            if one is not None and any(_is_around(loop, spawn) for loop in loops_of(one)):
                return True
    return False


def _is_around(loop: ir.Range, spawn: Spawn) -> bool:
    """Whether a goroutine is started in a round of a loop."""
    body = spawn.function.body
    return loop.at[0] <= spawn.at[0] < loop.at[1] and body is not None and any(op is loop for op in ir.walk(body))


def _translate(held: Held, call: CallFact) -> Held:
    """A lock held by the caller, in the callee's terms; known by its key alone where the callee has no path to it."""
    if held.path is None:
        return held
    for variable, argument in call.arguments.items():
        path = rebase(held.path, ir.strip(argument), ir.Local(variable, type=variable.type))
        if path is not None:
            return Held(held.key, held.mode, path)
    if call.callee.parent is not None or isinstance(ir.root(held.path), ir.Global):
        return held
    return Held(held.key, held.mode)


Facts = Mapping[ir.Function, FunctionFacts]
