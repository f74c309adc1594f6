//! Tokens to vectors: hash embeddings (Serrà & Karatzoglou 2017), mixed, then seen in their context by a
//! window encoder (`spaCy`'s `MultiHashEmbed` and `MaxoutWindowEncoder`).

mod embedder;

use super::{
    model::{Tok2Vec, Vectors},
    nn::{Isa, NormedMaxout},
    tokenizer::Cache,
};
use embedder::{Embedder, Embeddings};

pub(crate) use embedder::Word;

/// Rows of padded text that go through the layers at once: few enough to stay in the second-level cache.
const BLOCK: usize = 512;

/// An embedding and a window encoder, their weights packed.
#[derive(Debug)]
pub(crate) struct TokenEncoder {
    embedder: Embedder,
    window: usize,
    layers: Vec<NormedMaxout>,
}

/// What one worker keeps for one [`TokenEncoder`].
#[derive(Debug, Default)]
pub(crate) struct EncoderMemory {
    embeddings: Embeddings,
    /// The words of the batch; none stands for the zeros between two documents.
    rows: Vec<Option<Word>>,
    x: Vec<f32>,
    y: Vec<f32>,
    scratch: Vec<f32>,
    encoded: Vec<f32>,
}

impl EncoderMemory {
    /// Forgets the embeddings, as one must when the tokenizer's cache forgets its lexemes.
    pub(crate) fn forget(&mut self) {
        self.embeddings.forget();
    }
}

impl TokenEncoder {
    /// Packs the weights.
    pub(crate) fn new(isa: Isa, network: Tok2Vec) -> Self {
        Self {
            embedder: Embedder::new(isa, network.embed),
            window: network.window,
            layers: network.encode.iter().map(|layer| NormedMaxout::new(isa, layer)).collect(),
        }
    }

    /// Width of a token's vector.
    pub(crate) fn width(&self) -> usize {
        self.embedder.width()
    }

    /// Encodes the tokens of a batch of documents; `sink` gets their vectors in order, some hundred at a time.
    ///
    /// `cache` has the lexemes of the words, `vectors` the static vectors of their forms.
    pub(crate) fn encode(
        &self,
        documents: &[&[Word]],
        cache: &Cache,
        vectors: Option<&Vectors>,
        memory: &mut EncoderMemory,
        mut sink: impl FnMut(&[f32]),
    ) {
        let words = documents.iter().copied().flatten().copied();
        self.embedder.embed(words, cache, vectors, &mut memory.embeddings);
        let context = self.window * self.layers.len();
        memory.rows.clear();
        for document in documents.iter().filter(|document| !document.is_empty()) {
            memory.rows.resize(memory.rows.len() + context, None);
            memory.rows.extend(document.iter().copied().map(Some));
        }
        memory.rows.resize(memory.rows.len() + context, None);
        for start in (0..memory.rows.len()).step_by(BLOCK) {
            self.encode_block(start, memory);
            sink(&memory.encoded);
        }
    }

    /// Encodes rows `start..start + BLOCK` together with as many rows around them as they depend on.
    fn encode_block(&self, start: usize, memory: &mut EncoderMemory) {
        let (width, context) = (self.width(), self.window * self.layers.len());
        let EncoderMemory { embeddings, rows, x, y, scratch, encoded } = memory;
        let end = (start + BLOCK).min(rows.len());
        let first = start.saturating_sub(context);
        let rows = &rows[first..(end + context).min(rows.len())];
        // `window` rows of zeros at each end, so that all windows of a row lie within the matrix.
        let margin = self.window * width;
        let inner = margin..margin + rows.len() * width;
        x.clear();
        x.resize(inner.end + margin, 0.0);
        for (x, row) in x[inner.clone()].chunks_exact_mut(width).zip(rows) {
            if let Some(word) = row {
                x.copy_from_slice(embeddings.get(*word));
            }
        }
        y.clear();
        y.resize(x.len(), 0.0);
        for layer in &self.layers {
            y[inner.clone()].copy_from_slice(&x[inner.clone()]);
            layer.add_to(x, width, &mut y[inner.clone()], scratch);
            std::mem::swap(x, y);
        }
        encoded.clear();
        let rows = x[inner].chunks_exact(width).zip(rows).skip(start - first).take(end - start);
        for (x, _) in rows.filter(|(_, row)| row.is_some()) {
            encoded.extend_from_slice(x);
        }
    }
}

#[cfg(test)]
pub(in crate::nlp) mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::nlp::{
        model::{HashTable, MaxoutLayer, MultiHashEmbed, TokenAttr},
        nn::noise,
        tokenizer::{Rules, Tokenizer},
    };

    /// A network with weights that look random.
    pub(in crate::nlp) fn network(width: usize, depth: usize) -> Tok2Vec {
        let maxout = |inputs: usize, seed| MaxoutLayer {
            inputs,
            outputs: width,
            pieces: 3,
            weight: noise(inputs * width * 3, seed),
            bias: noise(width * 3, seed + 1),
            gain: noise(width, seed + 2),
            shift: noise(width, seed + 3),
        };
        let table = |(i, attr)| {
            let (seed, rows) = (8 + i as u32, 50);
            HashTable { attr, seed, rows, width, data: noise(rows * width, seed) }
        };
        let tables: Vec<_> = [TokenAttr::Norm, TokenAttr::Shape, TokenAttr::Spacy]
            .into_iter()
            .enumerate()
            .map(table)
            .collect();
        let mix = maxout(tables.len() * width, 20);
        let encode = (0..depth).map(|layer| maxout(3 * width, 30 + 4 * layer as u32)).collect();
        Tok2Vec { embed: MultiHashEmbed { tables, static_vectors: None, mix }, window: 1, encode }
    }

    #[test]
    fn a_document_has_the_same_bits_alone_and_within_a_batch() {
        let tokenizer = Tokenizer::new(&Rules::default(), HashMap::new()).unwrap();
        let mut cache = Cache::default();
        let long = "the quick brown fox jumps over 12 lazy dogs ".repeat(2 * BLOCK / 9);
        let texts = ["One two three", "", "a", &long, "four five", &long, "x y z"];
        let words: Vec<Vec<Word>> = texts
            .iter()
            .map(|text| tokenizer.tokenize(text, &mut cache).into_iter().map(Word::of).collect())
            .collect();
        let documents: Vec<&[Word]> = words.iter().map(Vec::as_slice).collect();
        let encoder = TokenEncoder::new(Isa::detect(), network(20, 4));
        let mut together = Vec::new();
        let encode = |documents: &[&[Word]], vectors: &mut Vec<f32>| {
            let sink = |rows: &[f32]| vectors.extend_from_slice(rows);
            encoder.encode(documents, &cache, None, &mut EncoderMemory::default(), sink);
        };
        encode(&documents, &mut together);
        let mut all_alone = Vec::new();
        for document in documents {
            encode(&[document], &mut all_alone);
        }
        assert_eq!(together.len(), words.iter().map(Vec::len).sum::<usize>() * encoder.width());
        assert!(together.iter().zip(&all_alone).all(|(a, b)| a.to_bits() == b.to_bits()));
        assert!(together.iter().all(|x| x.is_finite()));
    }

    #[test]
    fn a_block_agrees_with_layers_over_the_whole_text() {
        // The windows of a block reach into its neighbours: cut or not, the rows must be the same.
        let tokenizer = Tokenizer::new(&Rules::default(), HashMap::new()).unwrap();
        let mut cache = Cache::default();
        let text = "a bb ccc dddd eeeee ".repeat(BLOCK / 3);
        let words: Vec<Word> = tokenizer.tokenize(&text, &mut cache).into_iter().map(Word::of).collect();
        let encoder = TokenEncoder::new(Isa::detect(), network(16, 3));
        let (mut whole, mut part) = (Vec::new(), Vec::new());
        let mut memory = EncoderMemory::default();
        encoder.encode(&[&words], &cache, None, &mut memory, |rows| whole.extend_from_slice(rows));
        // Without its last tokens, only those within reach of the cut change.
        let kept = words.len() - 10;
        encoder.encode(&[&words[..kept]], &cache, None, &mut memory, |rows| part.extend_from_slice(rows));
        let same = (kept - 3) * encoder.width();
        assert_eq!(whole[..same], part[..same]);
        assert_ne!(whole[..kept * encoder.width()], part[..]);
    }
}
