use super::group::Group;
use crate::extract::NameType;
use crate::kb::{self, Kb};
use crate::text::in_capitals;

/// Candidates of a group that are weighed; the others are the least likely ones of a very common name.
const MOST: usize = 24;

/// An entity that a group of names may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    /// What the knowledge base says of the name.
    pub(super) found: kb::Candidate,
    /// The form in the text, or the name made of it, that led to the entity.
    pub(super) name: &'a str,
    /// How it led there.
    pub(super) by: By,
    /// How many of the group's forms lead to the entity.
    pub(super) forms: usize,
}

/// How a name led to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The longest form in the text is a name of the entity.
    Name,
    /// A shorter form in the text is.
    ShortForm,
}

impl By {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::ShortForm => "short form",
        }
    }
}

/// The entities that a group of names may mean, the likeliest by name first; each once.
pub(super) fn candidates<'a>(kb: &Kb, group: &Group<'a>) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for (i, &form) in group.forms.iter().enumerate() {
        if i > 0 && !stands_alone(form, group.name_type) {
            // It may still confirm what a longer form has led to.
            confirm(&mut found, &lookup(kb, form));
            continue;
        }
        let by = if i == 0 { By::Name } else { By::ShortForm };
        for candidate in lookup(kb, form) {
            match found.iter_mut().find(|c| c.found.entity == candidate.entity) {
                Some(known) => known.forms += 1,
                None => found.push(Candidate { found: candidate, name: form, by, forms: 1 }),
            }
        }
    }
    found.truncate(MOST);
    found
}

fn lookup(kb: &Kb, form: &str) -> Vec<kb::Candidate> {
    kb.lookup(form).into_iter().filter(|candidate| candidate.fits(form)).collect()
}

fn confirm(found: &mut [Candidate<'_>], names: &[kb::Candidate]) {
    for known in found {
        known.forms += usize::from(names.iter().any(|c| c.entity == known.found.entity));
    }
}

/// Whether a short form says enough when the long one is not known. Surnames and acronyms do not: others have them too.
fn stands_alone(form: &str, name_type: NameType) -> bool {
    name_type != NameType::Person && !in_capitals(form)
}
