"""Who we are at an endpoint: from the environment alone, to one origin alone, shown nowhere."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping

from rte_graph.errors import InvalidParameter
from rte_graph.store.remote.addresses import origin_of

USER = "RTE_GRAPH_ENDPOINT_USER"
PASSWORD = "RTE_GRAPH_ENDPOINT_PASSWORD"
TOKEN = "RTE_GRAPH_ENDPOINT_TOKEN"
ORIGIN = "RTE_GRAPH_ENDPOINT_ORIGIN"


class Credentials:
    """A user name and password (HTTP Basic) or a token (Bearer), or nothing.

    Examples
    --------
    >>> Credentials(token="s3cret")
    Credentials(…)
    """

    __slots__ = ("_header", "_secrets")

    def __init__(
        self, *, user: str | None = None, password: str | None = None, token: str | None = None
    ) -> None:
        self._header: str | None = None
        self._secrets: tuple[str, ...] = ()
        if token:
            self._header = f"Bearer {_checked(token, TOKEN)}"
            self._secrets = (token,)
        elif user or password:
            if not user or not password:
                missing, given = (USER, PASSWORD) if not user else (PASSWORD, USER)
                raise InvalidParameter(
                    fr=f"{given} est là sans {missing} : donnez les deux, ou aucune.",
                    en=f"{given} is there without {missing}: give both, or neither.",
                )
            pair = f"{_checked(user, USER, colon=False)}:{_checked(password, PASSWORD, ascii_only=False)}"
            coded = base64.b64encode(pair.encode()).decode("ascii")
            self._header = f"Basic {coded}"
            self._secrets = (coded, password, user)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Credentials:
        """Read ``RTE_GRAPH_ENDPOINT_USER``, ``…_PASSWORD`` and ``…_TOKEN``; the token goes first.

        Raises
        ------
        InvalidParameter
            One holds what cannot be sent, or stands without its other half; its value is not repeated.
        """
        given = os.environ if environment is None else environment
        return cls(user=given.get(USER), password=given.get(PASSWORD), token=given.get(TOKEN))

    @classmethod
    def for_named_endpoint(cls, url: str, environment: Mapping[str, str] | None = None) -> Credentials:
        """Read the environment's credentials for a URL that a file names, which a stranger may have written.

        They are given only if ``RTE_GRAPH_ENDPOINT_ORIGIN`` names the origin of that URL: otherwise a folder
        taken from elsewhere could have them sent to its author.
        """
        given = os.environ if environment is None else environment
        allowed = given.get(ORIGIN, "")
        return cls.from_environment(given) if allowed and origin_of(allowed) == origin_of(url) else cls()

    def __bool__(self) -> bool:
        return self._header is not None

    def __repr__(self) -> str:
        return "Credentials(…)" if self else "Credentials()"

    def __reduce__(self) -> str:
        raise TypeError("credentials are not written down")

    @property
    def header(self) -> str | None:
        """The value of ``Authorization``, or None."""
        return self._header

    def without(self, text: str) -> str:
        """Return a text that an endpoint sent with the credentials taken out, should it repeat them."""
        for secret in self._secrets:
            text = re.sub(re.escape(secret), "…", text, flags=re.IGNORECASE)
        return text


def _checked(value: str, variable: str, *, colon: bool = True, ascii_only: bool = True) -> str:
    """Refuse what would break a header: HTTP libraries repeat such a value in their complaint."""
    printable = all(32 < ord(c) < 127 for c in value) if ascii_only and colon else value.isprintable()
    if not printable or (not colon and ":" in value):
        raise InvalidParameter(
            fr=f"{variable} contient un caractère qui ne peut pas être envoyé (fin de ligne, deux-points…) : "
            "donnez-la à nouveau.",
            en=f"{variable} holds a character that cannot be sent (line end, colon…): set it again.",
        )
    return value
