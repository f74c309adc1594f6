use std::collections::HashMap;

use smol_str::{SmolStr, format_smolstr};

use super::build::StatementIds;
use super::certainty::{self, Presented};
use super::filler::{Filler, Setting};
use super::matching::Match;
use crate::annotation::{Class, EntityId, Object, Relation};
use crate::lexicon::{Meaning, Role};

/// The relations that matches state, in the order of the text.
pub(super) fn relations(
    setting: &Setting<'_>,
    matches: &[Match<'_>],
    ids: &mut StatementIds,
) -> Vec<Relation> {
    let mut found = Found { ids, relations: Vec::new(), statements: HashMap::new() };
    for matched in matches {
        found.add(setting, matched, &setting.fillers(matched));
    }
    found.relations
}

struct Found<'a> {
    ids: &'a mut StatementIds,
    relations: Vec<Relation>,
    statements: HashMap<(EntityId, String, EntityId), SmolStr>,
}

impl Found<'_> {
    fn add(&mut self, setting: &Setting<'_>, matched: &Match<'_>, fillers: &[Filler]) {
        let Meaning::Relation { property, wikidata, domain, range } = &matched.frame.meaning else { return };
        let fits = |entity: EntityId, wanted: &Option<String>| {
            let wanted = wanted.as_deref().and_then(Class::from_name);
            wanted.is_none_or(|wanted| setting.is(entity, wanted))
        };
        let restricted = |one, other| {
            matched.frame.class.is_none_or(|wanted| [one, other].into_iter().all(|e| setting.is(e, wanted)))
        };
        let of = |role: Role| fillers.iter().filter(move |filler| filler.0 == role);
        for &(_, subject, subject_mention) in of(Role::Head) {
            for &(_, object, object_mention) in of(Role::Tail) {
                if subject == object
                    || !fits(subject, domain)
                    || !fits(object, range)
                    || !restricted(subject, object)
                {
                    continue;
                }
                let head = setting.doc.token(matched.predicate.head);
                let Presented { certainty, polarity, mood } = certainty::of(head);
                let key = (subject, property.clone(), object);
                let statement = self.statements.entry(key).or_insert_with(|| self.ids.next()).clone();
                self.relations.push(Relation {
                    id: format_smolstr!("r{}", self.relations.len() + 1),
                    statement,
                    subject,
                    property: property.clone(),
                    wikidata: wikidata.clone(),
                    object: Object::Entity(object),
                    subject_mention: Some(subject_mention),
                    object_mention: Some(object_mention),
                    evidence: setting.doc.span_of(head.sentence()),
                    confidence: 0.7,
                    certainty,
                    polarity,
                    mood,
                    attribution: setting.annotation.attribution_at(head.span()).map(|a| a.id.clone()),
                    time: None,
                });
            }
        }
    }
}
