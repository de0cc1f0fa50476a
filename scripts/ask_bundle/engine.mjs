// The engine's bindings, for a worker that is a plain script: self.RTE_OXIGRAPH.
import { Store, initSync } from "oxigraph/web.js";

self.RTE_OXIGRAPH = { Store, initSync };
