"""The commands `golint-maps rules` and `golint-maps explain`."""

from __future__ import annotations

from pathlib import Path

import click

from golint_maps.cli import terminal
from golint_maps.cli.exits import fail
from golint_maps.cli.options import COLOR, RULES_FOLDER, known_rules
from golint_maps.cli.terminal import count


@click.command("rules")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="`markdown` writes a folder: the page of each rule, and an index.",
)
@click.option("-o", "--output", metavar="DIR", help="The folder for `--format markdown`.")
@RULES_FOLDER
def list_rules(form: str, output: str | None, rules_folder: str | None) -> None:
    """List all rules.

    \b
    Examples:
      golint-maps rules
      golint-maps rules --rules-folder lint
      golint-maps rules --format markdown --output docs/rules
    """
    known = known_rules(rules_folder)
    if (form == "markdown") != (output is not None):
        raise click.UsageError(
            "--format markdown and --output go together: golint-maps rules -f markdown -o docs/rules"
        )
    if output is not None:
        from golint_maps.report.pages import write_pages

        try:
            changed = write_pages(known, Path(output))
        except OSError as error:
            fail(f"can't write {output}: {error.strerror or error}")
        terminal.say(f"{output}: {count(len(known), 'rule')}, {count(changed, 'file')} changed")
        return
    if form == "json":
        import json

        listed = [
            {
                "id": rule.id,
                "name": rule.name,
                "level": rule.level.label,
                "default": rule.default,
                "summary": rule.summary(),
                "page": rule.page(),
            }
            for rule in known
        ]
        terminal.write(json.dumps(listed, indent=2, ensure_ascii=False).encode() + b"\n")
        return
    width = max(len(rule.name) for rule in known)
    for rule in known:
        state = "on " if rule.default else "off"
        line = f"{rule.id}  {rule.name:<{width}}  {rule.level.label:<7}  {state}  {rule.summary()}\n"
        terminal.write(line.encode())


@click.command(short_help="Explain a rule, by its id or name.")
@click.argument("rule", metavar="RULE")
@COLOR
@RULES_FOLDER
def explain(rule: str, color: str, rules_folder: str | None) -> None:
    """Explain RULE (id or name): what it reports, why that hurts, and how to mend it.

    \b
    Examples:
      golint-maps explain GM101
      golint-maps explain range-delete
    """
    from golint_maps.engine.select import UnknownRuleError, find
    from golint_maps.report.page import render_page

    try:
        wanted = find(rule, known_rules(rules_folder))
    except UnknownRuleError as error:
        fail(str(error))
    colored = terminal.wants_color(color)
    level = f"{wanted.level.label}{'' if wanted.default else ', off by default'}"
    title = click.style(f"{wanted.id} {wanted.name}", bold=True) if colored else f"{wanted.id} {wanted.name}"
    page = render_page(wanted.page(), color=colored, width=min(terminal.width(), 100))
    terminal.write(f"{title} ({level})\n\n{page}".encode(), color=colored)
