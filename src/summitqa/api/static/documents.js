// Shows a document: headings, paragraphs, lists and tables made of its blocks, with quotes tinted in place.

import { element, wrapped } from "./elements.js";
import { Offsets } from "./offsets.js";

const SHORT_LINE = 45; // lines this short were broken on purpose, longer ones to fit a page
const SCROLLING = { class: "scroll", role: "region", "aria-label": "Table", tabindex: "0" }; // if wide, by keyboard too

export class DocumentView {
  #runs = []; // the pieces of text on show, ascending: { node, start, end } in UTF-16 units
  #painted = [];

  constructor(info, text) {
    this.info = info;
    this.text = text;
    this.offsets = new Offsets(text);
    this.node = element("div", "text", ...this.#parts());
  }

  textOf({ start, end }) {
    return this.text.slice(this.offsets.toUnits(start), this.offsets.toUnits(end));
  }

  // Tint the chosen quote, if any, and others, { start, end, answers: [[start, end]] } in code points; return the
  // first mark of the chosen one.
  paint(chosen, others) {
    for (const run of this.#painted) this.#fill(run, []);
    const quotes = (chosen ? [chosen, ...others] : others).map((quote) => this.#inUnits(quote, quote === chosen));
    quotes.sort((a, b) => a.start - b.start);
    const inside = (run) => quotes.filter((quote) => quote.start < run.end && quote.end > run.start);
    this.#painted = this.#runs.filter((run) => inside(run).length);
    for (const run of this.#painted) this.#fill(run, inside(run));
    return this.node.querySelector("mark.chosen");
  }

  #inUnits({ start, end, answers }, isChosen) {
    const convert = (point) => this.offsets.toUnits(point);
    return { start: convert(start), end: convert(end), answers: answers.map((span) => span.map(convert)), isChosen };
  }

  #fill({ node, start, end }, quotes) {
    const row = node.closest("tr"), spans = quotes.map((quote) => [quote.start - start, quote.end - start, quote]);
    node.replaceChildren(...wrapped(this.text.slice(start, end), spans, (piece, [, , { answers, isChosen }], from) => {
      const inside = answers.map(([first, last]) => [Math.max(first - start - from, 0), last - start - from]);
      return element("mark", isChosen ? { class: "chosen", tabindex: "-1" } : {}, ...wrapped(piece, inside));
    }));
    row?.classList.toggle("quoted", quotes.length > 0);
    row?.classList.toggle("chosen", quotes.some((quote) => quote.isChosen));
  }

  #run(node, { start_char_index: first, end_char_index: last }) {
    const run = { node, start: this.offsets.toUnits(first), end: this.offsets.toUnits(last) };
    node.dir = "auto";
    node.textContent = this.text.slice(run.start, run.end);
    if (run.end > run.start) this.#runs.push(run);
    return node;
  }

  #parts() {
    const parts = [], headings = headingLevels(this.info.blocks);
    let group = {}; // the list or table that the last block went into
    for (const block of this.info.blocks) {
      const table = block.header[0]?.start_char_index;
      if (block.kind !== group.kind || table !== group.table) {
        group = { kind: block.kind, table, indents: [], node: element(block.kind === "table_row" ? "table" : "ul") };
        if (block.kind === "list_item") parts.push(group.node);
        if (block.kind === "table_row") parts.push(element("div", SCROLLING, group.node));
      }
      if (block.kind === "list_item") group.node.append(this.#listItem(block, group.indents));
      else if (block.kind === "table_row") this.#addRow(group.node, block);
      else parts.push(this.#run(element(headings.get(block) ?? "p"), block));
      if (block.kind === "paragraph" && keepsLines(parts.at(-1).textContent)) parts.at(-1).className = "lines";
    }
    return parts;
  }

  #listItem(block, indents) {
    const start = this.offsets.toUnits(block.start_char_index);
    const before = this.text.slice(this.text.lastIndexOf("\n", start - 1) + 1, start);
    const indent = before.length - before.trimStart().length;
    while (indents.at(-1) > indent) indents.pop();
    if (indents.at(-1) !== indent) indents.push(indent);
    const item = this.#run(element("li", `depth-${Math.min(indents.length, 3)}`), block);
    const number = /^(\d{1,4}|[a-z])[.)]$/i.exec(before.trim());
    if (number) item.style.listStyleType = `"${number[0]} "`;
    return item;
  }

  #addRow(table, { cells, header }) {
    const isHeader = header[0]?.start_char_index === cells[0]?.start_char_index;
    const row = element("tr", {}, ...cells.map((cell) => {
      const isLabel = isHeader && cell.end_char_index > cell.start_char_index;
      return this.#run(isLabel ? element("th", { scope: "col" }) : element("td"), cell);
    }));
    const part = isHeader ? "thead" : "tbody";
    (table.querySelector(part) ?? table.appendChild(element(part))).append(row);
  }
}

// The elements of the headings, h3 to h6, no rank skipped, whatever levels the document uses.
function headingLevels(blocks) {
  const headings = blocks.filter((block) => block.kind === "heading");
  const used = [...new Set(headings.map((block) => block.level))].sort();
  let last = 2;
  return new Map(headings.map((block) => [block, `h${(last = Math.min(3 + used.indexOf(block.level), last + 1, 6))}`]));
}

function keepsLines(text) {
  const lines = text.split("\n");
  return lines.slice(0, -1).some((line) => line.length < SHORT_LINE) || /^\s/m.test(text.replace(/\n+/g, "\n"));
}
