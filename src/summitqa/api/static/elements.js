// Makes DOM nodes. Strings become text nodes, so no text of a document or a person is ever read as markup.

export const byId = (id) => document.getElementById(id);

// A node with attributes; null and false leave an attribute out, "class" may be given alone as a string, and a
// function is listened with: { onclick: open }.
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  const given = typeof attributes === "string" ? { class: attributes } : attributes;
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false && value !== "") node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function button(label, onclick, attributes = {}) {
  const given = typeof attributes === "string" ? { class: attributes } : attributes;
  return element("button", { type: "button", ...given, onclick }, label);
}

// Questions that can be asked at a click.
export const chipsOf = (questions, ask) => questions.map((question) => element("li", {}, button(question, () => ask(question), "chip")));

// The text with spans wrapped: ascending [start, end, ...] in its UTF-16 units, emphasised unless told otherwise.
export function wrapped(text, spans, wrap = (piece) => element("strong", "exact", piece)) {
  const parts = [];
  let at = 0;
  for (const span of spans) {
    const from = Math.max(at, span[0]), to = Math.min(span[1], text.length);
    if (from >= to) continue;
    parts.push(text.slice(at, from), wrap(text.slice(from, to), span, from));
    at = to;
  }
  return [...parts, text.slice(at)].filter((part) => part !== "");
}
