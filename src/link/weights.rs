use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3015 groups of names in 3441 articles and passages.
#[allow(clippy::approx_constant, reason = "what was learned is near a constant by chance")]
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.182, // linked
    3.370,  // prior
    1.451,  // place fame
    1.283,  // fame
    0.654,  // label
    -2.386, // namesakes
    -0.866, // one word
    0.813,  // long name
    1.370,  // acronym
    1.445,  // demonym
    -1.598, // short form
    -0.173, // forms
    0.461,  // fit
    -1.160, // misfit
    -1.211, // person
    -0.383, // mononymous person
    -0.270, // organization
    0.041,  // polity
    1.044,  // country
    0.100,  // work
    -0.785, // mentions
    1.666,  // country share
    -1.192, // foreign country
    0.463,  // country nearby
    0.739,  // class share
    0.525,  // neighbour
    1.365,  // related
    0.195,  // beside
    -0.124, // beside foreign
    -0.310, // part
    1.055,  // part share
    0.107,  // given name
    -3.356, // spelling
    -1.492, // context known
    -0.957, // context in article
    -0.327, // context nearby
    -0.053, // context meaning
    -2.362, // demonym as noun
    0.002,  // people as noun
    0.719,  // people
    -1.096, // common surname
    -0.630, // team as place
    -0.948, // firm
    -1.606, // site
    -1.512, // famous mononym
    0.040,  // renown
    0.720,  // same elsewhere
    0.973,  // team in sport
    1.207,  // team acts
    -1.888, // polity in sport
    -0.228, // team part
    2.011,  // sport agrees
    -0.100, // sport differs
    1.954,  // team role
    -1.431, // role of no team
    -1.856, // beside other region
    0.538,  // famous surname
    0.578,  // full name
    -1.789, // transcription
    1.291,  // letters
    2.092,  // word renown
    0.972,  // fitting renown
    -2.235, // initials
    0.497,  // team prior
    2.921,  // ambiguous label in context
    3.161,  // firm known
    -2.481, // class near country
    1.776,  // person among people
    2.297,  // ambiguous in context
    2.050,  // ambiguous in country
    -1.205, // polity in country
    2.254,  // place renown
    1.901,  // word in context
    1.137,  // ambiguous word
    1.370,  // label in context
    -3.000, // forces abroad
    -0.623, // called otherwise
    1.662,  // body role
    -1.414, // role of no body
];
