//! Which files are meant by what was named: the files themselves, and of a folder all in it that may hold a document?

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Failure;
use crate::file::{self, DASH, READ_IN_FOLDERS};

/// How many files are read in one run.
pub(crate) const MAX_FILES: usize = 100_000;
/// How deep folders stand in each other.
const MAX_DEPTH: usize = 64;

/// One thing to be read.
#[derive(Debug)]
pub(crate) enum Source {
    /// As it was named: a file, a web address, or standard input.
    Named(String),
    /// Found in a folder.
    Found(PathBuf),
    /// A folder in a folder that cannot be looked into.
    Closed(PathBuf, std::io::Error),
}

/// What is to be read, in order.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    pub(crate) all: Vec<Source>,
    /// How many files of a folder were passed over: of another kind, or behind a link that leads out of the folder.
    pub(crate) passed_over: usize,
}

impl Source {
    /// What it is called in an answer.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Named(what) => what.clone(),
            Self::Found(path) | Self::Closed(path, _) => path.display().to_string(),
        }
    }
}

impl Sources {
    /// Looks what there is, leaving out the files that this run writes.
    ///
    /// # Errors
    /// A folder that cannot be read, or that has nothing in it; too many files.
    pub(crate) fn find(named: &[String], written: &[&Path]) -> Result<Self, Failure> {
        let written: Vec<PathBuf> = written.iter().filter_map(|path| path.canonicalize().ok()).collect();
        let mut sources = Self::default();
        for what in named {
            if what == DASH || file::is_address(what) || !Path::new(what).is_dir() {
                sources.add(Source::Named(what.clone()))?;
                continue;
            }
            let failed = |source| Failure::Read { what: what.clone(), source };
            let root = Path::new(what).canonicalize().map_err(failed)?;
            let before = sources.all.len();
            sources.walk(&Walk { root: &root, written: &written }, Path::new(what), 0).map_err(|why| match why {
                Stop::Unreadable(source) => failed(source),
                Stop::Failed(failure) => failure,
            })?;
            if sources.all.len() == before {
                return Err(Failure::NothingThere { folder: what.into(), passed_over: sources.passed_over });
            }
        }
        Ok(sources)
    }

    fn add(&mut self, source: Source) -> Result<(), Failure> {
        if self.all.len() == MAX_FILES {
            return Err(Failure::TooManyFiles { limit: MAX_FILES });
        }
        self.all.push(source);
        Ok(())
    }

    fn walk(&mut self, walk: &Walk<'_>, folder: &Path, depth: usize) -> Result<(), Stop> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(Stop::Unreadable)? {
            let entry = entry.map_err(Stop::Unreadable)?;
            let name = entry.file_name();
            if !name.as_encoded_bytes().starts_with(b".") {
                entries.push((name, entry.file_type().map_err(Stop::Unreadable)?));
            }
            // Said before a folder without an end fills the memory.
            if entries.len() > MAX_FILES {
                return Err(Stop::Failed(Failure::TooManyFiles { limit: MAX_FILES }));
            }
        }
        entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (name, kind) in entries {
            let path = folder.join(&name);
            // A folder behind a link is reached by its own name, if it stands in here.
            if kind.is_dir() && depth < MAX_DEPTH {
                match self.walk(walk, &path, depth + 1) {
                    Err(Stop::Unreadable(source)) => self.add(Source::Closed(path, source)).map_err(Stop::Failed)?,
                    other => other?,
                }
            } else if walk.is_written(&path) {
                // This run writes it: it is no document of the folder.
            } else if walk.is_read(&path, kind) {
                self.add(Source::Found(path)).map_err(Stop::Failed)?;
            } else {
                self.passed_over += 1;
            }
        }
        Ok(())
    }
}

enum Stop {
    /// The folder itself.
    Unreadable(std::io::Error),
    /// Everything.
    Failed(Failure),
}

/// What holds for every folder below one that was named.
struct Walk<'a> {
    root: &'a Path,
    written: &'a [PathBuf],
}

impl Walk<'_> {
    fn is_read(&self, path: &Path, kind: fs::FileType) -> bool {
        let end = path.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
        let is_within = || path.canonicalize().is_ok_and(|target| target.starts_with(self.root) && target.is_file());
        end.is_some_and(|end| READ_IN_FOLDERS.contains(&end.as_str()))
            // Not a pipe or a device, which would be waited for.
            && (kind.is_file() || (kind.is_symlink() && is_within()))
    }

    fn is_written(&self, path: &Path) -> bool {
        let is_named_so = self.written.iter().any(|written| written.file_name() == path.file_name());
        is_named_so && path.canonicalize().is_ok_and(|path| self.written.contains(&path))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(sources: &Sources, root: &Path) -> Vec<String> {
        let within = |path: &PathBuf| path.strip_prefix(root).unwrap().display().to_string();
        let name = |source: &Source| match source {
            Source::Found(path) => within(path),
            Source::Closed(path, _) => format!("closed {}", within(path)),
            Source::Named(what) => what.clone(),
        };
        sources.all.iter().map(name).collect()
    }

    #[test]
    fn a_folder_is_walked_in_order_without_hidden_files_other_kinds_and_links_that_lead_out() {
        let (outside, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = folder.path();
        fs::create_dir_all(root.join("b/deep")).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        fs::write(outside.path().join("secret.json"), "{}").unwrap();
        for name in
            ["c.JSON", "a.json", "b/deep/x.jwt", "b/y.svg", ".hidden.json", ".git/z.json", "notes.docx", "state.json"]
        {
            fs::write(root.join(name), "{}").unwrap();
        }
        symlink(outside.path().join("secret.json"), root.join("out.json")).unwrap();
        symlink(outside.path(), root.join("out")).unwrap();
        symlink(root.join("b/y.svg"), root.join("within.svg")).unwrap();
        symlink(root, root.join("b/round")).unwrap();
        let state = root.join("state.json");
        let found = Sources::find(&[root.display().to_string()], &[&state]).unwrap();
        assert_eq!(names(&found, root), ["a.json", "b/deep/x.jwt", "b/y.svg", "c.JSON", "within.svg"]);
        assert_eq!(found.passed_over, 4, "notes.docx, out.json, out and b/round; what is hidden is not spoken of");
    }

    #[test]
    fn an_empty_folder_is_no_good_answer() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.docx"), "").unwrap();
        let found = Sources::find(&[folder.path().display().to_string()], &[]);
        assert!(matches!(found, Err(Failure::NothingThere { passed_over: 1, .. })), "{found:?}");
    }

    #[test]
    fn there_is_a_most_that_is_read() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "").unwrap();
        let named = folder.path().display().to_string();
        let mut sources = Sources::default();
        sources.all.extend((0..MAX_FILES).map(|_| Source::Named("a".to_owned())));
        let all = vec![named; MAX_FILES + 1];
        let found = Sources::find(&all, &[]);
        assert!(matches!(found, Err(Failure::TooManyFiles { limit: MAX_FILES })));
        assert!(matches!(sources.add(Source::Named("a".to_owned())), Err(Failure::TooManyFiles { .. })));
    }
}
