use super::clusters::Clusters;
use super::phrase::Pronoun;
use crate::annotation::{Kind, MentionKind};
use crate::nlp::{Pos, Token};

/// Joins what the grammar says is the same: appositions, copulas, relative and reflexive pronouns.
pub(super) fn join(clusters: &mut Clusters<'_>) {
    for i in 0..clusters.phrases.len() {
        apposition(clusters, i);
        copula(clusters, i);
        match clusters.phrases[i].pronoun {
            Some(Pronoun::Relative) => relative(clusters, i),
            Some(Pronoun::Reflexive) => reflexive(clusters, i),
            _ => {}
        }
    }
}

/// `Mette Frederiksen, the prime minister of Denmark`
fn apposition(clusters: &mut Clusters<'_>, i: usize) {
    let head = clusters.head(i);
    if head.dep() != "appos"
        || !clusters.phrases[i].joined.is_empty()
        || head.children().any(|c| c.dep() == "conj")
    {
        return;
    }
    let Some(other) = clusters.headed_by(head.head_id()) else { return };
    join_description(clusters, other, i);
}

fn join_description(clusters: &mut Clusters<'_>, thing: usize, description: usize) {
    let (a, b) = (clusters.of(thing), clusters.of(description));
    let nominal = |i: usize| clusters.phrases[i].kind == MentionKind::Nominal;
    let words_only = |i: usize| WORDS.contains(&clusters.phrases[i].lemma.as_str());
    if (nominal(thing) || nominal(description))
        && !words_only(thing)
        && !words_only(description)
        && a.forms.meets(b.forms)
    {
        clusters.join(thing, description);
    }
}

/// What stands beside these is what is said, not what they are.
const WORDS: &[&str] =
    &["word", "term", "name", "phrase", "title", "expression", "slogan", "hashtag", "nickname"];

/// `Paris is the capital`: the description is of the subject; whether it is joined depends on its being definite.
fn copula(clusters: &mut Clusters<'_>, i: usize) {
    let head = clusters.head(i);
    if head.dep() != "attr" || clusters.phrases[i].kind != MentionKind::Nominal {
        return;
    }
    let verb = head.head();
    if verb.lemma() != "be" || verb.children().any(|c| c.dep() == "neg") {
        return;
    }
    let subject = verb
        .children()
        .find(|c| c.dep() == "nsubj" && c.pos() != Pos::Pron)
        .and_then(|c| clusters.headed_by(c.id()));
    let Some(subject) = subject else { return };
    if is_definite(head) {
        join_description(clusters, subject, i);
    } else if clusters.of(subject).class.is_some_and(|c| c.kind() == Kind::Person) {
        let lemma = clusters.phrases[i].lemma.clone();
        clusters.add_role(subject, &lemma);
    }
}

/// Whether a noun has a determiner that says it is known.
pub(super) fn is_definite(head: Token<'_>) -> bool {
    head.children().any(|c| {
        c.dep() == "poss"
            || (c.dep() == "det"
                && matches!(
                    c.text().to_lowercase().as_str(),
                    "the" | "this" | "that" | "these" | "those" | "both"
                ))
    })
}

/// The noun that the relative clause belongs to.
fn relative(clusters: &mut Clusters<'_>, i: usize) {
    let pronoun = clusters.head(i);
    let clause = std::iter::once(pronoun).chain(pronoun.ancestors()).find(|t| t.dep() == "relcl");
    let Some(noun) = clause.map(Token::head).filter(|noun| noun.id() < pronoun.id()) else { return };
    if let Some(antecedent) = clusters.headed_by(noun.id()) {
        clusters.join(antecedent, i);
    }
}

/// The subject of the clause.
fn reflexive(clusters: &mut Clusters<'_>, i: usize) {
    let pronoun = clusters.head(i);
    let verb = pronoun.ancestors().find(|t| matches!(t.pos(), Pos::Verb | Pos::Aux));
    let Some(subject) = verb.and_then(subject_of) else { return };
    if let Some(antecedent) = clusters.headed_by(subject.id())
        && clusters.of(antecedent).forms.meets(clusters.phrases[i].forms)
    {
        clusters.join(antecedent, i);
    }
}

/// The subject of a verb, or of the one that it shares it with.
pub(super) fn subject_of(verb: Token<'_>) -> Option<Token<'_>> {
    let mut verb = verb;
    for _ in 0..4 {
        let subject = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass"));
        if subject.is_some() {
            return subject;
        }
        if !matches!(verb.dep(), "conj" | "xcomp" | "advcl" | "ccomp" | "aux") {
            return None;
        }
        verb = verb.head();
    }
    None
}
