//! From a statement or event back to the sentences that it comes from.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};

use super::statement::{Described, by_subject, confidence, is_a, is_asserted, objects, reified};
use super::{Entry, Error, Folder, shorten};
use crate::graph::vocab::{oa, prov, rdf, rdfs, schema, sem, td, time};

/// A statement or event with what it rests on.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Trace {
    /// Its IRI.
    pub iri: String,
    /// What it says, in words: `Iran td:borders Iraq`, or `td:Attack, td:agent Iran, td:patient Iraq`.
    pub says: String,
    /// Whether the article asserts it, so that the plain triple, or a class of events, is in the graph.
    pub asserted: bool,
    /// How sure the program is, from 0 to 1.
    pub confidence: Option<f64>,
    /// How the article presents it: `td:Certain`, `td:Affirmed`, and a mood if it has one.
    pub presented: Vec<String>,
    /// In whose words: the nearest source first.
    pub said_by: Vec<Saying>,
    /// When it is: `at 2023-10`.
    pub when: Vec<String>,
    /// The triples that follow from it by the ontology.
    pub inferred: Vec<String>,
    /// The article: IRI, headline, publisher, date.
    pub article: String,
    /// Headline, publisher and date of the article, as far as it has them.
    pub source: Vec<String>,
    /// The sentences.
    pub evidence: Vec<Evidence>,
    /// The article's text, where the graph keeps it.
    #[serde(skip)]
    pub text: Option<String>,
}

/// That somebody says something.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Saying {
    /// Who; none where the graph does not know.
    pub source: Option<String>,
    /// The stance: `td:Denies`.
    pub stance: Option<String>,
    /// The word that tells it.
    pub cue: Option<String>,
}

/// A sentence that something rests on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// Its words.
    pub text: String,
    /// Where it begins in the article, in code points.
    pub start: usize,
    /// The words that matter, as half-open ranges of the article's code points.
    pub marked: Vec<(usize, usize)>,
}

impl Evidence {
    /// The sentence with the words that matter in brackets, on one line.
    pub fn in_brackets(&self) -> String {
        let mut text = String::new();
        for (i, c) in self.text.chars().enumerate() {
            let at = self.start + i;
            let ends = self.marked.iter().filter(|(_, end)| *end == at).count();
            text.extend(std::iter::repeat_n(']', ends));
            let starts = self.marked.iter().filter(|(start, end)| *start == at && end > start).count();
            text.extend(std::iter::repeat_n('[', starts));
            match c {
                c if !c.is_whitespace() => text.push(c),
                _ if text.ends_with(' ') => {}
                _ => text.push(' '),
            }
        }
        let end = self.start + self.text.chars().count();
        text.truncate(text.trim_end().len());
        text.extend(self.marked.iter().filter(|(_, e)| *e == end).map(|_| ']'));
        text
    }
}

impl Trace {
    /// What an IRI stands for: a statement or event itself; of an inferred statement those that it follows from; of
    /// anything else (an entity) all statements and events that it has a part in, in all articles.
    pub fn of(folder: &Folder, node: &NamedNode) -> Result<Vec<Self>, Error> {
        let own = node.as_str().split_once('#').and_then(|(article, _)| folder.manifest().get(article));
        let entries: Vec<&Entry> =
            own.map_or_else(|| folder.manifest().entries().collect(), |entry| vec![entry]);
        let mut traces = Vec::new();
        for entry in entries {
            if let Some(article) = folder.read(entry)? {
                traces.extend(Graph::new(&article.quads, &article.article).traces(node));
            }
        }
        Ok(traces)
    }
}

/// The graph of one article.
struct Graph<'q> {
    article: &'q str,
    described: Described<'q>,
}

impl<'q> Graph<'q> {
    fn new(quads: &'q [Quad], article: &'q str) -> Self {
        Self { article, described: by_subject(quads) }
    }

    fn about(&self, node: &NamedNode) -> &[&'q Quad] {
        self.described.get(&NamedOrBlankNode::from(node.clone())).map_or(&[], Vec::as_slice)
    }

    fn traces(&self, node: &NamedNode) -> Vec<Trace> {
        let about = self.about(node);
        let mut wanted: Vec<NamedNode> = if is_told(about) {
            vec![node.clone()]
        } else if is_a(about, td::INFERRED_STATEMENT) {
            nodes(about, prov::WAS_DERIVED_FROM).cloned().collect()
        } else {
            let takes_part = |about: &[&Quad]| {
                is_told(about) && about.iter().any(|quad| quad.object == node.clone().into())
            };
            let told = self.described.iter().filter(|(_, about)| takes_part(about));
            told.filter_map(|(node, _)| named(node)).collect()
        };
        // In the order of the text.
        wanted.sort_by_cached_key(|node| {
            (self.evidence(self.about(node)).first().map(|e| e.start), node.to_string())
        });
        wanted.iter().map(|node| self.trace(node)).collect()
    }

    fn trace(&self, node: &NamedNode) -> Trace {
        let about = self.about(node);
        let presented = [td::HAS_CERTAINTY, td::HAS_POLARITY, td::HAS_MOOD];
        let article = NamedNode::new_unchecked(self.article);
        let of_article = [schema::HEADLINE, schema::PUBLISHER, schema::DATE_PUBLISHED];
        Trace {
            iri: node.as_str().to_owned(),
            says: self.says(about),
            asserted: is_asserted(about),
            confidence: confidence(about),
            presented: presented
                .iter()
                .flat_map(|&p| objects(about, p))
                .map(|term| self.name(term))
                .collect(),
            said_by: self.said_by(about),
            when: self.when(about),
            inferred: self.inferred(node),
            article: self.article.to_owned(),
            source: of_article
                .iter()
                .flat_map(|&p| objects(self.about(&article), p))
                .map(|t| self.name(t))
                .collect(),
            evidence: self.evidence(about),
            text: objects(self.about(&article), schema::ARTICLE_BODY).next().map(|text| self.name(text)),
        }
    }

    fn says(&self, about: &[&Quad]) -> String {
        if let Some(triple) = reified(about) {
            return self.triple(&triple);
        }
        let is_class = |class: &&NamedNode| {
            ![td::ASSERTED_EVENT, td::UNASSERTED_EVENT, sem::EVENT].contains(&class.as_ref())
        };
        let classes = nodes(about, rdf::TYPE).filter(is_class).chain(nodes(about, td::EVENT_CLASS));
        let mut parts: Vec<String> = classes.map(short).collect();
        let kept = [
            td::HAS_CERTAINTY,
            td::HAS_POLARITY,
            td::HAS_MOOD,
            td::ATTRIBUTED_TO,
            td::ATTRIBUTION,
            td::WORDS,
        ];
        let other = [td::EVENT_CLASS, td::SAME_EVENT_AS, td::SINCE, td::UNTIL];
        for quad in about {
            let property = quad.predicate.as_ref();
            let is_ours = property.as_str().starts_with(td::NAMESPACE);
            let is_role = is_ours && ![&kept[..], &other].concat().contains(&property);
            if (is_role || property == sem::HAS_PLACE) && matches!(quad.object, Term::NamedNode(_)) {
                parts.push(format!("{} {}", short(&quad.predicate), self.name(&quad.object)));
            }
        }
        parts.join(", ")
    }

    fn triple(&self, triple: &Triple) -> String {
        let subject = self.name(&triple.subject.clone().into());
        format!("{subject} {} {}", short(&triple.predicate), self.name(&triple.object))
    }

    /// The label of a node, or its short name; the value of a literal.
    fn name(&self, term: &Term) -> String {
        match term {
            Term::NamedNode(node) => {
                let label = objects(self.about(node), rdfs::LABEL).next();
                label.map_or_else(|| short(node), |label| self.name(label))
            }
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        }
    }

    fn said_by(&self, about: &[&Quad]) -> Vec<Saying> {
        let mut sayings = Vec::new();
        let mut next: Vec<&NamedNode> = nodes(about, td::ATTRIBUTION).collect();
        let mut seen = Vec::new();
        while let Some(node) = next.pop().filter(|node| !seen.contains(node)) {
            let about = self.about(node);
            let one = |property| objects(about, property).next().map(|term| self.name(term));
            sayings.push(Saying {
                source: one(td::ATTRIBUTED_TO),
                stance: one(td::HAS_STANCE),
                cue: one(td::CUE),
            });
            seen.push(node);
            next.extend(nodes(about, td::WITHIN));
        }
        sayings
    }

    fn when(&self, about: &[&Quad]) -> Vec<String> {
        let mut when = Vec::new();
        for (word, property) in [("at", sem::HAS_TIME), ("since", td::SINCE), ("until", td::UNTIL)] {
            for node in nodes(about, property) {
                let about = self.about(node);
                let value = objects(about, td::TIMEX).chain(objects(about, time::IN_XSD_DATE)).next();
                when.extend(value.map(|value| format!("{word} {}", self.name(value))));
            }
        }
        when
    }

    fn inferred(&self, node: &NamedNode) -> Vec<String> {
        let follows = |about: &[&Quad]| {
            is_a(about, td::INFERRED_STATEMENT)
                && nodes(about, prov::WAS_DERIVED_FROM).any(|from| from == node)
        };
        let inferred = self.described.values().filter(|about| follows(about));
        let mut inferred: Vec<String> =
            inferred.filter_map(|about| reified(about)).map(|triple| self.triple(&triple)).collect();
        inferred.sort();
        inferred
    }

    fn evidence(&self, about: &[&Quad]) -> Vec<Evidence> {
        let words: Vec<(usize, usize)> =
            nodes(about, td::WORDS).filter_map(|node| range(self.about(node))).collect();
        let mut evidence: BTreeMap<usize, Evidence> = BTreeMap::new();
        for passage in nodes(about, prov::WAS_DERIVED_FROM) {
            for selector in nodes(self.about(passage), oa::HAS_SELECTOR) {
                let about = self.about(selector);
                let (Some((start, end)), Some(text)) = (range(about), objects(about, oa::EXACT).next())
                else {
                    continue;
                };
                let is_within = |&&(from, to): &&(usize, usize)| start <= from && to <= end;
                let mut marked: Vec<(usize, usize)> = words.iter().filter(is_within).copied().collect();
                marked.sort_unstable();
                evidence.insert(start, Evidence { text: self.name(text), start, marked });
            }
        }
        evidence.into_values().collect()
    }
}

fn named(node: &NamedOrBlankNode) -> Option<NamedNode> {
    match node {
        NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn is_told(about: &[&Quad]) -> bool {
    [td::STATEMENT, td::ASSERTED_EVENT, td::UNASSERTED_EVENT].iter().any(|&class| is_a(about, class))
}

/// The objects of a property that have an IRI.
fn nodes<'q>(about: &[&'q Quad], property: NamedNodeRef<'_>) -> impl Iterator<Item = &'q NamedNode> {
    objects(about, property).filter_map(|object| match object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    })
}

/// The place of a selector, in code points.
fn range(about: &[&Quad]) -> Option<(usize, usize)> {
    let at = |property| match objects(about, property).next()? {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    };
    Some((at(oa::START)?, at(oa::END)?))
}

fn short(iri: &NamedNode) -> String {
    shorten(iri.as_str()).unwrap_or_else(|| iri.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_matter_stand_in_brackets() {
        let evidence = Evidence {
            text: "Łódź lies in \nPoland".to_owned(),
            start: 10,
            marked: vec![(10, 14), (24, 30)],
        };
        assert_eq!(evidence.in_brackets(), "[Łódź] lies in [Poland]");
        let nested = Evidence { text: "Iran's army".to_owned(), start: 0, marked: vec![(0, 4), (0, 11)] };
        assert_eq!(nested.in_brackets(), "[[Iran]'s army]");
    }
}
