use std::collections::BTreeSet;

use super::{Classifier, Component, Embedding, Linear, MaxoutLayer, Tok2Vec, TransitionModel};
use crate::nlp::lemmatizer::Mode;

impl Component {
    /// The kind of component, as spaCy names it.
    pub fn factory(&self) -> &'static str {
        match self {
            Self::Tok2Vec(_) => "tok2vec",
            Self::Tagger(_) => "tagger",
            Self::Morphologizer(_) => "morphologizer",
            Self::Senter(_) => "senter",
            Self::Parser(_) => "parser",
            Self::Ner(_) => "ner",
            Self::AttributeRuler(_) => "attribute_ruler",
            Self::Lemmatizer(_) => "lemmatizer",
        }
    }

    /// How it is built, in a few words.
    pub fn architecture(&self) -> String {
        match self {
            Self::Tok2Vec(model) => tok2vec(model),
            Self::Tagger(model) | Self::Morphologizer(model) | Self::Senter(model) => {
                format!("linear classifier over {}", embedding(&model.embedding))
            }
            Self::Parser(model) | Self::Ner(model) => format!(
                "transitions, {} features, hidden width {}, {} moves, over {}",
                model.lower.features,
                model.hidden.outputs,
                model.moves.len(),
                embedding(&model.embedding)
            ),
            Self::AttributeRuler(rules) => format!("{} rules", rules.rules.len()),
            Self::Lemmatizer(tables) => {
                let words: usize =
                    tables.by_pos.iter().map(|(_, t)| t.exceptions.len() + t.index.len()).sum();
                let mode = match tables.mode {
                    Mode::Lookup => "lookup",
                    Mode::Rule => "rules",
                    Mode::FrenchRule => "rules (French)",
                };
                format!("{mode}, {} words", words + tables.lookup.len())
            }
        }
    }

    /// Number of labels that it can give.
    pub fn labels(&self) -> usize {
        match self {
            Self::Tagger(model) | Self::Morphologizer(model) | Self::Senter(model) => model.labels.len(),
            Self::Parser(model) | Self::Ner(model) => {
                let labels: BTreeSet<&str> = model.moves.iter().map(|(_, label)| label.as_str()).collect();
                labels.iter().filter(|label| !label.is_empty()).count()
            }
            _ => 0,
        }
    }

    /// Number of weights.
    pub fn parameters(&self) -> usize {
        match self {
            Self::Tok2Vec(model) => tok2vec_size(model),
            Self::Tagger(model) | Self::Morphologizer(model) | Self::Senter(model) => classifier_size(model),
            Self::Parser(model) | Self::Ner(model) => transitions_size(model),
            Self::AttributeRuler(_) | Self::Lemmatizer(_) => 0,
        }
    }
}

fn embedding(embedding: &Embedding) -> String {
    match embedding {
        Embedding::Listener(name) => format!("`{name}`"),
        Embedding::Own(model) => format!("its own {}", tok2vec(model)),
    }
}

fn tok2vec(model: &Tok2Vec) -> String {
    let vectors = if model.embed.static_vectors.is_some() { " and static vectors" } else { "" };
    format!(
        "{} hash tables{vectors}, {} maxout layers of width {}, window {}",
        model.embed.tables.len(),
        model.encode.len(),
        model.embed.mix.outputs,
        model.window
    )
}

fn linear_size(layer: &Linear) -> usize {
    layer.weight.len() + layer.bias.len()
}

fn maxout_size(layer: &MaxoutLayer) -> usize {
    layer.weight.len() + layer.bias.len() + layer.gain.len() + layer.shift.len()
}

fn tok2vec_size(model: &Tok2Vec) -> usize {
    let embed = &model.embed;
    embed.tables.iter().map(|table| table.data.len()).sum::<usize>()
        + embed.static_vectors.as_ref().map_or(0, |layer| layer.weight.len())
        + maxout_size(&embed.mix)
        + model.encode.iter().map(maxout_size).sum::<usize>()
}

fn embedding_size(embedding: &Embedding) -> usize {
    match embedding {
        Embedding::Listener(_) => 0,
        Embedding::Own(model) => tok2vec_size(model),
    }
}

fn classifier_size(model: &Classifier) -> usize {
    embedding_size(&model.embedding) + linear_size(&model.output)
}

fn transitions_size(model: &TransitionModel) -> usize {
    let lower = &model.lower;
    embedding_size(&model.embedding)
        + linear_size(&model.hidden)
        + (lower.weight.len() + lower.bias.len() + lower.pad.len())
        + model.upper.as_ref().map_or(0, linear_size)
}
