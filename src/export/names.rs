//! Which prefix an IRI is abbreviated with.

use std::collections::BTreeMap;

use crate::graph::Base;
use crate::graph::vocab::PREFIXES;

/// Prefixes and their namespaces, and which of them have been used and declared.
pub(super) struct Names {
    /// Namespace, prefix, and whether it is used by what is being written.
    known: Vec<(String, String, bool)>,
    /// What is declared in the output so far: the namespace of each prefix.
    declared: BTreeMap<String, String>,
    /// The namespace in which articles are named.
    articles: String,
    /// The namespaces of places in articles, with their prefixes.
    fragments: BTreeMap<String, (String, bool)>,
}

impl Names {
    pub(super) fn new(base: &Base) -> Self {
        let minted = ["entity", "article", "date", "geometry", "software"]
            .map(|kind| (base.mint(&format!("{kind}/")).into_string(), kind.to_owned(), false));
        let known = PREFIXES.iter().map(|&(prefix, iri)| (iri.to_owned(), prefix.to_owned(), false));
        Self {
            known: known.chain(minted).collect(),
            declared: BTreeMap::new(),
            articles: base.mint("article/").into_string(),
            fragments: BTreeMap::new(),
        }
    }

    /// Gives prefixes to the places in these articles: the empty one if it is one article, else `a1`, `a2` and so on.
    pub(super) fn set_articles(&mut self, subjects: &[&str]) {
        let mut namespaces: Vec<String> = Vec::new();
        for subject in subjects {
            if let Some((article, _)) = subject.split_once('#')
                && article.starts_with(&self.articles)
                && namespaces.last().is_none_or(|last| last.trim_end_matches('#') != article)
            {
                namespaces.push(format!("{article}#"));
            }
        }
        let mut seen = std::collections::HashSet::new();
        namespaces.retain(|namespace| seen.insert(namespace.clone()));
        let alone = namespaces.len() == 1;
        let prefix = |i: usize| if alone { String::new() } else { format!("a{}", i + 1) };
        self.fragments = namespaces.into_iter().enumerate().map(|(i, n)| (n, (prefix(i), false))).collect();
    }

    /// The IRI as it is written: with a prefix if there is one and the rest needs no escapes, else in angle brackets.
    pub(super) fn write(&mut self, iri: &str) -> String {
        let end = iri.rfind(['#', '/', ':']).map_or(0, |i| i + 1);
        let (namespace, local) = iri.split_at(end);
        if is_local(local) {
            if let Some((prefix, used)) = self.fragments.get_mut(namespace) {
                *used = true;
                return format!("{prefix}:{local}");
            }
            if let Some((_, prefix, used)) = self.known.iter_mut().find(|(known, ..)| known == namespace) {
                *used = true;
                return format!("{prefix}:{local}");
            }
        }
        format!("<{iri}>")
    }

    /// The declarations of the prefixes that have been used and are not yet declared so; empty if there are none.
    pub(super) fn declarations(&mut self) -> String {
        let known = self.known.iter().map(|(namespace, prefix, used)| (prefix, namespace, *used));
        let mut fragments: Vec<_> =
            self.fragments.iter().map(|(n, (prefix, used))| (prefix, n, *used)).collect();
        fragments.sort_by_key(|(prefix, ..)| (prefix.len(), prefix.as_str()));
        let mut text = String::new();
        for (prefix, namespace, used) in known.chain(fragments) {
            if used && self.declared.get(prefix) != Some(namespace) {
                text.extend(["@prefix ", prefix, ": <", namespace, "> .\n"]);
                self.declared.insert(prefix.clone(), namespace.clone());
            }
        }
        text
    }
}

/// Whether it may stand behind a prefix as it is (`PN_LOCAL` of Turtle, without escapes and colons).
fn is_local(name: &str) -> bool {
    let mut chars = name.chars();
    let starts = chars.next().is_some_and(|c| is_name_start(c) || c.is_ascii_digit());
    starts && chars.all(|c| c == '.' || is_name(c)) && !name.ends_with('.')
}

/// `PN_CHARS_U`.
fn is_name_start(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '_' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// `PN_CHARS`.
fn is_name(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_are_abbreviated_only_where_no_escape_is_needed() {
        let mut names = Names::new(&Base::default());
        names.set_articles(&["https://w3id.org/tidings/id/article/x-1#m0-4"]);
        for (iri, written) in [
            ("https://w3id.org/tidings/id/entity/Washington_D.C-Q61", "entity:Washington_D.C-Q61"),
            ("https://w3id.org/tidings/id/article/x-1#m0-4", ":m0-4"),
            ("http://dbpedia.org/resource/S%C3%A3o", "<http://dbpedia.org/resource/S%C3%A3o>"),
            ("http://dbpedia.org/resource/Hamas_(group)", "<http://dbpedia.org/resource/Hamas_(group)>"),
            ("https://sws.geonames.org/130758/", "<https://sws.geonames.org/130758/>"),
            ("https://w3id.org/tidings/ontology#City", "td:City"),
            ("urn:x", "<urn:x>"),
        ] {
            assert_eq!(names.write(iri), written);
        }
        let declared = names.declarations();
        assert_eq!(declared.lines().count(), 3, "{declared}");
        assert!(names.declarations().is_empty());
    }
}
