//! The segments of an index as they are at one time.

use std::sync::Arc;

use oxigraph::model::{Term, TermRef};
use rustc_hash::FxHashSet;

use super::build::{Batch, Merged};
use super::order::{Order, Tuple};
use super::pages::Pages;
use super::segment::Segment;
use super::term::{NO_TERM, STRING, decode, encode};
use super::{BuildError, Damaged, Id};

/// A segment, and which of its graphs count no more.
#[derive(Clone)]
pub(crate) struct Part {
    pub(crate) segment: Arc<Segment>,
    pub(crate) gone: Arc<FxHashSet<Id>>,
}

impl Part {
    #[inline]
    pub(super) fn is_live(&self, graph: Id) -> bool {
        self.gone.is_empty() || !self.gone.contains(&graph)
    }
}

/// Segments, the oldest first: each may use the terms of those before it.
#[derive(Clone, Default)]
pub(crate) struct Snapshot {
    pub(crate) parts: Vec<Part>,
}

/// Which quads are looked for: the parts that are known. `graph`: `None` is any, the default graph among them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pattern {
    pub(crate) subject: Option<Id>,
    pub(crate) predicate: Option<Id>,
    pub(crate) object: Option<Id>,
    pub(crate) graph: Option<Id>,
}

impl Part {
    /// Quads that lie there, also those that count no more.
    pub(crate) fn quads(&self) -> u64 {
        self.segment.size.quads
    }

    /// Quads that count.
    pub(crate) fn live_quads(&self) -> Result<u64, Damaged> {
        let mut quads = self.quads();
        for graph in self.gone.iter() {
            quads -= self.segment.graph(*graph)?.map_or(0, |entry| entry.quads);
        }
        Ok(quads)
    }
}

impl Snapshot {
    /// Adds quads, in memory.
    pub(crate) fn add(&mut self, batch: Batch) -> Result<(), Damaged> {
        let bytes = batch.write(self, Vec::new()).map_err(|error| match error {
            BuildError::Damaged(damaged) => damaged,
            BuildError::Write(_) => unreachable!("writing to memory succeeds"),
        })?;
        let segment = Segment::read(Pages::of(bytes)?)?;
        self.parts.push(Part { segment: Arc::new(segment), gone: Arc::default() });
        Ok(())
    }

    /// The number that the next new term gets; 0 stands for the default graph.
    pub(super) fn next_id(&self) -> Id {
        self.parts.last().map_or(1, |part| part.segment.size.base + part.segment.size.terms)
    }

    /// The number of a term, given as bytes.
    pub(super) fn id(&self, term: &[u8]) -> Result<Option<Id>, Damaged> {
        for Part { segment, .. } in &self.parts {
            if let Some(id) = segment.dictionary.id(&segment.pages, term)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// The number of a term; `None`: it is in no quad.
    pub(crate) fn id_of<'t>(&self, term: impl Into<TermRef<'t>>) -> Result<Option<Id>, Damaged> {
        let mut bytes = Vec::new();
        encode(term.into(), &mut bytes);
        self.id(&bytes)
    }

    /// The term with a number.
    pub(crate) fn term(&self, id: Id) -> Result<Term, Damaged> {
        let at = self.parts.partition_point(|part| part.segment.size.base + part.segment.size.terms <= id);
        let Some(Part { segment, .. }) = self.parts.get(at).filter(|part| part.segment.dictionary.has(id))
        else {
            let pages = self.parts.last().map(|part| &part.segment.pages);
            return Err(pages
                .map_or_else(|| Damaged::new("memory".as_ref(), NO_TERM), |pages| pages.damaged(NO_TERM)));
        };
        let bytes = segment.dictionary.term(&segment.pages, id)?;
        decode(&bytes).ok_or_else(|| segment.pages.damaged(NO_TERM))
    }

    /// The simple literals that are `text` but for upper and lower case, in order.
    pub(crate) fn spellings(&self, text: &str) -> Result<Vec<String>, Damaged> {
        let folded = text.to_lowercase();
        let mut found = Vec::new();
        for Part { segment, .. } in &self.parts {
            let mut terms = segment.dictionary.terms_of_kind(&segment.pages, STRING)?;
            while terms.step()? && terms.term.first().is_none_or(|kind| *kind <= STRING) {
                let Some((&STRING, bytes)) = terms.term.split_first() else { continue };
                // Letters outside of ASCII may be longer in the other case, never more than three times.
                let may_fit =
                    bytes.len() == text.len() || (bytes.len() <= 3 * text.len() && !bytes.is_ascii());
                if may_fit
                    && let Ok(spelling) = std::str::from_utf8(bytes)
                    && (spelling.eq_ignore_ascii_case(text) || spelling.to_lowercase() == folded)
                {
                    found.push(spelling.to_owned());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The quads that fit `pattern`, in the order that finds them quickest.
    pub(crate) fn quads(&self, pattern: Pattern) -> Result<Quads, Damaged> {
        let order = self.order_for(pattern)?;
        let Pattern { subject, predicate, object, graph } = pattern;
        let known = order.arrange([subject, predicate, object, graph]);
        let prefix: Vec<Id> = known.iter().map_while(|id| *id).collect();
        let merged = Merged::new(&self.parts, order, &prefix)?;
        Ok(Quads { merged, order, known, checked: prefix.len() })
    }

    /// The order in which the quads that fit lie closest together.
    fn order_for(&self, pattern: Pattern) -> Result<Order, Damaged> {
        let Pattern { subject, predicate, object, graph } = pattern;
        Ok(match (subject, predicate, object, graph) {
            // An article has few quads about one subject.
            (Some(_), _, _, Some(_)) | (None, None, None, Some(_)) => Order::Gspo,
            (Some(_) | None, None, Some(_), None) => Order::Ospg,
            (Some(_), ..) | (None, None, None, None) => Order::Spog,
            (None, Some(_), _, None) => Order::Posg,
            (None, Some(_), None, Some(graph)) => {
                self.fewer(Order::Posg, &[predicate], Order::Gspo, graph)?
            }
            (None, Some(_), Some(_), Some(graph)) => {
                self.fewer(Order::Posg, &[predicate, object], Order::Gspo, graph)?
            }
            (None, None, Some(_), Some(graph)) => self.fewer(Order::Ospg, &[object], Order::Gspo, graph)?,
        })
    }

    /// Of two orders the one in which fewer quads have to be looked at.
    fn fewer(&self, one: Order, prefix: &[Option<Id>], other: Order, graph: Id) -> Result<Order, Damaged> {
        let prefix: Vec<Id> = prefix.iter().flatten().copied().collect();
        let (mut of_one, mut of_other) = (0, 0);
        for Part { segment, .. } in &self.parts {
            of_one += segment.tuples(one).estimate(&segment.pages, &prefix)?;
            of_other += segment.tuples(other).estimate(&segment.pages, &[graph])?;
        }
        Ok(if of_one <= of_other { one } else { other })
    }

    /// The named graphs that have quads, each once.
    pub(crate) fn graphs(&self) -> Result<Vec<Id>, Damaged> {
        let mut graphs = Vec::new();
        for part in &self.parts {
            for entry in part.segment.graphs() {
                let graph = entry?.graph;
                if graph != 0 && part.is_live(graph) {
                    graphs.push(graph);
                }
            }
        }
        graphs.sort_unstable();
        graphs.dedup();
        Ok(graphs)
    }

    /// Number of quads of a graph.
    pub(crate) fn quads_of_graph(&self, graph: Id) -> Result<u64, Damaged> {
        let mut quads = 0;
        for part in self.parts.iter().filter(|part| part.is_live(graph)) {
            quads += part.segment.graph(graph)?.map_or(0, |entry| entry.quads);
        }
        Ok(quads)
    }
}

/// Quads that fit a pattern, one after the other.
pub(crate) struct Quads {
    merged: Merged,
    order: Order,
    /// What is known, in the order's arrangement.
    known: [Option<Id>; 4],
    /// How many of the known parts are those that were looked up.
    checked: usize,
}

impl Quads {
    /// The next quad: subject, predicate, object, graph.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Tuple>, Damaged> {
        while let Some(tuple) = self.merged.next()? {
            let fits = |at: usize| self.known[at].is_none_or(|id| id == tuple[at]);
            if (self.checked..4).all(fits) {
                return Ok(Some(self.order.restore(tuple)));
            }
        }
        Ok(None)
    }
}
