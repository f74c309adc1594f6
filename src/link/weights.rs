use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3010 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.178, // linked
    3.013,  // prior
    1.496,  // place fame
    1.437,  // fame
    0.686,  // label
    -2.438, // namesakes
    -0.851, // one word
    0.766,  // long name
    1.499,  // acronym
    1.350,  // demonym
    -1.663, // short form
    -0.180, // forms
    0.363,  // fit
    -1.111, // misfit
    -1.240, // person
    -0.424, // mononymous person
    -0.227, // organization
    0.029,  // polity
    1.076,  // country
    0.044,  // work
    -0.824, // mentions
    1.661,  // country share
    -1.204, // foreign country
    0.455,  // country nearby
    0.699,  // class share
    0.485,  // neighbour
    1.395,  // related
    0.222,  // beside
    -0.127, // beside foreign
    -0.206, // part
    1.023,  // part share
    0.059,  // given name
    -3.360, // spelling
    -1.428, // context known
    -0.988, // context in article
    -0.402, // context nearby
    -0.139, // context meaning
    -2.278, // demonym as noun
    0.004,  // people as noun
    0.708,  // people
    -1.132, // common surname
    -0.286, // team as place
    -0.962, // firm
    -1.413, // site
    -1.476, // famous mononym
    -0.028, // renown
    0.716,  // same elsewhere
    0.956,  // team in sport
    1.213,  // team acts
    -1.930, // polity in sport
    -0.578, // team part
    2.038,  // sport agrees
    -0.086, // sport differs
    2.068,  // team role
    -1.505, // role of no team
    -1.821, // beside other region
    0.554,  // famous surname
    0.597,  // full name
    -1.810, // transcription
    1.328,  // letters
    2.097,  // word renown
    1.041,  // fitting renown
    -2.122, // initials
    -2.031, // team prior
    2.972,  // ambiguous label in context
    3.220,  // firm known
    -2.414, // class near country
    1.844,  // person among people
    2.285,  // ambiguous in context
    1.982,  // ambiguous in country
    -1.171, // polity in country
    2.351,  // place renown
    1.874,  // word in context
    1.072,  // ambiguous word
    1.347,  // label in context
    -3.000, // forces abroad
];
