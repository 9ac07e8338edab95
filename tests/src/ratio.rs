//! How long does one thing take, in units of another, measured in the same run?

use std::hint::black_box;
use std::time::Instant;

/// One thing to measure.
pub struct Subject<'a> {
    /// What it is called in the table.
    pub name: &'a str,
    /// What is done once.
    pub run: Box<dyn FnMut() + 'a>,
}

impl<'a> Subject<'a> {
    /// Measures `run`, whose result is kept from being optimised away.
    pub fn new<T>(name: &'a str, mut run: impl FnMut() -> T + 'a) -> Self {
        Self { name, run: Box::new(move || drop(black_box(run()))) }
    }
}

/// Runs all subjects in turn, many times, and gives the median time of each in nanoseconds. Interleaving lets a busy machine
/// disturb all of them alike, which is why this is not left to a harness that measures one after the other.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub fn medians(subjects: &mut [Subject<'_>], rounds: usize, batch: usize) -> Vec<f64> {
    let mut times = vec![Vec::with_capacity(rounds); subjects.len()];
    for round in 0..rounds + rounds / 10 {
        for (subject, times) in subjects.iter_mut().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..batch {
                (subject.run)();
            }
            // The first tenth warms caches and clocks.
            if round >= rounds / 10 {
                times.push(start.elapsed().as_nanos() as f64 / batch as f64);
            }
        }
    }
    times
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
        .collect()
}
