//! Names as a knowledge base has them, of forms that an article cuts short: `Calif.` after a comma, `Acme Holdings Ltd.`,
//! the `Kent` of `Kent and Essex counties`.

use crate::text::WordList;

/// What says how a company is constituted, and is left out of its common name; without dots.
static CONSTITUTIONS: WordList = WordList::new(
    "\
    ab ag as asa bv co company corp corporation gmbh inc incorporated kg kgaa limited llc llp lp ltd nv oy oyj plc pte pty \
     sa sarl se spa srl",
);

/// Abbreviations of the states of the United States, by the post and by newspapers; without dots. What is a degree or
/// a word too, such as `MD`, is left out, and so are abbreviations of one letter.
const STATES: &[(&str, &str)] = &[
    ("Alabama", "AL Ala"),
    ("Alaska", "AK"),
    ("Arizona", "AZ Ariz"),
    ("Arkansas", "AR Ark"),
    ("California", "CA Calif Cal"),
    ("Colorado", "CO Colo"),
    ("Connecticut", "CT Conn"),
    ("Delaware", "DE Del"),
    ("Florida", "FL Fla"),
    ("Georgia", "GA Ga"),
    ("Hawaii", "HI"),
    ("Idaho", "ID"),
    ("Illinois", "IL Ill"),
    ("Indiana", "IN Ind"),
    ("Iowa", "IA"),
    ("Kansas", "KS Kan Kans"),
    ("Kentucky", "KY Ky"),
    ("Louisiana", "LA La"),
    ("Maine", "ME"),
    ("Maryland", "Md"),
    ("Massachusetts", "MA Mass"),
    ("Michigan", "MI Mich"),
    ("Minnesota", "MN Minn"),
    ("Mississippi", "MS Miss"),
    ("Missouri", "MO Mo"),
    ("Montana", "MT Mont"),
    ("Nebraska", "NE Neb Nebr"),
    ("Nevada", "NV Nev"),
    ("New Hampshire", "NH"),
    ("New Jersey", "NJ"),
    ("New Mexico", "NM"),
    ("New York", "NY"),
    ("North Carolina", "NC"),
    ("North Dakota", "ND"),
    ("Ohio", "OH"),
    ("Oklahoma", "OK Okla"),
    ("Oregon", "OR Ore"),
    ("Pennsylvania", "PA Pa Penn"),
    ("Rhode Island", "RI"),
    ("South Carolina", "SC"),
    ("South Dakota", "SD"),
    ("Tennessee", "TN Tenn"),
    ("Texas", "TX Tex"),
    ("Utah", "UT"),
    ("Vermont", "VT Vt"),
    ("Virginia", "VA Va"),
    ("Washington", "WA Wash"),
    ("West Virginia", "WV"),
    ("Wisconsin", "WI Wis Wisc"),
    ("Wyoming", "WY Wyo"),
];

/// Plurals that names joined by `and` share, with what each of these is called.
const SHARED: &[(&str, &str)] =
    &[("counties", "County"), ("provinces", "Province"), ("rivers", "River"), ("universities", "University")];

/// The state that an abbreviation after the name of a city stands for.
pub(super) fn state(form: &str) -> Option<&'static str> {
    let form = form.strip_suffix('.').unwrap_or(form);
    STATES.iter().find(|(_, short)| short.split(' ').any(|short| short == form)).map(|(state, _)| *state)
}

/// The name of a company without what says how it is constituted.
pub(super) fn common_name(form: &str) -> Option<&str> {
    let (name, last) = form.rsplit_once(' ')?;
    let constitution: String = last.chars().filter(|&c| c != '.').flat_map(char::to_lowercase).collect();
    CONSTITUTIONS.contains(&constitution).then(|| name.trim_end_matches([',', ' ', '&']))
}

/// The name with the noun in the singular that it shares with those that follow, or has itself in the plural.
pub(super) fn with_shared_noun(form: &str, after: &str) -> Option<String> {
    let singular = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        SHARED.iter().find(|(plural, _)| *plural == word).map(|(_, singular)| *singular)
    };
    if let Some((name, last)) = form.rsplit_once(' ')
        && let Some(noun) = singular(last)
    {
        return Some(format!("{name} {noun}"));
    }
    for word in after.split_whitespace().take(12) {
        if let Some(noun) = singular(word) {
            return Some(format!("{form} {noun}"));
        }
        if word != "," && word != "and" && !word.starts_with(char::is_uppercase) {
            return None;
        }
        if word.ends_with(['.', ';', ':']) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_of_states_are_written_out() {
        assert_eq!(state("Calif."), Some("California"));
        assert_eq!(state("VT"), Some("Vermont"));
        assert_eq!(state("M.D."), None);
        assert_eq!(state("Vienna"), None);
    }

    #[test]
    fn a_company_is_known_without_its_constitution() {
        assert_eq!(common_name("Volvo AB"), Some("Volvo"));
        assert_eq!(common_name("Nintendo Co., Ltd."), Some("Nintendo Co."));
        assert_eq!(common_name("Royal Mail"), None);
    }

    #[test]
    fn names_share_the_noun_that_follows_the_last() {
        let text = ", Essex and East Sussex counties were flooded";
        assert_eq!(with_shared_noun("Kent", text).as_deref(), Some("Kent County"));
        assert_eq!(with_shared_noun("Sussex Counties", "").as_deref(), Some("Sussex County"));
        assert_eq!(with_shared_noun("Kent", " and the counties of Wales"), None);
    }
}
