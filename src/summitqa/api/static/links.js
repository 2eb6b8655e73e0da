// Permanent links to quotes, "#doc=ID&char=START,END", and the way to the clipboard. Offsets are code points.

import { element } from "./elements.js";
import { Offsets } from "./offsets.js";

export const citationOf = new WeakMap(); // the citation that a mark stands for
export const placeOf = new WeakMap(); // the target of any other link to a document

export function placeLink(target, attributes, ...children) {
  const link = element("a", { href: hashOf(target), ...attributes }, ...children);
  placeOf.set(link, target);
  return link;
}

// A link carries the digest its offsets count in, so that a stale one is noticed, and the exact answers in the quote.
export function hashOf({ id, start, end, sha256 = "", answers = [] }) {
  const parts = [`doc=${encodeURIComponent(id)}`];
  if (end > start) parts.push(`char=${start},${end}`);
  if (answers.length) parts.push(`answer=${answers.map((span) => span.join(",")).join(";")}`);
  if (end > start && sha256) parts.push(`sha256=${sha256.slice(0, 12)}`);
  return `#${parts.join("&")}`;
}

export const linkTo = (target) => `${location.origin}/${hashOf(target)}`;

// What the page's address points at, null if at nothing. The API gives out "/documents/ID#char=START,END".
export function readAddress({ pathname, hash }) {
  const fields = new URLSearchParams(hash.slice(1));
  const id = fields.get("doc") ?? idOf(pathname);
  if (!id) return null;
  const [[start, end]] = [...readSpans(fields.get("char")), [0, 0]];
  return { ...wholeDocument(id), start, end, sha256: fields.get("sha256") ?? "", answers: readSpans(fields.get("answer")) };
}

// The target that a citation, another place of it, or a passage points at; with its text, if that is known.
export const targetOf = (place) => ({
  id: place.document_id,
  start: place.start_char_index,
  end: place.end_char_index,
  sha256: place.document_sha256 ?? "",
  answers: (place.answer_spans ?? []).map((span) => [span.start_char_index, span.end_char_index]),
  text: place.cited_text ?? place.text ?? null,
  citation: place.cited_text === undefined ? null : place,
});

// The exact answers in the cited text, in its own UTF-16 units.
export function answersIn(citation) {
  const offsets = new Offsets(citation.cited_text);
  return targetOf(citation).answers.map((span) => span.map((point) => offsets.toUnits(point - citation.start_char_index)));
}

export const wholeDocument = (id) => ({ id, start: 0, end: 0, sha256: "", answers: [], text: null, citation: null });

export const citedWithLink = (citation) => {
  const where = [citation.document_title, ...citation.heading_path].join(" › ");
  return `“${citation.cited_text}”\n${where}\n${linkTo(targetOf(citation))}`;
};

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text); // there on https and localhost only
  } catch {
    const box = element("textarea", "hidden", text), focused = document.activeElement;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    focused?.focus();
  }
}

function idOf(pathname) {
  const match = /^\/documents\/([^/]+)$/.exec(pathname);
  try {
    return match && decodeURIComponent(match[1]);
  } catch {
    return null;
  }
}

const readSpans = (field) =>
  (field ?? "").split(";").map((span) => /^(\d{1,10}),(\d{1,10})$/.exec(span)?.slice(1).map(Number)).filter((span) => span && span[0] < span[1]);
