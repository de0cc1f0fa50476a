"""Find the thing that a person names: by label, former name, IRI or the end of an IRI.

An exact name beats one that differs by accents, case or punctuation, which beats a name that merely contains
what was typed. Two things that fit equally well are listed; nothing is chosen for the user.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.namespaces import DCTERMS, RDFS, RTE, SKOS, VOCABULARY_BASE, shorten
from rte_graph.sparql.collation import collation_key, fold
from rte_graph.sparql.model import Parameter, Text
from rte_graph.sparql.terms import (
    echoed,
    expand,
    iri_text,
    is_absolute,
    known_iris,
    last_segment,
    literal_text,
)
from rte_graph.sparql.wording import one_line
from rte_graph.store.base import Store

SHOWN = 12
"""How many possibilities a message lists."""

_MAIN = {SKOS("prefLabel"), RDFS("label"), DCTERMS("title")}
_NAMES = (*sorted(_MAIN), SKOS("altLabel"), SKOS("notation"), RTE("formerName"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing and the name to show for it."""

    iri: str
    label: str

    def __str__(self) -> str:
        """Label, and IRI in its short form."""
        return f"{self.label} ({shorten(self.iri)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where to look for a name: a class, a concept scheme, both together, or everything that has a name."""

    class_iri: str | None = None
    scheme: str | None = None

    def pattern(self, variable: str) -> str:
        """SPARQL that keeps to the scope."""
        patterns = []
        if self.class_iri:
            patterns.append(f"{variable} a {iri_text(self.class_iri)} .")
        if self.scheme:
            patterns.append(f"{variable} <{SKOS('inScheme')}> {iri_text(VOCABULARY_BASE + self.scheme)} .")
        if len(patterns) < 2:
            return "".join(patterns)
        return " UNION ".join(f"{{ {each} }}" for each in patterns)


def scope_of(parameter: Parameter) -> Scope:
    """Scope of an entity or concept parameter."""
    return Scope(class_iri=parameter.class_name, scheme=parameter.scheme)


def resolve(store: Store, text: str, *, scope: Scope, lang: str, hint: Text | None = None) -> str:
    """Return the IRI that a text names.

    Parameters
    ----------
    store
        Where to look.
    text
        A label, alternative label, former name, notation, IRI, prefixed name or last segment of an IRI.
    scope
        What may be meant.
    lang
        Language of the labels in messages.
    hint
        Sentence that tells how to list everything possible.

    Raises
    ------
    AmbiguousName
        If several things fit equally well; they are listed with their IRIs.
    UnknownName
        If nothing fits; the nearest names are given.

    Notes
    -----
    A name typed exactly is found through the store's index; otherwise the names in scope are read once,
    a cost linear in their number.
    """
    typed = text.strip()
    by_iri = _by_iri(store, typed, scope)
    if by_iri is not None:
        return by_iri
    found = _exact(store, typed, scope)
    if not found:
        names = _all_names(store, scope)
        found = _by_segment(names, typed) or _folded(names, typed) or _containing(names, typed)
        if not found:
            raise _unknown(store, typed, names, scope, lang, hint)
    if len(found) == 1:
        return next(iter(found))
    widest = _containing_the_others(store, list(found), scope)
    if widest is not None:
        return widest
    raise _ambiguous(store, typed, found, lang)


def possible_values(store: Store, scope: Scope, lang: str) -> tuple[Named, ...]:
    """Everything in scope with its label, in alphabetical order (concepts in the order of their scheme)."""
    rows = _select(store, f"SELECT DISTINCT ?s WHERE {{ {scope.pattern('?s')} }}")
    return labelled(store, [row[0] for row in rows], lang)


def names_beginning(store: Store, scope: Scope, typed: str, lang: str) -> tuple[str, ...]:
    """Names in scope that begin as typed, blind to accents, case and punctuation, in alphabetical order.

    Each thing is named once: by its label where that begins so, else by another of its names (a former one).
    Where no name begins so but one thing alone has a name with such a word in it, that thing is named.
    """
    rows = _select(
        store,
        f"SELECT DISTINCT ?s ?p (STR(?o) AS ?name) (LANG(?o) AS ?language) WHERE {{ {scope.pattern('?s')} "
        f"VALUES ?p {{ {_name_properties()} }} ?s ?p ?o }}",
    )
    things: dict[str, list[tuple[int, int, str]]] = {}
    for iri, predicate, name, language in rows:
        order = {"fr": 1, "": 2, lang: 0}.get(language, 3)
        if predicate != SKOS("notation"):
            things.setdefault(iri, []).append((order, predicate not in _MAIN, one_line(name)))
    wanted, within = _squeezed(typed), f" {fold(typed)}"
    found = set(_first_names(things.values(), lambda name: _squeezed(name).startswith(wanted)))
    if not found and len(wanted) > 2:
        found = set(_first_names(things.values(), lambda name: within in fold(name)))
        found = found if len(found) == 1 else set()
    return tuple(sorted(found, key=collation_key))


def _first_names(
    things: Iterable[Sequence[tuple[int, int, str]]], fits: Callable[[str], bool]
) -> Iterator[str]:
    """The first name of each thing that fits: in the language chosen, French or none, labels first."""
    for names in things:
        least = min(order for order, _, _ in names)
        fitting = [each for each in names if each[0] <= max(least, 2) and fits(each[2])]
        if fitting:
            yield min(fitting)[2]


def labelled(store: Store, iris: Iterable[str], lang: str) -> tuple[Named, ...]:
    """Give IRIs their labels, sorted by them."""
    unique = sorted(set(iris))
    found = labels(store, unique, lang)
    named = (Named(iri=iri, label=one_line(found.get(iri, last_segment(iri)))) for iri in unique)
    return tuple(sorted(named, key=lambda each: (collation_key(each.label), each.iri)))


def labels(store: Store, iris: Sequence[str], lang: str) -> dict[str, str]:
    """Labels of IRIs: in the language chosen, else French, else English, else any; absent if they have none.

    Examples
    --------
    >>> from rte_graph.store import EmbeddedStore
    >>> labels(EmbeddedStore.in_memory(), [], "fr")
    {}
    """
    best: dict[str, tuple[tuple[int, int, str], str]] = {}
    for start in range(0, len(iris), 500):
        values = known_iris(iris[start : start + 500])
        query = (
            f"SELECT ?s ?p (STR(?o) AS ?label) (LANG(?o) AS ?language) WHERE {{ VALUES ?s {{ {values} }} "
            # A filter, not a second VALUES: for that the engine goes through all labels (7 times slower).
            f"?s ?p ?o . FILTER(?p IN ({', '.join(f'<{name}>' for name in sorted(_MAIN))})) }}"
        )
        for subject, predicate, label, language in _select(store, query):
            order = {"fr": 1, "en": 2, "": 3, lang: 0}.get(language, 4)
            rank = (order, 0 if predicate == SKOS("prefLabel") else 1, label)
            if subject not in best or rank < best[subject][0]:
                best[subject] = (rank, label)
    return {iri: label for iri, (_, label) in best.items()}


def _select(store: Store, query: str) -> list[tuple[str, ...]]:
    rows = store.select(query).rows
    return [tuple("" if term is None else str(getattr(term, "value", term)) for term in row) for row in rows]


def _by_iri(store: Store, typed: str, scope: Scope) -> str | None:
    iri = expand(typed) or typed.removeprefix("<").removesuffix(">")
    # A name may hold a colon (« Tiers:lieux »): only what is plainly meant as an address must be one.
    if not typed.startswith(("<", "http://", "https://")) and not is_absolute(iri):
        return None
    node = iri_text(iri)
    pattern = scope.pattern(node)
    if store.ask(f"ASK {{ {pattern or f'{node} ?p ?o'} }}"):
        return iri
    if pattern and store.ask(f"ASK {{ {node} ?p ?o }}"):
        raise UnknownName(
            fr=f"{iri} existe, mais n’est pas {_wanted(scope, 'fr')} : donnez-en un autre.",
            en=f"{iri} exists, but is not {_wanted(scope, 'en')}: give another one.",
        )
    return None


def _wanted(scope: Scope, lang: str) -> str:
    wanted = []
    if scope.class_iri:
        name = shorten(scope.class_iri)
        wanted.append(f"a {name}" if lang == "en" else f"un {name}")
    if scope.scheme:
        scheme = scope.scheme
        wanted.append(f"a concept of “{scheme}”" if lang == "en" else f"un concept de « {scheme} »")
    return (" or " if lang == "en" else " ou ").join(wanted)


def _exact(store: Store, typed: str, scope: Scope) -> dict[str, bool]:
    forms = " ".join([literal_text(typed), *(literal_text(typed, language=tag) for tag in ("fr", "en"))])
    rows = _select(
        store,
        f"SELECT DISTINCT ?s ?p WHERE {{ VALUES ?o {{ {forms} }} ?s ?p ?o . "
        f"FILTER(?p IN ({_name_properties(', ')})) {scope.pattern('?s')} }}",
    )
    return _preferring_labels((iri, predicate in _MAIN) for iri, predicate in rows)


def _name_properties(separator: str = " ") -> str:
    return separator.join(f"<{name}>" for name in _NAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    iri: str
    text: str
    main: bool


def _all_names(store: Store, scope: Scope) -> list[_Name]:
    rows = _select(
        store,
        f"SELECT DISTINCT ?s ?p (STR(?o) AS ?name) WHERE {{ {scope.pattern('?s')} "
        f"VALUES ?p {{ {_name_properties()} }} ?s ?p ?o }}",
    )
    return [_Name(iri=iri, text=name, main=predicate in _MAIN) for iri, predicate, name in rows]


def _by_segment(names: Sequence[_Name], typed: str) -> dict[str, bool]:
    return {name.iri: True for name in names if last_segment(name.iri) == typed}


def _folded(names: Sequence[_Name], typed: str) -> dict[str, bool]:
    wanted = _squeezed(typed)
    if not wanted:
        return {}
    return _preferring_labels((name.iri, name.main) for name in names if _squeezed(name.text) == wanted)


def _containing_the_others(store: Store, found: Sequence[str], scope: Scope) -> str | None:
    """Of territories with one name the one in which all others lie: La Réunion is région and département."""
    if scope.class_iri != RTE("Territory"):
        return None
    values = known_iris(found)
    rows = _select(
        store,
        f"SELECT DISTINCT ?wide ?narrow WHERE {{ VALUES ?narrow {{ {values} }} VALUES ?wide {{ {values} }} "
        f"FILTER(?wide != ?narrow) ?narrow <{RTE('within')}>+ ?wide }}",
    )
    within = Counter(wide for wide, _ in rows)
    return next((wide for wide, count in within.items() if count == len(found) - 1), None)


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")


def _containing(names: Sequence[_Name], typed: str) -> dict[str, bool]:
    words = fold(typed)
    if len(words) < 2:
        return {}
    return {name.iri: name.main for name in names if words in fold(name.text)}


def _preferring_labels(found: Iterable[tuple[str, bool]]) -> dict[str, bool]:
    """Keep the things whose main label fits if there is one, else those with another name that fits."""
    pairs = list(found)
    main = {iri: True for iri, is_main in pairs if is_main}
    return main or dict.fromkeys((iri for iri, _ in pairs), False)


def _ambiguous(store: Store, typed: str, found: Iterable[str], lang: str) -> AmbiguousName:
    named = labelled(store, found, lang)
    listed = " ; ".join(str(each) for each in named[:SHOWN]) + (" ; …" if len(named) > SHOWN else "")
    shown = echoed(typed)
    return AmbiguousName(
        fr=f"« {shown} » peut désigner {len(named)} choses, précisez ou donnez l’IRI : {listed}.",
        en=f"“{shown}” can mean {len(named)} things, be more precise or give the IRI: {listed}.",
    )


def _unknown(
    store: Store, typed: str, names: Sequence[_Name], scope: Scope, lang: str, hint: Text | None
) -> UnknownName:
    limited = scope.class_iri is not None or scope.scheme is not None
    possible = possible_values(store, scope, lang) if limited else ()
    if 0 < len(possible) <= SHOWN:
        fr, en, hint = "Valeurs possibles", "Possible values", None
        listed = ", ".join(each.label for each in possible)
    else:
        fr, en = "Les noms les plus proches", "The nearest names"
        listed = ", ".join(each.label for each in labelled(store, _nearest(names, typed), lang))
    shown = echoed(typed)
    return UnknownName(
        fr=f"« {shown} » est inconnu ici.{f' {fr} : {listed}.' if listed else ''}"
        f"{' ' + hint.fr if hint else ''}",
        en=f"“{shown}” is not known here.{f' {en}: {listed}.' if listed else ''}"
        f"{' ' + hint.en if hint else ''}",
    )


def _nearest(names: Sequence[_Name], typed: str) -> list[str]:
    """Names that somebody may have meant: alike as a whole, or by a word that is not a short one."""
    wanted = fold(typed[:200])
    words = [word for word in wanted.split() if len(word) > 3]
    scored: dict[str, float] = {}
    for name in names:
        text = fold(name.text)
        matcher = difflib.SequenceMatcher(a=wanted, b=text)
        whole = matcher.ratio() if matcher.real_quick_ratio() > _ALIKE else 0.0
        shared = sum(1 for word in words if difflib.get_close_matches(word, text.split(), 1, _SAME_WORD))
        if whole > _ALIKE or shared:
            scored[name.iri] = max(whole + 0.2 * shared, scored.get(name.iri, 0.0))
    best = sorted((-score, iri) for iri, score in scored.items())
    return [iri for _, iri in best[:5]]


_ALIKE, _SAME_WORD = 0.75, 0.8
"""How alike two names, and two words, must be for one to be a mistyped other."""
