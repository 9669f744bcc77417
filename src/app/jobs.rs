//! Long work on threads of its own: named, with progress, can be cancelled, wakes the window.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::words::grouped;

/// Asks the window for a frame; knows nothing of what the window is made with.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// The jobs that run, and what they send.
pub struct Jobs<M> {
    sender: Sender<Sent<M>>,
    receiver: Receiver<Sent<M>>,
    running: Vec<Running>,
    waker: Waker,
    next: u64,
}

/// A job that runs.
#[derive(Debug, Clone)]
pub struct Running {
    /// Which one.
    pub id: u64,
    /// What it does: "Reading articles".
    pub name: String,
    /// When it began.
    pub started: Instant,
    progress: Arc<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    cancelled: AtomicBool,
    words: Mutex<String>,
}

enum Sent<M> {
    Message(M),
    Ended(u64, Option<String>),
}

/// What a poll brought.
#[derive(Debug)]
pub enum Polled<M> {
    /// A job sent this.
    Message(M),
    /// A job broke off: its name, and what it said.
    Broken(String, String),
}

/// What a job has in its hand.
pub struct Handle<M> {
    sender: Sender<Sent<M>>,
    progress: Arc<Progress>,
    waker: Waker,
}

impl<M> Handle<M> {
    /// Sends something to the window.
    pub fn send(&self, message: M) {
        // The window may be gone; then nobody waits for the message.
        let _ = self.sender.send(Sent::Message(message));
        (self.waker)();
    }

    /// Says how far the job is. It asks for no frame: while a job runs the window draws four times
    /// a second anyway, and without a graphics card each frame takes from the work.
    pub fn progress(&self, done: usize, total: usize) {
        self.progress.done.store(done, Ordering::Relaxed);
        self.progress.total.store(total, Ordering::Relaxed);
    }

    /// Says in words how far it is, instead of "3 of 5".
    pub fn say(&self, words: &str) {
        words.clone_into(&mut self.progress.words.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether the person wants it to stop.
    pub fn cancelled(&self) -> bool {
        self.progress.cancelled.load(Ordering::Relaxed)
    }
}

impl Running {
    /// Share done, 0 to 1; `None` while it is not known.
    pub fn share(&self) -> Option<f32> {
        let total = self.progress.total.load(Ordering::Relaxed);
        let done = self.progress.done.load(Ordering::Relaxed);
        (total > 0).then(|| done as f32 / total as f32)
    }

    /// What it does, how far it is and how long it takes, in words.
    pub fn told(&self) -> String {
        let total = self.progress.total.load(Ordering::Relaxed);
        let done = self.progress.done.load(Ordering::Relaxed);
        let seconds = self.started.elapsed().as_secs();
        let words = self.progress.words.lock().unwrap_or_else(PoisonError::into_inner);
        let far = match total {
            _ if !words.is_empty() => format!(" · {words}"),
            0 | 1 => String::new(),
            _ => format!(" {} of {}", grouped(done), grouped(total)),
        };
        let long = if seconds > 1 { format!(" · {seconds} s") } else { String::new() };
        format!("{}{far}{long}", self.name)
    }
}

impl<M: Send + 'static> Jobs<M> {
    /// No jobs yet.
    pub fn new(waker: Waker) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, running: Vec::new(), waker, next: 0 }
    }

    /// Starts a job, unless one of the same name runs; says whether it did.
    pub fn start(&mut self, name: &str, work: impl FnOnce(&Handle<M>) + Send + 'static) -> bool {
        if self.is_running(name) {
            return false;
        }
        let id = self.next;
        self.next += 1;
        let progress = Arc::new(Progress::default());
        let handle = Handle {
            sender: self.sender.clone(),
            progress: Arc::clone(&progress),
            waker: Arc::clone(&self.waker),
        };
        self.running.push(Running { id, name: name.to_owned(), started: Instant::now(), progress });
        let spawned = thread::Builder::new().name(name.to_owned()).spawn(move || run(id, &handle, work));
        if let Err(error) = spawned {
            let _ = self.sender.send(Sent::Ended(id, Some(error.to_string())));
        }
        true
    }

    /// Whether a job of this name runs.
    pub fn is_running(&self, name: &str) -> bool {
        self.running.iter().any(|job| job.name == name)
    }

    /// The jobs that run, oldest first.
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// Tells a job to stop at the next chance.
    pub fn cancel(&self, id: u64) {
        for job in self.running.iter().filter(|job| job.id == id) {
            job.progress.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// What the jobs sent since the last call, in order.
    pub fn poll(&mut self) -> Vec<Polled<M>> {
        let mut out = Vec::new();
        while let Ok(sent) = self.receiver.try_recv() {
            match sent {
                Sent::Message(message) => out.push(Polled::Message(message)),
                Sent::Ended(id, broken) => {
                    let name = self.running.iter().find(|job| job.id == id).map(|job| job.name.clone());
                    self.running.retain(|job| job.id != id);
                    if let (Some(name), Some(why)) = (name, broken) {
                        out.push(Polled::Broken(name, why));
                    }
                }
            }
        }
        out
    }
}

/// Runs the work; a panic in it becomes a message, never the end of the program.
fn run<M>(id: u64, handle: &Handle<M>, work: impl FnOnce(&Handle<M>)) {
    let broken = catch_unwind(AssertUnwindSafe(|| work(handle))).err().map(|panic| {
        let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no reason given".to_owned())
    });
    let _ = handle.sender.send(Sent::Ended(id, broken));
    (handle.waker)();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn jobs() -> Jobs<u32> {
        Jobs::new(Arc::new(|| {}))
    }

    fn drain(jobs: &mut Jobs<u32>) -> Vec<Polled<u32>> {
        let mut out = Vec::new();
        for _ in 0..500 {
            out.extend(jobs.poll());
            if jobs.running().is_empty() {
                break;
            }
            thread::sleep(Duration::from_millis(2));
        }
        out
    }

    #[test]
    fn messages_arrive_in_order() {
        let mut jobs = jobs();
        jobs.start("count", |handle| (0..5).for_each(|n| handle.send(n)));
        let got = drain(&mut jobs);
        assert!(matches!(
            got[..],
            [
                Polled::Message(0),
                Polled::Message(1),
                Polled::Message(2),
                Polled::Message(3),
                Polled::Message(4)
            ]
        ));
    }

    #[test]
    fn a_job_runs_once_at_a_time_and_can_be_cancelled() {
        let mut jobs = jobs();
        let wait = |handle: &Handle<u32>| {
            while !handle.cancelled() {
                thread::sleep(Duration::from_millis(1));
            }
        };
        assert!(jobs.start("wait", wait));
        assert!(!jobs.start("wait", wait));
        let id = jobs.running()[0].id;
        jobs.cancel(id);
        assert!(drain(&mut jobs).is_empty() && jobs.running().is_empty());
    }

    #[test]
    fn a_job_tells_how_far_it_is() {
        let mut jobs = jobs();
        let (send, wait) = channel::<()>();
        jobs.start("Adding", move |handle: &Handle<u32>| {
            handle.progress(3, 5);
            handle.send(0);
            let _ = wait.recv();
            handle.say("7 rows");
            handle.send(1);
            let _ = wait.recv();
        });
        let told = |jobs: &mut Jobs<u32>| {
            while jobs.poll().is_empty() {
                thread::sleep(Duration::from_millis(1));
            }
            jobs.running()[0].told()
        };
        assert_eq!(told(&mut jobs), "Adding 3 of 5");
        send.send(()).unwrap();
        assert_eq!(told(&mut jobs), "Adding · 7 rows");
    }

    #[test]
    fn a_panic_becomes_a_message() {
        let mut jobs = jobs();
        jobs.start("break", |_| panic!("out of cheese"));
        let got = drain(&mut jobs);
        assert!(matches!(&got[..], [Polled::Broken(name, why)] if name == "break" && why == "out of cheese"));
    }
}
