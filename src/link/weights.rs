use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2828 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -0.893, // linked
    3.381,  // prior
    3.646,  // place fame
    1.464,  // fame
    1.013,  // label
    -0.822, // namesakes
    -0.653, // one word
    1.306,  // long name
    0.439,  // acronym
    1.161,  // demonym
    -1.168, // short form
    -0.280, // forms
    0.991,  // fit
    -0.838, // misfit
    -0.512, // person
    -1.227, // mononymous person
    0.578,  // organization
    -0.143, // polity
    1.237,  // country
    -0.504, // work
    -0.790, // mentions
    1.480,  // country share
    -1.393, // foreign country
    0.507,  // country nearby
    0.457,  // class share
    -0.430, // neighbour
    -1.313, // related
    0.094,  // beside
    -0.228, // beside foreign
    -0.306, // part
    0.940,  // part share
    -0.511, // given name
    -2.815, // spelling
    -1.362, // context known
    1.216,  // context in article
    0.094,  // context nearby
    0.745,  // context meaning
    -2.149, // demonym as noun
    -0.232, // people as noun
    -0.015, // people
    -0.861, // common surname
    0.600,  // team as place
    0.531,  // firm
    -1.170, // site
    -0.285, // famous mononym
    1.669,  // renown
    0.441,  // same elsewhere
    1.206,  // team in sport
    1.440,  // team acts
    -2.249, // polity in sport
    0.000,  // team part
];
