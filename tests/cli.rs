//! The real binary in a temporary folder: every call, and everything that can be wrong with what
//! it is given.
#![cfg(test)]

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const STORY: &str = "Flood cuts road to Herat\n\nHERAT — Water from the Hari river covered the main road between \
Herat and Kandahar on Monday, officials in Kabul said. Trucks waited near Islam Qala, on the border with Iran.\n";

/// A folder with articles and files that are none.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put("flood-2021-08-16.txt", STORY.as_bytes());
    put("empty.txt", b"");
    put("blank.txt", b" \n\t\n");
    put("binary.txt", b"%PDF-1.7\n\x00\x01");
    put("latin1.txt", b"Z\xFCrich und K\xF6ln: Die Z\xFCge fahren wieder, sagte die Stadt am Montag.");
    put("nowhere.txt", b"It rained all day and nobody said a word about it.");
    File::create(folder.path().join("huge.txt")).unwrap().set_len(200_000_000).unwrap();
    fs::create_dir(folder.path().join("nothing")).unwrap();
    folder
}

fn dateline(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dateline")).current_dir(folder).args(args).output().unwrap()
}

fn piped(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    output
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// The one line of standard error that names `file`.
fn line_about(output: &Output, file: &str) -> String {
    let all = err(output);
    let about: Vec<&str> = all.lines().filter(|l| l.contains(file)).collect();
    assert_eq!(about.len(), 1, "one line about {file} in:\n{all}");
    about[0].to_owned()
}

#[test]
fn an_article_gives_a_line_with_offsets_into_its_exact_text() {
    let folder = folder();
    let out = dateline(&folder, &["analyse", "flood-2021-08-16.txt"]);
    assert_eq!(code(&out), 0, "{}", err(&out));
    let found = lines(&out.stdout);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], "flood-2021-08-16.txt");
    assert_eq!(found[0]["title"], "Flood cuts road to Herat");
    assert_eq!(found[0]["published"], "2021-08-16");
    assert_eq!(found[0]["dateline"]["articles"], 1);
    let text: Vec<char> = STORY.chars().collect();
    for toponym in found[0]["toponyms"].as_array().unwrap() {
        let range = toponym["start"].as_u64().unwrap() as usize..toponym["end"].as_u64().unwrap() as usize;
        assert_eq!(text[range].iter().collect::<String>(), toponym["surface"].as_str().unwrap());
    }
}

#[test]
fn bad_files_are_told_and_the_others_analysed() {
    let folder = folder();
    let out = dateline(
        &folder,
        &[
            "analyse",
            "empty.txt",
            "blank.txt",
            "binary.txt",
            "huge.txt",
            "missing.txt",
            "nothing",
            "flood-2021-08-16.txt",
            "latin1.txt",
        ],
    );
    assert_eq!(code(&out), 1);
    assert_eq!(lines(&out.stdout).len(), 2);
    for (file, says) in [
        ("empty.txt", "empty"),
        ("blank.txt", "white space"),
        ("binary.txt", "PDF"),
        ("huge.txt", "200 MB, more than the 50 MB limit"),
        ("missing.txt", "no such file"),
        ("nothing", "no articles"),
    ] {
        let line = line_about(&out, file);
        assert!(line.contains(says), "{line}");
    }
}

#[test]
fn a_text_without_a_place_is_no_failure() {
    let folder = folder();
    let out = dateline(&folder, &["analyse", "nowhere.txt"]);
    assert_eq!(code(&out), 0);
    assert_eq!(lines(&out.stdout)[0]["toponyms"], Value::Array(Vec::new()));
    assert!(line_about(&out, "nowhere.txt").contains("no place"));
}

#[test]
fn nothing_readable_leaves_the_old_file_alone() {
    let folder = folder();
    fs::write(folder.path().join("out.jsonl"), "old").unwrap();
    let out = dateline(&folder, &["analyse", "empty.txt", "-o", "out.jsonl"]);
    assert_eq!(code(&out), 1);
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), "old");
}

#[test]
fn an_article_is_never_written_over() {
    let folder = folder();
    let out = dateline(
        &folder,
        &["analyse", "flood-2021-08-16.txt", "--format", "jsonl", "-o", "flood-2021-08-16.txt"],
    );
    assert_eq!(code(&out), 2);
    assert_eq!(fs::read_to_string(folder.path().join("flood-2021-08-16.txt")).unwrap(), STORY);
}

#[test]
fn unwritable_paths_are_told() {
    let folder = folder();
    for (path, says) in [("none/out.jsonl", "folder does not exist"), ("nothing", "a folder has that name")] {
        let out = dateline(&folder, &["analyse", "flood-2021-08-16.txt", "--format", "jsonl", "-o", path]);
        assert_eq!(code(&out), 1);
        let line = line_about(&out, path);
        assert!(line.contains(says), "{line}");
    }
}

#[test]
fn wrong_calls_end_with_2_and_do_nothing() {
    let folder = folder();
    for args in [
        &["analyse"][..],
        &["analyse", "flood-2021-08-16.txt", "-o", "out.docx"],
        &["analyse", "flood-2021-08-16.txt", "--published", "yesterday"],
        &["analyse", "flood-2021-08-16.txt", "--region", "nowhere"],
        &["analyse", "flood-2021-08-16.txt", "--format", "gpkg"],
        &["geoparse"],
        &["gazetteer"],
        &["gazetteer", "search"],
        &["analyse", "flood-2021-08-16.txt", "--nonsense"],
    ] {
        let out = dateline(&folder, args);
        assert_eq!(code(&out), 2, "{args:?}: {}", err(&out));
        assert!(out.stdout.is_empty() && !out.stderr.is_empty(), "{args:?}");
    }
    assert!(!folder.path().join("out.docx").exists());
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder();
    for args in [&["--help"][..], &["--version"], &["analyse", "--help"], &["geoparse", "--help"]] {
        let out = dateline(&folder, args);
        assert_eq!(code(&out), 0);
        assert!(!out.stdout.is_empty() && out.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_the_order_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    for i in 0..40 {
        let story = STORY.replace("Monday", "Tuesday").repeat(1 + (i * 7) % 13);
        fs::write(folder.path().join(format!("{i:02}.txt")), story).unwrap();
    }
    let first = dateline(&folder, &["analyse", "."]);
    assert_eq!(code(&first), 0);
    let ids: Vec<String> =
        lines(&first.stdout).iter().map(|l| l["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.is_sorted() && ids.len() == 40, "{ids:?}");
    assert_eq!(dateline(&folder, &["analyse", "."]).stdout, first.stdout);
}

#[test]
fn a_stream_is_answered_line_by_line() {
    let mut input = Vec::new();
    for i in 0..300 {
        let text = STORY.repeat(1 + i % 5);
        writeln!(input, "{}", serde_json::json!({ "id": i, "text": text, "published": "2021-08-16" }))
            .unwrap();
    }
    input.extend(b"not json\n{\"id\":\"no text\"}\n{\"id\":{\"any\":[1]},\"text\":\"\"}\n");
    let out = piped(&["geoparse", "--jsonl"], &input);
    assert_eq!(code(&out), 1);
    let answers = lines(&out.stdout);
    assert_eq!(answers.len(), 303);
    assert!(answers[..300].iter().enumerate().all(|(i, a)| a["id"] == i));
    assert_eq!((&answers[300]["line"], &answers[301]["line"]), (&Value::from(301), &Value::from(302)));
    assert_eq!(answers[302]["id"], serde_json::json!({ "any": [1] }));
    assert_eq!(err(&out).lines().count(), 2);
    assert_eq!(piped(&["geoparse", "--jsonl"], &input).stdout, out.stdout);
}

#[test]
fn an_empty_stream_is_answered_with_nothing() {
    let out = piped(&["geoparse", "--jsonl"], b"");
    assert_eq!((code(&out), out.stdout.len(), out.stderr.len()), (0, 0, 0));
}

#[test]
fn who_sends_one_line_and_waits_gets_its_answer() {
    use std::io::{BufRead, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["geoparse", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for i in 0..3 {
        writeln!(stdin, "{{\"id\":{i},\"text\":\"Rain fell in Oslo.\"}}").unwrap();
        stdin.flush().unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{i},")), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_ends_the_work_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["geoparse", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..2000 {
        if writeln!(stdin, "{{\"text\":\"Rain fell in Oslo.\"}}").is_err() {
            break;
        }
    }
    drop(stdin);
    let out = child.wait_with_output().unwrap();
    assert_eq!((code(&out), err(&out)), (0, String::new()));
}

#[test]
fn the_gazetteer_tells_and_is_searched() {
    let folder = folder();
    let info = dateline(&folder, &["gazetteer", "info", "--json"]);
    let info = &lines(&info.stdout)[0];
    assert!(info["places"].as_u64().unwrap() > 0 && info["sha256"].as_str().unwrap().len() == 64);
    assert_eq!(code(&dateline(&folder, &["gazetteer", "info"])), 0);
    let found = dateline(&folder, &["gazetteer", "search", "Kabul", "--json"]);
    assert_eq!(lines(&found.stdout)[0]["places"][0]["geonames_id"], 1_138_958);
    let none = dateline(&folder, &["gazetteer", "search", "Qqqxyzzy"]);
    assert_eq!((code(&none), none.stdout.len()), (0, 0));
    assert!(err(&none).contains("no place"));
}

#[test]
fn names_are_searched_by_the_line() {
    let out =
        piped(&["gazetteer", "search", "--jsonl"], "{\"q\":\"Kabul\"}\n{}\n{\"q\":\"کابل\"}\n".as_bytes());
    assert_eq!(code(&out), 1);
    let answers = lines(&out.stdout);
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["places"][0]["place_id"], "geonames:1138958");
    assert_eq!(answers[1]["line"], 2);
    assert_eq!(answers[2]["q"], "کابل");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_is_refused_without_waiting() {
    let folder = folder();
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status();
    if !made.is_ok_and(|s| s.success()) {
        println!("skipped: there is no mkfifo here");
        return;
    }
    let out = dateline(&folder, &["analyse", "pipe.txt"]);
    assert_eq!(code(&out), 1);
    assert!(line_about(&out, "pipe.txt").contains("pipe"), "{}", err(&out));
}

#[test]
fn every_format_is_written_and_the_same_each_time() {
    let folder = folder();
    for (name, begins) in [
        ("out.geojson", "{\n  \"type\": \"FeatureCollection\""),
        ("out.kml", "<?xml"),
        ("out.gpkg", "SQLite format 3\0"),
        ("out.csv", "event_id,"),
        ("out-mentions.csv", "mention_id,"),
        ("out-run.json", "{\n  \"program\": \"Dateline\""),
        ("out.jsonl", "{\"id\":\"flood-2021-08-16.txt\""),
    ] {
        let target = name.replace("-mentions", "").replace("-run.json", ".csv");
        let write = || {
            let out = dateline(&folder, &["analyse", "flood-2021-08-16.txt", "-o", &target]);
            assert_eq!((code(&out), out.stdout.len()), (0, 0), "{}", err(&out));
            fs::read(folder.path().join(name)).unwrap()
        };
        let first = write();
        assert!(first.starts_with(begins.as_bytes()), "{name}");
        assert_eq!(write(), first, "{name}");
    }
    assert!(
        fs::read_dir(folder.path()).unwrap().all(|e| !e.unwrap().path().to_string_lossy().ends_with(".part"))
    );
}

#[test]
fn standard_output_takes_any_text_format() {
    let folder = folder();
    for (format, begins) in [("geojson", "{"), ("csv", "event_id,"), ("kml", "<?xml"), ("jsonl", "{\"id\"")] {
        let out = dateline(&folder, &["analyse", "flood-2021-08-16.txt", "--format", format, "-o", "-"]);
        assert_eq!(code(&out), 0);
        assert!(out.stdout.starts_with(begins.as_bytes()), "{format}");
    }
}

#[test]
fn the_map_is_drawn_as_png_and_svg_and_the_same_each_time() {
    let folder = folder();
    for (name, begins) in [("map.png", &b"\x89PNG"[..]), ("map.svg", b"<svg"), ("map.pdf", b"%PDF-1.7")] {
        let draw = || {
            let args = ["map", "flood-2021-08-16.txt", "-o", name, "--size", "800x500", "--scale", "2"];
            let out = dateline(&folder, &args);
            assert_eq!((code(&out), out.stdout.len()), (0, 0), "{}", err(&out));
            fs::read(folder.path().join(name)).unwrap()
        };
        let first = draw();
        assert!(first.starts_with(begins), "{name}");
        assert_eq!(draw(), first, "{name}");
    }
    let png = fs::read(folder.path().join("map.png")).unwrap();
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (1600, 1000));
    let svg = fs::read_to_string(folder.path().join("map.svg")).unwrap();
    assert!(svg.contains("Natural Earth") && svg.contains("Flood cuts road to Herat"));
}

#[test]
fn pictures_that_cannot_be_drawn_are_told() {
    let folder = folder();
    let story = "flood-2021-08-16.txt";
    for (args, status, says) in [
        (&["map", story, "-o", "map.bmp"][..], 2, ".png, .svg or .pdf"),
        (&["map", story, "-o", "map.png", "--page", "A9"], 2, "the pages are A3, A4"),
        (&["map", story, "-o", "map.png", "--layer", "dots"], 2, "the layers are markers, heat"),
        (&["map", story, "-o", "map.png", "--style", "blue"], 2, "light, dark, print"),
        (&["map", story, "-o", "map.png", "--legend", "perhaps"], 2, "neither yes nor no"),
        (&["map", story, "-o", "map.png", "--size", "30000x30000"], 2, "16 to 20000 pixels"),
        (&["map", story, "-o", "map.png", "--size", "99999x99999"], 2, "pixels"),
        (&["map", story, "-o", "map.png", "--size", "wide"], 2, "1600x1000"),
        (&["map", story, "-o", "map.png", "--scale", "nan"], 2, "pixels"),
        (&["map", story, "-o", "map.png", "--bbox", "1,2,3"], 2, "west,south,east,north"),
        (&["map", story], 2, "--output"),
        (&["map", story, "-o", "none/map.png"], 1, "folder does not exist"),
        (&["map", "empty.txt", "-o", "map.png"], 1, "empty"),
    ] {
        let out = dateline(&folder, args);
        assert_eq!(code(&out), status, "{args:?}: {}", err(&out));
        assert!(err(&out).contains(says), "{args:?}: {}", err(&out));
    }
    assert!(!folder.path().join("map.png").exists());
}

#[test]
fn a_saved_project_gives_what_its_articles_gave() {
    let folder = folder();
    let story = "flood-2021-08-16.txt";
    for args in [&["analyse", story, "-o", "a.dateline"][..], &["analyse", "a.dateline", "-o", "b.dateline"]]
    {
        let out = dateline(&folder, args);
        assert_eq!(code(&out), 0, "{}", err(&out));
    }
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("a.dateline"), read("b.dateline"));
    let lines = |from: &str| dateline(&folder, &["analyse", from, "--format", "jsonl"]).stdout;
    assert_eq!(lines("a.dateline"), lines(story));
    let over = dateline(&folder, &["analyse", "a.dateline", "--format", "csv", "-o", "a.dateline"]);
    assert_eq!((code(&over), read("a.dateline")), (2, read("b.dateline")));
    fs::write(folder.path().join("bad.dateline"), "{}").unwrap();
    let bad = dateline(&folder, &["analyse", "bad.dateline"]);
    assert_eq!(code(&bad), 1);
    assert!(line_about(&bad, "bad.dateline").contains("no project"), "{}", err(&bad));
}

#[test]
fn every_way_to_draw_the_map_draws_it() {
    let folder = folder();
    let ways: [&[&str]; 5] = [
        &["--layer", "heat", "--style", "dark"],
        &["--layer", "provinces", "--page", "A5", "--portrait"],
        &["--layer", "countries", "--legend", "no", "--scale-bar", "no", "--reviewed"],
        &["--key", "--north", "--caption", "A caption", "--subtitle", "A subtitle", "--style", "print"],
        &["--size", "300x200", "--dates", "no", "--dark"],
    ];
    for way in ways {
        for name in ["way.png", "way.svg", "way.pdf"] {
            let args = [&["map", "flood-2021-08-16.txt", "-o", name], way].concat();
            let output = dateline(&folder, &args);
            assert_eq!((code(&output), err(&output).as_str()), (0, ""), "{args:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_no_half_picture() {
    let folder = folder();
    for name in ["map.png", "map.svg", "map.pdf"] {
        std::os::unix::fs::symlink("/dev/full", folder.path().join(name)).unwrap();
        let output = dateline(&folder, &["map", "flood-2021-08-16.txt", "-o", name]);
        assert_eq!(code(&output), 1);
        assert!(err(&output).contains("the disk is full; make room"), "{}", err(&output));
    }
    let left = fs::read_dir(folder.path())
        .unwrap()
        .filter(|f| f.as_ref().is_ok_and(|f| f.file_name().to_string_lossy().ends_with(".part")));
    assert_eq!(left.count(), 0);
}

fn with_data(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(folder).env("DATELINE_DATA", folder.path().join("data")).args(args).output().unwrap()
}

#[test]
fn a_gazetteer_of_the_user_is_added_searched_and_removed() {
    let folder = folder();
    let table = "place,lat,lon,note\nZorbatu Camp,33.5,65.1,x\nNowhere,95,1,\n";
    fs::write(folder.path().join("camps.csv"), table).unwrap();
    let added = with_data(&folder, &["gazetteer", "add", "camps.csv"]);
    assert_eq!(code(&added), 1, "a row was left out");
    assert!(err(&added).contains("camps.csv, line 3") && err(&added).contains("latitude"), "{}", err(&added));
    assert_eq!(String::from_utf8_lossy(&added.stdout), "camps: 1 places, 1 names\n");
    let found = with_data(&folder, &["gazetteer", "search", "Zorbatu Camp", "--json"]);
    let place = &lines(&found.stdout)[0]["places"][0];
    assert_eq!((place["place_id"].as_str(), place["country"].as_str()), (Some("camps:1"), Some("AF")));
    let story = "Rockets hit Zorbatu Camp in Afghanistan on Monday, police said.";
    fs::write(folder.path().join("story.txt"), story).unwrap();
    let analysed = with_data(&folder, &["analyse", "story.txt", "--format", "jsonl"]);
    assert!(String::from_utf8_lossy(&analysed.stdout).contains("camps:1"), "resolved to the own row");
    let listed = with_data(&folder, &["gazetteer", "list", "--json"]);
    assert_eq!(lines(&listed.stdout)[0][0]["name"], "camps");
    let info = with_data(&folder, &["gazetteer", "info"]);
    assert!(String::from_utf8_lossy(&info.stdout).contains("camps (your own gazetteer)"));
    assert_eq!(code(&with_data(&folder, &["gazetteer", "add", "camps.csv"])), 1, "the name is taken");
    assert_eq!(code(&with_data(&folder, &["gazetteer", "remove", "camps"])), 0);
    let gone = with_data(&folder, &["gazetteer", "remove", "camps"]);
    assert!(code(&gone) == 1 && err(&gone).contains("no gazetteer"), "{}", err(&gone));
}

#[test]
fn dumps_are_added_plain_and_packed_and_damage_is_told() {
    let folder = folder();
    let row = |id: u32, name: &str| {
        format!(
            "{id}\t{name}\t{name}\t\t33.5\t65.1\tP\tPPL\tAF\t\t11\t\t\t\t90\t\t1800\tAsia/Kabul\t2026-01-01\n"
        )
    };
    let dump = row(990_000_001, "Zorbatu") + &row(990_000_002, "Zorbatu Qala");
    fs::write(folder.path().join("AF.txt"), &dump).unwrap();
    let added = with_data(&folder, &["gazetteer", "add", "AF.txt"]);
    assert_eq!((code(&added), err(&added).as_str()), (0, ""));
    let found = with_data(&folder, &["gazetteer", "search", "Zorbatu", "--json"]);
    let places = lines(&found.stdout)[0]["places"].as_array().unwrap().clone();
    let ids: Vec<&Value> = places.iter().map(|place| &place["geonames_id"]).take(2).collect();
    assert_eq!(ids, [990_000_001, 990_000_002]);
    let archive = zipped("AF.txt", dump.as_bytes());
    fs::write(folder.path().join("AF.zip"), &archive).unwrap();
    assert_eq!(code(&with_data(&folder, &["gazetteer", "add", "AF.zip"])), 1, "the name is taken");
    let added = with_data(&folder, &["gazetteer", "add", "AF.zip", "--replace"]);
    assert_eq!(String::from_utf8_lossy(&added.stdout), "af: 2 places, 2 names\n");
    fs::write(folder.path().join("cut.zip"), &archive[..archive.len() / 2]).unwrap();
    let cut = with_data(&folder, &["gazetteer", "add", "cut.zip"]);
    assert!(code(&cut) == 1 && err(&cut).contains("cut short or damaged"), "{}", err(&cut));
    let latin: Vec<u8> = dump.replace("Qala", "Qal\u{e1}").chars().map(|c| c as u8).collect();
    fs::write(folder.path().join("latin.txt"), latin).unwrap();
    let latin = with_data(&folder, &["gazetteer", "add", "latin.txt"]);
    assert!(code(&latin) == 1 && err(&latin).contains("latin.txt, line 2: byte"), "{}", err(&latin));
    assert_eq!(String::from_utf8_lossy(&latin.stdout), "latin: 1 places, 1 names\n");
}

/// An archive with one file.
fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    let file = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
    let (mut entry, config) = file.start().unwrap();
    let packed = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
    let mut writer = config.wrap(packed);
    writer.write_all(content).unwrap();
    let (packed, descriptor) = writer.finish().unwrap();
    packed.finish().unwrap();
    entry.finish(descriptor).unwrap();
    archive.finish().unwrap();
    out
}

#[test]
fn an_import_that_is_killed_leaves_what_was_there() {
    let folder = folder();
    fs::write(folder.path().join("camps.csv"), "name,lat,lon\nZorbatu Camp,33.5,65.1\n").unwrap();
    assert_eq!(code(&with_data(&folder, &["gazetteer", "add", "camps.csv"])), 0);
    let many: String = (0..400_000).map(|n| format!("Zorbatu {n},33.5,65.1\n")).collect();
    fs::write(folder.path().join("camps.csv"), format!("name,lat,lon\n{many}")).unwrap();
    let kept = folder.path().join("data/gazetteers");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(&folder).env("DATELINE_DATA", folder.path().join("data"));
    let mut child = command.args(["gazetteer", "add", "camps.csv", "--replace"]).spawn().unwrap();
    let begun = || kept.join(".camps.part").metadata().is_ok_and(|m| m.len() > 0);
    while !begun() && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(begun(), "it was killed on its way");
    let listed = with_data(&folder, &["gazetteer", "list"]);
    assert!(String::from_utf8_lossy(&listed.stdout).starts_with("camps: 1 places"), "{}", err(&listed));
    let left: Vec<_> = fs::read_dir(&kept).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["camps.gaz"], "what it left behind is gone");
}

#[test]
fn a_data_folder_that_cannot_be_written_is_told() {
    let folder = folder();
    fs::write(folder.path().join("data"), "a file where the folder should be").unwrap();
    fs::write(folder.path().join("camps.csv"), "name,lat,lon\nCamp One,1,2\n").unwrap();
    let added = with_data(&folder, &["gazetteer", "add", "camps.csv"]);
    assert_eq!(code(&added), 1);
    assert!(
        err(&added).contains("cannot be written") && err(&added).contains("DATELINE_DATA"),
        "{}",
        err(&added)
    );
}
