use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2824 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -0.899, // linked
    3.339,  // prior
    3.261,  // place fame
    1.466,  // fame
    1.027,  // label
    -0.765, // namesakes
    -0.556, // one word
    1.320,  // long name
    0.340,  // acronym
    1.002,  // demonym
    -1.151, // short form
    -0.190, // forms
    0.955,  // fit
    -0.810, // misfit
    -0.588, // person
    -1.147, // mononymous person
    0.451,  // organization
    0.086,  // polity
    1.239,  // country
    -0.606, // work
    -0.614, // mentions
    1.710,  // country share
    -1.353, // foreign country
    0.422,  // country nearby
    0.744,  // class share
    -0.551, // neighbour
    -1.232, // related
    0.092,  // beside
    -0.264, // beside foreign
    -0.507, // part
    0.787,  // part share
    -0.535, // given name
    -2.859, // spelling
    -1.388, // context known
    1.115,  // context in article
    0.132,  // context nearby
    0.784,  // context meaning
    -2.232, // demonym as noun
    -0.223, // people as noun
    -0.030, // people
    -0.871, // common surname
    -0.021, // team as place
    0.479,  // firm
    -1.262, // site
    -0.314, // famous mononym
    1.615,  // renown
    0.518,  // same elsewhere
    1.370,  // team in sport
    2.434,  // team acts
    -1.760, // polity in sport
    -0.942, // team part
];
