"""Find saved queries by the words of a question, in French or English, blind to accents and case."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Sequence

from rte_graph.errors import UsageError
from rte_graph.sparql.collation import fold
from rte_graph.sparql.model import Library, SavedQuery, Text
from rte_graph.sparql.terms import echoed

_NAME, _SUMMARY, _TAG, _DETAIL, _DESCRIPTION = 10, 8, 6, 3, 1
"""How much a word counts by where it stands: what a query is called and answers first."""


def search(library: Library, words: Sequence[str], topic: str | None = None) -> tuple[SavedQuery, ...]:
    """Queries that speak of all the words, the best first.

    Parameters
    ----------
    library
        Where to look: in names, summaries, descriptions and tags, in the labels and descriptions of
        parameters and in the headings of columns, in both languages.
    words
        Each is the beginning of a word (« orga » finds « organisation »), or its plural.
    topic
        Keep to the queries of this topic.

    Returns
    -------
    tuple of SavedQuery
        Without words, in the order of the list: by topic, then by name.

    Examples
    --------
    >>> search(Library(queries={}), ["members"])
    ()
    """
    listed = [query for queries in library.by_topic().values() for query in queries]
    if topic is not None:
        listed = [query for query in listed if query.topic == topic]
    wanted = _words(words)
    if not wanted:
        return tuple(listed)
    fits = {query.name: _fits(library, query, wanted) for query in listed}
    # A word that stands nearly everywhere (« alliance ») says little about which query is meant.
    rare = [math.log(1 + len(fits) / (1 + sum(map(bool, each)))) for each in zip(*fits.values(), strict=True)]
    scores = {
        name: sum(fit * worth for fit, worth in zip(each, rare, strict=True)) if all(each) else 0.0
        for name, each in fits.items()
    }
    found = (query for query in listed if scores[query.name])
    # Sorted stably: equally good ones stay in the order of the list.
    return tuple(sorted(found, key=lambda each: (fold(each.name) != " ".join(wanted), -scores[each.name])))


def topic_named(library: Library, name: str) -> str:
    """Return the topic that a name or a title means, blind to accents and case.

    Raises
    ------
    UsageError
        With all topics.
    """
    groups = library.by_topic()
    topics = list(dict.fromkeys([*groups, *library.topics]))
    for topic in topics:
        title = library.topics.get(topic)
        if fold(name) in {fold(topic), *((fold(title.fr), fold(title.en)) if title else ())}:
            return topic
    listed = {lang: ", ".join(_titled(library, each, lang) for each in topics) for lang in ("fr", "en")}
    raise UsageError(
        fr=f"Aucun sujet ne s’appelle « {echoed(name)} » : choisissez parmi {listed['fr']}.",
        en=f"No topic is called “{echoed(name)}”: choose among {listed['en']}.",
    )


def nothing_found(library: Library, words: Sequence[str], topic: str | None) -> Text:
    """Say in one sentence that no query speaks of the words, and what to try instead."""
    said = echoed(" ".join(words))
    if not _words(words):
        return Text(
            fr=f"Aucune requête n’est du sujet « {topic} » : « rte-graph query list » les énumère toutes.",
            en=f"No query is of the topic “{topic}”: “rte-graph query list” lists them all.",
        )
    if topic is not None and (elsewhere := search(library, words)):
        names = ", ".join(query.name for query in elsewhere[:3])
        return Text(
            fr=f"Aucune requête du sujet « {topic} » ne parle de « {said} », mais d’autres en parlent : "
            f"{names}.",
            en=f"No query of the topic “{topic}” speaks of “{said}”, but others do: {names}.",
        )
    near = _nearest(library, _words(words))
    if near:
        return Text(
            fr=f"Aucune requête ne parle de « {said} » : essayez {', '.join(near)}, ou « rte-graph query "
            "list » pour les voir toutes.",
            en=f"No query speaks of “{said}”: try {', '.join(near)}, or “rte-graph query list” to "
            "see them all.",
        )
    return Text(
        fr=f"Aucune requête ne parle de « {said} » : essayez d’autres mots, ou voyez-les toutes avec "
        "« rte-graph query list ».",
        en=f"No query speaks of “{said}”: try other words, or see them all with “rte-graph query list”.",
    )


def _titled(library: Library, topic: str, lang: str) -> str:
    title = library.topics.get(topic)
    return f"{topic} ({title.fr if lang == 'fr' else title.en})" if title else topic


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in fold(text).split()]


def _fits(library: Library, query: SavedQuery, wanted: Sequence[str]) -> list[int]:
    """For each word, the best place of a query where it stands; 0 when it stands nowhere."""
    fields = [(weight, set(fold(text).split())) for weight, text in _fields(library, query)]
    return [max(weight * _fit(word, found) for weight, found in fields) for word in wanted]


def _fit(word: str, found: set[str]) -> int:
    """How well a word fits those of a field: twice as well whole (in either number) as by its beginning."""
    if not found.isdisjoint({word, f"{word}s", f"{word}x", *_singulars(word)}):
        return 2
    return int(any(other.startswith(word) for other in found))


def _singulars(word: str) -> Iterator[str]:
    """What may be the singular of a French or English word."""
    if len(word) > 3 and word[-1] in "sx":
        yield word[:-1]
    if len(word) > 4 and word.endswith("aux"):
        yield f"{word[:-3]}al"
    if len(word) > 4 and word.endswith("ies"):
        yield f"{word[:-3]}y"


def _fields(library: Library, query: SavedQuery) -> Iterator[tuple[int, str]]:
    yield _NAME, query.name
    for text in _both(query.summary):
        yield _SUMMARY, text
    yield _TAG, " ".join((query.topic, *query.tags))
    if query.topic in library.topics:
        for text in _both(library.topics[query.topic]):
            yield _DETAIL, text
    if query.network is not None:
        yield _SUMMARY, " ".join(("réseau network", *_both(query.network.label)))
    for parameter in query.parameters:
        yield _DETAIL, " ".join((parameter.name, *_both(parameter.label), *_both(parameter.description)))
    yield _DETAIL, " ".join(query.columns)
    for column in query.columns:
        if column in library.headings:
            yield _DETAIL, " ".join(_both(library.headings[column]))
    for text in _both(query.description):
        yield _DESCRIPTION, text


def _both(text: Text) -> tuple[str, str]:
    return text.fr, text.en


def _nearest(library: Library, wanted: Sequence[str]) -> list[str]:
    """For each word that stands nowhere, the words that it may be a slip for."""
    known = {
        word
        for query in library.queries.values()
        for _, text in _fields(library, query)
        for word in fold(text).split()
        if len(word) > 3
    }
    missing = [word for word in wanted if len(word) > 3 and not _fit(word, known)]
    near = [other for word in missing for other in difflib.get_close_matches(word, known, n=2, cutoff=0.75)]
    return list(dict.fromkeys(near))
