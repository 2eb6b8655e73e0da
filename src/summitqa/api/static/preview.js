// The card that shows a quote in its context while its mark is hovered or focused. It can be hovered itself, and be put
// away with Escape (WCAG 2.2, 1.4.13).

import { byId, element, wrapped } from "./elements.js";
import { answersIn, citationOf } from "./links.js";

const LEAVE_MS = 150; // to get from the mark to the card
const GAP = 8;

export class Preview {
  #card = element("div", { id: "preview", class: "preview", role: "tooltip", hidden: true });
  #mark = null;
  #leaving = 0;

  constructor(root) {
    byId("chat").append(this.#card);
    for (const [show, hide] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
      root.addEventListener(show, ({ target }) => this.#over(target));
      root.addEventListener(hide, ({ target }) => target.closest(".mark") && this.#leave());
    }
    this.#card.addEventListener("mouseover", () => clearTimeout(this.#leaving));
    this.#card.addEventListener("mouseout", () => this.#leave());
    root.addEventListener("scroll", () => this.hide(), { passive: true });
  }

  get isShown() {
    return !this.#card.hidden;
  }

  hide() {
    clearTimeout(this.#leaving);
    this.#mark?.removeAttribute("aria-describedby");
    this.#mark = null;
    this.#card.hidden = true;
  }

  #over(target) {
    const mark = target.closest(".mark");
    if (!mark || !citationOf.has(mark)) return;
    clearTimeout(this.#leaving);
    if (mark === this.#mark) return;
    this.hide();
    this.#mark = mark;
    this.#card.replaceChildren(...contentsOf(citationOf.get(mark)));
    this.#card.hidden = false;
    mark.setAttribute("aria-describedby", "preview");
    this.#place(mark.getBoundingClientRect());
  }

  #leave() {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.hide(), LEAVE_MS);
  }

  #place(mark) {
    const { width, height } = this.#card.getBoundingClientRect();
    const above = mark.top - height - GAP, left = mark.left + mark.width / 2 - width / 2;
    this.#card.style.top = `${above > GAP ? above : mark.bottom + GAP}px`;
    this.#card.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
  }
}

function contentsOf(citation) {
  const context = (text) => element("span", "context", text);
  const before = citation.prefix.split("\n").at(-1), after = citation.suffix.split("\n")[0]; // other lines say other things
  return [
    element("p", "path", citation.heading_path.join(" › ") || citation.document_title),
    element("p", "preview-quote",
      before.trim() ? context(`…${before}`) : null,
      element("mark", "chosen", ...wrapped(citation.cited_text, answersIn(citation))),
      after.trim() ? context(`${after}…`) : null),
    ...(citation.heading_path.length ? [element("p", "quiet", citation.document_title)] : []),
  ];
}
