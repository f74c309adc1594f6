use super::cast::Cast;
use crate::annotation::{Bound, Number};
use crate::lexicon::Role;
use crate::nlp::{Doc, Pos, Token};
use crate::text::TokenId;
use crate::time::{cardinal, scale};

/// What stands before a number that is a bound or no more than near, by the last words of it.
const QUALIFIERS: &[(&str, Bound)] = &[
    ("at least", Bound::AtLeast),
    ("more than", Bound::AtLeast),
    ("over", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("upwards of", Bound::AtLeast),
    ("at most", Bound::AtMost),
    ("no more than", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("as many as", Bound::AtMost),
    ("fewer than", Bound::AtMost),
    ("less than", Bound::AtMost),
    ("about", Bound::About),
    ("around", Bound::About),
    ("almost", Bound::About),
    ("approximately", Bound::About),
    ("estimated", Bound::About),
    ("nearly", Bound::About),
    ("roughly", Bound::About),
    ("some", Bound::About),
];

/// How many are killed, arrested, sold: the number of those whom an event is done to, or where nobody is, of those who do it.
///
/// Of several that are counted apart there is no one number.
pub(super) fn of(doc: &Doc, cast: &Cast<'_>) -> Option<Number> {
    let heads = |role: Role| cast.parts.iter().filter(move |p| p.direct && p.role == role).map(|p| p.head);
    let role =
        [Role::Patient, Role::Theme, Role::Agent].into_iter().find(|&role| heads(role).next().is_some());
    let of_role = role.into_iter().flat_map(heads);
    // `12 deaths`
    let anchor = Some(cast.matched.predicate.head).filter(|&head| doc.token(head).pos() == Pos::Noun);
    let counted: Vec<Number> = of_role.chain(anchor).filter_map(|head| count(doc, head)).collect();
    match counted.as_slice() {
        [number] => Some(*number),
        _ => None,
    }
}

/// The number of what a noun stands for: `at least 12 people`, `three`.
fn count(doc: &Doc, head: TokenId) -> Option<Number> {
    let head = doc.token(head);
    let is_numeral = |token: &Token<'_>| token.pos() == Pos::Num;
    let numeral = if is_numeral(&head) {
        head
    } else {
        head.children().find(|c| c.dep() == "nummod" && is_numeral(c))?
    };
    let is_amount =
        numeral.children().chain(head.children()).any(|c| matches!(c.text(), "$" | "€" | "£" | "%"));
    let words = || numeral.children().filter(|c| c.id() < numeral.id() && is_numeral(c)).chain([numeral]);
    let first = words().next()?.id();
    let value = value(words().map(Token::text)).filter(|_| !is_amount)?;
    let before: Vec<&str> = (first.index().saturating_sub(3)..first.index())
        .filter_map(|index| doc.tokens().nth(index))
        .map(Token::norm)
        .collect();
    let before = before.join(" ");
    let is_said = |(words, _): &&(&str, Bound)| {
        before.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    // `no more than` before `more than`
    let qualifier = QUALIFIERS.iter().filter(is_said).max_by_key(|(words, _)| words.len());
    Some(Number { value, bound: qualifier.map_or(Bound::Exact, |&(_, bound)| bound) })
}

/// The whole number that words say: `1,200`, `twenty five`, `2.5 million`.
fn value<'a>(words: impl Iterator<Item = &'a str>) -> Option<u64> {
    let mut sum = None;
    for word in words.flat_map(|word| word.split('-')) {
        let word = word.to_lowercase().replace(',', "");
        let number = word.parse::<f64>().ok().or_else(|| cardinal(&word).map(f64::from));
        sum = match (number, scale(&word)) {
            (Some(number), _) => Some(sum.unwrap_or(0.0) + number),
            (None, Some(scale)) => Some(sum.unwrap_or(1.0) * f64::from(scale)),
            (None, None) => return None,
        };
    }
    let sum = sum.filter(|sum: &f64| sum.fract() == 0.0 && (0.0..1e15).contains(sum))?;
    #[expect(clippy::cast_sign_loss, reason = "it is positive")]
    Some(sum as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        let of = |words: &[&str]| value(words.iter().copied());
        assert_eq!(of(&["1,200"]), Some(1_200));
        assert_eq!(of(&["twenty-five"]), Some(25));
        assert_eq!(of(&["2.5", "million"]), Some(2_500_000));
        assert_eq!(of(&["two", "hundred"]), Some(200));
        assert_eq!(of(&["dozen"]), Some(12));
        assert_eq!(of(&["several"]), None);
        assert_eq!(of(&["2.5"]), None);
    }
}
