// Tells readers what is true of the version that they read: that it is old, a pre-release, or no
// longer cared for. Pages are frozen when their version is published; they only load this file,
// with the name of their version, from beside the versions. So wording and look can change later.
//
// Titles are text that somebody wrote: they are never read as HTML. No request leaves the site.
(() => {
  "use strict";

  const SAID = {
    outdated: "an older version",
    prerelease: "a pre-release",
    eol: "which has reached its end of life",
  };

  // In a shadow root the page's styles don't reach it. Each band has its own colours, which are
  // read as well on a light page as on a dark one, whichever of them the theme shows just now.
  const STYLE = `
    :host { all: initial; display: block; font-family: inherit; }
    p {
      margin: 0; padding: 10px 16px; background: #6f4400; color: #fff;
      font-size: medium; line-height: 1.5; text-align: center; text-wrap: balance;
      overflow-wrap: anywhere;
    }
    .prerelease { background: #1d4b73; }
    .eol { background: #86201a; }
    a { color: inherit; font-weight: 600; text-underline-offset: 2px; }
    a:hover { text-decoration-thickness: 2px; }
    a:focus-visible { outline: 2px solid #fff; outline-offset: 3px; border-radius: 1px; }
    @media print { :host { display: none; } }
  `;

  const { newest, versions } = window.docsStatus;
  const script = document.currentScript;
  const version = script && script.dataset.docsVersion; // the 404 page has none
  const { state, title } = (version && versions[version]) || {};
  if (!Object.hasOwn(SAID, state)) return;
  const root = new URL(".", script.src);

  // The page's path in its version, whose folder is that of the version or of an alias.
  const pageOf = ({ pathname }) =>
    pathname.startsWith(root.pathname)
      ? pathname.slice(root.pathname.length).replace(/^[^/]*\/?/, "").replace(/^index\.html$/, "")
      : "";

  const exists = async (address) => {
    try {
      return (await fetch(address, { method: "HEAD" })).ok;
    } catch {
      return false; // no network, or the page was opened as a file
    }
  };

  const make = (name, text, properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...properties });

  const link = make("a", "");
  let shown = null; // the path that the link was made for
  let samePage = false;

  const lead = (address, text) => {
    link.href = address;
    link.textContent = `${text} the newest release, ${newest.title}`;
  };

  const follow = async () => {
    const here = location.pathname;
    if (here === shown) return;
    [shown, samePage] = [here, false];
    const home = new URL(`${encodeURIComponent(newest.path)}/`, root);
    lead(home, "Go to");
    const page = pageOf(location);
    const address = new URL(home.href + page);
    if (!page || !(await exists(address)) || shown !== here) return;
    samePage = true;
    lead(address, "Read this page in");
    followHash();
  };

  const followHash = () => {
    if (samePage) link.hash = location.hash;
  };

  const show = () => {
    for (const earlier of document.querySelectorAll("docs-status")) earlier.remove();
    const banner = make("docs-status", "", { lang: "en", dir: "ltr" });
    banner.setAttribute("role", "note");
    banner.setAttribute("aria-label", "About this version");
    const text = make("p", `This is the documentation of ${title}, ${SAID[state]}. `);
    text.className = state;
    banner.attachShadow({ mode: "open" }).append(make("style", STYLE), text);
    if (newest && newest.version !== version) {
      text.append(link);
      follow();
      window.addEventListener("hashchange", followHash);
      // Material for MkDocs may change pages without loading them: navigation.instant
      if (window.document$) window.document$.subscribe(follow);
    }
    // the theme of Read the Docs has a fixed bar at the side, which would cover its beginning
    (document.querySelector(".wy-nav-content-wrap") || document.body).prepend(banner);
  };

  show();
})();
