"""The command `golint-maps completion`."""

from __future__ import annotations

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import fail


@click.command(short_help="Print what completes commands and options in a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands and options in SHELL.

    \b
    Examples:
      golint-maps completion bash > ~/.local/share/bash-completion/completions/golint-maps
      golint-maps completion zsh > ~/.zfunc/_golint-maps
      golint-maps completion fish > ~/.config/fish/completions/golint-maps.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    try:
        script = kind(ctx.find_root().command, {}, "golint-maps", "_GOLINT_MAPS_COMPLETE").source()
    except RuntimeError as error:  # click asks the installed bash for its version
        fail(str(error))
    terminal.write(script.encode() + b"\n")
