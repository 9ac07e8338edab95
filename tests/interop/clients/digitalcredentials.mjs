// What does @digitalcredentials/vc issue on the Verifiable Credentials 1.1 that learners hold: Ed25519Signature2020.

import { Ed25519Signature2020 } from '@digitalcredentials/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalcredentials/ed25519-verification-key-2020';
import { securityLoader } from '@digitalcredentials/security-document-loader';
import * as vc from '@digitalcredentials/vc';

// Its contexts are those that it ships.
const documentLoader = securityLoader().build();

// {client: "digitalcredentials", do: "issue", credential, seed (hex)} → {signed}, by the did:key of the seed
export async function issue({ credential, seed }) {
  const key = await Ed25519VerificationKey2020.generate({ seed: Uint8Array.from(Buffer.from(seed, 'hex')) });
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  const signed = await vc.issue({ credential, suite: new Ed25519Signature2020({ key }), documentLoader });
  return { verified: true, signed };
}
