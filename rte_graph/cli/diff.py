"""``rte-graph diff``: what changed from one edition of the data to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.forms import form_of

if TYPE_CHECKING:
    from rte_graph.publish.difference import Difference

FORMATS = ("text", "markdown", "html", "json", "turtle")
_SUFFIXES = {
    ".html": "html",
    ".json": "json",
    ".md": "markdown",
    ".ttl": "turtle",
    ".txt": "text",
}


@command(
    "diff",
    help=text(
        fr="Dire ce qui a changé d’une édition à l’autre, par ressource : nouveau, retiré, modifié. "
        "ANCIENNE et NOUVELLE sont chacune un fichier, un dossier, une base ou une URL ; sans NOUVELLE, la "
        "base de --store. En turtle, deux fichiers : NOM.added.ttl et NOM.removed.ttl. Le code de sortie "
        "est 0, que rien ou beaucoup ait changé ; avec --exit-code, 1 si quelque chose a changé.",
        en="Say what changed from one edition to another, by resource: new, gone, changed. OLD and NEW are "
        "each a file, a folder, a store or a URL; without NEW, the store of --store. In turtle, two files: "
        "NAME.added.ttl and NAME.removed.ttl. The exit code is 0 whether nothing or much has changed; with "
        "--exit-code, 1 if anything has.",
    ),
    example=text(
        fr="rte-graph diff edition-2025 edition-2026 -o changements.md\n"
        "rte-graph diff edition-2025 -o delta.ttl",
        en="rte-graph diff edition-2025 edition-2026 -o changes.md\nrte-graph diff edition-2025 -o delta.ttl",
    ),
)
@argument("old", metavar=text(fr="ANCIENNE", en="OLD"))
@argument("new", metavar=text(fr="[NOUVELLE]", en="[NEW]"), required=False)
@option(
    "--exit-code",
    "tells",
    is_flag=True,
    help=text(fr="Sortir avec 1 si quelque chose a changé.", en="Exit with 1 if anything has changed."),
)
@format_option(*FORMATS)
@output_option
def diff(
    session: Session, old: str, new: str | None, tells: bool, form: str | None, output: Path | None
) -> int:
    """Write the changes."""
    from contextlib import ExitStack

    from rte_graph.loading import edition_from
    from rte_graph.publish.change_forms import to_html, to_json, to_markdown, to_text
    from rte_graph.publish.changelog import changelog
    from rte_graph.publish.difference import compare_stores

    form = form or form_of(output, _SUFFIXES) or "text"
    targets = _two_files(output) if form == "turtle" else None
    with ExitStack() as opened:
        before = edition_from(old)
        opened.callback(before.close)
        after = session.store if new is None else edition_from(new)
        if new is not None:
            opened.callback(after.close)
        found = compare_stores(before, after)
        if targets is not None:
            _write_turtle(session, found, targets)
        else:
            log = changelog(found, before, after, session.lang)
            writers = {"text": to_text, "markdown": to_markdown, "html": to_html, "json": to_json}
            session.emit(writers[form](log), output)
    return 1 if tells and found else 0


def _two_files(output: Path | None) -> tuple[Path, Path]:
    """Return where what was removed goes, and what was added."""
    if output is None or str(output) == "-":
        from rte_graph.errors import UsageError

        raise UsageError(
            fr="En turtle, les changements font deux fichiers : donnez leur nom avec -o, par exemple "
            "-o delta.ttl pour delta.added.ttl et delta.removed.ttl.",
            en="In turtle, changes are two files: give their name with -o, for example -o delta.ttl for "
            "delta.added.ttl and delta.removed.ttl.",
        )
    stem = output.with_suffix("") if output.suffix == ".ttl" else output
    return stem.with_name(f"{stem.name}.removed.ttl"), stem.with_name(f"{stem.name}.added.ttl")


def _write_turtle(session: Session, found: Difference, targets: tuple[Path, Path]) -> None:
    from rte_graph.publish.change_forms import to_turtle

    for target, content in zip(targets, to_turtle(found), strict=True):
        session.emit(content, target)
