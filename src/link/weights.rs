use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2774 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.467, // linked
    3.455,  // prior
    3.998,  // place fame
    3.615,  // fame
    1.006,  // label
    -1.170, // namesakes
    -0.478, // one word
    1.033,  // long name
    -0.084, // acronym
    0.726,  // demonym
    -1.150, // short form
    0.093,  // forms
    0.440,  // fit
    -1.186, // misfit
    -0.567, // person
    -1.498, // mononymous person
    0.606,  // organization
    0.554,  // polity
    0.332,  // country
    -0.687, // work
    -0.915, // mentions
    1.761,  // country share
    -1.142, // foreign country
    0.838,  // country nearby
    0.902,  // class share
    0.326,  // neighbour
    0.000,  // related
    -0.116, // beside
    -0.455, // beside foreign
    -0.153, // part
    0.818,  // part share
    -0.484, // given name
    -2.856, // spelling
    -1.596, // context known
    0.921,  // context in article
    0.232,  // context nearby
    1.082,  // context meaning
    -2.050, // demonym as noun
    -0.015, // people as noun
    -0.135, // people
    -0.728, // common surname
    0.539,  // team as place
    0.659,  // firm
    -0.849, // site
    0.0, 0.0, 0.0, 0.0, 0.0,
];
