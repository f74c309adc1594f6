use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2998 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.131, // linked
    2.895,  // prior
    1.488,  // place fame
    1.242,  // fame
    0.638,  // label
    -2.437, // namesakes
    -0.726, // one word
    0.730,  // long name
    1.399,  // acronym
    1.316,  // demonym
    -1.662, // short form
    -0.350, // forms
    0.472,  // fit
    -1.599, // misfit
    -1.214, // person
    -0.455, // mononymous person
    -0.199, // organization
    -0.034, // polity
    0.951,  // country
    0.387,  // work
    -1.062, // mentions
    1.710,  // country share
    -1.128, // foreign country
    0.463,  // country nearby
    0.628,  // class share
    0.607,  // neighbour
    1.321,  // related
    0.105,  // beside
    -0.369, // beside foreign
    -0.291, // part
    0.940,  // part share
    0.066,  // given name
    -3.342, // spelling
    -1.463, // context known
    -1.017, // context in article
    -0.437, // context nearby
    -0.046, // context meaning
    -2.236, // demonym as noun
    0.014,  // people as noun
    0.686,  // people
    -1.286, // common surname
    -0.254, // team as place
    -0.892, // firm
    -1.384, // site
    -1.490, // famous mononym
    0.011,  // renown
    0.701,  // same elsewhere
    0.963,  // team in sport
    1.231,  // team acts
    -1.937, // polity in sport
    -0.402, // team part
    2.110,  // sport agrees
    -0.038, // sport differs
    1.951,  // team role
    -1.009, // role of no team
    -1.932, // beside other region
    0.782,  // famous surname
    0.680,  // full name
    -1.749, // transcription
    1.370,  // letters
    2.054,  // word renown
    1.234,  // fitting renown
    -2.123, // initials
    -1.972, // team prior
    3.044,  // ambiguous label in context
    2.994,  // firm known
    -2.332, // class near country
    1.790,  // person among people
    2.316,  // ambiguous in context
    2.202,  // ambiguous in country
    -1.148, // polity in country
    2.372,  // place renown
    2.022,  // word in context
    1.135,  // ambiguous word
    1.293,  // label in context
];
