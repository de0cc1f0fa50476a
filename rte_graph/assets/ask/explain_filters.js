/** Expressions as words: conditions that hold or not, and values that are computed. */
const rteExplainFilters = (() => {
  const W = rteExplainWords;
  const { at, pick, quote, term, list, either } = rteExplainNames;
  const XSD = "http://www.w3.org/2001/XMLSchema#";

  const isTerm = (node) => Boolean(node && node.termType);
  const isOperation = (node, ...names) => Boolean(node) && node.type === "operation" && names.includes(node.operator.toLowerCase());
  const same = (a, b) => isTerm(a) && isTerm(b) && a.termType === b.termType && a.value === b.value;
  const fill = (text, parts) => text.replace(/\{(\d)\}/g, (_, i) => parts[i] ?? "");

  /** A condition as a clause; `negative` says that it must not hold. */
  function test(c, node, negative = false) {
    if (isTerm(node)) return pick(c, `${term(c, node)} est ${negative ? "faux" : "vrai"}`, `${term(c, node)} is ${negative ? "false" : "true"}`);
    if (Array.isArray(node)) return list(c, node.map((each) => value(c, each)));
    if (node.type !== "operation") return pick(c, `${value(c, node)} est ${negative ? "faux" : "vrai"}`, `${value(c, node)} is ${negative ? "false" : "true"}`);
    const operator = node.operator.toLowerCase();
    if (operator === "!") return test(c, node.args[0], !negative);
    if (operator === "exists" || operator === "notexists") return rteExplainPatterns.existence(c, node.args, (operator === "notexists") !== negative);
    if (operator === "&&" || operator === "||") return connected(c, node, operator === "||", negative);
    if (operator === "!=") return test(c, { ...node, operator: "=" }, !negative);
    if (operator === "in" || operator === "notin") return among(c, node.args, (operator === "notin") !== negative);
    if (operator === "langmatches") return language(c, node.args, negative);
    if (operator === "if") return pick(c, `${value(c, node)} est ${negative ? "faux" : "vrai"}`, `${value(c, node)} is ${negative ? "false" : "true"}`);
    const known = W.TESTS[operator];
    if (!known) return pick(c, `${value(c, node)} est ${negative ? "faux" : "vrai"}`, `${value(c, node)} is ${negative ? "false" : "true"}`);
    return compared(c, node, operator, negative, known);
  }

  function compared(c, node, operator, negative, known) {
    const [one, other] = node.args;
    if (operator === "=" && (isOperation(one, "lang") || isOperation(other, "lang"))) return language(c, isOperation(one, "lang") ? [one, other] : [other, one], negative);
    if (["<", ">"].includes(operator) && node.args.every((each) => isOperation(each, "str"))) {
      const before = (operator === "<") !== negative;
      return pick(c, `l’adresse de ${value(c, one)} vient ${before ? "avant" : "après"} celle de ${value(c, other)}`, `the address of ${value(c, one)} comes ${before ? "before" : "after"} that of ${value(c, other)}`);
    }
    const years = node.args.some((each) => isOperation(each, "year"));
    // A year is no amount: its digits are not grouped.
    const texts = node.args.map((each) => (years && each.termType === "Literal" ? each.value : value(c, each)));
    const said = fill(known[at(c)][negative ? 1 : 0], texts);
    // Texts that are compared in small letters are compared whatever their letters.
    const caseless = node.args.some((each) => isOperation(each, "lcase", "ucase")) || (operator === "regex" && node.args[2] && /i/.test(node.args[2].value || ""));
    if (!caseless) return number(c, node, said, texts, negative);
    const bare = node.args.map((each) => value(c, isOperation(each, "lcase", "ucase") ? each.args[0] : each));
    return `${fill(known[at(c)][negative ? 1 : 0], bare)}${pick(c, ", en majuscules ou en minuscules", ", in capitals or small letters")}`;
  }

  /** Numbers « are worth »; other things are the same or not. */
  function number(c, node, said, texts, negative) {
    const numeric = (each) => each && (each.type === "aggregate" || (each.datatype && /#(integer|decimal|double|float)$/.test(each.datatype.value)));
    if (node.operator !== "=" || c.lang !== "fr" || !node.args.some(numeric)) return said;
    return `${texts[0]} ${negative ? "ne vaut pas" : "vaut"} ${texts[1]}`;
  }

  function language(c, [of, wanted], negative) {
    const what = isOperation(of, "lang") ? value(c, of.args[0]) : value(c, of);
    const code = wanted.termType === "Literal" ? wanted.value.toLowerCase() : "";
    if (wanted.termType === "Literal" && code === "") return pick(c, `${what} ${negative ? "dit" : "ne dit pas"} sa langue`, `${what} ${negative ? "says" : "does not say"} its language`);
    const name = W.LANGUAGES[code] ? pick(c, `en ${W.LANGUAGES[code][0]}`, `in ${W.LANGUAGES[code][1]}`) : wanted.termType === "Variable" && c.langVariables.has(wanted.value) ? pick(c, "dans la langue choisie", "in the chosen language") : pick(c, `dans la langue ${value(c, wanted)}`, `in the language ${value(c, wanted)}`);
    return pick(c, `${what} ${negative ? "n’est pas" : "est"} ${name}`, `${what} ${negative ? "is not" : "is"} ${name}`);
  }

  function among(c, [what, choices], negative) {
    const shown = choices.map((each) => value(c, each));
    if (shown.length === 1) return fill(W.TESTS["="][at(c)][negative ? 1 : 0], [value(c, what), shown[0]]);
    return pick(c, `${value(c, what)} ${negative ? "n’est aucun" : "est l’un"} de ces choix\u00a0: ${either(c, shown)}`, `${value(c, what)} is ${negative ? "none" : "one"} of ${either(c, shown)}`);
  }

  function parts(node, operator) {
    return node.type === "operation" && node.operator === operator ? node.args.flatMap((each) => parts(each, operator)) : [node];
  }

  /** « A and B », « A or B »; a value that may be left free reads « if ?x is given, A ». */
  function connected(c, node, either_, negative) {
    const items = parts(node, node.operator);
    const or = either_ !== negative;
    if (either_ && !negative) {
      const free = items.filter((each) => isOperation(each, "!") && isOperation(each.args[0], "bound"));
      const rest = items.filter((each) => !free.includes(each));
      if (free.length === 1 && rest.length) {
        const what = term(c, free[0].args[0].args[0]);
        const told = rest.length === 1 ? test(c, rest[0]) : joined(c, rest, true, false);
        return pick(c, `si ${what} est fixé, ${told}`, `if ${what} is given, ${told}`);
      }
    }
    return joined(c, items, or, negative);
  }

  function joined(c, items, or, negative) {
    const typed = or && !negative ? items.filter((each) => rteExplainPatterns.onlyType(each)) : [];
    const kinds = types(c, typed);
    if (kinds) return [kinds, ...items.filter((each) => !typed.includes(each)).map((each) => bracketed(c, each, negative))].join(pick(c, ", ou bien ", ", or else "));
    const known = items.every((each) => isOperation(each, "bound") && isTerm(each.args[0]));
    if (known && !or && !negative) return pick(c, `${list(c, items.map((each) => term(c, each.args[0])))} sont connus`, `${list(c, items.map((each) => term(c, each.args[0])))} are known`);
    return items.map((each) => bracketed(c, each, negative)).join(or ? pick(c, ", ou bien ", ", or else ") : pick(c, ", et ", ", and "));
  }

  /** A condition among others: in brackets where it has an « and » or an « or » of its own. */
  function bracketed(c, node, negative) {
    const text = test(c, node, negative);
    return isOperation(node, "&&", "||") || /, (et|and|ou bien|or else) /.test(text) ? `(${text})` : text;
  }

  /** « ?m est une organisation ou une alliance », where each test asks for one class of the same thing. */
  function types(c, items) {
    const found = items.map((each) => rteExplainPatterns.onlyType(each));
    if (found.length < 2 || found.some((each) => !each || !same(each.subject, found[0].subject))) return "";
    const names = found.map((each) => rteExplainNames.clause(c, each).slice(term(c, each.subject).length + 1));
    const verb = pick(c, "est ", "is ");
    return `${term(c, found[0].subject)} ${verb}${either(c, names.map((name) => name.slice(verb.length)))}`;
  }

  /** A value as a noun: « le nombre de ?x différents », « l’année de ?date ». */
  function value(c, node) {
    if (!node) return "";
    if (isTerm(node)) return node.termType === "Variable" && c.study.names.has(node.value) ? pick(c, `le nom de ${term(c, c.study.names.get(node.value))}`, `the name of ${term(c, c.study.names.get(node.value))}`) : term(c, node);
    if (Array.isArray(node)) return list(c, node.map((each) => value(c, each)));
    if (node.type === "aggregate") return aggregate(c, node);
    if (node.type === "functionCall") return called(c, node);
    if (node.type !== "operation") return pick(c, "une valeur calculée", "a computed value");
    const operator = node.operator.toLowerCase(), args = node.args;
    if (operator === "coalesce") return fallback(c, args);
    if (operator === "if") return conditional(c, args);
    if (operator === "concat" && !args.every((each) => isTerm(each) || isOperation(each, "str"))) return drawnFrom(c, node, pick(c, "un texte composé avec", "a text made with"));
    if (operator === "concat") return pick(c, `le texte fait de ${list(c, args.slice(0, 6).map((each) => value(c, each)))}${args.length > 6 ? "…" : ""}`, `the text made of ${list(c, args.slice(0, 6).map((each) => value(c, each)))}${args.length > 6 ? " …" : ""}`);
    if (operator === "lang" && isTerm(args[0])) return fill(W.FUNCTIONS.lang[at(c)], [term(c, args[0])]);
    if (operator === "replace" && /^\^\.\*\[[/#]+\]$/.test(args[1] && args[1].value) && args[2] && args[2].value === "") return pick(c, `la fin de l’adresse de ${value(c, args[0])}`, `the end of the address of ${value(c, args[0])}`);
    if (operator === "substr" && args[1] && args[1].value === "1") return pick(c, `le début de ${value(c, args[0])}`, `the beginning of ${value(c, args[0])}`);
    if (W.FUNCTIONS[operator]) return fill(W.FUNCTIONS[operator][at(c)], args.map((each) => (isOperation(each, "+", "-", "*", "/") ? `(${value(c, each)})` : value(c, each))));
    if (W.TESTS[operator] || ["!", "&&", "||", "!=", "in", "notin", "exists", "notexists"].includes(operator)) return pick(c, `vrai si ${test(c, node)}, faux sinon`, `true if ${test(c, node)}, else false`);
    return pick(c, `le résultat d’un calcul sur ${list(c, args.map((each) => value(c, each)))}`, `the result of a computation on ${list(c, args.map((each) => value(c, each)))}`);
  }

  /** « ?a, à défaut ?b ». */
  function fallback(c, args) {
    const shown = args.map((each) => (isOperation(each, "if") ? `(${value(c, each)})` : value(c, each))).filter((text, i, all) => all.indexOf(text) === i);
    if (shown.join("").length > 170) return drawnFrom(c, args, pick(c, "une valeur tirée de", "a value drawn from"));
    return shown.join(pick(c, ", à défaut ", ", failing that "));
  }

  /** A long computation is told by what goes into it. */
  function drawnFrom(c, node, lead) {
    const names = [...rteExplainStudy.variables(node).keys()].map((name) => value(c, { termType: "Variable", value: name }));
    const shown = names.slice(0, 5);
    return `${lead} ${names.length > 5 ? `${shown.join(", ")}…` : list(c, shown)}`;
  }

  function conditional(c, [condition, yes, no]) {
    const unbound = no.termType === "Variable" && !c.bound.has(no.value), nothing = yes.termType === "Variable" && !c.bound.has(yes.value);
    if (unbound) return pick(c, `${value(c, yes)} si ${test(c, condition)} (rien sinon)`, `${value(c, yes)} if ${test(c, condition)} (else nothing)`);
    if (nothing) return pick(c, `${value(c, no)} sauf si ${test(c, condition)}`, `${value(c, no)} unless ${test(c, condition)}`);
    return pick(c, `${value(c, yes)} si ${test(c, condition)}, sinon ${value(c, no)}`, `${value(c, yes)} if ${test(c, condition)}, else ${value(c, no)}`);
  }

  function called(c, node) {
    const name = node.function.value, args = node.args.map((each) => value(c, each));
    if (name.startsWith(XSD)) return pick(c, `${args[0]} lu comme ${quote(c, rteKit.tail(name))}`, `${args[0]} read as ${quote(c, rteKit.tail(name))}`);
    return pick(c, `le résultat de la fonction ${quote(c, rteKit.tail(name))} sur ${list(c, args)}`, `the result of the function ${quote(c, rteKit.tail(name))} on ${list(c, args)}`);
  }

  function aggregate(c, node) {
    const kind = node.aggregation.toLowerCase();
    const all = !node.expression.type && (!node.expression.termType || node.expression.termType === "Wildcard");
    if (all) return pick(c, node.distinct ? "le nombre de lignes différentes" : "le nombre de lignes", node.distinct ? "the number of distinct rows" : "the number of rows");
    const named = node.expression.termType === "Variable" && c.study.names.get(node.expression.value);
    if (named && kind === "group_concat") return pick(c, `la liste des noms de ${term(c, named)}`, `the list of the names of ${term(c, named)}`);
    if (named === undefined && c.study.parameters.has(node.expression.value)) return term(c, node.expression);
    const what = value(c, node.expression), distinct = node.distinct && ["count", "group_concat", "sum", "avg"].includes(kind);
    return fill((W.AGGREGATES[kind] || W.AGGREGATES.sample)[at(c)], [distinct ? pick(c, `${what} différents`, `distinct ${what}`) : what]);
  }

  return { test, value, parts, isOperation, isTerm };
})();
