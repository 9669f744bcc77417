//! Adds and removes gazetteers in the background. The articles are analysed anew by the same job,
//! and both come into force in one frame: a place is a number that only its gazetteer understands.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::command::Command;
use super::super::dateline_app::{DatelineApp, Message};
use super::super::dialogs::Answer;
use super::super::engine::Engine;
use super::super::jobs::Handle;
use super::super::state::{Page, Transient};
use super::{Chosen, Order, Outcome, Wanted};
use crate::map::basemap::Basemap;
use crate::map::divisions::Divisions;
use crate::places::gazetteer::user::{AddError, AddOptions, Added, Library, Progress, Stage};
use crate::places::{Gazetteer, LonLat};
use crate::project::{Analysed, Project};

/// Told where the system has no file dialog.
const NO_DIALOG: &str = "this system offers no file dialog; install zenity or a desktop portal, or add the file with: \
                         dateline gazetteer add FILE";
/// The name of the job; one at a time.
pub const CHANGING: &str = "Changing your gazetteers";

/// The name of the job that analyses articles once more that came meanwhile.
pub const AGAIN: &str = "Reading the articles again";

/// Told how far an import is; false stops it.
type Watch<'a> = &'a mut dyn FnMut(Progress) -> bool;
/// How an order ended.
type Done = Result<Outcome, AddError>;

/// What the job sends at its end.
#[derive(Default)]
pub struct Changed {
    outcome: Option<Outcome>,
    /// Whether the articles were not analysed anew because the person stopped it.
    later: bool,
    /// The gazetteers as they are now, and the articles by them; `None` where nothing changed.
    anew: Option<Anew>,
}

/// The articles of a revision, analysed anew.
struct Anew {
    engine: Arc<Engine>,
    articles: Vec<Analysed>,
    of: Arc<Project>,
}

impl std::fmt::Debug for Changed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Changed").field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl DatelineApp {
    /// Carries out an order.
    pub(in super::super) fn order(&mut self, order: Order) {
        match order {
            Order::Choose => self.ask(&Command::Own(Order::Choose)),
            Order::Dismiss => self.own.outcome = None,
            Order::Add(wanted) => self
                .change(move |library, world, watch| add(library, &wanted, world, watch).map(Outcome::from)),
            Order::Remove(name) => self.change(move |library, _, _| {
                library.tidy();
                library.remove(&name).map(|()| Outcome::Removed(name))
            }),
        }
    }

    /// What the dialog answered that asked for a gazetteer.
    pub(in super::super) fn gazetteer_chosen(&mut self, answer: Answer) {
        let look = |path: &PathBuf| Chosen::new(path).map_err(|error| error.to_string());
        let told = match answer {
            Answer::Cancelled => return,
            Answer::Unavailable => Err(NO_DIALOG.to_owned()),
            Answer::Chosen(paths) => paths.first().map(look).transpose(),
        };
        self.now.settings = Some(Page::Gazetteers);
        self.own.outcome = None;
        match told {
            Ok(chosen) => self.typed.chosen = chosen,
            Err(why) => self.own.outcome = Some(Outcome::Failed(why)),
        }
    }

    fn change(
        &mut self,
        work: impl FnOnce(&Library, &'static Gazetteer, Watch<'_>) -> Done + Send + 'static,
    ) {
        let Some(library) = self.own.library.clone().filter(|_| !self.jobs.is_running(AGAIN)) else { return };
        self.own.outcome = None;
        let project = Arc::clone(&self.document.project);
        self.jobs.start(CHANGING, move |handle| {
            let changed = change(library, project, handle, work);
            handle.send(Message::Changed(Box::new(changed)));
        });
    }

    /// Takes what the job sent. Where articles came or went meanwhile, they are analysed once more.
    pub(in super::super) fn changed(&mut self, changed: Changed) {
        self.own.refresh();
        self.own.outcome = changed.outcome.or_else(|| self.own.outcome.take());
        self.own.later = changed.later;
        let Some(anew) = changed.anew else { return };
        if !Arc::ptr_eq(&anew.of, &self.document.project) {
            let project = Arc::clone(&self.document.project);
            self.jobs.start(AGAIN, move |handle| {
                let changed = analyse(anew.engine, project, handle);
                handle.send(Message::Changed(Box::new(changed)));
            });
            return;
        }
        let (old, new) = (self.engine.gazetteer(), anew.engine.gazetteer());
        self.engine = anew.engine;
        let renewed = self.document.project.renewed(anew.articles, old, new);
        self.document.renew(renewed);
        let (article, settings) = (self.now.article, self.now.settings);
        self.now = Transient { article, settings, ..Transient::default() };
    }
}

/// Changes the library, then has the articles analysed by what it is now.
fn change(
    library: Library,
    project: Arc<Project>,
    handle: &Handle<Message>,
    work: impl FnOnce(&Library, &'static Gazetteer, Watch<'_>) -> Done,
) -> Changed {
    let mut watch = |progress: Progress| {
        handle.say(&told(progress));
        handle.progress(progress.percent() as usize, 100);
        !handle.cancelled()
    };
    let failed = |why: String| Changed { outcome: Some(Outcome::Failed(why)), ..Changed::default() };
    let world = match Gazetteer::bundled() {
        Ok(world) => world,
        Err(error) => return failed(error.to_string()),
    };
    let outcome = match work(&library, world, &mut watch) {
        Ok(outcome) => outcome,
        Err(error) => return failed(error.to_string()),
    };
    match Engine::open(Some(library)) {
        Ok(engine) => Changed { outcome: Some(outcome), ..analyse(Arc::new(engine), project, handle) },
        Err(error) => failed(error.to_string()),
    }
}

fn add(
    library: &Library,
    wanted: &Wanted,
    world: &'static Gazetteer,
    watch: Watch<'_>,
) -> Result<Added, AddError> {
    let basemap = Basemap::bundled().ok();
    let divisions = basemap.map(|basemap| Divisions { gazetteer: world, basemap });
    let locate = |at: LonLat| divisions.and_then(|divisions| divisions.at(at));
    let options = AddOptions {
        name: Some(wanted.name.clone()),
        replace: wanted.replace,
        columns: wanted.columns.clone(),
        locate: Some(&locate),
    };
    library.add(&wanted.path, &options, world, watch)
}

/// Analyses the articles anew. Where that is stopped, they stay as they were, and so do the places
/// they are read with.
fn analyse(engine: Arc<Engine>, project: Arc<Project>, handle: &Handle<Message>) -> Changed {
    handle.say("reading the articles again");
    let articles = engine.anew(&project, |done, total| {
        handle.progress(done, total);
        !handle.cancelled()
    });
    match articles {
        Ok(Some(articles)) => {
            Changed { anew: Some(Anew { engine, articles, of: project }), ..Changed::default() }
        }
        Ok(None) => Changed { later: true, ..Changed::default() },
        Err(problem) => Changed { outcome: Some(Outcome::Failed(problem.message)), ..Changed::default() },
    }
}

fn told(progress: Progress) -> String {
    let doing = match progress.stage {
        Stage::Reading => "rows read",
        Stage::Sorting => "rows read, sorting names",
    };
    format!("{} {doing} · {} %", super::page::grouped(progress.rows as usize), progress.percent())
}
