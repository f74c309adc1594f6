//! What a name is a name of: a choice among the coarse types and none, by the weights of the cues.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::NameType;
use super::boundary::{Cutter, Draft};
use super::cues::{Cue, Observer};
use super::evidence::{Coarse, Evidence};
use super::known::{Known, Meaning};
use super::words::Words;
use super::{head_nouns, pairs};
use crate::nlp::Pos;
use crate::text::WordList;

/// The weights of the cues for the types of [`Coarse::ALL`] and for no name.
pub struct Weights(HashMap<Cue, [f32; 5]>);

/// The weights that the program has: a line each, with the three parts of the cue and its weights. Multinomial logistic
/// regression with a Gaussian prior, by `examples/train_names.rs`, on 154 articles of world newswire and, with half the weight,
/// 200 documents of Re-DocRED.
static EMBEDDED: LazyLock<Weights> =
    LazyLock::new(|| Weights(include_str!("cues.tsv").lines().filter_map(weight).collect()));

impl Weights {
    /// The weights that the program has.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Newly learned weights.
    pub fn new(weights: impl IntoIterator<Item = (Cue, [f32; 5])>) -> Self {
        Self(weights.into_iter().collect())
    }

    /// Log probabilities of the types and of no name.
    fn log_chances(&self, cues: &[Cue]) -> [f32; 5] {
        let mut scores = [0.0_f32; 5];
        for weights in cues.iter().filter_map(|cue| self.0.get(cue)) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += weight;
            }
        }
        let highest = scores.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
        scores.map(|score| score - highest - total.ln())
    }
}

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
/// How much less likely a single word behind `the` is a person, as a logarithm.
const NO_PERSON: f32 = 6.0;
/// Least probability of being a name for what it has not.
const LEAST_MISSED: f32 = 0.45;

/// Popularity from which on somebody is known by a single word.
const FAMOUS: f64 = 40.0;

/// Abbreviations of common nouns, which recognisers take for organisations.
static ABBREVIATIONS: WordList = WordList::new(
    "ai aids adhd api asd atm bmi cctv cd cfc cgi co2 covid ct cv dna dvd emf eta faq fm gdp gm gmo gmt gnp gps gst hd hdtv hiv \
     hpv hr html http icbm icu ied iot ip ipo iq isbn isp it ivf lcd led lgbt lgbtq lgbtqi lng lpg lsd mdma mri mrna ms ngo \
     ocd pc pcb pcr pdf phd ppe pr pto ptsd pvc qr r&d rna rss sars sim sms ssd std suv tb tnt tv uav ufo uhf url usb utc uv \
     vat vhf vip voip vpn wmd www",
);

/// Who serves a body, and not a part of one.
static SERVING: WordList = WordList::new(
    "anchor ceo chairman chairwoman co-founder correspondent employee founder journalist president reporter spokesman spokesperson \
     spokeswoman",
);

/// What stands before the names of ships.
const SHIPS: [&str; 9] = ["HMAS", "HMCS", "HMNZS", "HMS", "M/V", "MV", "RMS", "USNS", "USS"];

/// A draft with what speaks for one type or another.
pub(super) struct Observed {
    pub(super) draft: Draft,
    /// Whether the recogniser found it; else it is a run of capitalised words, and the type of the draft says nothing.
    pub(super) is_found: bool,
    /// The type that its partner behind a hyphen tells.
    sure: Option<NameType>,
    pub(super) cues: Vec<Cue>,
}

/// Looks at the drafts of the recogniser and the runs that it missed, in the order of the text.
pub(super) fn observe(cutter: &Cutter<'_>, found: Vec<Draft>, missed: Vec<Draft>) -> Vec<Observed> {
    let (words, known) = (cutter.words, cutter.known);
    let evidence = Evidence::new(words, &found);
    let observer = Observer { words, known, evidence: &evidence };
    let mut drafts: Vec<(Draft, bool)> = found.into_iter().map(|draft| (draft, true)).collect();
    drafts.extend(missed.into_iter().map(|draft| (draft, false)));
    drafts.sort_by_key(|(draft, _)| draft.range.start);
    let cues = |number: usize| {
        let (draft, is_found) = &drafts[number];
        let before = number.checked_sub(1).and_then(|before| drafts.get(before));
        let joined = [
            before.filter(|(b, found)| *found && are_joined(words, b, draft)),
            drafts.get(number + 1).filter(|(b, found)| *found && are_joined(words, draft, b)),
        ];
        let joined = joined.map(|other| other.map(|(other, _)| Coarse::of(other.name_type)));
        observer.cues(draft, *is_found, joined)
    };
    let cues: Vec<Vec<Cue>> = (0..drafts.len()).map(cues).collect();
    let (drafts, is_found): (Vec<Draft>, Vec<bool>) = drafts.into_iter().unzip();
    let partners = pairs::partners(cutter, &drafts);
    let all = drafts.into_iter().zip(is_found).zip(partners).zip(cues);
    all.map(|(((draft, is_found), sure), cues)| Observed { draft, is_found, sure, cues }).collect()
}

/// Whether a word at the start of a sentence, which has a capital there anyhow, and which means one thing only, is the name of somebody
/// famous: what does something and has no article. `Macron visited ...`
fn is_somebody(words: &Words<'_>, draft: &Draft, meaning: Meaning) -> bool {
    let token = words.token(draft.range.start);
    let is_bare = !token.children().any(|child| child.id() < token.id());
    draft.range.len() == 1
        && meaning.name_type == NameType::Person
        && meaning.popularity >= FAMOUS
        && is_bare
        && token.dep() == "nsubj"
        && matches!(token.tag(), "NN" | "NNP")
        && token.head().pos() == Pos::Verb
}

/// Gives each draft its type and drops those that are no names.
pub(super) fn decide(
    words: &Words<'_>,
    known: &Known<'_>,
    observed: Vec<Observed>,
    weights: &Weights,
) -> Vec<Draft> {
    let mut chances: Vec<[f32; 5]> =
        observed.iter().map(|observed| weights.log_chances(&observed.cues)).collect();
    for (Observed { draft, .. }, chances) in observed.iter().zip(&mut chances) {
        if is_thing(words, draft) {
            chances[Coarse::Person as usize] -= NO_PERSON;
        }
    }
    agree(words, &observed, &mut chances);
    let mut decided = Vec::with_capacity(observed.len());
    for (Observed { draft, is_found, sure, .. }, chances) in observed.into_iter().zip(chances) {
        if let Some(name_type) = sure {
            decided.push(Draft { range: draft.range, name_type });
            continue;
        }
        // What means one well-known thing only is taken for it where the recogniser has missed it.
        let meaning = known.meaning(words.text_of(&draft.range)).filter(|_| !is_found);
        let sure = meaning.filter(|m| m.share > 0.9 && m.popularity >= 10.0 && m.other < 0.1);
        if sure.is_some_and(|m| is_somebody(words, &draft, m)) {
            decided.push(Draft { range: draft.range, name_type: NameType::Person });
            continue;
        }
        let least = if is_found || sure.is_some() { LEAST_FOUND } else { LEAST_MISSED };
        let own = is_found.then(|| Coarse::of(draft.name_type));
        let Some(coarse) = choice(chances, least, own) else { continue };
        let name_type = match sure.filter(|_| coarse == Coarse::Other) {
            Some(meaning) => meaning.name_type,
            None => fine(words, known, &draft, is_found, coarse),
        };
        decided.push(Draft { range: draft.range, name_type });
    }
    decided
}

/// Whether a name is a single word behind `the`: `the Moon`, not `the Clinton campaign`.
fn is_thing(words: &Words<'_>, draft: &Draft) -> bool {
    let at = draft.range.start;
    let modifies = || matches!(words.token(at).dep(), "amod" | "compound" | "nmod" | "poss");
    draft.range.len() == 1 && at > 0 && words.text(at - 1) == "the" && !modifies()
}

/// Draws the chances of names with the same words half-way towards their mean: mostly they name the same thing.
fn agree(words: &Words<'_>, observed: &[Observed], chances: &mut [[f32; 5]]) {
    let key = |draft: &Draft| words.text_of(&draft.range).to_lowercase();
    let mut sums: HashMap<String, ([f32; 5], f32)> = HashMap::new();
    for (Observed { draft, .. }, own) in observed.iter().zip(&*chances) {
        let (sum, count) = sums.entry(key(draft)).or_default();
        for (sum, own) in sum.iter_mut().zip(own) {
            *sum += own;
        }
        *count += 1.0;
    }
    for (Observed { draft, .. }, own) in observed.iter().zip(chances) {
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
    let is_common = |at: usize| words.text(at) != words.lower(at) && ABBREVIATIONS.contains(&words.lower(at));
    if draft.range.len() == 1 && is_common(draft.range.start) && !is_served(words, draft.range.start) {
        return NameType::Other;
    }
    let is_ship = SHIPS.contains(&words.text(draft.range.start)) && draft.range.len() > 1;
    if is_ship {
        return NameType::Product;
    }
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
        Coarse::Other if draft.range.len() == 1 && is_of_people(words, draft.range.start) => NameType::Norp,
        Coarse::Other => NameType::Other,
    })
}

/// Whether somebody serves what a word stands for, as only bodies are served: `the president of CCTV`.
fn is_served(words: &Words<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|at| words.lower(at)).unwrap_or_default();
    matches!(before(1).as_str(), "of" | "for" | "at") && SERVING.contains(&before(2)) && before(3) != "vice"
}

/// Whether an unknown word has the form of the names of peoples and parties: an adjective, a plural, or with their endings.
fn is_of_people(words: &Words<'_>, at: usize) -> bool {
    let lower = words.lower(at);
    let is_acronym = words.text(at).chars().skip(1).any(char::is_uppercase);
    let has_ending = ["ian", "ese", "ish", "ite", "ist"].iter().any(|ending| lower.ends_with(ending));
    !is_acronym && (has_ending || words.pos(at) == Pos::Adj || words.token(at).tag() == "NNPS")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::marked::{doc, found};

    #[test]
    fn the_document_and_the_knowledge_base_correct_the_recogniser() {
        assert_eq!(
            found("President [PERSON Gustavo Cortizo] said. [ORG Cortizo] told. [ORG Cortizo] said"),
            ["PERSON Gustavo Cortizo", "PERSON Cortizo", "PERSON Cortizo"]
        );
        assert_eq!(found("in [PERSON Cape Town] and"), ["GPE Cape Town"]);
        assert!(!found("They flew to the [PERSON Moon].")[0].contains("PERSON"));
        assert_eq!(found("The [PERSON HMS Beagle] sailed."), ["PRODUCT HMS Beagle"]);
        assert_eq!(found("The [ORG CCTV] showed a man."), ["MISC CCTV"]);
        assert_eq!(found("A reporter for [ORG CCTV] asked."), ["ORG CCTV"]);
        assert_eq!(found("the [NORP U.S.-led] coalition"), ["GPE U.S."]);
    }

    #[test]
    fn somebody_famous_is_known_at_the_start_of_a_sentence() {
        let doc = crate::nlp::Pipeline::embedded().parse("Macron opened the museum on Monday.");
        let names = crate::extract::names(&doc, crate::kb::Kb::builtin());
        assert_eq!(names.names[0].span.of(doc.text()), "Macron");
    }

    #[test]
    fn unknown_words_are_peoples_by_their_form_only() {
        let doc = doc("Vashtian met Quaxor. QRZs fell");
        let words = Words::new(&doc);
        assert!(is_of_people(&words, 0));
        assert!(!is_of_people(&words, 2));
        assert!(!is_of_people(&words, 4));
    }

    #[test]
    fn every_line_of_the_weights_can_be_read() {
        let weights = &Weights::embedded().0;
        assert_eq!(weights.len(), include_str!("cues.tsv").lines().count());
        assert!(weights.contains_key(&("bias", "", "")));
    }
}
