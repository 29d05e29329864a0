// mermaidx' stand-in for a browser's styles, with its answers kept.
//
// It looks the style sheet up, and parses each selector, anew for every font it has to know: nine
// tenths of the time that a flowchart takes. What is kept here depends on the style sheet alone, so
// each drawing comes out as before; a test compares them.
(() => {
  const keep = (compute) => {
    const kept = new Map();
    return (key) => {
      if (!kept.has(key)) kept.set(key, compute(key));
      return kept.get(key);
    };
  };

  const rulesOf = globalThis.__getCssRules;
  let style = null;
  let written = -1;
  let rules = [];
  let rulesWith;
  const look = () => {
    if (style && style.parentNode && style.childNodes.length === written) return;
    style = globalThis.__document.querySelector("style");
    written = style ? style.childNodes.length : -1;
    rules = rulesOf();
    // the last rule that matches wins
    rulesWith = keep((property) => rules.filter((rule) => property in rule.decls).reverse());
  };
  globalThis.__getCssRules = () => { look(); return rules; };
  globalThis.__resolveCssProp = (element, property) => {
    look();
    const rule = rulesWith(property).find((some) => __matches(element, some.selectors));
    return rule ? rule.decls[property] : null;
  };

  const chainOf = keep(globalThis.__parseComplex);
  const chainsOf = keep((selectors) =>
    __splitTopLevel(selectors.trim(), (c) => c === ",").map(([part]) => chainOf(part.trim())));
  globalThis.__matches = (element, selectors) =>
    chainsOf(selectors).some(
      (chain) => chain.length > 0 && __matchesChain(element, chain, chain.length - 1));

  // tests that need nothing but the element's own tag, id and classes; the rest goes the long way
  const matchesSlowly = globalThis.__matchesCompound;
  const testsOf = keep((compound) => {
    if (!/^(?:[\w-]+|\*)?(?:[#.][\w-]+)*$/.test(compound)) return null;
    return compound.match(/[#.]?[\w-]+/g) ?? [];
  });
  const passes = (element, test) => {
    if (test[0] === "#") return element.getAttribute("id") === test.slice(1);
    if (test[0] === ".") return element.classList.contains(test.slice(1));
    return (element.tagName || "").toLowerCase() === test.toLowerCase();
  };
  globalThis.__matchesCompound = (element, compound) => {
    const tests = testsOf(compound);
    return tests ? tests.every((test) => passes(element, test)) : matchesSlowly(element, compound);
  };
})();

// Mermaid's lexers try each of their rules, `^(?:…)`, at what is left of the source. QuickJS looks for
// such a rule at every place of it, though it can only match at the first: sticky, it looks there.
(() => {
  const wholly = (source) => {
    if (!source.startsWith("^(?:") || !source.endsWith(")")) return false;
    let depth = 0;
    for (const [part] of source.slice(1, -1).matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()]/gs)) {
      if (part === "(") depth += 1;
      if (part === ")") depth -= 1;
      if (depth === 0) return false;
    }
    return true;
  };
  const stickies = new WeakMap();
  const stickyOf = (rule) => {
    if (!stickies.has(rule)) {
      const fit = !/[gmy]/.test(rule.flags) && wholly(rule.source);
      stickies.set(rule, fit ? new RegExp(rule.source, `${rule.flags}y`) : null);
    }
    return stickies.get(rule);
  };
  const match = String.prototype.match;
  String.prototype.match = function (rule) {
    const sticky = rule instanceof RegExp ? stickyOf(rule) : null;
    if (!sticky) return match.call(this, rule);
    sticky.lastIndex = 0;
    return sticky.exec(this);
  };
})();
