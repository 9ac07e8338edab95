//! Where in a programme does something stand? A JSON path that is written out only when something is wrong there.

use std::fmt;

/// A place, by the place above it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RulePath<'a> {
    above: Option<&'a RulePath<'a>>,
    member: &'a str,
    position: Option<usize>,
}

impl RulePath<'_> {
    /// The whole programme, `$`.
    pub(crate) const ROOT: Self = Self { above: None, member: "$", position: None };

    /// A member, `.name`; perhaps of a member, `name.inner`.
    pub(crate) fn member<'b>(&'b self, member: &'b str) -> RulePath<'b> {
        RulePath { above: Some(self), member, position: None }
    }

    /// An item of a list that is a member, `.name[0]`.
    pub(crate) fn item<'b>(&'b self, member: &'b str, position: usize) -> RulePath<'b> {
        RulePath { above: Some(self), member, position: Some(position) }
    }

    /// An item of this list, `[0]`.
    pub(crate) fn at(&self, position: usize) -> RulePath<'_> {
        RulePath { above: Some(self), member: "", position: Some(position) }
    }
}

impl fmt::Display for RulePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(above) = self.above {
            above.fmt(f)?;
            f.write_str(if self.member.is_empty() { "" } else { "." })?;
        }
        f.write_str(self.member)?;
        self.position.map_or(Ok(()), |position| write!(f, "[{position}]"))
    }
}
