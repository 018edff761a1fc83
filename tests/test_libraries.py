"""Races of packages that others use, where no goroutine is in sight: each bad package with a good twin."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.finding import Confidence
from golint_maps.project.config import Settings

HEAD = 'package lib\n\nimport "sync"\n\n'

EMITTER = """type Emitter struct {
	mu     sync.Mutex
	counts map[string]int
	rest   map[string]int
}

func New() *Emitter { return &Emitter{counts: map[string]int{}, rest: map[string]int{}} }

func (e *Emitter) Count(k string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.counts[k]
}

func (e *Emitter) Rest(k string) int { return e.rest[k] }

"""
BESIDE = """func (e *Emitter) Add(k string, v int) {
	e.mu.Lock()
	e.counts[k]++
	e.mu.Unlock()
	e.rest[k] = v
}
"""
# Who fills the map beside takes no lock at all: perhaps only one goroutine does.
APART = """func (e *Emitter) Add(k string) {
	e.mu.Lock()
	e.counts[k]++
	e.mu.Unlock()
}

func (e *Emitter) Keep(k string, v int) { e.rest[k] = v }
"""

DRIVER = """type Driver struct {
	mu      sync.Mutex
	configs map[int]string
}

func New() *Driver { return &Driver{configs: map[int]string{}} }

func (d *Driver) Register(id int, s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.configs[id] = s
}

func (d *Driver) Forget(id int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.configs, id)
}

"""
# What is opened by a number is one of several; what is opened as a whole is opened once.
OPENED_BY_NUMBER = "func (d *Driver) Open(id int) string { return d.configs[id] }\n"
OPENED_ONCE = "func (d *Driver) Open() string { return d.configs[0] }\n"

# Libraries that are not here: a weighted semaphore with one place is a lock, with two it is none.
RECORDER = """package lib

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"
)

type Recorder struct {
	sem   *semaphore.Weighted
	spans map[string]int
}

func New() *Recorder {
	r := &Recorder{sem: semaphore.NewWeighted(PLACES), spans: map[string]int{}}
	go func() {
		for range time.Tick(time.Second) {
			r.forget()
		}
	}()
	return r
}

func (r *Recorder) forget() {
	if err := r.sem.Acquire(context.Background(), 1); err != nil {
		return
	}
	defer r.sem.Release(1)
	clear(r.spans)
}

func (r *Recorder) Add(name string) {
	if err := r.sem.Acquire(context.Background(), 1); err != nil {
		return
	}
	defer r.sem.Release(1)
	r.spans[name]++
}
"""
# Coroutines of a workflow run one at a time, which goroutines of a group do not.
GROUP = """package lib

import "PACKAGE"

func Run(ctx GROUP.Context, names []string) map[string]int {
	seen := map[string]int{}
	for _, name := range names {
		GROUP.Go(ctx, func(ctx GROUP.Context) { seen[name]++ })
	}
	return seen
}
"""

# Records that go through channels are their receiver's own; one that two goroutines were given is not.
STAGES = """package lib

type Record struct{ Labels map[string]string }

type drop struct{ key string }

func (d *drop) Run(in chan Record) chan Record {
	out := make(chan Record)
	go func() {
		for r := range in {
			if !d.drops(r) {
				out <- r
			}
		}
	}()
	return out
}

func (d *drop) drops(r Record) bool { return r.Labels[d.key] != "" }

type pack struct{ key string }

func (p *pack) Run(in chan Record) chan Record {
	out := make(chan Record)
	go func() {
		for r := range in {
			out <- p.pack(r)
		}
	}()
	return out
}

func (p *pack) pack(r Record) Record {
	r.Labels[p.key] = "packed"
	return r
}
"""
SHARED_RECORD = """package lib

type Record struct{ Labels map[string]string }

func StartPacking(r *Record, keys chan string) *Record {
	go func() {
		for key := range keys {
			r.has(key)
		}
	}()
	go func() {
		for key := range keys {
			r.pack(key)
		}
	}()
	return r
}

func (r *Record) has(key string) bool { return r.Labels[key] != "" }

func (r *Record) pack(key string) { r.Labels[key] = "packed" }
"""
BOTH = """	go func() {
		for key := range keys {
			r.pack"""
TWO_METHODS = """	return r
}

func Pack(r *Record, keys chan string) *Record {
	go func() {
		for key := range keys {
			r.pack"""
# A handler that each request makes for itself, or that all requests share.
ZIPPER = """package lib

import "net/http"

type zipper struct{ paths map[string]bool }

func (z *zipper) ServeHTTP(w http.ResponseWriter, r *http.Request) { z.paths[r.URL.Path] = true }

type UI struct{ zipper *zipper }

func (u *UI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	zipper := MADE
	zipper.ServeHTTP(w, r)
}
"""
# A handler that shows data of a type with a method that writes, and one that has such a method itself.
HANDLER = """package lib

import (
	"fmt"
	"net/http"
)

type Histogram struct{ buckets map[int]int }

func New() *Histogram { return &Histogram{buckets: map[int]int{}} }

func (h *Histogram) Add(value int) { h.buckets[value]++ }

func (h *Histogram) sum() (total int) {
	for _, count := range h.buckets {
		total += count
	}
	return total
}

"""
DATA_BESIDE = """type Page struct{ shown *Histogram }

func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, p.shown.sum()) }
"""
DATA_OF_ITS_OWN = """func (h *Histogram) ServeHTTP(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, h.sum()) }
"""

# A type without a lock that only this package can name is for those who hold the lock of its owner, until the owner
# itself forgets to take it.
LEDGER = """type ledger struct{ peers map[string]int }

func (l *ledger) Add(name string) { l.peers[name]++ }

func (l *ledger) Drop(name string) { delete(l.peers, name) }

func (l *ledger) Size() int { return len(l.peers) }

type Engine struct {
	mu     sync.Mutex
	ledger *ledger
}

func New() *Engine { return &Engine{ledger: &ledger{peers: map[string]int{}}} }

func (e *Engine) Add(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ledger.Add(name)
}

func (e *Engine) Drop(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.ledger.Drop(name)
}
"""
FORGETS = """
func (e *Engine) Size() int { return e.ledger.Size() }
"""
# Who must not be called concurrently has the object alone, and so has what it calls.
INDEX = """type Index struct {
	mu    sync.Mutex
	blobs map[string]int
}

func (x *Index) sum() (total int) {
	for _, count := range x.blobs {
		total += count
	}
	return total
}

// Load reads the index again. COMMENT
func (x *Index) Load() int { return x.sum() }

func (x *Index) Add(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.blobs[name]++
}

func (x *Index) Get(name string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.blobs[name]
}
"""
# What waits in an endless loop is the one goroutine of its object, and the only writer here: it may look without a lock.
SERVICE = """package lib

import (
	"sync"
	"time"

	"example.org/services"
)

type Limits struct {
	mu      sync.Mutex
	tenants map[string]int
}

func New() any {
	l := &Limits{tenants: map[string]int{}}
	return services.New(l.starting, l.running)
}

func (l *Limits) starting() error { return l.reload() }

func (l *Limits) running() error {
	tick := time.NewTicker(time.Second)
	RUN
}

func (l *Limits) reload() error {
	for tenant := range l.tenants {
		l.set(tenant, 0)
	}
	return nil
}

func (l *Limits) set(tenant string, limit int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if limit == 0 {
		delete(l.tenants, tenant)
	}
}

func (l *Limits) Get(tenant string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.tenants[tenant]
}
"""
FOREVER = """for {
		select {
		case <-tick.C:
			_ = l.reload()
		}
	}"""
ONCE = """<-tick.C
	return l.reload()"""
# A finalizer has the object that it is given alone, but not what others can reach besides.
FINALIZER = """package lib

import (
	"runtime"
	"sync"
)

type Store struct {
	mu   sync.Mutex
	open map[string]int
}

type File struct {
	mu    sync.Mutex
	name  string
	pages map[string]int
}

func New() *Store { return &Store{open: map[string]int{}} }

func (s *Store) Open(name string) *File {
	f := &File{name: name, pages: map[string]int{}}
	s.mu.Lock()
	s.open[name]++
	s.mu.Unlock()
	runtime.SetFinalizer(f, func(f *File) { TOUCH })
	return f
}

func (s *Store) Count(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[name]
}

func (f *File) Write(page string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages[page]++
}

func (f *File) Written(page string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pages[page]
}
"""

# A loop that takes the locks of all shards holds all of them behind it, unless it gives each of them back.
SHARDS = """type shard struct {
	mu    sync.Mutex
	items map[string]int
}

type Store struct{ shards [4]*shard }

func New() *Store {
	s := &Store{}
	for i := range s.shards {
		s.shards[i] = &shard{items: map[string]int{}}
	}
	return s
}

func (s *Store) Add(key string) {
	one := s.shards[len(key)%4]
	one.mu.Lock()
	defer one.mu.Unlock()
	one.items[key]++
}

func (s *Store) Drop(key string) {
	one := s.shards[len(key)%4]
	one.mu.Lock()
	defer one.mu.Unlock()
	delete(one.items, key)
}

func (s *Store) Total() (total int) {
	for i := range s.shards {
		s.shards[i].mu.Lock()
		AND
	}
	for i := range s.shards {
		for _, n := range s.shards[i].items {
			total += n
		}
	}
	for i := range s.shards {
		s.shards[i].BACK
	}
	return total
}
"""
# What a function has made belongs to its caller when those who fill it have been waited for.
FETCHER = """package lib

import (
	"sync"

	"golang.org/x/sync/singleflight"
)

type Fetcher struct {
	calls singleflight.Group
	names []string
}

type response struct{ failed map[string]error }

func (f *Fetcher) Fetch() map[string]error {
	found, _, _ := f.calls.Do("", func() (any, error) { return f.load(), nil })
	return found.(response).failed
}

func (f *Fetcher) load() any {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		resp = response{failed: map[string]error{}}
	)
	for _, name := range f.names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			resp.failed[name] = f.fetch(name)
		}()
	}
	WAIT
	return resp
}

func (f *Fetcher) fetch(name string) error { return nil }
"""

# The lock is embedded, and its type that of a package which is not here.
POOL = """package lib

import "github.com/sasha-s/go-deadlock"

type pool struct {
	deadlock.RWMutex
	names map[string]int
}

type Owner struct{ pool *pool }

func New() *Owner { return &Owner{pool: &pool{names: map[string]int{}}} }

func (o *Owner) Add(name string) { o.pool.add(name) }

func (o *Owner) Get(name string) int { return o.pool.CALL }

func (o *Owner) Has(name string) bool { return o.pool.get(name) > 0 }

func (p *pool) add(name string) {
	p.Lock()
	defer p.Unlock()
	p.names[name]++
}

func (all *pool) get(name string) int {
	all.RLock()
	defer all.RUnlock()
	return all.names[name]
}
"""


# Several workers take keys from a queue; what an unknown function is given, it calls on the goroutine of its own.
WORKERS = """package lib

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
)

type Controller struct {
	queue chan string
	last  map[string]int
}

func worker(queue chan string, handle func(string)) func() {
	return func() {
		for key := range queue {
			handle(key)
		}
	}
}

func (c *Controller) sync(key string) { c.last[key]++ }

func (c *Controller) Run(ctx context.Context) {
	HEAD {
		go wait.Until(worker(c.queue, c.sync), time.Second, ctx.Done())
	}
}
"""

# What generated code calls, by the stream that it takes or by the object that is registered.
CHAT = """package lib

import pb "example.org/chat"

type server struct{ notes map[string]int }

func (s *server) METHOD(stream pb.Chat_RouteServer) error {
	note, err := stream.Recv()
	s.notes[note.Text]++
	return err
}
"""
GREETER = """package lib

import (
	"context"

	pb "example.org/greeter"
	"google.golang.org/grpc"
)

type greeter struct{ greeted map[string]int }

func (g *greeter) Greet(ctx context.Context, in *pb.Request) (*pb.Reply, error) {
	g.greeted[in.Name]++
	return &pb.Reply{}, nil
}

func Serve(s *grpc.Server) { pb.REGISTER(s, &greeter{greeted: map[string]int{}}) }
"""

# A lock of somebody else, under which a map is written, guards it only if most of those who read it hold it as well.
VECTORS = """type Object struct{ vectors map[string]int }

type Shard struct {
	mu   sync.Mutex
	last string
}

func (s *Shard) Drop(o *Object, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(o.vectors, name)
}

func (s *Shard) Put(o *Object, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.vectors[name]++
}

func (s *Shard) Has(o *Object, name string) bool {
	LOCK
	return o.vectors[name] > 0
}

func (s *Shard) Some(o *Object) bool {
	LOCK
	return len(o.vectors) > 0
}

func (s *Shard) Count(o *Object) int {
	LOCK
	return len(o.vectors)
}

func (s *Shard) All(o *Object) (total int) {
	LOCK
	for _, n := range o.vectors {
		total += n
	}
	return total
}

func (s *Shard) Any(o *Object) int { return o.vectors["any"] }
"""
HOLD = """s.mu.Lock()
	defer s.mu.Unlock()"""
# What an Initialize makes was not there before, whoever runs it.
ACCOUNTS = """type Accounts struct {
	mu    sync.Mutex
	names map[string]int
}

func (a *Accounts) NAME() { a.names = map[string]int{} }

func (a *Accounts) Add(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.names[name]++
}

func (a *Accounts) Get(name string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.names[name]
}

type Server struct{ accounts Accounts }

func (s *Server) Start() {
	go s.load()
	go func() {
		for s.accounts.Get("a") == 0 {
			s.accounts.Add("b")
		}
	}()
}

func (s *Server) load() { s.accounts.NAME() }
"""
# Who says that what comes out is not safe any more gives it away on purpose.
SAFE = """// Names are safe to use by many.
type Names struct {
	mu  sync.Mutex
	all map[string]int
}

func (n *Names) Add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all[name]++
}

func (n *Names) Get(name string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all[name]
}

// All returns the names. COMMENT
func (n *Names) All() map[string]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all
}
"""

# What goes into the queue of the one goroutine that draws runs there, and not where it is put in.
SCREEN = """package lib

import "example.org/screen"

type Front struct {
	app   *screen.App
	spans map[string]int
}

func Start(app *screen.App) *Front {
	f := &Front{app: app, spans: map[string]int{}}
	go func() { f.QUEUE(func() { f.spans["shell"]++ }) }()
	go func() { f.QUEUE(func() { f.spans["tests"]++ }) }()
	return f
}

func (f *Front) later(update func()) { f.app.QueueUpdate(update) }

func (f *Front) now(update func()) { update() }
"""


# An actor runs what it is given in turn.
ACTOR = """package lib

import "github.com/Arceliar/phony"

type Links struct {
	phony.Inbox
	known map[string]int
}

func Start() *Links {
	l := &Links{known: map[string]int{}}
	for range 4 {
		go func() {
			CALL
		}()
	}
	return l
}
"""


def group(path: str) -> str:
    return GROUP.replace("PACKAGE", path).replace("GROUP", path.rpartition("/")[2])


# The package itself asks for the numbers in one goroutine, that which counts.
QUEUE = """type Cache struct {
	tasks chan func()
	stats map[string]int
}

func New() *Cache {
	c := &Cache{make(chan func(), 10), map[string]int{}}
	go c.run()
	return c
}

func (c *Cache) run() {
	for range c.tasks {
		c.stats["tasks"]++
		println(len(c.Stats()))
	}
}

func (c *Cache) Stats() map[string]int {
	found := map[string]int{}
	for name, count := range c.stats {
		found[name] = count
	}
	return found
}

var lock sync.Mutex
"""
# What comes through a channel works with the object on its goroutine; which method it calls, nobody sees.
EVENTS = """type Event interface{ Handle(l Listener) }

type Listener interface{ Drop(id string) }

type listener struct {
	events   chan Event
	sessions map[string]int
}

func New() Listener {
	l := &listener{make(chan Event, 10), map[string]int{}}
	go l.run()
	return l
}

func (l *listener) run() {
	for {
		event := <-l.events
		l.sessions["all"]++
		event.Handle(LISTENER)
	}
}

func (l *listener) Drop(id string) { delete(l.sessions, id) }

var lock sync.Mutex
"""
# Who has asked for its turn, and got it, is alone with the object.
TURNS = """type Hub struct {
	turn     chan struct{}
	channels map[string]int
}

func New() *Hub {
	h := &Hub{make(chan struct{}), map[string]int{}}
	go h.run()
	return h
}

func (h *Hub) run() {
	for {
		<-h.turn
		h.turn <- struct{}{}
		<-h.turn
		h.channels["turns"]++
	}
}

func (h *Hub) Add(name string) {
	ASK
	h.channels[name]++
	h.turn <- struct{}{}
}

var lock sync.Mutex
"""
# A decoder that is kept somewhere gets an object which has just been made.
DECODER = """type Conf struct {
	mu     sync.Mutex
	ranges map[string]int
}

var decoders []func(value any) error

func register() { decoders = append(decoders, func(value any) error {
	value.(*Conf).ranges["a"] = 1
	return nil
}) }

func (c *Conf) Get(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ranges[name]
}

func (c *Conf) Set(name string, value int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ranges[name] = value
}
"""
# What makes something of a request, for tests, serves none.
MAKER = """package lib

import "net/http"

type Context struct{ w http.ResponseWriter }

var functions = map[string]int{}

func CreateContext(w http.ResponseWriter, r *http.Request) *Context {
	functions["time"] = 1
	return &Context{w}
}
"""

BAD = {
    "workers": WORKERS.replace("HEAD", "for range 4"),
    "stream": CHAT.replace("METHOD", "Route"),
    "registered": GREETER.replace("REGISTER", "RegisterGreeterServer"),
    "beside": EMITTER + BESIDE,
    "opened": DRIVER + OPENED_BY_NUMBER,
    "semaphore": RECORDER.replace("PLACES", "2"),
    "coroutines": group("example.org/tasks"),
    "records": SHARED_RECORD,
    "zipper": ZIPPER.replace("MADE", "u.zipper"),
    "handler": HANDLER + DATA_OF_ITS_OWN,
    "ledger": LEDGER + FORGETS,
    "comment": INDEX.replace("COMMENT", "It takes its time."),
    "service": SERVICE.replace("running", "answering").replace("RUN", ONCE),
    "finalizer": FINALIZER.replace("TOUCH", "delete(s.open, f.name)"),
    "embedded": POOL.replace("CALL", "names[name]"),
    "screen": SCREEN.replace("QUEUE", "now"),
    "actor": ACTOR.replace("CALL", 'l.known["a"]++'),
    "loop": SCREEN.replace("QUEUE", "later").replace("QueueUpdate", "Run"),
    "vectors": VECTORS.replace("LOCK", HOLD),
    "accounts": ACCOUNTS.replace("NAME", "Reload"),
    "safe": SAFE.replace("COMMENT", "There may be many of them."),
    "shards": SHARDS.replace("AND", "s.shards[i].mu.Unlock()").replace("BACK", 'items[""] = 0'),
    "fetcher": FETCHER.replace("WAIT", "_ = wg.Wait"),
    "offered": QUEUE.replace(
        "func New() *Cache", "type Teller interface{ Stats() map[string]int }\n\nfunc New() Teller"
    ),
    "events": EVENTS.replace("LISTENER", "nil"),
    "turns": TURNS.replace("ASK", "h.turn <- struct{}{}"),
    "before": INDEX.replace("COMMENT", "It reads what was there before."),
    "queue": QUEUE
    + "\nfunc (c *Cache) Print() {\n\tlock.Lock()\n\tdefer lock.Unlock()\n\tprintln(len(c.Stats()))\n}\n",
    "decoder": DECODER.replace(
        "func register() { decoders = append(decoders, func(value any) error {", "func Fill(value *Conf) error {"
    )
    .replace("value.(*Conf).ranges", "value.ranges")
    .replace("}) }", "}"),
    "context": MAKER.replace(
        "CreateContext(w http.ResponseWriter, r *http.Request) *Context",
        "Serve(w http.ResponseWriter, r *http.Request)",
    ).replace("return &Context{w}", "return"),
}
GOOD = {
    "workers": WORKERS.replace("HEAD", ""),
    "stream": CHAT.replace("METHOD", "serve"),
    "registered": GREETER.replace("REGISTER", "Describe"),
    "beside": EMITTER + APART,
    "opened": DRIVER + OPENED_ONCE,
    "semaphore": RECORDER.replace("PLACES", "1"),
    "coroutines": group("go.temporal.io/sdk/workflow"),
    "records": STAGES,
    "zipper": ZIPPER.replace("MADE", "&zipper{map[string]bool{}}"),
    "handler": HANDLER + DATA_BESIDE,
    "ledger": LEDGER,
    "comment": INDEX.replace("COMMENT", "It must not be called concurrently with other methods."),
    "service": SERVICE.replace("RUN", FOREVER),
    "finalizer": FINALIZER.replace("TOUCH", "clear(f.pages)"),
    "embedded": POOL.replace("CALL", "get(name)"),
    "screen": SCREEN.replace("QUEUE", "later"),
    "actor": ACTOR.replace(
        "CALL", 'phony.Block(l, func() { l.known["a"]++ })\n\t\t\tl.Act(nil, func() { l.known["b"]++ })'
    ),
    "loop": SCREEN.replace("QUEUE", "later").replace("QueueUpdate", "Run").replace("screen.App", "screen.Loop"),
    "vectors": VECTORS.replace("LOCK", "s.last = o.String()")
    + 'func (o *Object) String() string { return "object" }\n',
    "accounts": ACCOUNTS.replace("NAME", "Initialize"),
    "safe": SAFE.replace("COMMENT", "From then on, they are no longer thread-safe."),
    "two methods": SHARED_RECORD.replace(BOTH, TWO_METHODS),
    "shards": SHARDS.replace("AND", "").replace("BACK", "mu.Unlock()"),
    "fetcher": FETCHER.replace("WAIT", "wg.Wait()"),
    "events": EVENTS.replace("LISTENER", "l"),
    "turns": TURNS.replace("ASK", "h.turn <- struct{}{}\n\t<-h.turn"),
    "before": INDEX.replace("COMMENT", "It must be called before Start."),
    "queue": QUEUE,
    "decoder": DECODER,
    "context": MAKER,
}


def races(folder: Path, source: str) -> list[str]:
    (folder / "go.mod").write_text("module example.com/lib\n\ngo 1.24\n")
    (folder / "lib.go").write_text(source if source.startswith("package") else HEAD + source)
    found = [reported.finding for reported in check(["."], Settings(), cwd=folder).findings]
    return [one.message for one in found if one.rule.startswith("GM1") and one.confidence >= Confidence.MEDIUM]


@pytest.mark.parametrize("name", BAD)
def test_a_race_is_reported(tmp_path: Path, name: str) -> None:
    assert races(tmp_path, BAD[name])


@pytest.mark.parametrize("name", GOOD)
def test_its_twin_is_silent(tmp_path: Path, name: str) -> None:
    assert races(tmp_path, GOOD[name]) == []


@pytest.mark.parametrize(("tag", "reported"), [("slow", True), ("!slow", False)])
def test_of_two_declarations_the_one_of_an_ordinary_build_counts(tmp_path: Path, tag: str, reported: bool) -> None:
    (tmp_path / "a.go").write_text(f"//go:build {tag}\n\npackage lib\n\ntype table struct{{}}\n")
    (tmp_path / "b.go").write_text(f"//go:build !({tag})\n\npackage lib\n\ntype table map[string]int\n")
    source = 'package lib\n\nvar known = table{}\n\nfunc Run() {\n\tgo func() { known["a"]++ }()\n\tknown["b"]++\n}\n'
    assert bool(races(tmp_path, source)) == reported


OPERATOR = """package lib

import "example.com/lib/base"

type Operator struct {
	*base.Operator
	services map[string]int
}

func New(one *base.Operator) *Operator { return &Operator{one, map[string]int{}} }

func (o *Operator) Start(name string) {
	o.Lock()
	defer o.Unlock()
	o.services[name]++
}

func (op *Operator) Stop(name string) {
	op.Lock()
	defer op.Unlock()
	delete(op.services, name)
}

func (self *Operator) Running(name string) int {
	TAKE
	return self.services[name]
}
"""


@pytest.mark.parametrize(("take", "reported"), [("self.Lock(); defer self.Unlock()", False), ("", True)])
def test_a_lock_that_comes_from_far_is_one_for_all_methods(tmp_path: Path, take: str, reported: bool) -> None:
    (tmp_path / "base").mkdir()
    base = 'package base\n\nimport "example.org/elsewhere"\n\ntype Operator struct{ elsewhere.Locked }\n'
    (tmp_path / "base" / "base.go").write_text(base)
    (tmp_path / "go.mod").write_text("module example.com/lib\n\ngo 1.24\n")
    (tmp_path / "lib.go").write_text(OPERATOR.replace("TAKE", take))
    report = check(["."], Settings(min_confidence="low"), cwd=tmp_path)
    assert [one.finding.rule for one in report.findings] == (["GM104"] if reported else [])
