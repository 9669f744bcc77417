//! Map tiles from a server the person named: the only part of the program that opens a
//! connection, and only while that map is chosen.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use sha2::{Digest, Sha256};

use super::choices::OnlineMap;
use crate::export::file::write_whole;
use crate::map::source::{SourceError, SourceInfo, TileSource, XyzTemplate, decode};
use crate::map::{Picture, TileId, TileStyle};

/// The nearest zoom asked for: what most servers have.
const NEAREST: u8 = 19;
/// A tile of more bytes than this is none.
const LARGEST: u64 = 8 << 20;
/// Tiles are kept this long before they are asked for anew.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// After a failure the server is left alone for so long.
const PAUSE: Duration = Duration::from_secs(15);

/// Tiles kept on disk, so that a place seen once is there without the server.
#[derive(Debug)]
pub struct Cache {
    folder: Option<PathBuf>,
    most: u64,
    used: AtomicU64,
}

impl Cache {
    /// The folder of this environment: `DATELINE_CACHE`, else the system's (XDG Base Directory
    /// Specification 0.8; `LOCALAPPDATA` on Windows).
    pub fn folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
        let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        folder("DATELINE_CACHE")
            .or_else(|| folder("XDG_CACHE_HOME").map(|f| f.join("dateline")))
            .or_else(|| folder("LOCALAPPDATA").map(|f| f.join("dateline")))
            .or_else(|| folder("HOME").map(|f| f.join(".cache/dateline")))
            .map(|f| f.join("tiles"))
    }

    /// A cache in a folder with room for so many bytes; without a folder nothing is kept.
    pub fn new(folder: Option<PathBuf>, most: u64) -> Self {
        let used = folder.as_deref().map_or(0, |folder| files(folder).iter().map(|file| file.1).sum());
        Self { folder, most, used: AtomicU64::new(used) }
    }

    /// Bytes kept.
    pub fn used(&self) -> u64 {
        self.used.load(Ordering::Relaxed)
    }

    fn path(&self, url: &str) -> Option<PathBuf> {
        let hash = Sha256::digest(url.as_bytes());
        let name: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let folder = self.folder.as_ref()?.join(name.get(..2)?);
        Some(folder.join(name))
    }

    /// The tile of an address, and whether it is still young.
    fn get(&self, url: &str) -> Option<(Vec<u8>, bool)> {
        let path = self.path(url)?;
        let bytes = std::fs::read(&path).ok()?;
        let age = path.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok());
        Some((bytes, age.is_some_and(|age| age < KEPT)))
    }

    fn put(&self, url: &str, bytes: &[u8]) {
        let Some(path) = self.path(url) else { return };
        let made = path.parent().is_some_and(|folder| std::fs::create_dir_all(folder).is_ok());
        // A full disk costs the cache, not the map.
        if made && write_whole(&path, bytes).is_ok() {
            let used = self.used.fetch_add(bytes.len() as u64, Ordering::Relaxed) + bytes.len() as u64;
            if used > self.most {
                self.shrink();
            }
        }
    }

    /// Takes the oldest tiles away until a tenth of the room is free.
    fn shrink(&self) {
        let Some(folder) = &self.folder else { return };
        let mut all = files(folder);
        all.sort_by(|a, b| a.2.cmp(&b.2).then(a.0.cmp(&b.0)));
        let mut used: u64 = all.iter().map(|file| file.1).sum();
        for (path, bytes, _) in all {
            if used <= self.most / 10 * 9 {
                break;
            }
            if std::fs::remove_file(path).is_ok() {
                used -= bytes;
            }
        }
        self.used.store(used, Ordering::Relaxed);
    }
}

/// Takes every kept tile away.
pub fn clear(folder: &Path) {
    for (path, ..) in files(folder) {
        // What cannot be removed is there the next time.
        let _ = std::fs::remove_file(path);
    }
}

/// The tiles in the cache's folder: path, bytes, when written.
fn files(folder: &Path) -> Vec<(PathBuf, u64, SystemTime)> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: std::fs::DirEntry| {
        let about = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Some((entry.path(), about.len(), about.modified().unwrap_or(SystemTime::UNIX_EPOCH)))
    };
    entries(folder).flat_map(|inner| entries(&inner.path()).filter_map(file).collect::<Vec<_>>()).collect()
}

/// A server of tiles with its cache.
pub struct Online {
    template: XyzTemplate,
    info: SourceInfo,
    agent: ureq::Agent,
    cache: Cache,
    /// When the server failed last, and how.
    failed: Mutex<Option<(Instant, String)>>,
}

impl Online {
    /// The server of an address.
    ///
    /// # Errors
    /// [`SourceError::Address`] where the address makes no sense.
    pub fn new(map: &OnlineMap, cache: Cache) -> Result<Self, SourceError> {
        let template = XyzTemplate::parse(&map.template)?;
        let info = SourceInfo {
            name: "Online map".to_owned(),
            attribution: map.attribution.clone(),
            least_zoom: 0,
            most_zoom: NEAREST,
            bounds: None,
            vector: false,
        };
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(20)))
            .user_agent(concat!("Dateline/", env!("CARGO_PKG_VERSION"), " (desktop map viewer)"))
            .build();
        Ok(Self { template, info, agent: config.into(), cache, failed: Mutex::new(None) })
    }

    fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, why)) = failed.as_ref()
            && at.elapsed() < PAUSE
        {
            return Err(why.clone());
        }
        *failed = None;
        drop(failed);
        self.ask(url).inspect_err(|why| {
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), why.clone()));
        })
    }

    fn ask(&self, url: &str) -> Result<Vec<u8>, String> {
        let mut response = self.agent.get(url).call().map_err(|error| told(&error))?;
        let mut bytes = Vec::new();
        let reader = response.body_mut().as_reader();
        reader.take(LARGEST).read_to_end(&mut bytes).map_err(|error| told(&error.into()))?;
        Ok(bytes)
    }
}

/// Why a server gave no tile, and what to do.
fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::StatusCode(code @ (401 | 403)) => {
            format!("the tile server refuses (status {code}): look whether its address wants a key")
        }
        ureq::Error::StatusCode(404) => {
            "the tile server has no such tile (status 404): look at its address, or farther off".to_owned()
        }
        ureq::Error::StatusCode(code) => {
            format!("the tile server answers with an error (status {code}): try again later")
        }
        ureq::Error::Io(error) => {
            format!("the tile server does not answer ({}): look at its address and the network", error.kind())
        }
        other => format!("the tile server does not answer ({other}): look at its address and the network"),
    }
}

impl TileSource for Online {
    fn about(&self) -> &SourceInfo {
        &self.info
    }

    fn tile(&self, id: TileId, style: &TileStyle, size_px: u32) -> Result<Option<Picture>, SourceError> {
        if id.z > NEAREST {
            return Ok(None);
        }
        let url = self.template.url(id, size_px > 400);
        let kept = self.cache.get(&url);
        if let Some((bytes, true)) = &kept {
            return decode(bytes, id, style, size_px).map(Some);
        }
        match (self.fetch(&url), kept) {
            (Ok(bytes), _) => {
                // What is no picture is told and never kept.
                let picture = decode(&bytes, id, style, size_px)?;
                self.cache.put(&url, &bytes);
                Ok(Some(picture))
            }
            (Err(_), Some((old, _))) => decode(&old, id, style, size_px).map(Some),
            (Err(why), None) => Err(SourceError::Server(why)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use std::net::TcpListener;

    const ID: TileId = TileId { z: 1, x: 0, y: 1 };

    fn png() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(&[90; 12]).unwrap();
        bytes
    }

    /// A server on this computer that gives each connection the same answer; its address.
    fn server(status: &'static str, body: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/{{z}}/{{x}}/{{y}}.png", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().take(1) {
                let mut stream = stream.unwrap();
                let mut asked = [0; 2048];
                let n = stream.read(&mut asked).unwrap();
                let agent = String::from_utf8_lossy(&asked[..n]).to_lowercase();
                assert!(agent.contains("user-agent: dateline/"), "{agent}");
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(&body).unwrap();
            }
        });
        address
    }

    fn online(template: String, folder: &Path) -> Online {
        let cache = Cache::new(Some(folder.to_owned()), 1 << 20);
        Online::new(&OnlineMap { template, ..OnlineMap::default() }, cache).unwrap()
    }

    #[test]
    fn a_tile_is_fetched_once_and_then_kept() {
        let folder = tempfile::tempdir().unwrap();
        let online = online(server("200 OK", png()), folder.path());
        let first = online.tile(ID, &TileStyle::default(), 64).unwrap().unwrap();
        // The server answers one question only: the second tile comes from the disk.
        let second = online.tile(ID, &TileStyle::default(), 64).unwrap().unwrap();
        assert_eq!(first, second);
        assert_eq!(online.cache.used(), png().len() as u64);
    }

    #[test]
    fn errors_and_html_are_told_and_not_kept() {
        for (status, body) in
            [("503 Service Unavailable", Vec::new()), ("200 OK", b"<html>no</html>".to_vec())]
        {
            let folder = tempfile::tempdir().unwrap();
            let online = online(server(status, body), folder.path());
            let error = online.tile(ID, &TileStyle::default(), 64).unwrap_err().to_string();
            assert!(error.contains("tile"), "{error}");
            assert_eq!(online.cache.used(), 0);
        }
    }

    #[test]
    fn an_address_without_its_signs_is_refused() {
        let map = OnlineMap { template: "https://example.org/map.png".into(), ..OnlineMap::default() };
        assert!(Online::new(&map, Cache::new(None, 0)).is_err());
    }

    #[test]
    fn a_full_cache_lets_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(folder.path().to_owned()), 1000);
        for n in 0..20 {
            cache.put(&format!("https://example.org/{n}"), &[0; 100]);
        }
        assert!(cache.used() <= 1000, "{}", cache.used());
        clear(folder.path());
        assert_eq!(Cache::new(Some(folder.path().to_owned()), 1000).used(), 0);
    }
}
