use super::state::State;

/// What a move does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Moves the first of the buffer to the stack.
    Shift,
    /// Drops the top of the stack; puts it back to the buffer when it has no head yet.
    Reduce,
    /// Makes the first of the buffer the head of the top of the stack, which is dropped.
    Left,
    /// Makes the top of the stack the head of the first of the buffer, which goes to the stack.
    Right,
    /// Lets a sentence start after the first of the buffer.
    Break,
}

impl Action {
    /// From the name in the model.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "S" => Self::Shift,
            "D" => Self::Reduce,
            "L" => Self::Left,
            "R" => Self::Right,
            "B" => Self::Break,
            _ => return None,
        })
    }

    /// Whether it may be taken.
    pub(super) fn is_valid(self, state: &State) -> bool {
        let first = state.buffer(0);
        match self {
            Self::Shift => {
                state.stack_len() == 0
                    || state.buffer_len() >= 2
                        && !state.is_sentence_start(first)
                        && !state.is_unshiftable(first)
            }
            Self::Reduce => {
                state.stack_len() > 0
                    && (state.buffer_len() == 0
                        || state.stack_len() > 1
                        || !state.cannot_start_sentence(first))
            }
            Self::Left | Self::Right => {
                state.stack_len() > 0 && state.buffer_len() > 0 && !state.is_sentence_start(first)
            }
            Self::Break => {
                let second = state.buffer(1);
                second.is_some()
                    && second == first.map(|token| token + 1)
                    && !state.is_sentence_start(second)
                    && !state.cannot_start_sentence(second)
            }
        }
    }

    /// Whether an arc of the label `subtok`, which joins neighbours only, may be drawn.
    pub(super) fn joins_neighbours(self, state: &State) -> bool {
        match (self, state.stack(0), state.buffer(0)) {
            (Self::Left | Self::Right, Some(top), Some(first)) => top + 1 == first,
            _ => true,
        }
    }

    /// Takes the move; it must be valid.
    pub(super) fn apply(self, label: u16, state: &mut State) {
        match (self, state.stack(0), state.buffer(0)) {
            (Self::Shift, ..) => state.push(),
            (Self::Reduce, Some(top), _) => {
                if state.has_head(top) || state.stack_len() == 1 {
                    state.pop();
                } else {
                    state.unshift();
                }
            }
            (Self::Left, Some(top), Some(first)) => {
                state.add_arc(first, top, label);
                state.make_shiftable(first);
                state.pop();
            }
            (Self::Right, Some(top), Some(first)) => {
                state.add_arc(top, first, label);
                state.push();
            }
            (Self::Break, _, Some(first)) => state.start_sentence(first + 1),
            _ => state.finish(),
        }
    }
}

/// The tokens that describe a state to the network: 8, or 13 with `extra_state_tokens`.
pub(super) fn features(state: &State, tokens: &mut [Option<u32>]) {
    let (b0, s0, s1) = (state.buffer(0), state.stack(0), state.stack(1));
    let first = [b0, state.buffer(1), s0, s1, state.stack(2)];
    tokens[..5].copy_from_slice(&first);
    if tokens.len() == 13 {
        tokens[5..].copy_from_slice(&[
            state.left(s0, 1),
            state.right(s0, 1),
            state.left(b0, 1),
            state.right(s0, 2),
            state.left(s1, 1),
            state.left(s1, 2),
            state.right(s1, 1),
            state.right(s1, 2),
        ]);
    } else {
        tokens[5..].copy_from_slice(&[state.left(b0, 1), state.left(s0, 1), state.right(s0, 1)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(state: &State) -> String {
        let all = ["S", "D", "L", "R", "B"];
        all.into_iter().filter(|name| Action::parse(name).unwrap().is_valid(state)).collect()
    }

    #[test]
    fn validity_follows_stack_and_buffer() {
        let mut state = State::default();
        state.start(&[1, 0, 0]);
        assert_eq!(valid(&state), "SB");
        Action::Shift.apply(0, &mut state);
        assert_eq!(valid(&state), "SDLRB");
        Action::Break.apply(0, &mut state);
        assert_eq!(valid(&state), "SDLR");
        Action::Right.apply(1, &mut state);
        // Token 2 starts a sentence: what is on the stack can only be reduced.
        assert_eq!(valid(&state), "D");
        Action::Reduce.apply(0, &mut state);
        Action::Reduce.apply(0, &mut state);
        assert_eq!(valid(&state), "S");
        Action::Shift.apply(0, &mut state);
        assert_eq!(valid(&state), "D");
        Action::Reduce.apply(0, &mut state);
        assert!(state.is_final());
    }

    #[test]
    fn a_token_reduced_without_head_returns_and_cannot_be_shifted() {
        let mut state = State::default();
        state.start(&[1, 0, 0, 0]);
        Action::Shift.apply(0, &mut state);
        Action::Shift.apply(0, &mut state);
        Action::Reduce.apply(0, &mut state);
        assert_eq!((state.buffer(0), state.stack_len()), (Some(1), 1));
        assert_eq!(valid(&state), "DLRB");
    }

    #[test]
    fn features_name_the_tokens_of_the_state() {
        let mut state = State::default();
        state.start(&[1, 0, 0, 0]);
        Action::Shift.apply(0, &mut state);
        Action::Left.apply(1, &mut state);
        Action::Shift.apply(0, &mut state);
        let mut tokens = [None; 8];
        features(&state, &mut tokens);
        assert_eq!(tokens, [Some(2), Some(3), Some(1), None, None, None, Some(0), None]);
    }
}
