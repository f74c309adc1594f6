use smol_str::SmolStr;

use super::clusters::Clusters;
use super::lexicon::{self, Noun};
use super::precise::is_definite;
use crate::annotation::{Class, Kind, MentionKind};

/// Sentences back in which a description without modifiers finds what it takes up.
const NEAR: usize = 4;

/// Words that say that something new is meant.
const NEW: &[&str] = &[
    "other",
    "another",
    "second",
    "third",
    "new",
    "next",
    "different",
    "more",
    "many",
    "several",
    "some",
    "any",
    "each",
    "every",
];

/// Joins descriptions with what they take up: the holder of a role, the same noun, a name of the kind that the noun says.
pub(super) fn join(clusters: &mut Clusters<'_>) {
    for i in 0..clusters.phrases.len() {
        let phrase = &clusters.phrases[i];
        if phrase.kind != MentionKind::Nominal || clusters.of(i).members[0] != i {
            continue;
        }
        let antecedent = if is_definite(clusters.head(i)) {
            holder(clusters, i).or_else(|| same_noun(clusters, i)).or_else(|| of_kind(clusters, i))
        } else {
            same_plural(clusters, i)
        };
        if let Some(antecedent) = antecedent {
            clusters.join(antecedent, i);
        }
    }
}

fn earlier(i: usize) -> impl Iterator<Item = usize> {
    (0..i).rev()
}

fn sentences_between(clusters: &Clusters<'_>, a: usize, b: usize) -> usize {
    clusters.head(b).sentence_index().saturating_sub(clusters.head(a).sentence_index())
}

/// Someone who was said to have this role: `the president` after `President Macron`.
fn holder(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let lemma = &clusters.phrases[i].lemma;
    let mine = clusters.modifiers(i);
    let has_role = |&j: &usize| {
        let cluster = clusters.of(j);
        cluster.entity.is_some()
            && cluster.roles.contains(lemma)
            && cluster.forms.meets(clusters.of(i).forms)
            && !overlap(clusters, j, i)
            && included(&mine, clusters, j)
    };
    earlier(i).find(has_role)
}

/// The same noun, with no modifier that the earlier ones had not.
fn same_noun(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let phrase = &clusters.phrases[i];
    let mine = clusters.modifiers(i);
    if mine.iter().any(|word| NEW.contains(&word.as_str())) {
        return None;
    }
    let fits = |&j: &usize| {
        let other = &clusters.phrases[j];
        other.kind == MentionKind::Nominal
            && other.lemma == phrase.lemma
            && other.is_plural() == phrase.is_plural()
            && !overlap(clusters, j, i)
            && included(&mine, clusters, j)
    };
    earlier(i).find(fits)
}

/// Plurals without determiner that are the same words: `police`, `Iranian officials`.
fn same_plural(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let phrase = &clusters.phrases[i];
    if !phrase.is_plural() {
        return None;
    }
    let mine = clusters.modifiers(i);
    let fits = |&j: &usize| {
        let other = &clusters.phrases[j];
        other.kind == MentionKind::Nominal
            && other.lemma == phrase.lemma
            && other.is_plural()
            && clusters.modifiers(j) == mine
    };
    earlier(i).find(fits)
}

/// A name of the kind that a bare noun says: `the company` after `Siemens`.
fn of_kind(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let phrase = &clusters.phrases[i];
    if phrase.is_plural()
        || !clusters.modifiers(i).is_empty()
        || clusters.head(i).children().any(|c| c.dep() == "poss")
    {
        return None;
    }
    let goes = kind_of(&phrase.lemma)?;
    let fits = |&j: &usize| {
        let other = &clusters.phrases[j];
        other.kind == MentionKind::Name
            && sentences_between(clusters, j, i) <= NEAR
            && clusters.of(j).class.is_some_and(goes)
            && !overlap(clusters, j, i)
    };
    earlier(i).find(fits)
}

/// Which classes a noun names.
fn kind_of(lemma: &str) -> Option<fn(Class) -> bool> {
    Some(match lemma {
        "country" | "nation" => |class| class == Class::Country,
        "city" | "town" | "capital" => |class| class == Class::City,
        "state" | "province" | "region" => |class| class == Class::Region,
        "company" | "firm" | "corporation" | "automaker" | "carmaker" | "manufacturer" | "airline"
        | "bank" | "giant" => |class| matches!(class, Class::Company | Class::Organization),
        "organization" | "organisation" | "group" | "agency" | "body" | "association" | "institution"
        | "network" | "movement" => |class| class.kind() == Kind::Organization,
        "party" => |class| class == Class::PoliticalParty,
        "newspaper" | "paper" | "magazine" | "broadcaster" => {
            |class| matches!(class, Class::MediaOrganization | Class::Work)
        }
        "club" | "team" | "side" => |class| class == Class::SportsTeam,
        "university" | "school" | "college" => |class| class == Class::EducationalInstitution,
        "militia" => |class| class == Class::ArmedGroup,
        lemma if matches!(lexicon::noun(lemma), Some(Noun::Man | Noun::Woman)) && lemma.ends_with("man") => {
            |class| class == Class::Person
        }
        _ => return None,
    })
}

/// Whether all words are among those of the phrases of a cluster.
fn included(words: &[SmolStr], clusters: &Clusters<'_>, of: usize) -> bool {
    let mut members = clusters.of(of).members.iter();
    words.is_empty() || {
        let said: Vec<SmolStr> = members
            .by_ref()
            .flat_map(|&m| {
                let tokens = clusters.doc.tokens_of(clusters.phrases[m].tokens);
                tokens.map(|t| SmolStr::from(t.lemma().to_lowercase())).collect::<Vec<_>>()
            })
            .collect();
        words.iter().all(|word| said.contains(word))
    }
}

fn overlap(clusters: &Clusters<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (clusters.phrases[a].tokens, clusters.phrases[b].tokens);
    a.start < b.end && b.start < a.end
}
