//! Kernels over `f32` slices, one layer a file. They know nothing of text.
//!
//! Every output row depends on its own input row alone, and is summed in the same order wherever the row
//! stands in its matrix. A document has therefore the same bits alone and within a batch.

mod hash;
mod maxout;
mod product;
mod scorer;
mod simd;

pub(crate) use hash::hash_rows;
pub(crate) use maxout::NormedMaxout;
pub(crate) use product::Packed;
#[cfg(test)]
pub(in crate::nlp) use product::tests::noise;
pub(crate) use scorer::{StateMemory, StateScorer};
pub(crate) use simd::Isa;
