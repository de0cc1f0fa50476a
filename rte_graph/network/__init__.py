"""Networks that saved queries describe, and what is measured on them.

`build_network` reads a network from the store; `network_from_rows` makes one from plain rows.
`hubs` ranks the nodes of each set, `overlap` compares the member sets. Every measure is a
plain function, registered with its definition, range and reference in `measures`.
"""

from __future__ import annotations

from rte_graph.network.build import build_network, network_from_rows
from rte_graph.network.model import Edge, Network, Node

__all__ = ["Edge", "Network", "Node", "build_network", "network_from_rows"]
