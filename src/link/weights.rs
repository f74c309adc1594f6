use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2428 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -2.280, // linked
    3.866,  // prior
    3.188,  // place fame
    3.185,  // fame
    0.940,  // label
    -0.961, // namesakes
    -0.501, // one word
    0.963,  // long name
    -0.278, // acronym
    0.619,  // demonym
    -1.055, // short form
    -0.067, // forms
    0.732,  // fit
    -1.525, // misfit
    -0.010, // person
    -1.596, // mononymous person
    1.051,  // organization
    0.926,  // polity
    0.517,  // country
    -0.643, // work
    -0.853, // mentions
    1.780,  // country share
    -1.299, // foreign country
    0.855,  // country nearby
    1.139,  // class share
    0.666,  // neighbour
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
    0.0,
];
