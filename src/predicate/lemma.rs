use crate::nlp::Token;

/// The base form of a word in lower case, as the lexicon has it.
///
/// Rules for endings take `hoped`, `raped` and `staged` for forms of `hop`, `rap` and `stag`, where a word of one syllable would
/// have doubled its last letter (`hopped`): there the base form ends in `e`.
pub(crate) fn lemma(token: Token<'_>) -> String {
    let mut lemma = token.lemma().to_lowercase();
    let ending = token.norm().strip_prefix(lemma.as_str());
    let inflected = matches!((token.tag(), ending), ("VBD" | "VBN", Some("ed")) | ("VBG", Some("ing")));
    if inflected && doubles_its_last_letter(&lemma) {
        lemma.push('e');
    }
    lemma
}

/// Whether a verb has one syllable with a single vowel letter before a single last consonant.
fn doubles_its_last_letter(lemma: &str) -> bool {
    let is_vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut letters = lemma.chars().rev();
    let last = letters.next();
    let ends_in_consonant = last.is_some_and(|c| c.is_ascii_lowercase() && !"aeiouwxy".contains(c));
    ends_in_consonant && letters.next().is_some_and(|c| is_vowel(&c)) && !letters.any(|c| is_vowel(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_syllable_double_their_last_letter() {
        for word in ["hop", "rap", "stag", "fin", "stop", "plan"] {
            assert!(doubles_its_last_letter(word), "{word}");
        }
        for word in ["attack", "visit", "show", "fix", "hope", "need", "", "a", "é"] {
            assert!(!doubles_its_last_letter(word), "{word}");
        }
    }
}
