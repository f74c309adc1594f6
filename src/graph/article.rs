use oxigraph::model::{Literal, NamedNode, Term};

use super::content_digest;
use super::entities::iri_of;
use super::passages::add_words;
use super::quads::{Quads, count, decimal};
use super::view::View;
use super::vocab::{oa, prov, rdfs, schema, td, xsd};
use crate::annotation::{EntityId, Mention, MentionKind};

/// States what is known of the article itself, and which entities it mentions.
pub(super) fn add_article(quads: &mut Quads, view: &View<'_>) {
    let (iri, article) = (view.iri, &view.annotation.article);
    quads.add_type(iri, td::ARTICLE);
    quads.add_type(iri, schema::NEWS_ARTICLE);
    quads.add_text(iri, schema::HEADLINE, article.title.as_deref());
    if let Some(published) = &article.published {
        quads.add(iri, schema::DATE_PUBLISHED, date(published));
    }
    if let Some(url) = &article.url {
        let object = NamedNode::new(url).map_or_else(|_| Literal::from(url.as_str()).into(), Term::from);
        quads.add(iri, schema::URL, object);
    }
    quads.add_text(iri, schema::IDENTIFIER, article.id.as_deref().filter(|id| *id != iri.as_str()));
    quads.add_text(iri, schema::PUBLISHER, article.publisher.as_deref());
    quads.add_text(iri, schema::AUTHOR, article.author.as_deref());
    quads.add_text(iri, schema::IN_LANGUAGE, article.language.as_deref());
    quads.add(iri, td::TEXT_LENGTH, count(view.len()));
    quads.add_text(iri, td::CONTENT_DIGEST, Some(&content_digest(article)));
    if view.context.keep_text {
        quads.add_text(iri, schema::ARTICLE_BODY, Some(&article.text));
    }
    for entity in (0..view.annotation.entities.len()).filter_map(|i| view.entity(EntityId::from(i))) {
        quads.add(iri, schema::MENTIONS, entity);
    }
}

/// An ISO 8601 date with the datatype that it fits; anything else as it is.
fn date(published: &str) -> Literal {
    let shape: String = published.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_date = |text: &str| text.parse::<jiff::civil::Date>().is_ok();
    let datatype = match shape.as_str() {
        "0000" => Some(xsd::G_YEAR),
        "0000-00" if is_date(&format!("{published}-01")) => Some(xsd::G_YEAR_MONTH),
        "0000-00-00" if is_date(published) => Some(xsd::DATE),
        _ if is_date_time(&shape) && is_time(published) => Some(xsd::DATE_TIME),
        _ => None,
    };
    datatype.map_or_else(|| published.into(), |datatype| Literal::new_typed_literal(published, datatype))
}

/// Whether it has the shape of `xsd:dateTime`, every digit being a `0`.
fn is_date_time(shape: &str) -> bool {
    let Some(rest) = shape.strip_prefix("0000-00-00T00:00:00") else { return false };
    let fraction = rest.strip_prefix('.').map(|digits| digits.trim_start_matches('0'));
    matches!(fraction.unwrap_or(rest), "" | "Z" | "+00:00" | "-00:00") && !rest.starts_with(".Z")
}

fn is_time(published: &str) -> bool {
    published.parse::<jiff::Timestamp>().is_ok() || published.parse::<jiff::civil::DateTime>().is_ok()
}

/// States each mention by name or description: what it refers to and where it stands. Pronouns are left to the annotation:
/// they would double the graph, and nobody looks for them.
pub(super) fn add_mentions(quads: &mut Quads, view: &View<'_>) {
    for mention in view.annotation.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun) {
        if let Some(entity) = mention.entity.and_then(|id| view.entity(id)) {
            add_mention(quads, view, mention, entity);
        }
    }
}

fn add_mention(quads: &mut Quads, view: &View<'_>, mention: &Mention, entity: NamedNode) {
    let annotation = view.annotation;
    let iri = view.at('m', mention.span);
    quads.add_type(&iri, td::MENTION);
    quads.add(&iri, td::REFERS_TO, entity);
    if let Some(place) = mention.place.map(|id| &annotation.entities[id.index()]) {
        quads.add(&iri, td::NAMED_PLACE, iri_of(place, &view.context.base));
    }
    quads.add_text(&iri, td::NAME_TYPE, mention.name_type.as_deref());
    let link = mention.entity.and_then(|id| annotation.entities[id.index()].links.first());
    if let Some(link) = link.filter(|_| mention.kind == MentionKind::Name) {
        quads.add(&iri, td::CONFIDENCE, decimal(link.score, 2));
    }
    quads.add(&iri, oa::HAS_SOURCE, view.iri.clone());
    let selector = add_words(quads, view, mention.span);
    quads.add(&iri, oa::HAS_SELECTOR, selector);
}

/// States which program read the article, with which pipeline and knowledge base.
pub(super) fn add_reading(quads: &mut Quads, view: &View<'_>) {
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    let (reading, context) = (view.fragment("reading"), view.context);
    let program = context.base.mint(&format!("software/tidings-{VERSION}"));
    quads.add_type(&reading, td::READING);
    quads.add_type(&reading, prov::ACTIVITY);
    quads.add(&reading, prov::USED, view.iri.clone());
    quads.add(&reading, prov::WAS_ASSOCIATED_WITH, program.clone());
    quads.add_text(&reading, td::PIPELINE_DIGEST, context.pipeline_digest.as_deref());
    quads.add_text(&reading, td::KNOWLEDGE_BASE_DIGEST, Some(context.kb.digest()));
    quads.add_type(&program, prov::SOFTWARE_AGENT);
    quads.add_text(&program, rdfs::LABEL, Some("tidings"));
    quads.add_text(&program, schema::SOFTWARE_VERSION, Some(VERSION));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_datatype_that_they_fit() {
        let datatype = |text: &str| {
            let literal = date(text);
            assert_eq!(literal.value(), text);
            literal.datatype().into_owned().into_string().replace(xsd::NAMESPACE, "")
        };
        for (text, expected) in [
            ("2025", "gYear"),
            ("2025-05", "gYearMonth"),
            ("2025-05-20", "date"),
            ("2025-02-30", "string"),
            ("2025-05-20T10:00:00Z", "dateTime"),
            ("2025-05-20T10:00:00.5+02:00", "dateTime"),
            ("2025-05-20T10:00:00", "dateTime"),
            ("2025-05-20T10:00Z", "string"),
            ("2025-05-20T25:00:00Z", "string"),
            ("20 May 2025", "string"),
        ] {
            assert_eq!(datatype(text), expected, "{text}");
        }
    }
}
