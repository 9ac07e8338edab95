// What do @digitalbazaar/vc and its two EdDSA suites verify, and what do they issue?

import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { CachedResolver } from '@digitalbazaar/did-io';
import * as didKey from '@digitalbazaar/did-method-key';
import * as didWeb from '@digitalbazaar/did-method-web';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { createSignCryptosuite, createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus as readStatus } from '@digitalbazaar/vc-bitstring-status-list';

import { find } from './shelf.mjs';

const resolver = new CachedResolver();
for (const driver of [didKey.driver(), didWeb.driver()]) {
  driver.use({ multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from });
  resolver.use(driver);
}

async function documentLoader(url) {
  const document = url.startsWith('did:') ? await resolver.get({ url }) : find(url);
  if (document !== undefined) {
    return { contextUrl: null, documentUrl: url, document };
  }
  // The contexts that the library ships; for anything else it throws an error with the URL.
  return vc.defaultDocumentLoader(url);
}

const verifying = [
  new DataIntegrityProof({ cryptosuite: rdfc }),
  new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() }),
];

// eddsa-jcs-2022-cryptosuite 1.0.0 compares the contexts of proof and document by identity (`!==`), which two inline contexts that were
// parsed never have. With "shareInlineContexts" an equal inline context of the proof becomes the document's own object, and the
// signature is reached.
function shareInlineContexts(credential) {
  const contexts = [credential['@context']].flat();
  for (const proof of [credential.proof].flat().filter((proof) => proof['@context'])) {
    proof['@context'] = proof['@context'].map((entry, index) =>
      JSON.stringify(entry) === JSON.stringify(contexts[index]) ? contexts[index] : entry,
    );
  }
}

// "verified" says that the list was read; what the bit says is for the caller to judge.
async function checkStatus(options) {
  const result = await readStatus(options);
  const set = (result.results ?? []).find(({ status }) => status !== false);
  return set ? { verified: false, error: new Error(`the status ${set.credentialStatus.statusPurpose} is set`) } : result;
}

// {client: "digitalbazaar", do: "verify", credential, shareInlineContexts?} → {verified, errors}
export async function verify({ credential, shareInlineContexts: share }) {
  if (share) {
    shareInlineContexts(credential);
  }
  const result = await vc.verifyCredential({ credential, suite: verifying, documentLoader, checkStatus });
  return { verified: result.verified === true, error: result.error ?? result.statusResult?.error };
}

// {client: "digitalbazaar", do: "verifyPresentation", presentation, challenge, domain} → {verified, errors}
export async function verifyPresentation({ presentation, challenge, domain }) {
  const result = await vc.verify({ presentation, challenge, domain, suite: verifying, documentLoader, checkStatus });
  const shown = (result.credentialResults ?? []).flatMap(({ error, statusResult }) => [error, statusResult?.error]);
  return { verified: result.verified === true, error: { errors: [result.error, ...shown].filter(Boolean) } };
}

async function proofBy(seed, suite) {
  const pair = await Ed25519Multikey.generate({ seed: Uint8Array.from(Buffer.from(seed, 'hex')) });
  pair.controller = `did:key:${pair.publicKeyMultibase}`;
  pair.id = `${pair.controller}#${pair.publicKeyMultibase}`;
  const cryptosuites = { 'eddsa-jcs-2022': createSignCryptosuite(), 'eddsa-rdfc-2022': rdfc };
  return new DataIntegrityProof({ signer: pair.signer(), cryptosuite: cryptosuites[suite] });
}

// {client: "digitalbazaar", do: "issue", credential, seed (hex), suite} → {signed}, by the did:key of the seed
export async function issue({ credential, seed, suite }) {
  return { verified: true, signed: await vc.issue({ credential, suite: await proofBy(seed, suite), documentLoader }) };
}

// {client: "digitalbazaar", do: "present", presentation, seed (hex), suite, challenge, domain} → {signed}
export async function present({ presentation, seed, suite, challenge, domain }) {
  const proof = await proofBy(seed, suite);
  return { verified: true, signed: await vc.signPresentation({ presentation, suite: proof, challenge, domain, documentLoader }) };
}
