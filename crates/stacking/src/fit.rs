//! Does this credential fit what is wanted, and if not, why?

use stapel_credential::{CodeScheme, CreditUnit, Credits, FreeSlot, Match, Timestamp};
use stapel_verifier::Trust;

use crate::badge::Badge;
use crate::why::WhyUnused;

/// By what fits are judged, besides the rules: whom the verifier trusts, the reference date, the programme's unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judge<'a> {
    pub(crate) trust: &'a Trust,
    pub(crate) now: Timestamp,
    pub(crate) unit: CreditUnit,
}

impl Judge<'_> {
    /// Whether the badge fits. [`WhyUnused::FitsNothing`] when it was never meant for this; every other reason is a near miss.
    pub(crate) fn fits(&self, wanted: &Match, badge: &Badge) -> Result<(), WhyUnused> {
        if !wanted.achievement.is_empty() && !wanted.achievement.contains(&badge.achievement) {
            return Err(WhyUnused::FitsNothing);
        }
        let of_issuer = badge.issuer.as_ref().is_some_and(|issuer| wanted.issuer.contains(issuer));
        self.fits_code(wanted, badge, of_issuer)?;
        if !wanted.issuer.is_empty() && !of_issuer {
            return Err(if wanted.achievement.is_empty() && wanted.code.is_empty() {
                WhyUnused::FitsNothing
            } else {
                WhyUnused::OtherIssuer { issuer: badge.reference.issuer.clone() }
            });
        }
        if !wanted.kind.is_empty() && !badge.kinds.iter().any(|kind| wanted.kind.contains(kind)) {
            return Err(WhyUnused::OtherKind { wanted: wanted.kind.iter().map(ToString::to_string).collect() });
        }
        fits_level(wanted, badge)?;
        self.fits_age(wanted, badge)
    }

    /// What the badge would count in a free slot, by its own credits.
    pub(crate) fn worth_in_slot(&self, slot: &FreeSlot, badge: &Badge) -> Result<Credits, WhyUnused> {
        self.fits(&slot.fits, badge)?;
        let Some(credits) = badge.credits else { return Err(WhyUnused::NoCredits) };
        match badge.unit {
            None => Err(WhyUnused::NoCreditUnit { wanted: self.unit }),
            Some(unit) if unit != self.unit => Err(WhyUnused::OtherCreditUnit { unit, wanted: self.unit }),
            Some(_) if credits == Credits::ZERO => Err(WhyUnused::NoCredits),
            Some(_) => Ok(slot.at_most_each.map_or(credits, |limit| limit.min(credits))),
        }
    }

    /// An issuer's own code says something only together with that issuer; a register's code only by who may certify it.
    fn fits_code(&self, wanted: &Match, badge: &Badge, of_issuer: bool) -> Result<(), WhyUnused> {
        if wanted.code.is_empty() {
            return Ok(());
        }
        let day = badge.awarded.day();
        let mut why = WhyUnused::FitsNothing;
        for code in wanted.code.iter().filter(|code| badge.codes.contains(code)) {
            let counts = if code.scheme() == CodeScheme::Own {
                of_issuer
            } else {
                badge.issuer.as_ref().is_some_and(|issuer| self.trust.may_certify(issuer, code, day).is_ok())
            };
            if counts {
                return Ok(());
            }
            if code.scheme() != CodeScheme::Own {
                why = WhyUnused::IssuerNotAuthorised { code: code.clone(), day };
            }
        }
        Err(why)
    }

    fn fits_age(&self, wanted: &Match, badge: &Badge) -> Result<(), WhyUnused> {
        let Some(maximum_days) = wanted.maximum_age_days else { return Ok(()) };
        let awarded = badge.awarded.day();
        let age_days = self.now.day().days_since(awarded);
        if age_days <= i64::from(maximum_days) {
            Ok(())
        } else {
            Err(WhyUnused::TooOld { awarded, age_days, maximum_days })
        }
    }
}

fn fits_level(wanted: &Match, badge: &Badge) -> Result<(), WhyUnused> {
    let Some(wanted) = wanted.minimum_level else { return Ok(()) };
    let mut why = WhyUnused::NoLevel { wanted };
    for &level in &badge.levels {
        match level.at_least(wanted) {
            Some(true) => return Ok(()),
            Some(false) => why = WhyUnused::LevelTooLow { level, wanted },
            None if matches!(why, WhyUnused::NoLevel { .. }) => {
                why = WhyUnused::LevelOfAnotherFramework { level, wanted };
            }
            None => {}
        }
    }
    Err(why)
}
