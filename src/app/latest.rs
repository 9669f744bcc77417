//! A named thread that works off the latest question only: what was asked before and not yet
//! begun is forgotten, so that the answer never lags behind a dragged map or a typed word.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::jobs::Waker;

/// The thread, what it is asked and what it answered.
pub struct Latest<Q, A> {
    slot: Arc<Slot<Q>>,
    answers: Receiver<Option<A>>,
    /// Questions asked, less those answered or forgotten.
    open: usize,
}

struct Slot<Q> {
    question: Mutex<Asked<Q>>,
    more: Condvar,
}

struct Asked<Q> {
    next: Option<Q>,
    ended: bool,
}

impl<Q> Slot<Q> {
    fn lock(&self) -> MutexGuard<'_, Asked<Q>> {
        // A thread that broke off leaves a question that is still whole.
        self.question.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Q: Send + 'static, A: Send + 'static> Latest<Q, A> {
    /// Starts the thread; `answer` is called there.
    pub fn new(name: &str, waker: &Waker, answer: impl Fn(Q) -> A + Send + 'static) -> Self {
        let question = Mutex::new(Asked { next: None, ended: false });
        let slot = Arc::new(Slot { question, more: Condvar::new() });
        let (sender, answers) = channel();
        let (theirs, waker) = (Arc::clone(&slot), Arc::clone(waker));
        // Without the thread nothing is answered, and what was shown before stays.
        let _ = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || work(&theirs, &sender, &waker, answer));
        Self { slot, answers, open: 0 }
    }

    /// Asks; a question that waits is forgotten.
    pub fn ask(&mut self, question: Q) {
        if self.slot.lock().next.replace(question).is_none() {
            self.open += 1;
        }
        self.slot.more.notify_one();
    }

    /// The newest answer that has come since the last call.
    pub fn take(&mut self) -> Option<A> {
        let mut newest = None;
        while let Ok(answer) = self.answers.try_recv() {
            self.open = self.open.saturating_sub(1);
            newest = answer.or(newest);
        }
        newest
    }

    /// Whether an answer is still to come.
    pub fn is_busy(&self) -> bool {
        self.open > 0
    }
}

impl<Q, A> Drop for Latest<Q, A> {
    fn drop(&mut self) {
        self.slot.lock().ended = true;
        self.slot.more.notify_one();
    }
}

fn work<Q, A>(slot: &Slot<Q>, sender: &Sender<Option<A>>, waker: &Waker, answer: impl Fn(Q) -> A) {
    loop {
        let mut asked = slot.lock();
        let question = loop {
            if asked.ended {
                return;
            }
            if let Some(question) = asked.next.take() {
                break question;
            }
            asked = slot.more.wait(asked).unwrap_or_else(PoisonError::into_inner);
        };
        drop(asked);
        // A panic costs this answer, not the thread.
        let answered = catch_unwind(AssertUnwindSafe(|| answer(question))).ok();
        if sender.send(answered).is_err() {
            return;
        }
        waker();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn wait(latest: &mut Latest<u32, u32>) -> Option<u32> {
        let mut newest = None;
        for _ in 0..1000 {
            newest = latest.take().or(newest);
            if !latest.is_busy() {
                break;
            }
            thread::sleep(Duration::from_millis(2));
        }
        newest
    }

    #[test]
    fn the_last_question_is_answered_last() {
        let mut latest = Latest::new("double", &(Arc::new(|| {}) as Waker), |n: u32| n * 2);
        (1..=50).for_each(|n| latest.ask(n));
        assert_eq!(wait(&mut latest), Some(100));
        assert!(!latest.is_busy());
    }

    #[test]
    fn a_panic_costs_one_answer() {
        let odd = |n: u32| if n == 1 { panic!("one") } else { n };
        let mut latest = Latest::new("odd", &(Arc::new(|| {}) as Waker), odd);
        latest.ask(1);
        assert_eq!(wait(&mut latest), None);
        latest.ask(2);
        assert_eq!(wait(&mut latest), Some(2));
    }
}
