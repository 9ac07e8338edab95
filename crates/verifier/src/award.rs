//! Does what a holder showed some days ago still hold at this moment? What an institution asks before it signs an award.

use stapel_credential::{Timestamp, VerifiablePresentation};
use stapel_proof::Signed;

use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::presentation::{Audience, PresentationVerdict, verify_received};

/// Verifies a presentation that came in at `received`: the holder's own proof as of then, since it need not hold for the
/// weeks that a board takes, and every credential in it as of `now`.
///
/// Status lists that were presented along are not used: the holder chose them, and whoever awards looks for itself.
pub fn verify_for_award(
    signed: &Signed<VerifiablePresentation>,
    dossier: &Dossier,
    policy: &Policy,
    audience: &Audience,
    received: Timestamp,
    now: Timestamp,
) -> PresentationVerdict {
    verify_received(signed, dossier, policy, audience, received, now)
}
