use super::{Article, Error, Format};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The format of every input; `None` to tell it by name and content.
    pub format: Option<Format>,
    /// Most bytes of one article (a text or HTML file, a line of JSON Lines), after decompression.
    pub max_size: u64,
    /// Date of publication, ISO 8601, of articles that do not say.
    pub published: Option<String>,
    /// BCP 47 language tag of articles that do not say.
    pub language: Option<String>,
}

impl Default for Settings {
    /// Formats told by name and content, at most 10,000,000 bytes an article.
    fn default() -> Self {
        Self { format: None, max_size: 10_000_000, published: None, language: None }
    }
}

impl Article {
    /// Fills date and language from the settings where they are unknown.
    pub(super) fn fill(&mut self, settings: &Settings) {
        self.published = self.published.take().or_else(|| settings.published.clone());
        self.language = self.language.take().or_else(|| settings.language.clone());
    }

    pub(super) fn not_empty(self) -> Result<Self, Error> {
        if self.text.trim().is_empty() { Err(Error::Empty { origin: self.origin }) } else { Ok(self) }
    }
}
