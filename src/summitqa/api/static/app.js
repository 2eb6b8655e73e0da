// Joins the parts: what is typed is asked, what is asked is shown and kept, what is clicked is opened.

import { TurnView, spoken } from "./answers.js";
import { ask, getJson } from "./api.js";
import { Conversation } from "./conversation.js";
import { button, byId, chipsOf, element } from "./elements.js";
import { citationOf, copy, hashOf, placeOf, readAddress, targetOf, wholeDocument } from "./links.js";
import { Panel } from "./panel.js";
import { Preview } from "./preview.js";

const TOAST_MS = 4000;

const conversation = new Conversation();
const views = new Map(); // turn to view
const box = byId("question"), scope = byId("scope"), turnList = byId("turns"), menu = byId("menu");
const preview = new Preview(byId("scroller"));
const panel = new Panel({ moved: setAddress, say, askIn });
let asking = null; // { turn, controller }, the question under way
let toasting = 0;

function submit() {
  const question = box.value.trim().toWellFormed();
  if (!question) return box.focus();
  asking?.controller.abort();
  const turn = conversation.add(question, scope.value, scope.selectedOptions[0].textContent);
  box.value = "";
  saveDraft();
  showTurn(turn);
  run(turn);
}

async function run(turn) {
  asking?.controller.abort();
  const controller = new AbortController(), mine = { turn, controller }, view = views.get(turn);
  asking = mine;
  Object.assign(turn, { answer: null, failure: null });
  view.showPending();
  view.node.scrollIntoView({ block: "start" });
  say("Searching the documents");
  try {
    for await (const [event, data] of ask(conversation.request(turn), controller.signal)) {
      if (event === "resolved") view.showResolved(data);
      else if (event === "citations") view.showCitations(data.citations);
      else if (event === "answer") turn.answer = data;
    }
    view.showAnswer(turn.answer);
    say(spoken(turn.answer));
  } catch (error) {
    turn.failure = controller.signal.aborted ? "Stopped." : error.message;
    view.showFailure(turn.failure);
    say(turn.failure);
    if (!controller.signal.aborted && !error.problem) console.error(error);
  }
  if (asking === mine) asking = null;
  conversation.save();
}

function showTurn(turn) {
  const actions = {
    stop: () => asking?.turn === turn && asking.controller.abort(),
    again: () => run(turn),
    edit: () => edit(turn.question),
    suggest,
    asTyped: (asTyped) => { turn.asTyped = asTyped; run(turn); },
  };
  const view = new TurnView(turn, actions);
  views.set(turn, view);
  turnList.append(view.node);
  showWhetherEmpty();
}

function edit(question) {
  box.value = question;
  saveDraft();
  box.focus();
}

function suggest(question) {
  edit(question);
  submit();
}

function showWhetherEmpty() {
  const isEmpty = !conversation.turns.length;
  byId("intro").hidden = !isEmpty;
  menu.hidden = isEmpty;
}

const saveDraft = () => conversation.saveDraft(box.value);

function showConversation() {
  turnList.replaceChildren();
  views.clear();
  conversation.turns.forEach(showTurn);
  showWhetherEmpty();
}

function clearConversation() {
  if (!confirm("Forget all questions and answers?")) return;
  asking?.controller.abort();
  conversation.clear();
  showConversation();
  box.focus();
}

const copyConversation = () => copy(conversation.toMarkdown()).then(() => say("Copied the conversation", true));

function exportConversation() {
  const url = URL.createObjectURL(new Blob([conversation.toMarkdown()], { type: "text/markdown" }));
  element("a", { href: url, download: "conversation.md" }).click();
  URL.revokeObjectURL(url);
}

// To those who hear the page, or for a moment to everybody.
function say(words, isShown = false) {
  byId(isShown ? "toast" : "announcer").textContent = words;
  clearTimeout(toasting);
  toasting = setTimeout(() => { byId("toast").textContent = ""; }, TOAST_MS);
}

function setAddress(target) {
  const now = readAddress(location);
  if (!target) {
    if (now) history.replaceState(null, "", "/");
  } else if (now) history.replaceState(null, "", `/${hashOf(target)}`);
  else history.pushState(null, "", `/${hashOf(target)}`); // so that "back" closes the source
  for (const mark of turnList.querySelectorAll(".mark")) {
    mark.ariaCurrent = target && mark.getAttribute("href") === hashOf(target) ? "true" : null;
  }
}

function openAddress() {
  const target = readAddress(location);
  if (target) panel.open([target], 0);
  return target !== null;
}

// Links to documents open beside the chat; with a modifier key they open in a tab, as any link does.
function followLink(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (citationOf.has(link)) {
    const citations = [...views.values()].find((view) => view.node.contains(link)).citations;
    const quotes = citations.map(targetOf);
    preview.hide();
    panel.open(quotes, citations.indexOf(citationOf.get(link)));
  } else if (placeOf.has(link)) panel.open([placeOf.get(link)], 0);
  else return;
  event.preventDefault();
}

function putAway(event) {
  if (event.key !== "Escape" || event.isComposing) return;
  if (preview.isShown) preview.hide();
  else if (menu.open) closeMenu();
  else if (panel.isSheet) panel.close();
  else if (panel.isEntered) panel.leave();
}

function closeMenu() {
  menu.open = false;
  menu.querySelector("summary").focus();
}

function askIn(id) {
  scope.value = id;
  if (panel.isSheet) panel.close();
  box.focus();
}

// Show where the address points, or else, beside the chat, the one document or the list of them.
async function start() {
  await loadDocuments();
  if (openAddress()) return;
  const [only, ...more] = panel.documents;
  if (only && !more.length) panel.open([wholeDocument(only.id)], 0, { focus: false, reveal: false });
  else panel.showList({ reveal: false });
}

async function loadDocuments() {
  try {
    const { documents, suggestions } = await getJson("/v1/documents");
    scope.append(...documents.map((info) => element("option", { value: info.id }, info.title)));
    byId("scope-line").hidden = documents.length < 2;
    byId("promise").textContent = documents.length
      ? `Answers are quoted word for word from ${documents.length === 1 ? "one document" : `${documents.length} documents`}, and you can check every one.`
      : "There are no documents yet. Index some, then reload this page.";
    byId("examples").replaceChildren(...chipsOf(suggestions, suggest));
    panel.documents = documents;
  } catch (error) {
    byId("promise").textContent = error.message;
    byId("examples").replaceChildren(element("li", {}, button("Try again", start)));
  }
}

byId("ask").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
box.addEventListener("input", saveDraft);
byId("show-documents").addEventListener("click", () => panel.showList());
for (const [id, action] of [["copy-all", copyConversation], ["export", exportConversation], ["clear", clearConversation]]) {
  byId(id).addEventListener("click", () => { closeMenu(); action(); });
}
document.addEventListener("click", (event) => {
  if (!menu.contains(event.target)) menu.open = false;
  followLink(event);
});
document.addEventListener("keydown", putAway);
addEventListener("popstate", () => { if (!openAddress()) panel.close(); });

box.value = conversation.draft;
showConversation();
turnList.lastElementChild?.scrollIntoView({ block: "start", behavior: "instant" });
box.focus();
document.documentElement.dataset.ready = "";
start();
