use super::certainty::{self, Presented, Reason};
use super::matching::{Match, matches};
use crate::annotation::{Certainty, Mood, Polarity};
use crate::lexicon::{Lexicon, Meaning, Role};
use crate::nlp::{Doc, Pos};
use crate::predicate::{Function, Kind, Predicate, Predicates};
use crate::text::TokenId;

/// A predicate with the frames that it evokes, and how the text presents what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The word with its arguments, syntax undone.
    pub predicate: Predicate,
    /// Whether it is a passive verb, whose subject in the text is its object here.
    pub passive: bool,
    /// The frames of the lexicon.
    pub frames: Vec<Evoked>,
    /// How certain it is presented.
    pub certainty: Certainty,
    /// Whether it is so or is not so.
    pub polarity: Polarity,
    /// Whether it is said of what is, or of what is to come or supposed.
    pub mood: Mood,
    /// The words that make it so, from the top of the sentence down.
    pub reasons: Vec<Reason>,
}

/// A frame that a predicate evokes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evoked {
    /// Its local name: `attack`.
    pub frame: String,
    /// The class of events or the property that it stands for: `td:Attack`.
    pub evokes: String,
    /// The form of the predicate that evokes it.
    pub form: String,
    /// Which phrases fill which roles, by their heads.
    pub roles: Vec<Filled>,
}

/// A phrase that fills a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The role.
    pub role: Role,
    /// The head of the phrase.
    pub head: TokenId,
    /// Its function at the predicate; none of the predicate itself and of what is an argument of the verb that goes with it.
    pub function: Option<Function>,
}

/// Explains the predicates of a document, in the order of the text: all that say something of others or evoke a frame.
pub fn explain(doc: &Doc, predicates: &Predicates, lexicon: &Lexicon) -> Vec<Explained> {
    let matches = matches(doc, predicates, lexicon);
    let explain = |predicate: &Predicate| {
        let own = matches.iter().filter(|matched| std::ptr::eq(matched.predicate, predicate));
        let frames: Vec<Evoked> = own.map(evoked).collect();
        let head = doc.token(predicate.head);
        let is_name = predicate.kind == Kind::Noun && head.pos() == Pos::Propn;
        if frames.is_empty() && (is_name || predicate.arguments.is_empty()) {
            return None;
        }
        let Presented { certainty, polarity, mood, reasons } = certainty::of(head, lexicon.signatures());
        let passive = head.children().any(|c| matches!(c.dep(), "auxpass" | "nsubjpass"));
        Some(Explained { predicate: predicate.clone(), passive, frames, certainty, polarity, mood, reasons })
    };
    predicates.all.iter().filter_map(explain).collect()
}

fn evoked(matched: &Match<'_>) -> Evoked {
    let evokes = match &matched.frame.meaning {
        Meaning::Event { class, .. } => class,
        Meaning::Relation { property, .. } => property,
    };
    let filled = |&(role, head): &(Role, TokenId)| {
        let argument = matched.predicate.arguments.iter().find(|argument| argument.head == head);
        Filled { role, head, function: argument.map(|argument| argument.function.clone()) }
    };
    Evoked {
        frame: matched.frame.name.clone(),
        evokes: evokes.clone(),
        form: matched.form.to_owned(),
        roles: matched.fills.iter().map(filled).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::Pipeline;
    use crate::statement::Why;

    #[test]
    fn frames_roles_and_the_reasons_of_certainty_are_told() {
        let doc =
            Pipeline::embedded().worker().parse("Iraq was not attacked by Iran. Iran failed to bomb Iraq.");
        let explained = explain(&doc, &Predicates::of(&doc), Lexicon::builtin());
        let of = |form: &str| explained.iter().find(|e| e.predicate.forms.iter().any(|f| f == form)).unwrap();
        let word = |id: TokenId| doc.token(id).text();
        let attack = of("attack");
        assert!(attack.passive && attack.polarity == Polarity::Negated);
        let frame = attack.frames.iter().find(|frame| frame.evokes == "td:Attack").unwrap();
        let roles: Vec<_> = frame.roles.iter().map(|r| (r.role, word(r.head), r.function.clone())).collect();
        assert_eq!(
            roles,
            [(Role::Agent, "Iran", Some(Function::Subject)), (Role::Patient, "Iraq", Some(Function::Object))]
        );
        assert_eq!(word(attack.reasons[0].word), "not");
        assert_eq!(attack.reasons[0].why, Why::Negation);
        let [reason] = &of("bomb").reasons[..] else { panic!("{:?}", of("bomb").reasons) };
        assert_eq!(word(reason.word), "failed");
        assert!(
            matches!(&reason.why, Why::Signature(name) if Lexicon::builtin().signatures().all().iter().any(|s| s.name == *name))
        );
    }
}
