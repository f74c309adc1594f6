use smol_str::SmolStr;

use super::clusters::Clusters;
use super::forms::Forms;
use super::lexicon::{self, Noun};
use super::phrase::{Phrase, is_modifier, number};
use super::precise::is_definite;
use crate::annotation::{Class, Kind, MentionKind};
use crate::nlp::Token;

/// Sentences back in which a description without modifiers finds what it takes up.
const NEAR: usize = 4;

/// Sentences back in which the same noun without modifiers means the same.
const FAR: usize = 12;

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
        let is_new = clusters.of(i).members[0] == i && phrase.joined.is_empty();
        if phrase.kind != MentionKind::Nominal || !is_new {
            continue;
        }
        let antecedent = if is_number(&clusters.phrases[i]) {
            None
        } else if is_definite(clusters.head(i)) {
            governed(clusters, i)
                .or_else(|| holder(clusters, i))
                .or_else(|| same_noun(clusters, i))
                .or_else(|| of_kind(clusters, i))
        } else {
            same_words(clusters, i)
        };
        if let Some(antecedent) = antecedent {
            clusters.join(antecedent, i);
        } else if let Some(parts) = several(clusters, i) {
            let whole = earlier(i).find(|&j| same(clusters, &clusters.of(j).parts, &parts));
            clusters.set_parts(i, parts);
            if let Some(whole) = whole {
                clusters.join(whole, i);
            }
        }
    }
}

/// Whether two lists of phrases refer to the same things.
fn same(clusters: &Clusters<'_>, a: &[usize], b: &[usize]) -> bool {
    a.len() == b.len() && a.iter().all(|&a| b.iter().any(|&b| clusters.together(a, b)))
}

/// Whether a phrase is `both`, `the two` or the like, without a noun.
fn is_number(phrase: &Phrase) -> bool {
    phrase.lemma.starts_with(|c: char| c.is_ascii_digit())
}

/// The things that `the two countries`, `both` and `all three` are: names of the kind that the noun says, or of those who act.
/// Those that are joined in the sentence of the last of them come first, else the last ones. Without a noun,
/// it must be the subject of this sentence or all that it names.
fn several(clusters: &Clusters<'_>, i: usize) -> Option<Vec<usize>> {
    let (phrase, head) = (&clusters.phrases[i], clusters.head(i));
    let count = number(head).or_else(|| head.children().filter(|c| c.id() < head.id()).find_map(number))?;
    let is_more = |word: &SmolStr| !matches!(word.as_str(), "two" | "three" | "four");
    let is_known = is_number(phrase) || head.children().any(says_which);
    if !is_known || !phrase.is_plural() || clusters.modifiers(i).iter().any(is_more) {
        return None;
    }
    let goes = kind_of_several(phrase)?;
    let reach = if is_number(phrase) { 1 } else { NEAR };
    let named: Vec<usize> = earlier(i)
        .take_while(|&j| sentences_between(clusters, j, i) <= reach)
        .filter(|&j| clusters.phrases[j].entity.is_some() && clusters.of(j).class.is_some_and(goes))
        .collect();
    // A demonym, or what stands before a noun, names a party beside others like it only.
    let is_noun = |&j: &usize| clusters.phrases[j].forms != Forms::NONE && !is_modifier(clusters.head(j));
    let nouns: Vec<usize> = named.iter().copied().filter(is_noun).collect();
    // Of governments those that were called so: `the British and Irish governments`.
    let is_called =
        |&&j: &&usize| phrase.lemma != "government" || named_with(clusters.head(j)) == phrase.lemma;
    let called: Vec<usize> = named.iter().filter(is_called).copied().collect();
    let others = || if is_number(phrase) { None } else { last_of(clusters, &called, count, false) };
    let is_subject = |parts: &Vec<usize>| clusters.head(parts[0]).dep().starts_with("nsubj");
    joined(clusters, i, &nouns, count)
        .filter(|parts| !is_number(phrase) || is_subject(parts))
        .or_else(|| last_of(clusters, &nouns, count, is_number(phrase)))
        .or_else(others)
}

/// The noun that a name, or the names it is joined to, stands before.
fn named_with(mut name: Token<'_>) -> &str {
    while name.dep() == "conj" && !name.is_root() {
        name = name.head();
    }
    name.head().lemma()
}

/// Whether a word before a noun says that those are meant who were named.
fn says_which(child: Token<'_>) -> bool {
    child.norm() == "our"
        || matches!(child.dep(), "det" | "predet")
            && matches!(child.norm(), "the" | "both" | "these" | "those" | "all")
}

/// The phrases that are joined in the sentence of the last one named, if they are as many and all among those named.
fn joined(clusters: &Clusters<'_>, i: usize, named: &[usize], count: usize) -> Option<Vec<usize>> {
    let last = *named.first()?;
    let all_named = |parts: &[usize]| parts.iter().all(|part| named.contains(part));
    earlier(i)
        .skip_while(|&j| j > last)
        .take_while(|&j| sentences_between(clusters, j, last) == 0)
        .filter(|&j| clusters.phrases[j].joined.len() == count)
        .map(|j| &clusters.of(j).parts)
        .find(|parts| parts.len() == count && all_named(parts))
        .cloned()
}

/// The last things named, each once and all of one kind, in the order of the text; `alone` if no further one may stand beside them.
fn last_of(clusters: &Clusters<'_>, named: &[usize], count: usize, alone: bool) -> Option<Vec<usize>> {
    let last = *named.first()?;
    let kind = |j: usize| clusters.of(j).class.map(Class::kind);
    let mut parts: Vec<usize> = Vec::new();
    for &j in named {
        let is_beside = !alone || sentences_between(clusters, j, last) == 0;
        if is_beside && kind(j) == kind(last) && !parts.iter().any(|&part| clusters.together(part, j)) {
            parts.push(j);
        }
        if parts.len() == count && !alone {
            break;
        }
    }
    parts.reverse();
    (parts.len() == count).then_some(parts)
}

/// Which classes several things have, by the noun for them; without one, those of people, countries and bodies.
fn kind_of_several(phrase: &Phrase) -> Option<fn(Class) -> bool> {
    let is_actor =
        |class: Class| class == Class::Country || matches!(class.kind(), Kind::Person | Kind::Organization);
    match phrase.lemma.as_str() {
        _ if is_number(phrase) => Some(is_actor),
        "government" | "neighbor" | "neighbour" | "power" => Some(|class| class == Class::Country),
        lemma if matches!(lexicon::noun(lemma), Some(Noun::Person | Noun::Man | Noun::Woman)) => {
            Some(|class| class.kind() == Kind::Person)
        }
        lemma => kind_of(lemma),
    }
}

fn earlier(i: usize) -> impl Iterator<Item = usize> {
    (0..i).rev()
}

fn sentences_between(clusters: &Clusters<'_>, a: usize, b: usize) -> usize {
    clusters.head(b).sentence_index().saturating_sub(clusters.head(a).sentence_index())
}

/// The country whose government it is, by a name in it: `the Danish government`, `the regime in Damascus` not.
fn governed(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let (phrase, head) = (&clusters.phrases[i], clusters.head(i));
    let is_one = !phrase.is_plural() && phrase.joined.is_empty() && head.tag() == "NN";
    if !is_one || !matches!(phrase.lemma.as_str(), "government" | "regime") {
        return None;
    }
    let own = head.children().filter(|c| matches!(c.dep(), "amod" | "compound" | "poss" | "nmod"));
    let of = head.children().filter(|c| c.dep() == "prep" && c.lemma() == "of");
    let of = of.flat_map(|of| of.children().filter(|c| c.dep() == "pobj"));
    let is_country = |&j: &usize| {
        clusters.phrases[j].kind == MentionKind::Name && clusters.of(j).class == Some(Class::Country)
    };
    own.chain(of).filter_map(|token| clusters.headed_by(token.id())).find(is_country)
}

/// Someone who was said to have this role: `the president` after `President Macron`, and `the French leader`.
fn holder(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let lemma = &clusters.phrases[i].lemma;
    let has_role = |&j: &usize| {
        let cluster = clusters.of(j);
        cluster.entity.is_some()
            && (cluster.roles.contains(lemma) || lemma == "leader" && leads(clusters, i, j))
            && cluster.forms.meets(clusters.of(i).forms)
            && !overlap(clusters, j, i)
            && included(clusters, i, j)
    };
    earlier(i).find(has_role)
}

/// Roles of those who lead a country.
const LEADING: &[&str] =
    &["chancellor", "dictator", "emir", "king", "premier", "president", "queen", "ruler", "sultan"];

/// Whether a leader of a country may be somebody: one who has such a role.
fn leads(clusters: &Clusters<'_>, leader: usize, somebody: usize) -> bool {
    let cluster = clusters.of(somebody);
    let is_prime_minister =
        || cluster.roles.iter().any(|role| role == "minister") && says(clusters, somebody, "prime");
    let modifiers = clusters.modifiers(leader);
    !modifiers.is_empty()
        && modifiers.iter().all(|word| clusters.shares_country(leader, word, somebody))
        && (cluster.roles.iter().any(|role| LEADING.contains(&role.as_str())) || is_prime_minister())
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
            && (!mine.is_empty() || sentences_between(clusters, j, i) <= FAR)
            && !overlap(clusters, j, i)
            && included(clusters, i, j)
    };
    earlier(i).find(fits)
}

/// What is named by the same words, without determiner: `police`, `Iranian officials`, `iodine`.
fn same_words(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let is_bare = |i: usize| {
        let start = clusters.phrases[i].tokens.start;
        !matches!(clusters.doc.token(start).dep(), "det" | "poss" | "nummod" | "predet")
    };
    let phrase = &clusters.phrases[i];
    let mine = clusters.modifiers(i);
    let fits = |&j: &usize| {
        let other = &clusters.phrases[j];
        other.kind == MentionKind::Nominal
            && other.lemma == phrase.lemma
            && other.is_plural() == phrase.is_plural()
            && (phrase.is_plural() || is_bare(j))
            && clusters.modifiers(j) == mine
    };
    if is_bare(i) { earlier(i).find(fits) } else { None }
}

/// A name of the kind that a bare noun says, or one with its country: `the company` after `Siemens`, `the Peruvian capital` after `Lima`.
fn of_kind(clusters: &Clusters<'_>, i: usize) -> Option<usize> {
    let phrase = &clusters.phrases[i];
    let modifiers = clusters.modifiers(i);
    if phrase.is_plural() || clusters.head(i).children().any(|c| c.dep() == "poss") {
        return None;
    }
    let goes = kind_of(&phrase.lemma)?;
    let fits = |&j: &usize| {
        let other = &clusters.phrases[j];
        other.kind == MentionKind::Name
            && sentences_between(clusters, j, i) <= NEAR
            && clusters.of(j).class.is_some_and(goes)
            && modifiers.iter().all(|word| clusters.shares_country(i, word, j))
            && !overlap(clusters, j, i)
    };
    // `The agency` is rather one of a state than a club of states.
    let is_agency =
        |&j: &usize| phrase.lemma == "agency" && clusters.of(j).class == Some(Class::GovernmentBody);
    let nearest = earlier(i).find(|j| fits(j) && is_agency(j)).or_else(|| earlier(i).find(fits))?;
    let distance = sentences_between(clusters, nearest, i);
    let mut beside = earlier(i).filter(fits).take_while(|&j| sentences_between(clusters, j, i) == distance);
    let topic = if distance > 0 { beside.find(|&j| is_topic(clusters, j)) } else { None };
    Some(topic.unwrap_or(nearest))
}

/// Whether a sentence is about what a phrase names: its subject, or the one whose its subject is.
fn is_topic(clusters: &Clusters<'_>, i: usize) -> bool {
    let head = clusters.head(i);
    let of = if head.dep() == "poss" { head.head() } else { head };
    matches!(of.dep(), "nsubj" | "nsubjpass") && of.head().is_root()
}

/// Whether a noun stands for a company.
pub(crate) fn is_business(lemma: &str) -> bool {
    lemma.ends_with("maker") && lexicon::noun(lemma) == Some(Noun::Group)
        || matches!(lemma, "company" | "firm" | "corporation" | "manufacturer" | "airline" | "bank" | "giant")
}

/// Which classes a noun names.
fn kind_of(lemma: &str) -> Option<fn(Class) -> bool> {
    Some(match lemma {
        "country" | "nation" => |class| class == Class::Country,
        "city" | "town" | "capital" => |class| class == Class::City,
        "state" | "province" | "region" => |class| class == Class::Region,
        lemma if is_business(lemma) => |class| matches!(class, Class::Company | Class::Organization),
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

/// Whether all modifiers of a phrase are among the words of what another refers to, or name the country it is from.
fn included(clusters: &Clusters<'_>, i: usize, of: usize) -> bool {
    let words = clusters.modifiers(i);
    words.iter().all(|word| says(clusters, of, word) || clusters.shares_country(i, word, of))
}

/// Whether a word is said, as a lemma, in a phrase of a cluster.
fn says(clusters: &Clusters<'_>, of: usize, word: &str) -> bool {
    let mut members = clusters.of(of).members.iter().map(|&member| clusters.phrases[member].tokens);
    members.any(|tokens| clusters.doc.tokens_of(tokens).any(|t| t.lemma().to_lowercase() == word))
}

fn overlap(clusters: &Clusters<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (clusters.phrases[a].tokens, clusters.phrases[b].tokens);
    a.start < b.end && b.start < a.end
}
