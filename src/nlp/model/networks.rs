//! From thinc's layers and the config to the parameter structs.

use rmpv::ValueRef;

use super::{
    Classifier, Embedding, Error, HashTable, Linear, Lower, MaxoutLayer, MultiHashEmbed, Tok2Vec, TokenAttr,
    TransitionModel,
    config::Config,
    msgpack,
    thinc::{Layer, Layers},
};
use crate::nlp::strings::symbol_name;

const MEND: &str = "use a pipeline with spaCy's CNN architectures (`*_core_*_sm`, `_md` or `_lg`)";

/// Checks that `[section]` names one of the architectures.
fn architecture<'c>(config: &'c Config, section: &str, known: &[&str]) -> Result<&'c str, Error> {
    let name = config.str(section, "@architectures")?;
    if known.contains(&name) {
        return Ok(name);
    }
    Err(Error::unsupported(format!("architecture `{name}` of [{section}]"), MEND))
}

/// The embedding at `[section]`: a listener, or the network whose layers these are.
pub(super) fn embedding(
    config: &Config,
    section: &str,
    layers: &Layers<'_>,
    upstream: &[(String, usize)],
    vectors: Option<usize>,
) -> Result<(Embedding, usize), Error> {
    let known = ["spacy.Tok2VecListener.v1", "spacy.Tok2Vec.v2", "spacy.HashEmbedCNN.v2"];
    if architecture(config, section, &known)? != "spacy.Tok2VecListener.v1" {
        let tok2vec = tok2vec(config, section, layers, vectors)?;
        let width = tok2vec.embed.mix.outputs;
        return Ok((Embedding::Own(Box::new(tok2vec)), width));
    }
    let wanted = config.get(section, "upstream").and_then(|v| v.as_str()).unwrap_or("*");
    let (name, width) =
        upstream.iter().rev().find(|(name, _)| wanted == "*" || name == wanted).ok_or_else(|| {
            Error::damaged(
                "config.cfg",
                format!("[{section}] listens to `{wanted}`, which does not come before it"),
            )
        })?;
    Ok((Embedding::Listener(name.clone()), *width))
}

/// A token embedding and encoder. `vectors` is the width of the pipeline's static vectors.
pub(super) fn tok2vec(
    config: &Config,
    section: &str,
    layers: &Layers<'_>,
    vectors: Option<usize>,
) -> Result<Tok2Vec, Error> {
    let (depth, window) = if architecture(config, section, &["spacy.Tok2Vec.v2", "spacy.HashEmbedCNN.v2"])?
        == "spacy.HashEmbedCNN.v2"
    {
        (config.size(section, "depth")?, config.size(section, "window_size")?)
    } else {
        let encode = format!("{section}.encode");
        architecture(config, &format!("{section}.embed"), &["spacy.MultiHashEmbed.v2"])?;
        architecture(config, &encode, &["spacy.MaxoutWindowEncoder.v2"])?;
        (config.size(&encode, "depth")?, config.size(&encode, "window_size")?)
    };
    let maxouts = layers.named("maxout");
    let norms = layers.named("layernorm");
    if maxouts.len() != depth + 1 || norms.len() != depth + 1 {
        let found =
            format!("{} maxout and {} layernorm layers for depth {depth}", maxouts.len(), norms.len());
        return Err(layers.damaged(found));
    }
    let mut all = Vec::new();
    for (maxout, norm) in maxouts.into_iter().zip(norms) {
        all.push(maxout_layer(layers, maxout, norm)?);
    }
    let encode = all.split_off(1);
    let mix = all.remove(0);
    let tables = hash_tables(layers)?;
    let static_vectors = static_vectors(layers, vectors)?;
    let concatenated = tables.iter().map(|table| table.width).sum::<usize>()
        + static_vectors.as_ref().map_or(0, |projection| projection.outputs);
    let width = mix.outputs;
    if mix.inputs != concatenated {
        return Err(
            layers.damaged(format!("the embedding is {concatenated} wide, but {} is read", mix.inputs))
        );
    }
    if encode.iter().any(|layer| layer.inputs != (2 * window + 1) * width || layer.outputs != width) {
        return Err(layers.damaged(format!("encoding layers do not fit width {width} and window {window}")));
    }
    Ok(Tok2Vec { embed: MultiHashEmbed { tables, static_vectors, mix }, window, encode })
}

fn maxout_layer(layers: &Layers<'_>, maxout: &Layer<'_>, norm: &Layer<'_>) -> Result<MaxoutLayer, Error> {
    let ([outputs, pieces, inputs], weight) = layers.param(maxout, "W")?;
    let (bias_shape, bias) = layers.param::<2>(maxout, "b")?;
    let ([gains], gain) = layers.param(norm, "G")?;
    let ([shifts], shift) = layers.param(norm, "b")?;
    if bias_shape != [outputs, pieces] || gains != outputs || shifts != outputs || pieces == 0 {
        return Err(layers.damaged("shapes of maxout and layernorm do not fit".into()));
    }
    Ok(MaxoutLayer { inputs, outputs, pieces, weight, bias, gain, shift })
}

fn hash_tables(layers: &Layers<'_>) -> Result<Vec<HashTable>, Error> {
    let columns = layers.only("extract_features")?.attr("columns");
    let columns = columns.ok_or_else(|| layers.damaged("`extract_features` has no `columns`".into()))?;
    let ValueRef::Array(columns) = columns else {
        return Err(layers.damaged("`columns` is no list".into()));
    };
    let mut tables = Vec::new();
    for layer in layers.named("hashembed") {
        let column = layer.attr_u64("column").and_then(|i| columns.get(i as usize));
        let column = column.ok_or_else(|| layers.damaged("`hashembed` has no column".into()))?;
        let seed = layer.attr_u64("seed").and_then(|seed| u32::try_from(seed).ok());
        let seed = seed.ok_or_else(|| layers.damaged("`hashembed` has no seed".into()))?;
        let ([rows, width], data) = layers.param(layer, "E")?;
        if rows == 0 {
            return Err(layers.damaged("`hashembed` has no rows".into()));
        }
        tables.push(HashTable { attr: token_attr(column)?, seed, rows, width, data });
    }
    Ok(tables)
}

fn token_attr(column: &ValueRef<'_>) -> Result<TokenAttr, Error> {
    let name = msgpack::as_str(column).or_else(|| symbol_name(msgpack::as_u64(column)?)).unwrap_or("?");
    Ok(match name {
        "ORTH" => TokenAttr::Orth,
        "LOWER" => TokenAttr::Lower,
        "NORM" => TokenAttr::Norm,
        "PREFIX" => TokenAttr::Prefix,
        "SUFFIX" => TokenAttr::Suffix,
        "SHAPE" => TokenAttr::Shape,
        "SPACY" => TokenAttr::Spacy,
        "IS_SPACE" => TokenAttr::IsSpace,
        _ => return Err(Error::unsupported(format!("embedding of the attribute `{name}`"), MEND)),
    })
}

fn static_vectors(layers: &Layers<'_>, vectors: Option<usize>) -> Result<Option<Linear>, Error> {
    let found = layers.named("static_vectors");
    let Some(layer) = found.first() else { return Ok(None) };
    let key = layer.attr("key_attr");
    if key.as_ref().and_then(msgpack::as_str).is_some_and(|key| key != "ORTH") {
        return Err(Error::unsupported("static vectors that are not keyed by ORTH", MEND));
    }
    let ([outputs, inputs], weight) = layers.param(layer, "W")?;
    if vectors != Some(inputs) {
        return Err(layers.damaged(format!(
            "static vectors of width {inputs} are read, but the pipeline's have width {}",
            vectors.unwrap_or(0)
        )));
    }
    Ok(Some(Linear { inputs, outputs, weight, bias: vec![0.0; outputs] }))
}

fn linear(layers: &Layers<'_>, layer: &Layer<'_>) -> Result<Linear, Error> {
    let ([outputs, inputs], weight) = layers.param(layer, "W")?;
    let ([biases], bias) = layers.param(layer, "b")?;
    if biases != outputs {
        return Err(layers.damaged(format!("{biases} biases for {outputs} outputs")));
    }
    Ok(Linear { inputs, outputs, weight, bias })
}

/// What is common to all components: config, the layers of this one, those it can listen to, width of the vectors.
pub(super) struct Context<'c> {
    pub(super) config: &'c Config,
    /// `components.NAME.model`.
    pub(super) section: String,
    pub(super) upstream: &'c [(String, usize)],
    pub(super) vectors: Option<usize>,
}

/// Tagger, morphologizer or senter.
pub(super) fn classifier(
    context: &Context<'_>,
    layers: &Layers<'_>,
    labels: Vec<String>,
    overwrite: bool,
) -> Result<Classifier, Error> {
    let Context { config, section, upstream, vectors } = context;
    architecture(config, section, &["spacy.Tagger.v2", "spacy.Tagger.v1"])?;
    let (embedding, width) = embedding(config, &format!("{section}.tok2vec"), layers, upstream, *vectors)?;
    let output = linear(layers, layers.only("softmax")?)?;
    if output.inputs != width || output.outputs != labels.len() {
        return Err(layers.damaged(format!(
            "an output layer of {} by {} for {} labels and width {width}",
            output.outputs,
            output.inputs,
            labels.len()
        )));
    }
    Ok(Classifier { embedding, output, labels, overwrite })
}

/// Parser or entity recogniser.
pub(super) fn transition_model(
    context: &Context<'_>,
    layers: &Layers<'_>,
    moves: Vec<(String, String)>,
    features: usize,
) -> Result<TransitionModel, Error> {
    let Context { config, section, upstream, vectors } = context;
    architecture(config, section, &["spacy.TransitionBasedParser.v2"])?;
    if config.flag(section, "extra_state_tokens") {
        return Err(Error::unsupported(format!("`extra_state_tokens` of [{section}]"), MEND));
    }
    let (embedding, width) = embedding(config, &format!("{section}.tok2vec"), layers, upstream, *vectors)?;
    let upper = layers.reference("upper").filter(|layer| layers.named("linear").iter().any(|l| l.is(layer)));
    let hidden = layers.named("linear").into_iter().find(|layer| !upper.is_some_and(|upper| upper.is(layer)));
    let hidden = linear(layers, hidden.ok_or_else(|| layers.damaged("no `linear` layer".into()))?)?;
    let upper = upper.map(|layer| linear(layers, layer)).transpose()?;
    let lower = lower(layers)?;
    let scores = upper.as_ref().map_or(lower.outputs, |upper| upper.outputs);
    let fits = hidden.inputs == width
        && lower.inputs == hidden.outputs
        && lower.features == features
        && upper.as_ref().is_none_or(|upper| upper.inputs == lower.outputs);
    if !fits {
        return Err(layers.damaged(format!("layers do not fit width {width} and {features} features")));
    }
    if scores != moves.len() {
        return Err(layers.damaged(format!("{scores} scores for {} moves", moves.len())));
    }
    Ok(TransitionModel { embedding, hidden, lower, upper, moves })
}

fn lower(layers: &Layers<'_>) -> Result<Lower, Error> {
    let layer = layers.only("precomputable_affine")?;
    let ([features, outputs, pieces, inputs], weight) = layers.param(layer, "W")?;
    let (bias_shape, bias) = layers.param::<2>(layer, "b")?;
    let (pad_shape, pad) = layers.param::<4>(layer, "pad")?;
    if bias_shape != [outputs, pieces] || pad_shape != [1, features, outputs, pieces] {
        return Err(layers.damaged("shapes of `precomputable_affine` do not fit".into()));
    }
    Ok(Lower { features, inputs, outputs, pieces, weight, bias, pad })
}
