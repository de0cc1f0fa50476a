"""The URLs of an endpoint: which are accepted, how they are shown, where its siblings are likely to be."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from rte_graph.errors import UsageError

_NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}]")
_PORTS = {"http": 80, "https": 443}

# Siblings of a query URL, by the end of its path: (update, graph store). The first pair is Oxigraph's,
# then Fuseki's; the last graph store of each line is the other one's.
_SIBLINGS = {
    "/query": (("update",), ("store", "data")),
    "/sparql": (("update",), ("data", "store")),
}


def checked(url: str) -> str:
    """Return an endpoint's URL, its fragment dropped and other scripts percent-encoded.

    Raises
    ------
    UsageError
        It is not http or https, has no host, or holds a password, which is then not repeated.

    Examples
    --------
    >>> checked("https://example.org/données/sparql")
    'https://example.org/donn%C3%A9es/sparql'
    """
    if "@" in re.split("[/?#]", url.partition("//")[2], maxsplit=1)[0]:
        raise UsageError(
            fr="L’URL du point d’accès contient un nom ou un mot de passe : retirez-les et donnez-les par "
            "RTE_GRAPH_ENDPOINT_USER et RTE_GRAPH_ENDPOINT_PASSWORD.",
            en="The endpoint’s URL holds a name or a password: take them out of the URL and give them by "
            "RTE_GRAPH_ENDPOINT_USER and RTE_GRAPH_ENDPOINT_PASSWORD.",
        )
    try:
        parts = urlsplit(url)
        good = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # brackets of IPv6, ports out of range, host names that DNS cannot hold
        good = False
    if not good or _NOT_IN_URLS.search(url):
        raise UsageError(
            fr=f"« {shown(url)} » n’est pas l’URL d’un point d’accès : donnez une adresse comme "
            "https://example.org/sparql.",
            en=f"“{shown(url)}” is not the URL of an endpoint: give an address like "
            "https://example.org/sparql.",
            keep=(shown(url), "https://example.org/sparql"),
        )
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc if parts.netloc.isascii() else _ascii(parts.hostname or "", parts.port),
            quote(parts.path, safe="/%:@!$&'()*+,;=~-._"),
            quote(parts.query, safe="/?%:@!$&'()*+,;=~-._"),
            "",
        )
    )


def _ascii(host: str, port: int | None) -> str:
    name = host.encode("idna").decode("ascii")
    return name if port is None else f"{name}:{port}"


def shown(url: str) -> str:
    """Return a URL as it stands in messages: without password, query (it may hold a key) or fragment.

    Examples
    --------
    >>> shown("https://me:secret@example.org/sparql?key=1")
    'https://example.org/sparql'
    """
    bare = re.split("[?#]", url, maxsplit=1)[0]
    scheme, separator, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    bare = f"{scheme}{separator}{host.rpartition('@')[2]}{slash}{path}" if separator else bare
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "", bare)[:300]


def origin_of(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port: what credentials belong to.

    Examples
    --------
    >>> origin_of("https://Example.org/sparql")
    ('https', 'example.org', 443)
    """
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(parts.scheme, 0)


def siblings(query_url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the URLs where updates and graphs of an endpoint may be taken, likeliest first.

    Examples
    --------
    >>> siblings("http://localhost:7878/query")[0]
    ('http://localhost:7878/update',)
    """
    parts = urlsplit(query_url)
    for ending, found in _SIBLINGS.items():
        if parts.path.endswith(ending):
            folder = parts.path.removesuffix(ending)
            update, graphs = (
                tuple(urlunsplit((parts.scheme, parts.netloc, f"{folder}/{name}", "", "")) for name in names)
                for names in found
            )
            return update, graphs
    return (), ()


def of_graph(graph_store_url: str, graph: str) -> str:
    """Return the URL of one graph by the SPARQL 1.1 Graph Store Protocol.

    Examples
    --------
    >>> of_graph("http://localhost:7878/store", "http://x.org/1")
    'http://localhost:7878/store?graph=http%3A%2F%2Fx.org%2F1'
    """
    url = urldefrag(graph_store_url).url
    return f"{url}{'&' if '?' in url else '?'}graph={quote(graph, safe='')}"


PUBLIC, PRIVATE, LOOPBACK, SPECIAL = range(4)


def reach_of(address: str) -> int:
    """Return how near to us an IP address is: public, private, this machine, or none of these.

    A redirect may lead to an address as far away as the one that was asked for, or farther; never nearer.

    Examples
    --------
    >>> reach_of("8.8.8.8") < reach_of("192.168.1.1") < reach_of("127.0.0.1") < reach_of("169.254.169.254")
    True
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    # Addresses that carry an IPv4 address reach what that one reaches.
    if isinstance(found, ipaddress.IPv6Address):
        carried = found.ipv4_mapped or found.sixtofour or _nat64(found)
        found = carried or found
    if found.is_loopback:
        return LOOPBACK
    if found.is_link_local or found.is_unspecified or found.is_multicast:
        return SPECIAL
    if found.is_global:
        return PUBLIC
    return SPECIAL if found.is_reserved and not found.is_private else PRIVATE


def reach_of_name(host: str) -> int:
    """Return what can be told of a host's nearness from its name alone: numbers, and ``localhost``."""
    if host.rstrip(".").lower() == "localhost" or host.rstrip(".").lower().endswith(".localhost"):
        return LOOPBACK
    try:
        return reach_of(host)
    except ValueError:
        return PUBLIC


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    inside = address in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if inside else None
