//! What does a school write to a learner for whom a badge is ready?

use stapel_credential::Timestamp;

use crate::language::Language;
use crate::lettering::plain;

/// What an offer letter says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The name of the institution.
    pub issuer: &'a str,
    /// The names of what is offered.
    pub badges: &'a [String],
    /// The link that a wallet opens.
    pub link: &'a str,
    /// The code that the wallet asks for, when it is told apart from the link.
    pub code: Option<&'a str>,
    /// Until when it can be claimed.
    pub expires: Timestamp,
}

/// The text that a school can mail: what is ready, what to do, until when. The link works once.
pub fn offer_text(offer: &Offer<'_>, language: Language) -> String {
    let issuer = plain(offer.issuer);
    let link = plain(offer.link);
    let names: Vec<String> = offer.badges.iter().map(|name| format!("  • {}\n", plain(name))).collect();
    let names = names.concat();
    let until = language.minute_of(offer.expires);
    let code = offer.code.map(plain);
    match language {
        Language::Nl => {
            let what = if offer.badges.len() == 1 { "Uw bewijs is klaar" } else { "Uw bewijzen zijn klaar" };
            let them = if offer.badges.len() == 1 { "het" } else { "ze" };
            let code = code.map_or(String::new(), |code| format!("3. Uw wallet vraagt om een code: {code}\n"));
            format!(
                "{what}\n\n{issuer} heeft dit voor u klaargezet:\n\n{names}\n\
                 Zo haalt u {them} op:\n\
                 1. Open uw wallet. Hebt u er nog geen? Maak die eerst: stapel init\n\
                 2. Geef uw wallet deze link, of scan de QR-code:\n\n   {link}\n\n   Met Stapel: stapel receive '{link}'\n{code}\n\
                 De link werkt één keer, tot {until}.\n\
                 Geef de link niet aan een ander: wie hem gebruikt, krijgt het bewijs op eigen naam.\n\
                 Lukt het niet, of is de tijd voorbij? Vraag {issuer} om een nieuwe link.\n"
            )
        }
        Language::En => {
            let what = if offer.badges.len() == 1 { "Your badge is ready" } else { "Your badges are ready" };
            let them = if offer.badges.len() == 1 { "it" } else { "them" };
            let code = code.map_or(String::new(), |code| format!("3. Your wallet asks for a code: {code}\n"));
            format!(
                "{what}\n\n{issuer} has this ready for you:\n\n{names}\n\
                 How to claim {them}:\n\
                 1. Open your wallet. If you have none yet, make one first: stapel init\n\
                 2. Give your wallet this link, or scan the QR code:\n\n   {link}\n\n   With Stapel: stapel receive '{link}'\n{code}\n\
                 The link works once, until {until}.\n\
                 Do not pass the link on: whoever uses it gets the badge in their own name.\n\
                 If it does not work or the time is over, ask {issuer} for a new link.\n"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_what_is_ready_and_what_to_do() {
        let badges = ["Medicatieveiligheid".to_owned()];
        let offer = Offer {
            issuer: "ROC Voorbeeld",
            badges: &badges,
            link: "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Froc.example%2Foffers%2F1",
            code: Some("4821"),
            expires: Timestamp::parse("2026-12-01T12:00:00Z").unwrap(),
        };
        assert_eq!(
            offer_text(&offer, Language::Nl),
            "Uw bewijs is klaar\n\nROC Voorbeeld heeft dit voor u klaargezet:\n\n  • Medicatieveiligheid\n\n\
             Zo haalt u het op:\n\
             1. Open uw wallet. Hebt u er nog geen? Maak die eerst: stapel init\n\
             2. Geef uw wallet deze link, of scan de QR-code:\n\n   \
             openid-credential-offer://?credential_offer_uri=https%3A%2F%2Froc.example%2Foffers%2F1\n\n   \
             Met Stapel: stapel receive 'openid-credential-offer://?credential_offer_uri=https%3A%2F%2Froc.example%2Foffers%2F1'\n\
             3. Uw wallet vraagt om een code: 4821\n\n\
             De link werkt één keer, tot 1 december 2026 om 13:00 uur (Nederlandse tijd).\n\
             Geef de link niet aan een ander: wie hem gebruikt, krijgt het bewijs op eigen naam.\n\
             Lukt het niet, of is de tijd voorbij? Vraag ROC Voorbeeld om een nieuwe link.\n"
        );
        let english = offer_text(&Offer { code: None, ..offer }, Language::En);
        assert!(english.starts_with("Your badge is ready\n\nROC Voorbeeld has this ready for you:"), "{english}");
        assert!(english.contains("until 1 December 2026 at 13:00 (Dutch time)"), "{english}");
        assert!(!english.contains("asks for a code"), "{english}");
    }
}
