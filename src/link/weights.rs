use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3006 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.119, // linked
    2.927,  // prior
    1.521,  // place fame
    1.343,  // fame
    0.627,  // label
    -2.463, // namesakes
    -0.849, // one word
    0.790,  // long name
    1.495,  // acronym
    1.360,  // demonym
    -1.789, // short form
    -0.231, // forms
    0.396,  // fit
    -1.085, // misfit
    -1.216, // person
    -0.409, // mononymous person
    -0.168, // organization
    0.027,  // polity
    0.951,  // country
    0.082,  // work
    -0.800, // mentions
    1.600,  // country share
    -1.205, // foreign country
    0.468,  // country nearby
    0.707,  // class share
    0.486,  // neighbour
    1.401,  // related
    0.211,  // beside
    -0.345, // beside foreign
    -0.238, // part
    1.023,  // part share
    0.009,  // given name
    -3.339, // spelling
    -1.458, // context known
    -0.986, // context in article
    -0.406, // context nearby
    -0.073, // context meaning
    -2.284, // demonym as noun
    0.020,  // people as noun
    0.714,  // people
    -1.142, // common surname
    -0.294, // team as place
    -0.993, // firm
    -1.399, // site
    -1.485, // famous mononym
    -0.016, // renown
    0.710,  // same elsewhere
    0.938,  // team in sport
    1.203,  // team acts
    -1.904, // polity in sport
    -0.550, // team part
    2.035,  // sport agrees
    -0.083, // sport differs
    2.056,  // team role
    -1.516, // role of no team
    -1.806, // beside other region
    0.563,  // famous surname
    0.636,  // full name
    -1.811, // transcription
    1.316,  // letters
    2.100,  // word renown
    1.044,  // fitting renown
    -2.174, // initials
    -1.977, // team prior
    3.025,  // ambiguous label in context
    3.248,  // firm known
    -2.420, // class near country
    1.820,  // person among people
    2.287,  // ambiguous in context
    2.032,  // ambiguous in country
    -1.130, // polity in country
    2.391,  // place renown
    1.847,  // word in context
    1.064,  // ambiguous word
    1.333,  // label in context
    -3.000, // forces abroad
];
