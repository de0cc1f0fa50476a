"""Which network is asked for: ``--level``, ``--on``, ``--role``, ``--source``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from rte_graph.cli.common import Session, option, say_unvalidated, text
from rte_graph.cli.level import level_option, level_value

if TYPE_CHECKING:
    from rte_graph.network.filters import Filtered
    from rte_graph.store import Store

_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options say about the network that is wanted."""

    level: str | None = None
    on: str = ""
    roles: tuple[str, ...] = ()
    source: str = ""
    pairs: tuple[str, ...] = ()

    def read(
        self, session: Session, name: str, *, store: Store | None = None, lang: str | None = None
    ) -> Filtered:
        """Read a network and keep the ties asked for; what was kept is said on stderr too."""
        from rte_graph.network.build import build_network
        from rte_graph.network.filters import Filters, filtered

        if store is None:
            say_unvalidated(session)
        where, language = store or session.store, lang or session.lang
        network = build_network(where, session.library, name, language, self._values(session, name))
        wanted = Filters(on=self.on, roles=self.roles, source=self.source)
        found = filtered(network, wanted, where, language)
        for note in found.notes:
            session.say(fr=note.fr, en=note.en)
        return found

    def _values(self, session: Session, name: str) -> dict[str, str]:
        """Return the values of the network's parameters; a network that is not known is refused later."""
        from rte_graph.cli.query.parameters import values_of_pairs

        saved = session.library.queries.get(name)
        return level_value(self.level) | (values_of_pairs(saved, self.pairs) if saved else {})


def network_options(function: _Function) -> Callable[..., Any]:
    """Add the options, given to the function as ``asked: Asked``."""

    @wraps(function)
    def run(
        session: Session,
        *arguments: Any,
        level: str | None,
        on: str | None,
        role: tuple[str, ...],
        source: str | None,
        pairs: tuple[str, ...],
        **options: Any,
    ) -> Any:
        asked = Asked(level=level, on=on or "", roles=role, source=source or "", pairs=pairs)
        return function(session, *arguments, asked=asked, **options)

    return level_option(_on(_role(_source(_pairs(run)))))


_on = option(
    "--on",
    metavar="DATE",
    help=text(
        fr="Retirer les liens qui ne tiennent pas à cette date (2021, 2021-06, 2021-06-15) ; ceux sans date "
        "restent et sont comptés.",
        en="Leave out the ties that do not hold at this date (2021, 2021-06, 2021-06-15); undated ones stay "
        "and are counted.",
    ),
)
_role = option(
    "--role",
    multiple=True,
    metavar=text(fr="RÔLE", en="ROLE"),
    help=text(fr="Les liens de ce rôle seulement, répétable.", en="Ties of this role only, repeatable."),
)
_source = option(
    "--source",
    metavar=text(fr="NOM", en="NAME"),
    help=text(fr="Les liens que cette source énonce.", en="The ties that this source states."),
)
_pairs = option(
    "-p",
    "--param",
    "pairs",
    multiple=True,
    metavar=text(fr="NOM=VALEUR", en="NAME=VALUE"),
    help=text(
        fr="Valeur d’un paramètre du réseau, répétable (query show RÉSEAU les nomme).",
        en="Value of a parameter of the network, repeatable (query show NETWORK names them).",
    ),
)
