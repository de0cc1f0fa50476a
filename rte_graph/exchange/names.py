"""Short names of the terms of others, for people to read."""

from __future__ import annotations

import re

from rte_graph.exchange.vocabularies import ESSGLOBAL_STANDARD
from rte_graph.namespaces import shorten
from rte_graph.typography import printable

# Not among our own prefixes: what we do not write needs none in our files.
_OTHERS = {
    "http://purl.org/goodrelations/v1#": "gr:",
    "http://www.w3.org/2006/vcard/ns#": "vcard:",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "wgs:",
    "http://www.w3.org/ns/regorg#": "rov:",
    "http://data.ordnancesurvey.co.uk/ontology/spatialrelations/": "os:",
    "http://www.w3.org/ns/ldp#": "ldp:",
    "http://www.w3.org/ns/auth/acl#": "acl:",
    "http://semapps.org/ns/core#": "semapps:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    ESSGLOBAL_STANDARD: "",
}
_LONGEST = 60
# No-break spaces stay.
_SPACES = re.compile(r"[ \t\r\n]+")


def short(iri: str) -> str:
    """Return a term's prefixed name, or its IRI cut in the middle; nothing in it commands a terminal.

    Examples
    --------
    >>> short("http://purl.org/goodrelations/v1#name")
    'gr:name'
    >>> short("http://purl.org/essglobal/standard/legal-form/L2")
    'legal-form/L2'
    """
    name = shorten(iri)
    if name == iri:
        for space, prefix in _OTHERS.items():
            if iri.startswith(space) and len(iri) > len(space):
                name = prefix + iri[len(space) :]
                break
    return clip(name)


def clip(text: str, longest: int = _LONGEST) -> str:
    """Return a text for one cell: printable, on one line, cut in the middle when it is long."""
    line = _SPACES.sub(" ", printable(text)).strip()
    if len(line) <= longest:
        return line
    tail = longest // 3
    return f"{line[: longest - tail - 1]}…{line[-tail:]}"
