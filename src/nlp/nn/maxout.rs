#![expect(
    clippy::inline_always,
    reason = "a kernel must be inlined into the function that enables its instructions"
)]

use super::{
    Isa, Packed,
    simd::{Kernel, LANES, Lanes},
};
use crate::nlp::model::MaxoutLayer;

/// What is added to the variance before its root is taken.
const EPSILON: f32 = 1e-8;

/// Rows whose pieces are held at once; as many as stay in the second-level cache.
const BLOCK: usize = 64;

/// A maxout layer with layer normalisation, its weights packed.
#[derive(Debug)]
pub(crate) struct NormedMaxout {
    /// The affine maps, the first piece of all outputs before the second.
    maps: Packed,
    width: usize,
    pieces: usize,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl NormedMaxout {
    /// Packs the weights of a layer.
    pub(crate) fn new(isa: Isa, layer: &MaxoutLayer) -> Self {
        let (width, pieces) = (layer.outputs, layer.pieces);
        let order = |n: usize| n % width * pieces + n / width;
        Self {
            maps: Packed::new(isa, layer.inputs, &layer.weight, &layer.bias, order),
            width,
            pieces,
            gain: layer.gain.clone(),
            shift: layer.shift.clone(),
        }
    }

    /// Width of an input row.
    pub(crate) fn inputs(&self) -> usize {
        self.maps.inputs()
    }

    /// Maps `rows` rows of `x`, each `stride` numbers after the last, and adds the result to the rows of `y`.
    ///
    /// `scratch` is overwritten.
    pub(crate) fn add_to(&self, x: &[f32], stride: usize, y: &mut [f32], scratch: &mut Vec<f32>) {
        let piece_row = self.maps.padded_outputs();
        scratch.resize(BLOCK * piece_row, 0.0);
        for (block, y) in y.chunks_mut(BLOCK * self.width).enumerate() {
            let rows = y.len() / self.width;
            self.maps.apply(&x[block * BLOCK * stride..], stride, rows, scratch);
            self.maps.isa().run(Normalise { layer: self, pieces: scratch, piece_row, y });
        }
    }
}

struct Normalise<'a> {
    layer: &'a NormedMaxout,
    pieces: &'a mut [f32],
    piece_row: usize,
    y: &'a mut [f32],
}

impl Kernel for Normalise<'_> {
    #[inline(always)]
    fn run<V: Lanes>(self) {
        let layer = self.layer;
        let rows = self.pieces.chunks_exact_mut(self.piece_row);
        for (pieces, y) in rows.zip(self.y.chunks_exact_mut(layer.width)) {
            let (best, others) = pieces.split_at_mut(layer.width);
            let mut sum = 0.0;
            for other in others.chunks_exact(layer.width).take(layer.pieces - 1) {
                max_into::<V>(best, other);
            }
            sum += total::<V>(best);
            let mean = sum / layer.width as f32;
            let variance = squared_distance::<V>(best, mean) / layer.width as f32 + EPSILON;
            scale_and_add::<V>(best, mean, 1.0 / variance.sqrt(), layer, y);
        }
    }
}

#[inline(always)]
fn max_into<V: Lanes>(best: &mut [f32], other: &[f32]) {
    let (best, best_rest) = best.as_chunks_mut::<LANES>();
    let (other, other_rest) = other.as_chunks::<LANES>();
    for (best, other) in best.iter_mut().zip(other) {
        V::load(best).max(V::load(other)).store(best);
    }
    for (best, &other) in best_rest.iter_mut().zip(other_rest) {
        *best = best.max(other);
    }
}

#[inline(always)]
fn total<V: Lanes>(x: &[f32]) -> f32 {
    let (x, rest) = x.as_chunks::<LANES>();
    let mut sum = V::splat(0.0);
    for x in x {
        sum = sum.add(V::load(x));
    }
    sum.sum() + rest.iter().sum::<f32>()
}

#[inline(always)]
fn squared_distance<V: Lanes>(x: &[f32], mean: f32) -> f32 {
    let (x, rest) = x.as_chunks::<LANES>();
    let mut sum = V::splat(0.0);
    for x in x {
        let distance = V::load(x).sub(V::splat(mean));
        sum = distance.mul_add(distance, sum);
    }
    let mut squares = sum.sum();
    for &x in rest {
        squares += (x - mean) * (x - mean);
    }
    squares
}

#[inline(always)]
fn scale_and_add<V: Lanes>(x: &[f32], mean: f32, scale: f32, layer: &NormedMaxout, y: &mut [f32]) {
    let (y, y_rest) = y.as_chunks_mut::<LANES>();
    let (x, x_rest) = x.as_chunks::<LANES>();
    let (gain, gain_rest) = layer.gain.as_chunks::<LANES>();
    let (shift, shift_rest) = layer.shift.as_chunks::<LANES>();
    for (((y, x), gain), shift) in y.iter_mut().zip(x).zip(gain).zip(shift) {
        let normed = V::load(x).sub(V::splat(mean)).mul(V::splat(scale));
        V::load(y).add(normed.mul(V::load(gain)).add(V::load(shift))).store(y);
    }
    for (((y, x), gain), shift) in y_rest.iter_mut().zip(x_rest).zip(gain_rest).zip(shift_rest) {
        *y += (x - mean) * scale * gain + shift;
    }
}

#[cfg(test)]
mod tests {
    use super::{super::product::tests::noise, *};

    fn layer(inputs: usize, outputs: usize, pieces: usize) -> MaxoutLayer {
        MaxoutLayer {
            inputs,
            outputs,
            pieces,
            weight: noise(inputs * outputs * pieces, 1),
            bias: noise(outputs * pieces, 2),
            gain: noise(outputs, 3),
            shift: noise(outputs, 4),
        }
    }

    fn naive(layer: &MaxoutLayer, x: &[f32]) -> Vec<f64> {
        let best: Vec<f64> = (0..layer.outputs)
            .map(|o| {
                let piece = |p: usize| {
                    let row = o * layer.pieces + p;
                    let weights = &layer.weight[row * layer.inputs..][..layer.inputs];
                    let sum: f64 = weights.iter().zip(x).map(|(&w, &x)| f64::from(w) * f64::from(x)).sum();
                    sum + f64::from(layer.bias[row])
                };
                (0..layer.pieces).map(piece).fold(f64::NEG_INFINITY, f64::max)
            })
            .collect();
        let n = layer.outputs as f64;
        let mean = best.iter().sum::<f64>() / n;
        let variance = best.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n + 1e-8;
        let scaled = best.iter().map(|x| (x - mean) / variance.sqrt());
        scaled
            .zip(&layer.gain)
            .zip(&layer.shift)
            .map(|((x, &g), &s)| x * f64::from(g) + f64::from(s))
            .collect()
    }

    #[test]
    fn maxout_and_normalisation_agree_with_a_naive_loop() {
        for isa in Isa::available() {
            for (inputs, outputs, pieces, rows) in
                [(288, 96, 3, 70), (48, 16, 2, 9), (10, 21, 4, 3), (4, 3, 1, 2)]
            {
                let layer = layer(inputs, outputs, pieces);
                let x = noise(rows * inputs, 5);
                let before = noise(rows * outputs, 6);
                let mut y = before.clone();
                NormedMaxout::new(isa, &layer).add_to(&x, inputs, &mut y, &mut Vec::new());
                for row in 0..rows {
                    let naive = naive(&layer, &x[row * inputs..][..inputs]);
                    for (o, naive) in naive.iter().enumerate() {
                        let added = f64::from(y[row * outputs + o]) - f64::from(before[row * outputs + o]);
                        assert!(
                            (added - naive).abs() < 2e-5,
                            "{isa:?}: row {row}, output {o}: {added} for {naive}"
                        );
                    }
                }
            }
        }
    }
}
