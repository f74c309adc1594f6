//! What knowledge bases are made from, one format a file.

mod table;

pub use table::Tables;
