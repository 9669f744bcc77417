//! The names of all parts in one order, sorted outside of memory: each part leaves a run of its
//! names in a file, and at the end the runs are merged (Knuth, The Art of Computer Programming 3,
//! section 5.4).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use fst::Streamer;

use super::super::store::Gazetteer;

/// Bytes read ahead of each run.
const AHEAD: usize = 1 << 14;

/// The runs, while parts are added.
pub(super) struct Runs {
    path: PathBuf,
    out: BufWriter<File>,
    at: u64,
    /// Where each begins, and its number of names.
    runs: Vec<(u64, usize)>,
    /// Number of names of all places.
    pub(super) total: usize,
}

impl Runs {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let out = BufWriter::new(File::create(path)?);
        Ok(Self { path: path.to_owned(), out, at: 0, runs: Vec::new(), total: 0 })
    }

    /// Leaves the names of the next part with their first postings.
    pub(super) fn push(&mut self, part: &Gazetteer) -> io::Result<()> {
        let mut names = part.index.stream();
        let (from, mut count) = (self.at, 0);
        while let Some((name, first)) = names.next() {
            self.out.write_all(&(name.len() as u32).to_le_bytes())?;
            self.out.write_all(&(first as u32).to_le_bytes())?;
            self.out.write_all(name)?;
            self.at += 8 + name.len() as u64;
            count += 1;
        }
        self.runs.push((from, count));
        self.total += part.name_total();
        Ok(())
    }

    /// Begins to read all runs at once.
    pub(super) fn merge(mut self) -> io::Result<Merge> {
        self.out.flush()?;
        let mut merge = Merge { runs: Vec::with_capacity(self.runs.len()), heads: BinaryHeap::new() };
        for (part, &(from, left)) in (0u32..).zip(&self.runs) {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(from))?;
            merge.runs.push(Run { text: BufReader::with_capacity(AHEAD, file), left });
            merge.advance(part)?;
        }
        Ok(merge)
    }
}

struct Run {
    text: BufReader<File>,
    left: usize,
}

/// The next name of a run, its part, its first posting there.
type Head = Reverse<(Vec<u8>, u32, u32)>;

/// A name with the parts that have it, each with its first posting there.
pub(super) type Merged = (Vec<u8>, Vec<(u32, u32)>);

/// The names of all runs in order.
pub(super) struct Merge {
    runs: Vec<Run>,
    heads: BinaryHeap<Head>,
}

impl Merge {
    /// The next name.
    pub(super) fn next(&mut self) -> io::Result<Option<Merged>> {
        let Some(Reverse((name, part, first))) = self.heads.pop() else { return Ok(None) };
        self.advance(part)?;
        let mut found = vec![(part, first)];
        while let Some(Reverse((next, ..))) = self.heads.peek()
            && *next == name
            && let Some(Reverse((_, part, first))) = self.heads.pop()
        {
            found.push((part, first));
            self.advance(part)?;
        }
        Ok(Some((name, found)))
    }

    fn advance(&mut self, part: u32) -> io::Result<()> {
        let Some(run) = self.runs.get_mut(part as usize).filter(|run| run.left > 0) else { return Ok(()) };
        run.left -= 1;
        let mut number = [0; 4];
        run.text.read_exact(&mut number)?;
        let mut name = vec![0; u32::from_le_bytes(number) as usize];
        run.text.read_exact(&mut number)?;
        run.text.read_exact(&mut name)?;
        self.heads.push(Reverse((name, part, u32::from_le_bytes(number))));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::pack::tests::packed;
    use super::*;

    #[test]
    fn names_of_all_parts_come_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let part = Gazetteer::from_bytes(packed()).unwrap();
        let mut runs = Runs::create(&folder.path().join("names")).unwrap();
        runs.push(&part).unwrap();
        runs.push(&part).unwrap();
        assert_eq!(runs.total, 2 * part.name_total());
        let mut merge = runs.merge().unwrap();
        let mut names = Vec::new();
        while let Some((name, found)) = merge.next().unwrap() {
            let first = part.index.get(&name).unwrap() as u32;
            assert_eq!(found, [(0, first), (1, first)]);
            names.push(name);
        }
        assert_eq!(names.len(), part.index.len());
        assert!(names.is_sorted());
    }
}
