use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2795 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -0.540, // linked
    2.901,  // prior
    1.660,  // place fame
    1.628,  // fame
    0.605,  // label
    -2.033, // namesakes
    -1.267, // one word
    1.037,  // long name
    0.551,  // acronym
    1.471,  // demonym
    -1.699, // short form
    0.014,  // forms
    1.001,  // fit
    -1.713, // misfit
    -0.539, // person
    -1.186, // mononymous person
    0.202,  // organization
    0.197,  // polity
    0.681,  // country
    -0.320, // work
    -0.903, // mentions
    1.377,  // country share
    -1.405, // foreign country
    0.412,  // country nearby
    0.976,  // class share
    0.591,  // neighbour
    0.088,  // related
    0.131,  // beside
    -0.470, // beside foreign
    -0.343, // part
    0.807,  // part share
    -0.579, // given name
    -3.055, // spelling
    -1.171, // context known
    -0.340, // context in article
    -0.135, // context nearby
    -0.141, // context meaning
    -1.739, // demonym as noun
    -0.230, // people as noun
    0.192,  // people
    -1.204, // common surname
    0.322,  // team as place
    0.653,  // firm
    -1.348, // site
    -0.621, // famous mononym
    1.716,  // renown
    0.321,  // same elsewhere
    1.222,  // team in sport
    2.130,  // team acts
    -2.163, // polity in sport
    -0.705, // team part
    2.373,  // ambiguous in context
    2.379,  // ambiguous in country
    -0.705, // polity in country
    2.483,  // place renown
    2.323,  // word in context
    1.265,  // ambiguous word
    1.222,  // label in context
];
