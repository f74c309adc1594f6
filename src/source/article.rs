/// A news article: its text, unchanged, and what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// The text that every offset refers to. Never altered after reading.
    pub text: String,
    /// The identifier its source gave it (the `id` of a JSON line), if any.
    pub id: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published: an ISO 8601 date, or date and time.
    pub published: Option<String>,
    /// Name of the newspaper, agency or site.
    pub publisher: Option<String>,
    /// Names of the authors, as they are given.
    pub author: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
}
