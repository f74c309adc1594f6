use crate::nlp::{
    lexeme::Lexeme,
    model::{HashTable, MultiHashEmbed, TokenAttr, Vectors},
    nn::{Isa, NormedMaxout, Packed, hash_rows},
    tokenizer::{Cache, LexemeId, RawToken},
};

/// Embeddings that are kept; they are all forgotten at the next batch when there are more.
const MOST: usize = 30_000;

/// Words that are embedded at once.
const BLOCK: usize = 256;

/// No row.
const NONE: u32 = u32::MAX;

/// A token without its context: a lexeme, followed by a space or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word(u32);

impl Word {
    /// The word that a token is.
    pub(crate) fn of(token: RawToken) -> Self {
        Self(token.lexeme.0 << 1 | u32::from(token.spacy))
    }

    fn index(self) -> usize {
        self.0 as usize
    }

    fn lexeme(self, cache: &Cache) -> &Lexeme {
        cache.lexeme(LexemeId(self.0 >> 1))
    }

    /// The key of an embedding table for this attribute.
    fn key(self, attr: TokenAttr, cache: &Cache) -> u64 {
        let lexeme = self.lexeme(cache);
        match attr {
            TokenAttr::Orth => lexeme.orth,
            TokenAttr::Lower => lexeme.lower,
            TokenAttr::Norm => lexeme.norm,
            TokenAttr::Prefix => lexeme.prefix,
            TokenAttr::Suffix => lexeme.suffix,
            TokenAttr::Shape => lexeme.shape,
            TokenAttr::Spacy => u64::from(self.0 & 1),
            TokenAttr::IsSpace => lexeme.is_space.into(),
        }
    }
}

/// Hash tables and static vectors, mixed by a maxout layer.
#[derive(Debug)]
pub(super) struct Embedder {
    tables: Vec<HashTable>,
    /// Projection of the static vectors.
    projection: Option<Packed>,
    mix: NormedMaxout,
    width: usize,
}

/// The embeddings of the words that one worker has met, and buffers.
#[derive(Debug, Default)]
pub(super) struct Embeddings {
    /// The row of each word that has one.
    row_of: Vec<u32>,
    rows: Vec<f32>,
    width: usize,
    new: Vec<Word>,
    concatenation: Vec<f32>,
    vectors: Vec<f32>,
    projected: Vec<f32>,
    scratch: Vec<f32>,
}

impl Embeddings {
    /// The embedding of a word of this batch.
    pub(super) fn get(&self, word: Word) -> &[f32] {
        &self.rows[self.row_of[word.index()] as usize * self.width..][..self.width]
    }

    /// Forgets all embeddings.
    pub(super) fn forget(&mut self) {
        self.row_of.clear();
        self.rows.clear();
    }
}

impl Embedder {
    /// Packs the weights.
    pub(super) fn new(isa: Isa, network: MultiHashEmbed) -> Self {
        let projection = network.static_vectors.as_ref();
        Self {
            projection: projection.map(|map| Packed::new(isa, map.inputs, &map.weight, &map.bias, |n| n)),
            mix: NormedMaxout::new(isa, &network.mix),
            width: network.mix.outputs,
            tables: network.tables,
        }
    }

    /// Width of an embedding.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Embeds those words of a batch that have no embedding yet.
    pub(super) fn embed(
        &self,
        words: impl Iterator<Item = Word>,
        cache: &Cache,
        vectors: Option<&Vectors>,
        known: &mut Embeddings,
    ) {
        known.width = self.width;
        if known.rows.len() > MOST * self.width {
            known.forget();
        }
        let mut rows = known.rows.len() / self.width;
        known.row_of.resize(cache.len() * 2, NONE);
        known.new.clear();
        for word in words {
            let row = &mut known.row_of[word.index()];
            if *row == NONE {
                *row = rows as u32;
                rows += 1;
                known.new.push(word);
            }
        }
        for start in (0..known.new.len()).step_by(BLOCK) {
            self.embed_block(start, cache, vectors, known);
        }
    }

    /// Embeds a block of new words.
    fn embed_block(&self, start: usize, cache: &Cache, vectors: Option<&Vectors>, known: &mut Embeddings) {
        let words = &known.new[start..known.new.len().min(start + BLOCK)];
        let inputs = self.mix.inputs();
        known.concatenation.clear();
        known.concatenation.resize(words.len() * inputs, 0.0);
        for (word, row) in words.iter().zip(known.concatenation.chunks_exact_mut(inputs)) {
            let mut rest = row;
            for table in &self.tables {
                let (sum, after) = rest.split_at_mut(table.width);
                for hashed in hash_rows(word.key(table.attr, cache), table.seed, table.rows) {
                    let term = &table.data[hashed * table.width..][..table.width];
                    sum.iter_mut().zip(term).for_each(|(sum, term)| *sum += term);
                }
                rest = after;
            }
        }
        let count = words.len();
        if let (Some(projection), Some(vectors)) = (&self.projection, vectors) {
            project(projection, words, cache, vectors, &mut known.vectors, &mut known.projected);
            let rows = known.concatenation.chunks_exact_mut(inputs);
            for (row, projected) in rows.zip(known.projected.chunks_exact(projection.padded_outputs())) {
                row[inputs - projection.outputs()..].copy_from_slice(&projected[..projection.outputs()]);
            }
        }
        let first = known.rows.len();
        known.rows.resize(first + count * self.width, 0.0);
        self.mix.add_to(&known.concatenation, inputs, &mut known.rows[first..], &mut known.scratch);
    }
}

/// Projects the static vectors of some words; those without one have zeros.
fn project(
    projection: &Packed,
    words: &[Word],
    cache: &Cache,
    vectors: &Vectors,
    buffer: &mut Vec<f32>,
    projected: &mut Vec<f32>,
) {
    let width = projection.inputs();
    buffer.clear();
    buffer.resize(words.len() * width, 0.0);
    for (word, vector) in words.iter().zip(buffer.chunks_exact_mut(width)) {
        if let Some(row) = vectors.row_of(word.lexeme(cache).orth) {
            vectors.copy_row(row, vector);
        }
    }
    projected.resize(words.len() * projection.padded_outputs(), 0.0);
    projection.apply(buffer, width, words.len(), projected);
}
