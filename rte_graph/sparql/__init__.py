"""Saved queries: tokens, parameters, the library, names, results and the engine that runs them."""
