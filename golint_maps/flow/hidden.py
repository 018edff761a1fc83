"""What functions of the standard library do to the maps that they are given: data, no logic.

Each row names a function and, by argument position, the kind of access (`golint_maps.flow.ir.Access`). Position `-1`
stands for the receiver, `...` for every argument from the given position on. `deep` kinds look through pointers and
structs: `json.Marshal(status)` reads every map that `status` holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from golint_maps.record import record


@record(frozen=True, slots=True)
class Hidden:
    """One hidden access: argument `position` (all from there on when `rest`) is touched with `kind`."""

    position: int
    kind: str
    rest: bool = False
    deep: bool = False


_READ = "iterate"


def _format(position: int) -> tuple[Hidden, ...]:
    return (Hidden(position, _READ, rest=True, deep=True),)


_VERB = re.compile(r"%(?P<flags>[^a-zA-Z%]*)(?P<verb>[a-zA-Z%])")


def unread(format_: str) -> frozenset[int]:
    """The positions behind a format whose arguments it does not read: `%T` wants the type, `%p` the address.

    Nothing where the format picks its arguments itself (`%[2]d`, `%*d`).
    """
    verbs = [one for one in _VERB.finditer(format_) if one["verb"] != "%"]
    if any("[" in one["flags"] or "*" in one["flags"] for one in verbs):
        return frozenset()
    return frozenset(index for index, one in enumerate(verbs) if one["verb"] in "Tp")


FUNCTIONS: Mapping[tuple[str, str], tuple[Hidden, ...]] = {
    ("maps", "Clone"): (Hidden(0, _READ),),
    ("maps", "Copy"): (Hidden(0, "write"), Hidden(1, _READ)),
    ("maps", "DeleteFunc"): (Hidden(0, "delete"),),
    ("maps", "Equal"): (Hidden(0, _READ), Hidden(1, _READ)),
    ("maps", "EqualFunc"): (Hidden(0, _READ), Hidden(1, _READ)),
    ("maps", "Insert"): (Hidden(0, "write"),),
    ("golang.org/x/exp/maps", "Clone"): (Hidden(0, _READ),),
    ("golang.org/x/exp/maps", "Copy"): (Hidden(0, "write"), Hidden(1, _READ)),
    ("golang.org/x/exp/maps", "Keys"): (Hidden(0, _READ),),
    ("golang.org/x/exp/maps", "Values"): (Hidden(0, _READ),),
    ("golang.org/x/exp/maps", "Clear"): (Hidden(0, "clear"),),
    ("golang.org/x/exp/maps", "DeleteFunc"): (Hidden(0, "delete"),),
    ("golang.org/x/exp/maps", "Equal"): (Hidden(0, _READ), Hidden(1, _READ)),
    ("reflect", "ValueOf"): (Hidden(0, "read"),),
    ("reflect", "DeepEqual"): (Hidden(0, _READ, deep=True), Hidden(1, _READ, deep=True)),
    ("encoding/json", "Marshal"): (Hidden(0, _READ, deep=True),),
    ("encoding/json", "MarshalIndent"): (Hidden(0, _READ, deep=True),),
    ("encoding/json", "Unmarshal"): (Hidden(1, "write"),),
    ("encoding/xml", "Marshal"): (Hidden(0, _READ, deep=True),),
    ("gopkg.in/yaml.v2", "Marshal"): (Hidden(0, _READ, deep=True),),
    ("gopkg.in/yaml.v3", "Marshal"): (Hidden(0, _READ, deep=True),),
    ("sigs.k8s.io/yaml", "Marshal"): (Hidden(0, _READ, deep=True),),
    **{("fmt", name): _format(0) for name in ("Print", "Println", "Sprint", "Sprintln", "Append", "Appendln")},
    **{("fmt", name): _format(1) for name in ("Printf", "Sprintf", "Errorf", "Fprint", "Fprintln", "Appendf")},
    ("fmt", "Fprintf"): _format(2),
    **{("log", name): _format(0) for name in ("Print", "Println")},
    ("log", "Printf"): _format(1),
    **{("log/slog", name): _format(1) for name in ("Debug", "Info", "Warn", "Error")},
    ("go.uber.org/zap", "Any"): (Hidden(1, _READ, deep=True),),
    ("go.uber.org/zap", "Reflect"): (Hidden(1, _READ, deep=True),),
}

_ENCODES = {"Encode": (Hidden(0, _READ, deep=True),)}
_EXECUTES = {"Execute": (Hidden(1, _READ, deep=True),), "ExecuteTemplate": (Hidden(2, _READ, deep=True),)}
_ANSWERS = (Hidden(1, _READ, deep=True),)

# Methods that touch their arguments, by the qualified type that has them.
ARGUMENTS: Mapping[str, Mapping[str, tuple[Hidden, ...]]] = {
    **{f"encoding/{name}.Encoder": _ENCODES for name in ("json", "xml", "gob")},
    **{f"gopkg.in/yaml.{version}.Encoder": _ENCODES for version in ("v2", "v3")},
    "text/template.Template": _EXECUTES,
    "html/template.Template": _EXECUTES,
    "log.Logger": {"Print": _format(0), "Println": _format(0), "Printf": _format(1)},
    "log/slog.Logger": {name: _format(1) for name in ("Debug", "Info", "Warn", "Error")},
    "go.uber.org/zap.SugaredLogger": {
        **{f"{level}{form}": _format(1) for level in ("Debug", "Info", "Warn", "Error") for form in ("f", "w")},
        **{level: _format(0) for level in ("Debug", "Info", "Warn", "Error")},
    },
    "github.com/gin-gonic/gin.Context": dict.fromkeys(
        ("JSON", "IndentedJSON", "PureJSON", "SecureJSON", "AbortWithStatusJSON", "XML", "YAML"), _ANSWERS
    ),
    "github.com/labstack/echo/v4.Context": dict.fromkeys(("JSON", "JSONPretty", "XML"), _ANSWERS),
}

# Lazy iterators: they read the map when they are consumed, not when they are made.
ITERATORS: frozenset[tuple[str, str]] = frozenset({("maps", "Keys"), ("maps", "Values"), ("maps", "All")})

# What consumes an iterator on the spot.
CONSUMERS: frozenset[tuple[str, str]] = frozenset(
    {
        ("slices", "Collect"),
        ("slices", "Sorted"),
        ("slices", "SortedFunc"),
        ("slices", "SortedStableFunc"),
        ("slices", "AppendSeq"),
        ("maps", "Collect"),
        ("maps", "Insert"),
    }
)

# What methods of reflection do to the map behind them. `MapRange` reads nothing yet: each `Next` does.
REFLECTED: Mapping[str, Mapping[str, str]] = {
    "reflect.Value": {"SetMapIndex": "write", "MapIndex": "read", "MapKeys": _READ},
    "reflect.MapIter": {"Next": _READ},
}

# Methods of the standard library's named map types.
METHODS: Mapping[str, Mapping[str, str]] = {
    "net/http.Header": {
        "Add": "write",
        "Set": "write",
        "Del": "delete",
        "Get": "read",
        "Values": "read",
        "Clone": _READ,
        "Write": _READ,
    },
    "net/url.Values": {
        "Add": "write",
        "Set": "write",
        "Del": "delete",
        "Get": "read",
        "Has": "read",
        "Encode": _READ,
    },
    "net/textproto.MIMEHeader": {
        "Add": "write",
        "Set": "write",
        "Del": "delete",
        "Get": "read",
        "Values": "read",
    },
    "net/mail.Header": {"Get": "read", "AddressList": "read", "Date": "read"},
}


def only_reads(package: str, name: str) -> bool:
    """Whether a function of the standard library, or its like, reads the maps that it is given, and no more."""
    known = FUNCTIONS.get((package, name), ())
    return package != "reflect" and bool(known) and all(one.kind == _READ for one in known)
