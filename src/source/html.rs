//! HTML.

use super::{Article, Error, Origin, Settings};

pub(crate) fn read(_bytes: &[u8], origin: &Origin, _settings: &Settings) -> Result<Article, Error> {
    Err(Error::NoBody { origin: origin.clone() })
}
