//! The table of commands: where each stands, what it is called, which keys do it.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::command::Command;
use super::state::{Motion, Page, Tab, ThemeChoice, Tool};
use crate::map::MapLayer;

/// Which menu a command stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are what the menus are called")]
pub enum Menu {
    File,
    Edit,
    View,
    Map,
    Review,
    Help,
    /// In no menu: keys alone.
    Keys,
}

impl Menu {
    /// The menus in the order of the menu bar, with their names.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::File, "File"),
        (Self::Edit, "Edit"),
        (Self::View, "View"),
        (Self::Map, "Map"),
        (Self::Review, "Review"),
        (Self::Help, "Help"),
    ];
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// Where it stands.
    pub menu: Menu,
    /// What it is called.
    pub text: &'static str,
    /// What it does, in a sentence.
    pub tooltip: &'static str,
    /// The keys that do it.
    pub shortcut: Option<KeyboardShortcut>,
    /// Whether a line is drawn above it.
    pub apart: bool,
    /// Whether its keys work only while the candidates of a place are shown; then they come first.
    pub on_card: bool,
}

const fn ctrl(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::COMMAND, key))
}

const fn plain(key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(Modifiers::NONE, key))
}

const fn entry(
    menu: Menu,
    command: Command,
    text: &'static str,
    shortcut: Option<KeyboardShortcut>,
    tooltip: &'static str,
) -> Entry {
    Entry { command, menu, text, tooltip, shortcut, apart: false, on_card: false }
}

const fn apart(
    menu: Menu,
    command: Command,
    text: &'static str,
    shortcut: Option<KeyboardShortcut>,
    tooltip: &'static str,
) -> Entry {
    Entry { command, menu, text, tooltip, shortcut, apart: true, on_card: false }
}

/// A command on the card of candidates.
const fn card(menu: Menu, command: Command, text: &'static str, key: Key, tooltip: &'static str) -> Entry {
    Entry { command, menu, text, tooltip, shortcut: plain(key), apart: false, on_card: true }
}

/// Every command that stands in a menu.
pub static TABLE: &[Entry] = &{
    use Command as C;
    use Menu::{Edit, File, Help, Keys, Map, Review, View};
    [
        entry(
            File,
            C::OpenFiles,
            "Open…",
            ctrl(Key::O),
            "Open text, Markdown or HTML files, or a saved project",
        ),
        entry(
            File,
            C::OpenFolder,
            "Open folder…",
            Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O)),
            "Open every article in a folder",
        ),
        entry(File, C::OpenSamples, "Open the samples", None, "Open the articles that come with the program"),
        apart(
            File,
            C::SaveProject,
            "Save project as…",
            ctrl(Key::S),
            "Save the articles with what was found in them, to open again later",
        ),
        entry(File, C::ExportMap, "Export map…", ctrl(Key::E), "Save the map as a PNG, SVG or PDF picture"),
        apart(File, C::CloseArticle, "Close article", ctrl(Key::W), "Close the article that is shown"),
        entry(File, C::CloseAll, "Close all", None, "Close every article"),
        apart(
            File,
            C::Settings(Some(Page::General)),
            "Settings…",
            ctrl(Key::Comma),
            "Theme, coordinates, own maps",
        ),
        entry(
            File,
            C::Settings(Some(Page::Gazetteers)),
            "Your gazetteers…",
            None,
            "Places of your own: villages, camps, sites",
        ),
        apart(File, C::Quit, "Quit", ctrl(Key::Q), "End the program"),
        entry(Edit, C::Undo, "Undo", ctrl(Key::Z), "Take the last change back"),
        entry(
            Edit,
            C::Redo,
            "Redo",
            Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z)),
            "Do again what was taken back",
        ),
        apart(
            Edit,
            C::PasteArticle,
            "Paste article",
            ctrl(Key::V),
            "Read the clipboard's text as an article",
        ),
        apart(Edit, C::Find, "Find", ctrl(Key::K), "Find a place, an article or an event"),
        entry(Edit, C::Deselect, "Deselect", plain(Key::Escape), "Choose nothing"),
        entry(
            View,
            C::Show(Tab::Passages),
            "Passages",
            ctrl(Key::Num1),
            "The passages behind the chosen marker",
        ),
        entry(
            View,
            C::Show(Tab::Article),
            "Article",
            ctrl(Key::Num2),
            "The article with its passages marked",
        ),
        entry(View, C::Show(Tab::Places), "Places", ctrl(Key::Num3), "The places as a list"),
        entry(View, C::Show(Tab::Events), "Events", ctrl(Key::Num4), "The events as a list"),
        apart(View, C::ToggleLeft, "Left panel", plain(Key::F8), "Show or hide the articles and filters"),
        entry(
            View,
            C::ToggleRight,
            "Right panel",
            plain(Key::F9),
            "Show or hide passages, article and lists",
        ),
        entry(
            View,
            C::ToggleTimeline,
            "Timeline",
            plain(Key::F7),
            "Show or fold the events by day under the map",
        ),
        entry(
            View,
            C::Play,
            "Play through time",
            plain(Key::T),
            "Let the chosen days run through the timeline",
        ),
        entry(View, C::Period(None), "Show all days", None, "Take back the choice of days"),
        apart(View, C::Theme(ThemeChoice::System), "Like the system", None, "Light or dark as the system is"),
        entry(View, C::Theme(ThemeChoice::Light), "Light", None, "Dark ink on light ground"),
        entry(View, C::Theme(ThemeChoice::Dark), "Dark", None, "Light ink on dark ground"),
        apart(View, C::Motion(Motion::Reduced), "Reduced motion", None, "The map jumps where it would fly"),
        entry(Map, C::ZoomIn, "Zoom in", plain(Key::Plus), "One step nearer"),
        entry(Map, C::ZoomOut, "Zoom out", plain(Key::Minus), "One step farther"),
        entry(Map, C::FitAll, "Fit all markers", plain(Key::F), "See every marker"),
        apart(Map, C::Layer(MapLayer::Markers), "Markers", plain(Key::Num1), "A sign for each place"),
        entry(
            Map,
            C::Layer(MapLayer::Heat),
            "Heat map",
            plain(Key::Num2),
            "Colour by how much happened thereabouts",
        ),
        entry(
            Map,
            C::Layer(MapLayer::Provinces),
            "By province",
            plain(Key::Num3),
            "Provinces by how much happened in them",
        ),
        entry(
            Map,
            C::Layer(MapLayer::Countries),
            "By country",
            plain(Key::Num4),
            "Countries by how much happened in them",
        ),
        apart(Map, C::Graticule, "Graticule", plain(Key::G), "Lines of latitude and longitude"),
        entry(Map, C::Minimap, "Minimap", plain(Key::O), "A small map of the world"),
        entry(
            Map,
            C::NativeNames,
            "Native names",
            None,
            "Москва, Αθήνα: countries and large cities as they are written there",
        ),
        apart(
            Map,
            C::Tool(Tool::Measure),
            "Measure distance",
            plain(Key::M),
            "Click points on the map; Esc ends",
        ),
        entry(
            Map,
            C::Tool(Tool::Box),
            "Filter by a box",
            plain(Key::B),
            "Drag a box around the events to be shown",
        ),
        entry(
            Map,
            C::Tool(Tool::Lasso),
            "Filter by a lasso",
            plain(Key::L),
            "Draw a line around the events to be shown",
        ),
        entry(
            Map,
            C::Region(Vec::new()),
            "Clear the drawn region",
            None,
            "Show the events of the whole world again",
        ),
        entry(
            Map,
            C::CopyCoordinates,
            "Copy coordinates",
            plain(Key::C),
            "Copy the coordinates under the pointer",
        ),
        apart(
            Review,
            C::Join(None),
            "Join with another event",
            None,
            "Two events are the same happening: choose the second one",
        ),
        entry(
            Review,
            C::Split(None),
            "Take the report out",
            None,
            "The chosen event is a happening of its own, not one of its group",
        ),
        apart(Map, C::NextPassage, "Next passage", plain(Key::N), "The next passage of the chosen place"),
        entry(Map, C::PreviousPassage, "Previous passage", plain(Key::P), "The passage before"),
        entry(Map, C::AllKinds, "Show every event type", None, "Take back the choice of event types"),
        entry(Keys, C::Pan(-1, 0), "Go west", plain(Key::ArrowLeft), "The map goes west"),
        entry(Keys, C::Pan(1, 0), "Go east", plain(Key::ArrowRight), "The map goes east"),
        entry(Keys, C::Pan(0, 1), "Go north", plain(Key::ArrowUp), "The map goes north"),
        entry(Keys, C::Pan(0, -1), "Go south", plain(Key::ArrowDown), "The map goes south"),
        entry(
            Keys,
            C::Unmeasure,
            "Last point back",
            plain(Key::Backspace),
            "Take the last measured point back",
        ),
        entry(
            Review,
            C::Review,
            "Review doubtful places",
            ctrl(Key::R),
            "Go through the places that are doubtful, with the keyboard alone",
        ),
        card(Review, C::NextDoubtful, "Next doubtful place", Key::N, "The next place that is doubtful"),
        card(Review, C::PreviousDoubtful, "Previous doubtful place", Key::P, "The doubtful place before"),
        card(Review, C::Accept, "Accept the marked place", Key::Enter, "The words denote the marked place"),
        card(
            Review,
            C::AcceptAll,
            "Accept for all of this name",
            Key::A,
            "The words denote the marked place wherever they stand, in all articles",
        ),
        card(Review, C::NoPlace, "No place", Key::X, "The words name no place"),
        card(Review, C::Unknown, "Cannot be identified", Key::U, "A place, but nobody can tell which"),
        card(Review, C::Elsewhere, "Search another place", Key::S, "Look for a place that is not listed"),
        card(Review, C::Undecide, "Take the decision back", Key::Backspace, "As the program found it"),
        card(Keys, C::Mark(1), "Mark the next candidate", Key::ArrowDown, "The candidate below"),
        card(Keys, C::Mark(-1), "Mark the candidate before", Key::ArrowUp, "The candidate above"),
        card(Keys, C::Choose(0), "First candidate", Key::Num1, "The words denote the first candidate"),
        card(Keys, C::Choose(1), "Second candidate", Key::Num2, "The words denote the second candidate"),
        card(Keys, C::Choose(2), "Third candidate", Key::Num3, "The words denote the third candidate"),
        card(Keys, C::Choose(3), "Fourth candidate", Key::Num4, "The words denote the fourth candidate"),
        card(Keys, C::Choose(4), "Fifth candidate", Key::Num5, "The words denote the fifth candidate"),
        card(Keys, C::Choose(5), "Sixth candidate", Key::Num6, "The words denote the sixth candidate"),
        card(Keys, C::Choose(6), "Seventh candidate", Key::Num7, "The words denote the seventh candidate"),
        card(Keys, C::Choose(7), "Eighth candidate", Key::Num8, "The words denote the eighth candidate"),
        card(Keys, C::Choose(8), "Ninth candidate", Key::Num9, "The words denote the ninth candidate"),
        entry(Help, C::Shortcuts, "Keyboard shortcuts", plain(Key::F1), "What the keys do"),
        entry(Help, C::About, "About Dateline", None, "Version, data and licences"),
    ]
};

/// The line of the table for a command, where it has one.
pub fn entry_of(command: &Command) -> Option<&'static Entry> {
    TABLE.iter().find(|entry| entry.command == *command)
}

/// The commands whose keys were pressed, in the order of the table; `on_map` says that the
/// keyboard is on a marker, `on_card` that candidates are shown, whose keys then come first. Keys
/// that edit text sleep while a text field has the focus.
pub fn pressed(ctx: &egui::Context, on_map: bool, on_card: bool) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    // Arrows move among controls and sliders while one of them has the keyboard.
    let elsewhere = !on_map && ctx.memory(|m| m.focused().is_some());
    let mut out = Vec::new();
    // Keys with Shift come first, because those without take them for theirs.
    let shifted = |entry: &&Entry| entry.shortcut.is_some_and(|shortcut| shortcut.modifiers.shift);
    let keys = |card: bool, shift: bool| {
        TABLE.iter().filter(move |entry| entry.on_card == card && shifted(entry) == shift)
    };
    let card = keys(true, false).filter(|_| on_card);
    for entry in card.chain(keys(false, true)).chain(keys(false, false)) {
        // The system turns Ctrl+V into an event of its own, which brings the text.
        let Some(shortcut) = entry.shortcut.filter(|_| entry.command != Command::PasteArticle) else {
            continue;
        };
        let edits = typing && matches!(entry.command, Command::Undo | Command::Redo);
        let moves = matches!(entry.command, Command::Pan(..) | Command::Mark(_) | Command::Accept);
        if edits || (typing && shortcut.conflicts_with_text_editing()) || (moves && (typing || elsewhere)) {
            continue;
        }
        if ctx.input_mut(|i| i.consume_shortcut(&shortcut)) {
            out.push(entry.command.clone());
        }
    }
    if !typing && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Equals)) {
        out.push(Command::ZoomIn);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_keys() {
        let mut seen = Vec::new();
        for (card, shortcut) in TABLE.iter().filter_map(|entry| Some((entry.on_card, entry.shortcut?))) {
            assert!(!seen.contains(&(card, shortcut)), "{shortcut:?}");
            seen.push((card, shortcut));
        }
    }

    #[test]
    fn texts_are_in_normal_casing_without_full_stop() {
        for entry in TABLE {
            assert!(!entry.text.ends_with('.') && !entry.tooltip.ends_with('.'), "{}", entry.text);
            assert!(entry.text.chars().next().is_some_and(char::is_uppercase), "{}", entry.text);
        }
    }

    #[test]
    fn an_ellipsis_stands_only_where_a_dialog_follows() {
        let dialogs = [
            Command::OpenFiles,
            Command::OpenFolder,
            Command::SaveProject,
            Command::ExportMap,
            Command::Settings(Some(Page::General)),
            Command::Settings(Some(Page::Gazetteers)),
        ];
        for entry in TABLE {
            assert_eq!(entry.text.ends_with('…'), dialogs.contains(&entry.command), "{}", entry.text);
        }
    }

    #[test]
    fn every_menu_has_commands() {
        for (menu, name) in Menu::ALL {
            assert!(TABLE.iter().any(|entry| entry.menu == menu), "{name}");
        }
    }
}
