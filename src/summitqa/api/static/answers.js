// Shows one turn: the question, how it was understood, the quotes or the silence, and how sure the server is.

import { closest } from "./conversation.js";
import { button, chipsOf, element, wrapped } from "./elements.js";
import { answersIn, citationOf, hashOf, placeLink, targetOf, wholeDocument } from "./links.js";

const CONFIDENCE_WORDS = [[0.85, "High"], [0.65, "Good"], [0, "Fair"]]; // as in the terminal
const SLOW_MS = 5000;

// Shows a turn as its parts arrive. Each part is put below those that are there, so nothing read ever moves.
export class TurnView {
  #understood = element("div", "understood-slot");
  #body = element("div", "body");
  #foot = element("div", "foot");
  #pending = null;
  #slow = 0;

  // actions: stop, again, edit, asTyped, suggest
  constructor(turn, actions) {
    this.turn = turn;
    this.citations = [];
    this.actions = actions;
    this.outcome = element("div", "outcome", this.#understood, this.#body, this.#foot);
    const scope = turn.documentTitle ? element("p", "scope quiet", "Asked in ", element("cite", {}, turn.documentTitle)) : null;
    this.node = element("li", "turn", element("h2", "question", turn.question), scope, this.outcome);
    if (turn.answer) this.showAnswer(turn.answer);
    else if (turn.failure) this.showFailure(turn.failure);
  }

  showPending() {
    for (const slot of [this.#understood, this.#body, this.#foot]) slot.replaceChildren();
    this.outcome.setAttribute("aria-busy", "true");
    this.#wait("Searching the documents …");
    this.#slow = setTimeout(() => this.#wait("Still searching; the server is slow …"), SLOW_MS);
  }

  showResolved(resolved) {
    this.#showUnderstood(resolved);
    if (this.#pending) this.#wait(this.#pending.firstChild.textContent); // a new node: the old one would be seen to move
  }

  showCitations(citations) {
    if (!citations.length || this.#body.firstChild) return;
    this.#pending?.remove();
    this.citations = citations;
    this.#body.append(...quoteGroups(citations));
  }

  showAnswer(answer) {
    this.#settle();
    if (!this.#understood.firstChild) this.#showUnderstood(answer);
    if (answer.outcome === "answered") this.showCitations(answer.citations);
    else this.#body.replaceChildren(...silence(answer, this.actions));
    if (answer.note) this.#foot.append(element("p", "note quiet", answer.note));
    if (answer.reason !== "small_talk") this.#foot.append(facts(answer));
  }

  showFailure(message) {
    this.#settle();
    this.#foot.replaceChildren(element("div", "notice failure",
      element("p", {}, message),
      element("p", "actions", button("Try again", this.actions.again), button("Edit the question", this.actions.edit))));
  }

  #wait(words) {
    this.#pending?.remove();
    this.#pending = element("p", "pending quiet", element("span", {}, words), button("Stop", this.actions.stop, "link"));
    this.outcome.append(this.#pending);
  }

  #settle() {
    clearTimeout(this.#slow);
    this.#pending?.remove();
    this.#pending = null;
    this.#foot.replaceChildren();
    this.outcome.removeAttribute("aria-busy");
  }

  #showUnderstood({ question, resolved_question: resolved, carried_over: carried = [], corrections = [] }) {
    const say = (...parts) => this.#understood.replaceChildren(element("p", "understood quiet", ...parts));
    const turnTo = (asTyped, label) => button(label, () => this.actions.asTyped(asTyped), "link");
    if (this.turn.asTyped) say("Searched as typed. ", turnTo(false, "Search as understood"));
    else if (resolved && resolved !== question) {
      const terms = [...carried.map(({ term }) => term), ...corrections.map(({ corrected }) => corrected)];
      say("Understood as “", ...withTerms(resolved, terms), "” ", turnTo(true, "Search as typed"));
    }
  }
}

// The outcome in a sentence or two, for those who hear the page.
export function spoken(answer) {
  if (answer.outcome !== "answered") return answer.text;
  const { length } = answer.citations, quotes = answer.citations.map((citation) => citation.cited_text);
  return `${length === 1 ? "One quote" : `${length} quotes`}, ${wordFor(answer).toLowerCase()} confidence. ${quotes.join(" ")}`;
}

const wordFor = ({ confidence }) => CONFIDENCE_WORDS.find(([bound]) => confidence >= bound)[1];

function facts(answer) {
  const word = wordFor(answer), title = "How probable it is that the quote answers the question", { total } = answer.timing_ms;
  const confidence = element("span", { class: "confidence", title }, `${word} confidence ${Math.round(answer.confidence * 100)} %`);
  return element("p", "facts", answer.outcome === "answered" ? confidence : null, total ? element("span", {}, `${Math.ceil(total)} ms`) : null);
}

// Quotes of one place in a document stand under one line that names it.
function quoteGroups(citations) {
  const groups = [];
  for (const citation of citations) {
    const key = JSON.stringify([citation.document_id, citation.heading_path]);
    if (groups.at(-1)?.key === key) groups.at(-1).citations.push(citation);
    else groups.push({ key, citations: [citation] });
  }
  return groups.map(({ citations: [first, ...more] }) => {
    const cards = [first, ...more].map(quoteCard);
    const list = more.length ? element("ul", "quotes", ...cards.map((card) => element("li", {}, ...card))) : element("div", "quotes", ...cards[0]);
    return element("div", "group", list, whereLine(first));
  });
}

const pathOf = ({ heading_path: path }) => (path.length ? element("span", "path", path.join(" › ")) : null);

function whereLine(citation) {
  const title = element("span", "title", citation.document_title);
  return placeLink(wholeDocument(citation.document_id), { class: "where" }, pathOf(citation), title);
}

function quoteCard(citation) {
  const answers = answersIn(citation);
  const quote = element("blockquote", { dir: "auto" });
  if (citation.table) quote.append(quotedTable(citation, answers));
  else quote.append(...wrapped(citation.cited_text, answers), " ", markOf(citation));
  return citation.also_at.length ? [quote, alsoLine(citation)] : [quote];
}

function markOf(citation) {
  const { index } = citation, label = `Quote ${index}, show in the source`;
  const mark = element("a", { class: "mark", href: hashOf(targetOf(citation)), "aria-label": label }, String(index));
  citationOf.set(mark, citation);
  return mark;
}

function alsoLine(citation) {
  const links = citation.also_at.flatMap((place, i) => [i ? ", " : "", placeLink(targetOf(place), {}, place.document_title)]);
  return element("p", "where", "Also in ", ...links);
}

// A row under its header. Its cells stand in the cited text one after another.
function quotedTable(citation, answers) {
  const text = citation.cited_text;
  let at = 0;
  const cells = citation.table.row.map((cell) => {
    const start = text.indexOf(cell, at);
    at = start + cell.length;
    const inside = answers.filter(([from, to]) => from < at && to > start).map(([from, to]) => [from - start, to - start]);
    return element("td", { class: inside.length && "answering" }, ...wrapped(cell, inside));
  });
  cells.at(-1).append(" ", markOf(citation));
  const labels = citation.table.header.map((cell) => element(cell ? "th" : "td", { scope: cell && "col" }, cell));
  const head = labels.length ? element("thead", {}, element("tr", {}, ...labels)) : null;
  return element("table", {}, head, element("tbody", {}, element("tr", {}, ...cells)));
}

function silence(answer, actions) {
  const parts = [element("p", answer.reason === "small_talk" ? "hint quiet" : "notice silence", answer.text)];
  const passages = closest(answer);
  if (passages.length) parts.push(element("h3", "closest quiet", "Closest passages, not an answer"), element("ul", "passages", ...passages.map(passageItem)));
  if (answer.suggestions?.length) {
    parts.push(element("ul", { class: "chips", "aria-label": "Questions to ask" }, ...chipsOf(answer.suggestions, actions.suggest)));
  }
  return parts;
}

function passageItem(passage) {
  const label = `Show in the source: closest passage ${passage.rank}`;
  const link = placeLink(targetOf(passage), { "aria-label": label }, "Show in the source");
  return element("li", {}, element("p", "passage", passage.text), element("p", "where", pathOf(passage), link));
}

// The question with the first occurrence of each term wrapped.
function withTerms(question, terms) {
  const spans = terms.map((term) => [question.indexOf(term), question.indexOf(term) + term.length]);
  spans.sort((a, b) => a[0] - b[0]);
  return wrapped(question, spans.filter(([start]) => start >= 0), (term) => element("em", {}, term));
}
