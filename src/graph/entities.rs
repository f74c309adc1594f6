use oxigraph::model::{Literal, NamedNode};
use unicode_normalization::UnicodeNormalization;

use super::local::{Scope, Scopes, normalized};
use super::quads::{Quads, decimal};
use super::view::View;
use super::vocab::{geo, geosparql, owl, rdfs, skos, td};
use super::{Base, Context, article_iri};
use crate::annotation::{Annotation, Class, Entity, EntityId, Kind, Mention, MentionKind, SURE};
use crate::kb::{self, Kb, KbId};
use crate::text::{CodePoints, Span};

/// Gives each entity that has no IRI yet its own: `{base}entity/{Readable_Name}-{Q-id}` if it is surely the same as a
/// Wikidata item, else `{base}entity/{Readable_Name}-{class}`, with a country or the digest of the article behind that where
/// the name alone does not say who is meant.
///
/// What an article only describes (`the group`) is another thing in every article: it is named after the article and its
/// first mention there, `{article}#e{start}-{end}`.
pub fn name_entities(annotation: &mut Annotation, context: &Context) {
    let article = article_iri(&annotation.article, &context.base);
    let points = CodePoints::new(&annotation.article.text);
    let scopes = Scopes::new(annotation, context);
    let name = |(i, entity): (usize, &Entity)| {
        if let Some(given) = entity.iri.as_ref().filter(|iri| NamedNode::new(*iri).is_ok()) {
            return given.clone();
        }
        if let Some(span) = described_at(annotation, i) {
            let (start, end) = points.of_span(span);
            return format!("{}#e{start}-{end}", article.as_str());
        }
        let own = match wikidata_item(entity) {
            Some(qid) => entity_iri(&context.base, &entity.label, &format!("Q{qid}")),
            // Linked for certain, but to no Wikidata item.
            None if is_sure(entity) => local_iri(&context.base, entity, &Scope::World),
            None => local_iri(&context.base, entity, &scopes.of(i)),
        };
        own.into_string()
    };
    let iris: Vec<String> = annotation.entities.iter().enumerate().map(name).collect();
    for (entity, iri) in annotation.entities.iter_mut().zip(iris) {
        entity.iri = Some(iri);
    }
}

fn is_sure(entity: &Entity) -> bool {
    entity.links.iter().any(|link| link.score >= SURE)
}

fn local_iri(base: &Base, entity: &Entity, scope: &Scope) -> NamedNode {
    let class = class_key(&entity.class);
    let key = match scope {
        Scope::World => class,
        Scope::Occupation(field) => format!("{class}-{field}"),
        Scope::Country(within) | Scope::Article(within) => format!("{class}-{within}"),
    };
    entity_iri(base, &normalized(&entity.label), &key)
}

/// The entity of the knowledge base that an entity is surely the same as.
pub(super) fn sure_entity(entity: &Entity, kb: &Kb) -> Option<KbId> {
    let sure = entity.links.iter().find(|link| link.score >= SURE);
    wikidata_item(entity).and_then(|qid| kb.by_qid(qid)).or_else(|| kb.by_iri(&sure?.iri))
}

/// The first mention of an entity that has mentions, but none by name and no link.
fn described_at(annotation: &Annotation, entity: usize) -> Option<Span> {
    let of_entity = |m: &&Mention| m.entity.is_some_and(|e| e.index() == entity);
    let mut mentions = annotation.mentions.iter().filter(of_entity);
    let named = !annotation.entities[entity].links.is_empty()
        || mentions.clone().any(|m| m.kind == MentionKind::Name);
    mentions.next().map(|m| m.span).filter(|_| !named)
}

/// Which entities are stated: all but those that are only described, and not as people, groups, places or the like, and
/// those of which nothing is known but the pronouns that refer to them.
pub(super) fn stated(annotation: &Annotation) -> Vec<bool> {
    let entities = annotation.entities.iter().enumerate();
    let is_stated = |(i, e): (usize, &Entity)| {
        let described =
            e.class != Class::Entity.name() && (!e.members.is_empty() || !only_pronouns(annotation, i));
        described || described_at(annotation, i).is_none()
    };
    entities.map(is_stated).collect()
}

fn only_pronouns(annotation: &Annotation, entity: usize) -> bool {
    let mut mentions = annotation.mentions.iter().filter(|m| m.entity.is_some_and(|id| id.index() == entity));
    mentions.all(|mention| mention.kind == MentionKind::Pronoun)
}

/// The last part of a class's name.
fn class_key(class: &str) -> String {
    class.rsplit([':', '/', '#']).find(|part| !part.is_empty()).unwrap_or("Entity").to_owned()
}

fn entity_iri(base: &Base, label: &str, key: &str) -> NamedNode {
    base.mint(&format!("entity/{}-{}", readable(label), readable(key)))
}

/// The label as it may stand in an IRI, and in a prefixed name without escapes: letters and digits of any script, dots
/// between them, `_` for spaces.
fn readable(label: &str) -> String {
    let mut name = String::new();
    for c in label.nfc() {
        match c {
            c if c.is_alphanumeric() || (matches!(c, '-' | '.') && !name.is_empty()) => name.push(c),
            c if (c.is_whitespace() || matches!(c, '_' | '/' | '–' | '—'))
                && !name.is_empty()
                && !name.ends_with('_') =>
            {
                name.push('_');
            }
            _ => {}
        }
    }
    name.truncate(name.trim_end_matches(['_', '.', '-']).len());
    if name.is_empty() { "unnamed".to_owned() } else { name }
}

/// The number of the Wikidata item that an entity is surely the same as.
fn wikidata_item(entity: &Entity) -> Option<u32> {
    let mut sure = entity.links.iter().filter(|link| link.score >= SURE);
    sure.find_map(|link| link.iri.strip_prefix("http://www.wikidata.org/entity/Q")?.parse().ok())
}

/// The IRI of a class written as `td:Country` or in full.
fn class_iri(class: &str) -> NamedNode {
    term_iri(class).unwrap_or_else(|| td::ENTITY.into_owned())
}

/// The IRI of a term written as `td:borders` or in full.
pub(super) fn term_iri(name: &str) -> Option<NamedNode> {
    let iri = match name.strip_prefix("td:") {
        Some(name) => format!("{}{name}", td::NAMESPACE),
        None => name.to_owned(),
    };
    NamedNode::new(iri).ok()
}

/// The IRI that an entity has been given.
pub(super) fn iri_of(entity: &Entity, base: &Base) -> NamedNode {
    let given = entity.iri.as_ref().and_then(|iri| NamedNode::new(iri).ok());
    given.unwrap_or_else(|| entity_iri(base, &entity.label, &class_key(&entity.class)))
}

/// States what is known of the entities of an article, in their order.
pub(super) fn add_entities(quads: &mut Quads, view: &View<'_>) {
    let (annotation, context) = (view.annotation, view.context);
    let mut countries = Vec::new();
    for (i, entity) in annotation.entities.iter().enumerate() {
        let Some(iri) = view.entity(EntityId::from(i)) else { continue };
        quads.add_type(&iri, class_iri(&entity.class));
        quads.add_text(&iri, rdfs::LABEL, Some(&entity.label));
        for form in forms(annotation, i) {
            quads.add_text(&iri, skos::ALT_LABEL, Some(&form));
        }
        for member in entity.members.iter().filter_map(|member| view.entity(*member)) {
            quads.add(&iri, td::HAS_MEMBER, member);
        }
        for link in &entity.links {
            if let Ok(other) = NamedNode::new(&link.iri) {
                quads.add(&iri, if link.score >= SURE { owl::SAME_AS } else { skos::CLOSE_MATCH }, other);
            }
        }
        let id = sure_entity(entity, &context.kb);
        if let Some((id, known)) = id.and_then(|id| Some((id, context.kb.entity(id)?))) {
            countries.extend(add_known(quads, &iri, id, &known, context));
        }
    }
    for (iri, country) in countries {
        quads.add_type(&iri, class_iri(country.class.name()));
        quads.add_text(&iri, rdfs::LABEL, Some(country.label));
    }
}

/// The forms of an entity's names in the article that differ from its label, in the order of the text.
fn forms(annotation: &Annotation, entity: usize) -> Vec<String> {
    let mut forms = Vec::new();
    for mention in annotation.mentions.iter().filter(|m| m.entity.is_some_and(|e| e.index() == entity)) {
        let form = mention.span.of(&annotation.article.text).split_whitespace().collect::<Vec<_>>().join(" ");
        if mention.name_type.is_some() && form != annotation.entities[entity].label && !forms.contains(&form)
        {
            forms.push(form);
        }
    }
    forms
}

/// States coordinates and country as the knowledge base has them; returns the country, which needs a label too.
fn add_known<'kb>(
    quads: &mut Quads,
    iri: &NamedNode,
    id: KbId,
    known: &kb::Entity<'_>,
    context: &'kb Context,
) -> Option<(NamedNode, kb::Entity<'kb>)> {
    // Where an international organization has its seat does not make it that country's.
    let own = |&country: &KbId| country != id && known.class != Class::InternationalOrganization;
    let country = known.country.filter(own).and_then(|country| {
        let country = context.kb.entity(country)?;
        let name = entity_iri(&context.base, country.label, &format!("Q{}", country.qid?));
        quads.add(iri, td::IN_COUNTRY, name.clone());
        Some((name, country))
    });
    if let Some((lat, long)) = known.coordinates.filter(|_| is_point(known.class)) {
        quads.add(iri, geo::LAT, decimal(lat, 4));
        quads.add(iri, geo::LONG, decimal(long, 4));
        let geometry = geometry_iri(iri, &context.base);
        quads.add(iri, geosparql::HAS_GEOMETRY, geometry.clone());
        quads.add_type(&geometry, geosparql::GEOMETRY);
        let point = format!("POINT({} {})", decimal(long, 4).value(), decimal(lat, 4).value());
        quads.add(&geometry, geosparql::AS_WKT, Literal::new_typed_literal(point, geosparql::WKT_LITERAL));
    }
    country
}

/// `{base}geometry/Baku-Q9248` for `{base}entity/Baku-Q9248`; a name of its own for an entity that is named elsewhere.
fn geometry_iri(entity: &NamedNode, base: &Base) -> NamedNode {
    match entity.as_str().strip_prefix(base.as_str()).and_then(|path| path.strip_prefix("entity/")) {
        Some(name) => base.mint(&format!("geometry/{name}")),
        None => NamedNode::new_unchecked(format!("{}#geometry", entity.as_str())),
    }
}

/// Organisations have coordinates too, of their seat; those are not stated as their own. Nor is a country a point: what tables
/// give for one may lie in its remotest part.
fn is_point(class: Class) -> bool {
    let is_country = matches!(class, Class::Country | Class::HistoricalCountry);
    !is_country && !matches!(class.kind(), Kind::Organization | Kind::Person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_readable_names() {
        for (label, name) in [
            ("Washington, D.C.", "Washington_D.C"),
            ("Georgia (USA)", "Georgia_USA"),
            ("São Tomé and Príncipe", "São_Tomé_and_Príncipe"),
            ("O’Brien & Sons", "OBrien_Sons"),
            ("F-16", "F-16"),
            ("“”", "unnamed"),
            ("東京", "東京"),
        ] {
            assert_eq!(readable(label), name, "{label}");
        }
    }

    #[test]
    fn an_entity_is_named_by_its_item_only_when_the_link_is_sure() {
        use crate::annotation::Link;
        let name = |score| {
            let mut annotation = Annotation::default();
            let iri = "http://www.wikidata.org/entity/Q794".to_owned();
            annotation.add_entity("Iran".to_owned(), "td:Country".to_owned(), vec![Link { iri, score }]);
            name_entities(&mut annotation, &Context::default());
            annotation.entities[0].iri.clone().unwrap().replace(Base::DEFAULT, "")
        };
        assert_eq!(name(0.9), "entity/Iran-Q794");
        assert!(name(0.4).starts_with("entity/Iran-Country-"), "{}", name(0.4));
    }
}
