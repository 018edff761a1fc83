"""Which rules run: `--select` and `--ignore` by id, group, name or `ALL`.

The more specific selector wins, and `--ignore` wins among equals: `--ignore GM1 --select GM101` runs GM101 and nothing
else of its group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from golint_maps.project import config
from golint_maps.rule import Rule

ALL = "ALL"
_EXACT = 100  # how specific an id or a name is; a group counts its characters


class UnknownRuleError(ValueError):
    """A selector that means no rule. `selector` is what was written, `nearest` the likely intention or ""."""

    def __init__(self, selector: str, nearest: str) -> None:
        """The message names the nearest valid selector."""
        hint = f"; did you mean {nearest}?" if nearest else "; `golint-maps rules` lists them all"
        super().__init__(f"unknown rule {selector!r}{hint}")
        self.selector = selector
        self.nearest = nearest


def choose(rules: Iterable[type[Rule]], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[type[Rule]]:
    """Those of `rules` that run, in their order. Without `select` that is every rule which is on by default.

    A rule that is off by default is only chosen by its id, its name or `ALL`. Raises UnknownRuleError.
    """
    rules = list(rules)
    check((*select, *ignore), rules)
    return [rule for rule in rules if _wanted(rule, select, ignore)]


def check(selectors: Iterable[str], rules: Sequence[type[Rule]]) -> None:
    """Raises UnknownRuleError for the first of `selectors` that means none of `rules`."""
    for selector in selectors:
        if not any(matches(selector, rule) for rule in rules):
            if selector.upper() == ALL:
                continue
            raise UnknownRuleError(selector, nearest(selector, rules))


def matches(selector: str, rule: type[Rule]) -> bool:
    """Whether `selector` (id, group, name or `ALL`, in any case) includes `rule`, on by default or not."""
    return _specificity(selector, rule) >= 0


def find(wanted: str, rules: Sequence[type[Rule]]) -> type[Rule]:
    """The one rule of that id or name. Raises UnknownRuleError."""
    for rule in rules:
        if _specificity(wanted, rule) == _EXACT:
            return rule
    raise UnknownRuleError(wanted, nearest(wanted, rules, groups=False))


def nearest(selector: str, rules: Sequence[type[Rule]], *, groups: bool = True) -> str:
    """The valid selector that looks most like `selector`, or "" if none does."""
    ids = [rule.id for rule in rules]
    valid = [*ids, *(rule.name for rule in rules)]
    if groups and len(selector) < len(max(ids, key=len, default="")):  # else an id or a name was meant
        valid += [ALL, *dict.fromkeys(id_[:3] for id_ in ids)]
    return config.nearest(selector, valid) or ""


def _wanted(rule: type[Rule], select: Sequence[str], ignore: Sequence[str]) -> bool:
    ignored = max((_specificity(selector, rule) for selector in ignore), default=-1)
    if not select:
        return rule.default and ignored < 0
    levels = (_specificity(selector, rule) for selector in select)
    selected = max((level for level in levels if rule.default or level in (0, _EXACT)), default=-1)
    return selected > ignored


def _specificity(selector: str, rule: type[Rule]) -> int:
    """How closely `selector` names `rule`: -1 not at all, 0 `ALL`, more for longer groups, most for ids and names."""
    upper = selector.upper()
    if upper == rule.id.upper() or selector.lower() == rule.name.lower():
        return _EXACT
    if upper == ALL:
        return 0
    return len(upper) if len(upper) > 1 and rule.id.upper().startswith(upper) else -1
