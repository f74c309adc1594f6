use std::collections::HashMap;

use super::*;
use crate::nlp::{
    Text,
    model::{Classifier, Component, Embedding, Linear, Lower, TransitionModel},
    nn::noise,
    tok2vec::tests::network,
    tokenizer::Rules,
};

const WIDTH: usize = 16;

const TEXTS: [&str; 4] =
    ["Iran tests a new missile . Officials in Tehran said so on Monday .", "", "  ", "Short one"];

fn linear(inputs: usize, outputs: usize, seed: u32) -> Linear {
    Linear { inputs, outputs, weight: noise(inputs * outputs, seed), bias: noise(outputs, seed + 1) }
}

fn transitions(features: usize, moves: &[(&str, &str)], embedding: Embedding) -> TransitionModel {
    let (outputs, pieces) = (8, 2);
    let lower = Lower {
        features,
        inputs: WIDTH,
        outputs,
        pieces,
        weight: noise(features * outputs * pieces * WIDTH, 50),
        bias: noise(outputs * pieces, 51),
        pad: noise(features * outputs * pieces, 52),
    };
    TransitionModel {
        embedding,
        hidden: linear(WIDTH, WIDTH, 53),
        lower,
        upper: Some(linear(outputs, moves.len(), 55)),
        moves: moves.iter().map(|&(action, label)| (action.into(), label.into())).collect(),
    }
}

/// A pipeline of all networks with weights that look random.
fn pipeline() -> Pipeline {
    let listener = || Embedding::Listener("tok2vec".into());
    let labels: Vec<String> = ["NN", "VB", "IN"].map(str::to_owned).into();
    let tagger = Classifier { embedding: listener(), output: linear(WIDTH, 3, 40), labels, overwrite: false };
    let moves =
        [("S", ""), ("D", ""), ("L", "nsubj"), ("L", "dep"), ("R", "dobj"), ("R", "a||dobj"), ("B", "ROOT")];
    let parser = transitions(8, &moves, listener());
    let moves = [("B", "GPE"), ("I", "GPE"), ("L", "GPE"), ("U", "GPE"), ("U", ""), ("O", "")];
    let ner = transitions(3, &moves, Embedding::Own(Box::new(network(WIDTH, 2))));
    let components = vec![
        ("tok2vec".into(), Component::Tok2Vec(network(WIDTH, 4))),
        ("tagger".into(), Component::Tagger(tagger)),
        ("parser".into(), Component::Parser(parser)),
        ("ner".into(), Component::Ner(ner)),
    ];
    Pipeline::new(model(components)).unwrap()
}

fn model(components: Vec<(String, Component)>) -> Model {
    let meta = Meta {
        name: "test".into(),
        version: "1".into(),
        lang: "en".into(),
        licence: "none".into(),
        pipeline: components.iter().map(|(name, _)| name.clone()).collect(),
        digest: "0".into(),
        source: None,
    };
    Model { meta, vectors: None, norms: HashMap::new(), tokenizer: Rules::default(), components }
}

/// All that a document says.
fn answer(doc: &Doc) -> String {
    let entities: Vec<_> = doc.entities().iter().map(|e| (e.tokens, doc.label(e.label))).collect();
    let heads: Vec<_> = doc.tokens().map(|token| token.head_id().0).collect();
    format!("{:?} {heads:?} {:?} {entities:?}", doc.tokens().collect::<Vec<_>>(), doc.sentences())
}

#[test]
fn a_batch_gives_the_documents_of_each_text_alone() {
    let pipeline = pipeline();
    let long = TEXTS[0].repeat(300);
    let texts: Vec<&str> = TEXTS.into_iter().chain([long.as_str()]).chain(TEXTS).collect();
    let together: Vec<String> = pipeline.worker().parse_batch(&texts).iter().map(answer).collect();
    let alone: Vec<String> = texts.iter().map(|text| answer(&pipeline.parse(text))).collect();
    assert_eq!(together, alone);
    assert!(together[0].contains("GPE"), "{}", together[0]);
}

#[test]
fn threads_give_the_same_documents() {
    let pipeline = pipeline();
    let parse = || pipeline.worker().parse_batch(&TEXTS).iter().map(answer).collect::<Vec<_>>();
    let expected = parse();
    std::thread::scope(|scope| {
        for thread in [scope.spawn(parse), scope.spawn(parse)] {
            assert_eq!(thread.join().unwrap(), expected);
        }
    });
}

#[test]
fn an_empty_text_gives_an_empty_document() {
    let doc = pipeline().parse("");
    assert!(doc.is_empty() && doc.sentences().is_empty() && doc.entities().is_empty());
}

#[test]
fn sentences_cover_all_tokens_and_every_token_reaches_a_root() {
    let doc = pipeline().parse(&TEXTS[0].repeat(50));
    let covered: Vec<usize> = doc.sentences().iter().flat_map(|sentence| sentence.range()).collect();
    assert_eq!(covered, (0..doc.len()).collect::<Vec<_>>());
    for token in doc.tokens() {
        assert!(token.ancestors().count() <= doc.len());
        assert!(!token.dep().contains("||"));
    }
}

#[test]
fn a_component_that_listens_to_nothing_is_refused_by_name() {
    let moves = [("B", "GPE"), ("I", "GPE"), ("L", "GPE"), ("U", "GPE"), ("O", "")];
    let ner = transitions(3, &moves, Embedding::Listener("tok2vec".into()));
    let error = Pipeline::new(model(vec![("ner".into(), Component::Ner(ner))])).unwrap_err().to_string();
    assert!(error.contains("ner") && error.contains("listens to `tok2vec`"), "{error}");
}

#[test]
fn moves_of_another_system_are_refused() {
    let ner = transitions(3, &[("S", "")], Embedding::Own(Box::new(network(WIDTH, 1))));
    let error = Pipeline::new(model(vec![("ner".into(), Component::Ner(ner))])).unwrap_err().to_string();
    assert!(error.contains("the move `S`"), "{error}");
}

#[test]
fn pieces_of_a_long_text_are_parsed_as_texts_of_their_own() {
    let pipeline = pipeline();
    let mut worker = pipeline.worker();
    let text = format!("{}\n{}\n", TEXTS[0], TEXTS[3]);
    let doc = worker.parse_pieces(Text { text: &text, breaks: &[] }, TEXTS[0].len() + 1);
    let (first, second) =
        (worker.parse(&format!("{}\n", TEXTS[0])), worker.parse(&format!("{}\n", TEXTS[3])));
    assert_eq!(doc.len(), first.len() + second.len());
    assert_eq!(doc.sentences().len(), first.sentences().len() + second.sentences().len());
    assert_eq!(doc.entities().len(), first.entities().len() + second.entities().len());
    for (token, alone) in doc.tokens().skip(first.len()).zip(second.tokens()) {
        assert_eq!((token.text(), token.tag(), token.dep()), (alone.text(), alone.tag(), alone.dep()));
        assert_eq!(token.head_id().index(), first.len() + alone.head_id().index());
    }
}

#[test]
fn known_breaks_start_sentences() {
    let text = "LIMA, May 2 - Peru won the match";
    let starts = |breaks: &[usize]| {
        let docs = Pipeline::embedded().worker().parse_texts(&[Text { text, breaks }]);
        docs[0].sentences().iter().map(|s| docs[0].span_of(*s).start).collect::<Vec<_>>()
    };
    assert_eq!(starts(&[13]), [0, 14]);
    assert!(!starts(&[]).contains(&14));
}
