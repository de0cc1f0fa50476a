"""Read and check the ``#+`` YAML header of a saved query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, get_args

from rte_graph.errors import UnreadableQuery
from rte_graph.sparql.model import Expectation, Mode, NetworkHeader, Parameter, ParameterType, SortKey, Text
from rte_graph.sparql.terms import expand
from rte_graph.sparql.yaml_text import BrokenYaml, read_yaml

KEYS = ("summary", "description", "tags", "params", "expect", "network", "order")
PARAMETER_KEYS = ("type", "class", "scheme", "values", "label", "description", "default", "example")
NETWORK_KEYS = ("mode", "nodes", "label", "source", "target")
RESERVED = ("lang",)
ANY_CLASS = "any"
SOURCE = Text(fr="Départ", en="Source")
TARGET = Text(fr="Arrivée", en="Target")


class HeaderReader:
    """Reads one header; every complaint names the file, the key and the repair."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        # Lines that are not of the header stay as empty ones, so that a complaint names the file's line.
        lines = [line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in text.splitlines()]
        if not any(line.startswith("#+") for line in text.splitlines()):
            self.fail("", "commencez le fichier par un en-tête « #+ »", "start the file with a `#+` header")
        try:
            values = read_yaml("\n".join(lines).rstrip())
        except BrokenYaml as error:
            raise UnreadableQuery(
                fr=f"{path}, en-tête, {error.fr}.", en=f"{path}, header, {error.en}."
            ) from error
        self._values = self._mapping(values, "")
        self._allow(self._values, KEYS, "")

    def fail(self, key: str, fr: str, en: str) -> NoReturn:
        """Refuse the file: which key, and what to write in its place."""
        where_fr = f", clé « {key} »" if key else ""
        where_en = f", key “{key}”" if key else ""
        raise UnreadableQuery(fr=f"{self._path}{where_fr} : {fr}.", en=f"{self._path}{where_en}: {en}.")

    def summary(self) -> Text:
        """One line in both languages."""
        return self._text(self._values, "summary", "summary")

    def description(self) -> Text:
        """A few sentences in both languages."""
        return self._text(self._values, "description", "description")

    def tags(self) -> tuple[str, ...]:
        """Key words; none is fine."""
        return self._strings("tags")

    def expect(self) -> Expectation:
        """What the query gives."""
        value = self._values.get("expect", "table")
        return self._one_of(value, get_args(Expectation), "expect")  # type: ignore[return-value]

    def order(self) -> tuple[SortKey, ...]:
        """Columns to sort by."""
        return tuple(
            SortKey(column=name.removeprefix("-").lstrip("?"), descending=name.startswith("-"))
            for name in self._strings("order")
        )

    def parameters(self) -> tuple[Parameter, ...]:
        """Typed parameters, in the order of the header."""
        params = self._mapping(self._values.get("params") or {}, "params")
        return tuple(self._parameter(name, values) for name, values in params.items())

    def network(self) -> NetworkHeader | None:
        """Mode, nodes query and labels, when the query is a network."""
        if "network" not in self._values:
            return None
        values = self._mapping(self._values["network"], "network")
        self._allow(values, NETWORK_KEYS, "network")
        nodes = values.get("nodes")
        if nodes is not None and not isinstance(nodes, str):
            self.fail("network.nodes", "nommez une requête enregistrée", "name a saved query")
        return NetworkHeader(
            mode=self._one_of(values.get("mode"), get_args(Mode), "network.mode"),  # type: ignore[arg-type]
            nodes=nodes,
            label=self._text(values, "label", "network.label") if "label" in values else self.summary(),
            source=self._text(values, "source", "network.source") if "source" in values else SOURCE,
            target=self._text(values, "target", "network.target") if "target" in values else TARGET,
        )

    def _parameter(self, name: str, raw: object) -> Parameter:
        key = f"params.{name}"
        if name in RESERVED:
            self.fail(key, "ce nom est réservé, changez-le", "this name is reserved, change it")
        values = self._mapping(raw, key)
        self._allow(values, PARAMETER_KEYS, key)
        kind: ParameterType = self._one_of(  # type: ignore[assignment]
            values.get("type"), get_args(ParameterType), f"{key}.type"
        )
        class_name, scheme = values.get("class"), values.get("scheme")
        if (kind == "entity") != isinstance(class_name, str):
            self.fail(
                f"{key}.class",
                "donnez la classe d’une entité (elle seule en a une), comme rte:Alliance",
                "give the class of an entity (nothing else has one), such as rte:Alliance",
            )
        # An entity may have a scheme too: « an organisation or a family of organisations ».
        either = kind == "entity" and class_name != ANY_CLASS
        if isinstance(scheme, str) != (kind == "concept") and not either:
            self.fail(
                f"{key}.scheme",
                "donnez le schéma d’un concept (ou celui qui s’ajoute à la classe d’une entité), "
                "comme alliance-form",
                "give the scheme of a concept (or the one beside an entity’s class), such as alliance-form",
            )
        if values.get("example") is None:
            self.fail(f"{key}.example", "donnez un exemple de valeur", "give an example value")
        default = values.get("default")
        return Parameter(
            name=name,
            type=kind,
            label=self._text(values, "label", f"{key}.label"),
            description=self._text(values, "description", f"{key}.description"),
            example=written(values["example"]),
            optional="default" in values,
            default=None if default is None else written(default),
            class_name=self._class_iri(class_name, key) if isinstance(class_name, str) else None,
            scheme=scheme if isinstance(scheme, str) else None,
            values=self._allowed_values(kind, values, key),
        )

    def _allowed_values(self, kind: str, values: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Words that a string may be; none where it may be any."""
        allowed = values.get("values")
        if allowed is None:
            return ()
        words = isinstance(allowed, list) and allowed and all(isinstance(word, str) for word in allowed)
        if kind != "string" or not words:
            self.fail(
                f"{key}.values",
                "donnez la liste des mots qu’un paramètre de type string peut prendre : [a, b]",
                "give the list of words that a parameter of type string can take: [a, b]",
            )
        for name in ("default", "example"):
            if values.get(name) is not None and values[name] not in allowed:
                known = ", ".join(allowed)
                self.fail(f"{key}.{name}", f"écrivez l’un de {known}", f"write one of {known}")
        return tuple(allowed)

    def _class_iri(self, name: str, key: str) -> str | None:
        if name == ANY_CLASS:
            return None
        iri = expand(name)
        if iri is None:
            self.fail(
                f"{key}.class",
                f"le préfixe de « {name} » est inconnu, écrivez comme rte:Alliance",
                f"the prefix of “{name}” is unknown, write it like rte:Alliance",
            )
        return iri

    def _mapping(self, value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            self.fail(key, "écrivez des paires « clé: valeur »", "write `key: value` pairs")
        return dict(value)

    def _allow(self, values: Iterable[str], allowed: tuple[str, ...], key: str) -> None:
        for name in values:
            if name not in allowed:
                known = ", ".join(allowed)
                self.fail(
                    f"{key}.{name}".lstrip("."),
                    f"clé inconnue, les clés permises sont {known}",
                    f"unknown key, the keys allowed are {known}",
                )

    def _text(self, values: Mapping[str, Any], name: str, key: str) -> Text:
        given = values.get(name)
        for language in ("fr", "en"):
            text = given.get(language) if isinstance(given, Mapping) else None
            if not isinstance(text, str) or not text.strip():
                self.fail(f"{key}.{language}", "ajoutez ce texte", "add this text")
        assert isinstance(given, Mapping)
        self._allow(given, ("fr", "en"), key)
        return Text(fr=given["fr"].strip(), en=given["en"].strip())

    def _strings(self, name: str) -> tuple[str, ...]:
        values = self._values.get(name) or []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fail(name, "écrivez une liste de mots : [a, b]", "write a list of words: [a, b]")
        return tuple(values)

    def _one_of(self, value: object, allowed: tuple[str, ...], key: str) -> str:
        if value not in allowed:
            known = ", ".join(allowed)
            self.fail(
                key,
                f"« {value} » n’est pas permis, choisissez parmi {known}",
                f"“{value}” is not allowed, choose among {known}",
            )
        return str(value)


def written(value: object) -> str:
    """A YAML value as a user would type it (YAML reads ``true``, ``3`` and dates as its own types)."""
    return str(value).lower() if isinstance(value, bool) else str(value)
