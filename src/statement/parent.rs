use super::filler::Setting;
use crate::annotation::{EntityId, MentionKind};
use crate::coref::is_woman;
use crate::text::Span;

/// Which property leads to a parent, and the Wikidata property that it is aligned to: `td:father` or `td:mother` where it is
/// known which, by the words between the two, by pronouns, or by the given name.
pub(super) fn property(
    setting: &Setting<'_>,
    parent: EntityId,
    between: Span,
) -> (&'static str, Option<&'static str>) {
    let words = setting.doc.tokens_of(setting.doc.tokens_in(between));
    let said = words.filter_map(|token| of_noun(token.lemma()));
    let pronouns = setting
        .annotation
        .mentions
        .iter()
        .filter(|mention| mention.entity == Some(parent) && mention.kind == MentionKind::Pronoun);
    let pronouns =
        pronouns.filter_map(|mention| of_pronoun(&mention.span.of(setting.doc.text()).to_lowercase()));
    let name = || is_woman(&setting.annotation.entities[parent.index()].label);
    match said.chain(pronouns).next().or_else(name) {
        Some(true) => ("td:mother", Some("P25")),
        Some(false) => ("td:father", Some("P22")),
        None => ("td:parent", None),
    }
}

/// Whether a noun for a parent says that it is the mother; none where it says nothing.
fn of_noun(lemma: &str) -> Option<bool> {
    match lemma {
        "mother" | "mum" | "mom" => Some(true),
        "father" | "dad" => Some(false),
        _ => None,
    }
}

/// Whether a pronoun tells a woman.
fn of_pronoun(pronoun: &str) -> Option<bool> {
    match pronoun {
        "she" | "her" | "herself" => Some(true),
        "he" | "him" | "his" | "himself" => Some(false),
        _ => None,
    }
}
