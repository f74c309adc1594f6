//! The entity recogniser: one move a token (begin, in, last, unit, out), chosen greedily by a network.
//!
//! Takes token vectors and sentence starts, gives named spans that lie within sentences (Lample et al. 2016
//! describe such a system; the network is that of the parser).

use super::{
    EntitySpan, Label, Labels,
    model::TransitionModel,
    nn::{Isa, StateMemory, StateScorer},
};
use crate::text::TokenSpan;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Begin,
    In,
    Last,
    Unit,
    Out,
    /// No move at all: the answer of training data that has none.
    Missing,
}

/// The network and the moves that it scores.
#[derive(Debug)]
pub(crate) struct Recogniser {
    scorer: StateScorer,
    moves: Vec<(Action, Label)>,
}

/// Buffers of one worker.
#[derive(Debug, Default)]
pub(crate) struct RecogniserMemory {
    scorer: StateMemory,
    scores: Vec<f32>,
}

/// Where the recogniser is in a document.
struct State {
    /// The next token.
    token: usize,
    len: usize,
    /// First token and label of the name that has begun.
    open: Option<(usize, Label)>,
}

/// What is known of a document's tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenFacts<'a> {
    /// Whether each token is white space.
    pub(crate) is_space: &'a [bool],
    /// 1 where a sentence starts.
    pub(crate) sentence_starts: &'a [i8],
}

impl Recogniser {
    /// Packs the network. The error says what does not fit.
    pub(crate) fn new(isa: Isa, model: &TransitionModel, labels: &mut Labels) -> Result<Self, String> {
        let scorer = StateScorer::new(isa, &model.hidden, &model.lower, model.upper.as_ref());
        if !matches!(scorer.features(), 3 | 6) {
            return Err(format!(
                "an entity recogniser sees 3 or 6 tokens of a state, not {}",
                scorer.features()
            ));
        }
        let mut moves = Vec::new();
        for (name, label) in &model.moves {
            let action = match name.as_str() {
                "B" => Action::Begin,
                "I" => Action::In,
                "L" => Action::Last,
                "U" => Action::Unit,
                "O" => Action::Out,
                "M" => Action::Missing,
                _ => return Err(format!("the move `{name}` is not one of an entity recogniser")),
            };
            moves.push((action, labels.add(label)));
        }
        Ok(Self { scorer, moves })
    }

    /// The network.
    pub(crate) fn scorer(&self) -> &StateScorer {
        &self.scorer
    }

    /// Finds the names of a document, given a hidden vector of [`Recogniser::scorer`] for each token, and adds them to `entities`.
    pub(crate) fn recognise(
        &self,
        hidden: &[f32],
        facts: TokenFacts<'_>,
        memory: &mut RecogniserMemory,
        entities: &mut Vec<EntitySpan>,
    ) {
        self.scorer.start(&mut memory.scorer);
        memory.scores.resize(self.scorer.padded_moves(), 0.0);
        let len = facts.is_space.len();
        let mut state = State { token: 0, len, open: None };
        let mut tokens = [None; 6];
        let tokens = &mut tokens[..self.scorer.features()];
        while state.token < len {
            state.features(tokens);
            self.scorer.score(tokens, hidden, &mut memory.scorer, &mut memory.scores);
            let Some((action, label)) = self.best_move(&memory.scores, &state, facts) else { return };
            match action {
                Action::Begin => state.open = Some((state.token, label)),
                Action::Unit => entities.push(entity(state.token, state.token, label)),
                Action::Last => {
                    if let Some((first, label)) = state.open.take() {
                        entities.push(entity(first, state.token, label));
                    }
                }
                Action::In | Action::Out | Action::Missing => {}
            }
            state.token += 1;
        }
    }

    /// The valid move with the highest score, the first of several.
    fn best_move(&self, scores: &[f32], state: &State, facts: TokenFacts<'_>) -> Option<(Action, Label)> {
        let valid = state.valid(facts);
        let mut best: Option<usize> = None;
        for (i, &(action, label)) in self.moves.iter().enumerate() {
            if valid.allows(action, label) && best.is_none_or(|best| scores[i] > scores[best]) {
                best = Some(i);
            }
        }
        best.map(|best| self.moves[best])
    }
}

fn entity(first: usize, last: usize, label: Label) -> EntitySpan {
    EntitySpan { tokens: TokenSpan::new(first, last + 1), label }
}

/// Which moves may be taken in a state.
struct Valid {
    /// The label of the name that has begun.
    open: Option<Label>,
    /// Whether a name can reach the next token.
    continues: bool,
    /// Whether a name can begin here.
    begins: bool,
}

impl Valid {
    fn allows(&self, action: Action, label: Label) -> bool {
        let named = label != Label::default();
        match (action, self.open) {
            (Action::In, Some(open)) => named && self.continues && label == open,
            (Action::Last, Some(open)) => named && label == open,
            (Action::Begin, None) => named && self.continues && self.begins,
            (Action::Unit, None) => named && self.begins,
            (Action::Out, None) => true,
            _ => false,
        }
    }
}

impl State {
    fn valid(&self, facts: TokenFacts<'_>) -> Valid {
        let next = self.token + 1;
        Valid {
            open: self.open.map(|(_, label)| label),
            continues: next < self.len && facts.sentence_starts[next] != 1,
            begins: !facts.is_space[self.token],
        }
    }

    /// The tokens that describe the state to the network: the next one, and with 3 features the first and the
    /// last of the name that has begun, with 6 the name's first five.
    fn features(&self, tokens: &mut [Option<u32>]) {
        tokens.fill(None);
        tokens[0] = Some(self.token as u32);
        let Some((first, _)) = self.open else { return };
        if tokens.len() == 3 {
            tokens[1] = Some(first as u32);
            tokens[2] = Some(self.token as u32 - 1);
        } else {
            for (slot, token) in tokens[1..].iter_mut().zip(first..self.token) {
                *slot = Some(token as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GPE: Label = Label(3);
    const ORG: Label = Label(4);

    fn valid(state: &State, facts: TokenFacts<'_>) -> Vec<(Action, Label)> {
        let all = [Action::Begin, Action::In, Action::Last, Action::Unit, Action::Out, Action::Missing];
        let all = all.into_iter().flat_map(|action| [(action, Label(0)), (action, GPE), (action, ORG)]);
        let valid = state.valid(facts);
        all.filter(|&(action, label)| valid.allows(action, label)).collect()
    }

    #[test]
    fn an_open_name_continues_or_ends_under_its_label() {
        let facts = TokenFacts { is_space: &[false; 3], sentence_starts: &[1, -1, -1] };
        let state = State { token: 1, len: 3, open: Some((0, GPE)) };
        assert_eq!(valid(&state, facts), [(Action::In, GPE), (Action::Last, GPE)]);
        let state = State { token: 2, ..state };
        assert_eq!(valid(&state, facts), [(Action::Last, GPE)]);
    }

    #[test]
    fn names_do_not_cross_into_the_next_sentence() {
        let facts = TokenFacts { is_space: &[false; 3], sentence_starts: &[1, -1, 1] };
        let state = State { token: 1, len: 3, open: None };
        assert!(!valid(&state, facts).iter().any(|(action, _)| *action == Action::Begin));
        let state = State { token: 1, len: 3, open: Some((0, ORG)) };
        assert_eq!(valid(&state, facts), [(Action::Last, ORG)]);
    }

    #[test]
    fn names_do_not_begin_with_white_space() {
        let facts = TokenFacts { is_space: &[false, true, false, false], sentence_starts: &[1, -1, -1, -1] };
        let state = State { token: 1, len: 4, open: None };
        assert_eq!(valid(&state, facts), [(Action::Out, Label(0)), (Action::Out, GPE), (Action::Out, ORG)]);
    }

    #[test]
    fn features_are_the_token_and_the_ends_of_the_open_name() {
        let state = State { token: 4, len: 9, open: Some((2, GPE)) };
        let mut three = [None; 3];
        state.features(&mut three);
        assert_eq!(three, [Some(4), Some(2), Some(3)]);
        let mut six = [None; 6];
        state.features(&mut six);
        assert_eq!(six, [Some(4), Some(2), Some(3), None, None, None]);
    }
}
