from __future__ import annotations

import click

from golint_maps.report.page import render_page

PAGE = """Deletes from the map that is ranged, in a sentence that is long enough to be filled.

## Bad
```go
for k := range m {
\tdelete(m, k)   // a long line of code which is left as it is, however wide it may be
}

```
- one item with `some code that stays together` in it
- another **bold** item
  that goes on

1. See [the specification](https://go.dev/ref/spec).
"""

PLAIN = """Deletes from the map that is ranged, in a
sentence that is long enough to be
filled.

Bad

    for k := range m {
        delete(m, k)   // a long line of code which is left as it is, however wide it may be
    }


- one item with
  `some code that stays together` in it
- another bold item that goes on

1. See the specification
   (https://go.dev/ref/spec).
"""


def test_a_page():
    assert render_page(PAGE, color=False, width=41) == PLAIN


def test_colors_change_nothing_else():
    colored = render_page(PAGE, color=True, width=41)
    assert "\x1b[" in colored
    assert click.unstyle(colored) == PLAIN


def test_odd_markdown_is_survived():
    assert render_page("", color=False, width=80) == "\n"
    assert render_page("```go\nx", color=False, width=80) == "    x\n"
    assert render_page("| a | b |\n|---|---|", color=False, width=80) == "| a | b |\n|---|---|\n"
