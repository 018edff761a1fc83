from __future__ import annotations

import pytest
from report_sample import RULES

from golint_maps.engine.select import UnknownRuleError, choose, find, matches


def ids(select=(), ignore=()):
    return [rule.id for rule in choose(RULES, select, ignore)]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], ["GM101", "GM201"]),
        (["ALL"], [], ["GM101", "GM201", "GM205"]),
        (["all"], ["GM2"], ["GM101"]),
        (["GM2"], [], ["GM201"]),
        (["GM205"], [], ["GM205"]),
        (["map-order-dependence"], [], ["GM205"]),
        (["GM2", "GM205"], [], ["GM201", "GM205"]),
        (["gm101", "Range-Delete"], [], ["GM101", "GM201"]),
        (["GM"], [], ["GM101", "GM201"]),
        ([], ["range-delete"], ["GM101"]),
        ([], ["ALL"], []),
        (["GM101"], ["GM1"], ["GM101"]),
        (["GM1"], ["GM101"], []),
        (["GM101"], ["GM101"], []),
        (["GM20"], ["GM2"], ["GM201"]),
    ],
)
def test_choosing(select, ignore, chosen):
    assert ids(select, ignore) == chosen


@pytest.mark.parametrize(
    ("selector", "nearest"),
    [("GM110", "GM101"), ("range-delte", "range-delete"), ("GM29", "GM2"), ("zzzzzz", ""), ("", "")],
)
def test_unknown_rules_name_the_nearest(selector, nearest):
    for arguments in ([selector], []), ([], [selector]):
        with pytest.raises(UnknownRuleError) as error:
            ids(*arguments)
        assert error.value.nearest == nearest
        assert repr(selector) in str(error.value)


def test_find_wants_exactly_one():
    assert find("gm201", RULES) is find("range-delete", RULES) is RULES[1]
    with pytest.raises(UnknownRuleError, match="did you mean GM20"):
        find("GM20", RULES)


def test_a_single_letter_is_no_group():
    assert not matches("G", RULES[0])
