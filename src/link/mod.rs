//! Which thing a name means: the knowledge base, and the choice among its candidates.
//!
//! Takes the names that [`crate::extract`] has gathered, and gives an [`Annotation`]: each group of names is an entity with
//! its class and its links. The groups of an article are weighed together: each candidate by its name, its class and how it
//! goes with what the other groups mean ([`Feature`]); a log-linear model ([`Model`]) makes a probability of that, for each
//! candidate and for none of them. Groups that turn out to mean the same (`Iran`, `Iranian`) become one entity.

mod annotate;
mod candidates;
mod features;
mod group;
mod metonym;
mod model;
mod offices;
mod setting;
mod spelling;
mod sport;
mod weights;
mod words;
mod written_out;

pub use candidates::By;
pub use features::{FEATURES, Feature, Values};
pub use model::Model;
pub use offices::add_offices;

use crate::annotation::Annotation;
use crate::extract::{NameType, Names};
use crate::kb::{Kb, KbId};
use crate::nlp::Doc;
use crate::nlp::model::Vectors;
use crate::source::Article;
use crate::text::Span;
use group::Group;
use setting::{Setting, Weighed};
use words::Words;

/// Least score at which a link is made: the likeliest candidate is then mostly right, and nearly always likelier than none. What
/// is not sure ([`crate::annotation::SURE`]) is only said to be close.
pub const LEAST: f64 = 0.3;
/// How much an article must speak of sport for what teams do to tell a team.
const IN_SPORT: f64 = 0.25;
/// Rounds in which the groups of an article come to agree.
const ROUNDS: usize = 3;

/// Decides what names mean, by a knowledge base.
#[derive(Clone, Copy)]
pub struct Linker<'a> {
    kb: &'a Kb,
    vectors: Option<&'a Vectors>,
    model: Model,
}

/// The entity that a group of names is taken to mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The entity.
    pub entity: KbId,
    /// How likely it is meant, from 0 to 1.
    pub score: f64,
}

/// How a group of names was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Indexes of the names, in the order of the text.
    pub names: Vec<usize>,
    /// Where they stand.
    pub spans: Vec<Span>,
    /// Of each, the country for whose government the place that it names stands there.
    pub governments: Vec<Option<KbId>>,
    /// The distinct forms, the longest first.
    pub forms: Vec<String>,
    /// What most of them were taken for.
    pub name_type: NameType,
    /// The entities that it may mean, the likeliest first.
    pub candidates: Vec<Judged>,
    /// The entity that it is taken to mean, if any is likely enough.
    pub choice: Option<Choice>,
}

/// How a candidate was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The entity.
    pub entity: KbId,
    /// The name that led to it.
    pub name: String,
    /// How it did.
    pub by: By,
    /// What speaks for and against it.
    pub values: Values,
    /// How likely it is meant, from 0 to 1.
    pub score: f64,
}

impl<'a> Linker<'a> {
    /// A linker with the trained model; the word vectors are those of the language pipeline, where it has any.
    pub fn new(kb: &'a Kb, vectors: Option<&'a Vectors>) -> Self {
        Self { kb, vectors, model: Model::trained() }
    }

    /// The same linker with another model, such as one that is being trained.
    #[must_use]
    pub fn with_model(self, model: Model) -> Self {
        Self { model, ..self }
    }

    /// The knowledge base.
    pub fn kb(&self) -> &'a Kb {
        self.kb
    }

    /// Decides what each group of names means.
    pub fn link(&self, article: Article, doc: &Doc, names: &Names) -> Annotation {
        let groups = self.weigh(doc, names);
        let sentences = doc.sentences().iter().map(|&s| doc.sentence_span(s)).collect();
        let annotation = Annotation { article, sentences, ..Annotation::default() };
        annotate::annotate(annotation, self.kb, doc, names, &groups)
    }

    /// How each group of names is judged, in their order.
    pub fn judge(&self, doc: &Doc, names: &Names) -> Vec<Judgement> {
        self.weigh(doc, names).iter().map(|weighed| judgement(self.kb, doc, weighed)).collect()
    }

    /// The groups with their candidates and how likely each is.
    fn weigh<'n>(&self, doc: &'n Doc, names: &'n Names) -> Vec<Weighed<'n>> {
        let words = Words::new(doc, self.vectors);
        let mut groups: Vec<Weighed<'n>> =
            names.groups.iter().map(|members| self.weigh_group(&words, doc, names, members)).collect();
        for _ in 0..ROUNDS {
            let setting = Setting::new(self.kb, doc, &groups);
            let compared: Vec<Vec<Values>> =
                (0..groups.len()).map(|number| setting.compare(self.kb, &groups, number)).collect();
            for (weighed, values) in groups.iter_mut().zip(compared) {
                weighed.beliefs = self.model.probabilities(&values);
                weighed.values = values;
            }
        }
        groups
    }

    /// A group with its candidates, weighed by itself.
    fn weigh_group<'n>(
        &self,
        words: &Words<'_>,
        doc: &'n Doc,
        names: &'n Names,
        members: &'n [usize],
    ) -> Weighed<'n> {
        let group = Group::new(members, names, doc, words.sports().share >= IN_SPORT);
        let mut candidates = candidates::candidates(self.kb, &group);
        if words.has_as_word(group.forms[0]) {
            candidates.retain(|candidate| !candidate.found.is_demonym); // `Polish` beside `nail polish`
        }
        candidates::prefer_teams(self.kb, &group, &mut candidates);
        let bearers = candidates::bearers(self.kb, &group);
        let teams = candidates::popularity_of_teams(self.kb, &candidates);
        let (own, near) = (words::own_words(&group), Words::near(doc, &group));
        let described = Words::descriptions(doc, &group);
        let values = |candidate: &candidates::Candidate<'_>| {
            let mut values = features::of_name(self.kb, &group, candidate, candidates.len(), bearers);
            features::set_context(
                &mut values,
                &words.agreement(self.kb, candidate.found.entity, &own, &near, &described),
            );
            features::set_sport(&mut values, self.kb, &group, candidate, words.sports(), teams);
            values.set_products();
            values
        };
        let values: Vec<Values> = candidates.iter().map(values).collect();
        let beliefs = self.model.probabilities(&values);
        Weighed { group, candidates, values, beliefs }
    }
}

/// The likeliest candidate, if it is likely enough.
fn choice(weighed: &Weighed<'_>) -> Option<Choice> {
    let candidates = weighed.candidates.iter().zip(&weighed.beliefs);
    let (best, &score) = candidates.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (score >= LEAST).then_some(Choice { entity: best.found.entity, score })
}

fn judgement(kb: &Kb, doc: &Doc, weighed: &Weighed<'_>) -> Judgement {
    let group = &weighed.group;
    let choice = choice(weighed);
    let government = metonym::government(kb, choice.map(|choice| choice.entity), &group.forms);
    let judged = |((candidate, values), &score): ((&candidates::Candidate<'_>, &Values), &f64)| Judged {
        entity: candidate.found.entity,
        name: candidate.name.to_owned(),
        by: candidate.by,
        values: *values,
        score,
    };
    let candidates = weighed.candidates.iter().zip(&weighed.values).zip(&weighed.beliefs);
    let mut candidates: Vec<Judged> = candidates.map(judged).collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    Judgement {
        names: group.members.to_vec(),
        spans: group.spans.clone(),
        governments: group
            .spans
            .iter()
            .map(|&span| government.filter(|_| metonym::acts(doc, span)))
            .collect(),
        forms: group.forms.iter().map(|&form| form.to_owned()).collect(),
        name_type: group.name_type,
        candidates,
        choice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Link, SURE};
    use crate::extract::Name;
    use crate::nlp::Pipeline;
    use crate::text::Marked;

    /// What the built-in knowledge base makes of a text with names marked as `[TYPE name]`, where `=` before a name joins
    /// it with the one before.
    fn linked(marked: &str) -> Annotation {
        let Marked { text, marks } = Marked::parse(marked, ' ').unwrap();
        let mut names = Names::default();
        for (number, (label, span)) in marks.into_iter().enumerate() {
            let name_type = NameType::from_label(label.trim_start_matches('=')).unwrap();
            names.names.push(Name { span, name_type });
            match names.groups.last_mut() {
                Some(group) if label.starts_with('=') => group.push(number),
                _ => names.groups.push(vec![number]),
            }
        }
        let pipeline = Pipeline::embedded();
        let doc = pipeline.parse(&text);
        let article = Article { text, ..Article::default() };
        Linker::new(Kb::builtin(), pipeline.vectors()).link(article, &doc, &names)
    }

    /// Of each entity its label, class, and the item it is linked to.
    fn entities(marked: &str) -> Vec<(String, String, Option<String>)> {
        let annotation = linked(marked);
        let item = |links: &[Link]| Some(links.first()?.iri.rsplit('/').next()?.to_owned());
        annotation.entities.iter().map(|e| (e.label.clone(), e.class.clone(), item(&e.links))).collect()
    }

    fn items(marked: &str) -> Vec<String> {
        entities(marked).into_iter().map(|(label, _, item)| item.unwrap_or(label)).collect()
    }

    #[test]
    fn a_country_and_its_demonym_are_one_entity() {
        let iran = ("Iran".to_owned(), "td:Country".to_owned(), Some("Q794".to_owned()));
        assert_eq!(entities("[GPE Iran] and [NORP Iranian] forces"), [iran]);
    }

    #[test]
    fn the_countries_of_an_article_tell_namesakes_apart() {
        assert_eq!(
            items("[NORP British] voters in [GPE London] and [GPE Manchester] left the [ORG Liberal Party]")
                [3],
            "Q622441"
        );
        assert_eq!(
            items(
                "[NORP Australian] voters in [GPE Sydney] and [GPE Melbourne] left the [ORG Liberal Party]"
            )[3],
            "Q241149"
        );
    }

    #[test]
    fn an_acronym_is_not_looked_up_when_its_full_form_is_unknown() {
        assert_eq!(
            items("the [ORG Securities Markets Programme] ([=ORG SMP])"),
            ["Securities Markets Programme"]
        );
        assert_eq!(items("the [ORG European Union] ([=ORG EU])"), ["Q458"]);
    }

    #[test]
    fn an_acronym_tells_namesakes_apart() {
        let found =
            items("In [GPE Berlin], [GPE Germany], the [ORG Social Democratic Party] ([=ORG SPD]) won.");
        assert_eq!(found[2], "Q49768", "{found:?}");
    }

    #[test]
    fn who_is_called_something_else_is_surely_nobody_famous() {
        let score = |marked: &str| linked(marked).entities[0].links.first().map_or(0.0, |link| link.score);
        let plumber = score("[PERSON Michael Jordan], a plumber, rested.");
        assert!(plumber < SURE && plumber < score("[PERSON Michael Jordan], a basketball player, rested."));
    }

    #[test]
    fn places_that_are_visited_are_no_teams() {
        assert_eq!(items("[PERSON Angela Merkel] visited [GPE Havana]."), ["Q567", "Q1563"]);
    }

    #[test]
    fn a_word_is_no_acronym() {
        assert_eq!(items("[GPE US] and [PERSON Us]"), ["Q30", "Us"]);
    }

    #[test]
    fn places_that_a_dateline_shouts_are_called_by_their_names() {
        assert_eq!(entities("[GPE LEIDSCHENDAM], Netherlands")[0].0, "Leidschendam");
    }
}
