use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 3007 groups of names in 3441 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -1.119, // linked
    2.924,  // prior
    1.523,  // place fame
    1.341,  // fame
    0.625,  // label
    -2.478, // namesakes
    -0.853, // one word
    0.780,  // long name
    1.522,  // acronym
    1.359,  // demonym
    -1.698, // short form
    -0.239, // forms
    0.398,  // fit
    -1.082, // misfit
    -1.218, // person
    -0.405, // mononymous person
    -0.167, // organization
    0.029,  // polity
    0.950,  // country
    0.083,  // work
    -0.802, // mentions
    1.615,  // country share
    -1.204, // foreign country
    0.464,  // country nearby
    0.698,  // class share
    0.480,  // neighbour
    1.399,  // related
    0.210,  // beside
    -0.345, // beside foreign
    -0.238, // part
    1.023,  // part share
    0.009,  // given name
    -3.341, // spelling
    -1.463, // context known
    -0.988, // context in article
    -0.404, // context nearby
    -0.074, // context meaning
    -2.283, // demonym as noun
    0.020,  // people as noun
    0.715,  // people
    -1.143, // common surname
    -0.292, // team as place
    -0.999, // firm
    -1.399, // site
    -1.487, // famous mononym
    -0.017, // renown
    0.708,  // same elsewhere
    0.937,  // team in sport
    1.205,  // team acts
    -1.902, // polity in sport
    -0.550, // team part
    2.035,  // sport agrees
    -0.082, // sport differs
    2.057,  // team role
    -1.523, // role of no team
    -1.807, // beside other region
    0.565,  // famous surname
    0.632,  // full name
    -1.809, // transcription
    1.330,  // letters
    2.106,  // word renown
    1.043,  // fitting renown
    -2.187, // initials
    -1.977, // team prior
    3.025,  // ambiguous label in context
    3.250,  // firm known
    -2.415, // class near country
    1.827,  // person among people
    2.285,  // ambiguous in context
    2.022,  // ambiguous in country
    -1.136, // polity in country
    2.392,  // place renown
    1.855,  // word in context
    1.079,  // ambiguous word
    1.334,  // label in context
    -3.000, // forces abroad
];
