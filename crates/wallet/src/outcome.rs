//! Does this one credential show the outcome that is asked?

use stapel_credential::{
    AchievementCredential, AchievementResult, Code, CodeScheme, Did, Level, Match, OutcomeAsk, ResultDescription,
    Timestamp,
};
use stapel_verifier::{Trust, Verified};

use stapel_stacking::WhyUnused;

/// Whether it carries the outcome, fits what is asked besides, and is vouched for as asked.
/// [`WhyUnused::FitsNothing`] when it shows something else.
pub(crate) fn answers(
    ask: &OutcomeAsk,
    credential: &Verified<AchievementCredential>,
    trust: &Trust,
    now: Timestamp,
) -> Result<(), WhyUnused> {
    let content = credential.content();
    let achievement = &content.credential_subject.achievement;
    let is_shown = achievement.id == ask.outcome || achievement.outcomes().any(|each| each.target_url == ask.outcome);
    if !is_shown {
        return Err(WhyUnused::FitsNothing);
    }
    fits(&ask.fits, content, trust, now)?;
    let Some(anchor) = &ask.vouched_by else { return Ok(()) };
    let mut codes = achievement.codes();
    codes.retain(|code| code.scheme() != CodeScheme::Own);
    let day = content.award_instant().day();
    let vouched =
        content.issuer_did().is_some_and(|did| trust.of_anchor(anchor).vouch_for_codes(&did, &codes, day).is_ok());
    if vouched { Ok(()) } else { Err(WhyUnused::OtherIssuer { issuer: content.issuer.id.clone() }) }
}

fn fits(wanted: &Match, content: &AchievementCredential, trust: &Trust, now: Timestamp) -> Result<(), WhyUnused> {
    let subject = &content.credential_subject;
    let achievement = &subject.achievement;
    let (issuer, day) = (content.issuer_did(), content.award_instant().day());
    let may_certify =
        |code: &Code| issuer.as_ref().is_some_and(|issuer: &Did| trust.may_certify(issuer, code, day).is_ok());
    let of_issuer = issuer.as_ref().is_some_and(|issuer| wanted.issuer.contains(issuer));
    let codes = achievement.codes();
    if !wanted.achievement.is_empty() && !wanted.achievement.contains(&achievement.id) {
        return Err(WhyUnused::FitsNothing);
    }
    // An issuer's own code says something only together with that issuer.
    let fits_code = |code: &&Code| {
        codes.contains(code) && if code.scheme() == CodeScheme::Own { of_issuer } else { may_certify(code) }
    };
    if !wanted.code.is_empty() && !wanted.code.iter().any(|code| fits_code(&code)) {
        let code = wanted.code.iter().find(|code| codes.contains(code) && code.scheme() != CodeScheme::Own);
        return Err(
            code.map_or(WhyUnused::FitsNothing, |code| WhyUnused::IssuerNotAuthorised { code: code.clone(), day })
        );
    }
    if !wanted.issuer.is_empty() && !of_issuer {
        return Err(WhyUnused::OtherIssuer { issuer: content.issuer.id.clone() });
    }
    if !wanted.kind.is_empty() && !achievement.credential_kind.iter().any(|kind| wanted.kind.contains(kind)) {
        return Err(WhyUnused::OtherKind { wanted: words(&wanted.kind) });
    }
    let kind = issuer.as_ref().and_then(|issuer| trust.find_kind(issuer, day));
    if !wanted.issuer_kind.is_empty() && !kind.is_some_and(|kind| wanted.issuer_kind.contains(&kind)) {
        return Err(WhyUnused::OtherIssuerKind { wanted: words(&wanted.issuer_kind) });
    }
    if let Some(code) = wanted.authorised_for.as_ref().filter(|code| !may_certify(code)) {
        return Err(WhyUnused::IssuerNotAuthorised { code: code.clone(), day });
    }
    if !wanted.sector.is_empty() && !achievement.sector.is_some_and(|sector| wanted.sector.contains(&sector)) {
        return Err(WhyUnused::OtherSector { wanted: words(&wanted.sector) });
    }
    if !wanted.version.is_empty() && !achievement.version.as_ref().is_some_and(|of| wanted.version.contains(of)) {
        return Err(WhyUnused::OtherVersion { version: achievement.version.clone(), wanted: wanted.version.clone() });
    }
    let mut settings = achievement.assessment.iter().filter_map(|assessment| assessment.assessment_setting);
    if !wanted.setting.is_empty() && !settings.any(|setting| wanted.setting.contains(&setting)) {
        return Err(WhyUnused::OtherSetting { wanted: words(&wanted.setting) });
    }
    if !wanted.basis.is_empty() && !subject.basis.iter().any(|basis| wanted.basis.contains(basis)) {
        return Err(WhyUnused::OtherBasis { wanted: words(&wanted.basis) });
    }
    fits_level(&wanted.minimum_level, &achievement.levels().collect::<Vec<_>>())?;
    fits_result(wanted, &subject.result, &achievement.result_description)?;
    let age_days = now.day().days_since(day);
    match wanted.maximum_age_days.filter(|maximum| age_days > i64::from(*maximum)) {
        Some(maximum_days) => Err(WhyUnused::TooOld { awarded: day, age_days, maximum_days }),
        None => Ok(()),
    }
}

/// One level of each framework may be wanted: one of them is enough.
fn fits_level(wanted: &[Level], levels: &[Level]) -> Result<(), WhyUnused> {
    let Some(&first) = wanted.first() else { return Ok(()) };
    let mut why = WhyUnused::NoLevel { wanted: first };
    for (&level, &wanted) in levels.iter().flat_map(|level| wanted.iter().map(move |wanted| (level, wanted))) {
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

/// Numbers are compared as numbers, words by their place on the result's own scale; a word on no scale only equals itself.
fn fits_result(wanted: &Match, results: &[AchievementResult], scales: &[ResultDescription]) -> Result<(), WhyUnused> {
    let Some(wanted) = &wanted.minimum_result else { return Ok(()) };
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let is_enough = |result: &AchievementResult| {
        let Some(value) = &result.value else { return false };
        if let (Some(value), Some(least)) = (number(value), number(wanted)) {
            return value >= least;
        }
        let scale = scales.iter().find(|scale| result.result_description.as_ref() == Some(&scale.id));
        let place = |word: &str| scale.and_then(|scale| scale.allowed_value.iter().position(|value| value == word));
        value == wanted || place(wanted).is_some_and(|least| place(value) >= Some(least))
    };
    if results.iter().any(is_enough) {
        return Ok(());
    }
    let result = results.iter().find_map(|result| result.value.clone());
    Err(WhyUnused::ResultTooLow { result, wanted: wanted.clone() })
}

fn words<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}
