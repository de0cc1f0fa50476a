"""``python -m rte_graph.cli`` does what ``rte-graph`` does."""

from __future__ import annotations

import sys

from rte_graph.cli import main

sys.exit(main())
