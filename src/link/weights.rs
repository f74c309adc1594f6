use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3005 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.122, // linked
    2.930,  // prior
    1.519,  // place fame
    1.352,  // fame
    0.626,  // label
    -2.462, // namesakes
    -0.845, // one word
    0.788,  // long name
    1.494,  // acronym
    1.355,  // demonym
    -1.790, // short form
    -0.235, // forms
    0.396,  // fit
    -1.087, // misfit
    -1.212, // person
    -0.390, // mononymous person
    -0.178, // organization
    0.025,  // polity
    0.951,  // country
    0.077,  // work
    -0.805, // mentions
    1.611,  // country share
    -1.204, // foreign country
    0.462,  // country nearby
    0.704,  // class share
    0.482,  // neighbour
    1.399,  // related
    0.212,  // beside
    -0.345, // beside foreign
    -0.250, // part
    1.020,  // part share
    0.002,  // given name
    -3.343, // spelling
    -1.457, // context known
    -0.994, // context in article
    -0.401, // context nearby
    -0.059, // context meaning
    -2.282, // demonym as noun
    0.018,  // people as noun
    0.710,  // people
    -1.146, // common surname
    -0.293, // team as place
    -0.990, // firm
    -1.403, // site
    -1.405, // famous mononym
    -0.020, // renown
    0.710,  // same elsewhere
    0.938,  // team in sport
    1.205,  // team acts
    -1.903, // polity in sport
    -0.541, // team part
    2.037,  // sport agrees
    -0.083, // sport differs
    2.054,  // team role
    -1.515, // role of no team
    -1.808, // beside other region
    0.549,  // famous surname
    0.627,  // full name
    -1.811, // transcription
    1.322,  // letters
    2.103,  // word renown
    1.044,  // fitting renown
    -2.163, // initials
    -1.976, // team prior
    3.028,  // ambiguous label in context
    3.247,  // firm known
    -2.415, // class near country
    1.801,  // person among people
    2.284,  // ambiguous in context
    2.030,  // ambiguous in country
    -1.135, // polity in country
    2.390,  // place renown
    1.851,  // word in context
    1.061,  // ambiguous word
    1.327,  // label in context
];
