//! Tokens to vectors: hash embeddings (Serrà & Karatzoglou 2017), mixed, then seen in their context by a
//! window encoder (`spaCy`'s `MultiHashEmbed` and `MaxoutWindowEncoder`).

use super::{
    lexicon::{Lexeme, Lexicon},
    model::{HashTable, Tok2Vec, Vectors},
    nn::{Isa, NormedMaxout, Packed, hash_rows},
};

/// Rows of padded text that go through the layers at once: few enough to stay in the second-level cache.
const BLOCK: usize = 512;

/// The row of no lexeme: the zeros between two documents.
const PAD: u32 = u32::MAX;

/// An embedding and a window encoder, their weights packed.
#[derive(Debug)]
pub(crate) struct TokenEncoder {
    tables: Vec<HashTable>,
    /// Projection of the static vectors.
    projection: Option<Packed>,
    mix: NormedMaxout,
    window: usize,
    layers: Vec<NormedMaxout>,
    width: usize,
}

/// What one worker keeps for one [`TokenEncoder`]: the embeddings of its lexicon, and buffers.
#[derive(Debug, Default)]
pub(crate) struct EncoderMemory {
    /// The mixed embedding of each lexeme, in the order of the lexicon.
    embeddings: Vec<f32>,
    rows: Vec<u32>,
    concatenation: Vec<f32>,
    vectors: Vec<f32>,
    projected: Vec<f32>,
    x: Vec<f32>,
    y: Vec<f32>,
    scratch: Vec<f32>,
}

impl EncoderMemory {
    /// Forgets the embeddings, as one must when the lexicon is cleared.
    pub(crate) fn forget(&mut self) {
        self.embeddings.clear();
    }
}

impl TokenEncoder {
    /// Packs the weights.
    pub(crate) fn new(isa: Isa, network: Tok2Vec) -> Self {
        let projection = network.embed.static_vectors.as_ref();
        Self {
            projection: projection.map(|map| Packed::new(isa, map.inputs, &map.weight, &map.bias, |n| n)),
            mix: NormedMaxout::new(isa, &network.embed.mix),
            window: network.window,
            layers: network.encode.iter().map(|layer| NormedMaxout::new(isa, layer)).collect(),
            width: network.embed.mix.outputs,
            tables: network.embed.tables,
        }
    }

    /// Width of a token's vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Encodes the tokens of a batch of documents, given by their lexemes; `vectors` gets one row a token.
    ///
    /// Lexemes that are new in the lexicon are embedded first.
    pub(crate) fn encode(
        &self,
        documents: &[&[u32]],
        lexicon: &Lexicon,
        static_vectors: Option<&Vectors>,
        memory: &mut EncoderMemory,
        vectors: &mut Vec<f32>,
    ) {
        self.embed_new(lexicon, static_vectors, memory);
        let context = self.window * self.layers.len();
        memory.rows.clear();
        for document in documents.iter().filter(|document| !document.is_empty()) {
            memory.rows.resize(memory.rows.len() + context, PAD);
            memory.rows.extend_from_slice(document);
        }
        memory.rows.resize(memory.rows.len() + context, PAD);
        vectors.clear();
        for start in (0..memory.rows.len()).step_by(BLOCK) {
            self.encode_block(start, memory, vectors);
        }
    }

    /// Encodes rows `start..start + BLOCK` together with as many rows around them as they depend on.
    fn encode_block(&self, start: usize, memory: &mut EncoderMemory, vectors: &mut Vec<f32>) {
        let (width, context) = (self.width, self.window * self.layers.len());
        let end = (start + BLOCK).min(memory.rows.len());
        let first = start.saturating_sub(context);
        let rows = &memory.rows[first..(end + context).min(memory.rows.len())];
        // `window` rows of zeros at each end, so that all windows of a row lie within the matrix.
        let margin = self.window * width;
        let inner = margin..margin + rows.len() * width;
        memory.x.clear();
        memory.x.resize(inner.end + margin, 0.0);
        for (x, &row) in memory.x[inner.clone()].chunks_exact_mut(width).zip(rows) {
            if row != PAD {
                x.copy_from_slice(&memory.embeddings[row as usize * width..][..width]);
            }
        }
        memory.y.clear();
        memory.y.resize(memory.x.len(), 0.0);
        for layer in &self.layers {
            memory.y[inner.clone()].copy_from_slice(&memory.x[inner.clone()]);
            layer.add_to(&memory.x, width, &mut memory.y[inner.clone()], &mut memory.scratch);
            std::mem::swap(&mut memory.x, &mut memory.y);
        }
        let encoded = memory.x[inner].chunks_exact(width).zip(rows);
        for (x, &row) in encoded.skip(start - first).take(end - start) {
            if row != PAD {
                vectors.extend_from_slice(x);
            }
        }
    }

    /// Embeds the lexemes that the lexicon has got since the last time.
    fn embed_new(&self, lexicon: &Lexicon, static_vectors: Option<&Vectors>, memory: &mut EncoderMemory) {
        let known = memory.embeddings.len() / self.width;
        memory.embeddings.resize(lexicon.len() * self.width, 0.0);
        for start in (known..lexicon.len()).step_by(BLOCK) {
            let lexemes = &lexicon.lexemes()[start..lexicon.len().min(start + BLOCK)];
            self.embed(lexemes, static_vectors, start, memory);
        }
    }

    /// Embeds some lexemes, the first of which is number `first`.
    fn embed(
        &self,
        lexemes: &[Lexeme],
        static_vectors: Option<&Vectors>,
        first: usize,
        memory: &mut EncoderMemory,
    ) {
        let inputs = self.mix.inputs();
        memory.concatenation.clear();
        memory.concatenation.resize(lexemes.len() * inputs, 0.0);
        for (lexeme, row) in lexemes.iter().zip(memory.concatenation.chunks_exact_mut(inputs)) {
            let mut at = 0;
            for table in &self.tables {
                let sum = &mut row[at..at + table.width];
                for hashed in hash_rows(lexeme.key(table.attr), table.seed, table.rows) {
                    let term = &table.data[hashed * table.width..][..table.width];
                    sum.iter_mut().zip(term).for_each(|(sum, term)| *sum += term);
                }
                at += table.width;
            }
        }
        if let Some(projection) = &self.projection {
            self.project(projection, lexemes, static_vectors, memory);
        }
        let embeddings = &mut memory.embeddings[first * self.width..][..lexemes.len() * self.width];
        embeddings.fill(0.0);
        self.mix.add_to(&memory.concatenation, inputs, embeddings, &mut memory.scratch);
    }

    /// Puts the projected static vectors at the end of each row of the concatenation; zeros where there is none.
    fn project(
        &self,
        projection: &Packed,
        lexemes: &[Lexeme],
        static_vectors: Option<&Vectors>,
        memory: &mut EncoderMemory,
    ) {
        let (from, to) = (projection.inputs(), projection.padded_outputs());
        memory.vectors.clear();
        memory.vectors.resize(lexemes.len() * from, 0.0);
        for (lexeme, vector) in lexemes.iter().zip(memory.vectors.chunks_exact_mut(from)) {
            if let Some((vectors, row)) = static_vectors.and_then(|v| Some((v, v.row_of(lexeme.form)?))) {
                vectors.copy_row(row, vector);
            }
        }
        memory.projected.resize(lexemes.len() * to, 0.0);
        projection.apply(&memory.vectors, from, lexemes.len(), &mut memory.projected);
        let rows = memory.concatenation.chunks_exact_mut(self.mix.inputs());
        for (row, projected) in rows.zip(memory.projected.chunks_exact(to)) {
            let start = row.len() - projection.outputs();
            row[start..].copy_from_slice(&projected[..projection.outputs()]);
        }
    }
}
