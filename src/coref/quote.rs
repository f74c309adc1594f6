use super::clusters::Clusters;
use super::forms::Forms;
use super::phrase::Pronoun;
use crate::nlp::{Doc, Token};
use crate::text::{TokenId, TokenSpan};

/// Words between quotation marks.
pub(crate) struct Quote {
    /// The tokens between the marks.
    pub(crate) tokens: TokenSpan,
    /// The head of the phrase that names who says them.
    pub(crate) speaker: Option<TokenId>,
    /// The verb that says that they do: `said`.
    pub(crate) verb: Option<TokenId>,
}

/// Verbs whose subject says, thinks or writes the words.
const SAYING: &[&str] = &[
    "accuse",
    "acknowledge",
    "add",
    "admit",
    "agree",
    "announce",
    "answer",
    "argue",
    "ask",
    "assert",
    "believe",
    "boast",
    "claim",
    "comment",
    "complain",
    "conclude",
    "confirm",
    "continue",
    "declare",
    "deny",
    "describe",
    "emphasise",
    "emphasize",
    "estimate",
    "exclaim",
    "explain",
    "express",
    "insist",
    "joke",
    "know",
    "mention",
    "note",
    "observe",
    "post",
    "predict",
    "promise",
    "quote",
    "recall",
    "remark",
    "remember",
    "repeat",
    "reply",
    "report",
    "respond",
    "reveal",
    "say",
    "state",
    "stress",
    "suggest",
    "tell",
    "testify",
    "think",
    "tweet",
    "urge",
    "vow",
    "warn",
    "wonder",
    "write",
];

/// The quotes of a text, in order, with their speakers. A quote ends with its paragraph.
pub(crate) fn quotes(doc: &Doc) -> Vec<Quote> {
    let mut spans: Vec<TokenSpan> = Vec::new();
    let mut open: Option<TokenId> = None;
    for token in doc.tokens() {
        let after = TokenId(token.id().0 + 1);
        match (token.text(), open) {
            ("“" | "``", _) | ("\"", None) => open = Some(after),
            ("”" | "''" | "\"", Some(start)) => {
                spans.push(TokenSpan { start, end: token.id() });
                open = None;
            }
            (text, _) if text.contains('\n') => open = None,
            _ => {}
        }
    }
    let mut quotes: Vec<Quote> = Vec::with_capacity(spans.len());
    for &tokens in spans.iter().filter(|span| !span.is_empty()) {
        let spoken = spoken(doc, tokens, &spans).or_else(|| {
            // A quote right after another in the same paragraph goes on with it.
            let last = quotes.last()?;
            let between = TokenSpan { start: last.tokens.end, end: tokens.start };
            let goes_on = between.len() < 12 && doc.tokens_of(between).all(|t| !t.text().contains('\n'));
            last.speaker.zip(last.verb).filter(|_| goes_on)
        });
        let (speaker, verb) = spoken.unzip();
        quotes.push(Quote { tokens, speaker, verb });
    }
    quotes
}

/// The subject of a verb of saying in the sentences where the quote begins and ends, nearest to the quote; and the verb.
fn spoken(doc: &Doc, quote: TokenSpan, spans: &[TokenSpan]) -> Option<(TokenId, TokenId)> {
    let first = doc.token(TokenId(quote.start.0.saturating_sub(1))).sentence();
    let last = doc.token(quote.end).sentence();
    let quoted = |t: &Token<'_>| spans.iter().any(|span| span.contains(t.id()));
    let around = TokenSpan { start: first.start, end: last.end };
    let verbs = doc.tokens_of(around).filter(|t| SAYING.contains(&t.lemma()) && !quoted(t));
    let distance = |t: &Token<'_>| {
        if t.id() < quote.start { quote.start.0 - t.id().0 } else { t.id().0 - quote.end.0 }
    };
    let spoken = verbs.filter_map(|verb| {
        let subject = verb.children().find(|c| c.dep() == "nsubj").filter(|s| !quoted(s))?;
        Some((distance(&verb), (subject.id(), verb.id())))
    });
    spoken.min_by_key(|&(distance, _)| distance).map(|(_, spoken)| spoken)
}

/// Joins `I` with the speaker of its quote, and `we` with the other `we` of the same speaker.
pub(super) fn join(clusters: &mut Clusters<'_>, quotes: &[Quote]) {
    let mut spoken: Vec<(usize, usize)> = Vec::new();
    for i in 0..clusters.phrases.len() {
        let token = clusters.phrases[i].head;
        let Some(quote) = quotes.iter().find(|quote| quote.tokens.contains(token)) else { continue };
        let Some(speaker) = quote.speaker.and_then(|head| clusters.headed_by(head)) else { continue };
        match clusters.phrases[i].pronoun {
            Some(Pronoun::Speaker) if clusters.of(speaker).forms.meets(Forms::PERSON) => {
                clusters.join(speaker, i);
            }
            Some(Pronoun::Speakers) => {
                let before = spoken.iter().find(|&&(s, _)| clusters.together(s, speaker)).map(|&(_, we)| we);
                match before {
                    Some(we) => {
                        clusters.join(we, i);
                    }
                    None => clusters.set_parts(i, vec![speaker]),
                }
                spoken.push((speaker, i));
            }
            _ => {}
        }
    }
}
