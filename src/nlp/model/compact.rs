//! The compact file: what `tidings model convert` writes, and what is part of the program.
//!
//! Magic, format, length, checksum and digest (64 bytes), then the packed model. Network weights are halves, vectors
//! have 8 bits a number and a scale a row. Indexes and vectors are used in place.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use super::{
    Classifier, Component, Embedding, Error, HashTable, Linear, Lower, MaxoutLayer, Meta, Model,
    MultiHashEmbed, Tok2Vec, TokenAttr, TransitionModel,
    pack::{Pack, Reader, pack_fields},
    parts::hex,
};
use crate::nlp::{
    Pos, attribute_ruler,
    bytes::Bytes,
    lemmatizer::{Mode, PosTables, Tables, WordMap, WordSet},
    strings::hash64,
    tokenizer,
};

pub(super) const MAGIC: &[u8; 8] = b"TIDINGSM";
/// Raised by every change that makes older files unreadable.
const FORMAT: u32 = 1;
const HEADER: usize = 64;

/// The bytes of the compact file.
pub(super) fn write(model: &Model) -> Vec<u8> {
    let mut body = Vec::new();
    let meta = &model.meta;
    let source = meta.source.as_ref().unwrap_or(&meta.digest);
    for field in [&meta.name, &meta.version, &meta.lang, &meta.licence, source] {
        field.pack(&mut body);
    }
    json(&model.tokenizer).pack(&mut body);
    let mut norms: Vec<(u64, String)> =
        model.norms.iter().map(|(&form, norm)| (form, norm.to_string())).collect();
    norms.sort_unstable();
    norms.pack(&mut body);
    model.vectors.as_ref().map(super::Vectors::in_8_bits).pack(&mut body);
    model.components.pack(&mut body);

    let mut file = Vec::with_capacity(HEADER + body.len());
    file.extend(MAGIC);
    FORMAT.pack(&mut file);
    0u32.pack(&mut file);
    (body.len() as u64).pack(&mut file);
    hash64(&body, FORMAT.into()).pack(&mut file);
    file.extend(Sha256::digest(&body));
    file.extend(body);
    file
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("rules have only strings as keys")
}

/// Reads a file that is not part of the program: its checksum must be right.
pub(super) fn read(bytes: Vec<u8>, origin: &str) -> Result<Model, Error> {
    read_any(&bytes.into(), origin, true)
}

/// Reads the file that is part of the program.
pub(super) fn read_embedded(bytes: &'static [u8]) -> Result<Model, Error> {
    read_any(&Bytes::Embedded(bytes), "the embedded pipeline", false)
}

fn read_any(file: &Bytes, origin: &str, verify: bool) -> Result<Model, Error> {
    let short = || Error::damaged(origin, format!("it has only {} bytes", file.len()));
    let header = file.part(8, HEADER).ok_or_else(short)?;
    let body = file.part(HEADER, file.len()).ok_or_else(short)?;
    let digest = hex(&header[HEADER - 40..]);
    let mut header = Reader::new(header);
    let mut number = || u64::unpack(&mut header).unwrap_or_default();
    let (format, length, checksum) = (number(), number(), number());
    if format != u64::from(FORMAT) {
        let what = format!("`{origin}` of format {format}");
        return Err(Error::unsupported(
            what,
            format!("this program reads format {FORMAT}; make it anew with `tidings model convert`"),
        ));
    }
    if length != body.len() as u64 {
        return Err(Error::damaged(origin, format!("{} bytes of {length}", body.len())));
    }
    if verify && hash64(&body, FORMAT.into()) != checksum {
        return Err(Error::damaged(origin, "its checksum is wrong"));
    }
    read_body(Reader::new(body), digest).map_err(|reason| Error::damaged(origin, reason))
}

fn read_body(mut reader: Reader, digest: String) -> Result<Model, String> {
    let mut field = || String::unpack(&mut reader);
    let (name, version, lang, licence, source) = (field()?, field()?, field()?, field()?, field()?);
    let tokenizer: tokenizer::Rules =
        serde_json::from_str(&field()?).map_err(|e| format!("tokenizer: {e}"))?;
    let norms: Vec<(u64, String)> = Vec::unpack(&mut reader)?;
    let norms: HashMap<u64, SmolStr> = norms.into_iter().map(|(form, norm)| (form, norm.into())).collect();
    let vectors = Option::unpack(&mut reader)?;
    let components: Vec<(String, Component)> = Vec::unpack(&mut reader)?;
    reader.finish()?;
    let pipeline = components.iter().map(|(name, _)| name.clone()).collect();
    let meta = Meta { name, version, lang, licence, pipeline, digest, source: Some(source) };
    Ok(Model { meta, vectors, norms, tokenizer, components })
}

pack_fields! {
    MultiHashEmbed { tables, static_vectors, mix }
    Tok2Vec { embed, window, encode }
    Classifier { embedding, output, labels, overwrite }
    TransitionModel { embedding, hidden, lower, upper, moves }
    Tables { mode, base_forms, overwrite, lookup, by_pos }
    PosTables { rules, exceptions, index }
    WordSet { keys }
    WordMap { keys, lists }
}

/// Packs the fields in order, and checks the sizes of the matrices when they are read.
macro_rules! pack_checked {
    ($($name:ident { $($field:ident),* } $self:ident => $($len:expr, $size:expr);+ )*) => {$(
        impl Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$field.pack(out);)*
            }

            fn unpack(reader: &mut Reader) -> Result<Self, String> {
                let $self = Self { $($field: Pack::unpack(reader)?),* };
                let product = |sizes: &[usize]| sizes.iter().try_fold(1usize, |n, &size| n.checked_mul(size));
                $(if product(&$size) != Some($len) || $len == 0 {
                    return Err(format!(concat!(stringify!($name), ": {} numbers for {:?}"), $len, $size));
                })+
                Ok($self)
            }
        }
    )*};
}

pack_checked! {
    HashTable { attr, seed, rows, width, data } t => t.data.len(), [t.rows, t.width]
    Linear { inputs, outputs, weight, bias } l =>
        l.weight.len(), [l.outputs, l.inputs]; l.bias.len(), [l.outputs]
    MaxoutLayer { inputs, outputs, pieces, weight, bias, gain, shift } l =>
        l.weight.len(), [l.outputs, l.pieces, l.inputs]; l.bias.len(), [l.outputs, l.pieces];
        l.gain.len(), [l.outputs]; l.shift.len(), [l.outputs]
    Lower { features, inputs, outputs, pieces, weight, bias, pad } l =>
        l.weight.len(), [l.features, l.outputs, l.pieces, l.inputs]; l.bias.len(), [l.outputs, l.pieces];
        l.pad.len(), [l.features, l.outputs, l.pieces]
}

/// Packs an enum as the place of its value in a list.
macro_rules! pack_listed {
    ($($name:ident [$($value:expr),* $(,)?])*) => {$(
        impl Pack for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                let place = [$($value),*].iter().position(|value| value == self);
                place.expect("the list has all values").pack(out);
            }

            fn unpack(reader: &mut Reader) -> Result<Self, String> {
                let place = usize::unpack(reader)?;
                let value = [$($value),*].get(place).copied();
                value.ok_or_else(|| format!(concat!(stringify!($name), " has no value {}"), place))
            }
        }
    )*};
}

pack_listed! {
    Mode [Self::Lookup, Self::Rule, Self::FrenchRule]
    TokenAttr [
        Self::Orth, Self::Lower, Self::Norm, Self::Prefix, Self::Suffix, Self::Shape, Self::Spacy, Self::IsSpace,
    ]
}

impl Pack for Pos {
    fn pack(&self, out: &mut Vec<u8>) {
        self.as_str().to_owned().pack(out);
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let name = String::unpack(reader)?;
        name.parse().map_err(|()| format!("`{name}` is no part of speech"))
    }
}

impl Pack for Embedding {
    fn pack(&self, out: &mut Vec<u8>) {
        match self {
            Self::Listener(name) => (Some(name.clone()), None::<String>).pack(out),
            Self::Own(tok2vec) => {
                None::<String>.pack(out);
                tok2vec.pack(out);
            }
        }
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        match Option::unpack(reader)? {
            Some(name) => {
                Option::<String>::unpack(reader)?;
                Ok(Self::Listener(name))
            }
            None => Ok(Self::Own(Box::new(Tok2Vec::unpack(reader)?))),
        }
    }
}

impl Pack for attribute_ruler::Rules {
    fn pack(&self, out: &mut Vec<u8>) {
        json(self).pack(out);
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        serde_json::from_str(&String::unpack(reader)?).map_err(|e| format!("attribute ruler: {e}"))
    }
}

impl Pack for Component {
    fn pack(&self, out: &mut Vec<u8>) {
        self.factory().to_owned().pack(out);
        match self {
            Self::Tok2Vec(model) => model.pack(out),
            Self::Tagger(model) | Self::Morphologizer(model) | Self::Senter(model) => model.pack(out),
            Self::Parser(model) | Self::Ner(model) => model.pack(out),
            Self::AttributeRuler(rules) => rules.pack(out),
            Self::Lemmatizer(tables) => tables.pack(out),
        }
    }

    fn unpack(reader: &mut Reader) -> Result<Self, String> {
        let factory = String::unpack(reader)?;
        Ok(match factory.as_str() {
            "tok2vec" => Self::Tok2Vec(Pack::unpack(reader)?),
            "tagger" => Self::Tagger(Pack::unpack(reader)?),
            "morphologizer" => Self::Morphologizer(Pack::unpack(reader)?),
            "senter" => Self::Senter(Pack::unpack(reader)?),
            "parser" => Self::Parser(Pack::unpack(reader)?),
            "ner" => Self::Ner(Pack::unpack(reader)?),
            "attribute_ruler" => Self::AttributeRuler(Pack::unpack(reader)?),
            "lemmatizer" => Self::Lemmatizer(Pack::unpack(reader)?),
            other => return Err(format!("unknown component `{other}`")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_pipeline_is_whole_and_can_be_written_again() {
        let model = Model::embedded();
        assert_eq!((model.meta.lang.as_str(), model.meta.name.as_str()), ("en", "core_web_md"));
        assert_eq!(
            model.meta.pipeline,
            ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
        );
        let again = read(write(&model), "again.tdm").unwrap();
        assert_eq!(again.meta, model.meta);
        assert_eq!(again.tokenizer, model.tokenizer);
        let vector =
            |model: &Model| model.vectors.as_ref().unwrap().get(crate::nlp::string_id("dog")).unwrap();
        assert_eq!(vector(&again), vector(&model));
        assert!(again.norms == model.norms);
    }

    #[test]
    fn damaged_files_are_refused() {
        let model = Model { vectors: None, components: Vec::new(), ..Model::embedded() };
        let good = write(&model);
        assert!(read(good.clone(), "x").is_ok());
        for cut in [0, 7, 8, 40, 63, 64, 1000, good.len() - 1] {
            assert!(matches!(read(good[..cut].to_vec(), "x"), Err(Error::Damaged { .. })), "cut at {cut}");
        }
        for at in [17, 25, 70, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 4;
            assert!(matches!(read(bad, "x"), Err(Error::Damaged { .. })), "changed at {at}");
        }
        let mut newer = good;
        newer[8] = 9;
        let error = read(newer, "x.tdm").unwrap_err().to_string();
        assert!(error.contains("`x.tdm` of format 9") && error.contains("tidings model convert"), "{error}");
    }

    #[test]
    fn bodies_that_end_early_or_make_no_sense_are_refused() {
        let model = Model { vectors: None, ..Model::embedded() };
        let body = Bytes::from(write(&model)[HEADER..].to_vec());
        for cut in (0..body.len()).step_by(body.len() / 97) {
            let reader = Reader::new(body.part(0, cut).unwrap());
            assert!(read_body(reader, String::new()).is_err(), "cut at {cut}");
        }
    }
}
