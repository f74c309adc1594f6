//! The dependency parser: arc-eager transitions with sentence breaks, chosen greedily by a network.
//!
//! Takes token vectors, gives heads, labels and sentence starts. The transition system is that of Honnibal &
//! Johnson (2014), non-projective arcs are pseudo-projective (Nivre & Nilsson 2005).

mod moves;
mod state;
mod tree;

use std::ops::Range;

use moves::{Action, features};
use state::State;
use tree::{Edges, LIFTED, lower_lifted_arcs};

use super::{
    Label, Labels,
    model::TransitionModel,
    nn::{Isa, StateMemory, StateScorer},
};

/// Arcs of this label join neighbours only.
const SUBTOKEN: &str = "subtok";

/// The network and the moves that it scores.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: StateScorer,
    /// Neighbouring moves of one action.
    runs: Vec<Run>,
    /// The label of each move.
    labels: Vec<Label>,
    root: Label,
    /// For each label of the form `x||y` the labels `x` and `y`.
    lifted: Vec<Option<(u16, u16)>>,
}

#[derive(Debug)]
struct Run {
    action: Action,
    moves: Range<usize>,
    joins_neighbours: bool,
}

/// Buffers of one worker, and the tree of the last document.
#[derive(Debug, Default)]
pub(crate) struct ParserMemory {
    scorer: StateMemory,
    scores: Vec<f32>,
    state: State,
    edges: Edges,
    /// Of each token; a root's is itself.
    pub(crate) heads: Vec<usize>,
    /// [`Label`]s of the arcs to the heads.
    pub(crate) labels: Vec<u16>,
}

impl ParserMemory {
    /// Whether a sentence starts at each token.
    pub(crate) fn sentence_starts(&self) -> &[bool] {
        self.edges.sentence_starts()
    }
}

impl Parser {
    /// Packs the network. The error says what does not fit.
    pub(crate) fn new(isa: Isa, model: &TransitionModel, labels: &mut Labels) -> Result<Self, String> {
        let scorer = StateScorer::new(isa, &model.hidden, &model.lower, model.upper.as_ref());
        if !matches!(scorer.features(), 8 | 13) {
            return Err(format!("a parser sees 8 or 13 tokens of a state, not {}", scorer.features()));
        }
        let mut runs: Vec<Run> = Vec::new();
        let mut move_labels = Vec::new();
        for (i, (name, label)) in model.moves.iter().enumerate() {
            let action =
                Action::parse(name).ok_or_else(|| format!("the move `{name}` is not one of a parser"))?;
            let joins_neighbours = label == SUBTOKEN;
            match runs
                .last_mut()
                .filter(|run| run.action == action && run.joins_neighbours == joins_neighbours)
            {
                Some(run) => run.moves.end = i + 1,
                None => runs.push(Run { action, moves: i..i + 1, joins_neighbours }),
            }
            move_labels.push(labels.add(label));
        }
        let mut lifted = Vec::new();
        for &label in &move_labels {
            let parts = labels.name(label).split_once(LIFTED).map(|(x, y)| (x.to_owned(), y.to_owned()));
            if let Some((x, y)) = parts {
                let label = usize::from(label.0);
                lifted.resize(lifted.len().max(label + 1), None);
                lifted[label] = Some((labels.add(&x).0, labels.add(&y).0));
            }
        }
        Ok(Self { scorer, runs, labels: move_labels, root: labels.add("ROOT"), lifted })
    }

    /// The network.
    pub(crate) fn scorer(&self) -> &StateScorer {
        &self.scorer
    }

    /// Parses a document, given a hidden vector of [`Parser::scorer`] and what is known of sentence starts (1: yes, -1: no, 0: nothing)
    /// of each token. The tree is left in `memory`.
    pub(crate) fn parse(
        &self,
        hidden: &[f32],
        sentence_starts: &[i8],
        is_space: &[bool],
        memory: &mut ParserMemory,
    ) {
        self.scorer.start(&mut memory.scorer);
        memory.scores.resize(self.scorer.padded_moves(), 0.0);
        memory.state.start(sentence_starts);
        let mut tokens = [None; 13];
        let tokens = &mut tokens[..self.scorer.features()];
        while !memory.state.is_final() {
            features(&memory.state, tokens);
            self.scorer.score(tokens, hidden, &mut memory.scorer, &mut memory.scores);
            match self.best_move(&memory.scores, &memory.state) {
                Some((action, label)) => action.apply(label.0, &mut memory.state),
                None => memory.state.finish(),
            }
        }
        self.read_tree(is_space, memory);
    }

    /// The valid move with the highest score, the first of several.
    fn best_move(&self, scores: &[f32], state: &State) -> Option<(Action, Label)> {
        let mut best: Option<(Action, usize)> = None;
        for run in &self.runs {
            if !run.action.is_valid(state) || run.joins_neighbours && !run.action.joins_neighbours(state) {
                continue;
            }
            for i in run.moves.clone() {
                if best.is_none_or(|(_, best)| scores[i] > scores[best]) {
                    best = Some((run.action, i));
                }
            }
        }
        best.map(|(action, i)| (action, self.labels[i]))
    }

    /// Heads, labels and sentence starts from the arcs of the final state.
    fn read_tree(&self, is_space: &[bool], memory: &mut ParserMemory) {
        let n = memory.state.len();
        memory.heads.clear();
        memory.labels.clear();
        for token in 0..n {
            let (head, label) = memory.state.arc(token).unwrap_or((token, self.root.0));
            memory.heads.push(head);
            memory.labels.push(label);
        }
        memory.edges.find(&memory.heads);
        let lifted = |label: u16| self.lifted.get(usize::from(label)).copied().flatten();
        if memory.labels.iter().any(|&label| lifted(label).is_some()) {
            lower_lifted_arcs(&mut memory.heads, &mut memory.labels, &memory.edges, is_space, lifted);
            memory.edges.find(&memory.heads);
        }
    }
}
