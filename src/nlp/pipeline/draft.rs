use std::sync::Arc;

use crate::{
    nlp::{
        Doc, EntitySpan, Label, Labels, Pos,
        doc::TokenData,
        parser::ParserMemory,
        tok2vec::Word,
        tokenizer::{Cache, LexemeId, RawToken},
    },
    text::{Span, TokenSpan},
};

/// A document on its way through the pipeline.
#[derive(Debug)]
pub(super) struct Draft {
    text: Arc<str>,
    pub(super) tokens: Vec<TokenData>,
    /// Their lexemes.
    pub(super) lexemes: Vec<LexemeId>,
    /// The tokens without their context.
    pub(super) words: Vec<Word>,
    /// Whether each token is white space.
    pub(super) is_space: Vec<bool>,
    /// 1: a sentence starts here, -1: none does, 0: not known.
    pub(super) sentence_starts: Vec<i8>,
    pub(super) entities: Vec<EntitySpan>,
}

impl Draft {
    /// Starts with the tokens of a text.
    pub(super) fn new(text: &str, tokens: &[RawToken], cache: &Cache) -> Self {
        let mut sentence_starts = vec![0; tokens.len()];
        // The first token always starts a sentence.
        if let Some(first) = sentence_starts.first_mut() {
            *first = 1;
        }
        let data = |(i, token): (usize, &RawToken)| TokenData {
            span: token.span,
            norm: cache.lexeme(token.lexeme).norm_text.clone(),
            head: i.into(),
            ..TokenData::default()
        };
        Self {
            text: text.into(),
            tokens: tokens.iter().enumerate().map(data).collect(),
            lexemes: tokens.iter().map(|token| token.lexeme).collect(),
            words: tokens.iter().map(|&token| Word::of(token)).collect(),
            is_space: tokens.iter().map(|token| cache.lexeme(token.lexeme).is_space).collect(),
            sentence_starts,
            entities: Vec::new(),
        }
    }

    /// Makes a sentence start at the first word from each of these bytes on.
    pub(super) fn break_at(&mut self, breaks: &[usize]) {
        for &at in breaks {
            let first = self.tokens.partition_point(|token| (token.span.start as usize) < at);
            if let Some(word) = (first..self.len()).find(|&i| !self.is_space[i]) {
                self.sentence_starts[word] = 1;
            }
        }
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn set_tags(&mut self, tags: impl Iterator<Item = Label>, overwrite: bool) {
        for (token, tag) in self.tokens.iter_mut().zip(tags) {
            if overwrite || token.tag == Label::default() {
                token.tag = tag;
            }
        }
    }

    pub(super) fn set_features(&mut self, features: impl Iterator<Item = (Pos, Label)>, overwrite: bool) {
        for (token, (pos, morph)) in self.tokens.iter_mut().zip(features) {
            if overwrite || token.morph == Label::default() {
                token.morph = morph;
            }
            if overwrite || token.pos == Pos::None {
                token.pos = pos;
            }
        }
    }

    pub(super) fn set_sentence_starts(&mut self, starts: impl Iterator<Item = bool>, overwrite: bool) {
        for (known, starts) in self.sentence_starts.iter_mut().zip(starts) {
            if overwrite || *known == 0 {
                *known = if starts { 1 } else { -1 };
            }
        }
    }

    /// Takes heads, labels and sentence starts of the tree that was parsed last.
    pub(super) fn set_tree(&mut self, parsed: &ParserMemory) {
        for (token, (&head, &label)) in self.tokens.iter_mut().zip(parsed.heads.iter().zip(&parsed.labels)) {
            token.head = head.into();
            token.dep = Label(label);
        }
        for (known, &starts) in self.sentence_starts.iter_mut().zip(parsed.sentence_starts()) {
            *known = if starts { 1 } else { -1 };
        }
    }

    /// Appends an annotated piece of the text that starts at byte `at`. What only annotating needs is left out.
    pub(super) fn append(&mut self, piece: Self, at: usize) {
        let first = self.tokens.len();
        self.tokens.extend(piece.tokens.into_iter().map(|mut token| {
            token.span = Span::new(at + token.span.start as usize, at + token.span.end as usize);
            token.head = (first + token.head.index()).into();
            token
        }));
        self.sentence_starts.extend(piece.sentence_starts);
        self.entities.extend(piece.entities.into_iter().map(|entity| {
            let range = entity.tokens.range();
            EntitySpan { tokens: TokenSpan::new(first + range.start, first + range.end), ..entity }
        }));
    }

    /// The parsed document.
    pub(super) fn finish(self, labels: &Arc<Labels>) -> Doc {
        let starts = self.sentence_starts.iter().enumerate().skip(1).filter(|&(_, &start)| start == 1);
        let mut sentences = Vec::new();
        let mut first = 0;
        for end in starts.map(|(token, _)| token).chain([self.tokens.len()]).filter(|&end| end > 0) {
            sentences.push(TokenSpan::new(first, end));
            first = end;
        }
        Doc::assemble(self.text, Arc::clone(labels), self.tokens, sentences, self.entities)
    }
}
