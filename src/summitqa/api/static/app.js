"use strict";
// The page: asks, shows the answer as quotes, opens the source at a quote. All offsets that the API gives
// count code points; a JavaScript string counts UTF-16 units, so they are converted where they are used.
// Text enters the page through textContent only.

const REASONS = {
  not_in_documents: "Nothing in them answers this question.",
  off_topic: "The question seems to be about something else.",
  low_confidence: "Something comes close, but not close enough to be given as the answer.",
  empty_index: "Build an index first, then ask again.",
};
const byId = (id) => document.getElementById(id);
let asking = null; // the question under way, so that a newer one replaces it
let opening = 0; // the number of the source opened last, so that a slow older one does not replace it

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children); // strings become text nodes
  return node;
}

function link(url, text, label) {
  const node = element("a", "", text);
  node.href = url;
  if (label) node.setAttribute("aria-label", label);
  return node;
}

const sliceCodePoints = (text, start, end) => Array.from(text).slice(start, end).join("");

// The UTF-16 positions of ascending code point offsets, in one walk over the text.
function utf16Positions(text, offsets) {
  let unit = 0, point = 0;
  return offsets.map((offset) => {
    while (point < offset && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      point += 1;
    }
    return unit;
  });
}

// Append text to a node with the exact answers emphasised; both count from the same document.
function appendEmphasised(node, text, start, spans) {
  const points = Array.from(text);
  let at = 0;
  for (const span of spans) {
    const from = Math.max(at, span.start_char_index - start), to = Math.min(points.length, span.end_char_index - start);
    if (from >= to) continue;
    node.append(points.slice(at, from).join(""), element("strong", "exact", points.slice(from, to).join("")));
    at = to;
  }
  node.append(points.slice(at).join(""));
}

async function fetchChecked(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server can't be reached. Is it still running?");
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  if (response.status === 503) throw new Error(`The server can't answer just now: ${problem.detail || "try again shortly"}.`);
  throw new Error(problem.detail || `The server answered with status ${response.status}.`);
}

const confidenceWord = (value) => (value >= 0.85 ? "high" : value >= 0.65 ? "medium" : "low");

// A quoted table row as a table. Cells stand in the row in order, so each is found after the one before it.
function tableOf(citation) {
  const head = element("tr", "", ...citation.table.header.map((cell) => element("th", "", cell)));
  const row = element("tr");
  let unit = 0;
  for (const cell of citation.table.row) {
    const found = citation.cited_text.indexOf(cell, unit), node = element("td");
    if (found < 0) node.append(cell);
    else {
      const start = citation.start_char_index + Array.from(citation.cited_text.slice(0, found)).length;
      appendEmphasised(node, cell, start, citation.answer_spans);
      unit = found + cell.length;
    }
    row.append(node);
  }
  return element("div", "scroll", element("table", "", element("thead", "", head), element("tbody", "", row)));
}

function citationCard(citation) {
  const mark = element("sup", "", link(citation.url, `[${citation.index}]`, `Open source ${citation.index}`));
  const quote = element("blockquote");
  const where = element("p", "where", link(citation.url, citation.document_title));
  if (citation.table) {
    quote.append(tableOf(citation));
    where.prepend(mark); // below the table: it has no end of a line to stand at
  } else {
    appendEmphasised(quote, citation.cited_text, citation.start_char_index, citation.answer_spans);
    quote.append(mark);
  }
  if (citation.heading_path.length) where.append(element("span", "path", citation.heading_path.join(" › ")));
  if (citation.also_at.length) {
    const places = citation.also_at.flatMap((place, i) => [i ? ", " : "", link(place.url, place.document_title)]);
    where.append(element("span", "path", "Also in ", ...places));
  }
  const card = element("article", "", quote, where);
  for (const anchor of card.querySelectorAll("a")) anchor.citation = anchor.getAttribute("href") === citation.url ? citation : null;
  return card;
}

function passageCard(passage) {
  const where = element("p", "where", link(passage.url, "Show it in the document"));
  if (passage.heading_path.length) where.prepend(element("span", "path", passage.heading_path.join(" › ")));
  return element("article", "", element("blockquote", "", passage.text), where);
}

function answerParts(answer) {
  const time = answer.timing_ms.total === undefined ? "" : `${Math.round(answer.timing_ms.total)} ms`;
  const parts = [];
  if (answer.resolved_question) parts.push(element("p", "quiet", `Understood as: ${answer.resolved_question}`));
  if (answer.outcome === "answered") {
    const confidence = `${confidenceWord(answer.confidence)} confidence (${Math.round(answer.confidence * 100)} %)`;
    parts.push(element("p", "answer-line quiet", element("span", "", confidence), element("span", "", time)));
    return parts.concat(answer.citations.map(citationCard));
  }
  parts.push(element("p", "notice", element("strong", "", answer.text), REASONS[answer.reason] || ""));
  if (answer.passages.length) {
    parts.push(element("h2", "", "Closest passages (not an answer)"));
    parts.push(element("div", "passages", ...answer.passages.slice(0, 3).map(passageCard)));
  }
  return parts;
}

const errorNotice = (error) => element("p", "notice error", error.message);

async function ask(event) {
  event.preventDefault();
  const question = byId("question").value, result = byId("result");
  if (!question.trim()) return byId("question").focus();
  asking?.abort();
  const mine = (asking = new AbortController());
  result.setAttribute("aria-busy", "true");
  try {
    const response = await fetchChecked("/v1/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question: question.toWellFormed?.() ?? question }),
      signal: mine.signal,
    });
    result.replaceChildren(...answerParts(await response.json()));
    if (document.activeElement === byId("question")) byId("question").select(); // the next question takes its place
  } catch (error) {
    if (mine.signal.aborted) return;
    result.replaceChildren(errorNotice(error));
  }
  if (asking === mine) result.removeAttribute("aria-busy");
}

// The lines of a document as paragraphs, the quote marked and the exact answers in it emphasised.
function documentLines(text, headings, span, answers) {
  const edges = [...new Set([span.start, span.end, ...answers.flat(), ...headings])].sort((a, b) => a - b);
  const units = new Map(utf16Positions(text, edges).map((unit, i) => [edges[i], unit]));
  const titles = new Set(headings.map((start) => units.get(start)));
  const pieces = [[units.get(span.start), units.get(span.end), "mark", ""]];
  const exact = answers.map(([start, end]) => [units.get(start), units.get(end)]);
  const cuts = [...new Set([...pieces[0].slice(0, 2), ...exact.flat()])].sort((a, b) => a - b);
  let at = 0;
  return text.split("\n").map((line) => {
    const node = element("p"), end = at + line.length;
    const stops = [at, ...cuts.filter((cut) => cut > at && cut < end), end];
    stops.slice(1).forEach((to, i) => {
      const from = stops[i], piece = text.slice(from, to), within = ([a, b]) => a <= from && to <= b && from < to;
      if (!within(pieces[0])) return node.append(piece);
      node.append(element("mark", "", exact.some(within) ? element("strong", "exact", piece) : piece));
    });
    for (let unit = at; titles.size && unit < end; unit++) if (titles.delete(unit)) node.className = "heading";
    at = end + 1;
    return node;
  });
}

// Open a document beside the answer, at a span if there is one; say so if the quote no longer stands there.
async function openSource(id, span, citation) {
  const panel = byId("source"), mine = ++opening, path = `/v1/documents/${encodeURIComponent(id)}`;
  const close = element("button", "", "Close");
  close.type = "button";
  close.addEventListener("click", closeSource);
  const title = element("h2", "", id);
  const parts = [element("div", "bar", title, close)];
  try {
    const responses = await Promise.all([fetchChecked(path), fetchChecked(`${path}/text`)]);
    const [info, bytes] = await Promise.all([responses[0].json(), responses[1].arrayBuffer()]);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes); // response.text() would drop a leading U+FEFF
    title.textContent = info.title;
    const headings = info.blocks.filter((block) => block.kind === "heading").map((block) => block.start_char_index);
    const answers = (citation?.answer_spans ?? []).map((a) => [a.start_char_index, a.end_char_index]);
    if (citation && sliceCodePoints(text, span.start, span.end) !== citation.cited_text) {
      parts.push(element("p", "notice error", "The document has changed since this answer; the quote no longer stands here."));
    } else if (span.end) {
      parts.push(element("p", "quiet", `Characters ${span.start}–${span.end}${citation ? ", word for word as quoted" : ""}`));
    }
    parts.push(element("div", "text", ...documentLines(text, headings, span, answers)));
  } catch (error) {
    parts.push(errorNotice(error));
  }
  if (mine !== opening) return;
  panel.replaceChildren(...parts);
  panel.hidden = false;
  document.body.classList.add("split");
  panel.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
  panel.querySelector("mark")?.scrollIntoView({ block: "center" });
}

function closeSource() {
  opening += 1;
  byId("source").hidden = true;
  document.body.classList.remove("split");
  byId("question").focus();
}

function sourceOf(url) {
  const match = /^\/documents\/([^/]+)$/.exec(url.pathname);
  const span = /^#char=(\d+),(\d+)$/.exec(url.hash) ?? [0, 0, 0];
  return match && { id: decodeURIComponent(match[1]), span: { start: Number(span[1]), end: Number(span[2]) } };
}

// Links to a document open beside the answer; with a modifier key they open in a tab as any link does.
function followLink(event) {
  const anchor = event.target.closest("a"), source = anchor && sourceOf(new URL(anchor.href));
  if (!source || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSource(source.id, source.span, anchor.citation);
}

async function listDocuments() {
  try {
    const { documents } = await (await fetchChecked("/v1/documents")).json();
    const shown = documents.slice(0, 5).flatMap((info, i) => [i ? " · " : "", link(info.url, info.title)]);
    const more = documents.length > 5 ? ` and ${documents.length - 5} more` : "";
    byId("documents").replaceChildren(documents.length ? "Answers come from " : "There are no documents yet.", ...shown, more);
  } catch (error) {
    byId("documents").textContent = error.message;
  }
}

byId("ask").addEventListener("submit", ask);
byId("question").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) ask(event);
});
byId("question").value = sessionStorage.getItem("question") ?? "";
byId("question").addEventListener("input", () => sessionStorage.setItem("question", byId("question").value));
document.addEventListener("click", followLink);
listDocuments();
const linked = sourceOf(location);
if (linked) openSource(linked.id, linked.span);
else byId("question").focus();
