// The reader of SPARQL text, as window.RTE_SPARQL.
import { Parser } from "sparqljs";

window.RTE_SPARQL = { Parser };
