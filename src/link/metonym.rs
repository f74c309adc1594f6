//! Places that act: `Baku sought closer ties`, `the White House said`, `imposed by Washington`.
//!
//! Whether a place stands for its government is told by syntax alone: it is the subject of a verb of saying, deciding or
//! dealing, or the object of one that is done to somebody who answers for it, or the agent of a passive, or the
//! possessor of a decision, or a party to relations. Somebody who goes there, lives there or meets there
//! means the place itself.

use crate::annotation::Class;
use crate::kb::{Kb, KbId, Relation};
use crate::nlp::{Doc, Token};
use crate::text::{Span, WordList};

/// Verbs whose subject says, wants, decides or deals; lemmas.
static ACTS: WordList = WordList::new(
    "\
    abandon accept account accuse acknowledge act adopt advocate affirm agree aim allege allow ally \
     announce appeal appoint approve argue arm ask assert assure attempt back ban bar blame block boycott \
     break call caution cite claim comment complain concede concern conclude condemn confirm consider \
     cooperate coordinate criticise criticize decide declare decline defend demand denounce deny deploy \
     describe disagree dismiss dispute emphasise emphasize encourage endorse engage enjoy envisage expect \
     expel explore express fear freeze fund grant hail hesitate hope host impose indicate inform insist \
     intend interpret invest invite issue lift lobby maintain mediate negotiate oblige offer oppose order \
     perceive plan pledge portray praise prefer prepare press prioritise prioritize promise propose \
     protest provide pursue push ratify react recall recognise recognize reconsider refuse regard \
     reiterate reject rely resist respond restrain resume retaliate reveal risk say scramble seek share \
     side sign signal sponsor state strengthen stress strive struggle suggest summon supply support \
     suspect suspend tell threaten tolerate try underestimate understand urge use veto view vow want warn \
     weigh welcome withdraw withhold worry",
);

/// Verbs whose object answers for what it does; lemmas.
static SUFFERED: WordList = WordList::new(
    "\
    accuse ask assure blame condemn convince criticise criticize denounce force inform oblige persuade \
     press pressure rebuke sanction thank urge warn",
);

/// What a government has, makes or takes, and a city does not; lemmas.
static POSSESSED: WordList = WordList::new(
    "\
    accusation aggression aim alignment allegation ally ambition announcement antagonism approach army \
     arsenal attempt attitude authority backing bid calculation calculus campaign capability claim \
     commitment concern condemnation counterpart criticism decision defence defense demand denial \
     deterrence diplomacy doctrine effort embargo enemy engagement envoy fear foe goal government grip \
     hand hesitation hostility influence initiative insistence intelligence intention interest \
     intervention invasion involvement leader leadership leverage military minister ministry move \
     negotiator objection offensive offer opposition orientation outreach overture partner plan policy \
     position posture president pressure program programme promise proposal provocation proxy reaction \
     readiness recognition refusal regime rejection relation request resolve response rhetoric rival role \
     sanction silence stance statement strategy support threat tie troop veto view vow warning weapon \
     willingness withdrawal",
);

/// Who speaks for others; lemmas.
const SPEAKERS: &[&str] = &["spokesman", "spokeswoman", "spokesperson", "speaker"];

/// What two sides have with each other; lemmas.
static SHARED: WordList = WordList::new(
    "\
    accord agreement alliance confrontation contact cooperation deal dialogue dispute negotiation pact \
     partnership rapprochement relation relationship rivalry row talk tension tie treaty truce",
);

/// The government that a place may stand for: what the knowledge base gives as such by one of the names in the text, or the
/// country whose capital it is.
pub(super) fn government(kb: &Kb, place: Option<KbId>, forms: &[&str]) -> Option<KbId> {
    let class = |id: KbId| kb.entity(id).map(|entity| entity.class);
    if let Some(Class::Country | Class::Person | Class::SportsTeam) = place.and_then(class) {
        return None;
    }
    let by_name = || forms.iter().find_map(|form| Some(kb.lookup_metonym(form).first()?.entity));
    let capital_of = |place: KbId| {
        let mut relations = kb.relations(place);
        relations.find(|(relation, _)| *relation == Relation::CapitalOf).map(|(_, country)| country)
    };
    by_name().or_else(|| capital_of(place?)).filter(|&id| class(id) == Some(Class::Country))
}

/// Whether a name of a place stands where only somebody who acts can stand.
pub(super) fn acts(doc: &Doc, name: Span) -> bool {
    doc.head_of(doc.tokens_in(name)).is_some_and(|head| stands_for_actor(first_conjunct(head)))
}

/// `Moscow` for the `Beijing` of `Moscow and Beijing agreed`.
fn first_conjunct(mut token: Token<'_>) -> Token<'_> {
    while token.dep() == "conj" && !token.is_root() {
        token = token.head();
    }
    token
}

fn stands_for_actor(token: Token<'_>) -> bool {
    let has = |list: &WordList, token: Token<'_>| list.contains(&token.lemma().to_lowercase());
    let head = token.head();
    match token.dep() {
        "nsubj" => has(&ACTS, head) || says(head) || (head.lemma() == "be" && opens_a_stance(head)),
        "nsubjpass" | "dobj" => has(&SUFFERED, head),
        "poss" => has(&POSSESSED, head),
        // `imposed by Washington`, `ties between Baku and Jerusalem`, `talks with Tehran`.
        "pobj" => match (head.dep(), head.lemma()) {
            ("agent", _) => has(&ACTS, head.head()) || has(&SUFFERED, head.head()),
            // `according to Paris`, `a spokesman for Paris`
            (_, "to") if head.head().norm() == "according" => true,
            (_, "for") => SPEAKERS.contains(&head.head().lemma()),
            (_, "between" | "with") => has(&SHARED, head.head()) || has(&POSSESSED, head.head()),
            (_, "by" | "from" | "to" | "toward" | "towards" | "against" | "on") => {
                has(&POSSESSED, head.head())
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a clause is what is said or thought: `Moscow made clear that ...`.
fn says(verb: Token<'_>) -> bool {
    verb.lemma() != "be"
        && verb.children().any(|child| child.dep() == "ccomp" && child.span().start > verb.span().start)
}

/// `is ready to`, `is willing to`, `is opposed to`.
fn opens_a_stance(verb: Token<'_>) -> bool {
    const STANCES: &[&str] =
        &["ready", "willing", "unwilling", "prepared", "determined", "reluctant", "opposed", "keen"];
    verb.children().any(|child| child.dep() == "acomp" && STANCES.contains(&child.lemma()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::Pipeline;

    fn acts_in(text: &str, name: &str) -> bool {
        let doc = Pipeline::embedded().parse(text);
        let start = text.find(name).unwrap();
        acts(&doc, Span::new(start, start + name.len()))
    }

    #[test]
    fn a_capital_that_says_or_decides_acts() {
        for (text, name) in [
            ("Tehran denied that it had supplied the drones.", "Tehran"),
            ("Moscow's decision to close the consulate surprised nobody.", "Moscow"),
            ("The sanctions imposed by Washington hurt the banks.", "Washington"),
            ("Berlin and Paris agreed on a common budget.", "Paris"),
            ("The report describes the ties between Ankara and Doha.", "Ankara"),
            ("Brussels accused Beijing of dumping.", "Beijing"),
            ("The army relied on backing from Tehran.", "Tehran"),
            ("According to Ankara, no troops crossed the border.", "Ankara"),
            ("A spokeswoman for Ottawa said that nothing had changed.", "Ottawa"),
        ] {
            assert!(acts_in(text, name), "{text}");
        }
    }

    #[test]
    fn a_capital_that_somebody_goes_to_does_not() {
        for (text, name) in [
            ("The minister flew to Moscow on Monday.", "Moscow"),
            ("He was born in Paris and studied in Rome.", "Paris"),
            ("London has nine million inhabitants.", "London"),
            ("Talks in Vienna ended without a result.", "Vienna"),
            ("The train for Vienna left at noon.", "Vienna"),
            ("Tokyo's streets were empty.", "Tokyo"),
        ] {
            assert!(!acts_in(text, name), "{text}");
        }
    }
}
