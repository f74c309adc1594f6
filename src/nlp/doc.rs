use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use smol_str::SmolStr;

use crate::text::{Span, TokenId, TokenSpan};

/// The coarse part of speech of Universal Dependencies, and `SPACE` for tokens of white space.
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Conj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Space,
    Sym,
    Verb,
    X,
    /// Not set.
    #[default]
    None,
}

const POS_NAMES: [(&str, Pos); 20] = [
    ("ADJ", Pos::Adj),
    ("ADP", Pos::Adp),
    ("ADV", Pos::Adv),
    ("AUX", Pos::Aux),
    ("CCONJ", Pos::Cconj),
    ("CONJ", Pos::Conj),
    ("DET", Pos::Det),
    ("INTJ", Pos::Intj),
    ("NOUN", Pos::Noun),
    ("NUM", Pos::Num),
    ("PART", Pos::Part),
    ("PRON", Pos::Pron),
    ("PROPN", Pos::Propn),
    ("PUNCT", Pos::Punct),
    ("SCONJ", Pos::Sconj),
    ("SPACE", Pos::Space),
    ("SYM", Pos::Sym),
    ("VERB", Pos::Verb),
    ("X", Pos::X),
    ("", Pos::None),
];

impl Pos {
    /// All that can be set.
    pub fn all() -> impl Iterator<Item = Self> {
        POS_NAMES.iter().map(|&(_, pos)| pos).filter(|&pos| pos != Self::None)
    }

    /// The upper-case name; empty when not set.
    pub fn as_str(self) -> &'static str {
        POS_NAMES[self as usize].0
    }
}

impl fmt::Display for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Pos {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        POS_NAMES.iter().find(|(n, _)| *n == name).map(|&(_, pos)| pos).ok_or(())
    }
}

/// A tag, dependency label, entity label or morphology string, as an index into [`Labels`]. 0 is the empty string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub u16);

/// The closed set of labels that a pipeline can give, shared by all of its documents.
#[derive(Clone, Debug)]
pub struct Labels {
    names: Vec<SmolStr>,
    index: HashMap<SmolStr, Label>,
}

impl Default for Labels {
    fn default() -> Self {
        let mut labels = Self { names: Vec::new(), index: HashMap::new() };
        labels.add("");
        labels
    }
}

impl Labels {
    /// The label of this name, added if it is new.
    ///
    /// # Panics
    /// When there are more than 65,536 names.
    pub fn add(&mut self, name: &str) -> Label {
        if let Some(&label) = self.index.get(name) {
            return label;
        }
        let label = Label(u16::try_from(self.names.len()).expect("a pipeline has at most 65,536 labels"));
        self.names.push(name.into());
        self.index.insert(name.into(), label);
        label
    }

    /// The label of this name, if there is one.
    pub fn get(&self, name: &str) -> Option<Label> {
        self.index.get(name).copied()
    }

    /// The name of a label.
    pub fn name(&self, label: Label) -> &str {
        &self.names[label.0 as usize]
    }
}

/// What a pipeline knows of one token.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenData {
    pub(crate) span: Span,
    pub(crate) norm: SmolStr,
    pub(crate) lemma: SmolStr,
    pub(crate) tag: Label,
    pub(crate) morph: Label,
    pub(crate) dep: Label,
    pub(crate) pos: Pos,
    pub(crate) head: TokenId,
}

/// A named span: the entity recogniser's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntitySpan {
    /// The tokens of the name.
    pub tokens: TokenSpan,
    /// The recogniser's label, such as `GPE`.
    pub label: Label,
}

/// A parsed text: sentences, tokens with lemma, tag, head and dependency label, and named spans.
///
/// Spans are bytes of [`Doc::text`]. Sentences cover all tokens, in order, without gaps.
#[derive(Clone, Debug)]
pub struct Doc {
    text: Arc<str>,
    labels: Arc<Labels>,
    tokens: Vec<TokenData>,
    sentences: Vec<TokenSpan>,
    entities: Vec<EntitySpan>,
    /// The sentence of each token.
    sentence_of: Vec<u32>,
    /// The dependents of token `i` are `children[child_start[i]..child_start[i + 1]]`, in order.
    child_start: Vec<u32>,
    children: Vec<TokenId>,
}

impl Doc {
    /// Assembles a document; sentences must cover the tokens, entities be in order and disjoint.
    pub(crate) fn assemble(
        text: Arc<str>,
        labels: Arc<Labels>,
        tokens: Vec<TokenData>,
        sentences: Vec<TokenSpan>,
        entities: Vec<EntitySpan>,
    ) -> Self {
        let mut sentence_of = vec![0; tokens.len()];
        for (n, sentence) in sentences.iter().enumerate() {
            sentence_of[sentence.range()].fill(n as u32);
        }
        let is_child = |i: usize| tokens[i].head.index() != i;
        let mut child_start = vec![0u32; tokens.len() + 1];
        for i in (0..tokens.len()).filter(|&i| is_child(i)) {
            child_start[tokens[i].head.index() + 1] += 1;
        }
        for i in 0..tokens.len() {
            child_start[i + 1] += child_start[i];
        }
        let mut next = child_start.clone();
        let mut children = vec![TokenId(0); child_start[tokens.len()] as usize];
        for i in (0..tokens.len()).filter(|&i| is_child(i)) {
            let slot = &mut next[tokens[i].head.index()];
            children[*slot as usize] = i.into();
            *slot += 1;
        }
        Self { text, labels, tokens, sentences, entities, sentence_of, child_start, children }
    }

    /// The text that was parsed, unchanged.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether it has no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token with this index.
    ///
    /// # Panics
    /// When the index is out of range.
    pub fn token(&self, id: TokenId) -> Token<'_> {
        assert!(id.index() < self.tokens.len(), "token {} of {}", id.0, self.tokens.len());
        Token { doc: self, id }
    }

    /// All tokens in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.tokens.len()).map(|i| Token { doc: self, id: i.into() })
    }

    /// The tokens of a token span, in order.
    pub fn tokens_of(&self, span: TokenSpan) -> impl DoubleEndedIterator<Item = Token<'_>> {
        span.ids().map(|id| self.token(id))
    }

    /// The sentences, in order.
    pub fn sentences(&self) -> &[TokenSpan] {
        &self.sentences
    }

    /// The named spans, in order, without overlap.
    pub fn entities(&self) -> &[EntitySpan] {
        &self.entities
    }

    /// The name of a label of this document's pipeline.
    pub fn label(&self, label: Label) -> &str {
        self.labels.name(label)
    }

    /// The bytes from the first token's start to the last token's end. Empty for an empty token span.
    pub fn span_of(&self, tokens: TokenSpan) -> Span {
        match self.tokens.get(tokens.range()) {
            Some([first, .., last]) => first.span.cover(last.span),
            Some([only]) => only.span,
            _ => Span::default(),
        }
    }

    /// The bytes of a sentence without the white space around it, which tokens of its own stand for.
    pub fn sentence_span(&self, sentence: TokenSpan) -> Span {
        let words = self.tokens_of(sentence).filter(|token| token.pos() != Pos::Space);
        words.map(Token::span).reduce(Span::cover).unwrap_or_else(|| self.span_of(sentence))
    }

    /// The text that a token span covers.
    pub fn text_of(&self, tokens: TokenSpan) -> &str {
        self.span_of(tokens).of(&self.text)
    }

    /// The tokens that overlap a byte span; empty when there is none.
    pub fn tokens_in(&self, span: Span) -> TokenSpan {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        TokenSpan::new(start, end.max(start))
    }

    /// The token of the span that heads the others: the first whose head lies outside the span, or is itself.
    pub fn head_of(&self, tokens: TokenSpan) -> Option<Token<'_>> {
        self.tokens_of(tokens).find(|t| t.is_root() || !tokens.contains(t.head_id()))
    }
}

/// One token of a [`Doc`]: a cheap view.
#[derive(Clone, Copy)]
pub struct Token<'a> {
    doc: &'a Doc,
    id: TokenId,
}

impl<'a> Token<'a> {
    fn data(self) -> &'a TokenData {
        &self.doc.tokens[self.id.index()]
    }

    /// Its index.
    pub fn id(self) -> TokenId {
        self.id
    }

    /// Its document.
    pub fn doc(self) -> &'a Doc {
        self.doc
    }

    /// Its place in the text, in bytes.
    pub fn span(self) -> Span {
        self.data().span
    }

    /// Its text.
    pub fn text(self) -> &'a str {
        self.span().of(&self.doc.text)
    }

    /// Its normal form, in lower case (`n't` is `not`).
    pub fn norm(self) -> &'a str {
        &self.data().norm
    }

    /// Its base form; empty when the pipeline gives none.
    pub fn lemma(self) -> &'a str {
        &self.data().lemma
    }

    /// Coarse part of speech.
    pub fn pos(self) -> Pos {
        self.data().pos
    }

    /// Fine part of speech (`NNP` in English).
    pub fn tag(self) -> &'a str {
        self.doc.labels.name(self.data().tag)
    }

    /// Morphological features as `Number=Plur|Person=3`; empty when there are none.
    pub fn morph(self) -> &'a str {
        self.doc.labels.name(self.data().morph)
    }

    /// The value of one morphological feature.
    pub fn morph_value(self, feature: &str) -> Option<&'a str> {
        self.morph().split('|').find_map(|f| f.strip_prefix(feature)?.strip_prefix('='))
    }

    /// Dependency label of the arc to its head; `ROOT` for a root.
    pub fn dep(self) -> &'a str {
        self.doc.labels.name(self.data().dep)
    }

    /// Dependency label as an index, for comparing without strings.
    pub fn dep_label(self) -> Label {
        self.data().dep
    }

    /// The index of its head; its own for a root.
    pub fn head_id(self) -> TokenId {
        self.data().head
    }

    /// Its head; itself for a root.
    #[must_use]
    pub fn head(self) -> Token<'a> {
        Token { doc: self.doc, id: self.head_id() }
    }

    /// Whether it has no head.
    pub fn is_root(self) -> bool {
        self.head_id() == self.id
    }

    /// Its direct dependents, in order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
        let i = self.id.index();
        let range = self.doc.child_start[i] as usize..self.doc.child_start[i + 1] as usize;
        self.doc.children[range].iter().map(move |&id| Token { doc: self.doc, id })
    }

    /// Its head, its head's head, and so on up to the root.
    pub fn ancestors(self) -> impl Iterator<Item = Token<'a>> {
        std::iter::successors(Some(self), |t| (!t.is_root()).then(|| t.head())).skip(1)
    }

    /// The tokens of its subtree, from the leftmost to the rightmost, itself included.
    pub fn subtree(self) -> TokenSpan {
        let mut left = self;
        while let Some(child) = left.children().next().filter(|c| c.id < left.id) {
            left = child;
        }
        let mut right = self;
        while let Some(child) = right.children().next_back().filter(|c| c.id > right.id) {
            right = child;
        }
        TokenSpan { start: left.id, end: TokenId(right.id.0 + 1) }
    }

    /// The index of its sentence.
    pub fn sentence_index(self) -> usize {
        self.doc.sentence_of[self.id.index()] as usize
    }

    /// Its sentence.
    pub fn sentence(self) -> TokenSpan {
        self.doc.sentences[self.sentence_index()]
    }
}

impl fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}/{}", self.id.0, self.text(), self.tag(), self.dep())
    }
}

/// A token to be added to a [`DocBuilder`]. Empty strings stand for what is not known.
#[allow(missing_docs, reason = "the fields are those of `Token`")]
#[derive(Clone, Copy, Debug, Default)]
pub struct NewToken<'a> {
    pub span: Span,
    pub norm: &'a str,
    pub lemma: &'a str,
    pub pos: Pos,
    pub tag: &'a str,
    pub morph: &'a str,
    pub dep: &'a str,
    pub head: TokenId,
}

/// Builds a [`Doc`] from someone else's analysis: a test's, or that of another recogniser.
#[derive(Default)]
pub struct DocBuilder {
    labels: Labels,
    tokens: Vec<TokenData>,
    sentences: Vec<TokenSpan>,
    entities: Vec<EntitySpan>,
}

impl DocBuilder {
    /// Adds a token after the others.
    pub fn token(&mut self, token: NewToken<'_>) -> &mut Self {
        self.tokens.push(TokenData {
            span: token.span,
            norm: token.norm.into(),
            lemma: token.lemma.into(),
            pos: token.pos,
            tag: self.labels.add(token.tag),
            morph: self.labels.add(token.morph),
            dep: self.labels.add(token.dep),
            head: token.head,
        });
        self
    }

    /// Adds a sentence; they must come in order and cover all tokens.
    pub fn sentence(&mut self, tokens: TokenSpan) -> &mut Self {
        self.sentences.push(tokens);
        self
    }

    /// Adds a named span; they must come in order and not overlap.
    pub fn entity(&mut self, tokens: TokenSpan, label: &str) -> &mut Self {
        let label = self.labels.add(label);
        self.entities.push(EntitySpan { tokens, label });
        self
    }

    /// The document.
    ///
    /// # Errors
    /// Says which token, sentence or named span is out of order or out of range.
    pub fn build(self, text: &str) -> Result<Doc, String> {
        let n = self.tokens.len();
        let mut end = 0;
        for (i, token) in self.tokens.iter().enumerate() {
            if token.span.start < end || text.get(token.span.range()).is_none() {
                return Err(format!("token {i} is out of order or not within the text"));
            }
            if token.head.index() >= n {
                return Err(format!("head {} of token {i} is not among the {n} tokens", token.head.0));
            }
            end = token.span.end;
        }
        if let Some(i) = cyclic(&self.tokens) {
            return Err(format!("the heads above token {i} form a cycle"));
        }
        let mut covered = 0;
        for (i, sentence) in self.sentences.iter().enumerate() {
            if sentence.start.index() != covered || sentence.is_empty() || sentence.end.index() > n {
                return Err(format!("sentence {i} does not follow the one before it"));
            }
            covered = sentence.end.index();
        }
        if covered != n {
            return Err(format!("the sentences cover {covered} of {n} tokens"));
        }
        let mut end = TokenId(0);
        for (i, entity) in self.entities.iter().enumerate() {
            if entity.tokens.start < end || entity.tokens.is_empty() || entity.tokens.end.index() > n {
                return Err(format!("named span {i} is out of order or out of range"));
            }
            end = entity.tokens.end;
        }
        Ok(Doc::assemble(text.into(), Arc::new(self.labels), self.tokens, self.sentences, self.entities))
    }
}

/// A token from which no root can be reached, if there is one.
fn cyclic(tokens: &[TokenData]) -> Option<usize> {
    // 0: not seen, 1: on the way up now, 2: known to reach a root.
    let mut state = vec![0u8; tokens.len()];
    for start in 0..tokens.len() {
        let mut path = Vec::new();
        let mut i = start;
        while state[i] == 0 {
            state[i] = 1;
            path.push(i);
            i = tokens[i].head.index();
        }
        let at_root = path.last().is_some_and(|&last| last == i && tokens[i].head.index() == i);
        if state[i] == 1 && !at_root {
            return Some(i);
        }
        for p in path {
            state[p] = 2;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(text: &str, heads: &[u32]) -> Result<Doc, String> {
        let mut builder = DocBuilder::default();
        let mut at = 0;
        for (word, &head) in text.split(' ').zip(heads) {
            let span = Span::new(at, at + word.len());
            builder.token(NewToken { span, head: TokenId(head), ..NewToken::default() });
            at += word.len() + 1;
        }
        builder.sentence(TokenSpan::new(0, heads.len()));
        builder.build(text)
    }

    #[test]
    fn children_and_subtree_follow_the_heads() {
        let doc = doc("The old man saw a dog", &[2, 2, 3, 3, 5, 3]).unwrap();
        let saw = doc.token(TokenId(3));
        assert_eq!(saw.children().map(Token::text).collect::<Vec<_>>(), ["man", "dog"]);
        assert_eq!(doc.text_of(doc.token(TokenId(2)).subtree()), "The old man");
        assert_eq!(saw.subtree(), TokenSpan::new(0, 6));
        assert_eq!(doc.token(TokenId(0)).ancestors().map(Token::text).collect::<Vec<_>>(), ["man", "saw"]);
    }

    #[test]
    fn heads_that_form_a_cycle_are_refused() {
        assert_eq!(doc("a b c", &[1, 0, 2]).unwrap_err(), "the heads above token 0 form a cycle");
        assert!(doc("a b c", &[1, 2, 2]).is_ok());
    }

    #[test]
    fn heads_out_of_range_are_refused() {
        assert!(doc("a b", &[0, 7]).unwrap_err().contains("head 7 of token 1"));
    }
}
