use super::matching::Match;
use super::mentions::Mentions;
use crate::annotation::{Annotation, Class, EntityId, Kind, Mention, MentionKind};
use crate::lexicon::{Lexicon, Role, Slot};
use crate::nlp::{Doc, Token};
use crate::text::TokenId;

/// Nouns for a part of a country or body that stands for it: what its leadership does, it does; where its territory is, it is.
const STANDING_FOR: &[&str] = &[
    "administration",
    "coast",
    "coastline",
    "geography",
    "government",
    "leadership",
    "mainland",
    "regime",
    "soil",
    "territory",
];

/// Someone or something that fills a role, by the mention of this index.
pub(super) type Filler = (Role, EntityId, usize);

/// What is known of an article when its statements are built.
pub(super) struct Setting<'a> {
    pub(super) doc: &'a Doc,
    pub(super) lexicon: &'a Lexicon,
    pub(super) annotation: &'a Annotation,
    pub(super) mentions: Mentions<'a>,
}

impl Setting<'_> {
    /// The entities that fill the roles of a match, as far as their classes allow.
    pub(super) fn fillers(&self, matched: &Match<'_>) -> Vec<Filler> {
        let slots = matched.frame.slots(matched.predicate.kind);
        let mut fillers: Vec<Filler> = Vec::new();
        for &(role, head) in &matched.fills {
            let slot = slots.iter().find(|slot| slot.role == role);
            for (mention, _, entity) in self.mentions.at(self.owner_of_part(head)) {
                if self.allowed(entity, slot) && !fillers.contains(&(role, entity, mention)) {
                    fillers.push((role, entity, mention));
                }
            }
        }
        fillers
    }

    /// Whose part a phrase names where the part stands for the whole: `Azerbaijan` of `Azerbaijan's leadership`.
    fn owner_of_part(&self, head: TokenId) -> TokenId {
        let token = self.doc.token(head);
        let is_known = self.mentions.at(head).any(|(_, _, entity)| self.is_named(entity));
        let stands_for = !is_known && STANDING_FOR.contains(&token.lemma());
        token.children().find(|c| stands_for && c.dep() == "poss").map_or(head, Token::id)
    }

    /// Whether an entity has a name; relations of what is only described tell nothing.
    pub(super) fn is_named(&self, entity: EntityId) -> bool {
        let has_name = |m: &Mention| m.entity == Some(entity) && m.kind == MentionKind::Name;
        !self.annotation.entities[entity.index()].links.is_empty()
            || self.annotation.mentions.iter().any(has_name)
    }

    /// The class of an entity, if it is one that the program knows.
    pub(super) fn class(&self, entity: EntityId) -> Option<Class> {
        Class::from_name(&self.annotation.entities[entity.index()].class)
    }

    /// Whether an entity is of a class, or of one below it.
    pub(super) fn is(&self, entity: EntityId, wanted: Class) -> bool {
        self.class(entity).is_some_and(|class| is_a(class, wanted))
    }

    fn allowed(&self, entity: EntityId, slot: Option<&Slot>) -> bool {
        slot.and_then(|slot| slot.class).is_none_or(|wanted| self.is(entity, wanted))
    }
}

/// Whether a class is another or one below it, as far as the classes of entities go.
pub(super) fn is_a(class: Class, wanted: Class) -> bool {
    let is_place = matches!(class.kind(), Kind::Place | Kind::Polity | Kind::Facility);
    class == wanted
        || match wanted {
            Class::Entity => true,
            Class::Organization => class.is_organization(),
            Class::Place => is_place,
            Class::Group => matches!(class, Class::EthnicOrReligiousGroup),
            Class::Law => class == Class::Treaty,
            Class::Country => class == Class::Territory,
            _ => false,
        }
}
