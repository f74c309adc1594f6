use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2997 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -0.749, // linked
    2.819, // prior
    1.552, // place fame
    1.816, // fame
    0.640, // label
    -2.146, // namesakes
    -1.129, // one word
    0.941, // long name
    0.429, // acronym
    1.433, // demonym
    -1.634, // short form
    -0.024, // forms
    0.804, // fit
    -1.605, // misfit
    -1.016, // person
    -0.348, // mononymous person
    0.047, // organization
    0.206, // polity
    0.982, // country
    0.123, // work
    -0.894, // mentions
    1.467, // country share
    -1.271, // foreign country
    0.302, // country nearby
    0.847, // class share
    0.498, // neighbour
    1.055, // related
    0.153, // beside
    -0.540, // beside foreign
    -0.546, // part
    0.574, // part share
    0.202, // given name
    -3.068, // spelling
    -1.288, // context known
    -0.716, // context in article
    -0.148, // context nearby
    -0.034, // context meaning
    -2.119, // demonym as noun
    -0.161, // people as noun
    0.301, // people
    -1.382, // common surname
    0.122, // team as place
    0.600, // firm
    -1.228, // site
    -0.820, // famous mononym
    1.760, // renown
    0.598, // same elsewhere
    0.679, // team in sport
    1.368, // team acts
    -1.666, // polity in sport
    -0.439, // team part
    2.355, // sport agrees
    0.509, // sport differs
    2.124, // team role
    -1.419, // role of no team
    -1.911, // beside other region
    0.931, // famous surname
    0.857, // full name
    -1.514, // transcription
    2.448, // ambiguous in context
    2.617, // ambiguous in country
    -1.022, // polity in country
    2.344, // place renown
    2.037, // word in context
    1.029, // ambiguous word
    1.225, // label in context
];
