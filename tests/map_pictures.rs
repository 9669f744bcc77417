//! Pictures of the map, held against those in `tests/pictures`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --release --test map_pictures` writes them anew: look at them.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use dateline::article::segment::segment;
use dateline::article::{Article, Origin};
use dateline::events::{Event, EventPlace, EventType, PlaceBasis, Status};
use dateline::export::image::{Image, ImageOptions, ImageSources, PictureKind};
use dateline::map::{Basemap, Bounds, LabelIndex, MapLayer, Picture, Theme};
use dateline::places::gazetteer::fold;
use dateline::places::{Gazetteer, LonLat, Mention, PlaceIndex, Precision, Role};
use dateline::project::{Analysed, Findings, Project, RunRecord, Settings};

/// A sentence, its event, the name and point of its place, and where the movement goes.
type Told = (&'static str, EventType, (&'static str, f64, f64), Option<(&'static str, f64, f64)>);

const KABUL: (&str, f64, f64) = ("Kabul", 69.17, 34.53);
const JALALABAD: (&str, f64, f64) = ("Jalalabad", 70.45, 34.43);
const BAGRAM: (&str, f64, f64) = ("Bagram", 69.26, 34.95);

const STORY: [Told; 9] = [
    ("Fighters entered Kabul.", EventType::Control, KABUL, None),
    ("Guards left their posts in Kabul.", EventType::Control, KABUL, None),
    ("Shops in Kabul were shut by noon.", EventType::Control, KABUL, None),
    ("Talks were held in Kabul.", EventType::Consult, KABUL, None),
    ("The president left Kabul for Tajikistan.", EventType::Move, KABUL, Some(("Tajikistan", 71.0, 39.0))),
    ("The road at Jalalabad was shut.", EventType::Control, JALALABAD, None),
    ("Soldiers gave up Bagram.", EventType::Control, BAGRAM, None),
    ("Nobody may enter Helmand, it was said.", EventType::Threaten, ("Helmand", 64.0, 31.0), None),
    ("A quake shook Feyzabad.", EventType::Disaster, ("Fayzabad", 70.58, 37.12), None),
];

const OCEANIA: [Told; 3] = [
    ("A storm hit Suva.", EventType::Disaster, ("Suva", 178.44, -18.14), None),
    ("Aid left Suva for Apia.", EventType::Aid, ("Suva", 178.44, -18.14), Some(("Apia", -171.77, -13.83))),
    ("Talks were held in Auckland.", EventType::Consult, ("Auckland", 174.76, -36.85), None),
];

/// Countries, provinces, a sea, and a town that may be another.
const WIDE: [Told; 6] = [
    ("Tajikistan closed its side.", EventType::Control, ("Tajikistan", 71.0, 39.0), None),
    ("Nobody may enter Helmand, it was said.", EventType::Threaten, ("Helmand", 64.0, 31.0), None),
    ("A quake shook Badakhshan.", EventType::Disaster, ("Badakhshan", 71.0, 36.75), None),
    ("A ship sank in the Arabian Sea.", EventType::Accident, ("Arabian Sea", 65.0, 15.0), None),
    ("The road at Jalalabad was shut, perhaps.", EventType::Control, JALALABAD, None),
    ("Shops in Kabul were shut by noon.", EventType::Control, KABUL, None),
];

/// Movements, one of them over the date line, the last with a start that only the sentence before
/// tells.
const WAYS: [Told; 5] = [
    ("Aid left Tokyo for Honolulu.", EventType::Aid, TOKYO, Some(("Honolulu", -157.86, 21.31))),
    (
        "Envoys left Honolulu for Manila.",
        EventType::Move,
        ("Honolulu", -157.86, 21.31),
        Some(("Manila", 120.98, 14.6)),
    ),
    ("Envoys left Manila for Tokyo.", EventType::Move, ("Manila", 120.98, 14.6), Some(TOKYO)),
    ("Talks were held in Manila.", EventType::Consult, ("Manila", 120.98, 14.6), None),
    ("From there the minister left for Sydney.", EventType::Move, ("Sydney", 151.2, -33.87), None),
];

const TOKYO: (&str, f64, f64) = ("Tokyo", 139.69, 35.69);

fn place(gazetteer: &Gazetteer, (name, lon, lat): (&str, f64, f64)) -> PlaceIndex {
    let at = LonLat::new(lon, lat);
    let hits = gazetteer.lookup(&fold(name)).map(|h| h.place);
    let near = hits.filter(|&p| gazetteer.point(p).distance_km(at) < 400.0);
    near.min_by(|&a, &b| {
        let away = |p| gazetteer.point(p).distance_km(at);
        away(a).total_cmp(&away(b))
    })
    .unwrap_or_else(|| panic!("{name} is in no gazetteer"))
}

fn mention(gazetteer: &Gazetteer, text: &str, from: usize, spot: (&str, f64, f64), role: Role) -> Mention {
    let place = place(gazetteer, spot);
    let first = spot.0.get(..3).unwrap_or(spot.0);
    let start = from + text[from..].find(first).unwrap_or(0);
    Mention {
        range: start..start + spot.0.len(),
        role,
        candidates: Default::default(),
        place: Some(place),
        score: if text[from..].split('\n').next().unwrap_or("").contains("perhaps") { 0.55 } else { 0.9 },
        precision: Some(Precision::of_kind(gazetteer.kind(place))),
        country: gazetteer.hierarchy(place).country,
    }
}

fn project(gazetteer: &Gazetteer, story: &[Told]) -> Project {
    let mut text = String::new();
    for (sentence, ..) in story {
        // Told in the paragraph before.
        if sentence.starts_with("From there") {
            text.truncate(text.trim_end().len());
            text.push_str("  ");
        }
        text.push_str(&format!("{sentence}\n\n"));
    }
    let mut findings = Findings { segmentation: segment(&text), ..Findings::default() };
    let mut from = 0;
    for (sentence, kind, spot, goal) in story {
        let index = findings.mentions.len();
        let leads = sentence.starts_with("From there");
        let role = if leads { Role::Destination } else { Role::Event };
        findings.mentions.push(mention(gazetteer, &text, from, *spot, role));
        if let Some(goal) = goal {
            findings.mentions.push(mention(gazetteer, &text, from, *goal, Role::Destination));
        }
        findings.events.push(Event {
            kind: *kind,
            mode: None,
            status: Status::Completed,
            actors: Vec::new(),
            recipients: Vec::new(),
            attributed_to: None,
            place: (!leads).then_some(EventPlace::at(index, PlaceBasis::Argument)),
            origin: None,
            destination: if leads { Some(index) } else { goal.map(|_| index + 1) },
            date: None,
            trigger: from..from + 4,
            sentence: 0,
            passage: from..from + sentence.len(),
            confidence: 0.9,
            size: None,
        });
        from += sentence.len() + 2;
    }
    let mut article = Article::from_text(text, Origin::Record);
    article.published = Some("2021-08-15".parse().unwrap());
    Project { articles: vec![std::sync::Arc::new(Analysed::new(article, findings))], ..Project::default() }
}

fn drawn(story: &[Told], options: &ImageOptions) -> (Picture, String, Vec<u8>) {
    with_image(story, options, |image| {
        let picture = dateline::export::png::draw(image).unwrap();
        (picture, image.svg().unwrap(), dateline::export::png::encode(image).unwrap())
    })
}

fn with_image<T>(story: &[Told], options: &ImageOptions, make: impl FnOnce(&Image<'_>) -> T) -> T {
    let gazetteer = Gazetteer::bundled().unwrap();
    let basemap = Basemap::bundled().unwrap();
    let labels = LabelIndex::new(gazetteer, basemap);
    let project = project(gazetteer, story);
    let record = RunRecord::new(gazetteer, &Settings::default(), 1);
    let sources = ImageSources { project: &project, gazetteer, basemap, labels: &labels, record: &record };
    make(&Image::new(sources, options).unwrap())
}

fn stored(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(format!("{name}.png"))
}

/// Holds a picture against the stored one: at most one pixel in two hundred may differ visibly.
fn check(name: &str, story: &[Told], options: &ImageOptions) {
    let (picture, svg, png) = drawn(story, options);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(stored(name).parent().unwrap()).unwrap();
        fs::write(stored(name), &png).unwrap();
        let beside = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.svg"));
        fs::write(beside, svg).unwrap();
        return;
    }
    let (width, height, rgb) = read_png(&stored(name));
    assert_eq!((width, height), (picture.width, picture.height), "{name}");
    let differs = |(a, b): &(&[u8], &[u8])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 24);
    let differing = rgb.chunks_exact(3).zip(picture.rgba.chunks_exact(4)).filter(differs).count();
    let share = differing as f64 / f64::from(width * height);
    assert!(share < 0.005, "{name}: {:.2} % of the pixels differ", share * 100.0);
}

fn read_png(path: &Path) -> (u32, u32, Vec<u8>) {
    let file = fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgb).unwrap();
    (info.width, info.height, rgb)
}

fn small(theme: Theme, title: &str) -> ImageOptions {
    ImageOptions { width: 900, height: 640, theme, title: Some(title.to_owned()), ..ImageOptions::default() }
}

#[test]
fn afghanistan_light() {
    check("afghanistan-light", &STORY, &small(Theme::Light, "Kabul changes hands in a day"));
}

#[test]
fn afghanistan_dark() {
    check("afghanistan-dark", &STORY, &small(Theme::Dark, "Kabul changes hands in a day"));
}

#[test]
fn over_the_date_line() {
    check("date-line", &OCEANIA, &small(Theme::Light, "A storm in the Pacific"));
}

#[test]
fn the_world() {
    let options = ImageOptions { bbox: Some(Bounds::WORLD), ..small(Theme::Light, "The world") };
    check("world", &STORY, &options);
}

#[test]
fn with_a_key_on_paper() {
    let options = ImageOptions {
        key: true,
        north: true,
        caption: Some("Drawn from nine reports of one day; nobody has checked them.".to_owned()),
        ..small(Theme::Print, "Kabul changes hands in a day")
    };
    check("key-print", &STORY, &options);
}

#[test]
fn as_a_heat_map() {
    let options = ImageOptions { layer: MapLayer::Heat, ..small(Theme::Light, "Where it happened") };
    check("heat", &STORY, &options);
}

#[test]
fn by_province_on_dark_ground() {
    let options = ImageOptions { layer: MapLayer::Provinces, ..small(Theme::Dark, "By province") };
    check("provinces-dark", &STORY, &options);
}

#[test]
fn a_city_and_its_surroundings() {
    let around = Bounds { west: 68.7, south: 34.2, east: 70.7, north: 35.2 };
    let options = ImageOptions { bbox: Some(around), ..small(Theme::Light, "Around Kabul") };
    check("city", &STORY, &options);
}

#[test]
fn the_far_north() {
    let arctic = Bounds { west: -180.0, south: 62.0, east: 180.0, north: 85.0 };
    let options = ImageOptions { bbox: Some(arctic), title: None, ..small(Theme::Light, "") };
    check("north", &OCEANIA, &options);
}

#[test]
fn areas_a_sea_and_a_doubtful_place() {
    let options = ImageOptions {
        bbox: Some(Bounds { west: 55.0, south: 12.0, east: 80.0, north: 42.0 }),
        height: 900,
        ..small(Theme::Light, "Known no better")
    };
    check("areas", &WIDE, &options);
}

#[test]
fn movements_also_over_the_date_line() {
    check("arcs", &WAYS, &small(Theme::Light, "Ways over the Pacific"));
}

#[test]
fn clusters_from_far() {
    let asia = Bounds { west: 40.0, south: 5.0, east: 100.0, north: 50.0 };
    let options = ImageOptions { bbox: Some(asia), legend: false, ..small(Theme::Dark, "From far") };
    check("clusters-dark", &STORY, &options);
}

#[test]
fn the_far_south() {
    let antarctic = Bounds { west: -180.0, south: -85.0, east: 180.0, north: -55.0 };
    let options = ImageOptions { bbox: Some(antarctic), title: None, ..small(Theme::Light, "") };
    check("south", &OCEANIA, &options);
}

#[test]
fn a_pdf_holds_the_title_the_credits_and_the_record_as_plain_text() {
    let options = ImageOptions { width: 480, height: 360, ..small(Theme::Light, "Twice & <once>") };
    let (pdf, again) = (pdf_of(&options), pdf_of(&options));
    assert!(pdf == again, "the PDF differs from run to run");
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.starts_with("%PDF-1.7") && text.trim_end().ends_with("%%EOF"));
    assert!(text.contains("Twice &amp; &lt;once&gt;") && text.contains("GeoNames CC BY 4.0"));
    assert!(text.contains("program_version") && text.contains("/MediaBox [0 0 360 270]"));
    assert!(text.contains("Inter-Regular") && !text.contains("/CreationDate"));
}

fn pdf_of(options: &ImageOptions) -> Vec<u8> {
    with_image(&STORY, options, |image| image.encode(PictureKind::Pdf).unwrap())
}

#[test]
fn letters_of_an_svg_are_outlines_with_their_text_told() {
    let options = ImageOptions { width: 480, height: 360, ..small(Theme::Light, "Kabul") };
    let svg = with_image(&STORY, &options, |image| image.svg().unwrap());
    assert!(!svg.contains("<text"), "text would look different elsewhere");
    assert!(svg.contains("aria-label=\"Kabul\""));
}

#[test]
fn the_same_input_gives_the_same_bytes_with_credits_and_record_inside() {
    let options = ImageOptions { width: 480, height: 360, ..small(Theme::Light, "Twice & <once>") };
    let ((_, svg, png), (_, svg_again, png_again)) = (drawn(&STORY, &options), drawn(&STORY, &options));
    assert_eq!(svg, svg_again);
    assert!(png == png_again, "the PNG differs from run to run");
    assert!(svg.contains("<title>Twice &amp; &lt;once&gt;") && svg.contains("Made with Natural Earth"));
    assert!(svg.contains("program_version") && svg.contains("aria-label=\"Unreviewed"));
    let reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let texts: Vec<(String, String)> =
        reader.info().utf8_text.iter().map(|t| (t.keyword.clone(), t.get_text().unwrap())).collect();
    let has = |key: &str, part: &str| texts.iter().any(|(k, t)| k == key && t.contains(part));
    assert!(has("Copyright", "GeoNames CC BY 4.0") && has("Dateline run record", "sha256"));
    assert!(has("Title", "Twice & <once>"));
}

#[test]
fn the_svg_alone_shows_the_same_picture_as_the_png() {
    use resvg::{tiny_skia, usvg};
    let (picture, svg, _) = drawn(&STORY, &small(Theme::Light, "Kabul changes hands in a day"));
    let mut options = usvg::Options::default();
    for font in dateline::map::fonts::all() {
        options.fontdb_mut().load_font_data(font.bytes.to_vec());
    }
    let tree = usvg::Tree::from_str(&svg, &options).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(picture.width, picture.height).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    let differs = |(a, b): &(&[u8], &[u8])| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 60);
    let pairs = picture.rgba.chunks_exact(4).zip(pixmap.data().chunks_exact(4));
    let share = pairs.filter(differs).count() as f64 / f64::from(picture.width * picture.height);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        pixmap.save_png(Path::new(env!("CARGO_TARGET_TMPDIR")).join("from-svg.png")).unwrap();
    }
    assert!(share < 0.01, "{:.2} % of the pixels differ", share * 100.0);
}
