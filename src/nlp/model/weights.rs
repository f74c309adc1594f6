//! The parameters of the networks. Matrices are row-major, shapes are given as (rows, columns).

/// A lexical attribute that an embedding table is keyed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenAttr {
    /// The form itself.
    Orth,
    /// The form in lower case.
    Lower,
    /// Normal form.
    Norm,
    /// First code point.
    Prefix,
    /// Last three code points.
    Suffix,
    /// `Xxxx`, `dd`, ...
    Shape,
    /// Whether a space follows.
    Spacy,
    /// Whether it is white space.
    IsSpace,
}

/// `HashEmbed` of thinc: each key is hashed to four rows, whose sum is its embedding.
#[derive(Clone, Debug, PartialEq)]
pub struct HashTable {
    /// Which attribute is the key.
    pub attr: TokenAttr,
    /// Seed of the hash.
    pub seed: u32,
    /// Number of rows.
    pub rows: usize,
    /// Width of a row.
    pub width: usize,
    /// `(rows, width)`.
    pub data: Vec<f32>,
}

/// `y = x W^T + b`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// Width of `x`.
    pub inputs: usize,
    /// Width of `y`.
    pub outputs: usize,
    /// `(outputs, inputs)`.
    pub weight: Vec<f32>,
    /// `(outputs)`; zeros where the layer has none.
    pub bias: Vec<f32>,
}

/// Maxout over `pieces` affine maps, then layer normalisation (Goodfellow et al. 2013; Ba et al. 2016).
#[derive(Clone, Debug, PartialEq)]
pub struct MaxoutLayer {
    /// Width of the input.
    pub inputs: usize,
    /// Width of the output.
    pub outputs: usize,
    /// Affine maps an output.
    pub pieces: usize,
    /// `(outputs * pieces, inputs)`, the pieces of one output in neighbouring rows.
    pub weight: Vec<f32>,
    /// `(outputs * pieces)`.
    pub bias: Vec<f32>,
    /// Gain of the normalisation, `(outputs)`.
    pub gain: Vec<f32>,
    /// Bias of the normalisation, `(outputs)`.
    pub shift: Vec<f32>,
}

/// Token embedding: hash tables, static vectors where there are any, concatenated in this order and mixed.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiHashEmbed {
    /// In the order of concatenation.
    pub tables: Vec<HashTable>,
    /// Projection of the pipeline's static word vectors (keyed by form); no bias.
    pub static_vectors: Option<Linear>,
    /// The concatenation to the encoder's width.
    pub mix: MaxoutLayer,
}

/// Embedding and window encoder: `depth` residual layers, each over a token and its neighbours.
#[derive(Clone, Debug, PartialEq)]
pub struct Tok2Vec {
    /// Tokens to vectors.
    pub embed: MultiHashEmbed,
    /// Neighbours on each side that a layer sees.
    pub window: usize,
    /// One maxout layer each; input is `(2 * window + 1) * width`.
    pub encode: Vec<MaxoutLayer>,
}

/// Where a component gets its token vectors.
#[derive(Clone, Debug, PartialEq)]
pub enum Embedding {
    /// From the component of this name, earlier in the pipeline.
    Listener(String),
    /// From a network of its own.
    Own(Box<Tok2Vec>),
}

/// Token classifier (`tagger`, `morphologizer`, `senter`): the label with the highest score.
#[derive(Clone, Debug, PartialEq)]
pub struct Classifier {
    /// Token vectors.
    pub embedding: Embedding,
    /// Scores, one output a label.
    pub output: Linear,
    /// Names, in the order of the outputs. The morphologizer's are UD feature strings with `POS=`.
    pub labels: Vec<String>,
    /// Whether an annotation set earlier is replaced.
    pub overwrite: bool,
}

/// The precomputable hidden layer of the transition-based parser (`PrecomputableAffine`).
#[derive(Clone, Debug, PartialEq)]
pub struct Lower {
    /// Token positions that describe a state.
    pub features: usize,
    /// Width of the token vectors.
    pub inputs: usize,
    /// Width of the hidden layer.
    pub outputs: usize,
    /// Maxout pieces.
    pub pieces: usize,
    /// `(features * outputs * pieces, inputs)`.
    pub weight: Vec<f32>,
    /// `(outputs * pieces)`.
    pub bias: Vec<f32>,
    /// What a missing token contributes: `(features * outputs * pieces)`.
    pub pad: Vec<f32>,
}

/// Transition-based `parser` or `ner`.
#[derive(Clone, Debug, PartialEq)]
pub struct TransitionModel {
    /// Token vectors.
    pub embedding: Embedding,
    /// Token vectors to the hidden width.
    pub hidden: Linear,
    /// State to hidden layer.
    pub lower: Lower,
    /// Hidden layer to scores of the moves; without it the lower layer scores them itself.
    pub upper: Option<Linear>,
    /// The moves in the order of the scores: name of the action (`S`, `D`, `L`, `R`, `B`; `M`, `B`, `I`, `L`,
    /// `U`, `O` for entities) and label, empty where it has none.
    pub moves: Vec<(String, String)>,
}
