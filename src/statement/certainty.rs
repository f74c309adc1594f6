use crate::annotation::{Certainty, Mood, Polarity};
use crate::nlp::{Pos, Token};

/// Verbs under which something is said to be so.
const FACTIVE: &[&str] =
    &["begin", "continue", "start", "manage", "help", "come", "go", "keep", "finish", "stop"];

/// How a predicate is presented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Presented {
    pub(super) certainty: Certainty,
    pub(super) polarity: Polarity,
    pub(super) mood: Mood,
}

/// How a predicate is presented, as far as its own clause and those above it say.
pub(super) fn of(head: Token<'_>) -> Presented {
    let mut certainty = Certainty::Certain;
    let mut polarity = Polarity::Affirmed;
    let chain = std::iter::once(head).chain(head.ancestors());
    for token in chain.take(8) {
        if token.children().any(|c| c.dep() == "neg")
            || token.children().any(|c| c.dep() == "det" && c.norm() == "no")
        {
            polarity = Polarity::Negated;
        }
        certainty = certainty.max(of_clause(token));
        let subordinate = matches!(token.dep(), "xcomp" | "ccomp" | "advcl" | "acl" | "pcomp");
        if matches!(token.dep(), "ccomp" | "advcl" | "relcl" | "conj" | "parataxis") || token.is_root() {
            if token.dep() == "ccomp" {
                certainty = certainty.max(Certainty::Probable);
            }
            break;
        }
        let wanted = !FACTIVE.contains(&token.head().lemma());
        if subordinate && wanted && token.tag() == "VB" {
            certainty = certainty.max(Certainty::Possible);
        }
    }
    Presented { certainty, polarity, mood: Mood::Actual }
}

/// What a clause's auxiliaries, conjunctions and adverbs say.
fn of_clause(verb: Token<'_>) -> Certainty {
    if !matches!(verb.pos(), Pos::Verb | Pos::Aux) {
        return Certainty::Certain;
    }
    let says = |child: Token<'_>| match (child.dep(), child.norm()) {
        ("aux", "may" | "might" | "could" | "would" | "can" | "should")
        | ("mark", "if" | "unless" | "whether")
        | ("advmod", "perhaps" | "possibly" | "maybe" | "potentially") => Certainty::Possible,
        ("aux", "will" | "'ll" | "shall" | "must")
        | ("advmod", "reportedly" | "allegedly" | "likely" | "probably" | "apparently") => {
            Certainty::Probable
        }
        _ => Certainty::Certain,
    };
    verb.children().map(says).max().unwrap_or_default()
}
