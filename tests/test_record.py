"""Records behave as the dataclasses that they are declared like."""

import pickle
from dataclasses import field, replace

import pytest

from golint_maps.record import record


@record(frozen=True, slots=True)
class Base:
    at: int = field(default=0, compare=False, kw_only=True)


@record(frozen=True, slots=True)
class Point(Base):
    x: int
    y: int = 2
    more: list[int] = field(default_factory=list)


@record(slots=True)
class Counter:
    start: int
    count: int = field(init=False, default=7)
    seen: dict[str, int] = field(init=False, default_factory=dict)
    later: str = field(init=False)

    def __post_init__(self) -> None:
        self.later = f"from {self.start}"


@record(frozen=True, slots=True, eq=False)
class Alone:
    x: int


@record(frozen=True, slots=True, order=True)
class Ranked:
    first: int
    second: str = ""


def test_fields_get_what_is_given_or_their_defaults():
    point = Point(1, at=5)
    assert (point.x, point.y, point.more, point.at) == (1, 2, [], 5)
    assert Point(1).more is not Point(1).more
    counter = Counter(3)
    assert (counter.count, counter.seen, counter.later) == (7, {}, "from 3")


def test_what_is_missing_or_too_much_is_an_error():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()
    with pytest.raises(TypeError):
        Point(1, 2, [], 5)
    with pytest.raises(TypeError):
        Counter(1, count=2)
    with pytest.raises(AttributeError):
        Point(1).other = 3


def test_equality_is_that_of_the_fields_that_count():
    assert Alone(1) != Alone(1)
    assert Base(at=1) == Base(at=2)
    assert Base() != Point(0)
    assert Point(1, at=1) == Point(1, at=2) != Point(2)
    assert Counter(1) == Counter(1) != Counter(2)


def test_what_is_frozen_can_be_looked_up():
    assert {Base(at=1): "there"}[Base(at=2)] == "there"
    assert len({Alone(1), Alone(1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counter(1))


def test_order():
    assert sorted([Ranked(2), Ranked(1, "b"), Ranked(1, "a")]) == [Ranked(1, "a"), Ranked(1, "b"), Ranked(2)]
    assert len({Ranked(1), Ranked(1)}) == 1


def test_copies():
    point = Point(1, 3, [4], at=5)
    assert replace(point, y=8) == Point(1, 8, [4])
    assert replace(point, y=8).at == 5
    assert pickle.loads(pickle.dumps(point)).more == [4]


def test_how_it_is_shown():
    assert repr(Point(1, at=3)) == "Point(at=3, x=1, y=2, more=[])"
    assert Point.__init__.__qualname__ == "Point.__init__"
