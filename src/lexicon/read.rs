use std::collections::BTreeSet;

use oxigraph::model::Term;

use super::frame::at_noun;
use super::{Error, Frame, Meaning, Role, Slot};
use crate::annotation::Class;
use crate::ontology::{Ontology, TermKind, literal_of, node_of, term};
use crate::predicate::Function;
use crate::text::WordList;

/// Reads the frames of a vocabulary, in the order of their IRIs; those that are deprecated are left out.
pub(super) fn frames(ontology: &Ontology) -> Result<Vec<Frame>, Error> {
    let is_used = |iri: &&str| !ontology.literals(iri, term::DEPRECATED).any(|value| value == "true");
    let read = |iri: &str| frame(ontology, iri).map_err(|problem| Error::new(ontology, iri, problem));
    ontology.of_kind(TermKind::Frame).filter(is_used).map(read).collect()
}

fn frame(ontology: &Ontology, iri: &str) -> Result<Frame, String> {
    let mut words: [BTreeSet<String>; 7] = Default::default();
    let (mut evoked, mut construction, mut restriction) = (None, None, None);
    let (mut examples, mut needs) = (Vec::new(), BTreeSet::new());
    for (name, object) in of_lexicon(ontology, iri) {
        let text = || {
            let text = literal_of(object).map(str::trim).filter(|text| !text.is_empty());
            text.map(str::to_owned).ok_or_else(|| format!("has a `lex:{name}` that is no text in quotes"))
        };
        let node = || {
            node_of(object).ok_or_else(|| format!("has a `lex:{name}` that is no IRI, such as `td:Attack`"))
        };
        match name {
            "example" => examples.push(text()?),
            "needs" => {
                let role = role(&text()?).ok_or("has a `lex:needs` that is no role such as `\"patient\"`")?;
                needs.insert(role);
            }
            "evokes" => evoked = evoked.or(Some(node()?)),
            "construction" => construction = construction.or(Some(node()?)),
            "class" => restriction = restriction.or(Some(class(ontology, node()?)?)),
            _ => match WORDS.iter().position(|known| *known == name) {
                Some(kind) => _ = words[kind].insert(text()?),
                None if role(name).is_some() => {}
                None => {
                    return Err(format!("has `lex:{name}`, which frames don't have; {}", what_frames_have()));
                }
            },
        }
    }
    let [verbs, mut nouns, adjectives, agent_nouns, support, objects, modals] = words;
    nouns.extend(agent_nouns.iter().cloned());
    if verbs.is_empty() && nouns.is_empty() && adjectives.is_empty() {
        return Err("has no words: give it a `lex:verb`, a `lex:noun` or a `lex:adjective`".into());
    }
    let evoked = evoked.ok_or("has no `lex:evokes`: name a class of events or a property")?;
    let verb_slots = slots(ontology, construction, iri)?;
    Ok(Frame {
        name: iri.strip_prefix(term::LEX).unwrap_or(iri).to_owned(),
        meaning: meaning(ontology, evoked)?,
        verbs,
        nouns,
        adjectives,
        agent_nouns,
        support,
        objects,
        modals,
        needs,
        class: restriction,
        examples,
        noun_slots: at_noun(&verb_slots, restriction == Some(Class::Entity)),
        verb_slots,
    })
}

/// Properties of a frame whose objects are words, in the order in which they are read.
const WORDS: [&str; 7] = ["verb", "noun", "adjective", "agentNoun", "support", "object", "modal"];

fn what_frames_have() -> String {
    let words = WORDS.iter().map(|name| format!("`lex:{name}`"));
    let others =
        ["evokes", "construction", "class", "needs", "example"].iter().map(|name| format!("`lex:{name}`"));
    let roles = Role::ALL.iter().map(|role| format!("`lex:{}`", role.name()));
    let all: Vec<String> = words.chain(others).chain(roles).collect();
    format!("they have {}", all.join(", "))
}

/// What is said of a node in terms of the lexicon: names without the prefix, and objects.
fn of_lexicon<'a>(ontology: &'a Ontology, node: &str) -> impl Iterator<Item = (&'a str, &'a Term)> {
    ontology.pairs(node).filter_map(|(predicate, object)| Some((predicate.strip_prefix(term::LEX)?, object)))
}

fn role(name: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.name() == name)
}

fn meaning(ontology: &Ontology, evoked: &str) -> Result<Meaning, String> {
    let name =
        |iri: &str| iri.strip_prefix(term::TD).map_or_else(|| iri.to_owned(), |name| format!("td:{name}"));
    match ontology.kind(evoked) {
        Some(TermKind::Class) => {
            Ok(Meaning::Event { class: name(evoked), plover: ontology.plover(evoked).map(str::to_owned) })
        }
        Some(TermKind::Property) => {
            let one = |predicate| ontology.nodes(evoked, predicate).next().map(name);
            let aligned = ontology.nodes(evoked, term::EQUIVALENT_PROPERTY);
            let wikidata = { aligned }.find_map(|p| p.strip_prefix(term::WIKIDATA_PROPERTY));
            Ok(Meaning::Relation {
                property: name(evoked),
                wikidata: wikidata.map(str::to_owned),
                domain: one(term::DOMAIN),
                range: one(term::RANGE).filter(|range| range.starts_with("td:")),
            })
        }
        _ => Err(format!(
            "evokes `{}`, which is neither a class nor a property; define it in Turtle, as `a owl:Class` or `a owl:ObjectProperty`",
            ontology.compact(evoked)
        )),
    }
}

/// The slots of a frame: those of its construction, and its own, which come after them.
fn slots(ontology: &Ontology, construction: Option<&str>, iri: &str) -> Result<Vec<Slot>, String> {
    if let Some(construction) = construction
        && ontology.kind(construction) != Some(TermKind::Construction)
    {
        let name = ontology.compact(construction);
        return Err(format!(
            "has the construction `{name}`, which is none; define it as `a lex:Construction`"
        ));
    }
    let mut slots: Vec<Slot> = Vec::new();
    for (name, object) in construction.into_iter().chain([iri]).flat_map(|node| of_lexicon(ontology, node)) {
        let Some(role) = role(name) else { continue };
        let number = slots.iter().position(|slot| slot.role == role).unwrap_or_else(|| {
            slots.push(Slot { role, functions: Vec::new(), mutual: false, class: None });
            slots.len() - 1
        });
        fill(ontology, &mut slots[number], object)?;
    }
    slots.retain(|slot| slot.mutual || !slot.functions.is_empty());
    slots.sort_by_key(|slot| slot.role);
    if slots.is_empty() {
        return Err(
            "has no roles: give it a `lex:construction`, or roles such as `lex:agent \"subject\"`".into()
        );
    }
    Ok(slots)
}

/// Adds a function, or those of a node `[ lex:as "subject" ; lex:class td:Country ]`.
fn fill(ontology: &Ontology, slot: &mut Slot, object: &Term) -> Result<(), String> {
    if let Some(function) = literal_of(object) {
        add_function(slot, function)?;
    }
    for (name, object) in node_of(object).into_iter().flat_map(|node| of_lexicon(ontology, node)) {
        match (name, literal_of(object), node_of(object)) {
            ("as", Some(function), _) => add_function(slot, function)?,
            ("class", _, Some(iri)) => slot.class = slot.class.or(Some(class(ontology, iri)?)),
            _ => {
                return Err(format!(
                    "has `lex:{name}` in the role `{}`, which has only `lex:as` with text and `lex:class` with a class",
                    slot.role.name()
                ));
            }
        }
    }
    Ok(())
}

/// Prepositions, and what may stand in their place.
static PREPOSITIONS: WordList = WordList::new(
    "aboard about above across after against ahead along alongside amid amidst among amongst and around as at because \
     before behind below beneath beside besides between beyond but by concerning despite down during except following \
     for from in including inside into like minus near of off on onto opposite out outside over past per plus regarding \
     round save since than through throughout till to toward towards under underneath unlike until up upon using versus \
     via vs with within without worth",
);

fn add_function(slot: &mut Slot, name: &str) -> Result<(), String> {
    let function = Function::from_name(name);
    // One of several words ends in one: `in favour of`.
    let last = name.rsplit(' ').next().unwrap_or(name);
    if matches!(function, Function::Preposition(_)) && name != "member" && !PREPOSITIONS.contains(last) {
        let role = slot.role.name();
        return Err(format!(
            "has `{name}` in the role `{role}`, which is no preposition and none of the functions subject, object, \
             indirect, clause, complement, possessive, modifier, self, within, member"
        ));
    }
    if name == "member" {
        slot.mutual = true;
    } else if !slot.functions.contains(&function) {
        slot.functions.push(function);
    }
    Ok(())
}

/// The class of entities that a frame or slot is restricted to.
fn class(ontology: &Ontology, iri: &str) -> Result<Class, String> {
    let class = iri.strip_prefix(term::TD).and_then(Class::from_name);
    class.ok_or_else(|| {
        format!(
            "is restricted to `{}`, which is no class of entities such as `td:Person`",
            ontology.compact(iri)
        )
    })
}
