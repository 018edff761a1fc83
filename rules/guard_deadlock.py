"""GM111 guard-deadlock."""

from __future__ import annotations

from collections.abc import Iterator

from golint_maps.finding import Confidence, Finding, Level, Location, Related
from golint_maps.flow import deadlocks
from golint_maps.flow.deadlocks import Deadlock, find_deadlocks
from golint_maps.flow.package import PackageFlow
from golint_maps.rule import Rule


class GuardDeadlock(Rule):
    """TODO"""

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
