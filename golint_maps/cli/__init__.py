"""The command `golint-maps`: each command is a module, imported when it is asked for.

Whatever is not needed to read the command line is imported where it is used, for people and editors wait for the start.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from golint_maps import __version__
from golint_maps.cli import terminal
from golint_maps.cli.exits import CLEAN, FAILED, FOUND, INTERRUPTED, TERMINATED

__all__ = ["CLEAN", "FAILED", "FOUND", "INTERRUPTED", "TERMINATED", "main"]

# Where each command is defined.
_HOMES = {
    "baseline": "golint_maps.cli.baseline:write_baseline",
    "cache": "golint_maps.cli.cache:cache",
    "check": "golint_maps.cli.check:check",
    "completion": "golint_maps.cli.completion:completion",
    "config": "golint_maps.cli.config:config",
    "explain": "golint_maps.cli.rules:explain",
    "lsp": "golint_maps.cli.lsp:lsp",
    "rules": "golint_maps.cli.rules:list_rules",
    "why": "golint_maps.cli.why:why",
}


class _Commands(click.Group):
    """The commands; makes sure that no exit code but 2 tells of a failure."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run the program: with these arguments, or those of a process that is there for nothing else."""
        terminal.open_streams()
        if args is None:  # imports leave no garbage; `engine.garbage` and `lsp.tidying` see to what the analysis leaves
            gc.disable()
        try:
            return super().main(args, *more, **extra)
        except SystemExit as ended:
            if args is None:
                terminal.end_at_once(ended.code)
            raise

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return sorted(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in _HOMES:
            return None
        module, _, name = _HOMES[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except terminal.Terminated:
            terminal.say("stopped before the end, nothing was reported", error=True)
            ctx.exit(TERMINATED)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except KeyboardInterrupt:
            terminal.say("interrupted before the end, nothing was reported", error=True)
            ctx.exit(INTERRUPTED)
        except Exception:
            import traceback

            traceback.print_exc()
            terminal.say("internal error: please report it, together with what stands above", error=True)
            ctx.exit(FAILED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a path, tell which command was meant."""
        if args and args[0] not in _HOMES and ("/" in args[0] or Path(args[0]).exists()):
            raise click.UsageError(f"to check {args[0]}, write: golint-maps check {args[0]}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="golint-maps")
def main() -> None:
    """Finds unsafe map usage in Go: concurrent access without a common lock, mutation while ranging, misused sync.Map.

    It needs neither a Go toolchain nor a build, and reads code that doesn't compile as far as possible.

    \b
    Examples:
      golint-maps check                      the module in the working directory
      golint-maps check ./... --select GM1   only concurrent access
      golint-maps explain GM101              why a finding matters and how to mend it
      golint-maps rules                      all that can be found
    """
