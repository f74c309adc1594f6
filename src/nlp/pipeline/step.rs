use super::super::{
    Label, Labels, Pos,
    attribute_ruler::AttributeRuler,
    classifier::TokenClassifier,
    lemmatizer::Lemmatizer,
    model::{Classifier, Component, Embedding},
    ner::Recogniser,
    nn::Isa,
    parser::Parser,
    tok2vec::TokenEncoder,
};

/// A component. `encoder` is the index of the encoder whose vectors it reads, for those that read any.
#[derive(Debug)]
pub(super) enum Step {
    Tagger { encoder: usize, classifier: TokenClassifier, labels: Vec<Label>, overwrite: bool },
    Morphologizer { encoder: usize, classifier: TokenClassifier, labels: Vec<(Pos, Label)>, overwrite: bool },
    Senter { encoder: usize, classifier: TokenClassifier, overwrite: bool },
    Parser { encoder: usize, parser: Parser },
    Recogniser { encoder: usize, recogniser: Recogniser },
    AttributeRuler(AttributeRuler),
    Lemmatizer(Lemmatizer),
}

impl Step {
    /// The encoder that it reads.
    pub(super) fn encoder(&self) -> Option<usize> {
        match *self {
            Self::Tagger { encoder, .. }
            | Self::Morphologizer { encoder, .. }
            | Self::Senter { encoder, .. }
            | Self::Parser { encoder, .. }
            | Self::Recogniser { encoder, .. } => Some(encoder),
            Self::AttributeRuler(_) | Self::Lemmatizer(_) => None,
        }
    }
}

/// What a step keeps of the token vectors of a batch.
#[derive(Debug, Default)]
pub(super) struct Input {
    /// The class of each token.
    pub(super) classes: Vec<u16>,
    /// The hidden vector of each token, for a transition system.
    pub(super) hidden: Vec<f32>,
}

impl Step {
    /// Appends what it keeps of some token vectors to its input. `scratch` is overwritten.
    pub(super) fn read(&self, vectors: &[f32], input: &mut Input, scratch: &mut Vec<f32>) {
        match self {
            Self::Tagger { classifier, .. }
            | Self::Morphologizer { classifier, .. }
            | Self::Senter { classifier, .. } => classifier.classify(vectors, scratch, &mut input.classes),
            Self::Parser { parser, .. } => parser.scorer().hide(vectors, &mut input.hidden),
            Self::Recogniser { recogniser, .. } => recogniser.scorer().hide(vectors, &mut input.hidden),
            Self::AttributeRuler(_) | Self::Lemmatizer(_) => {}
        }
    }
}

/// What is known while a pipeline is put together.
pub(super) struct Builder {
    isa: Isa,
    pub(super) labels: Labels,
    pub(super) encoders: Vec<TokenEncoder>,
    /// Components that others listen to, with their encoders.
    named: Vec<(String, usize)>,
}

impl Default for Builder {
    fn default() -> Self {
        Self { isa: Isa::detect(), labels: Labels::default(), encoders: Vec::new(), named: Vec::new() }
    }
}

impl Builder {
    /// Packs a component; `None` for one that only gives others their token vectors.
    pub(super) fn step(&mut self, name: &str, component: Component) -> Result<Option<Step>, String> {
        Ok(Some(match component {
            Component::Tok2Vec(network) => {
                let encoder = self.embedding(Embedding::Own(Box::new(network)))?;
                self.named.push((name.to_owned(), encoder));
                return Ok(None);
            }
            Component::Tagger(model) => {
                let labels = model.labels.iter().map(|label| self.labels.add(label)).collect();
                let overwrite = model.overwrite;
                let (encoder, classifier) = self.classifier(model)?;
                Step::Tagger { encoder, classifier, labels, overwrite }
            }
            Component::Morphologizer(model) => {
                let labels =
                    model.labels.iter().map(|label| self.features(label)).collect::<Result<_, _>>()?;
                let overwrite = model.overwrite;
                let (encoder, classifier) = self.classifier(model)?;
                Step::Morphologizer { encoder, classifier, labels, overwrite }
            }
            Component::Senter(model) => {
                let overwrite = model.overwrite;
                let (encoder, classifier) = self.classifier(model)?;
                Step::Senter { encoder, classifier, overwrite }
            }
            Component::Parser(model) => {
                let parser = Parser::new(self.isa, &model, &mut self.labels)?;
                Step::Parser { encoder: self.embedding(model.embedding)?, parser }
            }
            Component::Ner(model) => {
                let recogniser = Recogniser::new(self.isa, &model, &mut self.labels)?;
                Step::Recogniser { encoder: self.embedding(model.embedding)?, recogniser }
            }
            Component::AttributeRuler(rules) => {
                Step::AttributeRuler(AttributeRuler::new(&rules, &mut self.labels)?)
            }
            Component::Lemmatizer(tables) => Step::Lemmatizer(Lemmatizer::new(tables)),
        }))
    }

    /// The encoder that a component reads.
    fn embedding(&mut self, embedding: Embedding) -> Result<usize, String> {
        match embedding {
            Embedding::Own(network) => {
                self.encoders.push(TokenEncoder::new(self.isa, *network));
                Ok(self.encoders.len() - 1)
            }
            Embedding::Listener(name) => {
                let found = self.named.iter().find(|(named, _)| *named == name);
                let (_, encoder) =
                    found.ok_or_else(|| format!("it listens to `{name}`, which does not come before it"))?;
                Ok(*encoder)
            }
        }
    }

    fn classifier(&mut self, model: Classifier) -> Result<(usize, TokenClassifier), String> {
        let classifier = TokenClassifier::new(self.isa, &model.output);
        Ok((self.embedding(model.embedding)?, classifier))
    }

    /// Part of speech and other features of a label such as `Number=Sing|POS=NOUN`.
    fn features(&mut self, label: &str) -> Result<(Pos, Label), String> {
        let mut pos = Pos::None;
        let mut others = Vec::new();
        for feature in label.split('|').filter(|feature| !matches!(*feature, "" | "_")) {
            match feature.strip_prefix("POS=") {
                Some(name) => pos = name.parse().map_err(|()| format!("`{name}` is no part of speech"))?,
                None => others.push(feature),
            }
        }
        Ok((pos, self.labels.add(&others.join("|"))))
    }
}
