// The conversation: its turns, their history for the server, local storage, and the whole of it as Markdown.

import { linkTo, targetOf } from "./links.js";

const KEY = "summitqa.conversation";
const DRAFT = "summitqa.draft"; // what is being typed
const MAX_TURNS = 100; // kept
const MAX_HISTORY = 10; // earlier turns sent with a question
const CLOSEST = 3;

export class Conversation {
  // A turn: question, answer (the server's, or null), failure (in words, or null), asTyped, and the document asked in.
  turns = load();
  draft = recall(DRAFT) ?? "";

  // documentId: "" for all.
  add(question, documentId, title) {
    const turn = { question, answer: null, failure: null, asTyped: false, documentId, documentTitle: documentId && title };
    this.turns = [...this.turns, turn].slice(-MAX_TURNS);
    this.save();
    return turn;
  }

  clear() {
    this.turns = [];
    this.save();
  }

  // What the server needs to know to answer a turn: the question after what was asked and quoted before it.
  request(turn) {
    const before = this.turns.slice(0, this.turns.indexOf(turn)).filter((earlier) => earlier.answer);
    const messages = before.slice(-MAX_HISTORY).flatMap(({ question, answer }) => [
      { role: "user", content: question },
      ...(answer.citations.length ? [{ role: "assistant", content: answer.citations.map((c) => c.cited_text).join("\n").slice(0, 4000) }] : []),
    ]);
    const body = { messages: [...messages, { role: "user", content: turn.question }] };
    if (turn.documentId) body.document_ids = [turn.documentId];
    if (turn.asTyped) body.resolve = false;
    return body;
  }

  save() {
    const turns = this.turns.map((turn) => ({ ...turn, answer: turn.answer && { ...turn.answer, passages: closest(turn.answer) } }));
    store(KEY, JSON.stringify(turns));
  }

  saveDraft(text) {
    store(DRAFT, text);
  }

  toMarkdown() {
    return `${this.turns.map(turnToMarkdown).join("\n\n")}\n`;
  }
}

// The passages to show beside a silence.
export const closest = (answer) => (answer.outcome === "answered" ? [] : answer.passages.slice(0, CLOSEST));

function store(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden: the conversation goes on and is not there after a reload.
  }
}

function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function load() {
  try {
    const turns = JSON.parse(recall(KEY) ?? "[]");
    return turns.filter((turn) => typeof turn.question === "string").map((turn) => {
      if (turn.answer || turn.failure) return turn;
      return { ...turn, failure: "The page was left before the answer came." };
    });
  } catch {
    return [];
  }
}

function turnToMarkdown({ question, answer, failure }) {
  const lines = [`## ${flat(question)}`];
  if (answer?.resolved_question) lines.push(`*Understood as: ${flat(answer.resolved_question)}*`);
  if (!answer) lines.push(`*Not answered: ${failure ?? "not yet"}*`);
  else if (answer.outcome === "answered") lines.push(...answer.citations.map(citationToMarkdown));
  else lines.push(answer.text);
  if (answer?.note) lines.push(`*${answer.note}*`);
  return lines.join("\n\n");
}

function citationToMarkdown(citation) {
  const where = [citation.document_title, ...citation.heading_path].map(flat).join(" › ");
  const quote = citation.cited_text.split("\n").map((line) => `> ${line}`).join("\n");
  return `${quote}\n>\n> [${citation.index}] [${where.replace(/[[\]\\]/g, "\\$&")}](${linkTo(targetOf(citation))})`;
}

const flat = (text) => text.replace(/\s+/g, " ").trim();
