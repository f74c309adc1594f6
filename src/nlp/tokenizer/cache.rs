use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use smol_str::SmolStr;

use crate::nlp::{lexeme::Lexeme, strings::hash64};

/// A form (and its norm) among those that a worker has met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LexemeId(pub u32);

impl LexemeId {
    /// As an index into a slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a worker remembers from text to text: the lexemes, and the tokens of every chunk between spaces.
///
/// [`Cache::trim`] keeps it bounded.
#[derive(Debug, Default)]
pub struct Cache {
    lexemes: Vec<Lexeme>,
    /// Whether the lexeme can be the first of an exception of several tokens.
    starts: Vec<bool>,
    by_form: HashMap<u64, LexemeId, Ready>,
    /// By the hash of the chunk: where its tokens are.
    chunks: HashMap<u64, (u32, u32), Ready>,
    tokens: Vec<LexemeId>,
}

/// More chunks or lexemes than this, and [`Cache::trim`] forgets all: some 60 MB.
const MOST: usize = 200_000;

/// The keys are hashes already.
type Ready = BuildHasherDefault<ReadyHash>;

#[derive(Debug, Default)]
pub(super) struct ReadyHash(u64);

impl Hasher for ReadyHash {
    fn write(&mut self, _: &[u8]) {
        unreachable!("only 64-bit keys are hashed");
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Cache {
    /// A lexeme by its number.
    ///
    /// # Panics
    /// When it is not one of this cache.
    pub fn lexeme(&self, id: LexemeId) -> &Lexeme {
        &self.lexemes[id.index()]
    }

    /// Number of lexemes: their numbers are below.
    pub fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Whether there is no lexeme yet.
    pub fn is_empty(&self) -> bool {
        self.lexemes.is_empty()
    }

    /// Forgets everything when it has grown too large, and tells whether it did: all numbers are void then.
    pub fn trim(&mut self) -> bool {
        let full = self.chunks.len() > MOST || self.lexemes.len() > MOST;
        if full {
            *self = Self::default();
        }
        full
    }

    pub(super) fn chunk(&self, hash: u64) -> Option<&[LexemeId]> {
        let &(start, end) = self.chunks.get(&hash)?;
        Some(&self.tokens[start as usize..end as usize])
    }

    pub(super) fn remember(&mut self, hash: u64, tokens: &[LexemeId]) {
        let start = self.tokens.len() as u32;
        self.tokens.extend(tokens);
        self.chunks.insert(hash, (start, self.tokens.len() as u32));
    }

    pub(super) fn starts_exception(&self, id: LexemeId) -> bool {
        self.starts[id.index()]
    }

    /// The number of a form with its norm; `starts` tells whether it begins an exception of several tokens.
    pub(super) fn intern(
        &mut self,
        text: &str,
        norm: Option<&str>,
        norms: &HashMap<u64, SmolStr>,
        starts: impl FnOnce(u64) -> bool,
    ) -> LexemeId {
        let seed = norm.map_or(0, |norm| hash64(norm.as_bytes(), 2));
        let key = hash64(text.as_bytes(), seed);
        if let Some(&id) = self.by_form.get(&key) {
            return id;
        }
        let id = LexemeId(self.lexemes.len() as u32);
        let lexeme = Lexeme::new(text, norm, norms);
        self.starts.push(starts(lexeme.orth));
        self.lexemes.push(lexeme);
        self.by_form.insert(key, id);
        id
    }
}
