//! Everything a person can do in the window, in one table.
//!
//! Menus, buttons, shortcuts and the help window are drawn from [`TABLE`](super::table::TABLE); views
//! only return commands, which [`super::apply`] carries out once a frame.

use std::path::PathBuf;

use super::choices::{ExportOptions, MapLook};
use super::own::Order;
use super::state::{Motion, Page, Passage, Sort, Tab, ThemeChoice, Tool};
use super::timeline::Unit;
use crate::events::EventType;
use crate::map::MapLayer;
use crate::map::coordinates::CoordinateStyle;
use crate::places::{LonLat, PlaceIndex};
use crate::project::Period;

/// One action of the person at the window.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Ask for files and open them.
    OpenFiles,
    /// Ask for a folder and open what is in it.
    OpenFolder,
    /// Open these files and folders.
    OpenPaths(Vec<PathBuf>),
    /// Open the sample articles.
    OpenSamples,
    /// Ask the system for the clipboard's text.
    PasteArticle,
    /// Open this text as an article.
    PasteText(String),
    /// Ask for a file and save the project into it.
    SaveProject,
    /// Close the article that is shown.
    CloseArticle,
    /// Close every article.
    CloseAll,
    /// Show or hide the options of the export.
    ExportMap,
    /// Ask for a file and write the map into it.
    SaveMap,
    /// Change how the picture is written.
    ExportOptions(ExportOptions),
    /// End the program; asks where work would be lost.
    Quit,
    /// Save the project, then end the program.
    SaveAndQuit,
    /// End the program without saving.
    QuitAnyway,
    /// Go to the search field.
    Find,
    /// Choose nothing.
    Deselect,
    /// Take the last change back.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// Go through the places that are doubtful, one after the other; ends where that goes on.
    Review,
    /// The next place that is doubtful.
    NextDoubtful,
    /// The one before.
    PreviousDoubtful,
    /// Mark the candidate so many lines further down.
    Mark(isize),
    /// Decide for the marked candidate.
    Accept,
    /// Decide for a candidate: its line, from 0.
    Choose(usize),
    /// Decide for a place that need not be among the candidates.
    ChoosePlace(PlaceIndex),
    /// Decide that the words name no place.
    NoPlace,
    /// Decide that nobody can tell which place is meant.
    Unknown,
    /// Decide for the marked candidate wherever the name stands, in all articles.
    AcceptAll,
    /// Take the decision on these words away.
    Undecide,
    /// Take a report out of its group: the chosen one with none.
    Split(Option<Passage>),
    /// Join the chosen event with this one; with none, wait until another is chosen.
    Join(Option<Passage>),
    /// Look for a place that is no candidate.
    Elsewhere,
    /// Show only what may have happened in these days; everything with none.
    Period(Option<Period>),
    /// Let the chosen days run through time, or stop them.
    Play,
    /// Show the bars of the timeline, or only its title.
    ToggleTimeline,
    /// What a bar of the timeline stands for.
    TimelineUnit(Unit),
    /// Show a tab of the right panel.
    Show(Tab),
    /// Show or hide the left panel.
    ToggleLeft,
    /// Show or hide the right panel.
    ToggleRight,
    /// Follow the system, or stay light or dark.
    Theme(ThemeChoice),
    /// Animate or not.
    Motion(Motion),
    /// One step nearer.
    ZoomIn,
    /// One step farther.
    ZoomOut,
    /// See every marker.
    FitAll,
    /// Look farther east and north, in thirds of what is seen.
    Pan(i8, i8),
    /// Choose what a click or a drag on the map does.
    Tool(Tool),
    /// Add a point to the way that is measured.
    Measure(LonLat),
    /// Take the last point of the way back.
    Unmeasure,
    /// Show only what lies within these corners; everything with none.
    Region(Vec<LonLat>),
    /// Draw what happened in this way.
    Layer(MapLayer),
    /// Show or hide the lines of latitude and longitude.
    Graticule,
    /// Show or hide the small map of the world.
    Minimap,
    /// Write countries and large cities in the letters of their state, or in English ones.
    NativeNames,
    /// Write coordinates so.
    Coordinates(CoordinateStyle),
    /// Copy the coordinates under the pointer, or where it was last.
    CopyCoordinates,
    /// Show the map so.
    MapLook(Box<MapLook>),
    /// Forget the map tiles that were kept.
    ClearTiles,
    /// Ask for a file of map tiles and draw the map on it.
    OpenMapFile,
    /// Change the gazetteers of one's own.
    Own(Order),
    /// Show a page of the settings; none closes them.
    Settings(Option<Page>),
    /// See this point, as near as now.
    LookAt(LonLat),
    /// See this place, as near as its kind allows.
    FlyToPlace(PlaceIndex),
    /// The next passage of the chosen place.
    NextPassage,
    /// The passage before.
    PreviousPassage,
    /// Show an article.
    SelectArticle(usize),
    /// Choose a marker: its passages, the text at the first of them.
    SelectPlace(PlaceIndex),
    /// Choose a passage of the chosen marker: the text scrolls to it, the map stays.
    ShowPassage(Passage),
    /// Choose a passage: the map flies to its place.
    SelectPassage(Passage),
    /// Choose a place named in the text: article and mention.
    SelectMention(usize, usize),
    /// Show or hide an event type.
    ToggleKind(EventType),
    /// Show every event type.
    AllKinds,
    /// Hide what is less sure than this, 0 to 1.
    Confidence(f32),
    /// Order the places.
    SortPlaces(Sort),
    /// List what a cluster holds.
    ListCluster(Vec<PlaceIndex>),
    /// Put the first hint away.
    DismissHint,
    /// Forget a problem.
    DismissProblem(usize),
    /// Forget all problems.
    DismissProblems,
    /// Stop a job.
    Cancel(u64),
    /// Show the table of shortcuts.
    Shortcuts,
    /// Show what the program is and where its data comes from.
    About,
}
