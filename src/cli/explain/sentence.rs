//! `tidings explain --sentences`: what sentences say, from their words to frames, and why they are as certain as they are.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};
use tidings::annotation::Attribution;
use tidings::lexicon;
use tidings::nlp::{Doc, Token};
use tidings::ontology::Ontology;
use tidings::pipeline::{Reader, Reading};
use tidings::predicate::{Function, Kind};
use tidings::source::Article;
use tidings::statement::{Evoked, Explained, Reason, Why};
use tidings::text::{CodePoints, Span, TokenId, fold};

use super::ExplainArgs;
use crate::cli::reader::ReaderArgs;

/// Most characters of a phrase that are shown.
const PHRASE: usize = 48;

/// Explains the sentences of articles.
pub(super) fn run(args: ExplainArgs, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let sentences = Sentences::open(&args.reader)?;
    let mut skipped = 0;
    for article in args.input.articles()? {
        let article = match article {
            Ok(article) => article,
            Err(error) => {
                skipped += 1;
                crate::cli::report(&error.into());
                continue;
            }
        };
        let read = sentences.read(article);
        let doc = &read.reading.doc;
        for &sentence in doc.sentences() {
            let span = doc.sentence_span(sentence);
            let (start, end) = read.range(span);
            let has = |text: &String| fold(span.of(doc.text())).contains(&fold(text));
            if !args.mention.as_ref().is_none_or(has) || !args.at.is_none_or(|at| (start..end).contains(&at))
            {
                continue;
            }
            let within: Vec<&Explained> = read.explained(span).collect();
            if args.json {
                let predicates: Vec<Value> = within.iter().map(|explained| read.json(explained)).collect();
                let text = span.of(doc.text());
                let line = json!({ "start": start, "end": end, "text": text, "predicates": predicates });
                writeln!(out, "{line}")?;
            } else {
                writeln!(out, "{start}-{end}  {}", one_line(span.of(doc.text())))?;
                for explained in within {
                    for line in read.lines(explained) {
                        writeln!(out, "  {line}")?;
                    }
                }
                writeln!(out)?;
            }
        }
    }
    Ok(ExitCode::from(u8::from(skipped > 0)))
}

/// Reads sentences to explain them.
pub(super) struct Sentences {
    reader: Reader,
    ontology: Ontology,
}

/// An article with what its predicates say.
pub(super) struct Read<'a> {
    ontology: &'a Ontology,
    reading: Reading,
    explained: Vec<Explained>,
    /// Where the text starts in the article that is shown, in code points.
    start: usize,
    /// Whether the text is a sentence without its article.
    is_alone: bool,
}

impl Sentences {
    pub(super) fn open(args: &ReaderArgs) -> anyhow::Result<Self> {
        Ok(Self { reader: args.open()?, ontology: args.ontology()? })
    }

    /// Reads an article.
    pub(super) fn read(&self, article: Article) -> Read<'_> {
        let reading = self.reader.read(article);
        let explained = self.reader.explain(&reading);
        Read { ontology: &self.ontology, reading, explained, start: 0, is_alone: false }
    }

    /// Reads a sentence that starts there in an article whose text is not known.
    pub(super) fn read_alone(&self, text: &str, start: usize) -> Read<'_> {
        let read = self.read(Article { text: text.to_owned(), ..Article::default() });
        Read { start, is_alone: true, ..read }
    }
}

impl Read<'_> {
    fn doc(&self) -> &Doc {
        &self.reading.doc
    }

    /// The place of a span in the article, in code points.
    fn range(&self, span: Span) -> (usize, usize) {
        let (start, end) = CodePoints::new(self.doc().text()).of_span(span);
        (self.start + start, self.start + end)
    }

    /// What the predicates in a span say.
    fn explained(&self, span: Span) -> impl Iterator<Item = &Explained> {
        self.explained.iter().filter(move |e| span.contains(self.token(e.predicate.head).span()))
    }

    /// What the words at these places, half-open ranges of code points, say: those that stand there, or else those of whose
    /// frames two phrases stand there.
    pub(super) fn at(&self, places: &[(usize, usize)]) -> Vec<&Explained> {
        let is_there = |id: TokenId| {
            let (start, end) = self.range(self.token(id).span());
            places.iter().any(|&(from, to)| from <= start && end <= to)
        };
        let anchors = self.explained.iter().filter(|e| !e.frames.is_empty() && is_there(e.predicate.head));
        let joins = |e: &&Explained| {
            e.frames.iter().any(|f| f.roles.iter().filter(|filled| is_there(filled.head)).count() > 1)
        };
        let anchors: Vec<&Explained> = anchors.collect();
        if anchors.is_empty() { self.explained.iter().filter(joins).collect() } else { anchors }
    }

    fn token(&self, id: TokenId) -> Token<'_> {
        self.doc().token(id)
    }

    /// A phrase by its head: the mention that it heads, or the words below it.
    fn phrase(&self, head: TokenId) -> String {
        let doc = self.doc();
        let heads = |span: Span| doc.head_of(doc.tokens_in(span)).is_some_and(|h| h.id() == head);
        let mut mentions = self.reading.annotation.mentions.iter().map(|mention| mention.span);
        let span =
            mentions.find(|&span| heads(span)).unwrap_or_else(|| doc.span_of(self.token(head).subtree()));
        let text = one_line(span.of(doc.text()));
        match text.char_indices().nth(PHRASE) {
            Some((cut, _)) => format!("{}...", text.get(..cut).unwrap_or_default()),
            None => text,
        }
    }

    fn place(&self, span: Span) -> String {
        let (start, end) = self.range(span);
        format!("{start}-{end}")
    }

    /// Who says what the predicate says, the nearest first.
    fn said_by(&self, explained: &Explained) -> Vec<&Attribution> {
        let annotation = &self.reading.annotation;
        let nearest = annotation.attribution_at(self.token(explained.predicate.head).span());
        let outer = |a: &&Attribution| {
            let parent = a.parent.as_ref()?;
            annotation.attributions.iter().find(|other| other.id == *parent)
        };
        std::iter::successors(nearest, outer).collect()
    }

    /// The lines that explain a predicate.
    pub(super) fn lines(&self, explained: &Explained) -> Vec<String> {
        let Explained { predicate, passive, frames, certainty, polarity, mood, reasons } = explained;
        let head = self.token(predicate.head);
        let text = self.doc().text();
        let voice = if *passive { ", passive" } else { "" };
        let mut lines = vec![format!(
            "{} ({}{voice}) `{}` {}",
            predicate.forms.join(" / "),
            kind(predicate.kind),
            head.text(),
            self.place(head.span())
        )];
        let mut line = |name: &str, value: String| lines.push(format!("  {name:<10} {value}"));
        for argument in &predicate.arguments {
            line(argument.function.name(), format!("`{}`", self.phrase(argument.head)));
        }
        for evoked in frames {
            line("frame", self.frame(evoked));
            for filled in &evoked.roles {
                let function = filled.function.as_ref().map(Function::name);
                let by = function.map(|name| format!(", its {name}")).unwrap_or_default();
                line("", format!("{}: `{}`{by}", filled.role.name(), self.phrase(filled.head)));
            }
            if !self.is_told(predicate.head, evoked) {
                let how = if self.is_alone { "not told when the sentence is read alone" } else { "not told" };
                line("", how.to_owned());
            }
        }
        if frames.is_empty() {
            line("frame", "none".to_owned());
        }
        for said in self.said_by(explained) {
            let source = said.source.map_or("somebody who is not named", |source| source.span.of(text));
            let cue = one_line(said.cue.of(text));
            line(
                "said by",
                format!("{} ({}, `{cue}` {})", one_line(source), said.stance, self.place(said.cue)),
            );
        }
        line("presented", format!("{certainty:?}, {polarity:?}, {mood:?}").to_lowercase());
        for reason in reasons {
            line("", self.reason(reason));
        }
        lines
    }

    fn frame(&self, evoked: &Evoked) -> String {
        let Evoked { frame, evokes, form, .. } = evoked;
        let iri = lexicon::iri(frame);
        let place = self.ontology.place(&iri).map(|(file, line)| format!(", {file} line {line}"));
        format!("{} by `{form}`: {evokes}{}", self.ontology.compact(&iri), place.unwrap_or_default())
    }

    /// Whether the article is understood to say what a frame of a word stands for: an event that has it as its anchor, or a relation
    /// of what fills the frame's roles.
    fn is_told(&self, head: TokenId, evoked: &Evoked) -> bool {
        let Reading { doc, annotation, .. } = &self.reading;
        let anchor = self.token(head).span();
        let fills = |mention: Option<usize>| {
            let span = mention.map(|m| annotation.mentions[m].span);
            let filler = span.and_then(|span| doc.head_of(doc.tokens_in(span)));
            filler.is_some_and(|filler| evoked.roles.iter().any(|filled| filled.head == filler.id()))
        };
        annotation.events.iter().any(|event| event.anchor == anchor && event.class == evoked.evokes)
            || annotation.relations.iter().any(|relation| {
                relation.property == evoked.evokes
                    && fills(relation.subject_mention)
                    && fills(relation.object_mention)
            })
    }

    fn reason(&self, reason: &Reason) -> String {
        let word = self.token(reason.word);
        let what = match &reason.why {
            Why::Signature(name) => self.ontology.compact(&lexicon::iri(name)),
            other => other.describe().to_owned(),
        };
        format!("`{}` {}: {what}", word.text(), self.place(word.span()))
    }

    /// The same as JSON.
    pub(super) fn json(&self, explained: &Explained) -> Value {
        let Explained { predicate, passive, frames, certainty, polarity, mood, reasons } = explained;
        let text = self.doc().text();
        let place = |span: Span| {
            let (start, end) = self.range(span);
            json!({ "start": start, "end": end, "text": span.of(text) })
        };
        let word = |id: TokenId| place(self.token(id).span());
        let frames = frames.iter().map(|evoked| {
            let told = self.is_told(predicate.head, evoked);
            let iri = lexicon::iri(&evoked.frame);
            let (file, line) = self.ontology.place(&iri).unzip();
            let roles = evoked.roles.iter().map(|filled| {
                let function = filled.function.as_ref().map(Function::name);
                json!({ "role": filled.role.name(), "phrase": self.phrase(filled.head), "function": function })
            });
            let roles: Vec<Value> = roles.collect();
            json!({ "iri": iri, "file": file, "line": line, "form": evoked.form, "evokes": evoked.evokes, "roles": roles, "told": told })
        });
        let arguments = predicate.arguments.iter().map(|argument| {
            json!({ "function": argument.function.name(), "phrase": self.phrase(argument.head), "head": word(argument.head) })
        });
        let reasons = reasons.iter().map(|reason| {
            let signature = match &reason.why {
                Why::Signature(name) => Some(lexicon::iri(name)),
                _ => None,
            };
            json!({ "word": word(reason.word), "why": reason.why.describe(), "signature": signature })
        });
        let said_by = self.said_by(explained).into_iter().map(|said| {
            json!({ "source": said.source.map(|source| place(source.span)), "stance": said.stance, "cue": place(said.cue) })
        });
        json!({
            "predicate": predicate.forms, "kind": kind(predicate.kind), "passive": passive, "head": word(predicate.head),
            "arguments": arguments.collect::<Vec<_>>(), "frames": frames.collect::<Vec<_>>(), "said_by": said_by.collect::<Vec<_>>(),
            "certainty": certainty, "polarity": polarity, "mood": mood, "reasons": reasons.collect::<Vec<_>>(),
        })
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Verb => "verb",
        Kind::Noun => "noun",
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
