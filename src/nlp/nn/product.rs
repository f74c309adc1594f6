#![expect(
    clippy::inline_always,
    reason = "a kernel must be inlined into the function that enables its instructions"
)]

use super::{
    Isa,
    simd::{Kernel, LANES, Lanes},
};

/// An affine map `y = x W^T + b`, its weights laid out for [`Packed::apply`].
///
/// The columns of the product are cut into panels of 16; within a panel the weights that meet one input
/// number lie side by side. Each output is the sum of `x[k] * W[n][k]` in the
/// order of `k`, plus the bias, whatever the number of rows.
#[derive(Debug)]
pub(crate) struct Packed {
    isa: Isa,
    inputs: usize,
    /// Columns, without those that fill the last panel.
    outputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// Packs `weight`, `(outputs, inputs)`, and `bias`, `(outputs)`. Output `n` is row `order(n)`.
    pub(crate) fn new(
        isa: Isa,
        inputs: usize,
        weight: &[f32],
        bias: &[f32],
        order: impl Fn(usize) -> usize,
    ) -> Self {
        let outputs = bias.len();
        assert_eq!(weight.len(), inputs * outputs, "the weights are {outputs} rows of {inputs}");
        let padded = outputs.next_multiple_of(LANES);
        let mut packed = Self {
            isa,
            inputs,
            outputs,
            weights: Vec::with_capacity(padded * inputs),
            bias: (0..padded).map(|n| if n < outputs { bias[order(n)] } else { 0.0 }).collect(),
        };
        for start in (0..padded).step_by(LANES) {
            for k in 0..inputs {
                let column = |n| if n < outputs { weight[order(n) * inputs + k] } else { 0.0 };
                packed.weights.extend((start..start + LANES).map(column));
            }
        }
        packed
    }

    /// The instructions it was made for.
    pub(crate) fn isa(&self) -> Isa {
        self.isa
    }

    /// Width of an input row.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Width of an output row that has a meaning.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Width of an output row as it is written: [`Packed::outputs`], filled up to a multiple of 16.
    pub(crate) fn padded_outputs(&self) -> usize {
        self.bias.len()
    }

    /// Maps `rows` rows of `x`, each `stride` numbers after the last (they may overlap), to as many rows of
    /// `y`, each [`Packed::padded_outputs`] wide.
    pub(crate) fn apply(&self, x: &[f32], stride: usize, rows: usize, y: &mut [f32]) {
        if rows == 0 {
            return;
        }
        assert!(x.len() >= (rows - 1) * stride + self.inputs, "all rows of the input are there");
        let y = &mut y[..rows * self.padded_outputs()];
        self.isa.run(Product { map: self, x, stride, rows, y });
    }
}

struct Product<'a> {
    map: &'a Packed,
    x: &'a [f32],
    stride: usize,
    rows: usize,
    y: &'a mut [f32],
}

impl Kernel for Product<'_> {
    #[inline(always)]
    fn run<V: Lanes>(mut self) {
        let panels = self.map.padded_outputs() / LANES;
        let mut panel = 0;
        while V::TILE_PANELS >= 3 && panel + 3 <= panels {
            self.panels::<V, 3>(panel);
            panel += 3;
        }
        while V::TILE_PANELS >= 2 && panel + 2 <= panels {
            self.panels::<V, 2>(panel);
            panel += 2;
        }
        while panel < panels {
            self.panels::<V, 1>(panel);
            panel += 1;
        }
    }
}

impl Product<'_> {
    /// `P` panels of columns for all rows.
    #[inline(always)]
    fn panels<V: Lanes, const P: usize>(&mut self, panel: usize) {
        let mut row = 0;
        while V::TILE_ROWS >= 8 && row + 8 <= self.rows {
            self.tile::<V, 8, P>(row, panel);
            row += 8;
        }
        while V::TILE_ROWS >= 6 && row + 6 <= self.rows {
            self.tile::<V, 6, P>(row, panel);
            row += 6;
        }
        while V::TILE_ROWS >= 3 && row + 3 <= self.rows {
            self.tile::<V, 3, P>(row, panel);
            row += 3;
        }
        while row < self.rows {
            self.tile::<V, 1, P>(row, panel);
            row += 1;
        }
    }

    /// `R` rows of `P` panels: the sums stay in registers.
    #[inline(always)]
    fn tile<V: Lanes, const R: usize, const P: usize>(&mut self, row: usize, panel: usize) {
        let inputs = self.map.inputs;
        let (weights, _) = self.map.weights.as_chunks::<LANES>();
        let mut w: [&[[f32; LANES]]; P] = [&[]; P];
        for p in 0..P {
            w[p] = &weights[(panel + p) * inputs..][..inputs];
        }
        let mut x: [&[f32]; R] = [&[]; R];
        for (r, x) in x.iter_mut().enumerate() {
            *x = &self.x[(row + r) * self.stride..][..inputs];
        }
        let mut sums = [[V::splat(0.0); P]; R];
        for k in 0..inputs {
            let mut weight = [V::splat(0.0); P];
            for p in 0..P {
                weight[p] = V::load(&w[p][k]);
            }
            for r in 0..R {
                let factor = V::splat(x[r][k]);
                for p in 0..P {
                    sums[r][p] = weight[p].mul_add(factor, sums[r][p]);
                }
            }
        }
        let padded = self.map.padded_outputs();
        let (bias, _) = self.map.bias[panel * LANES..].as_chunks::<LANES>();
        for (r, sums) in sums.iter().enumerate() {
            let (y, _) = self.y[(row + r) * padded + panel * LANES..].as_chunks_mut::<LANES>();
            for p in 0..P {
                sums[p].add(V::load(&bias[p])).store(&mut y[p]);
            }
        }
    }
}

#[cfg(test)]
pub(in crate::nlp) mod tests {
    use super::*;

    /// Numbers in -1..1 that look random and are the same each time.
    pub(in crate::nlp) fn noise(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn products_agree_with_a_naive_loop() {
        for isa in Isa::available() {
            for (rows, inputs, outputs, stride) in
                [(1, 5, 1, 5), (13, 288, 288, 96), (9, 64, 106, 64), (3, 7, 17, 9)]
            {
                let x = noise((rows - 1) * stride + inputs, 1);
                let weight = noise(inputs * outputs, 2);
                let bias = noise(outputs, 3);
                let map = Packed::new(isa, inputs, &weight, &bias, |n| n);
                let width = map.padded_outputs();
                let mut y = vec![f32::NAN; rows * width];
                map.apply(&x, stride, rows, &mut y);
                for row in 0..rows {
                    for n in 0..outputs {
                        let naive: f64 = (0..inputs)
                            .map(|k| f64::from(x[row * stride + k]) * f64::from(weight[n * inputs + k]))
                            .sum::<f64>()
                            + f64::from(bias[n]);
                        let got = f64::from(y[row * width + n]);
                        assert!(
                            (got - naive).abs() < 5e-5,
                            "{isa:?}: row {row}, output {n}: {got} for {naive}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_row_has_the_same_bits_wherever_it_stands() {
        for isa in Isa::available() {
            let (rows, inputs, outputs) = (23, 40, 50);
            let x = noise(rows * inputs, 4);
            let map = Packed::new(isa, inputs, &noise(inputs * outputs, 5), &noise(outputs, 6), |n| n);
            let width = map.padded_outputs();
            let mut all = vec![0.0; rows * width];
            map.apply(&x, inputs, rows, &mut all);
            let mut alone = vec![0.0; width];
            for row in 0..rows {
                map.apply(&x[row * inputs..], inputs, 1, &mut alone);
                assert_eq!(alone, all[row * width..][..width], "{isa:?}: row {row}");
            }
        }
    }
}
