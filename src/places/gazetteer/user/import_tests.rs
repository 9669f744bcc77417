//! Tests of adding gazetteers: what goes in, what is told, what is left behind.

use super::super::super::pack::tests::packed;
use super::super::super::search::Match;
use super::*;

const DUMP: &str = "\
990000001\tUpper Field\tUpper Field\tOber Feld,اوبر\t34.9\t69.25\tP\tPPL\tAF\t\t40\t\t\t\t900\t\t\tAsia/Kabul\t2020-01-01
12\tKabul\tKabul\t\t34.5\t69.25\tA\tADM1\tAF\t\t13\t\t\t\t0\t\t\tAsia/Kabul\t2020-01-01
990000002\tBroken\tBroken\t\t134.9\t69.25\tP\tPPL\tAF\t\t\t\t\t\t0\t\t\tAsia/Kabul\t2020-01-01
990000003\tCut
990000001\tTwice\tTwice\t\t34.9\t69.25\tP\tPPL\tAF\t\t\t\t\t\t0\t\t\tAsia/Kabul\t2020-01-01
";

struct Bench {
    folder: tempfile::TempDir,
    library: Library,
    world: Gazetteer,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::new(folder.path().join("gazetteers"));
    Bench { folder, library, world: Gazetteer::from_bytes(packed()).unwrap() }
}

impl Bench {
    fn add(&self, file: &str, content: impl AsRef<[u8]>) -> Result<Added, AddError> {
        self.add_with(file, content, &AddOptions::default())
    }

    fn add_with(
        &self,
        file: &str,
        content: impl AsRef<[u8]>,
        options: &AddOptions<'_>,
    ) -> Result<Added, AddError> {
        let path = self.folder.path().join(file);
        fs::write(&path, content).unwrap();
        self.library.add(&path, options, &self.world, &mut |_| true)
    }

    fn open(&self) -> Gazetteer {
        let mut world = Gazetteer::from_bytes(packed()).unwrap();
        for entry in self.library.list() {
            world.push_own(&self.library.path(&entry.name)).unwrap();
        }
        world
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.library.folder()).unwrap();
        let mut out: Vec<String> =
            entries.map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        out.sort();
        out
    }
}

fn ids(gazetteer: &Gazetteer, name: &str) -> Vec<String> {
    gazetteer.lookup(&fold(name)).map(|h| gazetteer.place(h.place).unwrap().id.to_string()).collect()
}

#[test]
fn a_dump_is_added_and_its_bad_rows_are_named() {
    let bench = bench();
    let added = bench.add("AF.txt", DUMP).unwrap();
    assert_eq!((added.name.as_str(), added.places, added.rejected), ("af", 2, 3));
    assert_eq!(added.reasons.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 4, 5]);
    assert!(added.reasons[0].message.contains("latitude"), "{:?}", added.reasons);
    let gazetteer = bench.open();
    assert_eq!(ids(&gazetteer, "Upper Field"), ["geonames:990000001"]);
    assert_eq!(ids(&gazetteer, "اوبر"), ["geonames:990000001"]);
    assert_eq!(bench.files(), ["af.gaz"], "nothing else is left behind");
}

#[test]
fn a_place_of_a_dump_that_is_known_counts_once() {
    let bench = bench();
    bench.add("AF.txt", DUMP).unwrap();
    let gazetteer = bench.open();
    assert_eq!(ids(&gazetteer, "Kabul"), ["geonames:1138958", "geonames:12", "geonames:77"]);
    let again: Vec<_> = gazetteer.search("Kabul", 20).iter().map(|f| f.place).collect();
    assert!(again.iter().all(|p| (p.0 as usize) < gazetteer.len()), "{again:?}");
}

#[test]
fn rows_of_an_own_list_come_first() {
    let bench = bench();
    let table = "name,lat,lon,country\nKabul,10,20,SD\nAbu Camp,11,21,\nBad,x,1,\n";
    let added = bench.add("My Camps.csv", table).unwrap();
    assert_eq!((added.name.as_str(), added.places, added.rejected), ("my-camps", 2, 1));
    assert_eq!(added.reasons[0].line, 4);
    let gazetteer = bench.open();
    assert_eq!(ids(&gazetteer, "Kabul")[0], "my-camps:1");
    assert_eq!(gazetteer.search("Kabul", 3)[0].how, Match::Exact);
    assert_eq!(gazetteer.place_name(gazetteer.search("abu", 3)[0].place), "Abu Camp");
    let camp = gazetteer.by_id("my-camps:2").unwrap();
    assert_eq!(gazetteer.names(camp)[0].text, "Abu Camp");
    assert_eq!(gazetteer.name(gazetteer.lookup("abu camp").next().unwrap().name), "Abu Camp");
}

#[test]
fn a_walk_and_a_lookup_agree_with_own_places() {
    let bench = bench();
    bench.add("AF.txt", DUMP).unwrap();
    bench.add("camps.csv", "name,lat,lon\nBagram Camp North,34.9,69.2\nKabul,1,2\n").unwrap();
    let gazetteer = bench.open();
    for name in ["Bagram Camp North", "Kabul", "Upper Field", "Bagram Airfield", "Bagram"] {
        let mut walker = gazetteer.walker();
        assert!(walker.feed(&fold(name)) && walker.ends_name(), "{name}");
        assert!(walker.hits().eq(gazetteer.lookup(&fold(name))), "{name}");
    }
    let mut walker = gazetteer.walker();
    assert!(walker.feed("bagram") && walker.feed(" camp"));
    assert!(!walker.ends_name() && !walker.feed(" zz"));
}

#[test]
fn own_places_lie_in_the_divisions_of_the_world() {
    let bench = bench();
    let province = bench.world.by_id("geonames:10").unwrap();
    let locate = |_: LonLat| Some(province);
    let options = AddOptions { locate: Some(&locate), ..AddOptions::default() };
    bench.add_with("camps.csv", "name,lat,lon\nCamp Nine,34.9,69.2\n", &options).unwrap();
    let gazetteer = bench.open();
    let camp = gazetteer.place(gazetteer.by_id("camps:1").unwrap()).unwrap();
    assert_eq!((camp.country, camp.admin1), ("AF", "Parwan"));
    let bagram = gazetteer.by_id("geonames:1147540").unwrap();
    assert!(gazetteer.hierarchy(camp.index).same_admin1(gazetteer.hierarchy(bagram)));
    assert_eq!(gazetteer.search("Camp Nine, Parwan", 3).len(), 1);
    assert_eq!(gazetteer.search("Camp Nine, Iowa", 3).len(), 0);
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let bench = bench();
    bench.add("AF.txt", DUMP).unwrap();
    let first = fs::read(bench.library.path("af")).unwrap();
    let replace = AddOptions { replace: true, ..AddOptions::default() };
    bench.add_with("AF.txt", DUMP, &replace).unwrap();
    assert!(fs::read(bench.library.path("af")).unwrap() == first);
}

#[test]
fn a_stopped_or_failed_import_leaves_the_old_state() {
    let bench = bench();
    bench.add("AF.txt", DUMP).unwrap();
    let before = fs::read(bench.library.path("af")).unwrap();
    assert!(matches!(bench.add("AF.txt", DUMP), Err(AddError::NameTaken(_))));
    let replace = || AddOptions { replace: true, ..AddOptions::default() };
    assert!(matches!(bench.add_with("AF.txt", "no,header\n", &replace()), Err(AddError::Content(..))));
    let bad = "name,lat,lon\nx,y,z\n";
    assert!(matches!(bench.add_with("AF.txt", bad, &replace()), Err(AddError::NoRows(_, 1, _))));
    let path = bench.folder.path().join("AF.txt");
    fs::write(&path, "name,lat,lon\n".to_owned() + &"Camp,1,2\n".repeat(9000)).unwrap();
    let stopped = bench.library.add(&path, &replace(), &bench.world, &mut |_| false);
    assert!(matches!(stopped, Err(AddError::Cancelled)));
    assert!(fs::read(bench.library.path("af")).unwrap() == before);
    assert_eq!(bench.files(), ["af.gaz"]);
}

#[test]
fn rows_of_a_small_dump_come_first_too() {
    let bench = bench();
    let row = "990000009\tKabul\tKabul\t\t10\t20\tP\tPPL\tSD\t\t\t\t\t\t9\t\t\tx\tx\n";
    bench.add("own.txt", row).unwrap();
    let gazetteer = bench.open();
    assert_eq!(ids(&gazetteer, "Kabul")[0], "geonames:990000009");
    assert_eq!(gazetteer.place_name(gazetteer.search("kabul", 1)[0].place), "Kabul");
    assert_eq!(gazetteer.search("kabul", 1)[0].place, gazetteer.by_id("geonames:990000009").unwrap());
}

#[test]
fn what_a_killed_import_left_behind_goes() {
    let bench = bench();
    bench.add("AF.txt", DUMP).unwrap();
    let [part, starts, _] = bench.library.scratch("af");
    fs::write(&part, "half").unwrap();
    fs::write(&starts, "half").unwrap();
    let at_work = hold(&bench.library.scratch("other")[0], "other").unwrap();
    bench.library.tidy();
    assert_eq!(bench.files(), [".other.part", "af.gaz"], "what is written just now stays");
    let busy = AddOptions { name: Some("other".into()), ..AddOptions::default() };
    assert!(matches!(bench.add_with("AF.txt", DUMP, &busy), Err(AddError::Busy(name)) if name == "other"));
    drop(at_work);
    bench.add_with("AF.txt", DUMP, &busy).unwrap();
    assert_eq!(bench.files(), ["af.gaz", "other.gaz"]);
}

#[test]
fn a_cut_file_gives_what_it_has() {
    let bench = bench();
    let cut = DUMP.find("Broken").unwrap();
    let added = bench.add("AF.txt", &DUMP[..cut]).unwrap();
    assert_eq!((added.places, added.rejected), (2, 1));
    assert!(added.reasons[0].message.contains("columns instead of 19"), "{:?}", added.reasons);
    let json = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Camp"},"geometry":{"type":"Point","coordinates":[1,2]}},{"ty"#;
    let error = bench.add("cut.geojson", json).unwrap_err().to_string();
    assert!(error.contains("cut short after feature 1"), "{error}");
    assert_eq!(bench.files(), ["af.gaz"]);
}

#[test]
fn sorting_can_be_stopped_too() {
    let bench = bench();
    let path = bench.folder.path().join("many.csv");
    let rows: String = (0..70_000).map(|n| format!("Camp {n},1,2\n")).collect();
    fs::write(&path, format!("name,lat,lon\n{rows}")).unwrap();
    let mut stages = Vec::new();
    let stopped = bench.library.add(&path, &AddOptions::default(), &bench.world, &mut |p| {
        stages.push(p.stage);
        p.stage == Stage::Reading
    });
    assert!(matches!(stopped, Err(AddError::Cancelled)), "{stopped:?}");
    assert_eq!(stages.last(), Some(&Stage::Sorting));
    assert!(bench.files().is_empty());
}

#[test]
fn wrongly_encoded_rows_are_told_and_the_rest_goes_in() {
    let bench = bench();
    let mut table = b"name,lat,lon\nGood Camp,1,2\n".to_vec();
    table.extend(b"Caf\xe9 Camp,1,2\n");
    let added = bench.add("latin.csv", &table).unwrap();
    assert_eq!((added.places, added.rejected), (1, 1));
    assert!(added.reasons[0].message.contains("UTF-8"));
    let utf16: Vec<u8> = "name,lat,lon\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(bench.add("wide.csv", utf16), Err(AddError::Unfit(..))));
    assert!(matches!(bench.add("empty.csv", ""), Err(AddError::Unfit(..))));
    assert!(matches!(bench.add("cut.zip", b"PK\x03\x04rest"), Err(AddError::Read(..))));
    let wide: Vec<u8> = [0xfeff].into_iter().chain(DUMP.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(bench.add("wide.txt", wide).unwrap_err().to_string().contains("UTF-16"));
}

#[test]
fn many_parts_are_one_gazetteer() {
    let bench = bench();
    let mut table = "id,name,lat,lon\n".to_owned();
    for id in 0..CHUNK + 10 {
        table += &format!("{id},Camp {},1,2\n", id % 7);
    }
    let added = bench.add("many.csv", table).unwrap();
    assert_eq!(added.places, CHUNK + 10);
    let gazetteer = bench.open();
    let hits: Vec<String> = ids(&gazetteer, "Camp 3");
    assert_eq!(hits.len(), (0..CHUNK + 10).filter(|id| id % 7 == 3).count());
    let second = (CHUNK..).find(|id| id % 7 == 3).unwrap();
    assert!(hits.contains(&format!("many:{second}")), "the second part is searched");
}

#[test]
fn gazetteers_are_listed_and_removed() {
    let bench = bench();
    bench.add("AF.txt", DUMP).unwrap();
    let list = bench.library.list();
    assert_eq!((list[0].name.as_str(), list[0].places, list[0].source.as_str()), ("af", 2, "AF.txt"));
    assert_eq!(list[0].sha256.len(), 64);
    assert!(bench.library.remove("../af").is_err() && bench.library.remove("xx").is_err());
    bench.library.remove("af").unwrap();
    assert!(bench.library.list().is_empty());
    fs::write(bench.library.path("odd"), "something else").unwrap();
    assert!(bench.library.list()[0].problem.is_some(), "a damaged one is listed with its problem");
}

#[test]
fn names_must_be_plain() {
    assert!(is_name("camps-2026") && !is_name("geonames") && !is_name("a/b") && !is_name(""));
    assert_eq!(name_of(Path::new("/x/My List.CSV")), "my-list");
    assert_eq!(name_of(Path::new("GeoNames.zip")), "my-geonames");
}
