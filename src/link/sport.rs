//! Which sport an article speaks of, and whether a name stands where a team stands.

use crate::kb::{Kb, KbId};
use crate::nlp::{Doc, Token};
use crate::text::{Span, TokenId, WordList};

/// A sport: words of what the knowledge base says of its teams and contests, all of which must be there, and words that
/// articles on it have; folded.
struct Sport {
    of_team: &'static [&'static str],
    in_article: WordList,
}

/// The first that fits a team is its sport.
static SPORTS: [Sport; 8] = [
    Sport {
        of_team: &["cricket"],
        in_article: WordList::new(
            "ashes batsman batsmen bowled bowler cricket cricketer innings odi overs seamer spinner stumps twenty20 \
             wicket wicketkeeper",
        ),
    },
    Sport {
        of_team: &["rugby"],
        in_article: WordList::new(
            "backrow flanker fly-half flyhalf haka hooker lineout rugby ruck scrum scrum-half scrumhalf springboks \
             wallabies",
        ),
    },
    Sport {
        of_team: &["baseball"],
        in_article: WordList::new(
            "baseball baseman batter bullpen dugout hitter homer infielder inning mlb outfielder pitcher rbi shortstop \
             strikeout",
        ),
    },
    Sport { of_team: &["basketball"], in_article: WordList::new("basketball dunk nba rebound wnba") },
    Sport {
        of_team: &["hockey"],
        in_article: WordList::new("defenseman goalie goaltender hockey nhl puck rink"),
    },
    Sport {
        of_team: &["football", "american"],
        in_article: WordList::new(
            "cornerback fumble interception lineman linebacker nfl punt quarterback receiver touchdown",
        ),
    },
    Sport {
        of_team: &["football", "college"],
        in_article: WordList::new(
            "cornerback interception lineman linebacker ncaa quarterback receiver touchdown",
        ),
    },
    Sport {
        of_team: &["football"],
        in_article: WordList::new(
            "fifa footballer goalkeeper goalless midfielder soccer striker uefa winger",
        ),
    },
];

/// Words that articles on sport have, and others seldom.
static GENERAL: WordList = WordList::new(
    "\
    ball baseball basketball batsman champion championship coach cricket cup defender fixture football \
     game goal goalkeeper hockey homer inning kick league match midfielder nba nfl nhl olympic pitcher \
     playoff player quarterback roster rugby score season semifinal soccer squad stadium striker team \
     tennis touchdown tournament trophy wicket",
);

/// Who plays for a team or trains it, and nothing else; lemmas.
static ROLES: WordList = WordList::new(
    "baseman batsman bowler bullpen captain catcher coach cornerback defenseman fly-half fullback goalie goalkeeper goaltender \
     halfback hooker infielder kicker lineman linebacker manager midfielder outfielder pitcher quarterback shortstop skipper star teammate \
     wicketkeeper winger",
);

/// Words for those who have to do with a team, where the article speaks of sport; lemmas.
static ROLES_IN_SPORT: WordList = WordList::new(
    "center centre clubhouse coordinator defender fan flanker forward guard lineup player prop receiver reliever roster \
     safety selector side squad starter striker supporter tackle team",
);

/// What a team does, and what is done to it; lemmas.
static PLAYS: WordList = WordList::new(
    "beat defeat draw edge host lose outscore play rout score sweep thrash tie trounce upset visit win",
);

/// Words that stand between a team and a role: `the Ireland head coach`.
const BETWEEN: &[&str] = &["assistant", "first", "former", "general", "head", "second", "third", "'s", "’s"];

/// What a team plays or has played, where its name is the possessor; lemmas.
const PLAYED: &[&str] =
    &["defeat", "game", "goal", "innings", "loss", "match", "season", "touchdown", "victory", "win"];

/// What an article says of sport.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sports {
    /// How much it speaks of sport, from 0 to 1.
    pub(super) share: f64,
    /// How much of each, from 0 to 1; 0 of all in an article that does not tell.
    each: [f64; SPORTS.len()],
}

impl Sports {
    /// Of the words of an article.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let (mut found, mut hits) = (0, [0.0; SPORTS.len()]);
        for word in words {
            found += usize::from(GENERAL.contains(word));
            for (hits, sport) in hits.iter_mut().zip(&SPORTS) {
                *hits += f64::from(u8::from(sport.in_article.contains(word)));
            }
        }
        let all = hits.iter().copied().fold(0.0, f64::max);
        Self {
            share: (found as f64 / 4.0).min(1.0),
            each: hits.map(|hits| if all > 0.0 { hits / all } else { 0.0 }),
        }
    }

    /// How far a team or contest is of the sport that the article speaks of, and how far it is of another; both 0 where
    /// either is not known.
    pub(super) fn agreement(&self, kb: &Kb, entity: KbId) -> (f64, f64) {
        let says = |wanted: &str| {
            kb.context(entity).any(|word| word == wanted)
                || kb
                    .entity(entity)
                    .is_some_and(|e| e.label.split(' ').any(|word| word.eq_ignore_ascii_case(wanted)))
        };
        let Some(own) = SPORTS.iter().position(|sport| sport.of_team.iter().all(|word| says(word))) else {
            return (0.0, 0.0);
        };
        let known = self.each.iter().any(|&share| share > 0.0);
        (self.each[own], if known { 1.0 - self.each[own] } else { 0.0 })
    }
}

/// Who works for a body or owns a part of it; lemmas.
static OF_BODIES: WordList = WordList::new(
    "accountant adviser analyst attorney ceo cfo chairman chairwoman coo cto customer director employee engineer executive founder \
     investor lawyer manager representative shareholder spokesman spokesperson spokeswoman staffer stock subsidiary vice-president",
);

/// Whether a name stands before who works for a body: `Delta spokesman`, `the Ford chief executive`.
pub(super) fn is_of_body(doc: &Doc, name: Span) -> bool {
    let after = (doc.tokens_in(name).end.index()..doc.len()).map(|i| doc.token(TokenId(i as u32)));
    let next = after.take(4).find(|token| {
        !matches!(token.norm(), "chief" | "senior" | "vice" | "general" | "managing" | "former")
    });
    next.is_some_and(|token| OF_BODIES.contains(&token.lemma().to_lowercase()))
}

/// Whether a name stands where a team stands: before who plays for it, and in an article that speaks of sport also before others who
/// have to do with it, as who wins or who is beaten.
pub(super) fn is_of_team(doc: &Doc, name: Span, in_sport: bool) -> bool {
    let tokens = doc.tokens_in(name);
    let after = (tokens.end.index()..doc.len()).map(|i| doc.token(TokenId(i as u32)));
    let next = after.take(4).find(|token| !BETWEEN.contains(&token.text().to_lowercase().as_str()));
    let is_role = |token: Token<'_>| {
        let lemma = token.lemma().to_lowercase();
        let has_role = ROLES.contains(&lemma) || in_sport && ROLES_IN_SPORT.contains(&lemma);
        has_role && token.text().starts_with(char::is_lowercase)
    };
    next.is_some_and(is_role) || in_sport && doc.head_of(tokens).is_some_and(plays)
}

fn plays(token: Token<'_>) -> bool {
    let head = token.head().lemma();
    match token.dep() {
        "nsubj" | "nsubjpass" => PLAYS.contains(head),
        "dobj" => PLAYS.contains(head) && head != "win" && head != "lose",
        "poss" => PLAYED.contains(&head),
        "pobj" => {
            matches!(token.head().lemma(), "against" | "over") && PLAYS.contains(token.head().head().lemma())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::Pipeline;

    fn stands_for_team(text: &str, name: &str, in_sport: bool) -> bool {
        let doc = Pipeline::embedded().parse(text);
        let start = text.find(name).unwrap();
        is_of_team(&doc, Span::new(start, start + name.len()), in_sport)
    }

    #[test]
    fn teams_are_told_by_who_plays_for_them_and_by_what_they_do() {
        for (text, name) in [
            ("Wales captain Sam Warburton was sent off.", "Wales"),
            ("The former Ireland head coach praised him.", "Ireland"),
            ("Denver's quarterback threw four touchdowns.", "Denver"),
            ("It was Tampa's third win.", "Tampa"),
            ("Portugal beat Hungary in Lisbon.", "Portugal"),
            ("Portugal beat Hungary in Lisbon.", "Hungary"),
        ] {
            assert!(stands_for_team(text, name, true), "{text}");
        }
        for (text, name) in [
            ("Portugal beat Hungary in Lisbon.", "Lisbon"),
            ("Wales minister Jane Hutt resigned.", "Wales"),
            ("He flew to Denver on Monday.", "Denver"),
        ] {
            assert!(!stands_for_team(text, name, true), "{text}");
        }
        assert!(stands_for_team("Wales captain Sam Warburton fell.", "Wales", false));
        assert!(!stands_for_team("The pope visited Havana.", "Havana", false));
        assert!(!stands_for_team("The Ghana side signed.", "Ghana", false));
    }

    #[test]
    fn the_words_of_an_article_tell_the_sport() {
        let of = |text: &str| Sports::of(text.split(' '));
        let kb = Kb::builtin();
        let team = |label: &str| {
            let found =
                kb.lookup(label).into_iter().find(|c| kb.entity(c.entity).is_some_and(|e| e.label == label));
            found.unwrap().entity
        };
        let baseball = of("pitcher inning game");
        assert_eq!(baseball.agreement(kb, team("Boston Red Sox")), (1.0, 0.0));
        assert_eq!(baseball.agreement(kb, team("Boston Celtics")), (0.0, 1.0));
        assert_eq!(of("game win").agreement(kb, team("Boston Celtics")), (0.0, 0.0));
    }
}
