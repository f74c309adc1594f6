use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3011 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.204, // linked
    3.351,  // prior
    1.462,  // place fame
    1.278,  // fame
    0.691,  // label
    -2.370, // namesakes
    -0.875, // one word
    0.821,  // long name
    1.384,  // acronym
    1.460,  // demonym
    -1.610, // short form
    -0.165, // forms
    0.449,  // fit
    -1.182, // misfit
    -1.210, // person
    -0.379, // mononymous person
    -0.264, // organization
    0.022,  // polity
    1.087,  // country
    0.098,  // work
    -0.758, // mentions
    1.674,  // country share
    -1.178, // foreign country
    0.459,  // country nearby
    0.755,  // class share
    0.532,  // neighbour
    1.364,  // related
    0.190,  // beside
    -0.131, // beside foreign
    -0.309, // part
    1.074,  // part share
    0.106,  // given name
    -3.365, // spelling
    -1.455, // context known
    -0.938, // context in article
    -0.333, // context nearby
    -0.112, // context meaning
    -2.305, // demonym as noun
    -0.006, // people as noun
    0.727,  // people
    -1.091, // common surname
    -0.617, // team as place
    -0.932, // firm
    -1.611, // site
    -1.504, // famous mononym
    0.042,  // renown
    0.726,  // same elsewhere
    0.961,  // team in sport
    1.199,  // team acts
    -1.996, // polity in sport
    -0.232, // team part
    1.979,  // sport agrees
    -0.118, // sport differs
    1.931,  // team role
    -1.419, // role of no team
    -1.852, // beside other region
    0.537,  // famous surname
    0.559,  // full name
    -1.793, // transcription
    1.292,  // letters
    2.098,  // word renown
    0.970,  // fitting renown
    -2.237, // initials
    0.488,  // team prior
    2.891,  // ambiguous label in context
    3.140,  // firm known
    -2.492, // class near country
    1.781,  // person among people
    2.282,  // ambiguous in context
    2.058,  // ambiguous in country
    -1.211, // polity in country
    2.271,  // place renown
    1.939,  // word in context
    1.150,  // ambiguous word
    1.370,  // label in context
    -3.000, // forces abroad
    1.670,  // body role
    -1.426, // role of no body
];
