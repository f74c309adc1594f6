//! Whether quotes stand where they are said to stand.

use std::collections::HashMap;

use oxigraph::model::{NamedOrBlankNode, Quad, Term};

use crate::graph::vocab::oa;

/// A quote with its place.
#[derive(Default)]
struct Selector<'q> {
    exact: Option<&'q str>,
    prefix: Option<&'q str>,
    suffix: Option<&'q str>,
    start: Option<usize>,
    end: Option<usize>,
}

/// The characters of an article as far as they are known: all, or those that quotes tell.
pub(super) struct Characters(Vec<Option<char>>);

impl Characters {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(text.chars().map(Some).collect())
    }

    /// None yet, of a text of this length.
    pub(super) fn unknown(length: usize) -> Self {
        Self(vec![None; length])
    }

    /// Notes that these characters stand from `start` on; whether they can.
    fn hold(&mut self, start: usize, quote: &str) -> bool {
        for (at, c) in (start..).zip(quote.chars()) {
            match self.0.get_mut(at) {
                None => return false,
                Some(Some(known)) if *known != c => return false,
                Some(place) => *place = Some(c),
            }
        }
        true
    }
}

/// Checks every quote against the characters, and all of them against each other. Gives their number, and what is wrong:
/// the selector and a phrase.
pub(super) fn check(quads: &[Quad], characters: &mut Characters) -> (usize, Vec<(String, String)>) {
    let mut selectors: HashMap<&NamedOrBlankNode, Selector<'_>> = HashMap::new();
    for quad in quads {
        let Term::Literal(literal) = &quad.object else { continue };
        let value = literal.value();
        let of_selectors = [oa::EXACT, oa::PREFIX, oa::SUFFIX, oa::START, oa::END];
        if !of_selectors.contains(&quad.predicate.as_ref()) {
            continue;
        }
        let selector = selectors.entry(&quad.subject).or_default();
        match quad.predicate.as_ref() {
            oa::EXACT => selector.exact = Some(value),
            oa::PREFIX => selector.prefix = Some(value),
            oa::SUFFIX => selector.suffix = Some(value),
            oa::START => selector.start = value.parse().ok(),
            _ => selector.end = value.parse().ok(),
        }
    }
    let mut selectors: Vec<_> = selectors.into_iter().collect();
    // The longest first: they tell most of the text.
    selectors
        .sort_by_key(|(node, selector)| (selector.start, std::cmp::Reverse(selector.end), node.to_string()));
    let mut wrong = Vec::new();
    for (node, selector) in &selectors {
        if let Some(problem) = selector.problem(characters) {
            wrong.push((node.to_string(), problem));
        }
    }
    (selectors.len(), wrong)
}

impl Selector<'_> {
    fn problem(&self, characters: &mut Characters) -> Option<String> {
        let (Some(exact), Some(start), Some(end)) = (self.exact, self.start, self.end) else {
            return Some("lacks its quote or its position".to_owned());
        };
        let length = exact.chars().count();
        if start.checked_add(length) != Some(end) {
            return Some(format!("quotes {length} characters, and says that they stand at {start}-{end}"));
        }
        let before = self.prefix.unwrap_or_default();
        let from = start.checked_sub(before.chars().count());
        let stands = characters.hold(start, exact)
            && from.is_some_and(|from| characters.hold(from, before))
            && characters.hold(end, self.suffix.unwrap_or_default());
        (!stands).then(|| format!("quotes `{exact}`, which does not stand at {start}-{end}"))
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;

    fn selector(name: &str, exact: &str, start: usize, end: usize) -> Vec<Quad> {
        let node = NamedNode::new(format!("http://e/{name}")).unwrap();
        let state = |property: oxigraph::model::NamedNodeRef<'_>, value: String| {
            Quad::new(node.clone(), property, Literal::from(value), node.clone())
        };
        vec![
            state(oa::EXACT, exact.to_owned()),
            state(oa::START, start.to_string()),
            state(oa::END, end.to_string()),
        ]
    }

    fn wrong(quads: &[Quad], characters: &mut Characters) -> Vec<String> {
        check(quads, characters).1.into_iter().map(|(node, problem)| format!("{node} {problem}")).collect()
    }

    #[test]
    fn quotes_are_compared_with_the_text_in_characters() {
        let text = "Zürich and Łódź";
        assert_eq!(wrong(&selector("q", "and", 7, 10), &mut Characters::of(text)), [""; 0]);
        assert_eq!(
            wrong(&selector("q", "end", 7, 10), &mut Characters::of(text)),
            ["<http://e/q> quotes `end`, which does not stand at 7-10"]
        );
        assert!(wrong(&selector("q", "and", 7, 11), &mut Characters::of(text))[0].contains("3 characters"));
        assert_eq!(wrong(&selector("q", "x", 15, 16), &mut Characters::of(text)).len(), 1);
    }

    #[test]
    fn without_the_text_quotes_are_compared_with_each_other() {
        let mut quads = selector("sentence", "Iran met Iraq.", 0, 14);
        quads.extend(selector("name", "Iraq", 9, 13));
        assert_eq!(wrong(&quads, &mut Characters::unknown(14)), [""; 0]);
        quads.extend(selector("other", "Iran", 9, 13));
        assert_eq!(wrong(&quads, &mut Characters::unknown(14)).len(), 1);
    }
}
