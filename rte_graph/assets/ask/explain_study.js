/**
 * What a query does only to give names and sources, so that the explanation can say it once.
 *
 * `rteExplainStudy(query)` → {names: variable → what it is the name of, sources: variables, skip: patterns left out,
 * langVariables, bound, parameters}. A pattern is left out when it looks up a name or a source, or when what it
 * computes is used by nothing else that is told.
 */
const rteExplainStudy = (() => {
  const W = rteExplainWords;
  const { isOperation, isTerm } = { isOperation: (node, name) => Boolean(node) && node.type === "operation" && node.operator.toLowerCase() === name, isTerm: (node) => Boolean(node && node.termType) };
  const isVariable = (node) => isTerm(node) && node.termType === "Variable";

  /** Visit every pattern and query below a node, outermost first. */
  function walk(node, visit) {
    if (!node || typeof node !== "object") return;
    if (Array.isArray(node)) { for (const each of node) walk(each, visit); return; }
    if (isTerm(node)) return;
    visit(node);
    for (const value of Object.values(node)) walk(value, visit);
  }

  function variables(node, skip = new Set(), found = new Map()) {
    if (!node || typeof node !== "object" || skip.has(node)) return found;
    if (Array.isArray(node)) for (const each of node) variables(each, skip, found);
    else if (isVariable(node)) found.set(node.value, (found.get(node.value) || 0) + 1);
    else if (!isTerm(node)) {
      // What a BIND makes is no use of it.
      if (node.type === "bind") variables(node.expression, skip, found);
      else if (node.type === "values") for (const row of node.values) for (const key of Object.keys(row)) found.set(key.slice(1), (found.get(key.slice(1)) || 0) + 1);
      else for (const value of Object.values(node)) variables(value, skip, found);
    }
    return found;
  }

  function study(query) {
    const s = { names: new Map(), sources: new Set(), skip: new Set(), langVariables: new Set(), parameters: new Map(), alias: new Map(), bound: new Set(), langs: new Set(), around: surroundings(query) };
    const patterns = [], queries = [];
    walk(query, (node) => {
      if (node.type === "query" || node.queryType) queries.push(node);
      if (["optional", "bind", "values", "filter", "bgp", "group", "union", "graph", "minus"].includes(node.type)) patterns.push(node);
    });
    readParameters(patterns, s);
    joinTexts(patterns, s);
    collectBound(patterns, queries, s);
    for (let before = -1; before !== s.names.size + s.sources.size + s.skip.size;) {
      before = s.names.size + s.sources.size + s.skip.size;
      for (const pattern of patterns) if (!s.skip.has(pattern)) absorb(pattern, s);
      for (const each of queries) absorbColumns(each, s);
    }
    dropUnused(query, patterns, s);
    return s;
  }

  /** A text looked up in the chosen language, then in French, is one text: « ?claim a pour raison ?reason ». */
  function joinTexts(patterns, s) {
    const found = new Map();
    for (const pattern of patterns.filter((each) => each.type === "optional" && each.patterns.length === 2)) {
      const [basic, filter] = pattern.patterns;
      const [triple] = basic.type === "bgp" && basic.triples.length === 1 && isLanguageTest(filter) ? basic.triples : [];
      if (triple && isTerm(triple.predicate) && isVariable(triple.object) && !W.LABELS.has(triple.predicate.value)) found.set(triple.object.value, { pattern, triple });
    }
    for (const bind of patterns.filter((each) => each.type === "bind" && isOperation(each.expression, "coalesce"))) {
      const texts = bind.expression.args.filter(isVariable).map((each) => found.get(each.value)).filter(Boolean);
      const [first, second] = texts;
      if (texts.length !== 2 || !bind.expression.args.every((each) => !isVariable(each) || found.has(each.value)) || !sameTerm(first.triple.subject, second.triple.subject) || first.triple.predicate.value !== second.triple.predicate.value) continue;
      first.triple.object = bind.variable;
      first.pattern.patterns = [first.pattern.patterns[0]];
      s.skip.add(second.pattern).add(bind);
    }
  }

  /** Single rows of a single variable are parameters; « lang » is the language of names. */
  function readParameters(patterns, s) {
    for (const pattern of patterns.filter((each) => each.type === "values" && each.values.length === 1)) {
      const keys = Object.keys(pattern.values[0]);
      if (keys.length !== 1) continue;
      const name = keys[0].slice(1), value = pattern.values[0][keys[0]];
      if (value && value.termType === "Literal" && /^lang/.test(name) && /^[a-z]{2}$/.test(value.value)) { s.langVariables.add(name); s.langs.add(value.value); } else s.parameters.set(name, value);
      s.skip.add(pattern);
    }
  }

  function collectBound(patterns, queries, s) {
    for (const pattern of patterns) {
      if (pattern.type === "bgp") for (const name of variables(pattern.triples).keys()) s.bound.add(name);
      if (pattern.type === "bind") s.bound.add(pattern.variable.value);
      if (pattern.type === "graph" && isVariable(pattern.name)) s.bound.add(pattern.name.value);
      if (pattern.type === "values") for (const row of pattern.values) for (const key of Object.keys(row)) s.bound.add(key.slice(1));
    }
    for (const each of queries) for (const column of each.variables || []) if (column.variable) s.bound.add(column.variable.value);
  }

  const last = (predicate) => (isTerm(predicate) ? predicate : ["/", "|"].includes(predicate.pathType) ? last(predicate.items[predicate.items.length - 1]) : null);
  const mentions = (predicate, iri) => (isTerm(predicate) ? predicate.value === iri : predicate.items.some((each) => mentions(each, iri)));
  const isLanguageTest = (node) => node.type === "filter" && isOperation(node.expression, "=") && node.expression.args.some((each) => isOperation(each, "lang"));

  function absorb(pattern, s) {
    if (pattern.type === "bind") return absorbBind(pattern, s);
    if (pattern.type !== "optional") return undefined;
    const basic = pattern.patterns.filter((each) => each.type === "bgp"), others = pattern.patterns.filter((each) => each.type !== "bgp");
    if (basic.length !== 1 || basic[0].triples.length !== 1 || !others.every(isLanguageTest)) return undefined;
    const { subject, predicate, object } = basic[0].triples[0];
    if (!isVariable(object)) return undefined;
    const end = last(predicate);
    if (end && W.LABELS.has(end.value) && (others.length || isTerm(predicate) || predicate.pathType === "|")) {
      if ((!isTerm(predicate) && mentions(predicate, `${W.RTE}document`)) || (isVariable(subject) && s.sources.has(subject.value))) s.sources.add(object.value);
      else if (isTerm(predicate) || predicate.pathType === "|") s.names.set(object.value, origin(subject, s));
      else return undefined;
      return s.skip.add(pattern);
    }
    if (!isTerm(predicate) || !W.SOURCES.has(predicate.value)) return undefined;
    const cited = isVariable(subject) && (s.sources.has(subject.value) || (s.alias.has(subject.value) && s.sources.has(s.alias.get(subject.value))));
    if (predicate.value !== `${W.RTE}evidence` && !cited) return undefined;
    s.sources.add(object.value);
    return s.skip.add(pattern);
  }

  /** What a variable stands for: « ?typeOrOther » is ?type wherever there is one. */
  function origin(subject, s) {
    let value = subject;
    while (isVariable(value) && s.alias.has(value.value)) value = { termType: "Variable", value: s.alias.get(value.value) };
    return value;
  }

  function absorbBind(pattern, s) {
    const { expression, variable } = pattern;
    const used = [...variables(expression).keys()];
    if (used.length && used.every((name) => s.sources.has(name))) { s.sources.add(variable.value); return s.skip.add(pattern); }
    if (isOperation(expression, "coalesce")) {
      const [first, ...rest] = expression.args;
      if (isVariable(first) && s.sources.has(first.value)) { s.sources.add(variable.value); return s.skip.add(pattern); }
      const named = used.filter((name) => s.names.has(name));
      if (named.length && named.every((name) => sameTerm(s.names.get(name), s.names.get(named[0]))) && expression.args.every((each) => isFallback(each, s, s.names.get(named[0])))) {
        s.names.set(variable.value, s.names.get(named[0]));
        return s.skip.add(pattern);
      }
      if (isVariable(first) && rest.length === 1 && isVariable(rest[0]) && !s.names.has(first.value)) s.alias.set(variable.value, first.value);
    }
    if (isOperation(expression, "if") && isOperation(expression.args[0], "bound")) {
      const [, yes, no] = expression.args;
      const named = [...variables(yes).keys()].filter((name) => s.names.has(name));
      if (named.length && variables(yes).size === named.length && isVariable(no) && !s.bound.has(no.value)) {
        s.names.set(variable.value, s.names.get(named[0]));
        return s.skip.add(pattern);
      }
    }
    return undefined;
  }

  const sameTerm = (a, b) => a.termType === b.termType && a.value === b.value;
  const isFallback = (node, s, of) => (isTerm(node) ? node.termType === "Literal" || s.names.has(node.value) || sameTerm(node, of) : (isOperation(node, "str") || isOperation(node, "replace")) && isFallback(node.args[0], s, of));

  /** Columns made of sources alone are sources too. */
  function absorbColumns(query, s) {
    for (const column of query.variables || []) {
      if (!column.expression || !column.variable) continue;
      const used = [...variables(column.expression).keys()];
      const listed = column.expression.type === "aggregate" && column.expression.aggregation === "group_concat" && /^(document|lines|evidence|heading)[A-Z]?$/.test(column.variable.value);
      if (listed || (used.length && used.every((name) => s.sources.has(name)))) s.sources.add(column.variable.value);
    }
  }

  /** Leave out what computes a value that nothing uses which is told. */
  function dropUnused(query, patterns, s) {
    const wild = (query.variables || []).some((each) => each.termType === "Wildcard") || query.queryType === "DESCRIBE";
    if (wild) return;
    const columns = new Set();
    walk(query, (node) => {
      for (const column of node.variables || []) if (s.sources.has((column.variable || column).value) && column.expression) columns.add(column);
      if (node.group && node.queryType) columns.add(node.group);
    });
    for (let dropped = true; dropped;) {
      dropped = false;
      const total = variables(query, new Set([...s.skip, ...columns]));
      for (const pattern of patterns) {
        if (s.skip.has(pattern) || !["bind", "optional"].includes(pattern.type)) continue;
        const own = variables(pattern, s.skip);
        const makes = pattern.type === "bind" ? [pattern.variable.value] : introduced(pattern);
        const free = makes.filter((name) => (total.get(name) || 0) <= (own.get(name) || 0));
        const outside = makes.filter((name) => (total.get(name) || 0) > (own.get(name) || 0));
        if (!free.length && pattern.type === "bind") continue;
        if (pattern.type === "bind" ? free.length : !outside.some((name) => binds(name, pattern, s))) { s.skip.add(pattern); dropped = true; break; }
      }
    }
  }

  /** Variables that an OPTIONAL holds, with those that a BIND in it makes. */
  function introduced(pattern) {
    const found = new Set(variables(pattern.patterns).keys());
    walk(pattern, (node) => { if (node.type === "bind") found.add(node.variable.value); });
    return [...found];
  }

  /** Whether a variable of an OPTIONAL is first met there: what stands beside it or around it may bind it too. */
  function binds(name, pattern, s) {
    for (let node = pattern; s.around.has(node); node = s.around.get(node).holder) {
      const { holder, beside } = s.around.get(node);
      if (holder.type !== "union" && beside.some((each) => each !== node && !s.skip.has(each) && makes(each, name))) return false;
      if (holder.queryType) return true;
    }
    return true;
  }

  /** Whether a pattern can bind a variable. */
  function makes(node, name) {
    if (node.type === "bgp") return variables(node.triples).has(name);
    if (node.type === "bind") return node.variable.value === name;
    if (node.type === "values") return node.values.some((row) => Object.hasOwn(row, `?${name}`));
    if (node.queryType) return (node.variables || []).some((each) => (each.variable || each).value === name);
    return node.type !== "filter" && node.type !== "minus" && (node.patterns || []).some((each) => makes(each, name));
  }

  /** For each pattern, what holds it and what stands beside it. */
  function surroundings(query) {
    const around = new Map();
    walk(query, (holder) => { for (const beside of [holder.where, holder.patterns]) for (const each of beside || []) around.set(each, { holder, beside }); });
    return around;
  }

  return Object.assign(study, { variables, isVariable });
})();
