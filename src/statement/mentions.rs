use std::collections::HashMap;

use crate::annotation::{Annotation, EntityId, Mention};
use crate::nlp::Doc;
use crate::text::TokenId;

/// The mentions of an annotation by the token that heads them.
pub(super) struct Mentions<'a> {
    annotation: &'a Annotation,
    by_head: HashMap<TokenId, Vec<usize>>,
}

impl<'a> Mentions<'a> {
    pub(super) fn new(doc: &Doc, annotation: &'a Annotation) -> Self {
        let mut by_head: HashMap<TokenId, Vec<usize>> = HashMap::new();
        for (index, mention) in annotation.mentions.iter().enumerate() {
            if mention.entity.is_some()
                && let Some(head) = doc.head_of(doc.tokens_in(mention.span))
            {
                by_head.entry(head.id()).or_default().push(index);
            }
        }
        Self { annotation, by_head }
    }

    /// The mentions that a phrase's head heads, with what they refer to. A hyphenated token may hold several names.
    pub(super) fn at(&self, head: TokenId) -> impl Iterator<Item = (usize, &'a Mention, EntityId)> {
        let indexes = self.by_head.get(&head).map_or(&[][..], Vec::as_slice);
        let mentions = indexes.iter().map(|&index| (index, &self.annotation.mentions[index]));
        mentions.filter_map(|(index, mention)| Some((index, mention, mention.entity?)))
    }
}
