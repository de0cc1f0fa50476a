"""The child that parses files, with a small stack: what overflows it takes less memory than the usual one."""

from __future__ import annotations

import resource

from rte_graph.rdf_io.child import read
from rte_graph.worker.inside import serve

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, resource.getrlimit(resource.RLIMIT_STACK)[1]))
    serve(read)
