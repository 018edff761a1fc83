"""GM107 check-then-act."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Finding, Level, Location, Related
from golint_maps.flow import sections
from golint_maps.flow.package import PackageFlow
from golint_maps.flow.sections import find_check_then_act
from golint_maps.rule import Rule


class CheckThenActRule(Rule):
    """A map is changed on the strength of what was found in it in an earlier critical section: others may have come between.

    ## What it reports

    A lookup, scan or `len` of a map under its lock, then a change of the same entry under the same lock, which was
    released between, and nobody looks again. It is reported where that does harm:

    - **Lost update**: the value that is written is made from the value that was read (`n := c.Get(k)`, `c.Set(k,
      n+1)`).
    - **Made twice**: nothing is found, so an object is made and stored of which there should be one: a connection, an
      entry with a lock of its own, a goroutine's channel. Somebody who got the first one works with an orphan. This is a
      note: who makes an entry often is the only one that comes for its key.
    - **Claimed twice**: nothing is found, so the caller is let in; if something is found, he gets an error.
    - **Deleted too late**: the entry that was found is out of date by the clock, and deleted, though somebody may have
      renewed it by now.

    Methods that take the lock for themselves count as critical sections of their own: `Has` then `Set`.

    ## Why it hurts

    There is no data race, so neither the runtime nor the race detector ever reports it: each access is locked.
    Between the two sections another goroutine makes the same decision, and both act on it. Counts come out too low,
    one of two connections leaks, two owners of one name both believe in it.

    ## Bad

    ```go
    package main

    import "sync"

    type Conn struct{ done chan struct{} }

    type Pool struct {
        mu    sync.RWMutex
        conns map[string]*Conn
    }

    func dial(host string) *Conn { return &Conn{done: make(chan struct{})} }

    func (p *Pool) Get(host string) *Conn {
        p.mu.RLock()
        c, ok := p.conns[host]
        p.mu.RUnlock()
        if ok {
            return c
        }
        c = dial(host)
        p.mu.Lock()
        p.conns[host] = c // another Get may have stored one: it is lost, and stays open
        p.mu.Unlock()
        return c
    }

    func main() {
        p := &Pool{conns: map[string]*Conn{}}
        var wg sync.WaitGroup
        for i := 0; i < 2; i++ {
            wg.Add(1)
            go func() {
                defer wg.Done()
                p.Get("a")
            }()
        }
        wg.Wait()
    }
    ```

    ## Good

    ```go
    package main

    import "sync"

    type Conn struct{ done chan struct{} }

    type Pool struct {
        mu    sync.RWMutex
        conns map[string]*Conn
    }

    func dial(host string) *Conn { return &Conn{done: make(chan struct{})} }

    func (p *Pool) Get(host string) *Conn {
        p.mu.RLock()
        c, ok := p.conns[host]
        p.mu.RUnlock()
        if ok {
            return c
        }
        p.mu.Lock()
        defer p.mu.Unlock()
        if c, ok := p.conns[host]; ok { // look again
            return c
        }
        c = dial(host)
        p.conns[host] = c
        return c
    }

    func main() {
        p := &Pool{conns: map[string]*Conn{}}
        var wg sync.WaitGroup
        for i := 0; i < 2; i++ {
            wg.Add(1)
            go func() {
                defer wg.Done()
                p.Get("a")
            }()
        }
        wg.Wait()
    }
    ```

    ## When it stays silent

    - The later section looks at the map again, itself or through a helper.
    - The value does not depend on what was found and does no harm when it is written twice: a flag, a memoised
      result.
    - The first section leaves a note for others (it writes to a map or field before it releases the lock).
    - Another lock is held around both sections, or the function is only run by one goroutine (a loop that `Serve` or
      `Run` starts), under `singleflight` or `sync.Once`.
    - The entry is replaced where it was found, rather than made where it was not.
    - The key changes between, the two maps or locks differ, or the decision is an assertion that panics.

    ## How to fix

    Do both in one critical section, or look again after taking the lock for the change. Where making the value is
    slow, keep a `sync.Once` or a channel in the entry, or use `singleflight`, so that the lock is not held meanwhile.
    For counts, add a method that changes the value under the lock (`Add`), instead of `Get` and `Set`.

    ## Configure and suppress

    `//nolint:GM107 // why` beside the line, or `ignore = ["GM107"]` in `.golint-maps.toml`.

    ## References

    - [golang.org/x/sync/singleflight](https://pkg.go.dev/golang.org/x/sync/singleflight)
    - [CWE-367: Time-of-check Time-of-use Race Condition](https://cwe.mitre.org/data/definitions/367.html)
    """

    id = "GM107"
    name = "check-then-act"
    level = Level.WARNING

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each change of a map that was decided in an earlier critical section."""
        for one in find_check_then_act(package):
            related = [
                Related(Location(one.function.path, *one.look), f"the decision is made here, holding `{one.lock}`")
            ]
            if one.released is not None:
                related.append(
                    Related(
                        Location(one.function.path, *one.released),
                        f"`{one.lock}` is released here: others may come between",
                    )
                )
            yield self.finding(
                one.function,
                one.act,
                f"{one.map} is {_DONE[one.kind]} on the strength of a look at it in an earlier critical section: "
                f"{_HARM[one.kind]}",
                map_name=one.map,
                hint="look again after taking the lock for the change, or do both in one critical section",
                # Who puts another object there often is the only one to come for that key: 7 of 25 were right in real code.
                level=Level.NOTE if one.kind == sections.CREATE else None,
                confidence=one.confidence,
                related=related,
            )


_DONE = {
    sections.UPDATE: "updated",
    sections.CREATE: "written",
    sections.CLAIM: "written",
    sections.DELETE: "deleted from",
}
_HARM = {
    sections.UPDATE: "what another goroutine wrote between is lost",
    sections.CREATE: "two goroutines may both find nothing and put different objects there",
    sections.CLAIM: "two goroutines may both be let in, and the second overwrites the first",
    sections.DELETE: "what another goroutine put there between is removed",
}
