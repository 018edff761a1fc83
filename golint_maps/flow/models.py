"""What library functions do with the functions that they are given: data, no logic.

`THREADS` are calls that run an argument (or what it is a method of) on other goroutines: how many of them may run at a
time, and what to call them in a report. Everything else that takes a function is taken to call it at once, on the
caller's goroutine, with the caller's locks held: that is true of nearly all of the standard library (`sort.Slice`,
`strings.Map`, `sync.Once.Do`, `sync.Map.Range`, `filepath.WalkDir`) and silent where it is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from golint_maps.record import record

# Subtests which call t.Parallel wait until the test that started them has returned.
PARALLEL_TEST = "of a parallel subtest"

ONE = "one"
MANY = "many"


@record(frozen=True, slots=True)
class Spawner:
    """A function that runs its argument number `argument` (-1: the last one; -2: all of them) on another goroutine."""

    argument: int
    multiplicity: str
    title: str
    # The receiver's `Wait` joins what was started (`sync.WaitGroup.Go`, `errgroup.Group.Go`).
    joined_by_wait: bool = False
    # It is over when the call returns.
    awaited: bool = False
    # What it is given, nobody else can reach any more.
    alone: bool = False
    # All that is given to functions like this runs on one thread, in turn.
    one_thread: bool = False
    # The argument is kept, and called on a goroutine whenever there is a reason; `runner` names that goroutine, where others
    # are run by the same. Of an object, these methods are called.
    kept: bool = False
    runner: str = ""
    methods: tuple[str, ...] = ()


REQUEST_TITLE = "which runs once per request"
SCRAPE = "which runs once per scrape"
CALL = "which runs once per call of the service"
_HANDLER = Spawner(-1, MANY, REQUEST_TITLE)

# By qualified name: `pkg.Func` or `pkg.Type.Method`.
THREADS: Mapping[str, Spawner] = {
    "net/http.HandleFunc": _HANDLER,
    "net/http.Handle": _HANDLER,
    "net/http.ServeMux.HandleFunc": _HANDLER,
    "net/http.ServeMux.Handle": _HANDLER,
    "net/http.ListenAndServe": _HANDLER,
    "net/http.Serve": _HANDLER,
    "net/http/httptest.NewServer": Spawner(0, MANY, REQUEST_TITLE),
    "net/http/httptest.NewUnstartedServer": Spawner(0, MANY, REQUEST_TITLE),
    "time.AfterFunc": Spawner(1, ONE, "which the timer runs on its own goroutine"),
    "context.AfterFunc": Spawner(1, ONE, "which starts when the context ends"),
    "sync.WaitGroup.Go": Spawner(0, ONE, "started by WaitGroup.Go", joined_by_wait=True),
    "golang.org/x/sync/errgroup.Group.Go": Spawner(0, ONE, "started by errgroup.Go", joined_by_wait=True),
    "golang.org/x/sync/errgroup.Group.TryGo": Spawner(0, ONE, "started by errgroup.TryGo", joined_by_wait=True),
    "runtime.SetFinalizer": Spawner(1, ONE, "which the runtime runs as a finalizer", alone=True),
    "runtime.AddCleanup": Spawner(1, ONE, "which the runtime runs as a cleanup"),
    "testing.B.RunParallel": Spawner(0, MANY, "which RunParallel runs on many goroutines", joined_by_wait=False),
    "expvar.Publish": Spawner(1, MANY, "which runs when variables are served"),
    "os/signal.NotifyContext": Spawner(-1, ONE, ""),
    "github.com/sourcegraph/conc.WaitGroup.Go": Spawner(0, ONE, "started by conc", joined_by_wait=True),
    "github.com/sourcegraph/conc/pool.Pool.Go": Spawner(0, ONE, "started by a pool", joined_by_wait=True),
    "github.com/sourcegraph/conc/pool.ErrorPool.Go": Spawner(0, ONE, "started by a pool", joined_by_wait=True),
    "github.com/sourcegraph/conc/pool.ContextPool.Go": Spawner(0, ONE, "started by a pool", joined_by_wait=True),
    "github.com/sourcegraph/conc/iter.ForEach": Spawner(1, MANY, "which runs on many goroutines", awaited=True),
    "github.com/panjf2000/ants/v2.Submit": Spawner(0, ONE, "submitted to a pool"),
    "github.com/panjf2000/ants/v2.Pool.Submit": Spawner(0, ONE, "submitted to a pool"),
    "k8s.io/apimachinery/pkg/util/wait.Group.Start": Spawner(0, ONE, "started by wait.Group", joined_by_wait=True),
    "k8s.io/client-go/util/workqueue.ParallelizeUntil": Spawner(-1, MANY, "which runs on many workers", awaited=True),
    "github.com/robfig/cron.Cron.AddFunc": Spawner(1, ONE, "which cron runs on its own goroutine"),
    "github.com/robfig/cron/v3.Cron.AddFunc": Spawner(1, ONE, "which cron runs on its own goroutine"),
    "github.com/nats-io/nats.go.Conn.Subscribe": Spawner(1, ONE, "which runs for each message"),
    "github.com/nats-io/nats.go.Conn.QueueSubscribe": Spawner(2, ONE, "which runs for each message"),
    "github.com/eclipse/paho.mqtt.golang.Client.Subscribe": Spawner(2, MANY, "which runs for each message"),
    **{
        f"{router}.{method}": _HANDLER
        for router in (
            "github.com/gin-gonic/gin.Engine",
            "github.com/gin-gonic/gin.RouterGroup",
            "github.com/labstack/echo/v4.Echo",
            "github.com/labstack/echo/v4.Group",
            "github.com/gofiber/fiber/v2.App",
            "github.com/gofiber/fiber/v3.App",
            "github.com/go-chi/chi/v5.Mux",
            "github.com/go-chi/chi/v5.Router",
            "github.com/go-chi/chi.Router",
            "github.com/julienschmidt/httprouter.Router",
            "github.com/gorilla/mux.Router",
        )
        for method in [
            "GET",
            "Get",
            "POST",
            "Post",
            "PUT",
            "Put",
            "DELETE",
            "Delete",
            "PATCH",
            "Patch",
            "HEAD",
            "Head",
            "OPTIONS",
            "Options",
            "Any",
            "All",
            "Handle",
            "HandleFunc",
            "HandlerFunc",
            "Method",
            "MethodFunc",
            "Use",
        ]
    },
}


def _by_method() -> dict[str, dict[str, Spawner]]:
    found: dict[str, dict[str, Spawner]] = {}
    for name, spawner in THREADS.items():
        owner, _, method = name.rpartition(".")
        package, _, type_ = owner.rpartition(".")
        if "/" not in type_ and package:
            found.setdefault(method, {})[package] = spawner
    return found


# The methods among them by name and package, for where the type of an object is not known, but the package that made it.
METHODS: Mapping[str, Mapping[str, Spawner]] = _by_method()

# Packages whose every function that is given a method or closure under one of these names serves requests with it: what
# remains true when the receiver's type can't be resolved because its module is not here.
ROUTER_METHODS = frozenset(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "HandleFunc"])

# Functions that run what they are given as coroutines, one at a time.
COROUTINES = ("go.temporal.io/sdk/workflow.", "go.uber.org/cadence/workflow.")

# Names of functions of libraries that put what they are given into the queue of one goroutine, which runs it later.
LATER = frozenset(("Act", "Dispatch", "Post", "QueueUpdate", "QueueUpdateDraw", "IdleAdd", "RunOnMain", "InvokeLater"))
_OF_HEAP = ("Len", "Less", "Swap")
# Functions that call methods of the object that they are given first, at once.
CALLS_METHODS: Mapping[str, tuple[str, ...]] = {
    "container/heap.Push": ("Push", *_OF_HEAP),
    "container/heap.Pop": ("Pop", *_OF_HEAP),
    "container/heap.Remove": ("Pop", *_OF_HEAP),
    "container/heap.Fix": _OF_HEAP,
    "container/heap.Init": _OF_HEAP,
    "sort.Sort": _OF_HEAP,
    "sort.Stable": _OF_HEAP,
}
# Functions that have an actor run what they are given, and wait for it.
BY_ACTORS = frozenset(("github.com/Arceliar/phony.Block",))

# Functions whose name tells that one thread, which alone may touch windows, runs what they are given: wherever declared.
ON_ONE_THREAD = re.compile(r"(?:[Oo]n|[Ii]n|[Tt]o)(?:The)?(?:Main|UI|Gui|GUI|Render)Thread$")
MAIN_THREAD = Spawner(-1, ONE, "which runs on the main thread", one_thread=True)

# Methods that frameworks call from many goroutines at once, by name and number of parameters.
CONCURRENT_METHODS: Mapping[tuple[str, int], str] = {
    ("ServeHTTP", 2): REQUEST_TITLE,
    ("RoundTrip", 1): "which http.Client calls from many goroutines",
    ("ServeDNS", 2): "which runs once per query",
    ("ConsumeClaim", 2): "which runs once per partition",
}
# First parameter types which mark a handler: a function with such a parameter runs once per request.
RESPONSE_WRITER = "net/http.ResponseWriter"
REQUEST = "net/http.Request"
HANDLER_PARAMETERS: Mapping[str, str] = {
    RESPONSE_WRITER: REQUEST_TITLE,
    "github.com/gin-gonic/gin.Context": REQUEST_TITLE,
    "github.com/labstack/echo/v4.Context": REQUEST_TITLE,
    "github.com/gofiber/fiber/v2.Ctx": REQUEST_TITLE,
    "github.com/gofiber/fiber/v3.Ctx": REQUEST_TITLE,
    "github.com/valyala/fasthttp.RequestCtx": REQUEST_TITLE,
    "github.com/gogf/gf/v2/net/ghttp.Request": REQUEST_TITLE,
    "github.com/miekg/dns.ResponseWriter": "which runs once per query",
}
# Parameter types which mark an interceptor, wherever they stand.
INTERCEPTOR_PARAMETERS: Mapping[str, str] = {
    "google.golang.org/grpc.UnaryServerInfo": CALL,
    "google.golang.org/grpc.StreamServerInfo": CALL,
    "google.golang.org/grpc.UnaryInvoker": "which runs once per call",
}


def spawners_of(configured: Mapping[str, object]) -> dict[str, Spawner]:
    """The `[spawners]` table of a configuration, as the analysis wants it.

    `"example.com/pool.Pool.Submit" = { argument = 0, many = true, joined-by-wait = false, title = "run by the pool" }`;
    each part may be left out. Raises ValueError for what has another form.
    """
    found: dict[str, Spawner] = {}
    for name, given in configured.items():
        parts = given if isinstance(given, dict) else {}
        argument, many = parts.get("argument", 0), parts.get("many", False)
        joined, title = parts.get("joined-by-wait", False), parts.get("title", f"started by {name.rpartition('/')[2]}")
        unknown = set(parts) - {"argument", "many", "joined-by-wait", "title"}
        if not isinstance(given, dict) or unknown or not isinstance(argument, int) or not isinstance(title, str):
            raise ValueError(f"[spawners] {name}: expected {{ argument, many, joined-by-wait, title }}")
        found[name] = Spawner(argument, MANY if many else ONE, title, bool(joined))
    return found
