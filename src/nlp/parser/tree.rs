//! From arcs to a tree: sentence boundaries, and arcs that cross others.

/// Separates a label from that of the head to look for, in labels of lifted arcs (Nivre & Nilsson 2005).
pub(super) const LIFTED: &str = "||";

/// Rounds of [`Edges::widen`] after which heads outside of their sentence are left as they are.
const MAX_ROUNDS: usize = 12;

/// The leftmost and rightmost token below each token.
#[derive(Debug, Default)]
pub(super) struct Edges {
    left: Vec<usize>,
    right: Vec<usize>,
    /// Whether a root's leftmost token is here.
    starts: Vec<bool>,
}

impl Edges {
    /// Finds the edges for these heads (a root is its own head).
    pub(super) fn find(&mut self, heads: &[usize]) {
        self.left.clear();
        self.left.extend(0..heads.len());
        self.right.clear();
        self.right.extend(0..heads.len());
        for _ in 0..MAX_ROUNDS {
            self.widen(heads);
            if self.heads_lie_within_sentences(heads) {
                break;
            }
        }
    }

    /// Whether a sentence starts at each token.
    pub(super) fn sentence_starts(&self) -> &[bool] {
        &self.starts
    }

    fn widen(&mut self, heads: &[usize]) {
        for child in (0..heads.len()).chain((0..heads.len()).rev()) {
            let head = heads[child];
            self.left[head] = self.left[head].min(self.left[child]);
            self.right[head] = self.right[head].max(self.right[child]);
        }
        self.starts.clear();
        self.starts.resize(heads.len(), false);
        for root in (0..heads.len()).filter(|&token| heads[token] == token) {
            self.starts[self.left[root]] = true;
        }
    }

    fn heads_lie_within_sentences(&self, heads: &[usize]) -> bool {
        let n = heads.len();
        let mut start = 0;
        for end in (0..n).filter(|&i| i > 0 && self.starts[i] || i + 1 == n) {
            if heads[start..end].iter().any(|&head| head < start || head > end) {
                return false;
            }
            start = end;
        }
        true
    }
}

/// Moves lifted arcs down again: an arc labelled `x||y` goes to the first token labelled `y` below its head,
/// breadth first and from left to right, that is not white space.
///
/// `lifted` splits a label into `x` and `y` where it has two parts.
pub(super) fn lower_lifted_arcs(
    heads: &mut [usize],
    labels: &mut [u16],
    edges: &Edges,
    is_space: &[bool],
    lifted: impl Fn(u16) -> Option<(u16, u16)>,
) {
    for token in 0..heads.len() {
        if let Some((label, head_label)) = lifted(labels[token]) {
            heads[token] = new_head(token, head_label, heads, labels, edges, is_space);
            labels[token] = label;
        }
    }
}

fn new_head(
    token: usize,
    head_label: u16,
    heads: &[usize],
    labels: &[u16],
    edges: &Edges,
    is_space: &[bool],
) -> usize {
    let mut level = vec![heads[token]];
    // Arcs moved earlier may have closed a circle; no walk down a tree is longer than the text.
    for _ in 0..heads.len() {
        let mut below = Vec::new();
        for &head in &level {
            let children =
                (edges.left[head]..=edges.right[head]).filter(|&child| child != head && heads[child] == head);
            for child in children.filter(|&child| child != token && !is_space[child]) {
                if labels[child] == head_label {
                    return child;
                }
                below.push(child);
            }
        }
        if below.is_empty() {
            break;
        }
        level = below;
    }
    heads[token]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_root_starts_a_sentence_at_its_leftmost_token() {
        let mut edges = Edges::default();
        edges.find(&[1, 1, 1, 4, 4, 4]);
        assert_eq!(edges.sentence_starts(), [true, false, false, true, false, false]);
        edges.find(&[0, 1]);
        assert_eq!(edges.sentence_starts(), [true, true]);
    }

    #[test]
    fn a_lifted_arc_goes_to_the_nearest_token_of_its_label() {
        // Labels: 1 = x, 2 = y, 3 = x||y.
        let mut heads = vec![1, 1, 1, 2, 1];
        let mut labels = vec![9, 9, 9, 2, 3];
        let mut edges = Edges::default();
        edges.find(&heads);
        let split = |label| (label == 3).then_some((1, 2));
        lower_lifted_arcs(&mut heads, &mut labels, &edges, &[false; 5], split);
        assert_eq!((heads[4], labels[4]), (3, 1));
    }

    #[test]
    fn a_lifted_arc_stays_where_no_token_has_the_label() {
        let mut heads = vec![1, 1, 1];
        let mut labels = vec![9, 9, 3];
        let mut edges = Edges::default();
        edges.find(&heads);
        lower_lifted_arcs(&mut heads, &mut labels, &edges, &[false; 5], |label| {
            (label == 3).then_some((1, 2))
        });
        assert_eq!((heads[2], labels[2]), (1, 1));
    }
}
