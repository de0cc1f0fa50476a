/** Graph patterns as sentences: what must hold, what is added where it is known, what is computed. */
const rteExplainPatterns = (() => {
  const { pick, quote, term, list, clause, sentences, TYPE } = rteExplainNames;
  const SHOWN = 6;

  /** The triple of a test that asks for nothing but a class: EXISTS { ?x a rte:Alliance }. */
  function onlyType(node) {
    if (!rteExplainFilters.isOperation(node, "exists")) return null;
    const triples = triplesOf(node.args);
    return triples && triples.length === 1 && triples[0].predicate.value === TYPE && triples[0].object.termType === "NamedNode" ? triples[0] : null;
  }

  /** Triples of patterns that hold nothing else, or null. */
  function triplesOf(patterns) {
    const found = [];
    for (const each of patterns) {
      const inner = each.type === "bgp" ? each.triples : each.type === "group" ? triplesOf(each.patterns) : null;
      if (!inner) return null;
      found.push(...inner);
    }
    return found;
  }

  function flat(patterns) {
    return patterns.flatMap((each) => (each.type === "group" ? flat(each.patterns) : [each]));
  }

  /** {conditions, optionals, computed}: lists of {text, items?}, in the order of the query. */
  function describe(c, patterns) {
    const found = { conditions: [], optionals: [], computed: [] };
    const kept = flat(patterns).filter((each) => !c.study.skip.has(each));
    const bySubject = new Map(), others = [];
    const add = (triple) => {
      const key = `${triple.subject.termType} ${triple.subject.value}`;
      if (!bySubject.has(key)) bySubject.set(key, []);
      if (!bySubject.get(key).some((each) => each.predicate.value === TYPE && triple.predicate.value === TYPE && each.object.value === triple.object.value)) bySubject.get(key).push(triple);
    };
    for (const each of kept) {
      if (each.type === "bgp") each.triples.forEach(add);
      else if (each.type === "filter" && onlyType(each.expression)) add(onlyType(each.expression));
      else others.push(each);
    }
    const stated = [...bySubject.values()].flatMap((triples) => sentences(c, triples[0].subject, triples).map((text) => ({ text })));
    const nested = others.filter((each) => each.type === "query");
    found.conditions.push(...nested.map((each) => rteExplainQuery.nested(c, each)), ...stated);
    for (const each of others.filter((one) => one.type !== "query")) place(c, each, found);
    found.optionals = mergeOptionals(c, found.optionals);
    return found;
  }

  function place(c, each, found) {
    if (each.type === "optional") found.optionals.push(each);
    else if (each.type === "bind") found.computed.push({ text: pick(c, `${term(c, each.variable)} est ${computed(c, each.expression)}`, `${term(c, each.variable)} is ${computed(c, each.expression)}`) });
    else found.conditions.push(...condition(c, each));
  }

  const computed = (c, expression) => rteExplainFilters.value(c, expression);

  function condition(c, each) {
    if (each.type === "filter") return rteExplainFilters.parts(each.expression, "&&").length > 1 ? splitFilter(c, each.expression) : [filterItem(c, each.expression)];
    if (each.type === "union") return [union(c, each)];
    if (each.type === "minus") return [listed(c, pick(c, "sont écartés les cas où", "left out are the cases where"), each.patterns)];
    if (each.type === "graph") return [listed(c, pick(c, `selon ${term(c, each.name)}`, `according to ${term(c, each.name)}`), each.patterns, ", ")];
    if (each.type === "values") return [{ text: values(c, each) }];
    if (each.type === "service") return [{ text: pick(c, `cette partie interroge un autre site (${term(c, each.name)})\u00a0: ce n’est pas possible ici, la page ne va sur aucun réseau`, `this part asks another site (${term(c, each.name)}): that is not possible here, the page goes on no network`) }];
    return [];
  }

  function splitFilter(c, expression) {
    const all = rteExplainFilters.parts(expression, "&&");
    const known = all.filter((each) => rteExplainFilters.isOperation(each, "bound"));
    const rest = all.filter((each) => !(known.length > 1 && known.includes(each)));
    const together = known.length > 1 ? [{ text: rteExplainFilters.test(c, { type: "operation", operator: "&&", args: known }) }] : [];
    return [...together, ...rest.map((each) => filterItem(c, each))];
  }

  /** Long alternatives are set below one another. */
  function filterItem(c, expression) {
    const { isOperation, parts, test } = rteExplainFilters;
    if (isOperation(expression, "<", ">") && expression.args.every((each) => isOperation(each, "str") && each.args[0].termType === "Variable")) {
      const pair = list(c, expression.args.map((each) => term(c, each.args[0])));
      return { text: pick(c, `chaque paire de ${pair} n’est prise qu’une fois, et rien n’est comparé à soi-même`, `each pair of ${pair} is taken once only, and nothing is compared with itself`) };
    }
    const text = test(c, expression);
    if (!isOperation(expression, "||") || text.length < 170 || parts(expression, "||").some((each) => isOperation(each, "!"))) return { text };
    return { text: pick(c, "l’une au moins de ces conditions est vraie", "at least one of these conditions is true"), items: parts(expression, "||").map((each) => ({ text: test(c, each) })) };
  }

  /** A lead with what follows it: on the same line when it is short. */
  function listed(c, lead, patterns, join = " ") {
    const items = all(c, patterns);
    if (items.length && items.every((each) => !each.items)) {
      const text = items.map((each) => each.text).join(pick(c, ", et ", ", and "));
      if (items.length < 3 && text.length < 200) return { text: `${lead}${join}${text}` };
    }
    return { text: lead, items };
  }

  /** Everything that patterns say, in one list. */
  function all(c, patterns) {
    const { conditions, optionals, computed: made } = describe(c, patterns);
    return [...conditions, ...optionals.map((each) => ({ ...each, text: pick(c, `quand c’est indiqué, ${each.text}`, `where it is stated, ${each.text}`) })), ...made];
  }

  function union(c, node) {
    const branches = node.patterns.map((each) => all(c, each.type === "group" ? each.patterns : [each]));
    const items = branches.filter((each) => each.length).map((each) => {
      if (each.every((one) => !one.items)) return { text: each.map((one) => one.text).join(pick(c, "\u00a0; ", "; ")) };
      return { text: pick(c, "tout ceci à la fois", "all of this at once"), items: each };
    });
    const distinct = items.filter((each, i) => items.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === i);
    if (distinct.length === 1) return distinct[0];
    return { text: pick(c, "l’un de ces cas se présente", "one of these cases holds"), items: distinct };
  }

  /** Optional facts of one subject are told together. */
  function mergeOptionals(c, optionals) {
    const bySubject = new Map(), order = [];
    for (const each of optionals) {
      const inner = flat(each.patterns).filter((one) => !c.study.skip.has(one) && !isLanguage(one));
      const triples = triplesOf(inner);
      const subjects = triples && new Set(triples.map((triple) => triple.subject.value));
      if (triples && triples.length === 1 && subjects.size === 1) {
        const key = [...subjects][0];
        if (!bySubject.has(key)) { bySubject.set(key, []); order.push({ key }); }
        bySubject.get(key).push(...triples);
      } else if (inner.length) order.push({ items: all(c, inner) });
    }
    return order.flatMap((each) => {
      if (each.key !== undefined) { const triples = bySubject.get(each.key); return sentences(c, triples[0].subject, triples).map((text) => ({ text })); }
      const text = each.items.map((one) => one.text).join(pick(c, ", et ", ", and "));
      if (each.items.length === 1) return each.items;
      return each.items.every((one) => !one.items) && text.length < 220 ? [{ text }] : [{ text: pick(c, "tout ceci à la fois", "all of this at once"), items: each.items }];
    });
  }

  const isLanguage = (each) => each.type === "filter" && rteExplainFilters.isOperation(each.expression, "=") && each.expression.args.some((one) => rteExplainFilters.isOperation(one, "lang"));

  /** « il existe ?other tel que … », « il n’existe aucun ?other tel que … », or the bare clause. */
  function existence(c, patterns, negative) {
    const inside = flat(patterns);
    const only = inside.length === 1 && inside[0].type === "graph" ? inside[0] : null;
    if (only) {
      const lead = pick(c, `selon ${term(c, only.name)}, `, `according to ${term(c, only.name)}, `);
      return lead + existence(c, only.patterns, negative);
    }
    const triples = triplesOf(inside);
    const locals = [...rteExplainStudy.variables(inside.filter((each) => each.type !== "filter")).keys()].filter((name) => !c.outer.has(name) && !c.study.parameters.has(name));
    if (triples && triples.length === 1 && !locals.length) return clause(c, triples[0], negative);
    if (triples && triples.length === 1 && locals.length === 1 && triples[0].predicate.termType === "NamedNode") {
      const [{ subject, predicate, object }] = triples;
      const short = object.value === locals[0] && object.termType === "Variable" ? rteExplainNames.having(c, subject, predicate.value, negative) : subject.value === locals[0] ? rteExplainNames.someone(c, triples[0], negative) : null;
      if (short) return short;
    }
    const outer = c.outer;
    c.outer = new Set([...outer, ...locals]);
    const clauses = all(c, inside).map((each) => (each.items ? `${each.text} (${each.items.map((one) => one.text).join(pick(c, "\u00a0; ", "; "))})` : each.text));
    c.outer = outer;
    const text = clauses.map((each) => (clauses.length > 1 && /, (ou bien|or else) /.test(each) ? `(${each})` : each)).join(pick(c, ", et ", ", and "));
    if (!locals.length && negative && triples && clauses.length === 1 && text.startsWith(`${term(c, triples[0].subject)} ${pick(c, "est ", "is ")}`)) return text.replace(pick(c, " est ", " is "), pick(c, " n’est pas ", " is not "));
    if (!locals.length) return negative ? pick(c, `ceci n’est pas vrai\u00a0: ${text}`, `this is not true: ${text}`) : text;
    const names = list(c, locals.map((name) => `?${name}`));
    const many = locals.length > 1;
    if (negative) return pick(c, `il n’y a pas de ${names.replace(/ et \?/, " et de ?")} ${many ? "tels" : "tel"} que ${text}`, `there ${many ? "are" : "is"} no ${names} such that ${text}`);
    return pick(c, `il y a ${names} ${many ? "tels" : "tel"} que ${text}`, `there ${many ? "are" : "is"} ${names} such that ${text}`);
  }

  /** Values that variables take together. */
  function values(c, node) {
    const names = [...new Set(node.values.flatMap((row) => Object.keys(row)))];
    if (names.some((name) => c.langVariables.has(name.slice(1)))) {
      const words = names.filter((name) => !c.langVariables.has(name.slice(1)));
      return pick(c, `${list(c, words)} sont des mots de la langue choisie`, `${list(c, words)} are words of the chosen language`);
    }
    const cell = (one) => (one ? term(c, one) : pick(c, "n’importe quoi", "anything"));
    const rows = node.values.map((row) => names.map((name) => cell(row[name])));
    const more = rows.length > SHOWN ? pick(c, `… et ${rows.length - SHOWN} autres`, ` … and ${rows.length - SHOWN} more`) : "";
    if (names.length === 1) return pick(c, `${names[0]} est ${rows.length > 1 ? "l’un de ces choix\u00a0: " : ""}${rows.slice(0, SHOWN).map((row) => row[0]).join(", ")}${more}`, `${names[0]} is ${rows.length > 1 ? "one of " : ""}${rows.slice(0, SHOWN).map((row) => row[0]).join(", ")}${more}`);
    const shown = rows.slice(0, SHOWN).map((row) => row.join(pick(c, " avec ", " with "))).join(pick(c, "\u00a0; ", "; "));
    return pick(c, `${list(c, names)} vont ensemble\u00a0: ${shown}${more}`, `${list(c, names)} go together: ${shown}${more}`);
  }

  return { describe, all, existence, onlyType, quote };
})();
