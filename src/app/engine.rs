//! Reading and analysing, done by jobs off the window's thread.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::jobs::Handle;
use super::state::Problem;
use super::{samples, saved};
use crate::article::read::{ReadError, from_pasted, list_files, read_file};
use crate::places::Gazetteer;
use crate::places::gazetteer::GazetteerError;
use crate::places::gazetteer::user::Library;
use crate::project::{Analysed, Analyser, Project, RunRecord, Settings};

/// The gazetteer, and the analyser once it is first needed.
pub struct Engine {
    gazetteer: &'static Gazetteer,
    analyser: OnceLock<Result<Analyser, String>>,
    library: Option<Library>,
    problems: Vec<String>,
}

/// What a job is to read.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Files, saved projects among them, and folders.
    Paths(Vec<PathBuf>),
    /// Text from the clipboard.
    Pasted(String),
    /// The articles that come with the program.
    Samples,
}

/// What a reading job sends, piece by piece.
#[derive(Debug)]
pub struct Read {
    /// Articles with what was found in them.
    pub articles: Vec<Arc<Analysed>>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// A saved project, and how its findings came about.
    pub project: Option<(Project, Box<RunRecord>)>,
}

/// Articles analysed between two looks at the clock.
const BATCH: usize = 64;
/// The window is told of new articles this often.
const PACE: Duration = Duration::from_millis(400);

impl Engine {
    /// An engine over the gazetteer.
    pub fn new(gazetteer: &'static Gazetteer) -> Self {
        Self { gazetteer, analyser: OnceLock::new(), library: None, problems: Vec::new() }
    }

    /// An engine over the places that come with the program and those of a library.
    ///
    /// # Errors
    /// Only if the program's own data is damaged; what cannot be opened of the library is told by
    /// [`Engine::problems`].
    pub fn open(library: Option<Library>) -> Result<Self, GazetteerError> {
        let Some(own) = library.as_ref().filter(|library| !library.list().is_empty()) else {
            return Ok(Self { library, ..Self::new(Gazetteer::bundled()?) });
        };
        let (gazetteer, problems) = Gazetteer::with_library(own)?;
        // Findings point into it from any thread until the window closes; it is a few kilobytes
        // beside the files, which the system reads as they are needed.
        let gazetteer = Box::leak(Box::new(gazetteer));
        Ok(Self { library, problems, ..Self::new(gazetteer) })
    }

    /// The person's own gazetteers.
    pub fn library(&self) -> Option<&Library> {
        self.library.as_ref()
    }

    /// What could not be opened of them.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The places of the world.
    pub fn gazetteer(&self) -> &'static Gazetteer {
        self.gazetteer
    }

    fn analyser(&self) -> Result<&Analyser, Problem> {
        let made = self.analyser.get_or_init(|| {
            Analyser::new(self.gazetteer, Settings::default()).map_err(|error| error.to_string())
        });
        made.as_ref().map_err(|why| Problem { subject: "Analysis".to_owned(), message: why.clone() })
    }

    /// Reads and analyses a source, sending what is ready now and then.
    pub fn read<M>(self: &Arc<Self>, source: Source, handle: &Handle<M>, wrap: impl Fn(Read) -> M) {
        let Some(source) = self.open_saved(source, handle, &wrap) else { return };
        let send = |articles, problems| handle.send(wrap(Read { articles, problems, project: None }));
        let analyser = match self.analyser() {
            Ok(analyser) => analyser,
            Err(problem) => return send(Vec::new(), vec![problem]),
        };
        match source {
            Source::Samples => {
                let analyse = |article| Arc::new(analyser.analyse(article));
                send(samples::all().into_iter().map(analyse).collect(), Vec::new());
            }
            Source::Pasted(text) => match from_pasted(&text) {
                Ok(article) => send(vec![Arc::new(analyser.analyse(article))], Vec::new()),
                Err(error) => send(Vec::new(), vec![problem("Pasted text", &error)]),
            },
            Source::Paths(paths) => read_paths(analyser, &paths, handle, send),
        }
    }

    /// Analyses the articles of a project anew, in their order, telling how many are done; `None`
    /// where `tell` says to stop.
    pub fn anew(
        &self,
        project: &Project,
        mut tell: impl FnMut(usize, usize) -> bool,
    ) -> Result<Option<Vec<Analysed>>, Problem> {
        let analyser = self.analyser()?;
        let mut out = Vec::with_capacity(project.articles.len());
        for articles in project.articles.chunks(BATCH) {
            if !tell(out.len(), project.articles.len()) {
                return Ok(None);
            }
            out.par_extend(articles.par_iter().map(|old| analyser.analyse(old.article.clone())));
        }
        Ok(Some(out))
    }

    /// Opens the saved projects of a source; gives what is left to read, if anything.
    fn open_saved<M>(&self, source: Source, handle: &Handle<M>, wrap: impl Fn(Read) -> M) -> Option<Source> {
        let Source::Paths(paths) = source else { return Some(source) };
        let (projects, others): (Vec<_>, Vec<_>) =
            paths.into_iter().partition(|path| saved::is_project(path));
        for path in &projects {
            handle.send(wrap(saved::open(path, self.gazetteer)));
        }
        (!others.is_empty() || projects.is_empty()).then_some(Source::Paths(others))
    }
}

fn problem(subject: &str, error: &ReadError) -> Problem {
    Problem { subject: subject.to_owned(), message: error.to_string() }
}

fn read_paths<M>(
    analyser: &Analyser,
    paths: &[PathBuf],
    handle: &Handle<M>,
    send: impl Fn(Vec<Arc<Analysed>>, Vec<Problem>),
) {
    let (files, report) = list_files(paths);
    let all = files.len();
    let told = report.problems.iter();
    let mut problems: Vec<Problem> =
        told.map(|p| Problem { subject: p.path.display().to_string(), message: p.message.clone() }).collect();
    let mut articles = Vec::new();
    let mut last = Instant::now();
    for (done, files) in files.chunks(BATCH).enumerate().map(|(i, chunk)| (i * BATCH, chunk)) {
        if handle.cancelled() {
            break;
        }
        handle.progress(done, paths.len().max(all));
        let read = |file: &PathBuf| read_file(file).map(|article| Arc::new(analyser.analyse(article)));
        let analysed: Vec<Result<Arc<Analysed>, ReadError>> = files.par_iter().map(read).collect();
        for (file, result) in files.iter().zip(analysed) {
            match result {
                Ok(analysed) => articles.push(analysed),
                Err(error) => problems.push(problem(&file.display().to_string(), &error)),
            }
        }
        if last.elapsed() > PACE {
            send(std::mem::take(&mut articles), std::mem::take(&mut problems));
            last = Instant::now();
        }
    }
    send(articles, problems);
}
