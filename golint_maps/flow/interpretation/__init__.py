"""Abstract interpretation of one function: which places it touches, holding which locks, after which spawns.

The state at a point of the code is the set of locks certainly held, what local variables alias, which objects are still
private, and which goroutines started here may still run. Branches are followed separately and joined (intersection of
locks, union of live goroutines); a loop body is entered with the join of its entry and its back edge. Callees are known by
their summaries (`FunctionFacts`), which is why functions are interpreted callees first. The idea follows RacerD's
compositional analysis (Blackshear et al., OOPSLA 2018) with named locks in place of its lock counter.

`interpreter` follows control through a function. What its operations do to the state is the concern of the modules below
it, each of which knows only those before it: `naming` (which path a value is), `ownership` (who else can reach it),
`synchronisation` (locks and joins), `recording` (accesses and calls become facts), `references` (maps that leave their
place), `literals` (functions inside functions), `effects` (assignments, sends and receives), `spawning` (goroutines),
`calls`; `summary` tells callers what is left of it all. `walk` is where the interpretation stands, `state` what is known there.
"""
