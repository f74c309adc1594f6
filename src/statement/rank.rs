use super::filler::Setting;
use crate::annotation::{Annotation, Class, Entity, EntityId, Mention, MentionKind};
use crate::nlp::{Doc, Token};
use crate::text::{Span, WordList};

/// Last words of the ranks of officers, which hardly anybody but a soldier has.
static RANKS: WordList =
    WordList::new("adm admiral brig brigadier col colonel commodore gen general maj major marshal");

/// Words before them that are part of a rank.
static PARTS: WordList = WordList::new(
    "adm admiral air brig brigadier chief col field gen general group lieutenant lt maj major rear vice wing",
);

/// Words before `General` or `Marshal` with which it is an office.
static OFFICES: WordList = WordList::new(
    "attorney auditor city comptroller consul director fire governor inspector postmaster provost quartermaster secretary \
     solicitor surgeon us u.s",
);

/// Adds the ranks before the names of soldiers as positions of the article's own: `Lieutenant General` of `Lieutenant General Ann
/// Smith`.
pub(super) fn describe(annotation: &mut Annotation, doc: &Doc) {
    for (span, _) in ranks(annotation, doc) {
        if annotation.mentions.iter().any(|m| m.span == span && m.entity.is_some()) {
            continue;
        }
        let label = span.of(doc.text()).to_owned();
        let is_known = |e: &Entity| e.label == label && e.class == Class::Position.name();
        let entity = match annotation.entities.iter().position(is_known) {
            Some(index) => index.into(),
            None => annotation.add_entity(label, Class::Position.name().to_owned(), Vec::new()),
        };
        annotation.add_mention(span, MentionKind::Nominal, entity);
    }
    annotation.sort_mentions();
}

/// Who has which rank, each with its mention.
pub(super) fn holders(setting: &Setting<'_>) -> Vec<[(usize, EntityId); 2]> {
    let mentions = &setting.annotation.mentions;
    let with_entity = |m: usize| Some((m, mentions[m].entity?));
    let pair = |(span, holder): (Span, usize)| {
        let is_rank = |m: &Mention| m.span == span && m.entity.is_some();
        Some([with_entity(holder)?, with_entity(mentions.iter().position(is_rank)?)?])
    };
    ranks(setting.annotation, setting.doc).into_iter().filter_map(pair).collect()
}

/// The ranks before the names of people, with the mentions of the names.
fn ranks(annotation: &Annotation, doc: &Doc) -> Vec<(Span, usize)> {
    let is_person = |m: &Mention| {
        let class = m.entity.map(|entity| annotation.entities[entity.index()].class.as_str());
        let is_named = m.kind == MentionKind::Name && m.name_type.as_deref() == Some("PERSON");
        is_named && class == Some(Class::Person.name())
    };
    let people = annotation.mentions.iter().enumerate().filter(|(_, m)| is_person(m));
    people.filter_map(|(index, m)| Some((before(doc, doc.tokens_in(m.span).start.index())?, index))).collect()
}

/// The rank that ends before a word.
fn before(doc: &Doc, end: usize) -> Option<Span> {
    let token = |index: usize| (index < doc.len()).then(|| doc.token(index.into()));
    let has =
        |list: &WordList, token: Token<'_>| list.contains(&token.text().trim_end_matches('.').to_lowercase());
    let is_capitalised = |token: &Token<'_>| token.text().starts_with(char::is_uppercase);
    let last = token(end.checked_sub(1)?).filter(|&t| is_capitalised(&t) && has(&RANKS, t))?;
    let mut first = last;
    while let Some(previous) = first.id().index().checked_sub(1).and_then(token) {
        // `Secretary-General`
        if previous.text() == "-" || has(&OFFICES, previous) {
            return None;
        }
        if !is_capitalised(&previous) || !has(&PARTS, previous) {
            break;
        }
        first = previous;
    }
    Some(first.span().cover(last.span()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::Pipeline;

    #[test]
    fn ranks_are_told_from_offices() {
        let rank = |text: &str, name: &str| {
            let doc = Pipeline::embedded().worker().parse(text);
            let first = doc.tokens().position(|t| t.text() == name)?;
            before(&doc, first).map(|span| span.of(text).to_owned())
        };
        let ranks = ["Lieutenant General Ann Smith spoke.", "Gen. Ann Smith spoke.", "Ann Smith spoke."];
        assert_eq!(
            ranks.map(|text| rank(text, "Ann")),
            [Some("Lieutenant General".into()), Some("Gen.".into()), None]
        );
        for office in ["Attorney General Ann Smith spoke.", "Secretary-General Ann Smith spoke."] {
            assert_eq!(rank(office, "Ann"), None, "{office}");
        }
    }
}
