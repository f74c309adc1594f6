use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::annotation::{Annotation, Object, Relation, TimeKind, When};
use crate::nlp::{Doc, Pos, Token};
use crate::text::{Span, TokenId};

/// Words before an office or a tie that say that it is over.
const FORMER: &[&str] =
    &["former", "ex", "then", "previous", "onetime", "erstwhile", "ousted", "deposed", "formerly"];

/// Words beside an office that say that it is still to come.
const COMING: &[&str] = &["incoming", "elect", "designate"];

/// Verbs that lend a noun their time: `launched an attack on Monday`.
const SUPPORT: &[&str] = &[
    "launch", "carry", "conduct", "hold", "make", "stage", "mount", "commit", "sign", "perform", "open",
    "have", "give", "take", "begin", "start", "resume", "end", "continue", "suffer", "see", "kill", "die",
    "wound", "injure",
];

/// Verbs whose subject happens when they say: `the attack happened on Monday`.
const HAPPEN: &[&str] = &[
    "happen", "occur", "take", "begin", "start", "come", "kill", "leave", "hit", "strike", "last", "end",
    "continue", "erupt", "be", "follow",
];

/// Verbs that share their time with the verb under them: `began attacking on Monday`.
const ASPECT: &[&str] = &["begin", "start", "continue", "keep", "resume", "stop", "finish", "cease"];

/// Tells of the relations and events of an article when they are, as far as their clauses say so.
pub(super) fn add(annotation: &mut Annotation, doc: &Doc) {
    let attached: Vec<Attached> =
        annotation.times.iter().filter_map(|time| attach(annotation, doc, time)).collect();
    for i in 0..annotation.events.len() {
        let anchor = doc.tokens_in(annotation.events[i].anchor).ids().next();
        let bearers = anchor.map(|anchor| bearers(doc.token(anchor))).unwrap_or_default();
        annotation.events[i].time = when(&attached, &bearers);
    }
    for i in 0..annotation.relations.len() {
        let path = path(annotation, doc, &annotation.relations[i]);
        let bearers: BTreeSet<TokenId> = path.iter().flat_map(|&id| bearers(doc.token(id))).collect();
        let mut told = when(&attached, &bearers);
        if let Some((span, value)) = path.iter().find_map(|&id| bounded(doc.token(id))) {
            let id = reference(annotation, span, value);
            let told = told.get_or_insert_default();
            match value {
                "PAST_REF" => told.end = told.end.take().or(Some(id)),
                _ => told.begin = told.begin.take().or(Some(id)),
            }
        }
        annotation.relations[i].time = told;
    }
}

/// A time of the text with the word whose time it is.
struct Attached {
    governor: TokenId,
    bound: Bound,
    id: SmolStr,
    /// How much the value tells; the surest of several counts.
    precision: usize,
}

/// What a preposition makes of a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    At,
    Begin,
    End,
}

/// The word that a time belongs to, and how.
fn attach(annotation: &Annotation, doc: &Doc, time: &crate::annotation::Time) -> Option<Attached> {
    let told = match time.kind {
        TimeKind::Date | TimeKind::Time => {
            time.value.starts_with(|c: char| c.is_ascii_digit() || c == 'B' || c == 'F')
        }
        TimeKind::Duration => {
            let text = time.span.of(&annotation.article.text).to_lowercase();
            ["the past", "the last", "past", "recent"].iter().any(|lead| text.starts_with(lead))
        }
        TimeKind::Set => false,
    };
    let past = matches!(time.value.as_str(), "PAST_REF" | "FUTURE_REF");
    let head = doc.head_of(doc.tokens_in(time.span)).filter(|_| told || past)?;
    let (governor, bound) = governor(head)?;
    let precision = if told { time.value.len() } else { 0 };
    Some(Attached { governor: governor.id(), bound, id: time.id.clone(), precision })
}

fn governor(time: Token<'_>) -> Option<(Token<'_>, Bound)> {
    let mut token = time;
    let mut bound = Bound::At;
    for _ in 0..4 {
        let head = token.head();
        match token.dep() {
            "pobj" | "pcomp" => {
                bound = bound_of(head);
                token = head;
            }
            // `from 2009 to 2017`: the second preposition hangs on the first, or on its time.
            "prep"
                if matches!(head.pos(), Pos::Adp | Pos::Num)
                    || head.dep() == "pobj" && bound == Bound::End =>
            {
                token = head;
            }
            // `between 2009 and 2017`.
            "conj" if head.dep() == "pobj" && head.head().norm() == "between" => {
                token = head.head();
                bound = Bound::End;
            }
            "ROOT" | "conj" | "nsubj" | "nsubjpass" | "dobj" | "attr" => return None,
            _ => return Some((head, bound)),
        }
    }
    None
}

fn bound_of(preposition: Token<'_>) -> Bound {
    match preposition.norm() {
        "since" | "from" | "after" | "between" => Bound::Begin,
        "until" | "till" | "to" | "through" | "before" | "by" => Bound::End,
        _ => Bound::At,
    }
}

/// The words whose times are those of a predicate.
fn bearers(head: Token<'_>) -> BTreeSet<TokenId> {
    let mut bearers = BTreeSet::from([head.id()]);
    let above = head.head();
    let lemma = above.lemma();
    let shares = match head.dep() {
        "dobj" => SUPPORT.contains(&lemma),
        "nsubj" | "nsubjpass" => HAPPEN.contains(&lemma),
        "attr" | "oprd" => true,
        "xcomp" => ASPECT.contains(&lemma),
        // `killed in an attack on Monday`.
        "pobj" => above.norm() == "in" && SUPPORT.contains(&above.head().lemma()),
        _ => false,
    };
    if shares {
        bearers.insert(if head.dep() == "pobj" { above.head().id() } else { above.id() });
    }
    bearers
}

/// When something is whose time these words bear.
fn when(attached: &[Attached], bearers: &BTreeSet<TokenId>) -> Option<When> {
    let best = |bound: Bound| {
        let fitting = attached.iter().filter(|a| a.bound == bound && bearers.contains(&a.governor));
        // Of equals the first.
        fitting.rev().max_by_key(|a| a.precision).map(|a| a.id.clone())
    };
    let when = When { at: best(Bound::At), begin: best(Bound::Begin), end: best(Bound::End) };
    (when != When::default()).then_some(when)
}

/// The words between the two mentions of a relation in the tree, with the word that joins them.
fn path(annotation: &Annotation, doc: &Doc, relation: &Relation) -> Vec<TokenId> {
    let head = |mention: Option<usize>| doc.head_of(doc.tokens_in(annotation.mentions[mention?].span));
    let (Some(subject), Some(object)) = (head(relation.subject_mention), head(relation.object_mention))
    else {
        return Vec::new();
    };
    if matches!(relation.object, Object::Time(_)) || subject.sentence_index() != object.sentence_index() {
        return Vec::new();
    }
    let up = |token: Token<'_>| -> Vec<TokenId> {
        std::iter::once(token.id()).chain(token.ancestors().map(Token::id)).collect()
    };
    let (one, other) = (up(subject), up(object));
    let joint = one.iter().find(|id| other.contains(id)).copied();
    let below = |side: &[TokenId]| -> Vec<TokenId> {
        side.iter().copied().take_while(|id| Some(*id) != joint).collect()
    };
    below(&one).into_iter().chain(joint).chain(below(&other)).collect()
}

/// The word that says that what a noun stands for is over or to come, and the reference it means.
fn bounded(noun: Token<'_>) -> Option<(Span, &'static str)> {
    if !matches!(noun.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    let word = |token: Token<'_>| {
        let norm = token.norm();
        if FORMER.contains(&norm) {
            return Some((token.span(), "PAST_REF"));
        }
        COMING.contains(&norm).then(|| (token.span(), "FUTURE_REF"))
    };
    let modifies =
        |token: &Token<'_>| matches!(token.dep(), "amod" | "compound" | "advmod" | "nmod" | "punct");
    noun.children().filter(modifies).chain(hyphened(noun)).find_map(word)
}

/// The word before a hyphen before a noun: parsers don't agree on what `ex` is in `ex-chief`.
fn hyphened(noun: Token<'_>) -> Option<Token<'_>> {
    glued_before(noun).filter(|mark| mark.text() == "-").and_then(glued_before)
}

/// The token before another, if no white space parts them.
fn glued_before(token: Token<'_>) -> Option<Token<'_>> {
    let before = token.doc().token(TokenId::from(token.id().index().checked_sub(1)?));
    (before.span().end == token.span().start).then_some(before)
}

/// The id of the reference that a word is, added if no time stands there.
fn reference(annotation: &mut Annotation, span: Span, value: &'static str) -> SmolStr {
    if let Some(time) = annotation.times.iter().find(|time| time.span.overlaps(span)) {
        return time.id.clone();
    }
    let id = annotation.add_time(span, TimeKind::Date, value.into());
    annotation.times.sort_by_key(|time| time.span.start);
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{EntityId, Event, Mention, MentionKind};
    use crate::nlp::Pipeline;
    use crate::source::Article;

    /// The times that the event with this anchor has, as text.
    fn times(text: &str, anchor: &str) -> [Option<String>; 3] {
        let (mut annotation, doc) = read(text);
        let start = text.find(anchor).unwrap();
        let anchor = Span::new(start, start + anchor.len());
        let event = Event { anchor, ..event() };
        annotation.events.push(event);
        add(&mut annotation, &doc);
        told(&annotation, annotation.events[0].time.as_ref())
    }

    /// The times of a relation between two names.
    fn tie(text: &str, subject: &str, object: &str) -> [Option<String>; 3] {
        let (mut annotation, doc) = read(text);
        for name in [subject, object] {
            let start = text.find(name).unwrap();
            annotation.mentions.push(Mention {
                id: name.into(),
                span: Span::new(start, start + name.len()),
                kind: MentionKind::Name,
                name_type: None,
                entity: None,
                place: None,
            });
        }
        annotation.relations.push(Relation {
            id: "r1".into(),
            statement: "s1".into(),
            subject: EntityId(0),
            property: "td:headOfState".into(),
            wikidata: None,
            object: Object::Entity(EntityId(1)),
            subject_mention: Some(0),
            object_mention: Some(1),
            evidence: Span::new(0, text.len()),
            confidence: 1.0,
            certainty: crate::annotation::Certainty::Certain,
            polarity: crate::annotation::Polarity::Affirmed,
            mood: crate::annotation::Mood::Actual,
            attribution: None,
            time: None,
        });
        add(&mut annotation, &doc);
        told(&annotation, annotation.relations[0].time.as_ref())
    }

    fn event() -> Event {
        Event {
            id: "v1".into(),
            statement: "s1".into(),
            class: "td:Attack".into(),
            plover: None,
            anchor: Span::default(),
            roles: Vec::new(),
            place: None,
            number: None,
            confidence: 1.0,
            certainty: crate::annotation::Certainty::Certain,
            polarity: crate::annotation::Polarity::Affirmed,
            mood: crate::annotation::Mood::Actual,
            attribution: None,
            time: None,
        }
    }

    fn read(text: &str) -> (Annotation, Doc) {
        let doc = Pipeline::embedded().worker().parse(text);
        let article =
            Article { text: text.to_owned(), published: Some("2025-05-20".to_owned()), ..Article::default() };
        let mut annotation = Annotation { article, ..Annotation::default() };
        crate::time::add(&mut annotation, &doc);
        (annotation, doc)
    }

    fn told(annotation: &Annotation, when: Option<&When>) -> [Option<String>; 3] {
        let value = |id: Option<SmolStr>| {
            let id = id?;
            annotation.times.iter().find(|time| time.id == id).map(|time| time.value.to_string())
        };
        let When { at, begin, end } = when.cloned().unwrap_or_default();
        [value(at), value(begin), value(end)]
    }

    fn parts(at: Option<&str>, begin: Option<&str>, end: Option<&str>) -> [Option<String>; 3] {
        [at, begin, end].map(|part| part.map(str::to_owned))
    }

    #[test]
    fn events_have_the_time_of_their_clause() {
        for (text, anchor, expected) in [
            ("Rebels attacked the base on Monday.", "attacked", parts(Some("2025-05-19"), None, None)),
            (
                "Rebels launched an attack on the base in March 2019.",
                "attack",
                parts(Some("2019-03"), None, None),
            ),
            ("The earthquake of 1906 destroyed the city.", "earthquake", parts(Some("1906"), None, None)),
            ("Iran has held the sailors since 2020.", "held", parts(None, Some("2020"), None)),
            ("The two armies fought from 1980 to 1988.", "fought", parts(None, Some("1980"), Some("1988"))),
            ("The president condemned the attack on Friday.", "attack", parts(None, None, None)),
        ] {
            assert_eq!(times(text, anchor), expected, "{text}");
        }
    }

    #[test]
    fn relations_end_with_what_is_former() {
        assert_eq!(
            tie("Former French president Jacques Chirac died.", "French", "Jacques Chirac"),
            parts(None, None, Some("PAST_REF"))
        );
        assert_eq!(
            tie("Jacques Chirac was the president of France from 1995 to 2007.", "Jacques Chirac", "France"),
            parts(None, Some("1995"), Some("2007"))
        );
        assert_eq!(
            tie("Kofi Annan, an ex-chief of the United Nations, spoke.", "Kofi Annan", "United Nations")[2]
                .as_deref(),
            Some("PAST_REF")
        );
    }
}
