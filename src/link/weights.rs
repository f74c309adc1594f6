use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2996 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.184, // linked
    2.870,  // prior
    1.482,  // place fame
    1.322,  // fame
    0.652,  // label
    -2.355, // namesakes
    -0.731, // one word
    0.758,  // long name
    1.270,  // acronym
    1.253,  // demonym
    -1.534, // short form
    -0.333, // forms
    0.438,  // fit
    -1.548, // misfit
    -1.154, // person
    -0.388, // mononymous person
    -0.233, // organization
    -0.048, // polity
    0.844,  // country
    0.275,  // work
    -1.054, // mentions
    1.635,  // country share
    -1.253, // foreign country
    0.141,  // country nearby
    0.848,  // class share
    0.398,  // neighbour
    1.075,  // related
    0.347,  // beside
    -0.408, // beside foreign
    -0.335, // part
    0.828,  // part share
    0.126,  // given name
    -3.227, // spelling
    -1.136, // context known
    -0.901, // context in article
    -0.518, // context nearby
    -0.116, // context meaning
    -3.227, // demonym as noun
    -0.077, // people as noun
    0.633,  // people
    -1.222, // common surname
    0.032,  // team as place
    0.767,  // firm
    -1.413, // site
    -1.563, // famous mononym
    -0.018, // renown
    0.545,  // same elsewhere
    1.019,  // team in sport
    1.407,  // team acts
    -1.932, // polity in sport
    -0.607, // team part
    2.139,  // sport agrees
    -0.124, // sport differs
    2.232,  // team role
    -0.996, // role of no team
    -1.896, // beside other region
    0.694,  // famous surname
    0.656,  // full name
    -1.655, // transcription
    1.311,  // letters
    2.028,  // word renown
    1.361,  // fitting renown
    -2.256, // initials
    0.0,    // team prior
    0.0,    // ambiguous label in context
    0.0,    // firm known
    0.0,    // class near country
    0.0,    // person among people
    3.146,  // ambiguous in context
    2.201,  // ambiguous in country
    -1.182, // polity in country
    2.364,  // place renown
    2.175,  // word in context
    1.135,  // ambiguous word
    1.364,  // label in context
];
