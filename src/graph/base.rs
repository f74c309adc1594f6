use std::fmt;
use std::str::FromStr;

use oxigraph::model::{IriParseError, NamedNode};

/// The IRI that every minted name starts with; ends in `/`, `#` or `:`.
///
/// ```
/// use tidings::graph::Base;
/// let base: Base = "https://news.example.org/kg/".parse()?;
/// assert_eq!(base.mint("entity/Iran-Q794").as_str(), "https://news.example.org/kg/entity/Iran-Q794");
/// # Ok::<(), tidings::graph::InvalidBase>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(NamedNode);

impl Base {
    /// The base where none is given.
    pub const DEFAULT: &str = "https://w3id.org/tidings/id/";

    /// As text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name `base + path`.
    ///
    /// # Panics
    /// When the path holds characters that an IRI can't hold.
    pub fn mint(&self, path: &str) -> NamedNode {
        NamedNode::new(format!("{}{path}", self.as_str())).expect("minted paths hold characters of IRIs only")
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(NamedNode::new_unchecked(Self::DEFAULT))
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A base that no IRI can be made of.
#[derive(Debug, thiserror::Error)]
pub enum InvalidBase {
    /// Not an absolute IRI.
    #[error("base `{iri}` is not an absolute IRI, such as `{}`", Base::DEFAULT)]
    Iri {
        /// What was given.
        iri: String,
        /// Why it is none.
        source: IriParseError,
    },
    /// Names would run together with it.
    #[error("base `{iri}` must end in `/`, `#` or `:`; try `{iri}/`")]
    End {
        /// What was given.
        iri: String,
    },
}

impl FromStr for Base {
    type Err = InvalidBase;

    fn from_str(iri: &str) -> Result<Self, InvalidBase> {
        let node = NamedNode::new(iri).map_err(|source| InvalidBase::Iri { iri: iri.to_owned(), source })?;
        if !iri.ends_with(['/', '#', ':']) {
            return Err(InvalidBase::End { iri: iri.to_owned() });
        }
        Ok(Self(node))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_base_is_valid() {
        assert_eq!(Base::DEFAULT.parse::<Base>().unwrap(), Base::default());
    }

    #[test]
    fn says_what_is_wrong_with_a_base() {
        let error = |iri: &str| iri.parse::<Base>().unwrap_err().to_string();
        assert!(error("kg/").contains("`kg/` is not an absolute IRI"));
        assert!(error("http://a b/").contains("is not an absolute IRI"));
        assert!(error("http://example.org/kg").contains("try `http://example.org/kg/`"));
    }
}
