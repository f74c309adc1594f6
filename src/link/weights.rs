use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3005 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.151, // linked
    2.891,  // prior
    1.547,  // place fame
    1.368,  // fame
    0.613,  // label
    -2.509, // namesakes
    -0.836, // one word
    0.773,  // long name
    1.475,  // acronym
    1.360,  // demonym
    -1.789, // short form
    -0.245, // forms
    0.370,  // fit
    -1.120, // misfit
    -1.186, // person
    -0.344, // mononymous person
    -0.176, // organization
    -0.000, // polity
    0.927,  // country
    0.103,  // work
    -0.818, // mentions
    1.604,  // country share
    -1.162, // foreign country
    0.491,  // country nearby
    0.719,  // class share
    0.561,  // neighbour
    1.388,  // related
    0.173,  // beside
    -0.349, // beside foreign
    -0.381, // part
    0.476,  // part share
    -0.020, // given name
    -3.352, // spelling
    -1.483, // context known
    -1.008, // context in article
    -0.405, // context nearby
    -0.041, // context meaning
    -2.278, // demonym as noun
    0.032,  // people as noun
    0.713,  // people
    -1.136, // common surname
    -0.331, // team as place
    -0.989, // firm
    -1.393, // site
    -1.344, // famous mononym
    -0.022, // renown
    0.665,  // same elsewhere
    0.932,  // team in sport
    1.175,  // team acts
    -1.963, // polity in sport
    -0.499, // team part
    2.035,  // sport agrees
    -0.082, // sport differs
    2.067,  // team role
    -1.074, // role of no team
    -1.835, // beside other region
    0.468,  // famous surname
    0.639,  // full name
    -1.809, // transcription
    1.366,  // letters
    2.081,  // word renown
    1.034,  // fitting renown
    -1.959, // initials
    -2.045, // team prior
    2.993,  // ambiguous label in context
    3.282,  // firm known
    -2.374, // class near country
    1.828,  // person among people
    2.333,  // ambiguous in context
    2.193,  // ambiguous in country
    -1.083, // polity in country
    2.436,  // place renown
    1.884,  // word in context
    1.172,  // ambiguous word
    1.326,  // label in context
    0.699,  // famous part
    0.475,  // long part
    -0.069, // long initials
];
