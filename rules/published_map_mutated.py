"""GM109 published-map-mutated."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import publication
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.publication import PublishedWrite
from golint_maps.flow.published import find_published_writes
from golint_maps.rule import Rule


class PublishedMapMutated(Rule):
    """A map is written in place after others have got to see it: a snapshot, a cached object, a shared default, something sent.

    ## What it reports

    A write, delete or clear of a map, or of a map in a struct, which

    - was loaded from an `atomic.Value` or `atomic.Pointer`, also through a getter;
    - was stored in one and is filled afterwards;
    - belongs to an object that a client-go lister or indexer, or a go-memdb transaction, returned without a copy;
    - is the result of what `sync.OnceValue` or `OnceValues` has made, which all callers share;
    - was sent on a channel before, alone or inside a struct;
    - was put back into a `sync.Pool` before. One that is *returned* although it goes back, also by `defer`, is
      reported, too: the next `Get` hands it to somebody else;
    - is a package variable's map (`m: defaults`, `if c.m == nil { c.m = defaults }`) reached through the field of an
      object;
    - is a map of a configuration (a type such as `Config` or `Options`, or one of a package `config`) that the function
      was given, and is written through the field of another object which it was put into (`node.Labels = opts.Labels`);
      also by another function, if the field has a map of its own as a rule (`r.header = make(http.Header)`) and a method
      puts in what its object has for all calls (`r.header = c.config.Headers`);
    - is an inner map of a `maps.Clone`, which copies the outer map only. A shallow clone that is *returned* is
      reported, too, when the inner maps of the original are written elsewhere;
    - comes out of a context: with low confidence, and medium where it is written by another goroutine, or in a function
      that returns another context.

    ## Why it hurts

    Whoever reads a published map takes no lock, for the point of publishing is that the map never changes. One write
    in place and the readers' lookups run into it: `fatal error: concurrent map read and map write`, which can't be
    recovered. A mutex around the writers does not help, because the readers don't take it. A default that is shared
    by alias is a bug even with a single goroutine: what one object sets, all others see.

    ## Bad

    ```go
    package main

    import "sync/atomic"

    type Router struct{ table atomic.Value } // holds map[string]string

    func (r *Router) Lookup(path string) string {
        return r.table.Load().(map[string]string)[path]
    }

    func (r *Router) Add(path, target string) {
        table := r.table.Load().(map[string]string)
        table[path] = target // Lookup may be reading it
        r.table.Store(table)
    }

    func main() {
        r := &Router{}
        r.table.Store(map[string]string{})
        r.Add("/", "home")
    }
    ```

    ## Good

    ```go
    package main

    import (
        "maps"
        "sync"
        "sync/atomic"
    )

    type Router struct {
        mu    sync.Mutex   // one writer at a time
        table atomic.Value // holds map[string]string, never changed once it is stored
    }

    func (r *Router) Lookup(path string) string {
        return r.table.Load().(map[string]string)[path]
    }

    func (r *Router) Add(path, target string) {
        r.mu.Lock()
        defer r.mu.Unlock()
        table := maps.Clone(r.table.Load().(map[string]string))
        table[path] = target
        r.table.Store(table)
    }

    func main() {
        r := &Router{}
        r.table.Store(map[string]string{})
        r.Add("/", "home")
    }
    ```

    ## When it stays silent

    - The map is copied first (`maps.Clone`, `DeepCopy`, a loop), or the variable gets a fresh map after it was sent
      or stored.
    - The atomic belongs to an object that this function is making: nobody can have loaded from it yet.
    - What was loaded is a pointer to a struct, and a lock is held where its map is written.
    - Something is received, or waited for, between the send and the write: the receiver may be done.
    - A configuration's map is written by its own name: who sets up a configuration means it.
    - The inner maps of a clone are replaced by clones of their own, or the original is a local variable.
    - A field that holds a default is replaced in the function that writes it (a copy on the first write), or the
      package writes the variable by its own name as well.

    ## How to fix

    Copy, change the copy, publish the copy; let a mutex see to it that there is one writer at a time, or retry with
    `CompareAndSwap` on an `atomic.Pointer`. Objects from an informer's cache: `obj = obj.DeepCopy()` before the first
    change. After a send, make a new map for the next batch. Return maps to a pool with `defer`, and give callers copies of
    them. Hand out defaults as `maps.Clone(defaults)`.

    ## Configure and suppress

    `//nolint:GM109 // why` beside the line, or `ignore = ["GM109"]` in `.golint-maps.toml`.

    ## References

    - [atomic.Value, example "ReadMostly"](https://pkg.go.dev/sync/atomic#example-Value-ReadMostly): copy on write.
    - [maps.Clone](https://pkg.go.dev/maps#Clone): "This is a shallow clone".
    - [client-go cache.Store](https://pkg.go.dev/k8s.io/client-go/tools/cache#Store)
    - [CWE-362: Race Condition](https://cwe.mitre.org/data/definitions/362.html)
    """

    id = "GM109"
    name = "published-map-mutated"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each write in place to a map that others can already see."""
        for one in find_published_writes(package):
            message, before, hint = _words(one)
            yield self.finding(
                one.function,
                one.at,
                message,
                map_name=one.map,
                hint=hint,
                confidence=one.confidence,
                related=[
                    Related(Location(one.mark.function.path, *one.mark.at), before),
                    *(Related(Location(one.function.path, *at), "also written here") for at in one.again),
                    *(Related(Location(user.path, *at), "used by others here") for user, at in one.users),
                ],
            )


_DONE = {"write": "written", "delete": "deleted from", "clear": "cleared"}


def _words(one: PublishedWrite) -> tuple[str, str, str]:
    """What is wrong, what happened at the place where the map was published, and what to do."""
    kind, through = one.mark.kind, one.mark.through
    done = f"{one.map} is {_DONE.get(one.kind, one.kind)} in place"
    copy = "copy it (maps.Clone), change the copy, and publish that"
    if kind == publication.LOADED:
        return (
            f"{done} although it was loaded from {through}, where others read it without a lock",
            f"loaded from {through} here",
            f"{copy} with {through}.Store",
        )
    if kind == publication.STORED:
        return (
            f"{done} after it was stored in {through}, where others read it without a lock",
            f"stored in {through} here",
            "fill it before it is stored, or store a copy",
        )
    if kind == publication.CACHED:
        return (
            f"{done} although the object belongs to the cache behind {through}, which all its readers share",
            f"{through} gives the cached object itself here",
            "change a deep copy: obj = obj.DeepCopy()",
        )
    if kind == publication.CONTEXT:
        return (
            f"{done} although it comes from a context, which everything below that request shares",
            f"taken from {through} here",
            "copy it, and pass the copy on with context.WithValue",
        )
    if kind == publication.ONCE:
        return (
            f"{done} although {through} is computed once: everyone who calls it gets the same map",
            f"{through} gives the one result here",
            "change a copy of it (maps.Clone)",
        )
    if kind == publication.CONFIG:
        return (
            f"{done} although it is {through}, which everyone who has that configuration shares",
            f"{through} itself is put in here",
            f"take a copy: maps.Clone({through})",
        )
    if kind == publication.SENT:
        return (
            f"{done} after it was sent on {through}: the receiver has the same map",
            f"sent on {through} here",
            "make a new map after each send, or send a copy (maps.Clone)",
        )
    if kind == publication.PUT and one.kind == "return":
        return (
            f"{one.map} is returned although it goes back into {through}: the next Get hands it to somebody else",
            f"put back into {through} here",
            "return a copy (maps.Clone), or leave it to the caller to put it back",
        )
    if kind == publication.PUT:
        return (
            f"{done} after it was put back into {through}: the next Get may hand it to another goroutine",
            f"put back into {through} here",
            "put it back when nothing uses it any more, with defer",
        )
    if one.kind == "return":
        return (
            f"a shallow clone of {through} is returned, with the inner maps of {through}, which are written in place",
            "maps.Clone copies the outer map only",
            "clone the inner maps as well",
        )
    if kind == publication.CLONED:
        return (
            f"{done} although {through} shares it: maps.Clone copies the outer map only",
            f"{through} is cloned here",
            "clone the inner maps as well",
        )
    return (
        f"{done} although it is the package's map {through}, which everyone who got it shares",
        f"{through} itself is handed out here",
        f"copy the default: maps.Clone({through})",
    )
