// Makes a chooser of each <docs-layers>: the one layer ARN that a reader needs, and how to use it.
// Without this script readers have the tables behind it.
//
// Names are text that somebody wrote: they are never read as HTML. No request leaves the site.

const PARTS = {
  region: "Region",
  runtime: "Runtime",
  architecture: "Architecture",
  release: "Release",
  name: "Layer",
};
// which part is kept rather than which, where not all that is wanted goes together
const KEPT = ["region", "release", "runtime", "architecture", "name"];
const PARTITIONS = { aws: "AWS", "aws-cn": "AWS China", "aws-us-gov": "AWS GovCloud (US)" };
const KEY = "docs_tools.layers";

// Every layer version of the data, which `docs_tools.render.layer_chooser` has written small.
const expand = ({ releases, places, numbers, layers }) =>
  layers.flatMap(({ name, runtime, architecture, places: at, numbers: column }) =>
    numbers[column].flatMap((entry, i) => {
      const [common, others = {}] = [entry].flat();
      return at.flatMap((place) => {
        const { partition, account, regions } = places[place];
        return regions.flatMap((region) => {
          const number = Object.hasOwn(others, region) ? others[region] : common;
          const arn = `arn:${partition}:lambda:${region}:${account}:layer:${name}:${number}`;
          const release = releases[i];
          return number ? { arn, partition, region, release, runtime, architecture, name } : [];
        });
      });
    }),
  );

const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
};

// What the reader chose on any page; the release counts for the pages of one version only.
let memory = null;

const remembered = () => {
  try {
    memory ||= JSON.parse(localStorage.getItem(KEY));
  } catch {
    // storage is blocked, or somebody else's text is in it
  }
  return (memory ||= {});
};

const remember = (choice) => {
  memory = { ...remembered(), ...choice };
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // blocked or full: it is remembered until the page is left
  }
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // there is none over plain HTTP, or the reader doesn't allow it
  }
  const area = make("textarea", { style: "position: fixed; opacity: 0" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};

class Chooser extends HTMLElement {
  static expand = expand;

  connectedCallback() {
    if (this.shadowRoot) return; // it was moved
    this.data = JSON.parse(this.dataset.layers);
    this.layers = expand(this.data);
    this.values = {};
    for (const part of KEPT) this.values[part] = this.valuesOf(this.layers, part);
    const { releases } = this.data;
    this.values.release.sort((a, b) => releases.indexOf(a) - releases.indexOf(b));
    this.wanted = {};
    this.recall();
    this.build();
    this.show();
    const tables = this.parentElement.nextElementSibling;
    if (tables?.localName === "details") tables.open = false;
  }

  valuesOf(layers, part) {
    return [...new Set(layers.map((layer) => layer[part]))].filter((value) => value !== null);
  }

  // What was chosen before is wanted where it is to be had here.
  recall() {
    const { page, ...chosen } = remembered();
    const here = page?.of === this.data.selected ? page : {};
    const { name } = this.wanted;
    this.wanted = { ...this.data.first, release: this.data.selected, name };
    for (const [part, value] of Object.entries({ ...chosen, release: here.release })) {
      if (Object.hasOwn(this.values, part) && this.values[part].includes(value)) {
        this.wanted[part] = value;
      }
    }
    this.leads = here.leads;
    this.tool = Object.hasOwn(EXAMPLES, chosen.tool) ? chosen.tool : Object.keys(EXAMPLES)[0];
  }

  choose(part, value) {
    this.wanted[part] = value;
    if (part !== "name") {
      this.leads = part;
      const page = { of: this.data.selected, release: this.wanted.release, leads: part };
      remember(part === "release" ? { page } : { page, [part]: value });
    }
    this.showAll();
  }

  showAll() {
    this.show();
    for (const other of document.querySelectorAll(this.localName)) {
      if (other === this || !other.wanted) continue;
      other.recall();
      other.show();
    }
  }

  // The layer that is wanted, or one near it: what was chosen last is kept before all else.
  find() {
    const shown = {};
    const missed = [];
    let left = this.layers;
    for (const part of new Set([this.leads, ...KEPT])) {
      if (!KEPT.includes(part)) continue;
      const wanted = this.wanted[part];
      const there = this.valuesOf(left, part);
      if (part === "name") this.values.name = there;
      // null: such a layer is for all
      const fits = (value) => left.filter((layer) => [null, value].includes(layer[part]));
      shown[part] = fits(wanted).length ? wanted : this.nearest(part, there);
      if (shown[part] !== wanted && wanted && part !== "name") missed.push(part);
      left = fits(shown[part]);
    }
    return { layer: left[0], shown, missed };
  }

  // The release before, else the one behind; of other values the one that begins the same.
  nearest(part, there) {
    const wanted = this.wanted[part] || "";
    const values = this.values[part].filter((value) => there.includes(value));
    if (part === "release") {
      const { releases } = this.data;
      const at = releases.indexOf(wanted);
      return values.find((value) => releases.indexOf(value) > at) || values.at(-1);
    }
    if (part === "runtime") values.reverse(); // the newest stands last
    const alike = (value) => [...value].findIndex((letter, i) => letter !== wanted[i]) >>> 0;
    return values.reduce((best, value) => (alike(value) > alike(best) ? value : best));
  }

  build() {
    this.selects = {};
    const parts = make("div", { class: "parts" });
    for (const [part, title] of Object.entries(PARTS)) {
      const select = make("select", { id: part });
      select.addEventListener("change", () => this.choose(part, select.value));
      // the page sees no select in a shadow root, and may take a letter for a command of its own
      select.addEventListener("keydown", (event) => event.stopPropagation());
      this.selects[part] = select;
      this.fill(part);
      parts.append(make("div", {}, make("label", { for: part }, title), select));
    }
    this.arn = make("code");
    this.example = make("pre", { role: "tabpanel", id: "panel", tabindex: 0 });
    this.note = make("p", { role: "status" });
    this.heard = make("p", { role: "status", class: "heard" });
    const section = make("section", { "aria-label": "Layer ARN", lang: "en", dir: "ltr" });
    section.append(parts, this.box("ARN", this.arn), this.note);
    section.append(this.buildTabs(), this.box("example", this.example), this.heard);
    this.attachShadow({ mode: "open" }).append(make("style", {}, STYLE), section);
  }

  box(what, text) {
    const button = make("button", { type: "button", "aria-label": `Copy the ${what}` }, "Copy");
    button.addEventListener("click", () => this.copy(what, text, button));
    return make("div", { class: "box" }, text, button);
  }

  // https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
  buildTabs() {
    const list = make("div", { role: "tablist", "aria-label": "Examples" });
    const tools = Object.keys(EXAMPLES);
    this.tabs = tools.map((tool, i) => {
      const attributes = { type: "button", role: "tab", id: `tab-${i}`, "aria-controls": "panel" };
      const tab = make("button", attributes, tool);
      tab.addEventListener("click", () => this.open(tool));
      return tab;
    });
    list.append(...this.tabs);
    list.addEventListener("keydown", (event) => {
      const at = tools.indexOf(this.tool);
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
      if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation(); // a theme may turn pages by arrow keys
      this.open(tools.at(to % tools.length));
      this.tabs.at(to % tools.length).focus();
    });
    return list;
  }

  open(tool) {
    this.tool = tool;
    remember({ tool });
    this.showAll();
  }

  // The options of a select; regions stand with those of their partition.
  fill(part) {
    const option = (value) => make("option", { value }, value);
    const groups = {};
    for (const { partition, region } of part === "region" ? this.layers : []) {
      (groups[partition] ||= new Set()).add(region);
    }
    const grouped = Object.entries(groups).map(([partition, regions]) => {
      const label = PARTITIONS[partition] || partition;
      return make("optgroup", { label }, ...[...regions].sort().map(option));
    });
    const options = grouped.length ? grouped : this.values[part].map(option);
    this.selects[part].replaceChildren(...options);
  }

  show() {
    const { layer, shown, missed } = this.find();
    this.fill("name");
    for (const [part, select] of Object.entries(this.selects)) {
      select.value = shown[part];
      select.parentElement.hidden = this.values[part].length < 2;
    }
    this.arn.textContent = layer.arn;
    for (const tab of this.tabs) {
      const selected = tab.textContent === this.tool;
      tab.setAttribute("aria-selected", selected);
      tab.tabIndex = selected ? 0 : -1;
      if (selected) this.example.setAttribute("aria-labelledby", tab.id);
    }
    const runtime = layer.runtime || shown.runtime;
    this.example.textContent = EXAMPLES[this.tool](describe(layer, runtime));
    const list = (of) => missed.map((part) => of[part]).join(", ");
    const said = `Not available for this choice: ${list(this.wanted)}. Shown: ${list(shown)}.`;
    this.note.textContent = missed.length ? said : "";
  }

  async copy(what, text, button) {
    const done = await copy(text.textContent);
    button.focus(); // it may have gone elsewhere meanwhile
    if (!done) {
      getSelection().selectAllChildren(text);
      this.note.textContent = `The browser doesn't let the page copy: the ${what} is selected.`;
      return;
    }
    this.heard.textContent = ""; // so that it is said the second time too
    button.textContent = "Copied";
    setTimeout(() => (this.heard.textContent = `Copied the ${what}`), 50);
    setTimeout(() => (button.textContent = "Copy"), 2000);
  }
}

customElements.define("docs-layers", Chooser);
