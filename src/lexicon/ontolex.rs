//! The lexicon as `OntoLex`-Lemon (W3C Community Group report of 10 May 2016), with the categories of `LexInfo` 3.
//!
//! `ontology/lexicon/README.md` tells what becomes what.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use super::{Frame, Lexicon, Meaning, Role, Slot};
use crate::ontology::term::{LEX, TD, TYPE};
use crate::predicate::Kind;
use crate::text::Marked;

const ONTOLEX: &str = "http://www.w3.org/ns/lemon/ontolex#";
const SYNSEM: &str = "http://www.w3.org/ns/lemon/synsem#";
const LIME: &str = "http://www.w3.org/ns/lemon/lime#";
const LEXINFO: &str = "http://www.lexinfo.net/ontology/3.0/lexinfo#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// The prefixes of what [`quads`] writes.
pub const PREFIXES: [(&str, &str); 7] = [
    ("lex", LEX),
    ("lexinfo", LEXINFO),
    ("lime", LIME),
    ("ontolex", ONTOLEX),
    ("skos", SKOS),
    ("synsem", SYNSEM),
    ("td", TD),
];

/// A word with its part of speech.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry<'a> {
    form: &'a str,
    part: &'static str,
}

/// The triples that describe a lexicon, in the default graph.
pub fn quads(lexicon: &Lexicon) -> Vec<Quad> {
    let mut entries: BTreeMap<Entry<'_>, Vec<&Frame>> = BTreeMap::new();
    for frame in lexicon.frames() {
        for (part, words) in
            [("verb", &frame.verbs), ("noun", &frame.nouns), ("adjective", &frame.adjectives)]
        {
            for form in words {
                entries.entry(Entry { form, part }).or_default().push(frame);
            }
        }
    }
    let mut graph = Graph::default();
    let all = "https://w3id.org/tidings/lexicon";
    graph.add(all, TYPE, node(&format!("{LIME}Lexicon")));
    graph.add(all, &format!("{LIME}language"), Literal::from("en"));
    for frame in lexicon.frames() {
        for (part, kind) in [("verb", Kind::Verb), ("noun", Kind::Noun)] {
            graph.add_frame(frame, part, frame.slots(kind));
        }
    }
    let prepositions = std::mem::take(&mut graph.prepositions);
    for form in &prepositions {
        entries.entry(Entry { form, part: "preposition" }).or_default();
    }
    for (entry, frames) in &entries {
        graph.add(all, &format!("{LIME}entry"), node(&entry.iri()));
        graph.add_entry(entry);
        for frame in frames {
            graph.add_sense(entry, frame);
        }
    }
    graph.add(all, &format!("{LIME}lexicalEntries"), Literal::from(entries.len() as u64));
    graph.quads.sort_by_cached_key(|quad| quad.subject.to_string());
    graph.quads
}

impl Entry<'_> {
    /// `https://w3id.org/tidings/lexicon#carry_out-verb`
    fn iri(&self) -> String {
        let plain = |c: char| match c {
            ' ' => '_',
            c if c.is_alphanumeric() || c == '-' => c,
            _ => '.',
        };
        format!("{LEX}{}-{}", self.form.chars().map(plain).collect::<String>(), self.part)
    }
}

#[derive(Default)]
struct Graph {
    quads: Vec<Quad>,
    /// Those that mark arguments.
    prepositions: BTreeSet<String>,
}

fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// The property of `LexInfo` for an argument.
fn argument(function: &str) -> &'static str {
    match function {
        "subject" => "subject",
        "object" => "directObject",
        "indirect" => "indirectObject",
        "clause" | "within" => "declarativeClause",
        "complement" => "objectComplement",
        "possessive" => "possessiveAdjunct",
        "modifier" => "attributiveArg",
        "self" => "copulativeSubject",
        _ => "prepositionalObject",
    }
}

/// The class of `LexInfo` for the frame of a word, by the likeliest argument of each role.
fn frame_class(part: &str, slots: &[Slot]) -> &'static str {
    let first = |slot: &Slot| slot.functions.first().map(|function| argument(function.name()));
    let has = |wanted| slots.iter().any(|slot| first(slot) == Some(wanted));
    match (part, has("directObject"), has("prepositionalObject")) {
        ("verb", true, true) => "TransitivePPFrame",
        ("verb", true, false) => "TransitiveFrame",
        ("verb", false, true) => "IntransitivePPFrame",
        ("verb", false, false) => "IntransitiveFrame",
        (_, _, true) => "NounPPFrame",
        _ => "NounPredicateFrame",
    }
}

impl Graph {
    fn add(&mut self, subject: &str, predicate: &str, object: impl Into<Term>) {
        self.quads.push(Quad::new(node(subject), node(predicate), object, GraphName::DefaultGraph));
    }

    fn add_entry(&mut self, entry: &Entry<'_>) {
        let iri = entry.iri();
        let class = if entry.form.contains(' ') { "MultiwordExpression" } else { "Word" };
        self.add(&iri, TYPE, node(&format!("{ONTOLEX}LexicalEntry")));
        self.add(&iri, TYPE, node(&format!("{ONTOLEX}{class}")));
        self.add(&iri, &format!("{LIME}language"), Literal::from("en"));
        self.add(&iri, &format!("{LEXINFO}partOfSpeech"), node(&format!("{LEXINFO}{}", entry.part)));
        let form = format!("{iri}-form");
        self.add(&iri, &format!("{ONTOLEX}canonicalForm"), node(&form));
        self.add(&form, TYPE, node(&format!("{ONTOLEX}Form")));
        let written = Literal::new_language_tagged_literal_unchecked(entry.form, "en");
        self.add(&form, &format!("{ONTOLEX}writtenRep"), written);
    }

    fn add_sense(&mut self, entry: &Entry<'_>, frame: &Frame) {
        let name = frame.name.rsplit(['#', '/']).next().unwrap_or(&frame.name);
        let sense = format!("{}-{name}", entry.iri());
        self.add(&entry.iri(), &format!("{ONTOLEX}sense"), node(&sense));
        self.add(&sense, TYPE, node(&format!("{ONTOLEX}LexicalSense")));
        let reference = match &frame.meaning {
            Meaning::Event { class, .. } => class,
            Meaning::Relation { property, .. } => property,
        };
        self.add(&sense, &format!("{ONTOLEX}reference"), node(&full(reference)));
        for example in &frame.examples {
            let text = Marked::parse(example, ':').map_or_else(|_| example.clone(), |parsed| parsed.text);
            let text = Literal::new_language_tagged_literal_unchecked(text, "en");
            self.add(&sense, &format!("{SKOS}example"), text);
        }
        if entry.part != "adjective" {
            let behaviour = behaviour(frame, entry.part);
            self.add(&entry.iri(), &format!("{SYNSEM}synBehavior"), node(&behaviour));
            self.add(&format!("{behaviour}-map"), &format!("{SYNSEM}ontoMapping"), node(&sense));
        }
    }

    /// The syntactic frame that the verbs or nouns of a frame share, and what its arguments are to the event or property.
    fn add_frame(&mut self, frame: &Frame, part: &str, slots: &[Slot]) {
        let words = if part == "verb" { &frame.verbs } else { &frame.nouns };
        if words.is_empty() {
            return;
        }
        let behaviour = behaviour(frame, part);
        let map = format!("{behaviour}-map");
        self.add(&behaviour, TYPE, node(&format!("{SYNSEM}SyntacticFrame")));
        self.add(&behaviour, TYPE, node(&format!("{LEXINFO}{}", frame_class(part, slots))));
        self.add(&map, TYPE, node(&format!("{SYNSEM}OntoMap")));
        if matches!(frame.meaning, Meaning::Event { .. }) {
            let event = format!("{behaviour}-event");
            self.add(&event, TYPE, node(&format!("{SYNSEM}SyntacticArgument")));
            self.add(&map, &format!("{SYNSEM}isA"), node(&event));
        }
        for slot in slots {
            self.add_slot(&behaviour, &map, slot);
        }
    }

    fn add_slot(&mut self, behaviour: &str, map: &str, slot: &Slot) {
        let role = slot.role.name();
        let own = format!("{behaviour}-{role}");
        let of = |name| format!("{SYNSEM}{name}");
        let (map, place) = match slot.role {
            Role::Head => (map, of("subjOfProp")),
            Role::Tail => (map, of("objOfProp")),
            _ => {
                self.add(map, &of("submap"), node(&own));
                self.add(&own, TYPE, node(&of("OntoMap")));
                self.add(&own, &format!("{ONTOLEX}reference"), node(&format!("{TD}{role}")));
                self.add(&own, &of("subjOfProp"), node(&format!("{behaviour}-event")));
                (own.as_str(), of("objOfProp"))
            }
        };
        if let Some(class) = slot.class {
            self.add(map, &of("propertyRange"), node(&full(class.name())));
        }
        for (number, function) in slot.functions.iter().enumerate() {
            let name = function.name();
            let iri = format!("{own}-{}", number + 1);
            let kind = argument(name);
            self.add(behaviour, &format!("{LEXINFO}{kind}"), node(&iri));
            self.add(&iri, TYPE, node(&of("SyntacticArgument")));
            self.add(map, &place, node(&iri));
            if kind == "prepositionalObject" {
                self.add(&iri, &of("marker"), node(&Entry { form: name, part: "preposition" }.iri()));
                self.prepositions.insert(name.to_owned());
            }
            if number > 0 {
                self.add(&iri, &of("optional"), Literal::from(true));
            }
        }
    }
}

/// The IRI of the syntactic frame that the words of a frame share: `https://w3id.org/tidings/lexicon#kidnap-verbs`.
fn behaviour(frame: &Frame, part: &str) -> String {
    format!("{}-{part}s", frame.iri())
}

/// The IRI of `td:Attack`; an IRI as it is.
fn full(name: &str) -> String {
    name.strip_prefix("td:").map_or_else(|| name.to_owned(), |name| format!("{TD}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_forms_senses_and_arguments() {
        let quads = quads(Lexicon::builtin());
        let objects = |subject: &str, predicate: &str| -> Vec<String> {
            let found = quads
                .iter()
                .filter(|q| q.subject == node(subject).into() && q.predicate.as_str() == predicate);
            found.map(|q| q.object.to_string()).collect()
        };
        let entry = format!("{LEX}kidnap-verb");
        let sense = format!("{LEX}kidnap-verb-kidnap");
        assert_eq!(objects(&entry, &format!("{ONTOLEX}sense")), [format!("<{sense}>")]);
        assert_eq!(objects(&sense, &format!("{ONTOLEX}reference")), [format!("<{TD}Kidnapping>")]);
        let frame = objects(&entry, &format!("{SYNSEM}synBehavior"));
        let frame = frame[0].trim_matches(['<', '>']);
        assert_eq!(objects(frame, &format!("{LEXINFO}subject")), [format!("<{LEX}kidnap-verbs-agent-1>")]);
        let written = objects(&format!("{entry}-form"), &format!("{ONTOLEX}writtenRep"));
        assert_eq!(written, ["\"kidnap\"@en"]);
    }

    #[test]
    fn every_entry_has_one_form_and_every_argument_one_frame() {
        let quads = quads(Lexicon::builtin());
        for property in ["ontolex#canonicalForm", "ontolex#writtenRep"] {
            let mut subjects: Vec<String> = quads
                .iter()
                .filter(|q| q.predicate.as_str().ends_with(property))
                .map(|q| q.subject.to_string())
                .collect();
            let count = subjects.len();
            subjects.sort();
            subjects.dedup();
            assert_eq!(subjects.len(), count, "{property}");
        }
        let examples = quads.iter().filter(|q| q.predicate.as_str() == format!("{SKOS}example"));
        let marked: Vec<String> =
            examples.map(|q| q.object.to_string()).filter(|e| e.contains('[')).collect();
        assert!(marked.is_empty(), "{marked:?}");
    }
}
