//! Causes, what comes after what, and what is a part of what: events that the article ties together by words.

use std::collections::HashMap;

use crate::annotation::{Annotation, EventLink};
use crate::lexicon::{Lexicon, LinkCue, LinkCues, Tie};
use crate::nlp::{Doc, Pos, Token, Worker};
use crate::predicate::{Function, Kind, Predicate, Predicates};
use crate::text::{Marked, TokenId, TokenSpan};

/// A tie between the words of two events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tied<'a> {
    /// The word whose event is the subject of the property.
    pub(super) subject: TokenId,
    pub(super) object: TokenId,
    pub(super) cue: &'a LinkCue,
    /// The words that say so.
    pub(super) words: TokenSpan,
}

/// Ties the events of an annotation, as far as the words of its article do.
pub(super) fn add(annotation: &mut Annotation, doc: &Doc, predicates: &Predicates, cues: &LinkCues) {
    let mut anchored: HashMap<TokenId, Vec<usize>> = HashMap::new();
    for (index, event) in annotation.events.iter().enumerate() {
        if let Some(head) = doc.head_of(doc.tokens_in(event.anchor)) {
            anchored.entry(head.id()).or_default().push(index);
        }
    }
    let is_event = |head: TokenId| anchored.contains_key(&head);
    let mut links: Vec<EventLink> = Vec::new();
    for tied in ties(doc, predicates, cues, &is_event) {
        for (&subject, &object) in
            anchored[&tied.subject].iter().flat_map(|s| anchored[&tied.object].iter().map(move |o| (s, o)))
        {
            let link = EventLink {
                subject,
                property: tied.cue.property.clone(),
                object,
                cue: doc.span_of(tied.words),
            };
            let differ = annotation.events[subject].statement != annotation.events[object].statement;
            if differ
                && !links
                    .iter()
                    .any(|l| (l.subject, &l.property, l.object) == (subject, &link.property, object))
            {
                links.push(link);
            }
        }
    }
    annotation.links = links;
}

/// The ties of a document between words that tell events.
pub(super) fn ties<'a>(
    doc: &Doc,
    predicates: &Predicates,
    cues: &'a LinkCues,
    is_event: &dyn Fn(TokenId) -> bool,
) -> Vec<Tied<'a>> {
    let finder = Finder { doc, predicates, cues, is_event };
    let mut found = Vec::new();
    for predicate in &predicates.all {
        if is_event(predicate.head) {
            finder.beside(predicate, &mut found);
        }
        if predicate.kind == Kind::Verb {
            finder.verb(predicate, &mut found);
        }
    }
    found.sort_by_key(|tied| (tied.subject, tied.object));
    found
}

struct Finder<'a, 'd> {
    doc: &'d Doc,
    predicates: &'d Predicates,
    cues: &'a LinkCues,
    is_event: &'d dyn Fn(TokenId) -> bool,
}

impl<'a> Finder<'a, '_> {
    /// Events in the phrases and clauses that hang on the word of an event, or on the verb that it is the subject or object of.
    fn beside(&self, predicate: &Predicate, found: &mut Vec<Tied<'a>>) {
        self.hanging_on(predicate.head, predicate.head, found);
        if predicate.kind == Kind::Noun {
            for (verb, function) in self.predicates.governing(predicate.head) {
                let is_core = matches!(function, Function::Object | Function::Subject);
                if is_core && !(self.is_event)(verb.head) {
                    self.hanging_on(verb.head, predicate.head, found);
                }
            }
        }
    }

    fn hanging_on(&self, word: TokenId, subject: TokenId, found: &mut Vec<Tied<'a>>) {
        for child in self.doc.token(word).children() {
            match child.dep() {
                // `prior to the attack` begins with an adverb.
                "prep" | "advmod" => self.phrase(child, subject, found),
                "advcl" => {
                    let Some(mark) = child.children().find(|c| c.dep() == "mark") else { continue };
                    if let Some(cue) = self.cues.of(Tie::Conjunction, mark.norm()) {
                        self.tie(subject, child.id(), cue, one(mark), found);
                    } else if let Some(cue) = self.cues.of(Tie::ReverseConjunction, mark.norm()) {
                        self.tie(child.id(), subject, cue, one(mark), found);
                    }
                }
                _ => {}
            }
        }
    }

    /// `after the attack`, `because of the attack`, `in response to the attack`.
    fn phrase(&self, preposition: Token<'_>, subject: TokenId, found: &mut Vec<Tied<'a>>) {
        let mut name = preposition.norm().to_owned();
        let mut at = preposition;
        let mut objects: Vec<Token<'_>> = Vec::new();
        // At most `as` `result` `of`.
        for _ in 0..3 {
            // The object of `because of` hangs on `because`.
            let own = at.children().filter(|c| matches!(c.dep(), "pobj" | "pcomp") && c.pos() != Pos::Adp);
            let own: Vec<Token<'_>> = own.collect();
            objects = if own.is_empty() { objects } else { own };
            let words = TokenSpan { start: preposition.id(), end: TokenId(at.id().0 + 1) };
            let told = || objects.iter().flat_map(|&object| self.told_by(object));
            if let Some(cue) = self.cues.of(Tie::Preposition, &name) {
                return told().for_each(|o| self.tie(subject, o, cue, words, found));
            }
            if let Some(cue) = self.cues.of(Tie::ReversePreposition, &name) {
                return told().for_each(|o| self.tie(o, subject, cue, words, found));
            }
            let is_inner = |c: &Token<'_>| {
                c.id() > at.id() && (c.dep() == "prep" || (c.dep() == "pcomp" && c.pos() == Pos::Adp))
            };
            let noun = objects.first().copied().filter(|_| !at.children().any(|c| is_inner(&c)));
            let Some(inner) = noun.unwrap_or(at).children().find(is_inner) else { return };
            if let Some(noun) = noun {
                name = format!("{name} {}", noun.lemma().to_lowercase());
            }
            name = format!("{name} {}", inner.norm());
            at = inner;
        }
    }

    /// `the attack caused an outcry`
    fn verb(&self, verb: &Predicate, found: &mut Vec<Tied<'a>>) {
        for form in &verb.forms {
            let tie = [Tie::Verb, Tie::ReverseVerb]
                .into_iter()
                .find_map(|tie| Some((tie, self.cues.of(tie, form)?)));
            let Some((tie, cue)) = tie else { continue };
            let behind = form.rsplit_once(' ').map(|(_, last)| Function::Preposition(last.into()));
            let mut objects: Vec<TokenId> = behind.map(|f| verb.with(&f).collect()).unwrap_or_default();
            if objects.is_empty() {
                objects = verb.with(&Function::Object).collect();
            }
            // `the attack prompted Iran to close its border`
            objects.extend(verb.with(&Function::Clause));
            let words = one(self.doc.token(verb.head));
            for agent in verb.with(&Function::Subject).flat_map(|head| self.told_by(self.doc.token(head))) {
                for &object in &objects {
                    for told in self.told_by(self.doc.token(object)) {
                        let (subject, object) = if tie == Tie::Verb { (told, agent) } else { (agent, told) };
                        self.tie(subject, object, cue, words, found);
                    }
                }
            }
            return;
        }
    }

    /// The words of events that a phrase is about: its head, and those joined to it.
    fn told_by(&self, head: Token<'_>) -> Vec<TokenId> {
        let joined = head.children().filter(|c| c.dep() == "conj").map(Token::id);
        let mut heads: Vec<TokenId> = std::iter::once(head.id()).chain(joined).collect();
        heads.retain(|&head| (self.is_event)(head));
        heads
    }

    fn tie(
        &self,
        subject: TokenId,
        object: TokenId,
        cue: &'a LinkCue,
        words: TokenSpan,
        found: &mut Vec<Tied<'a>>,
    ) {
        // `Years after the attack` tells the time alone.
        let is_told = [subject, object].into_iter().all(self.is_event)
            && matches!(self.doc.token(object).pos(), Pos::Noun | Pos::Propn | Pos::Verb);
        if subject != object && is_told {
            found.push(Tied { subject, object, cue, words });
        }
    }
}

fn one(token: Token<'_>) -> TokenSpan {
    TokenSpan { start: token.id(), end: TokenId(token.id().0 + 1) }
}

/// What is not as it should be in an example of a cue, in which a word of each event is marked.
pub(super) fn problem(
    cue: &LinkCue,
    example: &Marked,
    lexicon: &Lexicon,
    worker: &mut Worker<'_>,
) -> Option<String> {
    let doc = worker.parse(&example.text);
    let predicates = Predicates::of(&doc);
    let marked = |name: &str| {
        let (_, span) = example.marks.iter().find(|(mark, _)| mark == name)?;
        doc.head_of(doc.tokens_in(*span)).map(Token::id)
    };
    let (Some(subject), Some(object)) = (marked("subject"), marked("object")) else {
        return Some("does not mark a `subject` and an `object`".to_owned());
    };
    let is_event = |head: TokenId| head == subject || head == object;
    let found = ties(&doc, &predicates, lexicon.link_cues(), &is_event);
    let is_right =
        |tied: &Tied<'_>| (tied.subject, tied.object, &tied.cue.name) == (subject, object, &cue.name);
    let told = |tied: &Tied<'_>| {
        format!("{} {} {}", doc.token(tied.subject).text(), tied.cue.property, doc.token(tied.object).text())
    };
    let others: Vec<String> = found.iter().map(told).collect();
    (!found.iter().any(is_right)).then(|| format!("does not tie its events as marked; found {others:?}"))
}
