use super::features::FEATURES;

/// The weights of the features, in the order of [`FEATURES`].
///
/// Written by `examples/train_linker.rs`, from 2774 groups of names in 3234 articles and passages.
pub(super) const WEIGHTS: [f64; FEATURES.len()] = [
    -0.734, // linked
    3.525,  // prior
    2.555,  // place fame
    2.918,  // fame
    0.977,  // label
    -1.110, // namesakes
    -0.444, // one word
    0.995,  // long name
    -0.110, // acronym
    0.754,  // demonym
    -1.251, // short form
    -0.132, // forms
    0.544,  // fit
    -1.186, // misfit
    -0.924, // person
    -1.294, // mononymous person
    0.209,  // organization
    0.791,  // polity
    0.882,  // country
    -0.992, // work
    -0.681, // mentions
    1.724,  // country share
    -1.120, // foreign country
    0.869,  // country nearby
    1.053,  // class share
    0.547,  // neighbour
    0.000,  // related
    -0.117, // beside
    -0.293, // beside foreign
    -0.407, // part
    0.889,  // part share
    -0.474, // given name
    -2.873, // spelling
    -1.255, // context known
    0.932,  // context in article
    0.129,  // context nearby
    0.810,  // context meaning
    -1.974, // demonym as noun
    -0.018, // people as noun
    -0.170, // people
    -0.826, // common surname
    0.077,  // team as place
    0.606,  // firm
    -1.017, // site
    -0.153, // part fame
    1.038,  // team in sport
    1.382,  // team acts
    -2.218, // polity in sport
    0.000,  // team part
];
