// What does @digitalcredentials/verifier-core say of a badge? Its clock is the real one, and it fetches: contexts, DID documents, status
// lists and registries come from the shelf.

import { verifyCredential } from '@digitalcredentials/verifier-core';

// {client: "verifier-core", do: "verify", credential, registries} → {verified, errors, log}
//
// It leaves the conclusion to its caller. Ours is that of its readme: every step conclusive and true, and none missing.
export async function verify({ credential, registries = [] }) {
  const result = await verifyCredential({ credential, knownDIDRegistries: registries });
  const steps = new Map((result.log ?? []).map((step) => [step.id, step]));
  const wanted = ['valid_signature', 'expiration', 'registered_issuer', ...(credential.credentialStatus ? ['revocation_status'] : [])];
  const failed = wanted.filter((id) => steps.get(id)?.valid !== true);
  const errors = (result.errors ?? []).map(({ name, message }) => `${name}: ${message}`);
  const told = (step) => (step === undefined ? 'not checked' : (step.error?.message ?? step.valid));
  return {
    verified: errors.length === 0 && failed.length === 0,
    errors: [...errors, ...failed.map((id) => `${id}: ${told(steps.get(id))}`)],
  };
}
