"""rte-graph: a knowledge graph and query engine for cooperation networks of the ESS."""

__version__ = "0.1.0"
