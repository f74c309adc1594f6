use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form of a name under which it is looked up.
///
/// Compatibility forms, case, diacritics, dots, commas, apostrophes, kinds of dashes, a leading `the`, and runs of white
/// space make no difference: `The U.S.`, `u.s.` and `US` are all `us`. Whether a name written in capitals may be
/// meant by one that is not, such as `WHO` by `who`, is for the candidate to say (see
/// [`Candidate::fits`](crate::kb::Candidate::fits)).
///
/// ```
/// assert_eq!(tidings::text::fold("São Tomé and Príncipe"), "sao tome and principe");
/// assert_eq!(tidings::text::fold("Al-‘Islāmīyah"), "al islamiyah");
/// ```
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            '.' | ',' | '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʿ' | 'ʾ' | '`' | '´' | '"' | '“' | '”' =>
                {}
            '-' | '‐'..='―' | '_' | '/' => push_space(&mut folded),
            '&' => {
                push_space(&mut folded);
                folded.push_str("and ");
            }
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' | 'ə' => folded.push(if c == 'ı' { 'i' } else { 'e' }),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            c if c.is_whitespace() => push_space(&mut folded),
            // Lower-casing may bring marks of its own (`İ`).
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    match folded.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => folded,
    }
}

fn push_space(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Whether a name is written in capitals throughout, as acronyms are; a plural `s` may follow.
pub(crate) fn in_capitals(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    match letters.as_slice() {
        [] => false,
        [_] => letters[0].is_uppercase(),
        [stem @ .., 's'] if stem.len() > 1 || name.contains(char::is_numeric) => {
            stem.iter().all(|c| c.is_uppercase())
        }
        letters => letters.iter().all(|c| c.is_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_the_same_form() {
        for (a, b) in [
            ("The U.S.", "US"),
            ("Washington, D.C.", "washington dc"),
            ("Ahmed al‑Sharaa", "Ahmed Al-Sharaa"),
            ("İstanbul", "Istanbul"),
            ("Łódź", "lodz"),
            ("Johnson & Johnson", "Johnson and  Johnson"),
            ("Israel’s", "Israel's"),
            ("ＮＡＴＯ", "nato"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_eq!(fold("The"), "the");
        assert_eq!(fold(" – "), "");
    }

    #[test]
    fn acronyms_are_written_in_capitals() {
        assert!(in_capitals("US") && in_capitals("U.S.") && in_capitals("F-16s") && in_capitals("NGOs"));
        assert!(!in_capitals("us") && !in_capitals("Us") && !in_capitals("16") && !in_capitals("Iran"));
    }
}
