"""The errors that a user can meet: one class a sentence, each with its exit code.

Every error carries its sentence in French and in English; the command line shows the one asked for.
Engine exceptions are turned into one of these where the engine is called, nowhere else.
"""

# ruff: noqa: N818 - the names are part of the contract and read as the sentence they stand for.

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import ClassVar

from rte_graph.typography import french


class RteError(Exception):
    """Root of all errors of rte-graph.

    Parameters
    ----------
    fr, en : str
        One sentence that says what is wrong and what to do next.
    keep : iterable
        Parts of the sentence that typography must leave as they are: paths, so that they can be pasted.

    Notes
    -----
    ``str(error)`` gives the English sentence; :meth:`message` gives the one in a language.
    """

    exit_code: ClassVar[int] = 70
    http_status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"
    title_fr: ClassVar[str] = "Erreur interne"

    def __init__(self, *, fr: str, en: str, keep: Iterable[object] = ()) -> None:
        super().__init__(en)
        self.fr = fr
        self.en = en
        self._keep = tuple(map(str, keep))

    def message(self, lang: str = "fr") -> str:
        """Return the sentence in ``lang`` (``fr`` or ``en``; anything else gives French)."""
        return self.en if lang == "en" else french(self.fr, keep=self._keep)


class UsageError(RteError):
    """What was asked cannot be understood."""

    exit_code = 2
    http_status = 400
    title = "Usage error"
    title_fr = "Erreur d’utilisation"


class UnknownName(UsageError):
    """No entity, file, verb or column has this name."""

    http_status = 404
    title = "Unknown name"
    title_fr = "Nom inconnu"


class AmbiguousName(UsageError):
    """Several entities have this name."""

    title = "Ambiguous name"
    title_fr = "Nom ambigu"


class MissingParameter(UsageError):
    """A required parameter was not given."""

    title = "Missing parameter"
    title_fr = "Paramètre manquant"


class InvalidParameter(UsageError):
    """A parameter's value is not of the expected type."""

    title = "Invalid parameter"
    title_fr = "Paramètre invalide"


class UnknownQuery(UsageError):
    """No saved query has this name."""

    http_status = 404
    title = "Unknown query"
    title_fr = "Requête inconnue"


class RefusedQuery(UsageError):
    """The query's text asks for something that is not allowed."""

    http_status = 403
    title = "Refused query"
    title_fr = "Requête refusée"


class NotConforming(RteError):
    """The data break the shapes; :attr:`report` says where and how to repair them."""

    exit_code = 1
    http_status = 422
    title = "The data do not conform"
    title_fr = "Les données ne sont pas conformes"

    def __init__(self, *, fr: str, en: str, keep: Iterable[object] = (), report: object = None) -> None:
        super().__init__(fr=fr, en=en, keep=keep)
        # A rte_graph.validation.Report; typed loosely because this floor lies below validation.
        self.report = report


class UnreadableData(RteError):
    """A data file cannot be read."""

    exit_code = 65
    http_status = 422
    title = "Unreadable data"
    title_fr = "Données illisibles"


class UnreadableQuery(RteError):
    """A query file cannot be read, or its text is not SPARQL."""

    exit_code = 65
    http_status = 400
    title = "Unreadable query"
    title_fr = "Requête illisible"


class StoreUnavailable(RteError):
    """The store cannot be opened or reached."""

    exit_code = 69
    http_status = 503
    title = "Store not available"
    title_fr = "Base indisponible"


class StoreLocked(StoreUnavailable):
    """Another command is writing to the store."""

    title = "Store locked"
    title_fr = "Base occupée"


class StoreDamaged(StoreUnavailable):
    """A file of the store is damaged or missing."""

    http_status = 500
    title = "Store damaged"
    title_fr = "Base endommagée"


class StoreFull(StoreUnavailable):
    """There is no room left on the disk that holds the store."""

    http_status = 507
    title = "Disk full"
    title_fr = "Disque plein"


class EndpointError(StoreUnavailable):
    """A SPARQL endpoint did not answer, or not as the protocol says."""

    http_status = 502
    title = "Endpoint error"
    title_fr = "Erreur du point d’accès"


class LimitReached(RteError):
    """A limit on size, depth or time was reached."""

    exit_code = 75
    http_status = 503
    title = "Limit reached"
    title_fr = "Limite atteinte"


class TimeLimit(LimitReached):
    """The work was stopped because it passed its time limit."""

    http_status = 504
    title = "Time limit"
    title_fr = "Temps dépassé"


class MemoryLimit(LimitReached):
    """The work was stopped because it passed its memory limit."""

    title = "Memory limit"
    title_fr = "Mémoire dépassée"


class SizeLimit(LimitReached):
    """A text, a file or a result is larger than the settings allow."""

    http_status = 413
    title = "Size limit"
    title_fr = "Taille dépassée"


class NestingLimit(LimitReached):
    """A text nests deeper than the settings allow."""

    http_status = 413
    title = "Nesting limit"
    title_fr = "Imbrication trop profonde"


class InternalError(RteError):
    """Something that should not happen: our bug."""


_REASONS = {
    errno.ENOENT: ("rien de ce nom", "nothing of this name"),
    errno.EACCES: ("accès refusé", "access denied"),
    errno.EPERM: ("opération interdite", "operation not permitted"),
    errno.EISDIR: ("c’est un dossier", "it is a folder"),
    errno.ENOTDIR: ("un élément du chemin n’est pas un dossier", "a part of the path is no folder"),
    errno.EEXIST: ("un fichier porte déjà ce nom", "a file has this name already"),
    errno.ENOSPC: ("disque plein", "disk full"),
    errno.EDQUOT: ("quota atteint", "quota reached"),
    errno.EROFS: ("support en lecture seule", "read-only medium"),
    errno.ELOOP: ("les liens tournent en rond", "the links go round in circles"),
    errno.ENAMETOOLONG: ("nom trop long", "name too long"),
}


def reason(error: OSError, lang: str) -> str:
    """Say in a few words why the system refused.

    Examples
    --------
    >>> reason(PermissionError(errno.EACCES, "Permission denied"), "fr")
    'accès refusé'
    """
    known = _REASONS.get(error.errno or 0)
    if known is None:
        return f"erreur {error.errno}" if lang == "fr" else error.strerror or str(error)
    return known[1 if lang == "en" else 0]
