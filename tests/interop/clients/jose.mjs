// What does jose verify and sign? Compact JWS with a key of the job and nothing else.

import { CompactSign, compactVerify, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from 'jose';

// {client: "jose", do: "verify", jwt, key (JWK), algorithms} → {verified, header, payload}
export async function verify({ jwt, key, algorithms }) {
  const { payload, protectedHeader } = await compactVerify(jwt, await importJWK(key, decodeProtectedHeader(jwt).alg), { algorithms });
  return { verified: true, header: protectedHeader, payload: new TextDecoder().decode(payload) };
}

// {client: "jose", do: "key", algorithm} → {public, private} as JWK
export async function key({ algorithm }) {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  return { verified: true, public: await exportJWK(pair.publicKey), private: await exportJWK(pair.privateKey) };
}

// {client: "jose", do: "sign", payload (text), header, key (private JWK) or fresh: true} → {jwt, public}
export async function sign({ payload, header, key: given, publishAs }) {
  let { alg } = header;
  let signing;
  let published;
  if (given === undefined) {
    const pair = await generateKeyPair(alg, { extractable: true });
    signing = pair.privateKey;
    published = await exportJWK(pair.publicKey);
  } else {
    signing = await importJWK(given, alg);
    const { d, p, q, dp, dq, qi, ...rest } = given;
    published = rest;
  }
  const issuer = publishAs === 'did:jwk' ? `did:jwk:${Buffer.from(JSON.stringify(published)).toString('base64url')}` : undefined;
  const text = issuer === undefined ? payload : payload.replaceAll('did:jwk:ISSUER', issuer);
  const protectedHeader = issuer === undefined ? header : { ...header, kid: `${issuer}#0` };
  const jwt = await new CompactSign(new TextEncoder().encode(text)).setProtectedHeader(protectedHeader).sign(signing);
  return { verified: true, jwt, public: published };
}
