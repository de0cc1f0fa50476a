"""Is a store on disk what was written? Its files first, then what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions

from rte_graph.errors import RteError
from rte_graph.rdf_io.hashing import canonical_hash
from rte_graph.store.engine import ENGINE_ERRORS
from rte_graph.store.filling import count
from rte_graph.store.generations import Generation
from rte_graph.store.manifest import Manifest, Source, file_hash
from rte_graph.typography import french


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages; ``keep`` are the paths in it, which typography leaves as they are."""

    fr: str
    en: str
    keep: tuple[str, ...] = ()

    def message(self, lang: str = "fr") -> str:
        """Return the sentence in ``lang`` (``fr`` or ``en``; anything else gives French)."""
        return self.en if lang == "en" else french(self.fr, keep=self.keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Attributes
    ----------
    problems : tuple of Sentence
        Damage: the store is not what was written.
    notes : tuple of Sentence
        Good to know: recorded source files that changed or vanished since the load, updates since then.
    files, datasets, triples : int
        What was looked at, according to the manifest.
    """

    problems: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]
    files: int
    datasets: int
    triples: int

    @property
    def ok(self) -> bool:
        """Whether there is no damage."""
        return not self.problems


STEPS = (
    Sentence("Vérification des fichiers…", "Checking the files…"),
    Sentence("Vérification des triplets…", "Checking the triples…"),
    Sentence("Vérification des fichiers sources…", "Checking the source files…"),
)

Tell = Callable[[Sentence], None]


def check(folder: Path, generation: Generation, tell: Tell) -> CheckReport:
    """Check one generation of a store; see :meth:`rte_graph.store.disk.DiskStore.check`."""
    try:
        manifest = generation.manifest
    except RteError as error:
        return broken(error)
    tell(STEPS[0])
    problems = list(_files(generation.files, manifest))
    # A damaged file could make the engine stop the process: it is opened on sound files only.
    if not problems:
        tell(STEPS[1])
        generation.sound = True
        try:
            problems = list(_contents(generation, manifest))
        except RteError as error:
            problems = [_said(error)]
        except ENGINE_ERRORS as error:
            problems = [
                Sentence(
                    f"Le moteur ne peut pas lire les fichiers ({error}).", f"Unreadable files ({error})."
                )
            ]
    tell(STEPS[2])
    return CheckReport(
        problems=tuple(problems),
        notes=tuple(_notes(folder, manifest)),
        files=len(manifest.files),
        datasets=len(manifest.datasets),
        triples=manifest.triples,
    )


def broken(error: RteError) -> CheckReport:
    """Return the report of a store of which nothing can be read."""
    return CheckReport(problems=(_said(error),), notes=(), files=0, datasets=0, triples=0)


def _said(error: RteError) -> Sentence:
    return Sentence(error.fr, error.en)


def _files(folder: Path, manifest: Manifest) -> Iterator[Sentence]:
    """Compare each file with the hash that was written."""
    for name, expected in manifest.files.items():
        path = folder / name
        keep = (str(path),)
        if not path.is_file():
            yield Sentence(f"Il manque le fichier {path}.", f"The file {path} is missing.", keep)
            continue
        try:
            found = file_hash(path)
        except OSError as error:
            yield Sentence(
                f"Le fichier {path} est illisible ({error.strerror}).",
                f"The file {path} is unreadable ({error.strerror}).",
                keep,
            )
            continue
        if found != expected:
            yield Sentence(
                f"Le fichier {path} n’est plus celui qui a été écrit.",
                f"The file {path} is not what was written.",
                keep,
            )


def _contents(generation: Generation, manifest: Manifest) -> Iterator[Sentence]:
    """Scan all that the engine holds."""
    engine = generation.engine
    expected = {entry.iri: entry.triples for entry in manifest.datasets}
    found = {name.value: count(engine, NamedNode(name.value)) for name in engine.named_graphs()}
    for iri in sorted(expected.keys() | found.keys()):
        yield from _count(f"Le jeu {iri}", f"The dataset {iri}", expected.get(iri, 0), found.get(iri, 0))
    yield from _count("Le graphe par défaut", "The default graph", manifest.triples, count(engine))
    quads = (quad for iri in found for quad in engine.quads_for_pattern(None, None, None, NamedNode(iri)))
    if canonical_hash(quads) != manifest.hash:
        yield Sentence(
            "Les triplets des jeux ne sont plus ceux qui ont été chargés (l’empreinte diffère).",
            "The triples of the datasets are not those that were loaded (the hash differs).",
        )
    yield from _union(generation)


def _count(fr: str, en: str, expected: int, found: int) -> Iterator[Sentence]:
    if expected != found:
        yield Sentence(
            f"{fr} contient {found} triplets au lieu de {expected}.",
            f"{en} holds {found} triples instead of {expected}.",
        )


def _union(generation: Generation) -> Iterator[Sentence]:
    """Look for a triple that is in a dataset or in the default graph, and not in both."""
    dataset, default = "GRAPH ?g { ?s ?p ?o }", "{ ?s ?p ?o }"
    for there, nowhere, fr, en in (
        (dataset, default, "manque dans le graphe par défaut", "is missing in the default graph"),
        (default, dataset, "n’est énoncé par aucun jeu", "is stated by no dataset"),
    ):
        # NOT EXISTS looks triples up one by one: memory stays flat, which MINUS does not do.
        rows = generation.engine.query(
            f"SELECT ?s ?p ?o {{ {there} FILTER NOT EXISTS {{ {nowhere} }} }} LIMIT 1"
        )
        assert isinstance(rows, QuerySolutions)
        for row in rows:
            triple = " ".join(map(str, row))
            yield Sentence(f"Un triplet {fr} : {triple}", f"A triple {en}: {triple}", (triple,))


def _notes(folder: Path, manifest: Manifest) -> Iterator[Sentence]:
    """Tell what happened since the load."""
    if manifest.updates:
        yield Sentence(
            f"La base a été modifiée {manifest.updates} fois par SPARQL depuis son chargement : "
            "« rte-graph rebuild » revient aux fichiers.",
            f"The store was changed {_times(manifest.updates)} by SPARQL since it was loaded: "
            "`rte-graph rebuild` returns to the files.",
        )
    sources = {source for entry in manifest.datasets for source in entry.sources}
    for source in sorted(sources, key=lambda source: source.path):
        yield from _changed(source, source.resolve(folder))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _changed(source: Source, path: Path) -> Iterator[Sentence]:
    keep = (str(path),)
    try:
        if not path.is_file():
            yield Sentence(
                f"Le fichier source {path} n’est plus là : « rte-graph rebuild » ne pourra pas le relire.",
                f"The source file {path} is gone: `rte-graph rebuild` cannot read it again.",
                keep,
            )
        elif file_hash(path) != source.sha256:
            yield Sentence(
                f"Le fichier source {path} a changé depuis le chargement : « rte-graph rebuild » le relit.",
                f"The source file {path} has changed since it was loaded: `rte-graph rebuild` reads it anew.",
                keep,
            )
    except OSError as error:
        yield Sentence(
            f"Le fichier source {path} ne peut pas être lu ({error.strerror}).",
            f"The source file {path} cannot be read ({error.strerror}).",
            keep,
        )
