/** A whole query as sentences: what is listed, from what, in which order and how much of it. */
const rteExplainQuery = (() => {
  const W = rteExplainWords;
  const { pick, quote, term, list, clause } = rteExplainNames;
  const { value, test } = rteExplainFilters;

  const nameOf = (column) => (column.variable || column).value;

  /** What the columns hold, by their headings where they have some: names beside what they name, sources apart. */
  function columns(c, query) {
    const shown = [], seen = new Map(), list_ = query.variables || [];
    const projected = new Set(list_.map(nameOf));
    let sources = false, hidden = 0;
    for (const column of list_) {
      const name = nameOf(column);
      if (isSource(c, name)) { sources = true; continue; }
      const of = c.study.names.get(name);
      if (of) {
        // The name of what has a column of its own is told there.
        if (of.termType === "Variable" && projected.has(of.value)) { seen.set(of.value, headingOf(c, name)); continue; }
        shown.push(pick(c, `le nom de ${term(c, of)}`, `the name of ${term(c, of)}`));
        continue;
      }
      if (/^(earliest|latest)$/.test(name)) { hidden += 1; continue; }
      shown.push({ name, column });
    }
    const texts = shown.map((each) => {
      if (typeof each === "string") return each;
      const bare = `?${each.name}`, named = seen.has(each.name) ? pick(c, " (avec son nom)", " (with its name)") : "";
      const heading = seen.get(each.name) || headingOf(c, each.name);
      if (each.column.expression) return heading ? `${quote(c, heading)} (${bare}${pick(c, "\u00a0: ", ": ")}${value(c, each.column.expression)})` : `${value(c, each.column.expression)} (${bare})`;
      return heading ? `${quote(c, heading)} (${bare})` : bare + named;
    });
    return { texts, sources, hidden };
  }

  const headingOf = (c, name) => (Object.hasOwn(c.headings, name) ? c.headings[name] : "");

  const isSource = (c, name) => c.study.sources.has(name) || (/^(document|lines|evidence)[A-Z]?$/.test(name) && !c.study.bound.has(name));

  /** Everything that a query says, top sentence first. */
  function tell(c, query) {
    const items = [...lead(c, query)];
    const free = [], fixed = [];
    // A year is no amount: its digits are not grouped.
    const given = (name, node) => (/year/i.test(name) && node.termType === "Literal" ? node.value : term(c, node));
    for (const [name, node] of c.study.parameters) (node ? fixed : free).push(node ? pick(c, `?${name} est ${given(name, node)}`, `?${name} is ${given(name, node)}`) : `?${name}`);
    const parameters = [...fixed.map((text) => ({ text })), ...(free.length ? [{ text: pick(c, `${list(c, free)} ${free.length > 1 ? "sont laissés libres" : "est laissé libre"}\u00a0: tout convient`, `${list(c, free)} ${free.length > 1 ? "are" : "is"} left free: anything fits`) }] : [])];
    if (parameters.length) items.push({ text: parameters.length > 1 ? pick(c, "valeurs à choisir", "values to choose") : pick(c, "valeur à choisir", "value to choose"), items: parameters });
    items.push(...body(c, query));
    items.push(...tail(c, query));
    return items;
  }

  function lead(c, query) {
    const found = [];
    if (query.from) found.push({ text: pick(c, "cette requête demande à lire d’autres fichiers (FROM)\u00a0: ce n’est pas possible ici, la page n’a que ses propres données", "this query asks to read other files (FROM): that is not possible here, the page has only its own data") });
    if (query.queryType === "ASK") return [...found, { text: pick(c, "on demande si le graphe contient de quoi remplir toutes les conditions ci-dessous\u00a0: la réponse est oui ou non", "the question is whether the graph holds something that meets all the conditions below: the answer is yes or no") }];
    if (query.queryType === "CONSTRUCT") return [...found, construct(c, query)];
    if (query.queryType === "DESCRIBE") return [...found, { text: pick(c, `on demande tout ce que le graphe dit de ${list(c, query.variables.map((each) => (each.termType === "Wildcard" ? "tout ce qui est trouvé" : term(c, each))))}`, `asked for is all that the graph says of ${list(c, query.variables.map((each) => (each.termType === "Wildcard" ? "all that is found" : term(c, each))))}`) }];
    if (query.variables.some((each) => each.termType === "Wildcard")) return [...found, { text: pick(c, "on dresse une liste\u00a0: chaque ligne donne tout ce qui est nommé ci-dessous par un «\u00a0?\u00a0»", "a list is made: each row gives everything that is named below by a “?”") }];
    const { texts, sources } = columns(c, query);
    const alone = !grouped(query) && query.variables.every((each) => each.expression && hasAggregate(each.expression));
    const intro = alone ? pick(c, "on calcule ", "computed is ") : pick(c, "on dresse une liste\u00a0: chaque ligne donne ", "a list is made: each row gives ");
    const text = texts.length ? `${intro}${list(c, texts)}` : pick(c, "on dresse une liste de sources", "a list of sources is made");
    return [...found, { text: text + (sources && texts.length ? pick(c, ", avec les passages des sources qui le disent", ", with the passages of the sources that say so") : "") }];
  }

  function construct(c, query) {
    const made = query.template || [];
    if (!made.length) return { text: pick(c, "cette requête ne fabrique aucun triplet", "this query makes no triple") };
    return { text: pick(c, "on fabrique un graphe\u00a0: pour chaque réponse, il dit que", "a graph is made: for each answer it says that"), items: made.slice(0, 12).map((triple) => ({ text: clause(c, triple) })) };
  }

  function body(c, query) {
    const found = [];
    const patterns = query.where || [];
    if (!patterns.length) return found;
    const { conditions, optionals, computed } = rteExplainPatterns.describe(c, [...patterns, ...(query.values ? [{ type: "values", values: query.values }] : [])]);
    if (conditions.length) found.push({ text: conditions.length > 1 ? pick(c, "pour cela, tout ceci doit être vrai dans le graphe", "for that, all of this must be true in the graph") : pick(c, "pour cela, ceci doit être vrai dans le graphe", "for that, this must be true in the graph"), items: conditions });
    if (optionals.length) found.push({ text: pick(c, "on ajoute, quand le graphe le dit", "added where the graph says so"), items: optionals });
    if (computed.length) found.push({ text: pick(c, "on en tire", "from this follows"), items: computed });
    return found;
  }

  const grouped = (query) => Boolean(query.group && query.group.length);
  function hasAggregate(node) {
    if (!node || typeof node !== "object") return false;
    return node.type === "aggregate" || Object.values(node).some(hasAggregate);
  }

  /** Grouping, what is kept of the groups, order, limit, names. */
  function tail(c, query) {
    const found = [];
    const computed = (query.variables || []).some((each) => each.expression && hasAggregate(each.expression) && !isSource(c, each.variable.value));
    if (grouped(query) && computed) found.push({ text: pick(c, `ces calculs se font pour chaque ${groups(c, query, "combinaison de ")}`, `these are computed for each ${groups(c, query, "combination of ")}`) });
    const having = (query.having || []).filter((each) => !isAnyCount(each));
    if (having.length) found.push({ text: pick(c, "on ne garde que les groupes où ", "only the groups are kept where ") + having.map((each) => test(c, each)).join(pick(c, ", et ", ", and ")) });
    if (query.distinct || query.reduced) found.push({ text: pick(c, "une ligne qui se répète n’est donnée qu’une fois", "a row that repeats is given once only") });
    if (query.order && query.order.length) found.push({ text: pick(c, "les lignes sont rangées par ", "rows are sorted by ") + query.order.map((each) => value(c, each.expression) + (each.descending ? pick(c, " en commençant par le plus grand", ", largest first") : "")).join(pick(c, ", puis par ", ", then by ")) });
    const many = rteKit.count(query.limit ?? 0, c.lang), skipped = rteKit.count(query.offset ?? 0, c.lang);
    if (query.offset) found.push({ text: pick(c, `les ${skipped} premières lignes sont sautées`, `the first ${skipped} rows are left out`) });
    if (query.limit !== undefined) found.push({ text: query.limit === 1 ? pick(c, "on n’en donne qu’une ligne", "one row only is given") : pick(c, `on en donne ${many} lignes au plus`, `${many} rows at most are given`) });
    return found;
  }

  /** COUNT(?x) > 0 only leaves out the empty group that engines make of nothing. */
  const isAnyCount = (node) => node.operator === ">" && node.args[0].type === "aggregate" && node.args[0].aggregation === "count" && node.args[1].value === "0";

  function groups(c, query, combination) {
    const keys = query.group.filter((each) => !(each.expression.termType === "Variable" && c.study.names.has(each.expression.value)));
    const texts = (keys.length ? keys : query.group).map((each) => value(c, each.expression));
    return texts.length > 1 ? `${combination}${list(c, texts)}` : texts[0];
  }

  /** A query within another: what it finds first. */
  function nested(c, query) {
    const { texts } = columns(c, query);
    const computed = query.variables.filter((each) => each.expression && hasAggregate(each.expression) && !isSource(c, each.variable.value));
    const { conditions, optionals, computed: made } = rteExplainPatterns.describe(c, query.where || []);
    const items = [...conditions, ...optionals.map((each) => ({ ...each, text: pick(c, `quand c’est indiqué, ${each.text}`, `where it is stated, ${each.text}`) })), ...made, ...tail(c, { ...query, group: null, variables: [], distinct: false })];
    const wild = query.variables.some((each) => each.termType === "Wildcard");
    let text = "";
    if (wild) text = pick(c, "on cherche tout ceci", "all of this is looked for");
    else if (computed.length) {
      const values = computed.map((each) => `${value(c, each.expression)} (?${each.variable.value})`);
      const each = grouped(query) ? pick(c, `, pour chaque ${groups(c, query, "combinaison de ")},`, ` for each ${groups(c, query, "combination of ")}`) : "";
      text = pick(c, `on calcule${each} ${list(c, values)}, à partir de ceci`, `computed${each}${each ? "," : " is"} ${each ? "from what follows, is " : ""}${list(c, values)}${each ? "" : ", from this"}`);
    } else text = pick(c, `on cherche ${list(c, texts)}${query.distinct ? " (sans répétition)" : ""} à partir de ceci`, `${list(c, texts)} ${texts.length > 1 ? "are" : "is"} looked for${query.distinct ? " (without repetition)" : ""} from this`);
    return { text, items };
  }

  /** In which language names come. */
  function names(c) {
    if (!c.study.names.size || !c.study.langs.size) return [];
    const code = [...c.study.langs][0], name = W.LANGUAGES[code] ? W.LANGUAGES[code][c.lang === "fr" ? 0 : 1] : code;
    const other = code === "fr" ? "" : pick(c, ", en français à défaut", ", failing that in French");
    return [{ text: pick(c, `les noms sont donnés en ${name}${other}`, `names are given in ${name}${other}`) }];
  }

  return { tell, nested, names, quote };
})();
