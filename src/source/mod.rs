//! Reads articles: plain text, HTML, JSON Lines, from files, folders and standard input.

mod article;

pub use article::Article;
