use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3011 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.206, // linked
    3.022,  // prior
    1.516,  // place fame
    1.368,  // fame
    0.691,  // label
    -2.470, // namesakes
    -0.883, // one word
    0.819,  // long name
    1.417,  // acronym
    1.450,  // demonym
    -1.594, // short form
    -0.164, // forms
    0.392,  // fit
    -1.090, // misfit
    -1.205, // person
    -0.360, // mononymous person
    -0.257, // organization
    0.028,  // polity
    1.085,  // country
    0.065,  // work
    -0.749, // mentions
    1.659,  // country share
    -1.189, // foreign country
    0.474,  // country nearby
    0.761,  // class share
    0.508,  // neighbour
    1.382,  // related
    0.200,  // beside
    -0.138, // beside foreign
    -0.298, // part
    1.050,  // part share
    0.043,  // given name
    -3.354, // spelling
    -1.487, // context known
    -0.945, // context in article
    -0.375, // context nearby
    -0.115, // context meaning
    -2.317, // demonym as noun
    0.004,  // people as noun
    0.733,  // people
    -1.107, // common surname
    -0.225, // team as place
    -0.993, // firm
    -1.610, // site
    -1.522, // famous mononym
    0.021,  // renown
    0.757,  // same elsewhere
    1.022,  // team in sport
    1.250,  // team acts
    -1.989, // polity in sport
    -0.524, // team part
    2.031,  // sport agrees
    -0.091, // sport differs
    2.006,  // team role
    -1.416, // role of no team
    -1.837, // beside other region
    0.562,  // famous surname
    0.571,  // full name
    -1.801, // transcription
    1.294,  // letters
    2.102,  // word renown
    1.032,  // fitting renown
    -2.103, // initials
    -2.043, // team prior
    2.938,  // ambiguous label in context
    3.128,  // firm known
    -2.481, // class near country
    1.772,  // person among people
    2.268,  // ambiguous in context
    2.031,  // ambiguous in country
    -1.184, // polity in country
    2.339,  // place renown
    1.877,  // word in context
    1.147,  // ambiguous word
    1.403,  // label in context
    -3.000, // forces abroad
    1.669,  // body role
    -1.416, // role of no body
];
