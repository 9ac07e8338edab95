//! How is one thing done to each of many, on all cores, and told in their order?

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;

/// How many a thread takes at a time, at most: enough that handing over costs nothing, few enough that none waits long for the last.
const TAKEN_AT_A_TIME: usize = 16;
/// How far the threads may be ahead of what was told, in takings of each: what is held does not grow with the number of things.
const AHEAD: usize = 8;

/// As many threads as there are cores for this program.
pub(crate) fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// How far it is.
#[derive(Default)]
struct Turn {
    /// What nobody has taken yet.
    next: usize,
    /// What was told.
    told: usize,
    /// Whether somebody gave up.
    ended: bool,
}

struct Turns {
    turn: Mutex<Turn>,
    changed: Condvar,
}

impl Turns {
    fn lock(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next ones, as soon as they are near enough to what was told.
    fn take(&self, all: usize, at_a_time: usize, ahead: usize) -> Option<usize> {
        let mut turn = self.lock();
        while !turn.ended && turn.next < all && turn.next >= turn.told + ahead {
            turn = self.changed.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.ended || turn.next >= all {
            return None;
        }
        let from = turn.next;
        turn.next += at_a_time;
        Some(from)
    }

    fn told(&self, told: usize) {
        self.lock().told = told;
        self.changed.notify_all();
    }
}

/// Nobody waits for one that is gone, whatever became of it.
struct EndsAll<'a>(&'a Turns);

impl Drop for EndsAll<'_> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}

/// Does `work` to each item on so many threads, and hands what came of it to `tell` on this one, in the order of the items. Holds
/// no more than some hundred results, however many items there are.
///
/// # Errors
/// The first one of `tell`; then nothing more is begun.
pub(crate) fn in_order<I: Sync, R: Send, E>(
    items: &[I],
    threads: NonZeroUsize,
    work: impl Fn(&I) -> R + Sync,
    mut tell: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let turns = Turns { turn: Mutex::default(), changed: Condvar::new() };
    let at_a_time = (items.len() / threads.get() / AHEAD).clamp(1, TAKEN_AT_A_TIME);
    let most = threads.get().min(items.len()).max(1);
    let ahead = most * AHEAD * at_a_time;
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..most {
            let (sender, turns, work) = (sender.clone(), &turns, &work);
            scope.spawn(move || {
                let _ends_all = EndsAll(turns);
                while let Some(from) = turns.take(items.len(), at_a_time, ahead) {
                    let done: Vec<R> = items.iter().skip(from).take(at_a_time).map(work).collect();
                    if sender.send((from, done)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let _ends_all = EndsAll(&turns);
        let (mut early, mut told) = (BTreeMap::new(), 0);
        for (from, done) in receiver {
            early.insert(from, done);
            while let Some(done) = early.remove(&told) {
                for each in done {
                    tell(each)?;
                    told += 1;
                }
            }
            turns.told(told);
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_came_of_each_is_told_in_order_whatever_the_number_of_threads() {
        for (many, threads) in [(0, 2), (1, 4), (15, 2), (16, 2), (17, 2), (5_000, 1), (5_000, 7)] {
            let items: Vec<usize> = (0..many).collect();
            let mut told = Vec::new();
            let done = in_order(
                &items,
                NonZeroUsize::new(threads).unwrap(),
                |item| item * 2,
                |each| {
                    told.push(each);
                    Ok::<(), ()>(())
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(told, items.iter().map(|item| item * 2).collect::<Vec<_>>(), "{many} on {threads}");
        }
    }

    #[test]
    fn one_slow_thing_does_not_let_the_results_of_the_others_pile_up() {
        let items: Vec<usize> = (0..20_000).collect();
        let (begun, threads) = (AtomicUsize::new(0), 4);
        let mut most = 0;
        let mut told = 0;
        let done = in_order(
            &items,
            NonZeroUsize::new(threads).unwrap(),
            |item| {
                begun.fetch_add(1, Ordering::Relaxed);
                if *item == 0 {
                    thread::sleep(Duration::from_millis(200));
                }
            },
            |()| {
                most = most.max(begun.load(Ordering::Relaxed) - told);
                told += 1;
                Ok::<(), ()>(())
            },
        );
        assert_eq!((done, told), (Ok(()), items.len()));
        assert!(most <= (AHEAD + 2) * threads * TAKEN_AT_A_TIME, "{most} results were held");
        assert!(most >= AHEAD * threads * TAKEN_AT_A_TIME / 2, "the others went on meanwhile: {most}");
    }

    #[test]
    fn whoever_tells_may_stop_and_nothing_more_is_begun() {
        let items: Vec<usize> = (0..100_000).collect();
        let begun = AtomicUsize::new(0);
        let done = in_order(
            &items,
            NonZeroUsize::new(3).unwrap(),
            |item| {
                begun.fetch_add(1, Ordering::Relaxed);
                *item
            },
            |each| if each == 40 { Err("enough") } else { Ok(()) },
        );
        assert_eq!(done, Err("enough"));
        assert!(begun.load(Ordering::Relaxed) < 2_000, "{begun:?}");
    }

    #[test]
    fn a_panic_in_one_thread_leaves_nobody_waiting() {
        let items: Vec<usize> = (0..100_000).collect();
        let run = std::panic::catch_unwind(|| {
            in_order(
                &items,
                NonZeroUsize::new(2).unwrap(),
                |item| assert_ne!(*item, 0, "a defect"),
                |()| Ok::<(), ()>(()),
            )
        });
        assert!(run.is_err());
    }
}
