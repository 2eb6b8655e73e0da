// Talks to the server: requests, server-sent events, and what went wrong in words a person can use.

const UNREACHABLE = "The server can’t be reached. Is it still running?";
const BROKEN_OFF = "The connection broke off before the answer was complete.";

let streams = true; // until the server or something on the way to it turns out not to stream

export class Failure extends Error {
  constructor(message, problem = {}) {
    super(message);
    this.problem = problem; // an RFC 9457 problem document, if the server sent one
  }
}

export async function getJson(path) {
  return (await request(path)).json();
}

// Exactly the text that offsets count in: response.text() would drop a leading U+FEFF.
export async function getText(path) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await (await request(path)).arrayBuffer());
}

export async function postJson(path, body, signal) {
  return (await post(path, body, signal)).json();
}

// Ask, and yield [event, data] as they come: "resolved", "citations", "answer"; "answer" alone without streaming.
export async function* ask(body, signal) {
  if (streams) {
    for await (const [event, data] of askStreaming(body, signal)) {
      yield [event, data];
      if (event === "answer") return;
    }
    streams = false;
  }
  yield ["answer", await postJson("/v1/chat", body, signal)];
}

// Yields nothing where there is no streaming: the server refuses it, or what lies between swallows it.
async function* askStreaming(body, signal) {
  let response, isBegun = false;
  try {
    response = await post("/v1/chat", { ...body, stream: true }, signal);
  } catch (error) {
    if (error.problem?.errors?.some(({ pointer }) => pointer === "#/stream")) return;
    throw error;
  }
  for await (const [event, data] of readEvents(response.body, signal)) {
    if (event === "error") throw new Failure(`The answer broke off: ${data.detail}`, data);
    isBegun = true;
    yield [event, data];
    if (event === "answer") return;
  }
  if (isBegun) throw new Failure(BROKEN_OFF);
}

// The server-sent events of a stream, as the HTML standard defines them, their data parsed as JSON.
export async function* readEvents(stream, signal) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", event = "message", data = [];
  try {
    while (true) {
      const { done, value } = await reader.read().catch((error) => {
        throw signal?.aborted ? error : new Failure(BROKEN_OFF);
      });
      if (done) return;
      const lines = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop();
      for (const line of lines) {
        if (line === "") {
          if (data.length) yield [event, JSON.parse(data.join("\n"))];
          [event, data] = ["message", []];
        } else if (line.startsWith("event:")) event = line.slice(6).trim();
        else if (line.startsWith("data:")) data.push(line.slice(5));
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function post(path, body, signal) {
  return request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    throw options?.signal?.aborted ? error : new Failure(UNREACHABLE);
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  const detail = problem.detail || `the server answered with status ${response.status}`;
  throw new Failure(response.status === 503 ? `The server can’t answer just now: ${detail}` : detail, problem);
}
