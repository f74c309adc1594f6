use super::*;
use crate::kb::Kb;
use crate::link::Linker;
use crate::nlp::Pipeline;
use crate::source::Article;
use crate::{coref, extract};

fn read(text: &str) -> Annotation {
    let doc = Pipeline::embedded().worker().parse(text);
    let names = extract::names(&doc, Kb::builtin());
    let article = Article { text: text.to_owned(), ..Article::default() };
    let mut annotation =
        coref::resolve(Linker::new(Kb::builtin(), None).link(article, &doc, &names), &doc, Kb::builtin());
    add(&mut annotation, &doc, &Predicates::of(&doc), Lexicon::builtin());
    annotation
}

/// Each attribution as `source | cue | content`, pieces joined by `...`.
fn told(text: &str) -> Vec<String> {
    let annotation = read(text);
    let words = |span: Span| span.of(text);
    let one = |a: &Attribution| {
        let source = a.source.map_or("", |source| words(source.span));
        let pieces: Vec<&str> = if a.pieces.is_empty() {
            vec![words(a.content)]
        } else {
            a.pieces.iter().map(|&piece| words(piece)).collect()
        };
        format!("{source} | {} | {}", words(a.cue), pieces.join(" ... "))
    };
    annotation.attributions.iter().map(one).collect()
}

#[test]
fn speech_has_its_speaker_before_in_the_middle_and_after() {
    for text in [
        "Angela Merkel said: \"The talks were long. They will go on.\"",
        "\"The talks were long,\" Angela Merkel said. \"They will go on.\"",
        "\"The talks were long. They will go on,\" said Angela Merkel.",
        "Angela Merkel spoke to reporters and said:\n\n\"The talks were long. They will go on.\"",
        "Angela Merkel condemned it. \"The talks were long. They will go on.\"",
    ] {
        let annotation = read(text);
        let fits = |a: &&Attribution| {
            let source = a.source.is_some_and(|source| source.span.of(text) == "Angela Merkel");
            let content = |words: &str| {
                let start = text.find(words).unwrap();
                a.covers(Span::new(start, start + words.len()))
            };
            source && content("The talks were long") && content("They will go on")
        };
        assert_eq!(annotation.attributions.iter().filter(fits).count(), 1, "{text}\n{:?}", told(text));
    }
}

#[test]
fn sentences_in_marks_are_said_even_where_nothing_tells_by_whom() {
    assert_eq!(
        told("The rain went on. \"The talks were very long.\""),
        [" | \" | \"The talks were very long.\""]
    );
    assert!(told("The \"very best of all\" is a song.").is_empty());
}

#[test]
fn who_rejects_a_claim_makes_none() {
    assert_eq!(
        told("Norway rejected the claim that Sweden had lied."),
        ["Norway | rejected | the claim that Sweden had lied", " | claim | that Sweden had lied"]
    );
    assert_eq!(
        told("Norway made the claim that Sweden had lied.")[0],
        "Norway | claim | that Sweden had lied"
    );
}

#[test]
fn what_is_said_of_what_is_said_is_nested() {
    let text = "Reuters reported that Iran had denied that it had attacked the ship.";
    let annotation = read(text);
    let [outer, inner] = annotation.attributions.as_slice() else { panic!("{:?}", told(text)) };
    assert_eq!(outer.stance, "td:Reports");
    assert_eq!((inner.stance.as_str(), inner.parent.as_ref()), ("td:Denies", Some(&outer.id)));
    let attack = text.find("attacked").unwrap();
    let innermost = annotation.attribution_at(Span::new(attack, attack + 8)).unwrap();
    assert_eq!(innermost.id, inner.id);
}

#[test]
fn described_sources_are_entities_of_their_own() {
    for (text, label, class) in [
        ("Israeli analysts warned that the truce would not last.", "Israeli analysts", "td:Group"),
        ("A spokesman for the ministry denied the report.", "spokesman for the ministry", "td:Person"),
        ("According to a poll, most voters want change.", "poll", "td:Work"),
    ] {
        let annotation = read(text);
        let source = annotation.attributions.iter().find_map(|a| a.source?.entity).unwrap();
        let entity = &annotation.entities[source.index()];
        assert_eq!((entity.label.as_str(), entity.class.as_str()), (label, class), "{text}");
        assert!(annotation.mentions.iter().any(|m| m.entity == Some(source)), "{text}");
    }
}

#[test]
fn a_speakers_own_hedge_is_nobody_elses_word() {
    let text = "\"I think the talks will go on,\" said Angela Merkel.";
    assert_eq!(told(text), ["Angela Merkel | said | \"I think the talks will go on,\""]);
}

#[test]
fn turns_of_an_interview_and_signed_paragraphs_have_their_speakers() {
    let text = "Angela Merkel answered some questions.\n\nAM The talks were long.\n\nAngela Merkel: They failed.\n\nThe court gave its reasons:\n\nThe law is clear. It stands.\n\n– Judge Ruth Ginsburg\n\nThe ruling is final.";
    let annotation = read(text);
    let speaker = |words: &str| {
        let start = text.find(words).unwrap();
        let attribution = annotation.attribution_at(Span::new(start, start + words.len()))?;
        attribution.source?.entity.map(|entity| annotation.entities[entity.index()].label.clone())
    };
    assert_eq!(speaker("talks were long").as_deref(), Some("Angela Merkel"));
    assert_eq!(speaker("They failed").as_deref(), Some("Angela Merkel"));
    assert!(speaker("The law is clear").is_some_and(|name| name.ends_with("Ginsburg")));
    assert_eq!(speaker("The ruling is final"), None);
}

#[test]
fn what_somebody_is_said_to_want_is_said_and_no_more() {
    let text = "Officials said that Iran wants to sell oil.";
    assert_eq!(told(text), ["Officials | said | that Iran wants to sell oil"]);
}

#[test]
fn a_thing_has_no_will_but_may_show_something() {
    assert_eq!(told("The new road supports trade with Serbia."), Vec::<String>::new());
    assert_eq!(told("The defense of the city took months."), Vec::<String>::new());
    assert_eq!(
        told("The election campaign supports the treaty."),
        ["The election campaign | supports | the treaty"]
    );
    assert_eq!(
        told("The pictures show that the bridge was hit."),
        ["The pictures | show | that the bridge was hit"]
    );
}

#[test]
fn who_does_not_deny_leaves_it_open() {
    let stances = |text: &str| -> Vec<String> {
        read(text).attributions.iter().map(|attribution| attribution.stance.to_string()).collect()
    };
    assert_eq!(stances("Norway denied that Sweden had left."), ["td:Denies"]);
    assert_eq!(stances("Norway did not deny that Sweden had left."), ["td:Doubts"]);
}
