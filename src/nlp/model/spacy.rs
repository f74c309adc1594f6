//! Puts the pipeline together from the files that spaCy wrote.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    Classifier, Component, Error, Meta, Model, TransitionModel, Vectors,
    config::Config,
    moves,
    networks::{self, Context},
    parts::Parts,
    rules,
    thinc::Layers,
};
use crate::nlp::lemmatizer::Mode;

/// Reads everything that the enabled components need.
pub(super) fn read(mut parts: Parts) -> Result<Model, Error> {
    let config = text(parts.read("config.cfg")?, "config.cfg")?;
    let config = Config::parse(&config)?;
    let meta: Value = json(&mut parts, "meta.json")?;
    check_language(&config)?;
    let vectors = vectors(&mut parts)?;
    let norms = match parts.find("vocab/lookups.bin")? {
        Some(bytes) => rules::norms(&bytes)?,
        None => HashMap::new(),
    };
    let tokenizer = rules::tokenizer(&parts.read("tokenizer")?)?;
    let disabled = config.names("nlp", "disabled")?;
    let mut reader =
        Reader { parts, config: &config, width: vectors.as_ref().map(Vectors::width), upstream: Vec::new() };
    let mut components = Vec::new();
    for name in config.names("nlp", "pipeline")? {
        if !disabled.contains(&name) {
            let component = reader.component(&name)?;
            components.push((name, component));
        }
    }
    let meta = Meta {
        name: field(&meta, "name"),
        version: field(&meta, "version"),
        lang: config.str("nlp", "lang")?.to_owned(),
        licence: field(&meta, "license"),
        pipeline: components.iter().map(|(name, _)| name.clone()).collect(),
        digest: reader.parts.digest(),
        source: None,
    };
    Ok(Model { meta, vectors, norms, tokenizer, components })
}

fn text(bytes: Vec<u8>, part: &str) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|_| Error::damaged(part, "it is no UTF-8 text"))
}

fn json(parts: &mut Parts, part: &str) -> Result<Value, Error> {
    serde_json::from_slice(&parts.read(part)?).map_err(|e| Error::damaged(part, e.to_string()))
}

fn field(meta: &Value, key: &str) -> String {
    meta.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Refuses what would make the pipeline other than its files say.
fn check_language(config: &Config) -> Result<(), Error> {
    for callback in ["before_creation", "after_creation", "after_pipeline_creation"] {
        if config.get("nlp", callback).is_some() || config.has_section(&format!("nlp.{callback}")) {
            return Err(Error::unsupported(format!("the callback `{callback}`"), "remove it from [nlp]"));
        }
    }
    let tokenizer = config.str("nlp.tokenizer", "@tokenizers")?;
    if tokenizer != "spacy.Tokenizer.v1" {
        let mend = "use a pipeline with the rule tokenizer `spacy.Tokenizer.v1`";
        return Err(Error::unsupported(format!("the tokenizer `{tokenizer}`"), mend));
    }
    Ok(())
}

fn vectors(parts: &mut Parts) -> Result<Option<Vectors>, Error> {
    let Some(settings) = parts.find("vocab/vectors.cfg")? else { return Ok(None) };
    let settings: Value =
        serde_json::from_slice(&settings).map_err(|e| Error::damaged("vocab/vectors.cfg", e.to_string()))?;
    if settings.get("mode").and_then(Value::as_str).unwrap_or("default") != "default" {
        return Err(Error::unsupported(
            "vectors of mode `floret`",
            "use a pipeline with plain vectors, or without",
        ));
    }
    let array = parts.read("vocab/vectors")?;
    let key2row = parts.read("vocab/key2row")?;
    Vectors::from_spacy(array, &key2row)
}

struct Reader<'c> {
    parts: Parts,
    config: &'c Config,
    /// Width of the static vectors.
    width: Option<usize>,
    /// The token embeddings so far: name and width.
    upstream: Vec<(String, usize)>,
}

impl Reader<'_> {
    fn component(&mut self, name: &str) -> Result<Component, Error> {
        let section = format!("components.{name}");
        let factory = self.config.str(&section, "factory")?.to_owned();
        Ok(match factory.as_str() {
            "tok2vec" => {
                let part = format!("{name}/model");
                let bytes = self.parts.read(&part)?;
                let layers = Layers::parse(&part, &bytes)?;
                let tok2vec =
                    networks::tok2vec(self.config, &format!("{section}.model"), &layers, self.width)?;
                self.upstream.push((name.to_owned(), tok2vec.embed.mix.outputs));
                Component::Tok2Vec(tok2vec)
            }
            "tagger" => {
                let settings = self.settings(name)?;
                let labels = settings.get("labels").and_then(Value::as_array);
                let labels = labels.map(|labels| labels.iter().filter_map(|l| l.as_str().map(str::to_owned)));
                Component::Tagger(self.classifier(name, labels.into_iter().flatten().collect(), &settings)?)
            }
            "morphologizer" => {
                let settings = self.settings(name)?;
                if settings.get("extend").and_then(Value::as_bool) == Some(true) {
                    return Err(Error::unsupported(
                        format!("`extend` of the morphologizer `{name}`"),
                        "set it to false in the pipeline's config",
                    ));
                }
                let labels = settings.get("labels_morph").and_then(Value::as_object);
                let labels = labels.map(|labels| labels.keys().cloned()).into_iter().flatten().collect();
                Component::Morphologizer(self.classifier(name, labels, &settings)?)
            }
            "senter" => {
                let settings = self.settings(name)?;
                Component::Senter(self.classifier(name, vec!["I".into(), "S".into()], &settings)?)
            }
            "parser" => {
                if self.config.flag(&section, "learn_tokens") {
                    let mend = "set it to false in the pipeline's config";
                    return Err(Error::unsupported(format!("`learn_tokens` of the parser `{name}`"), mend));
                }
                Component::Parser(self.transitions(name, moves::PARSER_ACTIONS, 8)?)
            }
            "ner" => Component::Ner(self.transitions(name, moves::ENTITY_ACTIONS, 3)?),
            "attribute_ruler" => {
                let part = format!("{name}/patterns");
                let bytes = self.parts.read(&part)?;
                Component::AttributeRuler(rules::attribute_ruler(&part, &bytes)?)
            }
            "lemmatizer" => self.lemmatizer(name, &section)?,
            _ => {
                return Err(Error::unsupported(
                    format!("the component `{name}` (factory `{factory}`)"),
                    refusal(&factory),
                ));
            }
        })
    }

    /// The component's `cfg` file.
    fn settings(&mut self, name: &str) -> Result<Value, Error> {
        json(&mut self.parts, &format!("{name}/cfg"))
    }

    fn context(&self, name: &str) -> Context<'_> {
        let section = format!("components.{name}.model");
        Context { config: self.config, section, upstream: &self.upstream, vectors: self.width }
    }

    fn classifier(&mut self, name: &str, labels: Vec<String>, settings: &Value) -> Result<Classifier, Error> {
        let part = format!("{name}/model");
        let bytes = self.parts.read(&part)?;
        let layers = Layers::parse(&part, &bytes)?;
        let overwrite = settings.get("overwrite").and_then(Value::as_bool).unwrap_or(false);
        networks::classifier(&self.context(name), &layers, labels, overwrite)
    }

    fn transitions(
        &mut self,
        name: &str,
        actions: &[&str],
        features: usize,
    ) -> Result<TransitionModel, Error> {
        let part = format!("{name}/moves");
        let moves = moves::parse(&part, &self.parts.read(&part)?, actions)?;
        let part = format!("{name}/model");
        let bytes = self.parts.read(&part)?;
        networks::transition_model(&self.context(name), &Layers::parse(&part, &bytes)?, moves, features)
    }

    fn lemmatizer(&mut self, name: &str, section: &str) -> Result<Component, Error> {
        let lang = self.config.str("nlp", "lang")?;
        let mode = match (self.config.str(section, "mode")?, lang) {
            ("rule", "fr") => Mode::FrenchRule,
            // Languages with rules of their own in spaCy's code.
            ("rule", "ca" | "el" | "es" | "ga" | "ht" | "it" | "mk" | "nl") | ("pos_lookup", _) => {
                let mend = "take the lemmatizer out of [nlp] pipeline, or use its mode `lookup`";
                return Err(Error::unsupported(format!("the lemmatizer of the language `{lang}`"), mend));
            }
            ("rule", _) => Mode::Rule,
            ("lookup", _) => Mode::Lookup,
            (other, _) => {
                let mend = "take the lemmatizer out of [nlp] pipeline, or use its modes `rule` or `lookup`";
                return Err(Error::unsupported(format!("the lemmatizer mode `{other}`"), mend));
            }
        };
        let part = format!("{name}/lookups/lookups.bin");
        let bytes = self.parts.read(&part)?;
        let overwrite = self.config.flag(section, "overwrite");
        let tables = rules::lemma_tables(&part, &bytes, mode, lang == "en" && mode == Mode::Rule, overwrite)?;
        Ok(Component::Lemmatizer(tables))
    }
}

/// What to do about a component that cannot be run.
fn refusal(factory: &str) -> &'static str {
    match factory {
        "transformer" | "curated_transformer" => {
            "use a pipeline of convolutional networks, such as `en_core_web_md` instead of `en_core_web_trf`"
        }
        _ => "take it out of [nlp] pipeline in `config.cfg` when the others do not need it",
    }
}
