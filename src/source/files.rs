//! Which files the inputs mean: files, folders, patterns, standard input.

use std::{
    path::{Component, Path, PathBuf},
    vec,
};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use super::{Error, Format};

/// One thing to read, in the order that it was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder, or a pattern with `*`, `?`, `[…]`, `{…}`.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// The input that an argument means: `-` is standard input.
    pub fn new(argument: &Path) -> Self {
        if argument == Path::new("-") { Self::Stdin } else { Self::Path(argument.to_path_buf()) }
    }
}

/// A file to open; `None` for standard input.
pub(crate) type File = Option<PathBuf>;

/// The files that inputs mean, in order; those of a folder sorted by name.
pub(crate) struct Files {
    inputs: vec::IntoIter<Input>,
    walk: Option<Walk>,
}

/// A folder that is being listed.
struct Walk {
    entries: walkdir::IntoIter,
    matcher: Option<GlobMatcher>,
    /// Told if no file is found.
    nothing: Option<Error>,
}

impl Files {
    pub(crate) fn new(inputs: Vec<Input>) -> Self {
        Self { inputs: inputs.into_iter(), walk: None }
    }

    /// Begins one input: gives the file that it is, or nothing if it is to be walked.
    fn begin(&mut self, input: Input) -> Option<Result<File, Error>> {
        let Input::Path(path) = input else { return Some(Ok(None)) };
        if path.is_dir() {
            let nothing =
                Error::EmptyFolder { path: path.display().to_string(), extensions: Format::extensions() };
            self.walk = Some(Walk::new(&path, None, nothing));
            return None;
        }
        // A file whose name looks like a pattern is that file. Broken links are told when they are opened.
        if path.symlink_metadata().is_ok() {
            return Some(Ok(Some(path)));
        }
        let pattern = path.to_string_lossy();
        if !pattern.contains(['*', '?', '[', '{']) {
            return Some(Err(Error::NotFound { path: pattern.into_owned() }));
        }
        let nothing = Error::NoMatch { pattern: pattern.to_string() };
        match GlobBuilder::new(pattern.trim_start_matches("./")).literal_separator(true).build() {
            Ok(glob) => {
                self.walk = Some(Walk::new(&fixed_part(&path), Some(glob.compile_matcher()), nothing));
                None
            }
            Err(source) => Some(Err(Error::Pattern { source })),
        }
    }
}

impl Iterator for Files {
    type Item = Result<File, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(walk) = &mut self.walk {
                if let Some(found) = walk.next() {
                    return Some(found);
                }
                self.walk = None;
            }
            let input = self.inputs.next()?;
            if let Some(found) = self.begin(input) {
                return Some(found);
            }
        }
    }
}

impl Walk {
    fn new(root: &Path, matcher: Option<GlobMatcher>, nothing: Error) -> Self {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        Self { entries, matcher, nothing: Some(nothing) }
    }

    /// Files of a folder are chosen by their ending, those of a pattern by the pattern.
    fn wants(matcher: Option<&GlobMatcher>, entry: &DirEntry) -> bool {
        let path = entry.path();
        match matcher {
            Some(matcher) => matcher.is_match(path.strip_prefix("./").unwrap_or(path)),
            None => Format::of_path(path).is_some(),
        }
    }
}

impl Iterator for Walk {
    type Item = Result<File, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.entries.next() {
                Some(Ok(entry)) if is_hidden(&entry) => {
                    if entry.file_type().is_dir() {
                        self.entries.skip_current_dir();
                    }
                }
                Some(Ok(entry)) => {
                    if !entry.file_type().is_dir() && Self::wants(self.matcher.as_ref(), &entry) {
                        self.nothing = None;
                        return Some(Ok(Some(entry.into_path())));
                    }
                }
                Some(Err(source)) => {
                    self.nothing = None;
                    return Some(Err(Error::List { source }));
                }
                None => return self.nothing.take().map(Err),
            }
        }
    }
}

/// Whether a name below the folder that was named begins with a dot.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The folder before the first part of a pattern that has a wildcard.
fn fixed_part(pattern: &Path) -> PathBuf {
    let plain = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let folder = pattern.components().take_while(plain).collect::<PathBuf>();
    if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder with articles, a hidden file, and a file of another kind.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["b.txt", "a.html", ".hidden.txt", "c.pdf", "sub/d.jsonl.gz", "sub/deep/e.txt", ".git/f.txt"]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn list(folder: &Path, inputs: &[&str]) -> Vec<String> {
        let inputs = inputs.iter().map(|name| Input::Path(folder.join(name))).collect();
        Files::new(inputs)
            .map(|found| match found {
                Ok(file) => file.unwrap().strip_prefix(folder).unwrap().display().to_string(),
                Err(error) => error.to_string().split_whitespace().take(2).collect::<Vec<_>>().join(" "),
            })
            .collect()
    }

    #[test]
    fn lists_a_folder_sorted_by_ending_and_without_hidden_files() {
        let folder = folder();
        assert_eq!(list(folder.path(), &["."]), ["a.html", "b.txt", "sub/d.jsonl.gz", "sub/deep/e.txt"]);
    }

    #[test]
    fn expands_patterns_that_may_reach_into_folders() {
        let folder = folder();
        assert_eq!(list(folder.path(), &["*.txt"]), ["b.txt"]);
        assert_eq!(list(folder.path(), &["**/*.txt"]), ["b.txt", "sub/deep/e.txt"]);
        assert_eq!(list(folder.path(), &["{a,c}.*"]), ["a.html", "c.pdf"]);
        assert_eq!(list(folder.path(), &["*.xyz"]), ["no file"]);
    }

    #[test]
    fn goes_on_after_a_path_that_does_not_exist() {
        let folder = folder();
        let found = list(folder.path(), &["b.txt", "missing.txt", "c.pdf"]);
        assert_eq!(found[0], "b.txt");
        assert!(found[1].ends_with("does"), "{found:?}");
        assert_eq!(found[2], "c.pdf", "a file that is named is read whatever its ending");
    }

    #[test]
    fn reads_a_file_whose_name_looks_like_a_pattern() {
        let folder = folder();
        fs::write(folder.path().join("x[1].txt"), "text").unwrap();
        assert_eq!(list(folder.path(), &["x[1].txt"]), ["x[1].txt"]);
    }

    #[test]
    fn says_that_a_folder_holds_no_article() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(list(folder.path(), &["."]), ["no article"]);
    }
}
