use super::super::Row;
use crate::annotation::Class;
use crate::text::WordList;

/// Sports that teams play, as words of names and descriptions.
static SPORTS: WordList = WordList::new(
    "baseball basketball cricket football handball hockey netball rugby soccer softball sports volleyball",
);
/// What a description calls a team.
const TEAMS: &[&str] = &["club", "clubs", "team", "franchise"];
/// Words of descriptions of what has to do with teams and is none.
static NO_TEAMS: WordList = WordList::new(
    "broadcaster coach competition league manager match organiser organizer player season stadium tour tournament",
);
/// Abbreviations of clubs at the end of their names.
const CLUBS: &[&str] = &["A.F.C.", "AFC", "F.C.", "FC", "R.F.C.", "RFC"];

/// Classes that tables give teams by mistake, by words of their descriptions.
const MISTAKEN: &[Class] =
    &[Class::Organization, Class::Company, Class::EducationalInstitution, Class::City, Class::Event];

/// Tells teams by their names and descriptions, and adds the sport in the name to their context.
pub(super) fn classify(rows: &mut [Row]) {
    for row in rows {
        if row.class.is_some_and(|class| MISTAKEN.contains(&class)) && is_team(row) {
            row.class = Some(Class::SportsTeam);
        }
        if row.class == Some(Class::SportsTeam) {
            let sport = row.label.split(' ').filter(|word| SPORTS.contains(word));
            row.context.extend(sport.map(str::to_owned).collect::<Vec<_>>());
        }
    }
}

fn is_team(row: &Row) -> bool {
    let (label, description) = (row.label.as_str(), row.description.as_deref().unwrap_or_default());
    if label.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let last = label.rsplit_once(' ').map_or("", |(_, last)| last);
    CLUBS.contains(&last)
        || SPORTS.contains(last)
        || (label.contains(" national ") && last == "team")
        || describes_team(description)
}

/// `Bulgarian association football club`
fn describes_team(description: &str) -> bool {
    let lower = description.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    words.windows(2).any(|pair| SPORTS.contains(pair[0]) && TEAMS.contains(&pair[1]))
        && !words.iter().any(|word| NO_TEAMS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(class: Class, label: &str, description: &str) -> (Option<Class>, Vec<String>) {
        let description = Some(description.to_owned());
        let row = Row { label: label.to_owned(), class: Some(class), description, ..Row::default() };
        let mut rows = [row];
        classify(&mut rows);
        let [row] = rows;
        (row.class, row.context)
    }

    #[test]
    fn teams_are_told_by_their_names_and_descriptions() {
        let team = Some(Class::SportsTeam);
        let rugby = class(Class::Organization, "France national rugby union team", "");
        assert_eq!(rugby, (team, vec!["rugby".to_owned()]));
        assert_eq!(class(Class::EducationalInstitution, "Iowa Hawkeyes football", "").0, team);
        assert_eq!(class(Class::City, "Lokomotiv Sofia", "Bulgarian football club from Sofia").0, team);
        assert_eq!(class(Class::Organization, "Berwick Rangers F.C.", "").0, team);
        for (of, label, description) in [
            (Class::Organization, "Bundesliga", "association football league of 18 football clubs"),
            (Class::Event, "1998–99 Carlisle United F.C. season", ""),
            (Class::Person, "Dale Ferguson", "captain of a football team"),
        ] {
            assert_eq!(class(of, label, description).0, Some(of), "{label}");
        }
    }
}
