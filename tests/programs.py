"""Small Go programs with a map, a lock and goroutines, made up at random: some race, some do not.

A `Program` is a description: where the map lives, what its lock is, what is done to the map under which guard, and how
that is run. `render` turns it into Go that compiles. Nothing here knows whether a program races; the race detector does.

`draw` takes any `random.Random`, so that a seed or hypothesis' `randoms()` can decide.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

# What is done to the map `M` with the key `k`; `n` is the result.
WRITES = {
    "set": "M[k] = len(k)",
    "increment": "M[k]++",
    "delete": "delete(M, k)",
    "clear": "clear(M)",
    "get or make": "if _, ok := M[k]; !ok {\n\tM[k] = 1\n}",
    "copy in": "maps.Copy(M, map[string]int{k: 1})",
    "through alias": "c := M\nc[k] = 2",
    "by helper": "store(M, k)",
}
READS = {
    "get": "n = M[k]",
    "ask": "if _, ok := M[k]; ok {\n\tn++\n}",
    "measure": "n = len(M)",
    "range": "for _, v := range M {\n\tn += v\n}",
    "keys": "for key := range maps.Keys(M) {\n\tn += len(key)\n}",
    "print": "n = len(fmt.Sprint(M))",
    "read by helper": "n = load(M, k)",
}
# A new map in place of the old one, where the place can be assigned to.
REPLACE = {"replace": "M = map[string]int{k: 1}"}
OPS = WRITES | READS | REPLACE

# Guards that hold the lock for the whole operation, however it is spelled.
SOUND = ("plain", "deferred", "early return", "helpers", "callback", "callee", "try in loop", "try checked", "waits")
# Guards that leave the operation, or a part of it, without the lock; `shared` is sound for reads.
FAULTY = ("none", "after", "before", "wrong lock", "own lock", "sometimes", "try ignored", "left behind", "copied lock")

HOMES = (
    "field", "field", "package", "local", "parameter", "inner", "outer lock", "generic", "nested", "interface",
    "named type", "snapshot", "private",
)  # fmt: skip
LOCKS = ("mutex", "mutex", "rwmutex", "rwmutex", "pointer", "embedded", "channel", "locker", "wrapper", "elsewhere")
STARTS = (
    "go", "go", "wait group", "loop", "channel", "group", "timer", "pool", "consumer", "handler", "once", "serial",
    "owner", "results", "context", "semaphore 1", "semaphore 2", "parallel", "each", "direct", "named",
)  # fmt: skip


@dataclass(frozen=True)
class Action:
    """One function of the program: `op` is a key of OPS, `guard` one of SOUND, FAULTY or `shared`."""

    op: str
    guard: str


@dataclass(frozen=True)
class Phase:
    """A piece of `main`: runs `tasks` (indexes of actions) in the way `start`, and `beside` them others itself.

    If it is not `joined`, `main` waits at its very end only.
    """

    start: str
    tasks: tuple[int, ...]
    beside: tuple[int, ...] = ()
    joined: bool = True


@dataclass(frozen=True)
class Program:
    """A program: `home` is where the map lives, `lock` what guards it (if anything does)."""

    home: str
    lock: str
    actions: tuple[Action, ...]
    phases: tuple[Phase, ...]
    exported: bool = False

    @property
    def shape(self) -> str:
        """The program in one line, for reports about it."""
        actions = ", ".join(f"{action.op}/{action.guard}" for action in self.actions)
        phases = "; ".join(
            f"{phase.start}{list(phase.tasks)}"
            + (f" beside {list(phase.beside)}" if phase.beside else "")
            + ("" if phase.joined else " not joined")
            for phase in self.phases
        )
        return f"{self.home} | {self.lock} | {actions} | {phases}"

    def without_dead_code(self) -> Program:
        """The same program without the functions that `main` never calls."""
        called = sorted({task for phase in self.phases for task in (*phase.tasks, *phase.beside)})
        new = {old: number for number, old in enumerate(called)}
        phases = (
            replace(
                phase,
                tasks=tuple(new[task] for task in phase.tasks),
                beside=tuple(new[task] for task in phase.beside),
            )
            for phase in self.phases
        )
        return replace(self, actions=tuple(self.actions[old] for old in called), phases=tuple(phases))

    def with_all_locks(self) -> Program:
        """The same program where each function holds the lock from its first line to its end."""
        return replace(self, actions=tuple(replace(action, guard="deferred") for action in self.actions))

    def with_lock(self, number: int) -> Program:
        """The same program where one function holds the lock from its first line to its end."""
        return self._guarded(number, "deferred")

    def without_lock(self, number: int) -> Program:
        """The same program where one function takes no lock."""
        return self._guarded(number, "none")

    def _guarded(self, number: int, guard: str) -> Program:
        actions = list(self.actions)
        actions[number] = replace(actions[number], guard=guard)
        return replace(self, actions=tuple(actions))


def draw(random: random.Random) -> Program:
    """A program; about half of those that are drawn with evenly spread seeds race."""
    home = random.choice(HOMES)
    lock = random.choice(LOCKS)
    ops = list(WRITES) * 2 + list(READS) * 2 + ([] if home == "parameter" else list(REPLACE))
    careful = random.choice((0, 0, 1, 1, 2))  # 0: anything goes, 1: one function forgets, 2: all take the lock
    actions = []
    count = random.randint(2, 4)
    forgetful = random.randint(0, count - 1)
    for number in range(count):
        op = random.choice(ops)
        sound = SOUND + (("shared",) * 3 if op in READS else ())
        guards = SOUND + FAULTY + ("none", "shared") if careful == 0 else sound
        if careful == 1 and number == forgetful:
            guards = FAULTY + ("none",) * 4 + (("shared",) if op not in READS else ())
        actions.append(Action(op, random.choice(guards)))
    if random.randint(0, 7) == 0:  # no lock at all: only order can save it
        actions = [replace(action, guard="none") for action in actions]
    phases = []
    for _ in range(random.choice((1, 1, 2))):
        tasks = tuple(random.randint(0, count - 1) for _ in range(random.choice((1, 2, 2, 3))))
        beside = tuple(random.randint(0, count - 1) for _ in range(random.choice((0, 0, 0, 1))))
        phases.append(Phase(random.choice(STARTS), tasks, beside, random.randint(0, 4) > 0))
    program = Program(home, lock, tuple(actions), tuple(phases), random.randint(0, 2) == 0)
    return program if random.randint(0, 5) == 0 else program.without_dead_code()


def restless(text: str) -> str:
    """The same program with pauses of random length around locks and in each function, and no line moved.

    Without them, short critical sections of a few goroutines seldom meet.
    """
    text = re.sub(r"^(\t+)(n := 0)$", r"\1\2; pause()", text, flags=re.MULTILINE)
    text = re.sub(r"^(\t+)(return n)$", r"\1pause(); \2", text, flags=re.MULTILINE)
    text = re.sub(r"^(\t+)([\w.]+\.(?:Unlock|Lock)\(\))$", r"\1pause(); \2; pause()", text, flags=re.MULTILINE)
    return re.sub(r"^(package \w+)$", r'\1; import . "judged/pausing"', text, count=1, flags=re.MULTILINE).replace(
        "pause()", "Pause()"
    )


# --- Go -----------------------------------------------------------------------------------------------------------

_WORDS = ("put", "get", "drop", "scan")
_PACKAGES = {
    "atomic": "sync/atomic",
    "context": "context",
    "fmt": "fmt",
    "http": "net/http",
    "httptest": "net/http/httptest",
    "maps": "maps",
    "runtime": "runtime",
    "sync": "sync",
    "time": "time",
}
_LOCK_TYPES = {
    "mutex": "sync.Mutex",
    "rwmutex": "sync.RWMutex",
    "pointer": "*sync.Mutex",
    "embedded": "sync.Mutex",
    "channel": "chan struct{}",
    "locker": "sync.Locker",
    "wrapper": "guard",
    "elsewhere": "sync.Mutex",
}
_LOCK_VALUES = {
    "pointer": "&sync.Mutex{}",
    "channel": "make(chan struct{}, 1)",
    "locker": "&sync.Mutex{}",
}
_WRAPPER = """type guard struct{ mu sync.Mutex }

func (g *guard) Lock()   { g.mu.Lock() }
func (g *guard) Unlock() { g.mu.Unlock() }"""
_STORE = """func store(m map[string]int, k string) {
\tm[k] = 3
}"""
_LOAD = """func load(m map[string]int, k string) int {
\treturn m[k]
}"""
_KEY = """func key(i int) string {
\treturn string(rune('a' + i%3))
}"""
_GROUP = """type group struct {
\twg   sync.WaitGroup
\tonce sync.Once
\terr  error
}

func (g *group) Go(f func() error) {
\tg.wg.Add(1)
\tgo func() {
\t\tdefer g.wg.Done()
\t\tif err := f(); err != nil {
\t\t\tg.once.Do(func() { g.err = err })
\t\t}
\t}()
}

func (g *group) Wait() error {
\tg.wg.Wait()
\treturn g.err
}"""
_PARALLEL = """func parallel(n int, f func(i int)) {
\tvar wg sync.WaitGroup
\tfor i := 0; i < n; i++ {
\t\twg.Add(1)
\t\tgo func() {
\t\t\tdefer wg.Done()
\t\t\tf(i)
\t\t}()
\t}
\twg.Wait()
}"""
_EACH = """func each(n int, f func(i int)) {
\tfor i := 0; i < n; i++ {
\t\tf(i)
\t}
}"""


def render(program: Program, *, package: str = "main", entry: str = "main") -> str:
    """The program as one Go file, as gofmt would write it but for some blank lines and alignment."""
    return assemble(declarations(program, entry=entry), package=package)


def assemble(parts: list[str], *, package: str = "main") -> str:
    """A Go file of some top-level declarations, with the imports that they need."""
    body = "\n\n".join(parts)
    used = sorted(path for name, path in _PACKAGES.items() if re.search(rf"(?<![\w.\"/]){name}\.[A-Z]", body))
    imports = "import (\n" + "".join(f'\t"{path}"\n' for path in used) + ")\n\n" if used else ""
    return f"package {package}\n\n{imports}{body}\n"


def declarations(program: Program, *, entry: str = "main") -> list[str]:
    """The top-level declarations of the program, types and helpers first, `entry` last."""
    return list(_Writer(program).declarations(entry))


class _Writer:
    """Renders one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        home, lock = program.home, program.lock
        if lock == "embedded" and home not in ("field", "named type", "nested", "private", "interface"):
            lock = "mutex"
        if lock == "elsewhere" and home in ("package", "local", "parameter"):
            lock = "mutex"
        self.home, self.lock = home, lock
        words = _WORDS[: len(program.actions)]
        self.names = [word.capitalize() if program.exported and home != "local" else word for word in words]
        self.free = home in ("package", "local", "parameter")  # no receiver
        self.type = "Store" if program.exported else "table"
        self.map_type = {"nested": "map[string]map[string]int", "named type": "counts"}.get(home, "map[string]int")
        if home == "generic":
            self.map_type = "map[string]V"
        if home == "snapshot":
            self.map_type = "atomic.Pointer[map[string]int]"
        prefix = {"inner": "s.in.", "outer lock": "s.in."}.get(home, "" if self.free else "s.")
        self.map = {"nested": 's.m["x"]', "snapshot": "(*s.m.Load())"}.get(home, f"{prefix}m")
        guard_prefix = {"inner": "s.in."}.get(home, "" if self.free else "s.")
        self.mutex = f"{guard_prefix}mu"
        if lock == "embedded":
            self.mutex = "s"
        if lock == "elsewhere":
            self.mutex = "guardian"
        self.other = f"{guard_prefix}other"

    # -- pieces of statements --

    def take(self, lock: str | None = None) -> str:
        lock = lock or self.mutex
        return f"{lock} <- struct{{}}{{}}" if self.lock == "channel" and lock == self.mutex else f"{lock}.Lock()"

    def give(self, lock: str | None = None) -> str:
        lock = lock or self.mutex
        return f"<-{lock}" if self.lock == "channel" and lock == self.mutex else f"{lock}.Unlock()"

    def deferred(self) -> str:
        return f"defer func() {{ {self.give()} }}()" if self.lock == "channel" else f"defer {self.give()}"

    def operation(self, op: str) -> list[str]:
        if self.home == "snapshot" and op == "replace":
            return ["c := maps.Clone(*s.m.Load())", "c[k] = 1", "s.m.Store(&c)"]
        text = OPS[op]
        if self.home == "generic":
            text = {
                "set": "M[k] = V(len(k))",
                "copy in": "maps.Copy(M, map[string]V{k: 1})",
                "get": "n = int(M[k])",
                "range": "for _, v := range M {\n\tn += int(v)\n}",
                "by helper": "M[k] = 3",
                "read by helper": "n = int(M[k])",
                "replace": "M = map[string]V{k: 1}",
            }.get(op, text)
        if self.home == "named type":
            text = {"increment": "M.increment(k)", "get": "n = M.get(k)", "replace": "M = counts{k: 1}"}.get(op, text)
        return re.sub(r"\bM\b", self.map, text).splitlines()

    def body(self, number: int) -> list[str]:
        """The statements of an action, between `n := 0` and `return n`."""
        action = self.program.actions[number]
        guard, name = action.guard, self.names[number]
        op = self.operation(action.op)
        can_try = self.lock in ("mutex", "rwmutex", "pointer", "embedded", "elsewhere")
        if guard.startswith("try") and not can_try:
            guard = {"try ignored": "none"}.get(guard, "plain")
        if guard == "shared" and self.lock != "rwmutex":
            guard = "plain"
        if guard == "copied lock" and self.lock not in ("mutex", "rwmutex"):
            guard = "none"
        take, give = self.take(), self.give()
        match guard:
            case "none":
                return op
            case "plain":
                return [take, *op, give]
            case "deferred":
                return [take, self.deferred(), *op]
            case "early return":
                return [take, 'if k == "" {', f"\t{give}", "\treturn n", "}", *op, give]
            case "helpers":
                return [self.call("lock", key=None), *op, self.call("unlock", key=None)]
            case "callback":
                return [self.call("with", key=None, extra="func() {"), *_indent(op), "})"]
            case "callee":
                return [take, f"n = {self.call(name + 'Locked')}", give]
            case "try in loop":
                return [f"for !{self.mutex}.TryLock() {{", "\truntime.Gosched()", "}", self.deferred(), *op]
            case "try checked":
                return [f"if {self.mutex}.TryLock() {{", *_indent(op), f"\t{give}", "}"]
            case "waits":
                inner = ["go func() {", *_indent(op), "\tclose(done)", "}()"]
                return [take, "done := make(chan struct{})", *inner, "<-done", give]
            case "shared":
                return [f"{self.mutex}.RLock()", f"defer {self.mutex}.RUnlock()", *op]
            case "after":
                return [take, "n++", give, *op]
            case "before":
                return [*op, take, "n++", give]
            case "wrong lock":
                return [self.take(self.other), *op, self.give(self.other)]
            case "own lock":
                return ["var own sync.Mutex", "own.Lock()", *op, "own.Unlock()"]
            case "sometimes":
                return ['if k == "a" {', f"\t{take}", f"\t{self.deferred()}", "}", *op]
            case "try ignored":
                return [f"if {self.mutex}.TryLock() {{", f"\tdefer {give}", "}", *op]
            case "left behind":
                inner = ["go func() {", *_indent(op), "\tclose(done)", "}()"]
                return [take, "done := make(chan struct{})", *inner, give, "<-done"]
            case "copied lock":
                pointed = "*" if self.home == "parameter" else ""
                return [f"own := {pointed}{self.mutex}", "own.Lock()", *op, "own.Unlock()"]
        raise ValueError(guard)

    def call(self, name: str, key: str | None = "k", extra: str | None = None) -> str:
        """A call of a function of the program, from inside of another or of main; `extra` leaves it open."""
        given = [] if key is None else [key]
        if extra is not None:
            given.append(extra)
        if self.home == "parameter":
            given = ["m", "mu", "other", *given]
        target = name if self.free else f"s.{name}"
        return f"{target}({', '.join(given)}" + ("" if extra is not None else ")")

    # -- declarations --

    def function(self, name: str, parameters: str, result: str, body: list[str]) -> str:
        """A function, method or closure of the program."""
        lines = "\n".join(_indent(body))
        result = f" {result}" if result else ""
        if self.home == "local":
            return f"{name} := func({parameters}){result} {{\n{lines}\n}}"
        if self.home == "parameter":
            shared = f"m map[string]int, mu {self.parameter_lock()}, other *sync.Mutex"
            return f"func {name}({shared}{', ' if parameters else ''}{parameters}){result} {{\n{lines}\n}}"
        if self.home == "package":
            return f"func {name}({parameters}){result} {{\n{lines}\n}}"
        receiver = f"{self.type}[V]" if self.home == "generic" else self.type
        return f"func (s *{receiver}) {name}({parameters}){result} {{\n{lines}\n}}"

    def parameter_lock(self) -> str:
        kind = _LOCK_TYPES[self.lock]
        return kind if self.lock in ("pointer", "channel", "locker") else f"*{kind}"

    def functions(self) -> Iterator[str]:
        guards = {action.guard for action in self.program.actions}
        if "helpers" in guards:
            yield self.function("lock", "", "", [self.take()])
            yield self.function("unlock", "", "", [self.give()])
        if "callback" in guards:
            yield self.function("with", "f func()", "", [self.take(), self.deferred(), "f()"])
        for number, action in enumerate(self.program.actions):
            name = self.names[number]
            if action.guard == "callee":
                body = ["n := 0", *self.operation(action.op), "return n"]
                yield self.function(f"{name}Locked", "k string", "int", body)
            yield self.function(name, "k string", "int", ["n := 0", *self.body(number), "return n"])

    def types(self) -> Iterator[str]:
        if self.lock == "wrapper":
            yield _WRAPPER
        if self.lock == "elsewhere":
            yield "var guardian sync.Mutex"
        if self.home == "named type":
            yield "type counts map[string]int"
            yield "func (c counts) increment(k string) {\n\tc[k]++\n}"
            yield "func (c counts) get(k string) int {\n\treturn c[k]\n}"
        kind = _LOCK_TYPES[self.lock]
        guard = {"embedded": kind, "elsewhere": ""}.get(self.lock, f"mu {kind}")
        value = _LOCK_VALUES.get(self.lock)
        if self.home == "package":
            yield f"var mu {kind} = {value}" if value else f"var mu {kind}"
            yield "var other sync.Mutex"
            yield "var m = map[string]int{}"
            return
        if self.free:
            return
        fields = [guard] * bool(guard) + ["other sync.Mutex", f"m {self.map_type}"]
        fresh = "map[string]V{}" if self.home == "generic" else f"{self.map_type}{{}}"
        if self.home == "nested":
            fresh = 'map[string]map[string]int{"x": {}}'
        make = [f"mu: {value}"] * bool(value) + ([] if self.home == "snapshot" else [f"m: {fresh}"])
        made = ", ".join(make)
        if self.home in ("inner", "outer lock"):
            inside = fields if self.home == "inner" else [f"m {self.map_type}"]
            outside = ["in inner"] if self.home == "inner" else [*fields[:-1], "in inner"]
            yield _struct("inner", inside)
            yield _struct(self.type, outside)
            own = make if self.home == "inner" else make[-1:]  # what is set inside
            made = ", ".join([*make[: len(make) - len(own)], f"in: inner{{{', '.join(own)}}}"])
        else:
            yield _struct(self.type + ("[V int | int64]" if self.home == "generic" else ""), fields)
        if self.home == "generic":
            yield f"func fresh[V int | int64]() *{self.type}[V] {{\n\treturn &{self.type}[V]{{{made}}}\n}}"
        elif self.home == "snapshot":
            body = f"s := &{self.type}{{{made}}}\n\ts.m.Store(&map[string]int{{}})\n\treturn s"
            yield f"func fresh() *{self.type} {{\n\t{body}\n}}"
        else:
            yield f"func fresh() *{self.type} {{\n\treturn &{self.type}{{{made}}}\n}}"
        if self.home == "interface":
            methods = [f"{name}(k string) int" for name in self.names]
            yield "type api interface {\n" + "\n".join(_indent(methods)) + "\n}"

    def declarations(self, entry: str) -> Iterator[str]:
        yield from self.types()
        functions = list(self.functions())
        if self.home != "local":
            yield from functions
        main = list(self.main(functions if self.home == "local" else []))
        text = "\n".join([*functions, *main])
        for name, helper in (("store", _STORE), ("load", _LOAD), ("group", _GROUP), ("parallel", _PARALLEL)):
            if re.search(rf"(?<![.\w]){name}\b[({{\n]|var \w+ {name}\b", text):
                yield helper
        if re.search(r"(?<![.\w])each\(", text):
            yield _EACH
        yield _KEY
        yield from self.workers()
        yield f"func {entry}() {{\n" + "\n".join(_indent(main)) + "\n}"

    # -- main --

    def object(self) -> list[str]:
        """The statements that make what the functions work on."""
        if self.home == "local":
            kind, value = _LOCK_TYPES[self.lock], _LOCK_VALUES.get(self.lock)
            guard = f"var mu {kind} = {value}" if value else f"var mu {kind}"
            return ["m := map[string]int{}", guard, "var other sync.Mutex", "_, _, _ = m, &mu, &other"]
        if self.home == "parameter":
            value = _LOCK_VALUES.get(self.lock) or f"&{_LOCK_TYPES[self.lock]}{{}}"
            guard = f"var mu {self.parameter_lock()} = {value}" if self.lock == "locker" else f"mu := {value}"
            return ["m := map[string]int{}", guard, "other := &sync.Mutex{}"]
        if self.home == "package":
            return []
        if self.home == "interface":
            return ["var s api = fresh()"]
        return ["s := fresh[int]()" if self.home == "generic" else "s := fresh()"]

    def main(self, closures: list[str]) -> Iterator[str]:
        own = self.home == "private"  # each task makes its own object
        if not own:
            yield from self.object()
        for closure in closures:
            yield from closure.splitlines()
        if closures:
            yield "_ = []any{" + ", ".join(re.findall(r"^(\w+) := func", "\n".join(closures), re.MULTILINE)) + "}"
        self.waits: list[str] = []
        lines = [line for number, phase in enumerate(self.program.phases) for line in self.phase(phase, str(number))]
        lines += self.waits
        text = "\n".join(lines)
        for number in range(len(self.program.phases)):
            if f"wg{number}." in text or f"&wg{number}" in text:
                yield f"var wg{number} sync.WaitGroup"
        yield from lines

    def loop(self, action: int) -> list[str]:
        """What a task does: its action again and again, giving way to others in between."""
        made = self.object() if self.home == "private" else []
        body = [self.call(self.names[action], "key(i)"), "runtime.Gosched()"]
        return [*made, "for i := 0; i < 12; i++ {", *_indent(body), "}"]

    def once(self, action: int, key: str) -> list[str]:
        made = self.object() if self.home == "private" else []
        return [*made, self.call(self.names[action], key)]

    def workers(self) -> Iterator[str]:
        """Functions at the top level for tasks that are started by name."""
        if self.free or self.home == "private":
            return
        for number, phase in enumerate(self.program.phases):
            if phase.start != "named":
                continue
            kind = {"generic": f"*{self.type}[int]", "interface": "api"}.get(self.home, f"*{self.type}")
            for index, task in enumerate(phase.tasks):
                body = "\n".join(_indent(["defer wg.Done()", *self.loop(task)]))
                yield f"func worker{number}{index}(s {kind}, wg *sync.WaitGroup) {{\n{body}\n}}"

    def phase(self, phase: Phase, number: str) -> Iterator[str]:
        wg, start = f"wg{number}", phase.start
        if start == "named" and (self.free or self.home == "private"):
            start = "go"
        wait = [f"{wg}.Wait()"]
        match start:
            case "go" | "serial" | "named":
                for index, task in enumerate(phase.tasks):
                    yield f"{wg}.Add(1)"
                    if start == "named":
                        yield f"go worker{number}{index}(s, &{wg})"
                    else:
                        yield from ["go func() {", f"\tdefer {wg}.Done()", *_indent(self.loop(task)), "}()"]
                    if start == "serial":
                        yield f"{wg}.Wait()"
            case "wait group":
                for task in phase.tasks:
                    yield from [f"{wg}.Go(func() {{", *_indent(self.loop(task)), "})"]
            case "loop":
                for task in phase.tasks:
                    inner = [f"{wg}.Add(1)", "go func() {", f"\tdefer {wg}.Done()", *_indent(self.loop(task)), "}()"]
                    yield from ["for w := 0; w < 3; w++ {", *_indent(inner), "}"]
            case "channel":
                yield f"done{number} := make(chan struct{{}}, {len(phase.tasks)})"
                for task in phase.tasks:
                    yield from ["go func() {", *_indent(self.loop(task)), f"\tdone{number} <- struct{{}}{{}}", "}()"]
                wait = [f"<-done{number}" for _ in phase.tasks]
            case "group":
                yield f"var group{number} group"
                for task in phase.tasks:
                    yield from [f"group{number}.Go(func() error {{", *_indent(self.loop(task)), "\treturn nil", "})"]
                wait = [f"if group{number}.Wait() != nil {{", "\treturn", "}"]
            case "timer":
                for task in phase.tasks:
                    yield f"{wg}.Add(1)"
                    body = [f"defer {wg}.Done()", *self.loop(task)]
                    yield from ["time.AfterFunc(time.Microsecond, func() {", *_indent(body), "})"]
            case "context":
                for index, task in enumerate(phase.tasks):
                    ctx, cancel = f"ctx{number}{index}", f"cancel{number}{index}"
                    yield f"{ctx}, {cancel} := context.WithCancel(context.Background())"
                    yield f"{wg}.Add(1)"
                    body = [f"defer {wg}.Done()", *self.loop(task)]
                    yield from [f"context.AfterFunc({ctx}, func() {{", *_indent(body), "})", f"{cancel}()"]
            case "pool" | "consumer":
                for index, task in enumerate(phase.tasks):
                    jobs = f"jobs{number}{index}"
                    yield f"{jobs} := make(chan string)"
                    body = [f"for k := range {jobs} {{", *_indent(self.once(task, "k")), "}"]
                    worker = [f"{wg}.Add(1)", "go func() {", f"\tdefer {wg}.Done()", *_indent(body), "}()"]
                    if start == "pool":
                        yield from ["for w := 0; w < 3; w++ {", *_indent(worker), "}"]
                    else:
                        yield from worker
                    yield from ["for i := 0; i < 12; i++ {", f"\t{jobs} <- key(i)", "}", f"close({jobs})"]
            case "handler":
                mux = f"mux{number}"
                yield f"{mux} := http.NewServeMux()"
                for index, task in enumerate(phase.tasks):
                    body = self.once(task, 'r.URL.Query().Get("k")')
                    head = f'{mux}.HandleFunc("/{index}", func(w http.ResponseWriter, r *http.Request) {{'
                    yield from [head, *_indent(body), "})"]
                for index, _ in enumerate(phase.tasks):
                    url = f'"/{index}?k="+key(i)'
                    serve = f'{mux}.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", {url}, nil))'
                    inner = [f"{wg}.Go(func() {{", "\tfor i := 0; i < 4; i++ {", f"\t\t{serve}", "\t}", "})"]
                    yield from ["for w := 0; w < 2; w++ {", *_indent(inner), "}"]
            case "once":
                yield f"var once{number} sync.Once"
                body = [f"once{number}.Do(func() {{", *_indent(self.once(phase.tasks[0], '"a"')), "})"]
                for task in phase.tasks[1:]:
                    body += ["{", *_indent(self.loop(task)), "}"] if self.home == "private" else self.loop(task)
                inner = [f"{wg}.Go(func() {{", *_indent(body), "})"]
                yield from ["for w := 0; w < 3; w++ {", *_indent(inner), "}"]
            case "owner":
                yield f"calls{number} := make(chan func())"
                yield f"ended{number} := make(chan struct{{}})"
                body = [f"for f := range calls{number} {{", "\tf()", "}", f"close(ended{number})"]
                yield from ["go func() {", *_indent(body), "}()"]
                for task in phase.tasks:
                    send = [f"calls{number} <- func() {{", *_indent(self.once(task, "key(i)")), "}"]
                    inner = ["for i := 0; i < 6; i++ {", *_indent(send), "}"]
                    yield from [f"{wg}.Go(func() {{", *_indent(inner), "})"]
                wait = [f"{wg}.Wait()", f"close(calls{number})", f"<-ended{number}"]
            case "results":
                for index, task in enumerate(phase.tasks):
                    results = f"results{number}{index}"
                    yield f"{results} := make(chan string)"
                    yield from ["for w := 0; w < 4; w++ {", f"\tgo func() {{ {results} <- key(w) }}()", "}"]
                    receive = self.once(task, f"<-{results}")
                    yield from ["for w := 0; w < 4; w++ {", *_indent(receive), "}"]
                wait = []
            case "semaphore 1" | "semaphore 2":
                sem = f"sem{number}"
                yield f"{sem} := make(chan struct{{}}, {start[-1]})"
                for task in phase.tasks:
                    body = [f"{sem} <- struct{{}}{{}}", *self.once(task, "key(i)"), f"<-{sem}"]
                    loop = ["for i := 0; i < 12; i++ {", *_indent(body), "\truntime.Gosched()", "}"]
                    inner = [f"{wg}.Go(func() {{", *_indent(loop), "})"]
                    yield from ["for w := 0; w < 2; w++ {", *_indent(inner), "}"]
            case "parallel" | "each":
                for task in phase.tasks:
                    yield from [f"{start}(4, func(i int) {{", *_indent(self.once(task, "key(i)")), "})"]
                wait = []
            case "direct":
                for task in phase.tasks:
                    yield from ["{", *_indent(self.loop(task)), "}"] if self.home == "private" else self.loop(task)
                wait = []
        for action in phase.beside:
            yield from ["{", *_indent(self.loop(action)), "}"] if self.home == "private" else self.loop(action)
        if phase.joined:
            yield from wait
        else:
            self.waits += wait


def _struct(name: str, fields: list[str]) -> str:
    return f"type {name} struct {{\n" + "\n".join(_indent(fields)) + "\n}"


def _indent(lines: list[str]) -> list[str]:
    return [f"\t{line}" if line else line for line in lines]
