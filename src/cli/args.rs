//! The command line.

use std::path::PathBuf;

use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::export::Page;
use crate::map::{Bounds, MapLayer, Theme};
use crate::places::{Region, Role};
use crate::project::Care;

/// Turns news articles into a map of events, offline and on this computer only.
///
/// Without a command, opens the window with the given articles, folders or project.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, args_conflicts_with_subcommands = true)]
pub struct Args {
    /// Articles, folders or a project to open in the window.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to do without a window.
    #[command(subcommand)]
    pub call: Option<Call>,
}

/// The calls of the batch tool.
#[derive(Debug, Subcommand)]
pub enum Call {
    /// Reads articles or folders, finds places and events, and writes them.
    #[command(visible_alias = "analyze")]
    Analyse(AnalyseCall),
    /// Finds places and events in a stream: one JSON object a line in, one a line out, in order.
    Geoparse(GeoparseCall),
    /// Draws the map of articles as a picture.
    Map(MapCall),
    /// Tells about the gazetteer, or searches it.
    Gazetteer(GazetteerCall),
    /// Measures recognition and resolution of places on annotated corpora.
    Evaluate(EvaluateCall),
}

/// The articles a call works on.
#[derive(Debug, ClapArgs)]
pub struct InputArgs {
    /// Articles (.txt, .md, .html), folders of them, or one project (.dateline).
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Day of publication of these articles, year first; overrides what the files say.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub published: Option<Date>,
    /// Where the articles are expected to play: a country code ("AF") or "west,south,east,north".
    #[arg(long, value_name = "REGION", allow_hyphen_values = true)]
    pub region: Option<Region>,
    /// How carefully places are recognised: "accurate" reads about ten articles a second, and
    /// makes fewer mistakes.
    #[arg(long, value_name = "MODE", default_value = "fast", value_parser = parse_care)]
    pub mode: Care,
}

/// `dateline analyse`.
#[derive(Debug, ClapArgs)]
pub struct AnalyseCall {
    /// The articles.
    #[command(flatten)]
    pub input: InputArgs,
    /// Format of what is written; without it, the ending of OUT decides.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// File to write; without it, or with "-", standard output.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// The most candidates written for a mention (jsonl only).
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub candidates: usize,
}

/// `dateline geoparse`.
#[derive(Debug, ClapArgs)]
pub struct GeoparseCall {
    /// Read and write JSON Lines: {"id", "text", "published"?, "title"?, "source"?, "region"?} a line.
    #[arg(long, required = true)]
    pub jsonl: bool,
    /// The most candidates written for a mention.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub candidates: usize,
    /// Leave out mentions in these roles, for example "demonym,organisation_part".
    #[arg(long, value_name = "ROLES", value_delimiter = ',', value_parser = parse_role)]
    pub drop: Vec<Role>,
    /// Find places only; the list of events stays empty.
    #[arg(long)]
    pub places_only: bool,
    /// How carefully places are recognised: "accurate" reads about ten articles a second, and
    /// makes fewer mistakes.
    #[arg(long, value_name = "MODE", default_value = "fast", value_parser = parse_care)]
    pub mode: Care,
}

/// `dateline map`.
#[derive(Debug, ClapArgs)]
pub struct MapCall {
    /// The articles.
    #[command(flatten)]
    pub input: InputArgs,
    /// File to write, ending in .png, .svg or .pdf; "-" writes SVG to standard output.
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// Width and height in pixels.
    #[arg(long, value_name = "WxH", default_value = "1600x1000", value_parser = parse_size)]
    pub size: (u32, u32),
    /// A sheet instead of a size: A3, A4, A5, Letter or Legal; lying, or upright with --portrait.
    #[arg(long, value_name = "PAGE", value_parser = parse_page, conflicts_with = "size")]
    pub page: Option<Page>,
    /// The sheet stands upright.
    #[arg(long, requires = "page")]
    pub portrait: bool,
    /// Pixels a pixel of a PNG: 2 doubles its width and height, with everything twice as large.
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    pub scale: f32,
    /// What is shown, in degrees; without it, everything that is drawn.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = parse_bounds)]
    pub bbox: Option<Bounds>,
    /// How the events are drawn: markers, heat, provinces or countries.
    #[arg(long, value_name = "LAYER", default_value = "markers", value_parser = parse_layer)]
    pub layer: MapLayer,
    /// Countries and large cities in the letters of their state.
    #[arg(long = "native-names")]
    pub native: bool,
    /// Colours: light, dark or print.
    #[arg(long, value_name = "STYLE", default_value = "light", value_parser = parse_theme)]
    pub style: Theme,
    /// Draw on a dark ground; the same as --style dark.
    #[arg(long, conflicts_with = "style")]
    pub dark: bool,
    /// Written above the map; without it, the headline of a single article.
    #[arg(long, value_name = "T")]
    pub title: Option<String>,
    /// Written under the title; without it, the number of articles and places.
    #[arg(long, value_name = "T")]
    pub subtitle: Option<String>,
    /// Written under the map.
    #[arg(long, value_name = "T")]
    pub caption: Option<String>,
    /// Explain the signs.
    #[arg(long, value_name = "yes|no", default_value = "yes", action = ArgAction::Set, value_parser = parse_yes)]
    pub legend: bool,
    /// Draw a scale bar.
    #[arg(long, value_name = "yes|no", default_value = "yes", action = ArgAction::Set, value_parser = parse_yes)]
    pub scale_bar: bool,
    /// Tell the first and last day in the subtitle.
    #[arg(long, value_name = "yes|no", default_value = "yes", action = ArgAction::Set, value_parser = parse_yes)]
    pub dates: bool,
    /// Draw an arrow to the north.
    #[arg(long)]
    pub north: bool,
    /// Number the markers and list their passages beside the map.
    #[arg(long)]
    pub key: bool,
    /// A person has checked the places: leave out the mark that nobody has.
    #[arg(long)]
    pub reviewed: bool,
}

/// `dateline evaluate`.
#[derive(Debug, ClapArgs)]
pub struct EvaluateCall {
    /// Annotated corpora: files of {"text", "toponyms"} lines, or folders of articles with names
    /// marked inline.
    #[arg(long, value_name = "FILE", num_args = 1.., required_unless_present = "corpora")]
    pub corpus: Vec<PathBuf>,
    /// Folder of the corpora that the table of floors names.
    #[arg(long, value_name = "FOLDER", requires = "floors", conflicts_with = "corpus")]
    pub corpora: Option<PathBuf>,
    /// Table of the corpora, what each counts, and the least figures allowed.
    #[arg(long, value_name = "FILE", requires = "corpora")]
    pub floors: Option<PathBuf>,
    /// How each corpus is scored.
    #[command(flatten)]
    pub scoring: ScoringArgs,
}

/// What is scored, and what is told about it.
#[derive(Debug, ClapArgs)]
pub struct ScoringArgs {
    /// Leave out mentions in these roles, for example "demonym,organisation_part".
    #[arg(long, value_name = "ROLES", value_delimiter = ',', value_parser = parse_role)]
    pub drop: Vec<Role>,
    /// Leave out annotated places of these types; what is found there is neither right nor wrong.
    #[arg(long, value_name = "TYPES", value_delimiter = ',')]
    pub drop_type: Vec<String>,
    /// Ask only for annotated places of this class.
    #[arg(long, value_name = "CLASS")]
    pub class: Option<String>,
    /// Score these lines of "dateline geoparse", or of another program, instead of finding anew.
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
    /// Of folders, take the articles that train the models, too.
    #[arg(long)]
    pub all: bool,
    /// Write JSON, one line a corpus.
    #[arg(long)]
    pub json: bool,
    /// Figures of an earlier time, written with --json, to tell what changed.
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// List what went wrong, the costliest first, this many kinds of it; quotes the texts.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "40", conflicts_with = "json")]
    pub errors: Option<usize>,
    /// How carefully places are recognised: "fast" or "accurate".
    #[arg(long, value_name = "MODE", default_value = "fast", value_parser = parse_care)]
    pub mode: Care,
}

/// `dateline gazetteer`.
#[derive(Debug, ClapArgs)]
pub struct GazetteerCall {
    /// What to do with it.
    #[command(subcommand)]
    pub call: GazetteerAction,
}

/// The calls of `dateline gazetteer`.
#[derive(Debug, Subcommand)]
pub enum GazetteerAction {
    /// Number of places and names, version, sources, licences, content hash.
    Info {
        /// Write JSON.
        #[arg(long)]
        json: bool,
    },
    /// Places of a name, or of each line {"q": name} on standard input.
    Search {
        /// The name.
        #[arg(value_name = "NAME", required_unless_present = "jsonl", conflicts_with = "jsonl")]
        name: Option<String>,
        /// Write JSON.
        #[arg(long)]
        json: bool,
        /// Read {"q": name} lines, write {"q": name, "places": […]} lines.
        #[arg(long)]
        jsonl: bool,
    },
    /// Adds the places of a file to your own: a GeoNames dump (.txt, .zip), a table (.csv) or GeoJSON.
    Add(Box<AddCall>),
    /// Your own gazetteers.
    List {
        /// Write JSON.
        #[arg(long)]
        json: bool,
    },
    /// Removes one of your own gazetteers.
    Remove {
        /// Its name.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// `dateline gazetteer add`.
#[derive(Debug, ClapArgs)]
pub struct AddCall {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Name of the gazetteer; without it, that of the file.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Take the place of the gazetteer of that name.
    #[arg(long)]
    pub replace: bool,
    /// Column of a table with the name; without it and those below, guessed from the header.
    #[arg(long, value_name = "HEADER")]
    pub name_column: Option<String>,
    /// Column with the latitude in degrees.
    #[arg(long, value_name = "HEADER")]
    pub lat_column: Option<String>,
    /// Column with the longitude in degrees.
    #[arg(long, value_name = "HEADER")]
    pub lon_column: Option<String>,
    /// Column with an id.
    #[arg(long, value_name = "HEADER")]
    pub id_column: Option<String>,
    /// Column with other names, parted by "|" or ";".
    #[arg(long, value_name = "HEADER")]
    pub names_column: Option<String>,
    /// Column with the two-letter country code.
    #[arg(long, value_name = "HEADER")]
    pub country_column: Option<String>,
    /// Column with the GeoNames feature class and code, for example "P.PPL".
    #[arg(long, value_name = "HEADER")]
    pub kind_column: Option<String>,
    /// Column with the number of inhabitants.
    #[arg(long, value_name = "HEADER")]
    pub population_column: Option<String>,
}

/// What `dateline analyse` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// GeoJSON: one feature an event.
    Geojson,
    /// Two tables: one row an event, and beside it `*-mentions.csv`, one row a mention.
    Csv,
    /// KML: a folder a type of event.
    Kml,
    /// The project itself, as `*.dateline`.
    Project,
    /// GeoPackage: the layers events, mentions and places.
    Gpkg,
    /// One line an article: mentions, candidates and events with their offsets.
    Jsonl,
}

impl Format {
    /// The format that a file's ending asks for.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "geojson" | "json" => Some(Self::Geojson),
            "csv" => Some(Self::Csv),
            "kml" => Some(Self::Kml),
            "dateline" => Some(Self::Project),
            "gpkg" => Some(Self::Gpkg),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }

    /// All names, for messages.
    pub fn names() -> String {
        let names = Self::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        names.map(|v| v.get_name().to_owned()).collect::<Vec<_>>().join(", ")
    }
}

/// A day written year first; nothing around it.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let date = (text.len() == 10).then(|| text.parse::<Date>().ok()).flatten();
    date.ok_or_else(|| format!("{text:?} is no date of the form 2021-08-15"))
}

fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X', '×']).map(|(w, h)| (w.trim().parse(), h.trim().parse()));
    match sides {
        Some((Ok(width), Ok(height))) => Ok((width, height)),
        _ => Err(format!("{text:?} is no size of the form 1600x1000")),
    }
}

fn parse_bounds(text: &str) -> Result<Bounds, String> {
    Bounds::parse(text)
        .ok_or_else(|| format!("{text:?} is no box of the form west,south,east,north in degrees"))
}

fn parse_page(text: &str) -> Result<Page, String> {
    let names = || Page::ALL.map(Page::label).join(", ");
    Page::parse(text).ok_or_else(|| format!("{text:?} is no page; the pages are {}", names()))
}

fn parse_layer(text: &str) -> Result<MapLayer, String> {
    let names = || MapLayer::ALL.map(MapLayer::name).join(", ");
    MapLayer::parse(text).ok_or_else(|| format!("{text:?} is no layer; the layers are {}", names()))
}

fn parse_theme(text: &str) -> Result<Theme, String> {
    Theme::parse(text).ok_or_else(|| format!("{text:?} is no style; the styles are light, dark, print"))
}

fn parse_yes(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "on" | "true" => Ok(true),
        "no" | "off" | "false" => Ok(false),
        _ => Err(format!("{text:?} is neither yes nor no")),
    }
}

fn parse_care(text: &str) -> Result<Care, String> {
    [Care::Fast, Care::Accurate]
        .into_iter()
        .find(|care| care.name() == text)
        .ok_or_else(|| "expected \"fast\" or \"accurate\"".to_owned())
}

fn parse_role(text: &str) -> Result<Role, String> {
    const ROLES: [Role; 8] = [
        Role::Event,
        Role::Dateline,
        Role::Background,
        Role::Actor,
        Role::Demonym,
        Role::OrganisationPart,
        Role::Destination,
        Role::Origin,
    ];
    ROLES
        .into_iter()
        .find(|role| role.name() == text)
        .ok_or_else(|| format!("{text:?} is no role; the roles are {}", ROLES.map(Role::name).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn dates_are_whole_days() {
        assert!(parse_date("2021-08-15").is_ok());
        for text in ["15.8.2021", "2021-08", "2021-08-32", "2021-08-15T00:00", ""] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn roles_go_by_the_names_of_the_data_formats() {
        assert_eq!(parse_role("organisation_part"), Ok(Role::OrganisationPart));
        assert!(parse_role("person").unwrap_err().contains("demonym"));
    }
}
