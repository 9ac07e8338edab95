// Does jsonld.js, in safe mode, understand every member of these documents?
//
//   node expand.mjs FILE…      prints one JSON line per file: {"file", "ok", "error"}; exit 1 if one is not ok
//
// Contexts come from fixtures/contexts alone; any other is refused by name. Base is null, so relative ids are errors too.

import { readFile } from 'node:fs/promises';
import jsonld from 'jsonld';

const contexts = new Map([
  ['https://www.w3.org/ns/credentials/v2', 'credentials-v2.json'],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', 'ob-v3p0-context-3.0.3.json'],
]);

async function documentLoader(url) {
  const file = contexts.get(url);
  if (file === undefined) {
    throw new Error(`the context ${url} is not in fixtures/contexts`);
  }
  const path = new URL(`../../fixtures/contexts/${file}`, import.meta.url);
  return { contextUrl: null, documentUrl: url, document: JSON.parse(await readFile(path, 'utf8')) };
}

// jsonld.js wraps what went wrong; the innermost sentence says it.
function sentence(error) {
  const { cause, event } = error.details ?? {};
  if (cause instanceof Error) {
    return sentence(cause);
  }
  return event ? `${event.code}: ${JSON.stringify(event.details)}` : error.message;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node expand.mjs FILE…');
  process.exit(2);
}
for (const file of files) {
  let error = null;
  try {
    const document = JSON.parse(await readFile(file, 'utf8'));
    const expanded = await jsonld.expand(document, { safe: true, base: null, documentLoader });
    if (expanded.length === 0) {
      error = 'nothing is left after expansion';
    }
  } catch (thrown) {
    error = sentence(thrown);
  }
  console.log(JSON.stringify({ file, ok: error === null, error }));
  if (error !== null) {
    process.exitCode = 1;
  }
}
