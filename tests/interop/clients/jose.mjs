// What does jose verify and sign? Compact JWS with the key of the job and no other.

import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';

// {client: "jose", do: "verify", jwt, key (public JWK), algorithm} → {verified, header, payload}
export async function verify({ jwt, key, algorithm }) {
  const { payload, protectedHeader } = await compactVerify(jwt, await importJWK(key, algorithm), { algorithms: [algorithm] });
  return { verified: true, header: protectedHeader, payload: JSON.parse(new TextDecoder().decode(payload)) };
}

// {client: "jose", do: "sign", header, payload} → {jwt, issuer}, with a new key
//
// The issuer is the did:jwk of that key; "did:jwk:ISSUER" stands for it in header and payload.
export async function sign({ header, payload }) {
  const { publicKey, privateKey } = await generateKeyPair(header.alg, { extractable: true });
  const jwk = JSON.stringify(await exportJWK(publicKey));
  const issuer = `did:jwk:${Buffer.from(jwk).toString('base64url')}`;
  const named = (part) => JSON.stringify(part).replaceAll('did:jwk:ISSUER', issuer);
  const jwt = await new CompactSign(new TextEncoder().encode(named(payload)))
    .setProtectedHeader(JSON.parse(named(header)))
    .sign(privateKey);
  return { verified: true, jwt, issuer };
}
