"""What can go wrong at an endpoint, as sentences.

Nothing here repeats a header, a body unabridged, or a URL with its query: credentials may stand there.
"""

# ruff: noqa: N818 - the names read as the sentence they stand for.

from __future__ import annotations

import re

from rte_graph.errors import EndpointError, SizeLimit, StoreUnavailable, TimeLimit, UnreadableQuery
from rte_graph.store.remote.credentials import PASSWORD, TOKEN, USER
from rte_graph.typography import printable

_LONGEST_EXCERPT = 200
_KEYS = "endpoint-update, endpoint-graph-store"


class BrokenOff(EndpointError):
    """The connection was lost after the request had been sent: whether it was done is not known."""


class Absent(EndpointError):
    """Nothing of what was asked for is at a URL."""


def excerpt(text: str) -> str:
    """Return the beginning of what an endpoint said, on one line, without markup and control characters.

    Examples
    --------
    >>> excerpt("<html><style>p {}</style><p>No \\x1b[31mluck</p>")
    'No [31mluck'
    """
    text = text[:10_000]
    if "<" in text:
        text = re.sub(r"(?is)<(style|script)\b.*?(</\1>|$)|<[a-z!/][^<>]*(?:>|$)", " ", text)
    text = printable(re.sub(r"\s+", " ", text)).replace("\ufffd", "").strip()
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[: _LONGEST_EXCERPT - 1]}…"


def unreachable(url: str, error: Exception) -> EndpointError:
    """No connection, or none that can be trusted."""
    fr, en = _why(error)
    return EndpointError(
        fr=f"Le point d’accès {url} n’a pas pu être joint ({fr}) : vérifiez l’adresse et la connexion.",
        en=f"The endpoint {url} could not be reached ({en}): check the address and the connection.",
        keep=(url,),
    )


def _why(error: Exception) -> tuple[str, str]:
    # Here, because this file is loaded with every store and these with endpoints alone.
    import socket
    import ssl
    from urllib.error import URLError

    while isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if isinstance(error, socket.gaierror):
        return "aucun hôte de ce nom", "no host of this name"
    if isinstance(error, ssl.SSLError):
        reason = getattr(error, "verify_message", "") or error.reason or "TLS"
        return f"certificat ou chiffrement refusé, {reason}", f"certificate or encryption refused, {reason}"
    if isinstance(error, ConnectionRefusedError):
        return "connexion refusée", "connection refused"
    if isinstance(error, ConnectionError | EOFError):
        return "connexion rompue", "connection broken"
    number = getattr(error, "errno", None)
    return (f"erreur {number}", f"error {number}") if number else ("réponse illisible", "unreadable answer")


def broken_off(url: str, error: Exception | None = None) -> BrokenOff:
    """The answer ends before its end."""
    fr, en = _why(error) if error is not None else ("réponse incomplète", "incomplete answer")
    return BrokenOff(
        fr=f"Le point d’accès {url} s’est interrompu avant la fin ({fr}) : réessayez.",
        en=f"The endpoint {url} broke off before the end ({en}): try again.",
        keep=(url,),
    )


def too_slow(url: str, seconds: int) -> TimeLimit:
    """The whole answer was not there in time."""
    return TimeLimit(
        fr=f"Le point d’accès {url} n’a pas répondu en entier en {seconds} s : restreignez la requête ou "
        "relevez RTE_GRAPH_MAX_ENDPOINT_SECONDS.",
        en=f"The endpoint {url} did not answer in full within {seconds} s: narrow the query or "
        "raise RTE_GRAPH_MAX_ENDPOINT_SECONDS.",
        keep=(url,),
    )


def too_large(url: str, limit: int) -> SizeLimit:
    """The answer is larger than allowed."""
    return SizeLimit(
        fr=f"La réponse du point d’accès {url} dépasse {limit} octets : restreignez la requête ou "
        "relevez RTE_GRAPH_MAX_ENDPOINT_BYTES.",
        en=f"The answer of the endpoint {url} has more than {limit} bytes: narrow the query or "
        "raise RTE_GRAPH_MAX_ENDPOINT_BYTES.",
        keep=(url,),
    )


def value_too_large(url: str, limit: int) -> SizeLimit:
    """One value of the answer is larger than the parser takes."""
    return SizeLimit(
        fr=f"Une valeur de la réponse du point d’accès {url} dépasse {limit} octets : laissez-la hors de la "
        "requête.",
        en=f"One value in the answer of the endpoint {url} has more than {limit} bytes: leave it out of the "
        "query.",
        keep=(url,),
    )


def cut_short(url: str, count: int) -> SizeLimit:
    """The endpoint gives no more rows than its own limit allows."""
    return SizeLimit(
        fr=f"Le point d’accès {url} coupe ses réponses à {count} lignes, il en manque : restreignez la "
        "requête, ou lisez-la par morceaux (ORDER BY, LIMIT, OFFSET).",
        en=f"The endpoint {url} cuts its answers at {count} rows, some are missing: narrow the query, or "
        "read it in pieces (ORDER BY, LIMIT, OFFSET).",
        keep=(url,),
    )


def not_an_answer(url: str, fr: str, en: str) -> EndpointError:
    """It answered, but not as the protocol says."""
    return EndpointError(
        fr=f"Le point d’accès {url} ne répond pas comme le veut SPARQL ({fr}) : vérifiez que l’URL est celle "
        "du point d’accès, ou prévenez son responsable.",
        en=f"The endpoint {url} does not answer as SPARQL says ({en}): check that the URL is that of the "
        "endpoint, or tell its maintainer.",
        keep=(url,),
    )


def refused(url: str, status: int, said: str) -> EndpointError:
    """Give the sentence for an answer with an error status."""
    tail = f" « {said} »" if said else ""
    tail_en = f" “{said}”" if said else ""
    if status in (401, 403, 407):
        return EndpointError(
            fr=f"Le point d’accès {url} refuse l’accès ({status}) : donnez {USER} et {PASSWORD}, ou {TOKEN}, "
            "dans l’environnement, et vérifiez leurs droits.",
            en=f"The endpoint {url} denies access ({status}): give {USER} and {PASSWORD}, or {TOKEN}, "
            "in the environment, and check what they may do.",
            keep=(url,),
        )
    if status in (404, 405, 410, 501):
        return Absent(
            fr=f"Il n’y a pas de point d’accès à {url} ({status}) : vérifiez l’URL.",
            en=f"There is no endpoint at {url} ({status}): check the URL.",
            keep=(url,),
        )
    if status in (413, 414):
        return EndpointError(
            fr=f"Le point d’accès {url} refuse un texte de cette taille ({status}) : "
            "envoyez-en moins à la fois.",
            en=f"The endpoint {url} refuses a text of this size ({status}): send less at a time.",
            keep=(url,),
        )
    return EndpointError(
        fr=f"Le point d’accès {url} a répondu par l’erreur {status}{tail} : réessayez plus tard, ou "
        "restreignez la requête.",
        en=f"The endpoint {url} answered with error {status}{tail_en}: try again later, or narrow the query.",
        keep=(url, said),
    )


def asks_to_wait(url: str, seconds: float | None) -> EndpointError:
    """It is busy, for longer than we wait (or asks again and again)."""
    when_fr = f"de revenir dans {seconds:.0f} s" if seconds is not None else "de revenir plus tard"
    when_en = f"to come back in {seconds:.0f} s" if seconds is not None else "to come back later"
    return EndpointError(
        fr=f"Le point d’accès {url} est occupé et demande {when_fr} : réessayez alors.",
        en=f"The endpoint {url} is busy and asks {when_en}: try again then.",
        keep=(url,),
    )


def not_followed(url: str, target: str, fr: str, en: str) -> EndpointError:
    """It sends us elsewhere, where we do not go."""
    return EndpointError(
        fr=f"Le point d’accès {url} renvoie vers {target}, ce qui n’est pas suivi ({fr}) : donnez vous-même "
        "l’URL définitive si vous vous y fiez.",
        en=f"The endpoint {url} redirects to {target}, which is not followed ({en}): give the final URL "
        "yourself if you trust it.",
        keep=(url, target),
    )


def not_sparql(said: str) -> UnreadableQuery:
    """The endpoint cannot read the query."""
    detail_fr, detail_en = (f" ({said})", f" ({said})") if said else ("", "")
    return UnreadableQuery(
        fr=f"Le point d’accès ne peut pas lire la requête{detail_fr} : corrigez son texte.",
        en=f"The endpoint cannot read the query{detail_en}: correct its text.",
        keep=(said,),
    )


def wrong_form(expected: str) -> UnreadableQuery:
    """Another form of query is needed."""
    return UnreadableQuery(
        fr=f"Une requête {expected} est attendue ici : changez sa forme.",
        en=f"A {expected} query is expected here: change its form.",
    )


def no_writing(url: str, tried: tuple[str, ...] = ()) -> StoreUnavailable:
    """It is not known where the endpoint takes changes, if it takes any."""
    listed = ", ".join(tried)
    fr, en = (f" (rien à {listed})", f" (nothing at {listed})") if tried else ("", "")
    return StoreUnavailable(
        fr=f"On ne sait pas où {url} accepte des modifications, s’il en accepte{fr} : écrivez ses adresses "
        f"dans rte.toml ({_KEYS}), ou donnez une autre base avec --store.",
        en=f"It is not known where {url} takes changes, if it does{en}: write its addresses into "
        f"rte.toml ({_KEYS}), or give another store with --store.",
        keep=(url, *tried),
    )


def digest(url: str) -> EndpointError:
    """It takes passwords in a way that is not spoken here."""
    return EndpointError(
        fr=f"Le point d’accès {url} demande HTTP Digest, qui n’est pas pris en charge : "
        "faites-lui accepter Basic ou un jeton.",
        en=f"The endpoint {url} asks for HTTP Digest, which is not supported: have it accept "
        "Basic or a token.",
        keep=(url,),
    )


def denied(url: str, status: int) -> EndpointError:
    """It does not take changes, or not from us."""
    return EndpointError(
        fr=f"{url} refuse les modifications ({status}) : donnez {USER} et {PASSWORD}, ou {TOKEN}, dans "
        f"l’environnement, ou écrivez dans rte.toml ({_KEYS}) où il les accepte, s’il ne se borne pas à "
        "répondre aux requêtes.",
        en=f"{url} denies changes ({status}): give {USER} and {PASSWORD}, or {TOKEN}, in the environment, or "
        f"write into rte.toml ({_KEYS}) where it takes them, if it does more than answer queries.",
        keep=(url,),
    )


def cannot_load(url: str) -> EndpointError:
    """It refuses an update that is ours, not the user's."""
    return EndpointError(
        fr=f"Le point d’accès {url} refuse la mise à jour qu’un chargement lui envoie : chargez dans une "
        "autre base, et signalez-nous de quel serveur il s’agit.",
        en=f"The endpoint {url} refuses the update that a load sends: load into another store, and tell us "
        "which server it is.",
        keep=(url,),
    )


def union_default(url: str) -> StoreUnavailable:
    """A triple of two datasets would count twice in its default graph."""
    example = 'endpoint-default-graph = "https://example.org/graph/all"'
    return StoreUnavailable(
        fr=f"Le graphe par défaut de {url} réunit tous ses graphes, un triplet de deux jeux de données y "
        f"compterait deux fois : nommez dans rte.toml un graphe qui en tient lieu ({example}).",
        en=f"The default graph of {url} is all its graphs together, in which a triple of two datasets would "
        f"count twice: name a graph that stands for it in rte.toml ({example}).",
        keep=(url, example),
    )


def unknown_outcome(url: str) -> EndpointError:
    """The commit was sent and no answer came."""
    return EndpointError(
        fr=f"Le point d’accès {url} n’a pas dit s’il a fait le remplacement, qui est fait en entier ou pas "
        "du tout : regardez ce qu’il contient avant de recommencer, et relevez "
        "RTE_GRAPH_MAX_ENDPOINT_SECONDS s’il a été lent.",
        en=f"The endpoint {url} did not say whether it made the replacement, which is made in full or not "
        "at all: look at what it holds before you try again, and raise RTE_GRAPH_MAX_ENDPOINT_SECONDS if it "
        "was slow.",
        keep=(url,),
    )
