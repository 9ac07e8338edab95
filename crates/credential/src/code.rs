//! Which code does an award, a unit or an institution have in a public register?

use std::fmt;

use crate::timestamp::as_text;

/// A code of a register, written `crebo:25655`, `kcode:K0905`, `brin:25LP`, `isat:34560` or `code:ANY-TEXT` (the issuer's own).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    scheme: CodeScheme,
    value: String,
}

/// The register that a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CodeScheme {
    /// Centraal Register Beroepsopleidingen: a qualification of mbo, five digits.
    Crebo,
    /// An elective (keuzedeel) of mbo: K and four digits. Certificates carry codes of the same form with C.
    Kcode,
    /// An institution: two digits and two letters, perhaps two digits for a site.
    Brin,
    /// A programme of higher education: five digits (formerly CROHO, now ISAT).
    Isat,
    /// The issuer's own code (`humanCode`): unique only together with its issuer.
    Own,
}

/// Why a code was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// No such register.
    #[error("{text:?} names no register: write crebo:25655, kcode:K0905, brin:25LP, isat:34560 or code:YOUR-OWN")]
    UnknownScheme {
        /// The text received.
        text: String,
    },
    /// Not of the register's form.
    #[error("{value:?} is not a {scheme} code: {form}")]
    Form {
        /// The register.
        scheme: CodeScheme,
        /// The value received.
        value: String,
        /// What the register's codes look like.
        form: &'static str,
    },
}

impl CodeScheme {
    const ALL: [Self; 5] = [Self::Crebo, Self::Kcode, Self::Brin, Self::Isat, Self::Own];

    /// The short name before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crebo => "crebo",
            Self::Kcode => "kcode",
            Self::Brin => "brin",
            Self::Isat => "isat",
            Self::Own => "code",
        }
    }

    /// The `identifierType` of Open Badges for it; `None` for the issuer's own, which stands in `humanCode`.
    pub fn identifier_type(self) -> Option<String> {
        (self != Self::Own).then(|| format!("ext:{}", self.name()))
    }

    /// The register that an `identifierType` of Open Badges names.
    pub fn find_identifier_type(text: &str) -> Option<Self> {
        let name = text.strip_prefix("ext:")?;
        Self::ALL.into_iter().find(|scheme| *scheme != Self::Own && scheme.name() == name)
    }
}

impl fmt::Display for CodeScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Code {
    /// The code `value` of `scheme`.
    ///
    /// # Errors
    /// [`CodeError::Form`] when the register's codes look different.
    pub fn new(scheme: CodeScheme, value: &str) -> Result<Self, CodeError> {
        let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        let (holds, form) = match scheme {
            CodeScheme::Crebo => (digits(value, 5), "five digits, such as 25655"),
            CodeScheme::Isat => (digits(value, 5), "five digits, such as 34560"),
            CodeScheme::Kcode => (
                value.strip_prefix(['K', 'C']).is_some_and(|rest| digits(rest, 4)),
                "K or C and four digits, such as K0905",
            ),
            CodeScheme::Brin => (
                value.is_ascii()
                    && value.get(..2).is_some_and(|start| digits(start, 2))
                    && value.get(2..4).is_some_and(|letters| letters.bytes().all(|byte| byte.is_ascii_uppercase()))
                    && value.get(4..).is_some_and(|site| site.is_empty() || digits(site, 2)),
                "two digits and two capitals, such as 25LP, perhaps two digits for a site",
            ),
            CodeScheme::Own => (
                !value.is_empty() && value.chars().count() <= 120 && !value.chars().any(char::is_control),
                "1 to 120 characters",
            ),
        };
        if holds {
            Ok(Self { scheme, value: value.to_owned() })
        } else {
            Err(CodeError::Form { scheme, value: value.chars().take(120).collect(), form })
        }
    }

    /// Reads `crebo:25655`.
    ///
    /// # Errors
    /// [`CodeError`] for an unknown register or another form.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let unknown = || CodeError::UnknownScheme { text: text.chars().take(120).collect() };
        let (name, value) = text.split_once(':').ok_or_else(unknown)?;
        let scheme = CodeScheme::ALL.into_iter().find(|scheme| scheme.name() == name).ok_or_else(unknown)?;
        Self::new(scheme, value)
    }

    /// The register.
    pub fn scheme(&self) -> CodeScheme {
        self.scheme
    }

    /// The code within the register.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme, self.value)
    }
}

as_text!(Code);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_their_registers_form() {
        for good in
            ["crebo:25655", "kcode:K0905", "kcode:C0012", "brin:25LP", "brin:25LP01", "isat:34560", "code:ZORG-1"]
        {
            assert_eq!(Code::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "crebo:2565",
            "crebo:K0905",
            "kcode:0905",
            "brin:LP25",
            "brin:25lp",
            "isat:3456a",
            "code:",
            "25655",
            "bsn:1",
        ] {
            assert!(Code::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            Code::parse("crebo:2565").unwrap_err().to_string(),
            "\"2565\" is not a crebo code: five digits, such as 25655"
        );
    }
}
