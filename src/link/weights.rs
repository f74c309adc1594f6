use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3015 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.185, // linked
    3.373,  // prior
    1.453,  // place fame
    1.284,  // fame
    0.653,  // label
    -2.385, // namesakes
    -0.865, // one word
    0.816,  // long name
    1.370,  // acronym
    1.444,  // demonym
    -1.595, // short form
    -0.165, // forms
    0.458,  // fit
    -1.161, // misfit
    -1.214, // person
    -0.382, // mononymous person
    -0.269, // organization
    0.040,  // polity
    1.044,  // country
    0.100,  // work
    -0.786, // mentions
    1.664,  // country share
    -1.193, // foreign country
    0.458,  // country nearby
    0.740,  // class share
    0.525,  // neighbour
    1.365,  // related
    0.196,  // beside
    -0.124, // beside foreign
    -0.310, // part
    1.056,  // part share
    0.098,  // given name
    -3.355, // spelling
    -1.502, // context known
    -0.960, // context in article
    -0.315, // context nearby
    -0.049, // context meaning
    -2.362, // demonym as noun
    0.001,  // people as noun
    0.719,  // people
    -1.086, // common surname
    -0.631, // team as place
    -0.949, // firm
    -1.607, // site
    -1.513, // famous mononym
    0.043,  // renown
    0.720,  // same elsewhere
    0.973,  // team in sport
    1.207,  // team acts
    -1.887, // polity in sport
    -0.228, // team part
    2.010,  // sport agrees
    -0.100, // sport differs
    1.954,  // team role
    -1.431, // role of no team
    -1.855, // beside other region
    0.539,  // famous surname
    0.573,  // full name
    -1.788, // transcription
    1.289,  // letters
    2.090,  // word renown
    0.974,  // fitting renown
    -2.236, // initials
    0.497,  // team prior
    2.920,  // ambiguous label in context
    3.163,  // firm known
    -2.475, // class near country
    1.783,  // person among people
    2.296,  // ambiguous in context
    2.052,  // ambiguous in country
    -1.206, // polity in country
    2.257,  // place renown
    1.901,  // word in context
    1.135,  // ambiguous word
    1.372,  // label in context
    -3.000, // forces abroad
    1.663,  // body role
    -1.414, // role of no body
];
