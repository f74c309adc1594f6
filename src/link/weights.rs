use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3015 groups of names in 3441 articles and passages.
#[allow(clippy::approx_constant, reason = "what was learned is near a constant by chance")]
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.193, // linked
    3.369,  // prior
    1.443,  // place fame
    1.306,  // fame
    0.648,  // label
    -2.391, // namesakes
    -0.869, // one word
    0.808,  // long name
    1.365,  // acronym
    1.446,  // demonym
    -1.595, // short form
    -0.168, // forms
    0.462,  // fit
    -1.161, // misfit
    -1.181, // person
    -0.404, // mononymous person
    -0.293, // organization
    0.026,  // polity
    1.042,  // country
    0.076,  // work
    -0.797, // mentions
    1.651,  // country share
    -1.195, // foreign country
    0.462,  // country nearby
    0.731,  // class share
    0.526,  // neighbour
    1.363,  // related
    0.193,  // beside
    -0.137, // beside foreign
    -0.316, // part
    1.053,  // part share
    0.114,  // given name
    -3.342, // spelling
    -1.444, // context known
    -0.969, // context in article
    -0.318, // context nearby
    -0.029, // context meaning
    -2.362, // demonym as noun
    0.003,  // people as noun
    0.721,  // people
    -1.086, // common surname
    -0.633, // team as place
    -0.936, // firm
    -1.611, // site
    -1.510, // famous mononym
    0.035,  // renown
    0.715,  // same elsewhere
    0.972,  // team in sport
    1.209,  // team acts
    -1.883, // polity in sport
    -0.220, // team part
    2.019,  // sport agrees
    -0.099, // sport differs
    1.944,  // team role
    -1.431, // role of no team
    -1.860, // beside other region
    0.525,  // famous surname
    0.620,  // full name
    -1.790, // transcription
    1.278,  // letters
    2.078,  // word renown
    0.968,  // fitting renown
    -2.224, // initials
    0.491,  // team prior
    2.903,  // ambiguous label in context
    3.126,  // firm known
    -2.440, // class near country
    1.754,  // person among people
    2.291,  // ambiguous in context
    2.062,  // ambiguous in country
    -1.198, // polity in country
    2.249,  // place renown
    1.888,  // word in context
    1.130,  // ambiguous word
    1.401,  // label in context
    -3.000, // forces abroad
    -1.107, // called otherwise
    1.662,  // body role
    -1.413, // role of no body
];
