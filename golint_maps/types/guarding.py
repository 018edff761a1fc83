"""Which lock guards an exported map, as the syntax of its own package shows: for those who import it.

`s.Mu.Lock(); s.Items[k] = v` in its package tells what `for k := range store.Items` in another one has to do. Only what is
plain is told: a lock that stands beside the map and is held at nearly all places, two at least, and whenever the map is
changed; or one that a comment names. Functions that set up an object, or that somebody calls who may hold the lock, say
nothing by touching a map without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from tree_sitter import Node

from golint_maps.record import record
from golint_maps.syntax import nodes
from golint_maps.types.declarations import Guarding, PackageTypes
from golint_maps.types.guardscan import Guardable, GuardScan, Use
from golint_maps.types.model import Struct, Type
from golint_maps.types.resolve import TypeReader
from golint_maps.types.touching import FUNCTION, METHOD, key_of, signature_of
from golint_maps.types.world import World

_LOCKS = re.compile(r"Mutex$|Locker?$")
# What these do comes before others have the object, or says that its callers hold the lock.
_SETS_UP = re.compile(
    r"init|setup|new|make|create|register|configure|unmarshal|decode|load|parse|with|reset|clone|copy|build|default|add(?:Flags|Handler)"
    r"|main$|.*(?:locked|unsafe|nolock)(?:_|$)",
    re.IGNORECASE,
)
# Ways of locking that are not understood here.
_LOCKS_SOMEHOW = re.compile(rb"\.(?!(?:R?Lock|R?Unlock|RLocker)\()\w*[lL]ock\w*\(|\.Acquire\(|\bsync\.Once|\.Do\(func")


@record(frozen=True, slots=True)
class _Seen:
    """A use, with the function in which it stands: its name, its source up to the body, and its file.

    `sets_up`: so its name says. `open`: others call it, and no lock is taken in a way that is not understood.
    """

    use: Use
    key: str
    source: str
    file: str
    sets_up: bool
    open: bool


def find_guarded(files: Sequence[tuple[str, TypeReader, Node]], own: PackageTypes, world: World) -> dict[str, Guarding]:
    """The guards of exported maps: fields (`T.F`) and variables (`V`).

    `files` are the paths, readers and trees of the files that belong to the package itself (not to its tests), `own` its
    declarations.
    """
    wanted = _guardable(own, world)
    if not wanted.fields and not wanted.variables:
        return {}
    seen: dict[str, list[_Seen]] = {}
    names = b"|".join(re.escape(one.encode()) for one in sorted({*wanted.fields, *wanted.variables}))
    mentions = re.compile(rb"\b(?:" + names + rb")\b")
    for path, reader, root in files:
        if mentions.search(reader.text) is None:
            continue
        for node in root.named_children:
            if node.kind_id in (FUNCTION, METHOD):
                body = node.child_by_field_id(nodes.FIELD_BODY)
                if body is not None and mentions.search(reader.text, body.start_byte, body.end_byte):
                    for one in _uses(node, body, path, reader, wanted, own, world):
                        seen.setdefault(one.use.place, []).append(one)
    found: dict[str, Guarding] = {}
    for place in sorted(seen):
        guarding = _judge(place, seen[place], own)
        if guarding is not None:
            found[place] = guarding
    return found


def _guardable(own: PackageTypes, world: World) -> Guardable:
    """The exported maps beside which there are locks."""
    fields: dict[str, dict[str, dict[str, bool]]] = {}
    for name, declaration in own.types.items():
        struct = declaration.underlying
        if not name[:1].isupper() or not isinstance(struct, Struct):
            continue
        maps = [one.name for one in struct.fields if one.name[:1].isupper() and world.map_type(one.type) is not None]
        locks = {one.name: one.embedded for one in struct.fields if _is_lock(one.type, world)} if maps else {}
        for one in maps if locks else ():
            fields.setdefault(one, {})[name] = locks
    variables = own.variables.values()
    locks_ = frozenset(one.name for one in variables if not one.constant and _is_lock(one.type, world))
    maps_ = (one.name for one in variables if one.name[:1].isupper() and world.map_type(one.type) is not None)
    return Guardable(fields, frozenset(maps_) if locks_ else frozenset(), locks_)


def _is_lock(type_: Type, world: World) -> bool:
    inner = world.named(type_)
    return inner is not None and _LOCKS.search(inner.name) is not None


def _uses(
    node: Node, body: Node, path: str, reader: TypeReader, wanted: Guardable, own: PackageTypes, world: World
) -> Iterator[_Seen]:
    key = key_of(node, reader)
    bare = key.rpartition(".")[2]
    scan = GuardScan(node, reader, signature_of(key, own), wanted, own, world)
    scan.walk(body)
    open_ = bare[:1].isupper() and _LOCKS_SOMEHOW.search(reader.text, body.start_byte, body.end_byte) is None
    source = reader.text[node.start_byte : body.start_byte].decode("utf-8", "replace").strip()
    for use in scan.uses:
        yield _Seen(use, key, source, path, _SETS_UP.match(bare) is not None, open_)


def _judge(place: str, several: Iterable[_Seen], own: PackageTypes) -> Guarding | None:
    """The guard of a map, given all uses of it."""
    counted = [one for one in several if one.use.locks or not (one.use.doubtful or one.sets_up or not one.open)]
    owner, _, name = place.rpartition(".")
    annotated = own.types[owner].guards.get(name, "") if owner else own.variables[name].guard
    locks = sorted({lock for one in counted for lock in one.use.locks}, key=lambda lock: (lock != annotated, lock))
    for lock in locks:
        held = [one for one in counted if lock in one.use.locks]
        changes = [one for one in counted if one.use.kind != "read"]
        witness = next(
            (one for one in held if one.use.kind == "write" and not one.sets_up and one.use.locks[lock]), None
        )
        plain = len(held) > 1 and 4 * len(held) >= 3 * len(counted)
        plain = plain and all(one.use.locks.get(lock, False) for one in changes)
        if witness is not None and (plain or lock == annotated):
            return Guarding(
                lock,
                len(held),
                len(counted),
                lock == annotated,
                witness.key,
                witness.file,
                witness.source,
                witness.use.text,
            )
    return None
