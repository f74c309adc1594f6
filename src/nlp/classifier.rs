//! The token classifiers (`tagger`, `morphologizer`, `senter`): for each token the class with the highest score.

use super::{
    model::Linear,
    nn::{Isa, Packed},
};

/// A linear layer over token vectors.
#[derive(Debug)]
pub(crate) struct TokenClassifier {
    scores: Packed,
}

/// Rows that are scored at once.
const BLOCK: usize = 64;

impl TokenClassifier {
    /// Packs the weights.
    pub(crate) fn new(isa: Isa, output: &Linear) -> Self {
        Self { scores: Packed::new(isa, output.inputs, &output.weight, &output.bias, |n| n) }
    }

    /// Appends the class of each row of `vectors` to `classes`: the first of those with the highest score.
    ///
    /// `scratch` is overwritten.
    pub(crate) fn classify(&self, vectors: &[f32], scratch: &mut Vec<f32>, classes: &mut Vec<u16>) {
        let (from, to) = (self.scores.inputs(), self.scores.padded_outputs());
        scratch.resize(BLOCK * to, 0.0);
        for vectors in vectors.chunks(BLOCK * from) {
            let rows = vectors.len() / from;
            self.scores.apply(vectors, from, rows, scratch);
            let rows = scratch.chunks_exact(to).take(rows);
            classes.extend(rows.map(|row| first_greatest(&row[..self.scores.outputs()])));
        }
    }
}

fn first_greatest(scores: &[f32]) -> u16 {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_equal_scores_wins() {
        assert_eq!(first_greatest(&[0.5, 1.0, 1.0, -3.0]), 1);
        assert_eq!(first_greatest(&[2.0, 2.0]), 0);
    }

    #[test]
    fn each_row_gets_the_class_of_its_highest_score() {
        let output =
            Linear { inputs: 2, outputs: 3, weight: vec![1., 0., 0., 1., -1., -1.], bias: vec![0., 0., 0.5] };
        let classifier = TokenClassifier::new(Isa::detect(), &output);
        let vectors: Vec<f32> = [[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]].concat().repeat(40);
        let mut classes = Vec::new();
        classifier.classify(&vectors, &mut Vec::new(), &mut classes);
        assert_eq!(classes, [0, 1, 2].repeat(40));
    }
}
