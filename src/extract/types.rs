//! What a name is a name of: a choice among the coarse types and none, by the weights of the cues.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::NameType;
use super::boundary::Draft;
use super::cues::{Cue, Observer};
use super::evidence::{Coarse, Evidence};
use super::head_nouns;
use super::known::Known;
use super::words::Words;

/// The weights of the cues: a line each, with the three parts of the cue and the weights of the types of
/// [`Coarse::ALL`] and of no name. Multinomial logistic regression with a Gaussian prior on 154 articles of world newswire and, with
/// half the weight, 200 documents of Re-DocRED; cues of fewer than ten names are left out. Over five folds of the newswire F1 is .778
/// on unseen documents, of the recogniser alone .713.
static WEIGHTS: LazyLock<HashMap<Cue, [f32; 5]>> =
    LazyLock::new(|| include_str!("cues.tsv").lines().filter_map(weight).collect());

fn weight(line: &'static str) -> Option<(Cue, [f32; 5])> {
    let mut fields = line.split('\t');
    let cue = (fields.next()?, fields.next()?, fields.next()?);
    let mut weights = [0.0; 5];
    for weight in &mut weights {
        *weight = fields.next()?.parse().ok()?;
    }
    Some((cue, weights))
}

/// Least probability of being a name for what the recogniser has found.
const LEAST_FOUND: f32 = 0.3;
/// Least probability of being a name for what it has not.
const LEAST_MISSED: f32 = 0.6;

/// Gives each draft its type, drops those that are no names, and adds the runs of capitalised words that are.
pub(super) fn decide(
    words: &Words<'_>,
    known: &Known<'_>,
    found: Vec<Draft>,
    missed: Vec<Draft>,
) -> Vec<Draft> {
    let evidence = Evidence::new(words, &found);
    let observer = Observer { words, known, evidence: &evidence };
    let mut drafts: Vec<(Draft, bool)> = found.into_iter().map(|draft| (draft, true)).collect();
    drafts.extend(missed.into_iter().map(|draft| (draft, false)));
    drafts.sort_by_key(|(draft, _)| draft.range.start);
    let mut chances: Vec<[f32; 5]> = Vec::with_capacity(drafts.len());
    for (number, (draft, of_recogniser)) in drafts.iter().enumerate() {
        let before = number.checked_sub(1).and_then(|before| drafts.get(before));
        let joined = [
            before.filter(|(b, found)| *found && are_joined(words, b, draft)),
            drafts.get(number + 1).filter(|(b, found)| *found && are_joined(words, draft, b)),
        ];
        let joined = joined.map(|other| other.map(|(other, _)| Coarse::of(other.name_type)));
        let cues = observer.cues(draft, *of_recogniser, joined);
        chances.push(log_chances(&cues));
    }
    agree(words, &drafts, &mut chances);
    let mut decided = Vec::with_capacity(drafts.len());
    for ((draft, of_recogniser), chances) in drafts.into_iter().zip(chances) {
        let least = if of_recogniser { LEAST_FOUND } else { LEAST_MISSED };
        let own = of_recogniser.then(|| Coarse::of(draft.name_type));
        let Some(coarse) = choice(chances, least, own) else { continue };
        let name_type = fine(words, known, &draft, of_recogniser, coarse);
        decided.push(Draft { range: draft.range, name_type });
    }
    decided
}

/// Log probabilities of the types and of no name.
fn log_chances(cues: &[Cue]) -> [f32; 5] {
    let mut scores = [0.0_f32; 5];
    for weights in cues.iter().filter_map(|cue| WEIGHTS.get(cue)) {
        for (score, weight) in scores.iter_mut().zip(weights) {
            *score += weight;
        }
    }
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let total: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
    scores.map(|score| score - highest - total.ln())
}

/// Draws the chances of names with the same words half-way towards their mean: mostly they name the same thing.
fn agree(words: &Words<'_>, drafts: &[(Draft, bool)], chances: &mut [[f32; 5]]) {
    let key = |draft: &Draft| words.text_of(&draft.range).to_lowercase();
    let mut sums: HashMap<String, ([f32; 5], f32)> = HashMap::new();
    for ((draft, _), own) in drafts.iter().zip(&*chances) {
        let (sum, count) = sums.entry(key(draft)).or_default();
        for (sum, own) in sum.iter_mut().zip(own) {
            *sum += own;
        }
        *count += 1.0;
    }
    for ((draft, _), own) in drafts.iter().zip(chances) {
        let (sum, count) = sums[&key(draft)];
        for (own, sum) in own.iter_mut().zip(sum) {
            *own = f32::midpoint(*own, sum / count);
        }
    }
}

/// Whether a comma, `and` or `or` is all that stands between two names.
fn are_joined(words: &Words<'_>, first: &Draft, second: &Draft) -> bool {
    let between = first.range.end..second.range.start;
    (1..=2).contains(&between.len())
        && between.clone().all(|at| matches!(words.text(at), "," | "and" | "or" | "&" | "/" | "-"))
}

/// The likeliest type; `None` when the probability of a name is less than `least`. What the recogniser took for a person, body or place
/// is something else only where that is twice as likely: nothing tells then what else it is.
fn choice(log_chances: [f32; 5], least: f32, own: Option<Coarse>) -> Option<Coarse> {
    let mut odds = log_chances.map(f32::exp);
    let none = odds[4] / odds.iter().sum::<f32>();
    if let Some(own) = own.filter(|&own| own != Coarse::Other) {
        odds[own as usize] =
            odds[own as usize].max(odds[Coarse::Other as usize].min(2.0 * odds[own as usize]));
    }
    let best = Coarse::ALL
        .into_iter()
        .reduce(|best, next| if odds[next as usize] > odds[best as usize] { next } else { best });
    best.filter(|_| 1.0 - none >= least)
}

/// The type within a coarse one: the recogniser's, else that of the knowledge base, else that of the last noun.
fn fine(
    words: &Words<'_>,
    known: &Known<'_>,
    draft: &Draft,
    of_recogniser: bool,
    coarse: Coarse,
) -> NameType {
    if of_recogniser && Coarse::of(draft.name_type) == coarse {
        return draft.name_type;
    }
    let meaning = known.meaning(words.text_of(&draft.range)).map(|meaning| meaning.name_type);
    let noun = head_nouns::name_type(&words.lower(draft.range.end - 1));
    let fits = |name_type: &NameType| Coarse::of(*name_type) == coarse;
    meaning.filter(fits).or(noun.filter(fits)).unwrap_or(match coarse {
        Coarse::Person => NameType::Person,
        Coarse::Organization => NameType::Organization,
        Coarse::Place => NameType::Gpe,
        Coarse::Other if draft.range.len() > 1 => NameType::WorkOfArt,
        Coarse::Other => NameType::Norp,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::marked::found;

    #[test]
    fn the_document_and_the_knowledge_base_correct_the_recogniser() {
        assert_eq!(
            found("President [PERSON Gustavo Cortizo] said. [ORG Cortizo] told. [ORG Cortizo] said"),
            ["PERSON Gustavo Cortizo", "PERSON Cortizo", "PERSON Cortizo"]
        );
        assert_eq!(found("in [PERSON Cape Town] and"), ["GPE Cape Town"]);
        assert_eq!(found("the [NORP U.S.-led] coalition"), ["GPE U.S."]);
    }

    #[test]
    fn every_line_of_the_weights_can_be_read() {
        assert_eq!(WEIGHTS.len(), include_str!("cues.tsv").lines().count());
        assert!(WEIGHTS.contains_key(&("bias", "", "")));
    }
}
