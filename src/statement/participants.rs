use smol_str::format_smolstr;

use super::matching::Match;
use super::mentions::Mentions;
use crate::annotation::{Annotation, Class, Mention, MentionKind};
use crate::coref::{Noun, noun};
use crate::lexicon::{Meaning, Role};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// Roles of those who act or are acted on.
const ROLES: [Role; 4] = [Role::Agent, Role::CoAgent, Role::Patient, Role::Recipient];

/// Adds those who take part in events and are only described once (`two police officers`), as entities of the article's own.
pub(super) fn describe(annotation: &mut Annotation, doc: &Doc, matches: &[Match<'_>]) {
    let mentions = Mentions::new(doc, annotation);
    let mut heads: Vec<TokenId> = Vec::new();
    for matched in matches.iter().filter(|m| matches!(m.frame.meaning, Meaning::Event { .. })) {
        let heads_of_roles =
            matched.fills.iter().filter(|(role, _)| ROLES.contains(role)).map(|&(_, head)| head);
        heads.extend(heads_of_roles.filter(|&head| mentions.at(head).next().is_none()));
    }
    heads.sort();
    heads.dedup();
    for head in heads {
        let token = doc.token(head);
        if let Some(class) = class(token) {
            let tokens = phrase(token);
            let label = doc.text_of(tokens).split_whitespace().collect::<Vec<_>>().join(" ");
            let entity = annotation.add_entity(label, class.name().to_owned(), Vec::new());
            let id = format_smolstr!("m{}", annotation.mentions.len() + 1);
            let span = doc.span_of(tokens);
            let mention = Mention {
                id,
                span,
                kind: MentionKind::Nominal,
                name_type: None,
                entity: Some(entity),
                place: None,
            };
            annotation.mentions.push(mention);
        }
    }
    annotation.sort_mentions();
}

/// What a noun that names people stands for.
fn class(head: Token<'_>) -> Option<Class> {
    if !matches!(head.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    let several = head.morph_value("Number") == Some("Plur");
    match noun(&head.lemma().to_lowercase())? {
        Noun::Person | Noun::Man | Noun::Woman if several => Some(Class::Group),
        Noun::Person | Noun::Man | Noun::Woman => Some(Class::Person),
        Noun::Group => Some(Class::Group),
        Noun::Place | Noun::Measure => None,
    }
}

/// The noun with what stands before it, determiners left out.
fn phrase(head: Token<'_>) -> TokenSpan {
    let before = |c: &Token<'_>| {
        c.id() < head.id() && matches!(c.dep(), "amod" | "compound" | "nmod" | "nummod" | "poss")
    };
    let start = head.children().find(before).map_or(head.id(), |first| first.subtree().start);
    TokenSpan::new(start.index(), head.id().index() + 1)
}
