use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::frame::at_noun;
use super::triples::Triples;
use super::{Cues, Error, Frame, LEX, Lexicon, Meaning, Role, Slot};
use crate::annotation::Class;
use crate::predicate::Function;

/// The files that are part of the program.
pub(super) const EMBEDDED: &[(&str, &str)] = &[
    ("ontology/tidings.ttl", include_str!("../../ontology/tidings.ttl")),
    ("ontology/relations.ttl", include_str!("../../ontology/relations.ttl")),
    ("ontology/events.ttl", include_str!("../../ontology/events.ttl")),
    ("ontology/lexicon/constructions.ttl", include_str!("../../ontology/lexicon/constructions.ttl")),
    ("ontology/lexicon/cooperation.ttl", include_str!("../../ontology/lexicon/cooperation.ttl")),
    ("ontology/lexicon/conflict.ttl", include_str!("../../ontology/lexicon/conflict.ttl")),
    ("ontology/lexicon/news.ttl", include_str!("../../ontology/lexicon/news.ttl")),
    ("ontology/lexicon/attribution.ttl", include_str!("../../ontology/lexicon/attribution.ttl")),
    ("ontology/lexicon/relations.ttl", include_str!("../../ontology/lexicon/relations.ttl")),
];

pub(super) const TD: &str = "https://w3id.org/tidings/ontology#";
pub(super) const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const SUB_CLASS: &str = "http://www.w3.org/2000/01/rdf-schema#subClassOf";
const DOMAIN: &str = "http://www.w3.org/2000/01/rdf-schema#domain";
const RANGE: &str = "http://www.w3.org/2000/01/rdf-schema#range";
const EQUIVALENT: &str = "http://www.w3.org/2002/07/owl#equivalentProperty";
const WIKIDATA: &str = "http://www.wikidata.org/prop/direct/";

/// The Turtle files of a path.
pub(super) fn files(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let error = |source| Error::Read { path: path.to_owned(), source };
    let mut paths = vec![path.to_owned()];
    if path.is_dir() {
        let entries = fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(error)?;
        paths = entries
            .into_iter()
            .map(|entry| entry.path())
            .filter(|p| p.extension().is_some_and(|e| e == "ttl"))
            .collect();
        paths.sort();
    }
    let read = |path: &Path| {
        let text =
            fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        Ok((path.display().to_string(), text))
    };
    paths.iter().map(|path| read(path)).collect()
}

/// Reads frames from Turtle files, each with its name.
pub(super) fn lexicon(files: &[(String, String)]) -> Result<Lexicon, Error> {
    let mut triples = Triples::default();
    for (name, text) in files {
        triples.add(name, text)?;
    }
    let is_frame = |subject: &&str| triples.nodes(subject, TYPE).any(|class| class == lex("Frame"));
    let frames: Result<Vec<Frame>, Error> =
        triples.subjects().filter(is_frame).map(|iri| frame(&triples, iri)).collect();
    Ok(Lexicon { cues: Cues::read(&triples)?, ..Lexicon::new(frames?) })
}

pub(super) fn lex(name: &str) -> String {
    format!("{LEX}{name}")
}

fn frame(triples: &Triples, iri: &str) -> Result<Frame, Error> {
    let problem = |problem: String| Error::Frame { frame: iri.to_owned(), problem };
    let words =
        |name: &str| triples.literals(iri, &lex(name)).map(str::to_owned).collect::<BTreeSet<String>>();
    let evoked = triples.nodes(iri, &lex("evokes")).next();
    let evoked =
        evoked.ok_or_else(|| problem("has no `lex:evokes`: name a class of events or a property".into()))?;
    let verb_slots = slots(triples, iri).map_err(problem)?;
    let agent_nouns = words("agentNoun");
    let mut nouns = words("noun");
    nouns.extend(agent_nouns.iter().cloned());
    Ok(Frame {
        name: iri.strip_prefix(LEX).unwrap_or(iri).to_owned(),
        meaning: meaning(triples, evoked).map_err(problem)?,
        verbs: words("verb"),
        nouns,
        agent_nouns,
        support: words("support"),
        objects: words("object"),
        modals: words("modal"),
        needs: Role::ALL.into_iter().filter(|role| words("needs").contains(role.name())).collect(),
        class: class(triples, iri).map_err(problem)?,
        examples: triples.literals(iri, &lex("example")).map(str::to_owned).collect(),
        noun_slots: at_noun(&verb_slots),
        verb_slots,
    })
}

fn meaning(triples: &Triples, evoked: &str) -> Result<Meaning, String> {
    let local = |iri: &str| iri.strip_prefix(TD).map_or_else(|| iri.to_owned(), |name| format!("td:{name}"));
    let types: Vec<&str> = triples.nodes(evoked, TYPE).collect();
    if types.iter().any(|t| t.ends_with("#Class")) {
        return Ok(Meaning::Event { class: local(evoked), plover: plover(triples, evoked, 8) });
    }
    if !types.iter().any(|t| t.ends_with("Property")) {
        return Err(format!(
            "evokes `{evoked}`, which is neither a class nor a property; define it in the ontology"
        ));
    }
    let aligned = triples.nodes(evoked, EQUIVALENT).find_map(|p| p.strip_prefix(WIKIDATA)).map(str::to_owned);
    let one = |predicate| triples.nodes(evoked, predicate).next().map(local);
    Ok(Meaning::Relation {
        property: local(evoked),
        wikidata: aligned,
        domain: one(DOMAIN),
        range: one(RANGE).filter(|range| range.starts_with("td:")),
    })
}

/// The PLOVER class of a class or of one above it.
fn plover(triples: &Triples, class: &str, depth: usize) -> Option<String> {
    let own = triples.literals(class, &format!("{TD}plover")).next().map(str::to_owned);
    own.or_else(|| {
        depth
            .checked_sub(1)
            .and_then(|depth| triples.nodes(class, SUB_CLASS).find_map(|above| plover(triples, above, depth)))
    })
}

/// The slots of a frame: those of its construction, and its own, which come after them.
fn slots(triples: &Triples, iri: &str) -> Result<Vec<Slot>, String> {
    let construction = triples.nodes(iri, &lex("construction")).next();
    let mut slots = Vec::new();
    for role in Role::ALL {
        let mut functions = Vec::new();
        let mut restriction = None;
        for node in construction.into_iter().chain(std::iter::once(iri)) {
            functions.extend(triples.literals(node, &lex(role.name())).map(str::to_owned));
            for slot in triples.nodes(node, &lex(role.name())) {
                functions.extend(triples.literals(slot, &lex("as")).map(str::to_owned));
                restriction = restriction.or(class(triples, slot)?);
            }
        }
        if functions.is_empty() {
            continue;
        }
        let mutual = functions.iter().any(|f| f == "member");
        let mut named: Vec<Function> = Vec::new();
        for function in functions.iter().filter(|f| *f != "member").map(|f| Function::from_name(f)) {
            if !named.contains(&function) {
                named.push(function);
            }
        }
        slots.push(Slot { role, functions: named, mutual, class: restriction });
    }
    if slots.is_empty() {
        return Err(
            "has no roles: give it a `lex:construction`, or roles such as `lex:agent \"subject\"`".into()
        );
    }
    Ok(slots)
}

/// The class that a frame or slot is restricted to.
fn class(triples: &Triples, node: &str) -> Result<Option<Class>, String> {
    let Some(iri) = triples.nodes(node, &lex("class")).next() else { return Ok(None) };
    let class = iri.strip_prefix(TD).and_then(Class::from_name);
    class.map(Some).ok_or_else(|| format!("is restricted to `{iri}`, which is no class of entities"))
}
