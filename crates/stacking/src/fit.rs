//! Does this credential fit what is wanted, and if not, why?

use stapel_credential::{
    Code, CodeScheme, Condition, Conversion, CreditUnit, Credits, Did, FreeSlot, Hours, IssuerUnit, Match, Programme,
    Timestamp,
};
use stapel_verifier::Trust;

use crate::badge::{Badge, Grade};
use crate::why::WhyUnused;

/// By what fits are judged, besides the rules: whom the verifier trusts, the reference date, the programme's units.
#[derive(Debug, Clone)]
pub(crate) struct Judge<'a> {
    pub(crate) trust: &'a Trust,
    pub(crate) now: Timestamp,
    unit: CreditUnit,
    conversions: &'a [Conversion],
    issuer_units: &'a [IssuerUnit],
}

impl<'a> Judge<'a> {
    pub(crate) fn new(programme: &'a Programme, trust: &'a Trust, now: Timestamp) -> Self {
        let (conversions, issuer_units) = (&programme.conversions, &programme.issuer_units);
        Self { trust, now, unit: programme.unit, conversions, issuer_units }
    }

    /// Judges matches alone: no unit is converted.
    pub(crate) fn of_no_programme(trust: &'a Trust, now: Timestamp) -> Self {
        Self { trust, now, unit: CreditUnit::Ec, conversions: &[], issuer_units: &[] }
    }

    /// Whether the badge fits. [`WhyUnused::FitsNothing`] when it was never meant for this; every other reason is a near miss.
    pub(crate) fn fits(&self, wanted: &Match, badge: &Badge<'_>) -> Result<(), WhyUnused> {
        // What names neither achievement nor code was never meant for a badge of another issuer or kind.
        self.fits_what(wanted, badge, !wanted.achievement.is_empty() || !wanted.code.is_empty())
    }

    /// As [`Judge::fits`], where the caller knows whether it was meant for this badge.
    pub(crate) fn fits_what(&self, wanted: &Match, badge: &Badge<'_>, is_meant: bool) -> Result<(), WhyUnused> {
        if !wanted.achievement.is_empty() && !wanted.achievement.contains(badge.achievement()) {
            return Err(WhyUnused::FitsNothing);
        }
        let of_issuer = self.is_by(&wanted.issuer, badge);
        self.fits_code(wanted, badge, of_issuer)?;
        let miss = |why: WhyUnused| Err(if is_meant { why } else { WhyUnused::FitsNothing });
        if !wanted.issuer.is_empty() && !of_issuer {
            return miss(WhyUnused::OtherIssuer { issuer: badge.identity.issuer().clone() });
        }
        if !wanted.kind.is_empty() && !badge.kinds().iter().any(|kind| wanted.kind.contains(kind)) {
            return miss(WhyUnused::OtherKind { wanted: words(&wanted.kind) });
        }
        if !wanted.issuer_kind.is_empty() && !self.is_by_kind(&wanted.issuer_kind, badge) {
            return miss(WhyUnused::OtherIssuerKind { wanted: words(&wanted.issuer_kind) });
        }
        if let Some(code) = wanted.authorised_for.as_ref().filter(|code| !self.may_certify(code, badge)) {
            return miss(WhyUnused::IssuerNotAuthorised { code: code.clone(), day: badge.awarded.day() });
        }
        if !wanted.sector.is_empty() && !badge.sector().is_some_and(|sector| wanted.sector.contains(&sector)) {
            return miss(WhyUnused::OtherSector { wanted: words(&wanted.sector) });
        }
        if !wanted.version.is_empty() && !badge.version().is_some_and(|of| wanted.version.contains(of)) {
            return miss(WhyUnused::OtherVersion { version: badge.version().cloned(), wanted: wanted.version.clone() });
        }
        if !wanted.setting.is_empty() && !badge.settings().any(|setting| wanted.setting.contains(&setting)) {
            return miss(WhyUnused::OtherSetting { wanted: words(&wanted.setting) });
        }
        if !wanted.basis.is_empty() && !badge.bases().iter().any(|basis| wanted.basis.contains(basis)) {
            return miss(WhyUnused::OtherBasis { wanted: words(&wanted.basis) });
        }
        fits_level(wanted, badge)?;
        fits_result(wanted, badge)?;
        self.fits_age(wanted, badge)
    }

    /// What the badge would count in a free slot of credits, by its own credits.
    pub(crate) fn worth_in_slot(&self, slot: &FreeSlot, badge: &Badge<'_>) -> Result<Credits, WhyUnused> {
        self.fits(&slot.fits, badge)?;
        let credits = self.credits(badge)?;
        Ok(slot.at_most_each.map_or(credits, |limit| limit.min(credits)))
    }

    /// What the badge would count in a free slot of hours.
    pub(crate) fn hours_in_slot(&self, slot: &FreeSlot, badge: &Badge<'_>) -> Result<Hours, WhyUnused> {
        self.fits(&slot.fits, badge)?;
        let limit = slot.at_most_each.map_or(u64::from(u32::MAX), |limit| u64::from(limit.hundredths() / 100));
        match u32::try_from(badge.hours().min(limit)).unwrap_or(u32::MAX) {
            0 => Err(WhyUnused::NoHours),
            hours => Ok(Hours(hours)),
        }
    }

    /// The badge's own credits in the programme's unit: converted only where the programme says how.
    fn credits(&self, badge: &Badge<'_>) -> Result<Credits, WhyUnused> {
        let credits = badge.credits().filter(|credits| *credits > Credits::ZERO).ok_or(WhyUnused::NoCredits)?;
        let stated = || self.issuer_units.iter().find(|known| badge.issuer.as_deref() == Some(&known.issuer));
        let Some(unit) = badge.unit().or_else(|| stated().map(|known| known.unit)) else {
            return Err(WhyUnused::NoCreditUnit { wanted: self.unit });
        };
        if unit == self.unit {
            return Ok(credits);
        }
        let Some(conversion) = self.conversions.iter().find(|conversion| conversion.from == unit) else {
            return Err(WhyUnused::OtherCreditUnit { unit, wanted: self.unit });
        };
        let per = conversion.per.map_or(100, |per| u64::from(per.hundredths()));
        let counted = u64::from(credits.hundredths()) * u64::from(conversion.counts.hundredths());
        // Rules::read has seen to it that the conversion is not from nothing.
        let converted = counted.checked_div(per).unwrap_or(0);
        Ok(Credits::from_hundredths(u32::try_from(converted).unwrap_or(u32::MAX)))
    }

    /// Whether a condition holds for a badge.
    pub(crate) fn holds(&self, condition: &Condition, badge: &Badge<'_>) -> bool {
        let of_issuer = condition.issuer.is_empty() || self.is_by(&condition.issuer, badge);
        let of_kind = condition.issuer_kind.is_empty() || self.is_by_kind(&condition.issuer_kind, badge);
        let of_sector =
            condition.sector.is_empty() || badge.sector().is_some_and(|sector| condition.sector.contains(&sector));
        let age_days = self.now.day().days_since(badge.awarded.day());
        let is_older = condition.older_than_days.is_none_or(|days| age_days > i64::from(days));
        let is_shared = condition.shared_with.is_empty()
            || condition.shared_with.iter().any(|programme| badge.is_shared_with(programme));
        (!condition.exemption && of_issuer && of_kind && of_sector && is_older && is_shared) != condition.not
    }

    /// Whether it is by one of these, or by what one of these went into before the badge was awarded.
    fn is_by(&self, named: &[Did], badge: &Badge<'_>) -> bool {
        let day = badge.awarded.day();
        badge.issuer.as_deref().is_some_and(|issuer| {
            named.contains(issuer) || named.iter().any(|named| self.trust.stands_for(issuer, named, day))
        })
    }

    fn is_by_kind(&self, kinds: &[stapel_credential::IssuerKind], badge: &Badge<'_>) -> bool {
        let kind = badge.issuer.as_deref().and_then(|issuer| self.trust.find_kind(issuer, badge.awarded.day()));
        kind.is_some_and(|kind| kinds.contains(&kind))
    }

    fn may_certify(&self, code: &Code, badge: &Badge<'_>) -> bool {
        let day = badge.awarded.day();
        badge.issuer.as_deref().is_some_and(|issuer| self.trust.may_certify(issuer, code, day).is_ok())
    }

    /// An issuer's own code says something only together with that issuer; a register's code only by who may certify it.
    fn fits_code(&self, wanted: &Match, badge: &Badge<'_>, of_issuer: bool) -> Result<(), WhyUnused> {
        if wanted.code.is_empty() {
            return Ok(());
        }
        let mut why = WhyUnused::FitsNothing;
        for code in wanted.code.iter().filter(|code| badge.has_code(code)) {
            let is_own = code.scheme() == CodeScheme::Own;
            if if is_own { of_issuer } else { self.may_certify(code, badge) } {
                return Ok(());
            }
            if !is_own {
                why = WhyUnused::IssuerNotAuthorised { code: code.clone(), day: badge.awarded.day() };
            }
        }
        Err(why)
    }

    fn fits_age(&self, wanted: &Match, badge: &Badge<'_>) -> Result<(), WhyUnused> {
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

fn words<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// One level of each framework may be wanted: one of them is enough.
fn fits_level(wanted: &Match, badge: &Badge<'_>) -> Result<(), WhyUnused> {
    let Some(&first) = wanted.minimum_level.first() else { return Ok(()) };
    let mut why = WhyUnused::NoLevel { wanted: first };
    for level in badge.levels() {
        for &wanted in &wanted.minimum_level {
            match level.at_least(wanted) {
                Some(true) => return Ok(()),
                Some(false) => why = WhyUnused::LevelTooLow { level, wanted },
                None if matches!(why, WhyUnused::NoLevel { .. }) => {
                    why = WhyUnused::LevelOfAnotherFramework { level, wanted };
                }
                None => {}
            }
        }
    }
    Err(why)
}

/// Numbers are compared as numbers, words by their place on the result's own scale; a word on no scale only equals itself.
fn fits_result(wanted: &Match, badge: &Badge<'_>) -> Result<(), WhyUnused> {
    let Some(wanted) = &wanted.minimum_result else { return Ok(()) };
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let is_enough = |grade: Grade<'_>| {
        if let (Some(value), Some(least)) = (number(grade.value), number(wanted)) {
            return value >= least;
        }
        let place = |word: &str| grade.scale.iter().position(|value| value == word);
        grade.value == wanted || place(wanted).is_some_and(|least| place(grade.value) >= Some(least))
    };
    if badge.results().any(is_enough) {
        return Ok(());
    }
    let result = badge.results().next().map(|grade| grade.value.to_owned());
    Err(WhyUnused::ResultTooLow { result, wanted: wanted.clone() })
}
