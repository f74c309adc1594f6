#![expect(
    clippy::inline_always,
    reason = "a kernel must be inlined into the function that enables its instructions"
)]

use super::{
    Isa, Packed,
    simd::{Kernel, LANES, Lanes},
};
use crate::nlp::model::{Linear, Lower};

/// Neighbouring tokens whose contributions are computed together.
const BLOCK: usize = 8;

/// Blocks that are kept: 2,048 tokens, which is more than a sentence.
const BLOCKS: usize = 256;

/// The network that scores the moves of a transition system (Chen & Manning 2014; the "precomputation trick").
///
/// A state is a list of tokens, one a feature. Each token contributes a vector for each feature that it may
/// be; these are computed once a token, so that a state costs only their sum, a maxout and a small product.
#[derive(Debug)]
pub(crate) struct StateScorer {
    isa: Isa,
    /// Token vectors to the hidden width.
    hidden: Packed,
    /// A token's hidden vector to its contributions, one feature after the other, each `state_width` wide.
    contributions: Packed,
    features: usize,
    /// Width of a state before the maxout, filled up so that the state and its pieces are whole lanes.
    state_width: usize,
    /// Width of one maxout piece, filled up.
    piece_width: usize,
    /// What a missing token contributes, as a row of contributions.
    missing: Vec<f32>,
    bias: Vec<f32>,
    activation: Activation,
    /// State to scores; without it the state is the scores.
    upper: Option<Packed>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Activation {
    Maxout,
    Relu,
    None,
}

/// The latest contributions that were computed from one document's hidden vectors.
#[derive(Debug, Default)]
pub(crate) struct StateMemory {
    contributions: Vec<f32>,
    /// The block that each slot holds.
    held: Vec<usize>,
    state: Vec<f32>,
}

impl StateScorer {
    /// Packs the weights; `hidden.outputs` must be `lower.inputs`, and `lower.outputs` the inputs of `upper`.
    pub(crate) fn new(isa: Isa, hidden: &Linear, lower: &Lower, upper: Option<&Linear>) -> Self {
        let Lower { features, inputs, outputs, pieces, .. } = *lower;
        let piece_width = outputs.next_multiple_of(LANES);
        let state_width = piece_width * pieces;
        // The pieces of one output are neighbours in the parameters; here all first pieces come first.
        let place = |n: usize| {
            let (feature, piece, output) = (n / state_width, n % state_width / piece_width, n % piece_width);
            (output < outputs).then(|| (feature * outputs + output) * pieces + piece)
        };
        let spread =
            |from: &[f32], n: usize| (0..n).map(|n| place(n).map_or(0.0, |i| from[i])).collect::<Vec<_>>();
        let mut weight = Vec::with_capacity(features * state_width * inputs);
        for n in 0..features * state_width {
            match place(n) {
                Some(row) => weight.extend_from_slice(&lower.weight[row * inputs..][..inputs]),
                None => weight.resize(weight.len() + inputs, 0.0),
            }
        }
        Self {
            isa,
            hidden: Packed::new(isa, hidden.inputs, &hidden.weight, &hidden.bias, |n| n),
            contributions: Packed::new(isa, inputs, &weight, &vec![0.0; features * state_width], |n| n),
            features,
            state_width,
            piece_width,
            missing: spread(&lower.pad, features * state_width),
            bias: spread(&lower.bias, state_width),
            activation: match (pieces, upper) {
                (2.., _) => Activation::Maxout,
                (_, Some(_)) => Activation::Relu,
                (_, None) => Activation::None,
            },
            upper: upper.map(|upper| Packed::new(isa, upper.inputs, &upper.weight, &upper.bias, |n| n)),
        }
    }

    /// Number of tokens that describe a state.
    pub(crate) fn features(&self) -> usize {
        self.features
    }

    /// Length of the buffer for the scores.
    pub(crate) fn padded_moves(&self) -> usize {
        self.upper.as_ref().map_or(self.piece_width, Packed::padded_outputs)
    }

    /// Width of a hidden vector.
    pub(crate) fn hidden_width(&self) -> usize {
        self.hidden.padded_outputs()
    }

    /// Appends the hidden vectors of these token vectors, each [`StateScorer::hidden_width`] wide.
    pub(crate) fn hide(&self, vectors: &[f32], hidden: &mut Vec<f32>) {
        let rows = vectors.len() / self.hidden.inputs();
        let first = hidden.len();
        hidden.resize(first + rows * self.hidden_width(), 0.0);
        self.hidden.apply(vectors, self.hidden.inputs(), rows, &mut hidden[first..]);
    }

    /// Starts a document.
    pub(crate) fn start(&self, memory: &mut StateMemory) {
        memory.contributions.resize(BLOCKS * BLOCK * self.contributions.padded_outputs(), 0.0);
        memory.held.clear();
        memory.held.resize(BLOCKS, usize::MAX);
        memory.state.resize(self.state_width, 0.0);
    }

    /// Scores the moves of a state of the document with these hidden vectors. `scores` is
    /// [`StateScorer::padded_moves`] long.
    pub(crate) fn score(
        &self,
        tokens: &[Option<u32>],
        hidden: &[f32],
        memory: &mut StateMemory,
        scores: &mut [f32],
    ) {
        memory.state.fill(0.0);
        for (feature, &token) in tokens.iter().enumerate() {
            let part = feature * self.state_width..(feature + 1) * self.state_width;
            let contribution = match token {
                Some(token) => {
                    let row = self.contribution_row(token as usize, hidden, memory);
                    &memory.contributions[row..][part]
                }
                None => &self.missing[part],
            };
            self.isa.run(Add { sum: &mut memory.state, term: contribution });
        }
        self.isa.run(Add { sum: &mut memory.state, term: &self.bias });
        match self.activation {
            Activation::Maxout => {
                let (best, others) = memory.state.split_at_mut(self.piece_width);
                for other in others.chunks_exact(self.piece_width) {
                    self.isa.run(Greatest { best, other });
                }
            }
            Activation::Relu => memory.state.iter_mut().for_each(|x| *x = x.max(0.0)),
            Activation::None => {}
        }
        match &self.upper {
            Some(upper) => upper.apply(&memory.state, 0, 1, scores),
            None => scores.copy_from_slice(&memory.state[..self.piece_width]),
        }
    }

    /// Where the contributions of a token lie, computing them when they are not held.
    fn contribution_row(&self, token: usize, hidden: &[f32], memory: &mut StateMemory) -> usize {
        let block = token / BLOCK;
        let slot = block % BLOCKS;
        let width = self.contributions.padded_outputs();
        if memory.held[slot] != block {
            let stride = self.hidden_width();
            let hidden = &hidden[block * BLOCK * stride..];
            let rows = BLOCK.min(hidden.len() / stride);
            let to = &mut memory.contributions[slot * BLOCK * width..];
            self.contributions.apply(hidden, stride, rows, to);
            memory.held[slot] = block;
        }
        (slot * BLOCK + token % BLOCK) * width
    }
}

struct Add<'a> {
    sum: &'a mut [f32],
    term: &'a [f32],
}

impl Kernel for Add<'_> {
    #[inline(always)]
    fn run<V: Lanes>(self) {
        for (sum, term) in self.sum.as_chunks_mut::<LANES>().0.iter_mut().zip(self.term.as_chunks().0) {
            V::load(sum).add(V::load(term)).store(sum);
        }
    }
}

struct Greatest<'a> {
    best: &'a mut [f32],
    other: &'a [f32],
}

impl Kernel for Greatest<'_> {
    #[inline(always)]
    fn run<V: Lanes>(self) {
        for (best, other) in self.best.as_chunks_mut::<LANES>().0.iter_mut().zip(self.other.as_chunks().0) {
            V::load(best).max(V::load(other)).store(best);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::product::tests::noise, *};

    fn linear(inputs: usize, outputs: usize, seed: u32) -> Linear {
        Linear { inputs, outputs, weight: noise(inputs * outputs, seed), bias: noise(outputs, seed + 1) }
    }

    fn apply(map: &Linear, x: &[f32]) -> Vec<f32> {
        let row = |n: usize| x.iter().zip(&map.weight[n * map.inputs..]).map(|(x, w)| x * w).sum::<f32>();
        (0..map.outputs).map(|n| row(n) + map.bias[n]).collect()
    }

    /// As in Chen & Manning, without precomputing.
    fn naive(
        hidden: &Linear,
        lower: &Lower,
        upper: &Linear,
        x: &[&[f32]],
        tokens: &[Option<u32>],
    ) -> Vec<f32> {
        let width = lower.outputs * lower.pieces;
        let mut state = lower.bias.clone();
        for (feature, token) in tokens.iter().enumerate() {
            let pad = lower.pad[feature * width..][..width].to_vec();
            let contribution = token.map_or(pad, |token| {
                let hidden = apply(hidden, x[token as usize]);
                let weight = lower.weight[feature * width * lower.inputs..][..width * lower.inputs].to_vec();
                apply(
                    &Linear { inputs: lower.inputs, outputs: width, weight, bias: vec![0.0; width] },
                    &hidden,
                )
            });
            state.iter_mut().zip(contribution).for_each(|(sum, term)| *sum += term);
        }
        let best: Vec<f32> =
            state.chunks(lower.pieces).map(|x| x.iter().copied().fold(f32::NEG_INFINITY, f32::max)).collect();
        apply(upper, &best)
    }

    #[test]
    fn scores_agree_with_a_naive_loop() {
        let (features, inputs, outputs, pieces) = (3, 10, 12, 2);
        let width = outputs * pieces;
        let hidden = linear(6, inputs, 1);
        let lower = Lower {
            features,
            inputs,
            outputs,
            pieces,
            weight: noise(features * width * inputs, 3),
            bias: noise(width, 4),
            pad: noise(features * width, 5),
        };
        let upper = linear(outputs, 7, 6);
        let vectors = noise(6 * 20, 8);
        let rows: Vec<_> = vectors.chunks(6).collect();
        for isa in Isa::available() {
            let scorer = StateScorer::new(isa, &hidden, &lower, Some(&upper));
            let mut memory = StateMemory::default();
            let mut hiddens = Vec::new();
            scorer.hide(&vectors, &mut hiddens);
            scorer.start(&mut memory);
            let mut out = vec![0.0; scorer.padded_moves()];
            for tokens in [[Some(0), None, Some(19)], [Some(8), Some(7), Some(8)], [None; 3]] {
                scorer.score(&tokens, &hiddens, &mut memory, &mut out);
                let naive = naive(&hidden, &lower, &upper, &rows, &tokens);
                for (got, naive) in out.iter().zip(&naive) {
                    assert!((got - naive).abs() < 1e-4, "{isa:?}, {tokens:?}: {got} for {naive}");
                }
            }
        }
    }
}
