//! Which thing a name means: the knowledge base, and the choice among its candidates.
//!
//! Takes the names that [`crate::extract`] has gathered into entities, gives each its class and its links. This version
//! knows exact names only: the most popular candidate of a compatible class.

pub mod kb;
