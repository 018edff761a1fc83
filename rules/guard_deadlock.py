"""GM111 guard-deadlock."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import deadlocks
from golint_maps.flow.deadlocks import Deadlock, find_deadlocks
from golint_maps.flow.package import PackageFlow
from golint_maps.rule import Rule


class GuardDeadlock(Rule):
    """The guard of a map is taken again by the goroutine that holds it, or is never released.

    ## What it reports

    - **Taken again.** A method that holds the lock calls, directly or through up to four calls, a method that takes
      it, of the same object. Also `Lock` after `Lock`, and `Lock` while the goroutine holds `RLock`.
    - **Held by the previous iteration.** `Lock` and `defer Unlock` in the body of a loop: the deferred call runs when
      the function returns, the next iteration waits for it. Also a `continue` before the `Unlock`.
    - **Deferred by mistake.** `defer s.lock()` where `defer s.lock()()` is meant, `defer mu.Lock()` where `Unlock` is
      meant.
    - **Still held.** A path returns with the lock held, though others of the same function release it, or nothing
      ever does.
    - As a *note*: `RLock` while the goroutine holds `RLock`. It works until a writer comes between.

    Only locks that guard a map are looked at. Locks are compared by the object that they belong to: holding `a.mu`
    while taking `b.mu` is fine.

    ## Why it hurts

    Go's mutexes don't know who holds them: a second `Lock` waits for an `Unlock` that only the waiting goroutine
    could make. A read lock can't be upgraded, for the writer waits until all readers are gone, itself included. The
    runtime reports `all goroutines are asleep - deadlock!` only when *every* goroutine sleeps; in a server, requests
    just pile up behind the map. The race detector does not see it, and a program built with `-race` hangs silently.

    A second `RLock` blocks as soon as another goroutine waits in `Lock`, because `sync.RWMutex` lets no new readers
    in before a waiting writer: the two wait for each other.

    ## Bad

    ```go
    package main

    import "sync"

    type Registry struct {
        mu    sync.Mutex
        names map[string]int
    }

    func (r *Registry) Len() int {
        r.mu.Lock()
        defer r.mu.Unlock()
        return len(r.names)
    }

    func (r *Registry) Add(name string) int {
        r.mu.Lock()
        defer r.mu.Unlock()
        r.names[name]++
        return r.Len() // waits for the lock that Add holds
    }

    func main() {
        r := &Registry{names: map[string]int{}}
        r.Add("a")
    }
    ```

    ## Good

    ```go
    package main

    import "sync"

    type Registry struct {
        mu    sync.Mutex
        names map[string]int
    }

    // lenLocked expects r.mu to be held.
    func (r *Registry) lenLocked() int { return len(r.names) }

    func (r *Registry) Len() int {
        r.mu.Lock()
        defer r.mu.Unlock()
        return r.lenLocked()
    }

    func (r *Registry) Add(name string) int {
        r.mu.Lock()
        defer r.mu.Unlock()
        r.names[name]++
        return r.lenLocked()
    }

    func main() {
        r := &Registry{names: map[string]int{}}
        r.Add("a")
    }
    ```

    ## When it stays silent

    - The lock is released before the call, or the callee releases it for its caller and takes it again.
    - The two locks belong to different objects, or to another one in each iteration (`for _, s := range shards`), or
      the variable that leads to the lock is assigned between (a list that is walked hand over hand).
    - The function returns, breaks or panics in the iteration that took the lock.
    - `TryLock`; a lock that is taken and released under the same condition; a callee that is told by a constant
      argument that the lock is held (`s.get(key, true)`).
    - Functions that are meant to return with the lock held: their name or comment says so (`lock`, `begin`,
      `acquire`, …), they return a function, or something else in the package releases a lock that it has not taken.
    - Callbacks that are stored or passed to code outside of the package, calls through interfaces, locks of other
      types than `sync.Mutex` and `sync.RWMutex`.

    ## How to fix

    Split the method: one that takes the lock and one, named `…Locked`, that expects it. In a loop, call `Unlock` at
    the end of the iteration or make the body a function of its own. Write `defer mu.Unlock()` on the line after
    `mu.Lock()`, so that no path can forget it. To upgrade, release the read lock, take the write lock, and look at
    the map again.

    ## Configure and suppress

    `//nolint:GM111 // why` beside the line, or `ignore = ["GM111"]` in `.golint-maps.toml`.

    ## References

    - [sync.Mutex](https://pkg.go.dev/sync#Mutex), [sync.RWMutex](https://pkg.go.dev/sync#RWMutex): recursive read
      locking is prohibited.
    - [CWE-833: Deadlock](https://cwe.mitre.org/data/definitions/833.html), [CWE-667: Improper
      Locking](https://cwe.mitre.org/data/definitions/667.html)
    """

    id = "GM111"
    name = "guard-deadlock"
    level = Level.ERROR

    def check_package(self, package: PackageFlow) -> Iterator[Finding]:
        """Report each place where the holder of a map's guard waits for itself, or leaves it held."""
        for one in find_deadlocks(package):
            message, hint = _words(one)
            yield self.finding(
                one.function,
                one.at,
                message,
                map_name=one.map,
                hint=hint,
                level=Level.NOTE if one.kind == deadlocks.READ_AGAIN else None,
                confidence=Confidence.MEDIUM if one.kind == deadlocks.READ_AGAIN else one.confidence,
                related=[Related(Location(step.function.path, *step.at), step.says) for step in one.steps],
            )


def _words(one: Deadlock) -> tuple[str, str]:
    """What is wrong, and what to do."""
    guards = f"`{one.lock}`, the guard of {one.map},"
    if one.kind == deadlocks.LOOP:
        return (
            f"{guards} is released only when {one.function.name} returns, "
            "but taken again by the next iteration: deadlock",
            "release it at the end of the iteration, or move the iteration into a function of its own",
        )
    if one.kind == deadlocks.CONTINUE:
        return (
            f"{guards} is still held when the next iteration takes it: deadlock",
            f"call {one.lock}.Unlock() on each way through the loop",
        )
    if one.kind == deadlocks.DEFERRED:
        return (
            f"`defer {one.through}()` takes {guards} when {one.function.name} returns and never releases it; "
            "the function that releases it is dropped",
            f"call the result: defer {one.through}()()",
        )
    if one.kind == deadlocks.NOT_RELEASED:
        return (
            f"{one.function.name} takes {guards} a second time when it returns, rather than release it",
            f"defer {one.lock}.Unlock() is meant, or RUnlock()",
        )
    if one.kind == deadlocks.LEAK:
        return (
            f"{one.function.name} returns with {guards} still held: whoever takes it next waits forever",
            f"release it on each path: defer {one.lock}.Unlock() right after it is taken",
        )
    by = f"calls {one.through}, which takes" if one.through else "takes"
    if one.kind == deadlocks.UPGRADE:
        return (
            f"{one.function.name} {by} {guards} for writing while it holds it for reading: deadlock, "
            "a read lock can't be upgraded",
            f"release the read lock first, take {one.lock}.Lock() and look again: others may have come between",
        )
    if one.kind == deadlocks.READ_AGAIN:
        return (
            f"{one.function.name} {by} {guards} for reading while it holds it for reading: "
            "deadlock as soon as a writer waits between the two",
            "split off a helper that expects the lock to be held",
        )
    return (
        f"{one.function.name} {by} {guards} again while it holds it: deadlock, "
        "a mutex does not let its holder in twice",
        "split off a helper that expects the lock to be held, or release the lock before",
    )
