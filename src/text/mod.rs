//! Places in a text: byte spans, token spans, and the step from bytes to code points and lines.
//!
//! Everything inside the crate counts bytes; only the annotation JSON counts code points
//! (see [`CodePoints`]). No input or output happens here.

mod code_points;
mod fold;
mod marked;
mod span;
mod table;
mod word_list;

pub use code_points::CodePoints;
pub use fold::fold;
pub(crate) use fold::in_capitals;
pub(crate) use marked::Marked;
pub use span::{Span, TokenId, TokenSpan};
pub(crate) use table::Table;
pub(crate) use word_list::WordList;
