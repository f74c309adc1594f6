use crate::text::fold;

/// Words that say nothing of what a description is about.
const EMPTY: &[&str] = &[
    "about",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "based",
    "been",
    "but",
    "by",
    "can",
    "early",
    "first",
    "former",
    "formerly",
    "for",
    "from",
    "has",
    "have",
    "he",
    "her",
    "his",
    "in",
    "including",
    "into",
    "is",
    "it",
    "its",
    "known",
    "late",
    "later",
    "list",
    "may",
    "more",
    "most",
    "name",
    "named",
    "new",
    "no",
    "not",
    "of",
    "on",
    "one",
    "or",
    "other",
    "over",
    "several",
    "she",
    "since",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "to",
    "two",
    "under",
    "until",
    "used",
    "was",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whose",
    "will",
    "with",
    "within",
];

/// The words of a text that tell what it is about: folded, without function words and numbers. Both descriptions
/// and articles are taken apart by this, so that their words can be compared.
pub fn context_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| word.chars().nth(1).is_some() && word.chars().any(char::is_alphabetic))
        .filter(|word| !EMPTY.contains(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_description_tell_what_it_is_about() {
        assert_eq!(
            context_words("Prime Minister of Israel (1996–1999, since 2022)"),
            ["prime", "minister", "israel"]
        );
        assert_eq!(context_words("the of 1999"), [""; 0]);
    }
}
