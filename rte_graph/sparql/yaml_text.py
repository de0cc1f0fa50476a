"""YAML read strictly: one complaint a text, in words, with its line; a key that stands twice is refused."""

from __future__ import annotations

from typing import Any

import yaml

# The safe loader, in C where PyYAML was built with it: a library has dozens of headers.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BrokenYaml(Exception):  # noqa: N818 - read as the sentence that it stands for
    """A text is not YAML; `fr` and `en` say where and what to do, without the full stop."""

    def __init__(self, line: int, fr: str, en: str) -> None:
        super().__init__(en)
        self.fr = f"ligne {line} : {fr}"
        self.en = f"line {line}: {en}"


class _Strict(_Base):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise BrokenYaml(
                    key.start_mark.line + 1,
                    f"la clé « {key.value} » est écrite deux fois, gardez-en une",
                    f"the key “{key.value}” is written twice, keep one",
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """Return what a YAML text says.

    Raises
    ------
    BrokenYaml
        If it cannot be read, or a mapping has one key twice.

    Examples
    --------
    >>> read_yaml("a: [1, 2]")
    {'a': [1, 2]}
    """
    try:
        _check_depth(text)
        return yaml.load(text, Loader=_Strict)
    except (yaml.YAMLError, ValueError) as error:
        # The engine's own words are English and about its states; the place says enough.
        mark = getattr(error, "problem_mark", None)
        raise _broken(text, mark.line if mark else 0) from error


def _check_depth(text: str) -> None:
    """Refuse deep nesting event by event: the loader goes down into it and would end the process."""
    if sum(map(text.count, "[{-:?")) < _DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _broken(text, event.start_mark.line if event.start_mark else 0)


_DEEPEST = 50
"""Far more than any header needs."""


def _broken(text: str, line: int) -> BrokenYaml:
    lines = text.splitlines() or [""]
    line = min(line, len(lines) - 1)
    return BrokenYaml(
        line + 1,
        f"corrigez le YAML près de « {lines[line].strip()[:30]} » (guillemets, crochets ou retraits)",
        f"correct the YAML near “{lines[line].strip()[:30]}” (quotes, brackets or indents)",
    )
