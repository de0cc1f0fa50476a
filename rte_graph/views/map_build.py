"""From a saved query to what a map shows: the one module of the map that reads the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rte_graph.errors import UsageError
from rte_graph.network.wording import Text
from rte_graph.sparql.collation import collation_key
from rte_graph.views import style
from rte_graph.views.map_columns import RATE, Found, Row, read_found
from rte_graph.views.map_model import DEPARTEMENT, ELSEWHERE, LEVELS, MapData, MapEntry, MapPlace, MapValue
from rte_graph.views.map_places import UNPLACED, read_places
from rte_graph.views.page_model import Making, PageCategory, same, shown, shown_text
from rte_graph.views.page_texts import (
    data_version,
    licence_name,
    read_classes,
    read_rows,
    read_sources,
    read_texts,
    terms,
)

if TYPE_CHECKING:
    from rte_graph.sparql.model import Library, SavedQuery
    from rte_graph.store.base import Store
    from rte_graph.views.page_texts import Texts

DEFAULT_QUERY = "initiatives"
RTE = "https://w3id.org/rte/ontology#"
NOUNS: dict[str, tuple[Text, Text]] = {
    RTE + "Initiative": (same("initiative"), same("initiatives")),
    RTE + "Organisation": (same("organisation"), same("organisations")),
    RTE + "Alliance": (same("alliance"), same("alliances")),
    RTE + "Person": (Text(fr="personne", en="person"), Text(fr="personnes", en="persons")),
    RTE + "Event": (Text(fr="événement", en="event"), Text(fr="événements", en="events")),
    RTE + "Territory": (Text(fr="territoire", en="territory"), Text(fr="territoires", en="territories")),
}
ACTORS_ALL = {RTE + name for name in ("Organisation", "Alliance", "MetaCoalition", "Person")}
ACTOR = (Text(fr="acteur", en="actor"), Text(fr="acteurs", en="actors"))
ENTRY = (Text(fr="entrée", en="entry"), Text(fr="entrées", en="entries"))
DOMAINS = "SELECT ?item ?value WHERE { VALUES ?item { %s } ?item rte:actionDomain ?value }"
ACTORS = """
SELECT DISTINCT ?item ?value WHERE {
  VALUES ?item { %s }
  ?participation rte:initiative ?item ; rte:participant|rte:participantFamily ?value .
}
"""
# How the report presents an initiative: sheet, focus box or mere mention.
FORMS = "SELECT ?item ?value WHERE { VALUES ?item { %s } ?item rte:presentedAs ?value }"
DATASETS = """
SELECT DISTINCT ?item ?value WHERE {
  VALUES ?item { %s }
  GRAPH ?value { ?item a ?class }
  FILTER EXISTS { ?value a dcat:Dataset }
}
"""
CLAIMS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?item ?place ?value WHERE {
  VALUES ?item { %s }
  ?claim rdf:subject ?item ; rdf:predicate rte:territory ; rdf:object ?place ; rte:evidence ?value .
}
"""
TITLES = "SELECT ?item ?title WHERE { VALUES ?item { %s } ?item dcterms:title ?title }"
ABSENCES = "SELECT ?item ?text WHERE { ?item a dcat:Dataset ; rte:absenceMeaning ?text }"
EVIDENCE = "SELECT ?item ?value WHERE { VALUES ?item { %s } ?item rte:evidence ?value }"

Values = dict[str, set[str]]


def build_map(
    store: Store,
    library: Library,
    name: str = DEFAULT_QUERY,
    values: Mapping[str, str] | None = None,
    *,
    value: str | None = None,
) -> MapData:
    """Read a saved query and where what it names lies.

    Parameters
    ----------
    store, library
        Where the data and the saved queries are.
    name : str
        A saved query. Where it has a column of territories, its rows are placed by it; else what it names
        (a network's nodes) is placed where the data say that it is.
    values : mapping of str to str, optional
        Values of its parameters.
    value : str, optional
        A column of numbers to show for each territory instead of counting entries.

    Raises
    ------
    UnknownQuery
        If there is no such query.
    UsageError
        If nothing that the query gives has a territory, or it gives several numbers for one.
    """
    saved = library.get(name)
    found = read_found(store, library, saved, values or {}, value)
    read = read_places(store, found.territories)
    places = (*(_as_given(read) if found.value else read), UNPLACED)
    entities = {row.entity for row in found.rows}
    classes = read_classes(store, entities)
    reading = _Reading(store, found, places, classes)
    return MapData(
        name=saved.name,
        title=_title(saved, values or {}, found.value),
        description=Text(fr=saved.description.fr, en=saved.description.en),
        noun=_noun(classes, entities),
        colour=_colour(classes),
        places=places,
        entries=reading.entries(),
        levels=_level_of(places) if found.value else LEVELS,
        value=_value(library, found),
        types=reading.types,
        domains=reading.groups["domain"],
        actors=reading.groups["actor"],
        datasets=reading.groups["dataset"],
        sources=reading.sources,
        making=_making(store, library, saved, values or {}),
    )


class _Reading:
    """What is read of the entries, and the positions by which they point to it."""

    def __init__(
        self, store: Store, found: Found, places: Sequence[MapPlace], classes: Mapping[str, str]
    ) -> None:
        self.found, self.places, self.classes = found, places, classes
        entities = {row.entity for row in found.rows}
        self.texts = read_texts(store, entities)
        self.told = _told(store, set() if found.value else entities)
        self.forms = {row["item"][0]: row["value"][0] for row in read_rows(store, FORMS % terms(entities))}
        self.form_texts = read_texts(store, set(self.forms.values()))
        self.cited = _cited(store, found.rows)
        self.sources = read_sources(store, {iri for iris in self.cited.values() for iri in iris})
        self.number = {source.iri: i for i, source in enumerate(self.sources)}
        self.groups = {
            what: _categories(store, told, capital=what == "domain") for what, told in self.told.items()
        }
        self.types = _categories(store, {iri: {each} for iri, each in classes.items()})
        self.type_of = {each.key: i for i, each in enumerate(self.types)}
        self.position = {
            what: {each.key: i for i, each in enumerate(group)} for what, group in self.groups.items()
        }

    def entries(self) -> tuple[MapEntry, ...]:
        """Return one entry per thing, in the order of the French labels."""
        by_entity: dict[str, list[Row]] = {}
        for row in self.found.rows:
            by_entity.setdefault(row.entity, []).append(row)
        return tuple(sorted((self._entry(iri, rows) for iri, rows in by_entity.items()), key=_alphabetical))

    def _entry(self, iri: str, rows: Sequence[Row]) -> MapEntry:
        known = {row.territory for row in rows if row.territory} or {""}
        label = self.texts[iri].label if iri in self.texts and self.texts[iri].label.fr else same(iri)
        return MapEntry(
            iri=iri,
            label=shown_text(label),
            detail=self._detail(iri, rows[0]),
            places=tuple(
                (i, self._sources(iri, place.iri))
                for i, place in enumerate(self.places)
                if place.iri in known
            ),
            type=self.type_of.get(self.classes.get(iri, "")),
            domains=self._positions("domain", iri),
            actors=self._positions("actor", iri),
            datasets=self._positions("dataset", iri),
            value=rows[0].value,
        )

    def _detail(self, iri: str, row: Row) -> Text:
        form = self.form_texts.get(self.forms.get(iri, ""))
        return shown_text(form.label) if form and not row.detail else same(shown(row.detail))

    def _sources(self, entity: str, place: str) -> tuple[int, ...]:
        return tuple(sorted(self.number[each] for each in self.cited[entity, place] if each in self.number))

    def _positions(self, what: str, iri: str) -> tuple[int, ...]:
        return tuple(sorted(self.position[what][each] for each in self.told[what].get(iri, ())))


def _alphabetical(entry: MapEntry) -> tuple[tuple[str, str, str], str]:
    return collation_key(entry.label.fr), entry.iri


def _told(store: Store, entities: Collection[str]) -> dict[str, Values]:
    """What the filters ask of each entry, by its IRI."""
    found: dict[str, Values] = {}
    for what, query in (("domain", DOMAINS), ("actor", ACTORS), ("dataset", DATASETS)):
        found[what] = {}
        for row in read_rows(store, query % terms(entities)) if entities else ():
            found[what].setdefault(row["item"][0], set()).add(row["value"][0])
    return found


def _cited(store: Store, rows: Iterable[Row]) -> dict[tuple[str, str], set[str]]:
    """Citations for each entry and place: of the claim of it, else of the row, else of the entry."""
    rows = list(rows)
    entities = {row.entity for row in rows}
    claims: dict[tuple[str, str], set[str]] = {}
    own: Values = {}
    if entities:
        for row in read_rows(store, CLAIMS % terms(entities)):
            claims.setdefault((row["item"][0], row["place"][0]), set()).add(row["value"][0])
        for row in read_rows(store, EVIDENCE % terms(entities)):
            own.setdefault(row["item"][0], set()).add(row["value"][0])
    stated: dict[tuple[str, str], set[str]] = {}
    for each in rows:
        stated.setdefault((each.entity, each.territory), set()).update(each.evidence)
    return {key: claims.get(key) or iris or own.get(key[0], set()) for key, iris in stated.items()}


def _categories(store: Store, values: Values, *, capital: bool = True) -> tuple[PageCategory, ...]:
    """Return the values in use, in the order of their French labels."""
    keys = {key for each in values.values() for key in each}
    texts: Mapping[str, Texts] = read_texts(store, keys)
    titles = _titles(store, {key for key in keys if key not in texts or not texts[key].label.fr})
    found = []
    for key in sorted(keys):
        tail = key.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
        # A dataset has a title, and often a shorter name beside it.
        other = texts[key].other_names[:1] if key in texts else ()
        label = texts[key].label if key in texts and texts[key].label.fr else None
        label = label or (same(other[0]) if other else titles.get(key, same(tail)))
        found.append(PageCategory(key=key, label=shown_text(_capital(label) if capital else label)))
    return tuple(sorted(found, key=lambda each: (collation_key(each.label.fr), each.key)))


def _titles(store: Store, keys: Collection[str]) -> dict[str, Text]:
    """Titles of what has no label: datasets."""
    found: dict[str, dict[str, str]] = {}
    for row in read_rows(store, TITLES % terms(keys)) if keys else ():
        found.setdefault(row["item"][0], {}).setdefault(row["title"][1], row["title"][0])
    return {
        key: Text(
            fr=texts.get("fr") or next(iter(texts.values())), en=texts.get("en") or next(iter(texts.values()))
        )
        for key, texts in found.items()
    }


def _capital(label: Text) -> Text:
    return Text(fr=label.fr[:1].upper() + label.fr[1:], en=label.en[:1].upper() + label.en[1:])


def _main_class(classes: Mapping[str, str]) -> str:
    counted = Counter(classes.values())
    return min(counted, key=lambda each: (-counted[each], each)) if counted else ""


def _noun(classes: Mapping[str, str], entities: Collection[str]) -> tuple[Text, Text]:
    if len(classes) < len(entities):
        return ENTRY
    kinds = set(classes.values())
    return ACTOR if len(kinds) > 1 and kinds <= ACTORS_ALL else NOUNS.get("".join(kinds), ENTRY)


def _colour(classes: Mapping[str, str]) -> str:
    main = style.short_key(_main_class(classes), style.NODE_LOOKS)
    return style.NODE_LOOKS[main or "Initiative"].colour


def _title(saved: SavedQuery, values: Mapping[str, str], value: str) -> Text:
    defaults = {parameter.name: parameter.default for parameter in saved.parameters}
    asked = [f"{name} = {each}" for name, each in sorted(values.items()) if each != defaults.get(name)]
    tail = f" ({', '.join(asked)})" if asked else ""
    fr, en = saved.summary.fr, saved.summary.en
    if not any(word in fr.lower() for word in ("territoire", "département", "région")) and not value:
        fr, en = f"{fr} par territoire", f"{en} by territory"
    return Text(fr=fr + tail, en=en + tail)


def _as_given(places: Sequence[MapPlace]) -> tuple[MapPlace, ...]:
    """Numbers that a query gives are not added up: what is no département or région itself stands beside."""
    return tuple(
        place if place.level else replace(place, departement="", region="", group=ELSEWHERE)
        for place in places
    )


def _level_of(places: Sequence[MapPlace]) -> tuple[str, ...]:
    """Return the one level at which a query gives numbers."""
    levels = {place.level for place in places if place.level}
    if len(levels) > 1:
        raise UsageError(
            fr="La requête donne des nombres pour des départements et pour des régions à la fois : donnez-"
            "lui des paramètres (-p) qui laissent les uns ou les autres.",
            en="The query gives numbers for départements and for régions at once: give it parameters (-p) "
            "that leave the ones or the others.",
        )
    return tuple(levels) or (DEPARTEMENT,)


def _value(library: Library, found: Found) -> MapValue | None:
    if not found.value:
        return None
    return MapValue(
        column=found.value,
        label=Text(fr=library.heading(found.value, "fr"), en=library.heading(found.value, "en")),
        rate=bool(RATE.search(found.value)),
    )


def _making(store: Store, library: Library, saved: SavedQuery, values: Mapping[str, str]) -> Making:
    from rte_graph.network.lineage import SOFTWARE, data_hash, query_text

    version, licences = data_version(store)
    digest = data_hash(store)
    data = f"{version} ({digest[:12]})".strip()
    absences = _absences(store)
    return Making(
        query=query_text(library, saved.name),
        parameters=tuple(sorted(values.items())),
        data_version=version,
        data_hash=digest,
        software=SOFTWARE,
        licences=tuple((licence_name(address), address) for address in licences),
        cite=Text(
            fr=f"RTE, carte «\u00a0{saved.name}\u00a0», données {data}, {SOFTWARE}",
            en=f"RTE, map “{saved.name}”, data {data}, {SOFTWARE}",
        ),
        scope=shown_text(absences),
    )


def _absences(store: Store) -> Text:
    """Return what the datasets say that the absence of something in them means."""
    found: dict[str, list[str]] = {"fr": [], "en": []}
    for row in read_rows(store, ABSENCES):
        found.setdefault(row["text"][1], []).append(row["text"][0])
    return Text(fr=" ".join(found["fr"]), en=" ".join(found["en"] or found["fr"]))
