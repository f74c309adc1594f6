use std::collections::HashSet;

use smol_str::format_smolstr;

use super::cast::{Caster, WHERE};
use super::certainty::{self, Presented};
use super::matching::matches;
use crate::annotation::{Annotation, Argument, OpenStatement};
use crate::lexicon::{Lexicon, Meaning};
use crate::nlp::{Doc, Token};
use crate::predicate::{self, Function, Kind, Predicate, Predicates};
use crate::text::TokenId;

/// Verbs that say of nobody what they do.
const LIGHT: &[&str] = &["be", "have", "do", "become", "seem", "remain", "include", "let", "need"];

/// Adds what somebody who can act does to somebody or something else by a verb of which nothing else was made: no event, and no frame
/// of a relation. It stays in the words of the article: the verb's base form, and the arguments by their grammatical functions.
pub fn add_open(annotation: &mut Annotation, doc: &Doc, predicates: &Predicates, lexicon: &Lexicon) {
    let known: HashSet<TokenId> = (matches(doc, predicates, lexicon).iter())
        .filter(|matched| matches!(matched.frame.meaning, Meaning::Relation { .. }))
        .map(|matched| matched.predicate.head)
        .collect();
    let finder = Finder { annotation, caster: Caster::new(doc, annotation, predicates), lexicon };
    let verbs = predicates.all.iter().filter(|p| p.kind == Kind::Verb && !known.contains(&p.head));
    let mut open: Vec<OpenStatement> = verbs.filter_map(|verb| finder.open(verb)).collect();
    for (number, statement) in open.iter_mut().enumerate() {
        statement.id = format_smolstr!("o{}", number + 1);
    }
    annotation.open = open;
}

struct Finder<'a> {
    annotation: &'a Annotation,
    caster: Caster<'a>,
    lexicon: &'a Lexicon,
}

impl Finder<'_> {
    fn open(&self, verb: &Predicate) -> Option<OpenStatement> {
        let head = self.caster.token(verb.head);
        let lemma = lemma(head);
        let span = head.span();
        let is_told = self.annotation.events.iter().any(|event| event.anchor.overlaps(span))
            || self.annotation.attributions.iter().any(|attribution| attribution.cue.overlaps(span));
        if is_told || LIGHT.contains(&lemma.as_str()) {
            return None;
        }
        let mut arguments: Vec<Argument> = Vec::new();
        for argument in &verb.arguments {
            let takes_part = match &argument.function {
                Function::Subject => self.caster.is_actor(argument.head),
                Function::Object | Function::Indirect | Function::Preposition(_) => true,
                _ => false,
            };
            if !takes_part {
                continue;
            }
            for (mention, entity) in self.caster.mentions(argument.head) {
                if arguments.iter().all(|other| other.entity != entity) {
                    let function = argument.function.name().into();
                    arguments.push(Argument { function, entity, mention: Some(mention) });
                }
            }
        }
        let acts = arguments.iter().any(|argument| argument.function == "subject");
        let is_other = |argument: &Argument| {
            argument.function != "subject" && !WHERE.contains(&argument.function.as_str())
        };
        if !acts || !arguments.iter().any(is_other) {
            return None;
        }
        let Presented { certainty, polarity, mood, .. } = certainty::of(head, self.lexicon.signatures());
        Some(OpenStatement {
            id: "".into(),
            lemma,
            anchor: span,
            arguments,
            evidence: head.doc().sentence_span(head.sentence()),
            certainty,
            polarity,
            mood,
            attribution: self.annotation.attribution_at(span).map(|a| a.id.clone()),
        })
    }
}

/// The base form of a verb with its particle: `shake off`.
fn lemma(verb: Token<'_>) -> String {
    let lemma = predicate::lemma(verb);
    match verb.children().find(|child| child.dep() == "prt") {
        Some(particle) => format!("{lemma} {}", particle.norm()),
        None => lemma,
    }
}
