use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2828 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.077, // linked
    3.558,  // prior
    3.709,  // place fame
    3.130,  // fame
    0.903,  // label
    -0.752, // namesakes
    -0.545, // one word
    1.228,  // long name
    0.327,  // acronym
    1.104,  // demonym
    -1.300, // short form
    -0.360, // forms
    0.947,  // fit
    -0.914, // misfit
    -0.755, // person
    -1.254, // mononymous person
    0.343,  // organization
    0.034,  // polity
    1.216,  // country
    -0.727, // work
    -0.616, // mentions
    1.577,  // country share
    -1.349, // foreign country
    0.530,  // country nearby
    0.701,  // class share
    -0.393, // neighbour
    -1.328, // related
    0.068,  // beside
    -0.187, // beside foreign
    -0.452, // part
    0.866,  // part share
    -0.556, // given name
    -2.866, // spelling
    -1.350, // context known
    1.244,  // context in article
    0.108,  // context nearby
    0.730,  // context meaning
    -2.167, // demonym as noun
    -0.309, // people as noun
    -0.146, // people
    -0.920, // common surname
    0.366,  // team as place
    0.523,  // firm
    -1.085, // site
    -0.059, // part fame
    1.128,  // team in sport
    1.362,  // team acts
    -2.202, // polity in sport
    0.000,  // team part
];
