"""Say in a sentence what the parser stumbled on, where, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from rte_graph.errors import UnreadableData

# The parser's own words (Oxigraph 0.5) → (what was wrong and what to do, in French and in English).
_ADVICE: tuple[tuple[str, str, str], ...] = (
    (
        r"dot is expected at the end",
        "l’énoncé qui précède n’est pas fini ; mettez « . » à sa fin, « ; » avant un autre prédicat "
        "ou « , » avant une autre valeur",
        "the statement before this point is not finished; end it with “.”, put “;” before another predicate "
        "or “,” before another value",
    ),
    (
        r"The prefix (?P<what>\S*) has not been declared",
        "le préfixe « {what} » n’est pas déclaré ; ajoutez sa ligne @prefix en tête ou corrigez-le",
        "the prefix “{what}” is not declared; add its @prefix line at the top or correct it",
    ),
    (
        r"Unexpected end",
        "le fichier s’arrête au milieu d’un énoncé qui commence ici ; fermez le guillemet, le crochet "
        "ou finissez par « . »",
        "the file ends inside a statement that begins here; close the quotation mark or bracket, "
        "or finish it with “.”",
    ),
    (
        r"(?P<what>.*) is not a valid (RDF object|predicate|subject or graph name|object)",
        "« {what} » n’est pas à sa place ; il manque sans doute une valeur, un « ; » ou un « . » juste avant",
        "“{what}” is out of place; a value, a “;” or a “.” is probably missing just before",
    ),
    (
        r"No scheme found in an absolute IRI",
        "l’IRI entre < > n’est pas complète ; écrivez-la en entier (https://…)",
        "the IRI between < > is not complete; write it in full (https://…)",
    ),
    (
        r"Invalid IRI",
        "l’IRI contient un caractère interdit ; ôtez-le ou encodez-le (%20 pour un espace)",
        "the IRI holds a forbidden character; remove or encode it (%20 for a space)",
    ),
    (
        r"should end with a '?(?P<what>[\])])",
        "un crochet n’est pas refermé ; ajoutez « {what} »",
        "a bracket is not closed; add “{what}”",
    ),
    (
        r"PREFIX keyword should be followed",
        "la ligne @prefix n’a pas de préfixe ; écrivez « @prefix nom: <https://…> . », deux-points compris",
        "the @prefix line has no prefix; write “@prefix name: <https://…> .”, colon included",
    ),
    (
        r"BASE keyword should be followed",
        "la ligne @base n’a pas d’IRI ; écrivez « @base <https://…> . »",
        "the @base line has no IRI; write “@base <https://…> .”",
    ),
    (
        r"Unexpected escape character '(?P<what>[^']*)'|escape sequence '(?P<code>[^']*)'",
        "« {what} » n’est pas une séquence permise dans un texte ; doublez la barre oblique inverse (\\\\)",
        "“{what}” is not a sequence allowed in a text; double the backslash (\\\\)",
    ),
    (
        r"Line jumps are not allowed",
        'un texte entre guillemets simples passe à la ligne ; fermez-le ou mettez trois guillemets (""")',
        'a text in single quotation marks goes on to the next line; close it or use three (""")',
    ),
    (
        r"Expecting a datatype IRI",
        "il manque un type après ^^ ; écrivez par exemple ^^xsd:date",
        "a type is missing after ^^; write ^^xsd:date for instance",
    ),
    (
        r"is not a valid (predicate|RDF quoted)|is not allowed at the beginning",
        "un mot n’est pas à sa place ; il manque sans doute une valeur, un « ; » ou un « . » juste avant",
        "a word is out of place; a value, a “;” or a “.” is probably missing just before",
    ),
    (
        r"language tag",
        "l’étiquette de langue n’est pas valide ; écrivez par exemple @fr ou @en",
        "the language tag is not valid; write @fr or @en for instance",
    ),
)


def explain(path: Path, error: SyntaxError, line: int | None, text: str) -> UnreadableData:
    """Return the error to raise for what Oxigraph's parser reported about a file.

    Parameters
    ----------
    path : path
        The file, as messages call it.
    error : SyntaxError
        What the parser said.
    line : int or None
        Where, in the file; the parser may have seen a part of it.
    text : str
        What stands on that line.
    """
    detail = _detail(error)
    fr, en = _advice(detail, "JSON-LD" if path.suffix.lower() in (".jsonld", ".json") else "Turtle")
    excerpt = _excerpt(text)
    fr_place = f"{path}, ligne {line} : " if line else f"{path} : "
    en_place = f"{path}, line {line}: " if line else f"{path}: "
    fr_excerpt = f" (ligne lue : « {excerpt} »)" if excerpt else ""
    en_excerpt = f" (the line reads “{excerpt}”)" if excerpt else ""
    return UnreadableData(
        fr=f"{fr_place}{fr}{fr_excerpt}.", en=f"{en_place}{en}{en_excerpt}.", keep=(path, excerpt)
    )


def _detail(error: SyntaxError) -> str:
    """Return the parser's message without its own account of the place."""
    message = str(error.msg)
    return re.sub(r"^Parser error (?:at|between)[^:]*: ", "", message).strip()


def _advice(detail: str, form: str) -> tuple[str, str]:
    for pattern, fr, en in _ADVICE:
        match = re.search(pattern, detail)
        if match:
            named = match.groupdict()
            what = named.get("what") or named.get("code") or ""
            return fr.format(what=what), en.format(what=what)
    return (
        # The parser's words are English: they help whoever reads English only.
        f"ce n’est pas du {form} valide ; comparez à un fichier qui l’est et corrigez",
        f"this is not valid {form} ({detail}); correct it",
    )


def _excerpt(text: str, width: int = 60) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shown if len(shown) <= width else shown[: width - 1] + "…"
