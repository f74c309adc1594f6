/// Bytes of text that are parsed in one go, so that memory stays within bounds: as many characters as `spaCy`
/// takes at most.
pub(super) const LONGEST: usize = 1_000_000;

/// Cuts a text into pieces of at most `longest` bytes (and at least one character): after the last line break
/// that allows it, else after the last space, else between two characters.
pub(super) fn pieces(text: &str, longest: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(cut(rest, longest));
        rest = after;
        Some(piece)
    })
}

/// Where the first piece ends.
fn cut(text: &str, longest: usize) -> usize {
    if text.len() <= longest {
        return text.len();
    }
    let end = (0..=longest).rev().find(|&end| text.is_char_boundary(end)).filter(|&end| end > 0);
    let end = end.unwrap_or_else(|| text.chars().next().map_or(0, char::len_utf8));
    let bytes = &text.as_bytes()[..end];
    let after_last = |byte| bytes.iter().rposition(|&b| b == byte).map(|at| at + 1);
    after_last(b'\n').or_else(|| after_last(b' ')).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_up(text: &str, longest: usize) -> Vec<&str> {
        pieces(text, longest).collect()
    }

    #[test]
    fn pieces_end_with_a_line_else_with_a_word_else_anywhere() {
        assert_eq!(cut_up("one\ntwo three\nfour", 10), ["one\n", "two three\n", "four"]);
        assert_eq!(cut_up("one two three", 9), ["one two ", "three"]);
        assert_eq!(cut_up("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(cut_up("", 4), [""; 0]);
    }

    #[test]
    fn characters_are_never_cut() {
        assert_eq!(cut_up("ééé", 3), ["é", "é", "é"]);
        assert_eq!(cut_up("€€", 1), ["€", "€"]);
    }

    proptest::proptest! {
        #[test]
        fn pieces_make_up_the_text(text in "\\PC*", longest in 1usize..20) {
            proptest::prop_assert_eq!(cut_up(&text, longest).concat(), text);
        }
    }
}
