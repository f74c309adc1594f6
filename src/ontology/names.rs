use super::{Ontology, term};

/// Prefixes that hold without being declared.
const KNOWN: [(&str, &str); 2] = [("td", term::TD), ("lex", term::LEX)];

impl Ontology {
    /// An IRI with a prefix where there is one: `td:Attack`.
    pub fn compact(&self, iri: &str) -> String {
        let fits = |(prefix, namespace): (&str, &str)| {
            let local = iri.strip_prefix(namespace)?;
            let is_plain = local.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            (is_plain && !local.is_empty()).then(|| format!("{prefix}:{local}"))
        };
        self.all_prefixes().find_map(fits).unwrap_or_else(|| iri.to_owned())
    }

    /// The IRI of a name with a prefix, of an IRI in angle brackets, or of an IRI.
    pub fn expand(&self, name: &str) -> Option<String> {
        if let Some(iri) = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
            return Some(iri.to_owned());
        }
        let (prefix, local) = name.split_once(':')?;
        let namespace = self.all_prefixes().find(|(known, _)| *known == prefix);
        match namespace {
            Some((_, namespace)) => Some(format!("{namespace}{local}")),
            None => local.starts_with("//").then(|| name.to_owned()),
        }
    }

    fn all_prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        let declared = self.prefixes.iter().map(|(prefix, iri)| (prefix.as_str(), iri.as_str()));
        KNOWN.into_iter().chain(declared)
    }
}
