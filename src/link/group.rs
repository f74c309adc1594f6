use super::sport::{is_of_body, is_of_team};
use crate::extract::{NameType, Names, majority};
use crate::nlp::{Doc, Pos};
use crate::text::{Span, in_capitals};

/// Names of an article that mean the same.
pub(super) struct Group<'a> {
    /// Indexes of the names, in the order of the text.
    pub(super) members: &'a [usize],
    /// What most of them were taken for.
    pub(super) name_type: NameType,
    /// The distinct forms, the longest first; of equally long ones the first in the text.
    pub(super) forms: Vec<&'a str>,
    /// Where the names stand, in the order of `members`.
    pub(super) spans: Vec<Span>,
    /// Whether they are nouns for the most part, and not adjectives: of a demonym, whether it means people.
    pub(super) is_noun: bool,
    /// Share of the names that say where something is (`in Boston`) or where somebody comes from.
    pub(super) located: f64,
    /// Share of the names that stand where a team stands.
    pub(super) sporting: f64,
    /// Share of the names that stand before who works for a body.
    pub(super) serving: f64,
    /// Whether the first name stands after a comma, as a state does after its city.
    pub(super) follows_comma: bool,
    /// The text after the first name.
    pub(super) after: &'a str,
    /// The sentences that they are in, each once.
    pub(super) sentences: Vec<usize>,
}

impl<'a> Group<'a> {
    pub(super) fn new(members: &'a [usize], names: &Names, doc: &'a Doc, in_sport: bool) -> Self {
        let types: Vec<NameType> = members.iter().map(|&i| names.names[i].name_type).collect();
        let spans: Vec<Span> = members.iter().map(|&i| names.names[i].span).collect();
        let mut forms: Vec<&str> = Vec::new();
        for span in &spans {
            let form = span.of(doc.text());
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms.sort_by_key(|form| std::cmp::Reverse(form.chars().count()));
        let mut sentences: Vec<usize> = spans.iter().map(|&span| sentence_of(doc, span)).collect();
        sentences.dedup();
        let name_type = majority(&types).expect("groups have members");
        let share = |is: &dyn Fn(Span) -> bool| {
            spans.iter().filter(|&&span| is(span)).count() as f64 / spans.len() as f64
        };
        let is_noun = share(&|span| is_noun(doc, span)) > 0.5;
        let located = share(&|span| is_located(doc, span));
        let sporting = share(&|span| is_of_team(doc, span, in_sport));
        let serving = share(&|span| is_of_body(doc, span));
        let first = spans[0];
        let follows_comma = Span { start: 0, end: first.start }.of(doc.text()).trim_end().ends_with(',');
        let after = doc.text().get(first.end as usize..).unwrap_or_default();
        Self {
            members,
            name_type,
            forms,
            spans,
            is_noun,
            located,
            sporting,
            serving,
            follows_comma,
            after,
            sentences,
        }
    }

    pub(super) fn is_place(&self) -> bool {
        matches!(self.name_type, NameType::Gpe | NameType::Location | NameType::Norp)
    }

    /// What to call something of which only the name is known. Datelines write places in capitals.
    pub(super) fn label(&self) -> String {
        let form = self.forms[0];
        let shouted = self.is_place() && form.chars().count() > 4 && in_capitals(form);
        if shouted { capitalized(form) } else { form.split_whitespace().collect::<Vec<_>>().join(" ") }
    }
}

/// Whether a name is a noun by itself: in the plural, or neither an adjective nor the modifier of a noun.
fn is_noun(doc: &Doc, span: Span) -> bool {
    doc.head_of(doc.tokens_in(span)).is_some_and(|head| {
        matches!(head.tag(), "NNS" | "NNPS")
            || (matches!(head.pos(), Pos::Noun | Pos::Propn)
                && !matches!(head.dep(), "compound" | "amod" | "nmod"))
    })
}

/// Whether a name says where something is or goes, or stands beside another place (`Boston, Massachusetts`).
fn is_located(doc: &Doc, span: Span) -> bool {
    const PLACES: [&str; 9] = ["in", "at", "near", "from", "to", "around", "outside", "across", "through"];
    doc.head_of(doc.tokens_in(span)).is_some_and(|head| {
        head.dep() == "pobj" && PLACES.contains(&head.head().lemma().to_lowercase().as_str())
            || head.dep() == "appos"
    })
}

/// The number of the sentence that a name starts in.
fn sentence_of(doc: &Doc, span: Span) -> usize {
    doc.sentences().partition_point(|&s| doc.span_of(s).start <= span.start).saturating_sub(1)
}

/// `The Hague` for `THE HAGUE`.
fn capitalized(name: &str) -> String {
    let mut at_start = true;
    let lower = |c: char| {
        let letters: String = if at_start { c.to_uppercase().collect() } else { c.to_lowercase().collect() };
        at_start = !c.is_alphabetic();
        letters
    };
    name.chars().map(lower).collect()
}
