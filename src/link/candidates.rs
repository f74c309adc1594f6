use super::group::Group;
use super::{spelling, written_out};
use crate::annotation::{Class, Kind};
use crate::extract::NameType;
use crate::kb::{self, Kb};
use crate::text::{fold, in_capitals};

/// Candidates of a group that are weighed; the others are the least likely ones of a very common name.
const MOST: usize = 24;

/// An entity that a group of names may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    /// What the knowledge base says of the name.
    pub(super) found: kb::Candidate,
    /// The form in the text that led to the entity.
    pub(super) name: &'a str,
    /// How it led there.
    pub(super) by: By,
    /// How many of the group's forms lead to the entity.
    pub(super) forms: usize,
    /// Whether its name is a transcription of the form.
    pub(super) is_transcribed: bool,
}

/// How a name led to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The longest form in the text is a name of the entity.
    Name,
    /// A shorter form in the text is.
    ShortForm,
    /// The form in the text is a part of a name of the entity: a surname, or a body without its country.
    Part,
    /// The surname is the same, and the given names may be (`J. K. Rowling`, `Joanne Rowling`).
    GivenName,
    /// A name of the entity is spelled a little differently.
    Spelling,
}

impl By {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ShortForm => "short form",
            Self::Part => "part of a name",
            Self::GivenName => "surname and given name",
            Self::Spelling => "similar spelling",
        }
    }
}

/// The entities that a group of names may mean, those that have its longest form first; each once.
pub(super) fn candidates<'a>(kb: &Kb, group: &Group<'a>) -> Vec<Candidate<'a>> {
    let mut found = by_another_name(kb, group);
    if !found.is_empty() {
        return found;
    }
    let longest = group.forms[0];
    found_by(&mut found, longest, By::Name, lookup(kb, longest));
    let (telling, confirming): (Vec<&str>, Vec<&str>) =
        group.forms[1..].iter().partition(|form| stands_alone(form, group.name_type));
    for form in telling {
        found_by(&mut found, form, By::ShortForm, lookup(kb, form));
    }
    prefer_peoples(kb, group, &mut found);
    if found.is_empty()
        && let Some(common) = written_out::common_name(longest)
    {
        let companies = lookup(kb, common).into_iter().filter(|c| is_of(kb, c, Kind::Organization));
        found_by(&mut found, longest, By::Name, companies.collect());
    }
    let is_person = group.name_type == NameType::Person;
    if is_person && longest.contains(' ') {
        found_by(&mut found, longest, By::GivenName, given_names(kb, longest));
    } else {
        let has_names = !found.is_empty();
        let mut parts = kb.lookup_partial(longest);
        // A surname that is the name of something else too, such as a city, is not taken for a surname there.
        parts.retain(|part| is_person || !has_names || !is_of(kb, part, Kind::Person));
        // Nor is a longer name cut short where a place has the name whole: `Washington` is the capital.
        let whole = found.iter().any(|c| c.found.prior >= 0.5 && is_of(kb, &c.found, Kind::Polity));
        parts.retain(|part| !whole || !is_of(kb, part, Kind::Polity));
        found_by(&mut found, longest, By::Part, parts);
    }
    if found.is_empty() {
        add_other_spellings(&mut found, kb, longest);
    }
    if found.is_empty() {
        let near = kb.lookup_near(longest).into_iter().map(|(candidate, _)| candidate);
        found_by(&mut found, longest, By::Spelling, near.collect());
    }
    let folded = fold(longest);
    for form in confirming {
        let named = lookup(kb, form);
        // `Social Democratic Party (SPD)` is that of Germany.
        let is_longer =
            |c: &kb::Candidate| kb.entity(c.entity).is_some_and(|e| fold(e.label).contains(&folded));
        let is_known = |c: &kb::Candidate| found.iter().any(|known| known.found.entity == c.entity);
        let longer = named.iter().filter(|c| !is_person && is_longer(c) && !is_known(c)).copied().collect();
        found_by(&mut found, form, By::ShortForm, longer);
        confirm(&mut found, &named);
    }
    // Those that more of the forms lead to first.
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.forms));
    found.truncate(MOST);
    found
}

/// What a name cut short stands for, where the text makes that plain.
fn by_another_name<'a>(kb: &Kb, group: &Group<'a>) -> Vec<Candidate<'a>> {
    let (mut found, form) = (Vec::new(), group.forms[0]);
    let meant = match written_out::state(form).filter(|_| group.follows_comma) {
        Some(state) => {
            let is_state = |c: &kb::Candidate| kb.entity(c.entity).is_some_and(|e| e.class == Class::Region);
            lookup(kb, state).into_iter().find(is_state).into_iter().collect()
        }
        None => {
            written_out::with_shared_noun(form, group.after).map_or_else(Vec::new, |name| lookup(kb, &name))
        }
    };
    found_by(&mut found, form, By::Name, meant);
    found
}

/// A demonym in use as a noun means the people, where the knowledge base has it; and so does that of no country.
fn prefer_peoples(kb: &Kb, group: &Group<'_>, found: &mut Vec<Candidate<'_>>) {
    if !found.iter().any(|candidate| is_of(kb, &candidate.found, Kind::People)) {
        return;
    }
    let is_country = |c: &Candidate<'_>| kb.entity(c.found.entity).is_some_and(|e| e.class == Class::Country);
    if group.is_noun || !found.iter().any(is_country) {
        found.retain(|candidate| !candidate.found.is_demonym);
        let total: f64 = found.iter().map(|candidate| candidate.found.prior).sum();
        for candidate in found {
            candidate.found.prior /= total;
        }
    }
}

/// Where most names of a group stand where a team stands, and there is a team of that name, they do not mean the place that it comes from.
pub(super) fn prefer_teams(kb: &Kb, group: &Group<'_>, found: &mut Vec<Candidate<'_>>) {
    if group.sporting > 0.5 && group.name_type != NameType::Norp && popularity_of_teams(kb, found) > 0.0 {
        found.retain(|candidate| !is_of(kb, &candidate.found, Kind::Polity));
    }
}

/// The popularity of all teams among candidates.
pub(super) fn popularity_of_teams(kb: &Kb, candidates: &[Candidate<'_>]) -> f64 {
    let entities = candidates.iter().filter_map(|candidate| kb.entity(candidate.found.entity));
    let teams = entities.filter(|entity| entity.class == Class::SportsTeam);
    teams.map(|team| team.popularity.max(0.0)).sum()
}

fn lookup(kb: &Kb, form: &str) -> Vec<kb::Candidate> {
    kb.lookup(form).into_iter().filter(|candidate| candidate.fits(form)).collect()
}

/// An acronym that is written like a word (`Nasdaq`), and other transcriptions of the name.
fn add_other_spellings<'a>(found: &mut Vec<Candidate<'a>>, kb: &Kb, form: &'a str) {
    let is_word = form.chars().count() >= 4 && form.chars().skip(1).all(char::is_lowercase);
    if is_word {
        found_by(found, form, By::Name, kb.lookup(form));
    }
    let variants = if found.is_empty() { spelling::variants(&fold(form)) } else { Vec::new() };
    for variant in &variants {
        found_by(found, form, By::Name, lookup(kb, variant));
        found_by(found, form, By::Part, kb.lookup_partial(variant));
    }
    for candidate in found.iter_mut() {
        candidate.is_transcribed = !variants.is_empty();
    }
}

fn found_by<'a>(found: &mut Vec<Candidate<'a>>, name: &'a str, by: By, candidates: Vec<kb::Candidate>) {
    for candidate in candidates {
        match found.iter_mut().find(|known| known.found.entity == candidate.entity) {
            Some(known) => known.forms += usize::from(known.name != name),
            None => found.push(Candidate { found: candidate, name, by, forms: 1, is_transcribed: false }),
        }
    }
}

/// A short form that says too little by itself may confirm what a longer one has led to.
fn confirm(found: &mut [Candidate<'_>], names: &[kb::Candidate]) {
    for known in found {
        known.forms += usize::from(names.iter().any(|c| c.entity == known.found.entity));
    }
}

/// Whether a short form says enough when the long one is not known. Surnames and acronyms do not: others have them too.
fn stands_alone(form: &str, name_type: NameType) -> bool {
    name_type != NameType::Person && !in_capitals(form)
}

fn is_of(kb: &Kb, candidate: &kb::Candidate, kind: Kind) -> bool {
    kb.entity(candidate.entity).is_some_and(|entity| entity.class.kind() == kind)
}

/// The people with the surname of a full name whose first given name is the same, or may be by its initial.
fn given_names(kb: &Kb, full: &str) -> Vec<kb::Candidate> {
    let folded = fold(full);
    let Some((given, surname)) = folded.rsplit_once(' ') else { return Vec::new() };
    let is_meant = |candidate: &kb::Candidate| {
        is_of(kb, candidate, Kind::Person)
            && kb.entity(candidate.entity).is_some_and(|entity| {
                fold(entity.label).rsplit_once(' ').is_some_and(|(other, _)| are_alike(given, other))
            })
    };
    kb.lookup_partial(surname).into_iter().filter(is_meant).collect()
}

/// How many people of the knowledge base have the surname of a person.
pub(super) fn bearers(kb: &Kb, group: &Group<'_>) -> usize {
    let surname = group.forms[0].rsplit(' ').next().unwrap_or("");
    if group.name_type == NameType::Person { kb.lookup_partial(surname).len() } else { 0 }
}

/// Whether two lists of given names may be those of one person: the first ones are the same, or one of them is the initial or
/// the beginning of the other; `jk` stands for `j k`.
fn are_alike(one: &str, other: &str) -> bool {
    let first = |given: &str| given.split(' ').next().unwrap_or("").to_owned();
    let (a, b) = (first(one), first(other));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let initials = |given: &str| given.split(' ').filter_map(|word| word.chars().next()).collect::<String>();
    a == b
        || (long.starts_with(short.as_str()) && (short.chars().count() == 1 || short.chars().count() > 2))
        || one == initials(other)
        || other == initials(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_may_be_short_or_initials() {
        for (one, other) in [
            ("martin", "martin d"),
            ("jk", "j k"),
            ("j k", "joanne"),
            ("joe", "joe r"),
            ("chris", "christopher"),
        ] {
            assert!(are_alike(one, other) && are_alike(other, one), "{one} {other}");
        }
        for (one, other) in [("ed", "edward"), ("john", "jane"), ("", "john")] {
            assert!(!are_alike(one, other), "{one} {other}");
        }
    }
}
