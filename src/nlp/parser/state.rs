/// No token, in the arrays of a [`State`].
const NONE: u32 = u32::MAX;

/// A configuration of the arc-eager system (Nivre 2003): a stack, a buffer and the arcs drawn so far.
///
/// A token that is reduced without a head goes back to the buffer (Honnibal & Johnson 2014), so the buffer is
/// the tokens put back, the last of them first, and then the tokens not yet seen.
#[derive(Debug, Default)]
pub(super) struct State {
    stack: Vec<u32>,
    put_back: Vec<u32>,
    next: u32,
    len: u32,
    heads: Vec<u32>,
    labels: Vec<u16>,
    /// The last child drawn on each side of a head, and the one drawn before each child.
    left_child: Vec<u32>,
    right_child: Vec<u32>,
    sibling: Vec<u32>,
    unshiftable: Vec<bool>,
    /// 1: a sentence starts here, -1: none does, 0: not known.
    sentence_start: Vec<i8>,
}

impl State {
    /// Starts over with a document of which these sentence starts are known (1: yes, -1: no, 0: not known).
    pub(super) fn start(&mut self, sentence_start: &[i8]) {
        let n = sentence_start.len();
        self.stack.clear();
        self.put_back.clear();
        self.next = 0;
        self.len = n as u32;
        for tokens in [&mut self.heads, &mut self.left_child, &mut self.right_child, &mut self.sibling] {
            tokens.clear();
            tokens.resize(n, NONE);
        }
        self.labels.clear();
        self.labels.resize(n, 0);
        self.unshiftable.clear();
        self.unshiftable.resize(n, false);
        self.sentence_start.clear();
        self.sentence_start.extend_from_slice(sentence_start);
    }

    /// The `i`-th token of the stack, from the top.
    pub(super) fn stack(&self, i: usize) -> Option<u32> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    /// The `i`-th token of the buffer.
    pub(super) fn buffer(&self, i: usize) -> Option<u32> {
        match self.put_back.len().checked_sub(i + 1) {
            Some(at) => Some(self.put_back[at]),
            None => Some(self.next + (i - self.put_back.len()) as u32).filter(|&token| token < self.len),
        }
    }

    /// Number of tokens of the document.
    pub(super) fn len(&self) -> usize {
        self.len as usize
    }

    pub(super) fn stack_len(&self) -> usize {
        self.stack.len()
    }

    pub(super) fn buffer_len(&self) -> usize {
        (self.len - self.next) as usize + self.put_back.len()
    }

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    /// The `n`-th child (from 1) to the left of a head, the latest first.
    pub(super) fn left(&self, head: Option<u32>, n: usize) -> Option<u32> {
        self.child(self.left_child[head? as usize], n)
    }

    /// The `n`-th child (from 1) to the right of a head, the latest first.
    pub(super) fn right(&self, head: Option<u32>, n: usize) -> Option<u32> {
        self.child(self.right_child[head? as usize], n)
    }

    fn child(&self, latest: u32, n: usize) -> Option<u32> {
        let mut child = latest;
        for _ in 1..n {
            if child != NONE {
                child = self.sibling[child as usize];
            }
        }
        (child != NONE).then_some(child)
    }

    pub(super) fn has_head(&self, token: u32) -> bool {
        self.heads[token as usize] != NONE
    }

    /// The head of a token and the label of the arc, where one is drawn.
    pub(super) fn arc(&self, token: usize) -> Option<(usize, u16)> {
        (self.heads[token] != NONE).then(|| (self.heads[token] as usize, self.labels[token]))
    }

    pub(super) fn is_sentence_start(&self, token: Option<u32>) -> bool {
        token.is_some_and(|token| self.sentence_start[token as usize] == 1)
    }

    pub(super) fn cannot_start_sentence(&self, token: Option<u32>) -> bool {
        token.is_some_and(|token| self.sentence_start[token as usize] == -1)
    }

    pub(super) fn is_unshiftable(&self, token: Option<u32>) -> bool {
        token.is_some_and(|token| self.unshiftable[token as usize])
    }

    /// Moves the first token of the buffer to the stack.
    pub(super) fn push(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    /// Drops the top of the stack.
    pub(super) fn pop(&mut self) {
        self.stack.pop();
    }

    /// Puts the top of the stack back to the buffer, from where it cannot be shifted again.
    pub(super) fn unshift(&mut self) {
        if let Some(token) = self.stack.pop() {
            self.unshiftable[token as usize] = true;
            self.put_back.push(token);
        }
    }

    /// Allows a token that was put back to be shifted again.
    pub(super) fn make_shiftable(&mut self, token: u32) {
        self.unshiftable[token as usize] = false;
    }

    /// Marks the start of a sentence.
    pub(super) fn start_sentence(&mut self, token: u32) {
        self.sentence_start[token as usize] = 1;
    }

    /// Draws an arc, in place of one to another head.
    pub(super) fn add_arc(&mut self, head: u32, child: u32, label: u16) {
        self.delete_arc(child);
        let latest = if head > child { &mut self.left_child } else { &mut self.right_child };
        self.sibling[child as usize] = latest[head as usize];
        latest[head as usize] = child;
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    /// A token that loses its head is still on the stack, hence its head's latest child.
    fn delete_arc(&mut self, child: u32) {
        let head = self.heads[child as usize];
        if head == NONE {
            return;
        }
        let latest = if head > child { &mut self.left_child } else { &mut self.right_child };
        if latest[head as usize] == child {
            latest[head as usize] = self.sibling[child as usize];
        }
    }

    /// Gives up: nothing is left to do.
    pub(super) fn finish(&mut self) {
        self.stack.clear();
        self.put_back.clear();
        self.next = self.len;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_put_back_comes_first_in_the_buffer() {
        let mut state = State::default();
        state.start(&[1, 0, 0]);
        state.push();
        state.push();
        state.unshift();
        assert_eq!(
            (state.stack(0), state.buffer(0), state.buffer(1), state.buffer(2)),
            (Some(0), Some(1), Some(2), None)
        );
        assert!(state.is_unshiftable(Some(1)));
        assert_eq!(state.buffer_len(), 2);
    }

    #[test]
    fn a_new_head_takes_the_child_from_the_old_one() {
        let mut state = State::default();
        state.start(&[1, 0, 0, 0]);
        state.add_arc(0, 1, 5);
        state.add_arc(0, 2, 6);
        assert_eq!((state.right(Some(0), 1), state.right(Some(0), 2)), (Some(2), Some(1)));
        state.add_arc(3, 2, 7);
        assert_eq!(state.right(Some(0), 1), Some(1));
        assert_eq!((state.left(Some(3), 1), state.left(Some(3), 2)), (Some(2), None));
        assert_eq!(state.arc(2), Some((3, 7)));
    }
}
