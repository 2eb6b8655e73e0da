// The source beside the chat (a sheet on a phone): the list of documents, or one of them opened at a quote.

import { getJson, getText, postJson } from "./api.js";
import { DocumentView } from "./documents.js";
import { button, byId, element } from "./elements.js";
import { citedWithLink, copy, linkTo, placeLink, wholeDocument } from "./links.js";

const CHANGED = "The document has changed since this answer";
const STALE = "This link is stale:";
const wide = matchMedia("(min-width: 60rem)");

export class Panel {
  documents = [];
  #node = byId("panel");
  #head = byId("panel-head");
  #reading = byId("reading");
  #view = null; // the document on show
  #quotes = []; // what "previous" and "next" go through: targets, see links.js
  #chosen = 0;
  #opening = 0; // the number of the last opening, so that a slow older one does not replace it
  #returnTo = null; // what had the focus before

  // events: moved(target or null), askIn(id), say(words, isShown)
  constructor(events) {
    this.events = events;
    wide.addEventListener("change", () => this.#layOut());
    byId("backdrop").addEventListener("click", () => this.close());
  }

  get isSheet() {
    return !wide.matches && document.body.dataset.panel === "open";
  }

  get isEntered() {
    return this.#node.contains(document.activeElement);
  }

  showList({ reveal = true } = {}) {
    this.#opening += 1;
    this.#view = null;
    const title = element("h2", { tabindex: "-1" }, "Documents");
    this.#head.replaceChildren(element("div", "bar", title, this.#closeButton()));
    this.#fill("List of documents", element("ul", "documents", ...this.documents.map(listItem)));
    if (!reveal) return;
    this.#reveal();
    title.focus();
    this.events.moved(null);
  }

  // Open a document at one of some quotes. Without focus, the reader is left where he is.
  async open(quotes, chosen, { focus = true, reveal = true } = {}) {
    const mine = ++this.#opening, target = quotes[chosen];
    this.#quotes = quotes;
    this.#chosen = chosen;
    if (reveal) this.#reveal();
    try {
      const isFresh = this.#view?.info.id !== target.id || !this.#view.info.sha256.startsWith(target.sha256);
      const view = isFresh ? await load(target.id) : this.#view;
      const standing = await check(view, target);
      if (mine === this.#opening) this.#show(view, target, standing, { focus, isFresh });
    } catch (error) {
      if (mine === this.#opening) this.#showFailure(target, error);
    }
    if (reveal && mine === this.#opening) this.events.moved(target);
  }

  close() {
    this.#opening += 1;
    document.body.dataset.panel = "closed";
    this.#layOut();
    this.leave();
    this.events.moved(null);
  }

  // Give the focus back to what opened the panel.
  leave() {
    (this.#returnTo?.isConnected ? this.#returnTo : byId("question")).focus();
  }

  #reveal() {
    if (!this.isEntered) this.#returnTo = document.activeElement;
    document.body.dataset.panel = "open";
    this.#layOut();
  }

  // As a sheet the panel covers the page, which then must not be reached.
  #layOut() {
    for (const id of ["top", "chat"]) byId(id).inert = this.isSheet;
    this.#node.role = this.isSheet ? "dialog" : null;
    this.#node.ariaModal = this.isSheet ? "true" : null;
  }

  #fill(label, node) {
    this.#reading.setAttribute("aria-label", label);
    if (this.#reading.firstChild !== node) this.#reading.replaceChildren(node);
  }

  #show(view, target, { span, words, isBad }, { focus, isFresh }) {
    this.#view = view;
    const title = element("h2", { tabindex: "-1" }, view.info.title);
    this.#head.replaceChildren(this.#bar(), title, this.#facts(), isBad ? element("p", "notice stale", words) : "");
    if (span) this.#head.append(this.#steps(target, span, isBad ? "" : words));
    if (isBad) this.events.say(words);
    this.#fill(`Text of ${view.info.title}`, view.node);
    const others = this.#quotes.filter((quote) => quote !== target && quote.id === target.id && view.textOf(quote) === quote.text);
    const mark = view.paint(span, others);
    if (focus) (mark ?? title).focus({ preventScroll: true });
    if (mark) mark.scrollIntoView({ block: "center", behavior: isFresh ? "instant" : "auto" });
    else this.#reading.scrollTo({ top: 0, behavior: "instant" });
  }

  #showFailure(target, error) {
    this.#view = null;
    const words = error.problem?.status === 404 ? `${STALE} the document it points at is not here any more.` : error.message;
    const title = element("h2", { tabindex: "-1" }, target.id);
    this.#head.replaceChildren(this.#bar(), title);
    this.#fill("Source", element("div", "notice failure", element("p", {}, words),
      element("p", "actions", button("Try again", () => this.open([target], 0)))));
    title.focus();
    this.events.say(words);
  }

  #bar() {
    const back = this.documents.length > 1 ? button("‹ All documents", () => this.showList(), "link") : null;
    return element("div", back ? "bar" : "corner", back, this.#closeButton());
  }

  #closeButton() {
    return button("×", () => this.close(), { class: "close", "aria-label": "Close the source" });
  }

  #facts() {
    const { id } = this.#view.info, info = this.documents.find((known) => known.id === id) ?? this.#view.info;
    const only = button("Ask only this document", () => this.events.askIn(id), "link only");
    return element("p", "facts", ...sizeAndDate(info), this.documents.length > 1 ? only : "");
  }

  #steps(target, span, words) {
    const nQuotes = this.#quotes.length, parts = [];
    const step = (by) => this.open(this.#quotes, (this.#chosen + by + nQuotes) % nQuotes);
    if (nQuotes > 1) {
      parts.push(button("‹", () => step(-1), { "aria-label": "Previous quote" }),
        element("strong", "count", `Quote ${this.#chosen + 1} of ${nQuotes}`),
        button("›", () => step(1), { "aria-label": "Next quote" }));
    }
    const { info } = this.#view, place = { ...span, sha256: info.sha256 };
    const text = span === target && target.citation ? citedWithLink(target.citation) : `“${this.#view.textOf(span)}”\n${info.title}\n${linkTo(place)}`;
    const copied = () => copy(text).then(() => this.events.say("Copied the quote with its link", true));
    parts.push(element("span", "places quiet", words), button("Copy quote with link", copied, "copy"));
    return element("div", { class: "steps", role: "group", "aria-label": "Quotes" }, ...parts);
  }
}

async function load(id) {
  const path = `/v1/documents/${encodeURIComponent(id)}`;
  const [info, text] = await Promise.all([getJson(path), getText(`${path}/text`)]);
  return new DocumentView(info, text);
}

// Whether a quote stands where it was: { span to mark or null, words to say of it, isBad }.
async function check(view, target) {
  const places = `Characters ${target.start}–${target.end}`, bad = (span, words) => ({ span, words, isBad: true });
  if (!target.end) return { span: null, words: "" };
  if (target.text === null) {
    if (target.end > view.offsets.nPoints) return bad(null, `${STALE} it points beyond the end of the document, which has changed since.`);
    if (view.info.sha256.startsWith(target.sha256)) return { span: target, words: places };
    return bad(target, `${STALE} the document has changed since, so something else may be marked.`);
  }
  if (view.textOf(target) === target.text) return { span: target, words: `${places}, word for word` };
  const now = target.citation ? await postJson("/v1/verify", target.citation) : {};
  if (now.status !== "moved") return bad(null, `${CHANGED}, and the quote is no longer in it.`);
  const by = now.start_char_index - target.start;
  const answers = target.answers.map((span) => span.map((at) => at + by));
  return bad({ ...target, start: now.start_char_index, end: now.end_char_index, answers }, `${CHANGED}; the quote has moved and now stands here.`);
}

function listItem(info) {
  return element("li", {}, placeLink(wholeDocument(info.id), {}, info.title), element("p", "facts", ...sizeAndDate(info)));
}

function sizeAndDate({ n_characters: nCharacters, modified, source }) {
  const day = modified && new Date(modified).toLocaleDateString("en-GB", { dateStyle: "medium" });
  const date = day ? element("time", { datetime: modified }, day) : "";
  return [element("span", {}, `${nCharacters.toLocaleString("en")} characters`), date, element("span", {}, source.split("/").at(-1))];
}
