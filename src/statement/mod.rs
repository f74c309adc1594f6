//! What an article says: relations and events, from predicates and the lexicon.

mod build;
mod cast;
mod certainty;
mod check;
mod confidence;
mod event;
mod explain;
mod filler;
mod links;
mod matching;
mod mentions;
mod nested;
mod number;
mod open;
mod pair;
mod parent;
mod participants;
mod plover;
mod rank;
mod relation;
mod retold;
mod same_event;
mod time;
pub mod training;
mod within;

pub use build::add;
pub use certainty::{Reason, Why};
pub use check::{Failure, check};
pub use explain::{Evoked, Explained, Filled, explain};
pub use open::add_open;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Annotation, Event, MentionKind};
    use crate::lexicon::Lexicon;
    use crate::nlp::{Pipeline, Pos};
    use crate::predicate::Predicates;

    #[test]
    fn every_example_of_the_lexicon_gives_what_it_should() {
        let (failures, count) = check(Lexicon::builtin(), &mut Pipeline::embedded().worker());
        let lines: Vec<String> =
            failures.iter().map(|f| format!("{}: {} {}", f.entry, f.example, f.problem)).collect();
        assert!(lines.is_empty(), "{} of {count} fail:\n{}", lines.len(), lines.join("\n"));
    }

    /// What is said in a text whose names are those of countries, `class plover role:name ...` an event, with its statement.
    fn events(text: &str) -> Vec<(String, String)> {
        let doc = Pipeline::embedded().worker().parse(text);
        let mut annotation = Annotation::default();
        annotation.article.text = text.to_owned();
        annotation.sentences = doc.sentences().iter().map(|&s| doc.span_of(s)).collect();
        for token in doc.tokens().filter(|t| t.pos() == Pos::Propn) {
            let label = token.text().to_owned();
            let known = annotation.entities.iter().position(|e| e.label == label);
            let entity = match known {
                Some(index) => index.into(),
                None => annotation.add_entity(label, "td:Country".to_owned(), Vec::new()),
            };
            annotation.add_mention(token.span(), MentionKind::Name, entity);
        }
        add(&mut annotation, &doc, &Predicates::of(&doc), Lexicon::builtin());
        let told = |event: &Event| {
            let roles = event.roles.iter().map(|r| {
                let name = r.role.trim_start_matches("td:");
                format!(" {name}:{}", annotation.entities[r.entity.index()].label)
            });
            let plover = event.plover.as_deref().unwrap_or("-");
            format!("{} {plover}{}", event.class.trim_start_matches("td:"), roles.collect::<String>())
        };
        annotation.events.iter().map(|e| (told(e), e.statement.to_string())).collect()
    }

    fn first(text: &str) -> String {
        events(text).into_iter().next().map(|(event, _)| event).unwrap_or_default()
    }

    #[test]
    fn what_is_agreed_or_refused_tells_who_it_is_about() {
        assert_eq!(first("Iran refused to meet Iraq."), "Rejection REJECT agent:Iran patient:Iraq");
        assert_eq!(
            first("Iran agreed to release Iraq's soldiers."),
            "Agreement AGREE agent:Iran patient:Iraq's soldiers patient:Iraq"
        );
        assert!(first("Iran rejected Iraq's offer.").ends_with("patient:Iraq"));
    }

    #[test]
    fn what_is_threatened_or_refused_is_coded_as_plover_asks() {
        let classes =
            |text: &str| -> Vec<String> { events(text).into_iter().map(|(event, _)| event).collect() };
        assert!(
            classes("Iran threatened to bomb Iraq.")
                .contains(&"Bombing THREATEN agent:Iran patient:Iraq".to_owned())
        );
        assert!(
            classes("Iran refused to meet Iraq.")
                .contains(&"Meeting REJECT agent:Iran coAgent:Iraq".to_owned())
        );
    }

    #[test]
    fn things_do_nothing_but_what_they_do_by_force() {
        assert_eq!(first("Decisions accused Iraq."), "");
        assert_eq!(
            first("A missile destroyed a bridge."),
            "Destruction ASSAULT instrument:missile patient:bridge"
        );
    }

    #[test]
    fn only_weapons_and_people_attack() {
        assert_eq!(first("A crisis hit Iran."), "");
        assert_eq!(first("A missile hit Iran."), "Attack ASSAULT instrument:missile patient:Iran");
        let told = events("An earthquake struck Iran.");
        assert_eq!(
            told.iter().map(|(event, _)| event.as_str()).collect::<Vec<_>>(),
            ["Earthquake - patient:Iran"]
        );
    }

    #[test]
    fn what_is_one_event_is_told_once() {
        let classes = |text: &str| -> Vec<String> {
            events(text)
                .iter()
                .map(|(event, _)| event.split(' ').next().unwrap_or_default().to_owned())
                .collect()
        };
        assert_eq!(classes("Iran went on strike in Iraq."), ["Strike"]);
        assert_eq!(classes("Iran launched a missile attack on Iraq."), ["Bombing"]);
        assert_eq!(classes("Iran's ruling party left."), ["Movement"]);
    }

    #[test]
    fn what_is_given_and_to_whom_are_told_apart() {
        assert!(first("Iran paid Iraq.").ends_with("agent:Iran recipient:Iraq"));
        assert!(first("Iran paid a fine.").ends_with("agent:Iran theme:fine"));
        assert!(first("Iran supplied Iraq with tanks.").ends_with("recipient:Iraq theme:tanks"));
        assert_eq!(first("Iran ordered Iraq to leave."), "Demand REQUEST agent:Iran recipient:Iraq");
    }

    #[test]
    fn who_suffers_or_receives_does_not_act() {
        assert_eq!(first("Iraq suffered an attack by Iran."), "Attack ASSAULT agent:Iran patient:Iraq");
        assert_eq!(first("Iraq faced attacks."), "Attack ASSAULT patient:Iraq");
    }

    #[test]
    fn those_on_one_side_are_not_the_two_sides() {
        assert!(!first("Talks with Iran and Iraq failed.").contains(" agent:"));
        assert!(first("Talks between Iran and Iraq failed.").contains("agent:Iran coAgent:Iraq"));
        assert!(first("The Iran-Iraq talks failed.").contains("agent:Iran coAgent:Iraq"));
        assert_eq!(
            first("The Iran drone strikes on Iraq failed."),
            "Bombing ASSAULT agent:Iran patient:Iraq"
        );
        assert!(first("Nuclear talks between Iran and Iraq failed.").ends_with("agent:Iran coAgent:Iraq"));
    }

    #[test]
    fn words_that_stand_for_an_event_tell_it_again() {
        let told = |text: &str| -> Vec<String> {
            let of_class = events(text).into_iter().filter(|(event, _)| event.starts_with("Announcement"));
            of_class.map(|(_, statement)| statement).collect()
        };
        for (text, anchors) in [
            ("Iran's announcement came on Monday.", 2),
            ("Iran made an announcement that surprised Iraq.", 3),
        ] {
            let statements = told(text);
            assert_eq!(statements.len(), anchors, "{text}");
            assert!(statements.iter().all(|s| *s == statements[0]), "{text}");
        }
        assert_eq!(told("Iran's announcement surprised Iraq.").len(), 1);
        assert_eq!(told("Iran spoke about prices. This surprised Iraq.").len(), 1);
        let attack = events("Iran attacked Iraq. This surprised Syria.");
        assert_eq!(attack[0], attack[1]);
        assert!(first("Iran was in talks with Iraq.").ends_with("agent:Iran coAgent:Iraq"));
    }

    #[test]
    fn an_event_told_again_is_one_statement_with_the_same_roles() {
        let told = events("Iran attacked Iraq. The attack failed.");
        assert_eq!(told[0].0, "Attack ASSAULT agent:Iran patient:Iraq");
        assert_eq!(told[0], told[1]);
        let two = events("Iran attacked Iraq. An attack on Syria failed.");
        assert_ne!(two[0].1, two[1].1);
    }
}
