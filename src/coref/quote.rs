use super::clusters::Clusters;
use super::forms::Forms;
use super::lexicon::{Noun, noun};
use super::phrase::Pronoun;
use crate::nlp::{Doc, Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// Words between quotation marks.
pub(crate) struct Quote {
    /// The tokens between the marks.
    pub(crate) tokens: TokenSpan,
    /// The head of the phrase that names who says them.
    pub(crate) speaker: Option<TokenId>,
    /// The verb that says that they do: `said`; the speaker's name where there is only that.
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
    "demand",
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
    "read",
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

/// Tokens after a quote among which the verb of a sentence that goes on with it stands: `"Why?" he asks.`
const BEHIND: usize = 8;

/// The quotes of a text, in order, with their speakers. A quote ends with its paragraph, unless the next one opens anew.
pub(crate) fn quotes(doc: &Doc) -> Vec<Quote> {
    let spans = spans(doc);
    let mut quotes: Vec<Quote> = Vec::with_capacity(spans.len());
    for &tokens in &spans {
        let spoken = (by_verb(doc, tokens, &spans))
            .or_else(|| going_on(doc, tokens, quotes.last()))
            .or_else(|| signed(doc, tokens).map(|name| (name, name)))
            .or_else(|| before(doc, tokens));
        let (speaker, verb) = spoken.unzip();
        quotes.push(Quote { tokens, speaker, verb });
    }
    quotes
}

fn is_opening(token: Token<'_>) -> bool {
    matches!(token.text(), "“" | "``" | "\"" | "''")
}

/// The tokens between quotation marks.
fn spans(doc: &Doc) -> Vec<TokenSpan> {
    let mut spans: Vec<TokenSpan> = Vec::new();
    let mut open: Option<TokenId> = None;
    for token in doc.tokens() {
        let after = TokenId(token.id().0 + 1);
        match (token.text(), open) {
            ("“" | "``", _) | ("\"" | "''", None) => open = Some(after),
            ("”" | "''" | "\"", Some(start)) => {
                spans.push(TokenSpan { start, end: token.id() });
                open = None;
            }
            (text, Some(start)) if text.contains('\n') => {
                // Speech of several paragraphs has a mark at the beginning of each, and only the last is closed.
                if after.index() < doc.len() && is_opening(doc.token(after)) {
                    spans.push(TokenSpan { start, end: token.id() });
                }
                open = None;
            }
            _ => {}
        }
    }
    spans.retain(|span| !span.is_empty());
    spans
}

/// The subject of a verb of saying, and the verb: of those in the sentences where the quote begins and ends, or that stand
/// right before and behind it, the nearest to the quote.
fn by_verb(doc: &Doc, quote: TokenSpan, spans: &[TokenSpan]) -> Option<(TokenId, TokenId)> {
    let first = doc.token(TokenId(quote.start.0.saturating_sub(1))).sentence();
    let last = doc.token(quote.end).sentence();
    let quoted = |t: &Token<'_>| spans.iter().any(|span| span.contains(t.id()));
    let start = announcing(doc, quote).map_or(first.start, |sentence| sentence.start.min(first.start));
    let around = TokenSpan { start, end: last.end.max(behind(doc, quote)) };
    let verbs = doc.tokens_of(around).filter(|t| SAYING.contains(&t.lemma()) && !quoted(t));
    let distance = |t: &Token<'_>| {
        if t.id() < quote.start { quote.start.0 - t.id().0 } else { t.id().0 - quote.end.0 }
    };
    let spoken = verbs.filter_map(|verb| {
        let subject = subject(verb).filter(|s| !quoted(s))?;
        Some((distance(&verb), (subject.id(), verb.id())))
    });
    spoken.min_by_key(|&(distance, _)| distance).map(|(_, spoken)| spoken)
}

/// The subject of a verb, which may stand with the verb that it is joined to.
fn subject<'a>(verb: Token<'a>) -> Option<Token<'a>> {
    let own = |verb: Token<'a>| verb.children().find(|c| c.dep() == "nsubj");
    own(verb).or_else(|| own(verb.head()).filter(|_| verb.dep() == "conj"))
}

/// The sentence before a quote that ends with a colon: `The paper reports:`.
fn announcing(doc: &Doc, quote: TokenSpan) -> Option<TokenSpan> {
    let before = TokenSpan { start: TokenId(quote.start.0.saturating_sub(6)), end: quote.start };
    let mut words = doc.tokens_of(before).rev().filter(|t| t.pos() != Pos::Space && !is_opening(*t));
    words.next().filter(|t| t.text() == ":").map(Token::sentence)
}

/// The end of the words right behind a quote, in its paragraph, that may go on with its sentence: `"Why?" he asks.`
fn behind(doc: &Doc, quote: TokenSpan) -> TokenId {
    let end = doc.len().min(quote.end.index() + 1 + BEHIND);
    let words = TokenSpan::new((quote.end.index() + 1).min(end), end);
    let stop = doc.tokens_of(words).find(|t| t.text().contains('\n') || is_opening(*t) || t.text() == ".");
    stop.map_or(words.end, Token::id)
}

/// A quote after another goes on with it: in the same paragraph, or as a paragraph of its own.
fn going_on(doc: &Doc, quote: TokenSpan, last: Option<&Quote>) -> Option<(TokenId, TokenId)> {
    let last = last?;
    let between = TokenSpan { start: last.tokens.end, end: quote.start };
    let breaks = doc.tokens_of(between).filter(|t| t.text().contains('\n')).count();
    let opens = |t: Token<'_>| {
        t.text().contains('\n') || matches!(t.text(), "." | "?" | "!" | "”" | "''" | "\"" | "…")
    };
    let mut words = doc.tokens_of(between).rev().filter(|t| !is_opening(*t) && t.text().trim() != "");
    // Words in the middle of a sentence of somebody else's are no speech of the last speaker.
    let begins = words.next().is_none_or(opens);
    let own = breaks == 0 && (between.len() < 12 || begins);
    let unclosed = breaks == 1 && between.len() < 4;
    last.speaker.zip(last.verb).filter(|_| own || unclosed)
}

/// The subject of the sentence before a quote that begins one of its own, and its verb, where somebody acts there: `The minister
/// condemned the attack. "It was cowardly."`
fn before(doc: &Doc, quote: TokenSpan) -> Option<(TokenId, TokenId)> {
    let last = doc.token(last_before(doc, quote).filter(|&t| ends(doc.token(t)))?);
    let verb = doc.tokens_of(last.sentence()).find(|t| t.is_root())?;
    let subject = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass"))?;
    let lemma = subject.lemma().to_lowercase();
    let is_somebody = match subject.pos() {
        Pos::Propn => true,
        Pos::Pron => matches!(subject.norm(), "he" | "she" | "they"),
        _ => matches!(noun(&lemma), Some(Noun::Person | Noun::Man | Noun::Woman)),
    };
    (is_somebody && verb.id() < quote.start).then(|| (subject.id(), verb.id()))
}

/// The last word before a quote and its mark, at most a paragraph before.
fn last_before(doc: &Doc, quote: TokenSpan) -> Option<TokenId> {
    let words = TokenSpan { start: TokenId(quote.start.0.saturating_sub(4)), end: quote.start };
    let mut words = doc.tokens_of(words).rev().filter(|t| t.pos() != Pos::Space && !is_opening(*t));
    words.next().map(Token::id)
}

/// Whether what stands behind a token begins anew.
fn ends(token: Token<'_>) -> bool {
    matches!(token.text(), "." | ":" | "!" | "?")
}

/// Whether a quote begins a sentence of its own, or stands behind a colon.
pub(crate) fn begins(doc: &Doc, quote: TokenSpan) -> bool {
    last_before(doc, quote).is_none_or(|t| ends(doc.token(t)))
}

/// Whether a verb says that its subject says something.
pub(crate) fn says(verb: Token<'_>) -> bool {
    SAYING.contains(&verb.lemma())
}

/// The name behind a quote and a dash: `"No comment." — Jane Doe`.
fn signed(doc: &Doc, quote: TokenSpan) -> Option<TokenId> {
    let behind = TokenSpan::new((quote.end.index() + 1).min(doc.len()), doc.len().min(quote.end.index() + 5));
    let mut words = doc.tokens_of(behind).filter(|t| t.text().trim() != "");
    words.next().filter(|t| matches!(t.text(), "―" | "—" | "–" | "--" | "-"))?;
    let name = words.next().filter(|t| t.pos() == Pos::Propn)?;
    Some(if name.dep() == "compound" { name.head().id() } else { name.id() })
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
