// How well each text of the page's diagrams can be read, or of other elements, what stands in their
// shadow root included: its colour against what is painted beneath.
// https://www.w3.org/TR/WCAG22/#contrast-minimum
(selector) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) =>
    [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  };
  const opacity = (element) => {
    let product = 1;
    for (let e = element; e; e = e.parentElement) product *= Number(getComputedStyle(e).opacity);
    return product;
  };
  const drawn = (element) => element instanceof SVGElement;
  // what an element paints at a point: a shape its fill, anything else its background
  const paint = (element, x, y) => {
    const style = getComputedStyle(element);
    if (!drawn(element)) return rgba(style.backgroundColor);
    if (!(element instanceof SVGGeometryElement) || style.fill === "none") return [0, 0, 0, 0];
    const point = new DOMPoint(x, y).matrixTransform(element.getScreenCTM().inverse());
    if (!element.isPointInFill(point)) return [0, 0, 0, 0];
    const colour = rgba(style.fill);
    return [...colour.slice(0, 3), colour[3] * Number(style.fillOpacity)];
  };
  const faded = ([r, g, b, a], element) => [r, g, b, a * opacity(element)];

  const everything = document.createElement("style");
  everything.textContent = "figure *{pointer-events:auto!important}";
  document.head.append(everything);
  const found = [];
  for (const figure of document.querySelectorAll(selector || "figure.docs_tools-diagram")) {
    const tree = figure.shadowRoot || figure;
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const parent = node.parentElement;
      // the number of a message stands on the dark end of a line, which can't be pointed at
      const skipped = "style,title,desc,defs,script,.sequenceNumber";
      if (!node.data.trim() || parent.closest(skipped)) continue;
      parent.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (!box.width) continue; // the words of an alternative that isn't taken
      const style = getComputedStyle(parent);
      const worst = [0.2, 0.5, 0.8].map((part) => {
        const [x, y] = [box.left + box.width * part, box.top + box.height / 2];
        const here = tree.getRootNode().elementsFromPoint(x, y);
        const own = here.findIndex((e) => e === parent || e.contains(parent) || parent.contains(e));
        let beneath = [255, 255, 255];
        for (const e of here.slice(Math.max(own, 0)).reverse()) {
          if (e !== parent || !drawn(e)) beneath = over(faded(paint(e, x, y), e), beneath);
        }
        const ink = rgba(drawn(parent) ? style.fill : style.color);
        if (drawn(parent)) ink[3] *= Number(style.fillOpacity);
        let text = over(faded(ink, parent), beneath);
        for (const e of here.slice(0, Math.max(own, 0)).reverse()) {
          const veil = faded(paint(e, x, y), e);
          [text, beneath] = [over(veil, text), over(veil, beneath)];
        }
        return { ratio: contrast(text, beneath), text, beneath };
      }).sort((a, b) => a.ratio - b.ratio)[0];
      found.push({ figure: figure.id, said: node.data.trim(), ...worst });
    }
  }
  everything.remove();
  return found;
}
