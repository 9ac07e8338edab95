// What do foreign implementations say of these documents?
//
//   node clients.mjs < work.json
//
// The work is {"now", "documents": {URL: document}, "jobs": [{"client", "do", …}]}; printed is a JSON list with an answer for each job, in
// order. The clock stands still at "now". There is no network: a URL that is not among the documents is an error that names it. A client
// that throws answers {"verified": false, "errors": [sentence]}; only a job that cannot be understood stops everything.

import { fetchFromShelf, fill } from './clients/shelf.mjs';

const clients = {
  digitalbazaar: () => import('./clients/digitalbazaar.mjs'),
  'verifier-core': () => import('./clients/verifier-core.mjs'),
  digitalcredentials: () => import('./clients/digitalcredentials.mjs'),
  jose: () => import('./clients/jose.mjs'),
};

// An error often wraps others, and the innermost says what it was.
function sentences(error) {
  if (!(error instanceof Object)) {
    return error ? [String(error)] : [];
  }
  const { event } = error.details ?? {};
  const told = [error.message, event && `${event.code}: ${JSON.stringify(event.details)}`].filter(Boolean);
  const inner = [...(error.errors ?? []), ...(error.cause ? [error.cause] : [])];
  return [...told, ...inner.flatMap(sentences)];
}

async function answer(job) {
  const client = await clients[job.client]();
  const action = client[job.do];
  if (typeof action !== 'function') {
    throw new Error(`the client ${job.client} does not ${job.do}`);
  }
  try {
    const { error, ...told } = await action(job);
    return { ...told, errors: [...(told.errors ?? []), ...sentences(error)] };
  } catch (thrown) {
    return { verified: false, errors: sentences(thrown) };
  }
}

// What the libraries print is talk: standard output is the answer.
console.log = console.error;

let text = '';
for await (const chunk of process.stdin) {
  text += chunk;
}
const work = JSON.parse(text);
fill(work.documents);
// The clients are loaded after this, so that none of them holds on to the real ones.
globalThis.fetch = fetchFromShelf;
globalThis.Date = class extends Date {
  constructor(...given) {
    super(...(given.length === 0 ? [work.now] : given));
  }
  static now() {
    return Date.parse(work.now);
  }
};
const answers = [];
for (const job of work.jobs) {
  answers.push(await answer(job));
}
process.stdout.write(JSON.stringify(answers));
