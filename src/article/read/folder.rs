//! Files and folders into articles.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::kind::Kind;
use super::{ReadError, read_file};
use crate::article::Article;
use crate::article::report::Report;

/// Reads every file of `paths`, folders with all that is in them, one after the other.
///
/// Whatever cannot be read is told in the report; the others are read.
pub fn read_paths(paths: &[PathBuf]) -> (Vec<Article>, Report) {
    let (files, mut report) = list_files(paths);
    let mut articles = Vec::with_capacity(files.len());
    for file in files {
        match read_file(&file) {
            Ok(article) => articles.push(article),
            Err(error) => report.add(file, error),
        }
    }
    (articles, report)
}

/// The files that `paths` stand for: files as given, whatever their names; of folders, those with
/// a known ending, sorted by name, with those of the folders inside them. Hidden files and links
/// to folders inside a folder are passed over; a file named twice is listed once.
pub fn list_files(paths: &[PathBuf]) -> (Vec<PathBuf>, Report) {
    let mut report = Report::default();
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len() + report.problems.len();
        walk(path, &mut files, &mut report);
        if files.len() + report.problems.len() == before {
            report.add(path, ReadError::NoArticles);
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(file.clone()));
    (files, report)
}

/// Adds the articles of `folder`, in the order a sorted listing of the whole tree has.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, report: &mut Report) {
    let mut stack = vec![folder.to_owned()];
    while let Some(path) = stack.pop() {
        // A link to a folder may lead back up.
        let is_folder = path == folder || fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir());
        if !is_folder {
            if Kind::of_path(&path).is_some() && path.is_file() {
                files.push(path);
            }
            continue;
        }
        match entries(&path) {
            Ok(inside) => stack.extend(inside.into_iter().rev()),
            Err(error) => report.add(path, ReadError::from(error)),
        }
    }
}

/// What a folder holds, sorted, but for hidden files.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &[PathBuf], root: &Path) -> Vec<String> {
        files.iter().map(|f| f.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn folders_are_read_in_order_with_what_is_inside() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("b/c")).unwrap();
        for name in ["b/c/2.md", "b/1.txt", "a.TXT", "z.html", "b/photo.jpg", ".hidden.txt"] {
            fs::write(root.path().join(name), "Rain fell in Oslo.").unwrap();
        }
        let (files, report) = list_files(&[root.path().into(), root.path().join("a.TXT")]);
        assert_eq!(names(&files, root.path()), ["a.TXT", "b/1.txt", "b/c/2.md", "z.html"]);
        assert!(report.is_clean());
    }

    #[test]
    fn one_bad_file_does_not_cost_the_others() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "Rain fell in Oslo.").unwrap();
        fs::write(root.path().join("b.txt"), "").unwrap();
        let (articles, report) = read_paths(&[root.path().into(), root.path().join("none.txt")]);
        assert_eq!(articles.len(), 1);
        let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        assert!(problems[0].contains("b.txt: the file is empty"), "{problems:?}");
        assert!(problems[1].contains("none.txt: no such file"), "{problems:?}");
    }

    #[test]
    fn a_folder_without_articles_is_told() {
        let root = tempfile::tempdir().unwrap();
        let (articles, report) = read_paths(&[root.path().into()]);
        assert!(articles.is_empty());
        assert!(report.problems[0].message.contains("no articles"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_back_up_is_not_followed() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
        fs::write(root.path().join("a.txt"), "Rain fell in Oslo.").unwrap();
        assert_eq!(list_files(&[root.path().into()]).0.len(), 1);
    }
}
