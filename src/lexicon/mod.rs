//! Which words say what: the frames of the ontology's lexicon, ready to be matched.
//!
//! A frame ties verbs and nouns to one class of events or to one property, and says which grammatical argument fills which role.
//! Frames, classes and properties are RDF (`ontology/`, whose `lexicon/constructions.ttl` explains the vocabulary); this module reads them into tables.

mod cue;
mod frame;
mod read;
mod triples;

pub use cue::{Content, Cue, Cues, Part};
pub use frame::{Frame, Meaning, Role, Slot};

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::predicate::Kind;

/// The namespace of the lexicon.
const LEX: &str = "https://w3id.org/tidings/lexicon#";

/// A lexicon that can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file can't be read.
    #[error("can't read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is no RDF.
    #[error("`{file}`: {problem}")]
    Syntax {
        /// The file.
        file: String,
        /// What is wrong with it, and where.
        problem: String,
    },
    /// A frame says what can't be.
    #[error("frame `{frame}`: {problem}")]
    Frame {
        /// Its IRI.
        frame: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// Frames by the words that evoke them.
#[derive(Debug, Default)]
pub struct Lexicon {
    frames: Vec<Frame>,
    by_form: HashMap<(Kind, String), Vec<u32>>,
    cues: Cues,
}

static BUILTIN: LazyLock<Lexicon> = LazyLock::new(|| {
    let files = read::EMBEDDED.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
    read::lexicon(&files.collect::<Vec<_>>()).expect("the embedded lexicon is checked by a test")
});

impl Lexicon {
    /// The one that is part of the program.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The built-in files and those of a user, in Turtle: a file, or a folder with its `.ttl` files.
    pub fn with(path: &Path) -> Result<Self, Error> {
        let mut files: Vec<(String, String)> =
            read::EMBEDDED.iter().map(|&(name, text)| (name.to_owned(), text.to_owned())).collect();
        files.extend(read::files(path)?);
        read::lexicon(&files)
    }

    fn new(frames: Vec<Frame>) -> Self {
        let mut by_form: HashMap<(Kind, String), Vec<u32>> = HashMap::new();
        for (number, frame) in frames.iter().enumerate() {
            for (kind, forms) in [(Kind::Verb, &frame.verbs), (Kind::Noun, &frame.nouns)] {
                for form in forms {
                    by_form.entry((kind, without_determiners(form))).or_default().push(number as u32);
                }
            }
        }
        Self { frames, by_form, cues: Cues::default() }
    }

    /// The words that bring what somebody says.
    pub fn cues(&self) -> &Cues {
        &self.cues
    }

    /// All frames, in the order of their names.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The frames that a word evokes; `form` in lower case.
    pub fn evoked(&self, kind: Kind, form: &str) -> impl Iterator<Item = &Frame> {
        let numbers = self.by_form.get(&(kind, form.to_owned()));
        numbers.into_iter().flatten().map(|&number| &self.frames[number as usize])
    }
}

/// A form as predicates have it: `share border with` for `share a border with`.
fn without_determiners(form: &str) -> String {
    let form = form.to_lowercase();
    let words = form.split(' ').filter(|word| !matches!(*word, "a" | "an" | "the" | "its" | "one's"));
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_lexicon_is_rich_and_whole() {
        let lexicon = Lexicon::builtin();
        assert!(lexicon.frames().len() > 150);
        let words: usize = lexicon.frames().iter().map(|f| f.verbs.len() + f.nouns.len()).sum();
        assert!(words > 900, "{words}");
        for frame in lexicon.frames() {
            assert!(!frame.examples.is_empty(), "{} has no example", frame.name);
            assert!(!frame.slots(Kind::Verb).is_empty(), "{} has no roles", frame.name);
        }
    }

    #[test]
    fn words_evoke_frames() {
        let lexicon = Lexicon::builtin();
        let names: Vec<&str> = lexicon.evoked(Kind::Verb, "kidnap").map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["kidnap"]);
        assert_eq!(lexicon.evoked(Kind::Noun, "kidnap").count(), 0);
    }
}
