"""The index of names: labels and former names of what people look for, in a file that pages load.

It is a script and not JSON to fetch, because pages opened from a disk may load the one and not the other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from rte_graph.publish.graph import reading_of
from rte_graph.publish.kinds import BROWSED, kind_label
from rte_graph.publish.model import Page, Site
from rte_graph.publish.namesakes import sort_of
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.wording import one_line


def pages(site: Site) -> Iterator[Page]:
    """Yield the index of each language."""
    for lang in site.config.languages:
        text = json.dumps(index(site, lang), ensure_ascii=False, separators=(",", ":"))
        for char in "<>&\u2028\u2029":
            text = text.replace(char, f"\\u{ord(char):04x}")
        yield Page(path=f"assets/search.{lang}.js", content=f"window.rteSearch={text};\n".encode())


def index(site: Site, lang: str) -> dict[str, Any]:
    """Return what the script searches: kinds, and entries of label, path, number of the kind, other names."""
    kinds = list(BROWSED)
    said = [kind_label(kind, lang) for kind in kinds]
    shown = [each for each in site.resources.values() if each.category in BROWSED]
    met = Counter(each.label.in_language(lang) for each in shown)
    reading = reading_of(site)
    found = []
    for resource in shown:
        label = one_line(resource.label.in_language(lang))
        others = dict.fromkeys([*resource.former_names, *resource.other_names])
        path = resource.page(lang, site.first)
        number = kinds.index(resource.category)
        if met[resource.label.in_language(lang)] > 1:
            word = " · ".join(filter(None, (said[number], sort_of(reading, resource.iri, lang))))
            number = said.index(word) if word in said else len(said)
            said += [word] * (number == len(said))
        entry = [label, path, number, *(name for name in others if name != label)]
        found.append((collation_key(label), resource.iri, entry))
    return {"kinds": said, "entries": [each[-1] for each in sorted(found)]}
