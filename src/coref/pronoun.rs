use super::clusters::Clusters;
use super::features::{Feature as F, add_of_people, score};
use super::forms::Forms;
use super::pair;
use super::phrase::{Phrase, Pronoun};
use super::quote::Quote;
use crate::annotation::MentionKind;
use crate::nlp::{Pos, Token};

/// Sentences back in which pronouns find what they refer to.
const REACH: usize = 3;

/// A phrase that a pronoun may refer to, or nothing that is in the text.
pub(super) struct Candidate {
    pub(super) phrase: Option<usize>,
    pub(super) features: Vec<u16>,
}

/// Decides for each pronoun of the third person what it refers to, from left to right.
pub(super) fn join(
    clusters: &mut Clusters<'_>,
    quotes: &[Quote],
    mut seen: impl FnMut(&Clusters<'_>, usize, &[Candidate]),
) {
    let mut in_quote = vec![false; clusters.doc.len()];
    for quote in quotes {
        in_quote[quote.tokens.range()].fill(true);
    }
    for i in 0..clusters.phrases.len() {
        let is_open = clusters.phrases[i].pronoun == Some(Pronoun::Third)
            || (clusters.phrases[i].pronoun == Some(Pronoun::Reflexive) && clusters.of(i).members.len() == 1);
        if !is_open {
            continue;
        }
        let candidates = candidates(clusters, i, &in_quote);
        seen(clusters, i, &candidates);
        let antecedent = subjects_before(clusters, i).or_else(|| best(clusters, &candidates));
        if let Some(antecedent) = antecedent {
            clusters.join(antecedent, i);
        }
    }
}

/// Those who were named together as the subject of the sentence before: `France and Germany agreed. They ...`. Nothing
/// else that is several may stand between.
fn subjects_before(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let pronoun = &clusters.phrases[i];
    let head = clusters.head(i);
    if pronoun.forms != Forms::THEY || !matches!(head.dep(), "nsubj" | "nsubjpass") {
        return None;
    }
    let may_be_meant = |&j: &usize| {
        let (other, dep) = (&clusters.phrases[j], clusters.head(j).dep());
        other.is_plural() && !(other.joined.is_empty() && matches!(dep, "compound" | "amod" | "nmod"))
    };
    let sentence = head.sentence_index();
    let nearest =
        (0..i).rev().take_while(|&j| clusters.head(j).sentence_index() + 1 >= sentence).find(may_be_meant)?;
    let other = clusters.head(nearest);
    let is_named = |&part: &usize| clusters.of(part).entity.is_some();
    let are_named =
        clusters.phrases[nearest].joined.len() > 1 && clusters.of(nearest).parts.iter().all(is_named);
    let is_subject = matches!(other.dep(), "nsubj" | "nsubjpass") && other.head().is_root();
    (are_named && is_subject && other.sentence_index() + 1 == sentence).then_some(nearest)
}

/// A phrase of that which is most probable, where the probabilities of all phrases of a cluster add up.
fn best(clusters: &Clusters<'_>, candidates: &[Candidate]) -> Option<usize> {
    let mut sums: Vec<(Option<usize>, f64, Option<usize>)> = Vec::new();
    for candidate in candidates {
        let cluster = candidate.phrase.map(|j| clusters.number_of(j));
        let odds = score(&candidate.features).exp();
        match sums.iter_mut().find(|(c, ..)| *c == cluster) {
            Some((_, sum, _)) => *sum += odds,
            None => sums.push((cluster, odds, candidate.phrase)),
        }
    }
    sums.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?.2
}

fn candidates(clusters: &Clusters<'_>, i: usize, quoted: &[bool]) -> Vec<Candidate> {
    let pronoun = &clusters.phrases[i];
    let head = clusters.head(i);
    let sentence = head.sentence_index();
    let frequency = |cluster: usize| {
        (0..i)
            .filter(|&j| clusters.number_of(j) == cluster && clusters.phrases[j].kind != MentionKind::Nominal)
            .count()
    };
    let mut found: Vec<Candidate> = nothing(pronoun, head).into_iter().collect();
    let mut ranked: Vec<usize> = Vec::new();
    let before = (0..i).rev().take_while(|&j| clusters.head(j).sentence_index() + REACH >= sentence);
    let after = (i + 1..clusters.phrases.len())
        .take_while(|&j| clusters.head(j).sentence_index() == sentence)
        .filter(|&j| clusters.phrases[j].kind == MentionKind::Name && clusters.of(j).members[0] >= i);
    let mut most = (0, usize::MAX);
    for j in before.chain(after) {
        let other = &clusters.phrases[j];
        let described = other.kind == MentionKind::Nominal && other.entity.is_some();
        if described || clusters.together(i, j) || !fits(clusters, i, j) || is_bound(clusters, i, j) {
            continue;
        }
        let cluster = clusters.number_of(j);
        let rank = ranked.iter().position(|&r| r == cluster).unwrap_or_else(|| {
            ranked.push(cluster);
            ranked.len() - 1
        });
        let count = frequency(cluster);
        if j < i && count > most.0 {
            most = (count, cluster);
        }
        let mut features = pair::features(clusters, i, j, quoted);
        if j < i {
            features.push([F::Nearest, F::SecondNearest, F::ThirdNearest, F::Farther][rank.min(3)].number());
            features.push(
                match count {
                    0 | 1 => F::OnceBefore,
                    2 => F::TwiceBefore,
                    3..=5 => F::OftenBefore,
                    _ => F::VeryOftenBefore,
                }
                .number(),
            );
        }
        found.push(Candidate { phrase: Some(j), features });
    }
    if most.0 > 1 {
        for candidate in
            found.iter_mut().filter(|c| c.phrase.is_some_and(|j| clusters.number_of(j) == most.1))
        {
            candidate.features.push(F::MostOften.number());
        }
    }
    if pronoun.forms.meets(Forms::PERSON) {
        for candidate in &mut found {
            add_of_people(&mut candidate.features);
        }
    }
    found
}

/// That `it` or `they` refer to nothing in the text, or nothing that can be told.
fn nothing(pronoun: &Phrase, head: Token<'_>) -> Option<Candidate> {
    let mut features = match pronoun.forms {
        Forms::IT => vec![F::NothingIt.number()],
        Forms::THEY => vec![F::NothingThey.number()],
        _ => return None,
    };
    if pronoun.lemma == "it" {
        if is_expletive(head) {
            features.push(F::Expletive.number());
        }
        if head.dep() == "nsubj" {
            features.push(F::ItSubject.number());
        }
    }
    Some(Candidate { phrase: None, features })
}

/// Verbs whose subject `it` refers to nothing: of the weather, of appearing and happening.
const IMPERSONAL: &[&str] =
    &["rain", "snow", "seem", "appear", "happen", "emerge", "transpire", "remain", "take"];

/// `it is likely that`, `it was announced that`, `it seems`
fn is_expletive(it: Token<'_>) -> bool {
    if it.dep() == "expl" {
        return true;
    }
    if !matches!(it.dep(), "nsubj" | "nsubjpass") {
        return false;
    }
    let verb = it.head();
    let clause = verb.children().any(|c| {
        c.id() > verb.id()
            && (matches!(c.dep(), "ccomp" | "xcomp" | "csubj" | "advcl")
                && (c.dep() != "xcomp" || c.pos() == Pos::Verb))
            && c.children().any(|m| {
                m.id() < c.id()
                    && matches!(
                        m.text().to_lowercase().as_str(),
                        "that" | "to" | "whether" | "how" | "when" | "for" | "if"
                    )
            })
    });
    let predicate =
        verb.children().any(|c| c.id() > verb.id() && matches!(c.dep(), "acomp" | "attr" | "oprd" | "prep"));
    (IMPERSONAL.contains(&verb.lemma()) && clause)
        || (clause && verb.lemma() == "be" && predicate)
        || (clause && it.dep() == "nsubjpass")
}

/// Whether number, gender and animacy allow it.
fn fits(clusters: &Clusters<'_>, i: usize, j: usize) -> bool {
    let other = &clusters.phrases[j];
    if matches!(
        other.pronoun,
        Some(Pronoun::Speaker | Pronoun::Speakers | Pronoun::Addressee | Pronoun::Relative)
    ) {
        return false;
    }
    // A demonym used as an adjective is no thing to take up.
    let adjective = other.forms == Forms::NONE;
    let pronoun = clusters.phrases[i].forms;
    !adjective
        && clusters.of(j).forms.meets(pronoun)
        && (other.forms.meets(pronoun) || other.kind == MentionKind::Pronoun)
}

/// Whether the grammar forbids it: one in the other, or both of one clause.
fn is_bound(clusters: &Clusters<'_>, i: usize, j: usize) -> bool {
    let (pronoun, other) = (clusters.head(i), clusters.head(j));
    let tokens = clusters.phrases[j].tokens;
    if tokens.contains(pronoun.id()) {
        return true;
    }
    let possessive = pronoun.dep() == "poss";
    if possessive || clusters.phrases[i].pronoun == Some(Pronoun::Reflexive) {
        // `his father`: neither is the father, nor what he is apposed to.
        return pronoun.head_id() == other.id()
            || (other.dep() == "appos" && other.head_id() == pronoun.head_id());
    }
    let (a, b) = (argument_of(pronoun), argument_of(other));
    // Subject and object of one verb differ, and so do its objects.
    if let (Some(a), Some(b)) = (a, b)
        && a == b
    {
        return true;
    }
    // `he said that ... Macron`: a name after it in its own scope is someone else.
    clusters.phrases[j].kind == MentionKind::Name
        && i < j
        && other.ancestors().any(|t| Some(t.id()) == a)
        && pronoun.dep().starts_with("nsubj")
        && !other.ancestors().take_while(|t| Some(t.id()) != a).any(|t| t.dep() == "advcl")
}

/// The verb that it is an argument of, with prepositions and coordinations passed over.
fn argument_of(token: Token<'_>) -> Option<crate::text::TokenId> {
    let mut token = token;
    while matches!(token.dep(), "conj" | "pobj" | "prep" | "agent" | "dative") && !token.is_root() {
        token = token.head();
        if matches!(token.pos(), Pos::Verb | Pos::Aux) {
            return Some(token.id());
        }
        if matches!(token.pos(), Pos::Noun | Pos::Propn)
            && token.dep() != "conj"
            && !token.dep().starts_with("nsubj")
            && token.dep() != "dobj"
        {
            // Inside of another phrase.
            if token.dep() != "pobj" {
                return None;
            }
        }
    }
    matches!(token.dep(), "nsubj" | "nsubjpass" | "dobj" | "dative" | "attr" | "oprd")
        .then(|| token.head_id())
}
