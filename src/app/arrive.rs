//! What comes from the jobs: articles, answers of dialogs, what was written; and the jobs that read.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::json;

use super::choices::Ground;
use super::command::Command;
use super::dateline_app::{DatelineApp, Message};
use super::dialogs::Answer;
use super::engine::{Read, Source};
use super::jobs::Polled;
use super::own::Order;
use super::sorting::SORTING;
use super::state::{Go, Problem};
use super::{export, saved};

/// The name of the job that reads articles; one at a time.
pub(super) const READING: &str = "Reading articles";

impl DatelineApp {
    /// Reads a source in the background, after those that are read already.
    pub(super) fn read(&mut self, source: Source) {
        self.waiting.push(source);
        self.read_next();
    }

    fn read_next(&mut self) {
        if self.jobs.is_running(READING) || !self.arrived.is_empty() {
            return;
        }
        if self.waiting.is_empty() {
            if std::mem::take(&mut self.fit_at_end) {
                self.now.go = Some(Go::Most);
            }
            return;
        }
        let source = self.waiting.remove(0);
        let engine = Arc::clone(&self.engine);
        self.jobs.start(READING, move |handle| engine.read(source, handle, Message::Read));
    }

    /// Asks the person with a dialog, in the background.
    pub(super) fn ask(&mut self, command: &Command) {
        let dialogs = Arc::clone(&self.dialogs);
        let (command, name) = (command.clone(), export::file_name(self));
        let kind = self.view.export.kind.clone();
        self.jobs.start("Waiting for the file dialog", move |handle| {
            let answer = match command {
                Command::OpenFolder => dialogs.open_folder(),
                Command::OpenMapFile => dialogs.open_map(),
                Command::Own(Order::Choose) => dialogs.open_gazetteer(),
                Command::SaveMap => dialogs.save_picture(&format!("{name}.{kind}")),
                Command::SaveProject => dialogs.save_project(&format!("{name}.{}", saved::ENDING)),
                _ => dialogs.open_files(),
            };
            handle.send(Message::Answer(command, answer));
        });
    }

    /// Takes what the jobs sent.
    pub(super) fn receive(&mut self) {
        for polled in self.jobs.poll() {
            match polled {
                Polled::Message(Message::Read(read)) => self.arrived.push_back(read),
                Polled::Message(Message::Answer(command, answer)) => self.answered(&command, answer),
                Polled::Message(Message::Written(Ok(path))) => {
                    self.trace.note("written", &json!({ "bytes": path.metadata().map_or(0, |m| m.len()) }));
                    self.now.written = Some(path);
                    self.now.export_open = false;
                }
                Polled::Message(Message::Written(Err(problem))) => self.fail_export(problem),
                Polled::Message(Message::Saved(saved, revision)) => self.saved(saved, revision),
                Polled::Message(Message::Changed(changed)) => self.own.arrived = Some(changed),
                Polled::Message(Message::Found(shown, found)) => self.show_found(shown, *found),
                Polled::Broken(name, why) => self.broken(name, &why),
            }
        }
        while let Some(read) = self.arrived.pop_front() {
            self.take(read);
        }
        // What is being read now still speaks of the places as they were.
        if !self.jobs.is_running(READING)
            && self.arrived.is_empty()
            && let Some(changed) = self.own.arrived.take()
        {
            self.changed(*changed);
        }
        self.read_next();
    }

    fn saved(&mut self, saved: Result<PathBuf, Problem>, revision: u64) {
        match saved {
            Ok(path) => {
                self.now.written = Some(path);
                self.document.note_saved(revision);
                self.now.quit_anyway |= self.now.quit_when_saved && !self.document.is_unsaved();
            }
            Err(problem) => self.document.problems.push(problem),
        }
        self.now.quit_when_saved = false;
    }

    fn broken(&mut self, name: String, why: &str) {
        if name == SORTING {
            // The lists stay as they were; the next change sorts anew.
            self.found_for = Some((self.document.revision, self.view.filter.clone()));
        }
        let message = format!("broke off: {why}. The rest of the window goes on; try once more");
        self.document.problems.push(Problem { message, subject: name });
    }

    fn take(&mut self, read: Read) {
        self.document.problems.extend(read.problems);
        let was_empty = self.document.project.articles.is_empty();
        let mut first = None;
        if let Some((project, record)) = read.project.filter(|(project, _)| !project.articles.is_empty()) {
            if was_empty {
                self.view.filter.period = project.period;
            }
            first = Some(self.document.add_project(project, record));
        }
        if !read.articles.is_empty() {
            let added = self.document.add(read.articles, self.engine.gazetteer());
            first = first.or(Some(added));
        }
        if let Some(first) = first {
            // The first piece of what is read is shown; those behind it do not take the page away.
            if was_empty || (!self.fit_at_end && self.waiting.is_empty()) {
                self.now.article = first;
            }
            if was_empty {
                self.now.go = Some(Go::Most);
            }
            self.fit_at_end = true;
        }
        let facts = json!({
            "articles": self.document.project.articles.len(),
            "problems": self.document.problems.len(),
        });
        self.trace.note("opened", &facts);
    }

    fn answered(&mut self, command: &Command, answer: Answer) {
        match (command, answer) {
            (Command::Own(_), answer) => self.gazetteer_chosen(answer),
            (_, Answer::Cancelled) => {}
            (Command::SaveMap, Answer::Chosen(paths)) => {
                if let Some(path) = paths.into_iter().next() {
                    export::start(self, path);
                }
            }
            (Command::SaveProject, Answer::Chosen(paths)) => {
                if let Some(path) = paths.into_iter().next() {
                    saved::start(self, path);
                }
            }
            (Command::OpenMapFile, Answer::Chosen(paths)) => {
                self.view.map.file = paths.into_iter().next();
                self.view.map.ground = Ground::File;
                self.set_ground();
            }
            (_, Answer::Chosen(paths)) => self.read(Source::Paths(paths)),
            (Command::SaveMap, Answer::Unavailable) => self.fail_export(no_dialog(command)),
            (_, Answer::Unavailable) => self.document.problems.push(no_dialog(command)),
        }
    }
}

/// Says what else leads there where the system has no file dialog.
fn no_dialog(command: &Command) -> Problem {
    let (subject, instead) = match command {
        Command::SaveMap => (
            "Export map",
            "install zenity or a desktop portal, or write the picture with: dateline map FILE -o map.png",
        ),
        Command::SaveProject => (
            "Save project",
            "install zenity or a desktop portal, or write the project with: dateline analyse FILE -o \
             work.dateline",
        ),
        _ => (
            "Open",
            "drop files on the window, paste an article with Ctrl+V, or name files on the command line",
        ),
    };
    Problem { subject: subject.to_owned(), message: format!("this system offers no file dialog; {instead}") }
}
