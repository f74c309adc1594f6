use std::collections::BTreeMap;

use serde::Serialize;

use super::{Frame, Lexicon, Meaning};
use crate::ontology::{Ontology, TermKind, term};
use crate::predicate::Kind;

/// What there is to tell of a class, property or frame; terms are written with their prefixes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Its name: `td:Attack`.
    pub term: String,
    /// Its IRI.
    pub iri: String,
    /// `class`, `property`, `frame` and so on.
    pub kind: &'static str,
    /// Its label, or its local name.
    pub label: String,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What is said of it besides, by name: `sub-class of`, `domain`, `same as`, `evokes`.
    pub links: BTreeMap<&'static str, Vec<String>>,
    /// The frames that evoke it; of a frame, itself.
    pub frames: Vec<Words>,
}

/// The words of a frame, its roles and examples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// The frame: `lex:attack`.
    pub frame: String,
    /// What it evokes: `td:Attack`.
    pub evokes: String,
    /// Its verbs.
    pub verbs: Vec<String>,
    /// Its nouns.
    pub nouns: Vec<String>,
    /// Its adjectives.
    pub adjectives: Vec<String>,
    /// Roles with the grammatical functions that fill them at a verb, the likeliest first.
    pub roles: Vec<(&'static str, Vec<String>)>,
    /// Sentences with their roles marked.
    pub examples: Vec<String>,
}

/// Names of the properties that are shown as links, and the other way round.
const LINKS: [(&str, &str, Option<&str>); 9] = [
    (term::SUB_CLASS, "sub-class of", Some("classes below")),
    (term::SUB_PROPERTY, "sub-property of", Some("properties below")),
    (term::DOMAIN, "domain", Some("properties of it")),
    (term::RANGE, "range", Some("properties that lead to it")),
    (term::INVERSE, "inverse of", Some("inverse of")),
    (term::EQUIVALENT_CLASS, "same as", None),
    (term::EQUIVALENT_PROPERTY, "same as", None),
    (term::CLOSE_MATCH, "close to", None),
    ("https://w3id.org/tidings/lexicon#construction", "construction", Some("frames with it")),
];

impl Description {
    fn link(&mut self, name: &'static str, to: String) {
        let links = self.links.entry(name).or_default();
        if !links.contains(&to) {
            links.push(to);
        }
    }
}

/// Tells what is known of a term; `None` if nothing is said of it.
pub fn describe(ontology: &Ontology, lexicon: &Lexicon, iri: &str) -> Option<Description> {
    let kind = ontology.kind(iri)?;
    let text = |predicate| ontology.literals(iri, predicate).next().map(str::to_owned);
    let mut found = Description {
        term: ontology.compact(iri),
        iri: iri.to_owned(),
        kind: match kind {
            TermKind::Class => "class",
            TermKind::Property => "property",
            TermKind::Frame => "frame",
            TermKind::Construction => "construction",
            TermKind::Cue => "cue",
            TermKind::Signature => "signature",
            TermKind::LinkCue => "cue of a link",
        },
        label: text(term::LABEL).unwrap_or_else(|| local(iri).to_owned()),
        comment: text(term::COMMENT),
        ..Description::default()
    };
    for (predicate, name, _) in LINKS {
        for node in ontology.nodes(iri, predicate).filter(|node| !node.starts_with("_:")) {
            found.link(name, ontology.compact(node));
        }
    }
    if let Some(plover) = ontology.plover(iri) {
        found.link("PLOVER", plover.to_owned());
    }
    let above = ontology.above(iri);
    if let Some(cameo) = above.iter().find_map(|class| ontology.literals(class, term::CAMEO).next()) {
        found.link("CAMEO", cameo.to_owned());
    }
    for kind in [TermKind::Class, TermKind::Property, TermKind::Frame] {
        for other in ontology.of_kind(kind) {
            for (predicate, _, reverse) in LINKS {
                if let Some(reverse) = reverse
                    && ontology.nodes(other, predicate).any(|node| node == iri)
                {
                    found.link(reverse, ontology.compact(other));
                }
            }
        }
    }
    let evokes = |frame: &&Frame| frame.iri() == iri || meaning(frame) == found.term || meaning(frame) == iri;
    found.frames = lexicon.frames().iter().filter(evokes).map(|frame| words(ontology, frame)).collect();
    Some(found)
}

/// The terms that a user may mean: by a name with a prefix, an IRI, a local name or label, or a word that evokes a frame.
pub fn find(ontology: &Ontology, lexicon: &Lexicon, name: &str) -> Vec<String> {
    if let Some(iri) = ontology.expand(name).filter(|iri| ontology.kind(iri).is_some()) {
        return vec![iri];
    }
    let mut found: Vec<String> = Vec::new();
    let kinds = [
        TermKind::Class,
        TermKind::Property,
        TermKind::Frame,
        TermKind::Cue,
        TermKind::Signature,
        TermKind::LinkCue,
        TermKind::Construction,
    ];
    for iri in kinds.into_iter().flat_map(|kind| ontology.of_kind(kind)) {
        let labelled = ontology.literals(iri, term::LABEL).any(|label| label.eq_ignore_ascii_case(name));
        if labelled || local(iri).eq_ignore_ascii_case(name) {
            found.push(iri.to_owned());
        }
    }
    let form = name.to_lowercase();
    let adjective = format!("be {form}");
    let looked_up = [(Kind::Verb, &form), (Kind::Noun, &form), (Kind::Verb, &adjective)];
    for frame in looked_up.into_iter().flat_map(|(kind, form)| lexicon.evoked(kind, form)) {
        if !found.contains(&frame.iri()) {
            found.push(frame.iri());
        }
    }
    for frame in supported(lexicon, &form) {
        if !found.contains(&frame.iri()) {
            found.push(frame.iri());
        }
    }
    found
}

/// The frames of a noun with a verb that only carries it: `conduct an exercise`.
fn supported<'l>(lexicon: &'l Lexicon, form: &str) -> Vec<&'l Frame> {
    let Some((verb, noun)) = form.split_once(' ') else { return Vec::new() };
    let noun = ["a ", "an ", "the "].iter().find_map(|article| noun.strip_prefix(article)).unwrap_or(noun);
    lexicon.evoked(Kind::Noun, noun).filter(|frame| frame.support.contains(verb)).collect()
}

/// What stands behind the last `#` or `/`.
fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

fn meaning(frame: &Frame) -> &str {
    match &frame.meaning {
        Meaning::Event { class, .. } => class,
        Meaning::Relation { property, .. } => property,
    }
}

fn words(ontology: &Ontology, frame: &Frame) -> Words {
    let list = |words: &std::collections::BTreeSet<String>| words.iter().cloned().collect();
    let roles = frame.slots(Kind::Verb).iter().map(|slot| {
        let functions = slot.functions.iter().map(|function| function.name().to_owned());
        (slot.role.name(), functions.chain(slot.mutual.then(|| "member".to_owned())).collect())
    });
    Words {
        frame: ontology.compact(&frame.iri()),
        evokes: ontology.compact(&ontology.expand(meaning(frame)).unwrap_or_default()),
        verbs: list(&frame.verbs),
        nouns: list(&frame.nouns),
        adjectives: list(&frame.adjectives),
        roles: roles.collect(),
        examples: frame.examples.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_tells_its_words_and_where_it_stands() {
        let (ontology, lexicon) = (Ontology::builtin(), Lexicon::builtin());
        let iris = find(&ontology, lexicon, "td:Kidnapping");
        let found = describe(&ontology, lexicon, &iris[0]).unwrap();
        assert_eq!((found.kind, found.label.as_str()), ("class", "kidnapping"));
        assert!(found.links.contains_key("sub-class of") && found.links.contains_key("PLOVER"));
        assert!(found.frames.iter().any(|words| words.verbs.iter().any(|verb| verb == "kidnap")));
    }

    #[test]
    fn words_labels_and_local_names_are_found() {
        let (ontology, lexicon) = (Ontology::builtin(), Lexicon::builtin());
        assert_eq!(find(&ontology, lexicon, "kidnap"), ["https://w3id.org/tidings/lexicon#kidnap"]);
        assert_eq!(find(&ontology, lexicon, "Head of State")[0], format!("{}headOfState", term::TD));
        assert!(
            find(&ontology, lexicon, "abduct")
                .contains(&"https://w3id.org/tidings/lexicon#kidnap".to_owned())
        );
        assert_eq!(find(&ontology, lexicon, "conduct an exercise"), find(&ontology, lexicon, "exercise"));
        assert!(find(&ontology, lexicon, "qwertyuiop").is_empty());
    }
}
