//! How far is it, for somebody who sits at a terminal? Nothing is shown of what is done within a second.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::session::Session;
use crate::words::{Many, Say, say};

const SOON_ENOUGH: Duration = Duration::from_secs(1);
const TEMPLATE: &str = "{msg} [{wide_bar}] {pos}/{len} {eta}";

/// A bar on stderr, or none.
pub(crate) struct Bar {
    bar: Option<ProgressBar>,
}

impl Bar {
    /// Begins, for so many things to do.
    pub(crate) fn new(all: usize, session: &Session) -> Self {
        if session.json || !io::stderr().is_terminal() {
            return Self { bar: None };
        }
        let bar = ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("#>-"));
        bar.set_message(say(&Say::Many(Many::Checking), session.language));
        Self { bar: Some(bar) }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        let Some(bar) = &self.bar else { return };
        if bar.is_hidden() && bar.elapsed() > SOON_ENOUGH {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(1);
    }

    /// Does something that prints, without the bar in its way.
    pub(crate) fn aside<A>(&self, print: impl FnOnce() -> A) -> A {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
