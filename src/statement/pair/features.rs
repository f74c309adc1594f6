use super::argument::{Argument, Form, Sort};
use crate::nlp::{Doc, Pos, Token, string_id};
use crate::text::TokenId;

/// Most steps from one argument to the other through the tree.
const LONGEST_PATH: usize = 10;
/// Most words between two arguments that are looked at one by one.
const FARTHEST: usize = 14;

/// The words of a document as numbers, with arguments as their kinds.
pub(super) struct Words<'a> {
    doc: &'a Doc,
    lemmas: Vec<u64>,
    deps: Vec<u64>,
}

impl<'a> Words<'a> {
    pub(super) fn new(doc: &'a Doc, sentences: &[Vec<Argument>]) -> Self {
        let lemma = |token: Token<'_>| match token.pos() {
            Pos::Num => 1,
            _ if token.lemma().is_empty() => string_id(token.norm()),
            _ => string_id(&token.lemma().to_lowercase()),
        };
        let mut words = Self {
            doc,
            lemmas: doc.tokens().map(lemma).collect(),
            deps: doc.tokens().map(|token| string_id(token.dep())).collect(),
        };
        for argument in sentences.iter().flatten() {
            let kind = 100 + argument.sort as u64 * 10 + u64::from(argument.form == Form::Nominal);
            if matches!(argument.form, Form::Name | Form::Time) {
                for id in argument.tokens.ids() {
                    words.lemmas[id.index()] = kind;
                }
            }
        }
        words
    }

    fn lemma(&self, id: TokenId) -> u64 {
        self.lemmas[id.index()]
    }

    /// The lemma this many words from a token, within its sentence.
    fn near(&self, id: TokenId, by: isize) -> u64 {
        let sentence = self.doc.token(id).sentence();
        let at = id.index().checked_add_signed(by);
        at.filter(|&i| i >= sentence.start.index() && i < sentence.end.index()).map_or(2, |i| self.lemmas[i])
    }
}

/// Numbers of what holds of a pair.
struct Features {
    all: Vec<u32>,
    /// The direction and the kinds of the pair.
    setting: u64,
}

fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Features {
    fn push(&mut self, template: u64, parts: &[u64]) {
        let hash = parts.iter().fold(mix(template + 1, self.setting), |hash, &part| mix(hash, part));
        let hash = hash ^ (hash >> 29);
        self.all.push((hash.wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32);
    }
}

/// What there is around a pair.
pub(super) struct Around<'a> {
    pub(super) words: &'a Words<'a>,
    pub(super) arguments: &'a [Argument],
    /// What frames of the lexicon say of the pair, as hashes of property and direction.
    pub(super) frames: &'a [u64],
}

/// The numbers of the features of an ordered pair of arguments of a sentence, by their indexes.
pub(super) fn features(around: &Around<'_>, subject: usize, object: usize) -> Vec<u32> {
    let (words, arguments) = (around.words, around.arguments);
    let (s, o) = (&arguments[subject], &arguments[object]);
    let forward = subject < object;
    let (first, second) = if forward { (s, o) } else { (o, s) };
    let kinds = s.sort as u64 * 16 + o.sort as u64;
    let forms = s.form as u64 * 16 + o.form as u64;
    let mut f = Features { all: Vec::with_capacity(128), setting: u64::from(forward) + 1 };
    f.push(0, &[]);
    f.push(1, &[kinds]);
    f.push(2, &[forms]);
    f.push(3, &[kinds, forms]);
    between(&mut f, words, first, second, kinds);
    windows(&mut f, words, first, second);
    path(&mut f, words, s, o, kinds);
    neighbours(&mut f, words, s, o);
    rank(&mut f, arguments, subject, object);
    for &frame in around.frames {
        f.push(40, &[frame]);
    }
    time(&mut f, words, s, o);
    f.setting = 0;
    sentence(&mut f, words, s, kinds);
    f.all.sort_unstable();
    f.all.dedup();
    f.all
}

fn between(f: &mut Features, words: &Words<'_>, first: &Argument, second: &Argument, kinds: u64) {
    let (start, end) = (first.tokens.end.index(), second.tokens.start.index());
    let distance = end.saturating_sub(start);
    let bucket = match distance {
        0..=3 => distance,
        4..=5 => 4,
        6..=8 => 5,
        9..=12 => 6,
        13..=20 => 7,
        _ => 8,
    } as u64;
    f.push(5, &[bucket]);
    f.push(6, &[bucket, kinds]);
    if distance > FARTHEST || start > end {
        return;
    }
    let lemmas = &words.lemmas[start..end];
    for &lemma in lemmas {
        f.push(7, &[lemma]);
        f.push(8, &[lemma, kinds]);
    }
    for pair in lemmas.windows(2) {
        f.push(9, pair);
    }
    for triple in lemmas.windows(3) {
        f.push(10, triple);
    }
    if distance <= 6 {
        f.push(11, lemmas);
        f.push(12, &[&[kinds], lemmas].concat());
    }
    if let (Some(&one), Some(&last)) = (lemmas.first(), lemmas.last()) {
        f.push(13, &[one]);
        f.push(14, &[last]);
        f.push(15, &[one, last, kinds]);
    }
}

fn windows(f: &mut Features, words: &Words<'_>, first: &Argument, second: &Argument) {
    let last = TokenId(second.tokens.end.0.saturating_sub(1));
    let (b1, b2) = (words.near(first.tokens.start, -1), words.near(first.tokens.start, -2));
    let (a1, a2) = (words.near(last, 1), words.near(last, 2));
    f.push(16, &[b1]);
    f.push(17, &[b2, b1]);
    f.push(18, &[a1]);
    f.push(19, &[a1, a2]);
    f.push(20, &[b1, a1]);
    let first_last = TokenId(first.tokens.end.0.saturating_sub(1));
    f.push(21, &[words.near(first_last, 1), words.near(first_last, 2)]);
    f.push(22, &[words.near(second.tokens.start, -2), words.near(second.tokens.start, -1)]);
}

/// The way from subject to object through the tree.
fn path(f: &mut Features, words: &Words<'_>, s: &Argument, o: &Argument, kinds: u64) {
    let Some((up, down)) = ways(words.doc, s.head, o.head) else {
        f.push(23, &[]);
        return;
    };
    // Each step: direction and label, and the word reached; the top stands between the two.
    let top = words.doc.token(*up.last().unwrap_or(&s.head)).id();
    let mut steps: Vec<(u64, u64)> = Vec::new();
    let mut from = s.head;
    for &to in &up {
        steps.push((mix(1, words.deps[from.index()]), to.0.into()));
        from = to;
    }
    for &to in &down {
        steps.push((mix(2, words.deps[to.index()]), to.0.into()));
    }
    let length = steps.len() as u64;
    f.push(24, &[length, kinds]);
    let inner: Vec<u64> =
        steps.iter().take(steps.len().saturating_sub(1)).map(|&(_, to)| words.lemmas[to as usize]).collect();
    let labels: Vec<u64> = steps.iter().map(|&(label, _)| label).collect();
    f.push(25, &labels);
    f.push(26, &[&[kinds], &*labels].concat());
    let full: Vec<u64> =
        labels.iter().copied().zip(inner.iter().copied().chain([0])).flat_map(|(l, w)| [l, w]).collect();
    f.push(27, &full);
    f.push(28, &inner);
    f.push(29, &[&[kinds], &*inner].concat());
    for (i, &lemma) in inner.iter().enumerate() {
        f.push(30, &[lemma]);
        f.push(31, &[lemma, kinds]);
        f.push(32, &[labels[i], lemma, labels[i + 1]]);
    }
    let top_lemma = words.lemma(top);
    f.push(33, &[top_lemma, kinds]);
    f.push(34, &[labels.first().copied().unwrap_or(0), top_lemma, labels.last().copied().unwrap_or(0)]);
    for pair in inner.windows(2) {
        f.push(35, pair);
    }
    // What hangs on the inner words: particles, negation, objects (`has his headquarters in`), but not the arguments.
    for &(_, to) in steps.iter().take(steps.len().saturating_sub(1)) {
        let token = words.doc.token(TokenId(to as u32));
        for child in token.children().filter(|c| !matches!(c.pos(), Pos::Punct | Pos::Det | Pos::Space)) {
            if s.tokens.contains(child.id()) || o.tokens.contains(child.id()) {
                continue;
            }
            f.push(36, &[words.lemma(token.id()), words.lemma(child.id())]);
            f.push(37, &[words.lemma(child.id()), kinds]);
        }
    }
}

/// The word where the ways up from two words meet, or else the first.
pub(super) fn top(doc: &Doc, one: TokenId, other: TokenId) -> TokenId {
    ways(doc, one, other).map_or(one, |(up, _)| up.last().copied().unwrap_or(one))
}

/// The tokens from one up to where the ways meet, and from there down to the other.
fn ways(doc: &Doc, from: TokenId, to: TokenId) -> Option<(Vec<TokenId>, Vec<TokenId>)> {
    let chain = |id: TokenId| -> Vec<TokenId> {
        let token = doc.token(id);
        std::iter::once(id).chain(token.ancestors().map(Token::id)).take(LONGEST_PATH).collect()
    };
    let (one, other) = (chain(from), chain(to));
    let (i, j) = one.iter().enumerate().find_map(|(i, id)| Some((i, other.iter().position(|x| x == id)?)))?;
    let down: Vec<TokenId> = other[..j].iter().rev().copied().collect();
    Some((one[1..=i].to_vec(), down))
}

fn neighbours(f: &mut Features, words: &Words<'_>, s: &Argument, o: &Argument) {
    for (side, argument) in [(0, s), (1, o)] {
        let head = words.doc.token(argument.head);
        f.push(50, &[side, words.deps[head.id().index()], words.lemma(head.head_id())]);
        f.push(51, &[side, words.deps[head.id().index()], argument.form as u64]);
        for child in head.children().filter(|c| !argument.tokens.contains(c.id()) && c.pos() != Pos::Punct) {
            f.push(52, &[side, words.deps[child.id().index()], words.lemma(child.id())]);
        }
        if matches!(argument.form, Form::Pronoun | Form::Possessive | Form::Relative) {
            f.push(53, &[side, words.lemma(argument.head)]);
        }
    }
}

/// How many others of the same kind stand nearer.
fn rank(f: &mut Features, arguments: &[Argument], subject: usize, object: usize) {
    let (low, high) = (subject.min(object), subject.max(object));
    let inside = &arguments[low + 1..high.max(low + 1)];
    let of = |sort: Sort, thing| {
        inside.iter().filter(|a| a.sort == sort && a.thing != thing).count().min(3) as u64
    };
    let (s, o) = (&arguments[subject], &arguments[object]);
    let subjects = of(s.sort, s.thing);
    let objects = of(o.sort, o.thing);
    f.push(60, &[subjects, objects]);
    f.push(61, &[subjects, objects, s.sort as u64, o.sort as u64]);
    f.push(62, &[inside.len().min(5) as u64]);
    let earlier =
        arguments[..object].iter().filter(|a| a.sort == o.sort && a.thing != o.thing).count().min(3);
    f.push(63, &[earlier as u64, o.sort as u64]);
    f.push(64, &[subject.min(3) as u64, s.sort as u64, s.form as u64]);
}

/// The shape of a date, and what it stands next to.
fn time(f: &mut Features, words: &Words<'_>, s: &Argument, o: &Argument) {
    let shape = |argument: &Argument| -> u64 {
        let text = words.doc.text_of(argument.tokens);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let letters = text.bytes().any(|b| b.is_ascii_alphabetic());
        (digits.min(9) * 2 + usize::from(letters)) as u64
    };
    for (side, argument) in [(0u64, s), (1, o)] {
        if argument.sort != Sort::Time {
            continue;
        }
        let last = TokenId(argument.tokens.end.0 - 1);
        let (before, after) = (words.near(argument.tokens.start, -1), words.near(last, 1));
        f.push(70, &[side, shape(argument)]);
        f.push(71, &[side, shape(argument), before, after]);
        f.push(72, &[side, before, after]);
        f.push(73, &[side, before, words.near(argument.tokens.start, -2)]);
        f.push(74, &[side, after, words.near(last, 2)]);
    }
}

/// The words of the whole sentence, whatever their place.
fn sentence(f: &mut Features, words: &Words<'_>, s: &Argument, kinds: u64) {
    let sentence = words.doc.token(s.head).sentence();
    for token in words.doc.tokens_of(sentence).take(60) {
        if matches!(token.pos(), Pos::Noun | Pos::Verb | Pos::Adj) {
            f.push(80, &[words.lemma(token.id()), kinds]);
        }
    }
}
