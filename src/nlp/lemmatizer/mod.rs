//! Form, part of speech and features to the lemma.

mod tables;

use std::collections::HashMap;

use smol_str::SmolStr;

pub use tables::{Mode, PosTables, Tables, WordMap, WordSet};

use super::{
    Label, Labels, Pos,
    characters::is_letter,
    doc::TokenData,
    tokenizer::{Cache, LexemeId},
};

/// Finds lemmas; what was found is kept by the worker.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    tables: Tables,
}

/// The lemmas of lexeme, part of speech and features.
#[derive(Debug, Default)]
pub(crate) struct LemmaMemory {
    lemmas: HashMap<(LexemeId, Pos, Label), SmolStr>,
}

impl LemmaMemory {
    /// Forgets everything; for when the lexemes get new numbers.
    pub(crate) fn forget(&mut self) {
        self.lemmas.clear();
    }
}

impl Lemmatizer {
    pub(crate) fn new(tables: Tables) -> Self {
        Self { tables }
    }

    /// Sets the lemmas of a document's tokens, whose lexemes are `ids` in `cache`.
    pub(crate) fn apply(
        &self,
        tokens: &mut [TokenData],
        ids: &[LexemeId],
        cache: &Cache,
        labels: &Labels,
        memory: &mut LemmaMemory,
    ) {
        for (token, &id) in tokens.iter_mut().zip(ids) {
            if self.tables.overwrite || token.lemma.is_empty() {
                let lemma = memory.lemmas.entry((id, token.pos, token.morph)).or_insert_with(|| {
                    self.lemma(&cache.lexeme(id).text, token.pos, labels.name(token.morph)).into()
                });
                token.lemma = lemma.clone();
            }
        }
    }

    /// The lemma of a form.
    pub(crate) fn lemma(&self, form: &str, pos: Pos, morph: &str) -> String {
        match self.tables.mode {
            Mode::Lookup => self.look_up(form),
            Mode::Rule => self.by_rule(form, pos, morph),
            Mode::FrenchRule => self.by_french_rule(form, pos),
        }
    }

    fn look_up(&self, form: &str) -> String {
        self.tables.lookup.get(form).next().unwrap_or(form).to_owned()
    }

    fn of_pos(&self, pos: Pos) -> Option<&PosTables> {
        self.tables.by_pos.iter().find(|(p, _)| *p == pos).map(|(_, tables)| tables)
    }

    /// Rules give candidates: known lemmas come first, the last rule's before the others'; exceptions before all.
    fn by_rule(&self, form: &str, pos: Pos, morph: &str) -> String {
        let lower = form.to_lowercase();
        if matches!(pos, Pos::None | Pos::Space) || (self.tables.base_forms && is_base_form(pos, morph)) {
            return lower;
        }
        let tables = self.of_pos(pos);
        let tables =
            tables.filter(|t| !(t.rules.is_empty() && t.exceptions.is_empty() && t.index.is_empty()));
        let Some(tables) = tables else {
            return if pos == Pos::Propn { form.to_owned() } else { lower };
        };
        let mut known = Vec::new();
        let mut odd = Vec::new();
        let mut unknown = Vec::new();
        for lemma in candidates(&lower, &tables.rules) {
            if tables.index.contains(&lemma) {
                known.insert(0, lemma);
            } else if lemma.chars().all(is_letter) {
                unknown.push(lemma);
            } else {
                odd.push(lemma);
            }
        }
        let mut forms = known;
        forms.append(&mut odd);
        for lemma in tables.exceptions.get(&lower) {
            if !forms.iter().any(|form| form == lemma) {
                forms.insert(0, lemma.to_owned());
            }
        }
        forms.append(&mut unknown);
        forms.into_iter().next().unwrap_or_else(|| form.to_owned())
    }

    /// A known lemma stays as it is; then exceptions, then rules, then the table of forms.
    fn by_french_rule(&self, form: &str, pos: Pos) -> String {
        use Pos::{Adj, Adp, Adv, Aux, Cconj, Det, Noun, Pron, Punct, Sconj, Verb};
        let lower = form.to_lowercase();
        if matches!(pos, Pos::None | Pos::Space) {
            return lower;
        }
        if !matches!(pos, Noun | Verb | Adj | Adp | Adv | Aux | Cconj | Det | Pron | Punct | Sconj) {
            return self.look_up(form);
        }
        if let Some(tables) = self.of_pos(pos) {
            if tables.index.contains(&lower) {
                return lower;
            }
            if let Some(lemma) = tables.exceptions.get(&lower).next() {
                return lemma.to_owned();
            }
            let fits = |lemma: &String| tables.index.contains(lemma) || !lemma.chars().all(is_letter);
            let (known, unknown): (Vec<_>, Vec<_>) = candidates(&lower, &tables.rules).partition(fits);
            if let Some(lemma) = known.into_iter().chain(unknown).next() {
                return lemma;
            }
        }
        self.look_up(&lower)
    }
}

/// What the rules make of a form, in their order, without empty ones.
fn candidates<'t>(form: &'t str, rules: &'t [(String, String)]) -> impl Iterator<Item = String> + 't {
    let replaced =
        rules.iter().filter_map(move |(old, new)| Some(format!("{}{new}", form.strip_suffix(old.as_str())?)));
    replaced.filter(|lemma| !lemma.is_empty())
}

/// Whether the features say that the form is not inflected (English).
fn is_base_form(pos: Pos, morph: &str) -> bool {
    let feature = |name: &str| {
        morph
            .split('|')
            .filter_map(|feature| feature.split_once('='))
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value)
    };
    let verb_form = feature("VerbForm");
    let plain_present =
        verb_form == Some("Fin") && feature("Tense") == Some("Pres") && feature("Number").is_none();
    (pos == Pos::Noun && feature("Number") == Some("Sing"))
        || (pos == Pos::Verb && plain_present)
        || matches!(verb_form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

#[cfg(test)]
mod tests {
    use super::{super::strings::string_id, *};

    fn pairs(rules: &[(&str, &str)]) -> Vec<(String, String)> {
        rules.iter().map(|&(old, new)| (old.to_owned(), new.to_owned())).collect()
    }

    fn map(entries: &[(&'static str, &[&'static str])]) -> WordMap {
        WordMap::new(entries.iter().map(|&(word, list)| (string_id(word), list.to_vec())))
    }

    fn lemmatizer(mode: Mode) -> Lemmatizer {
        let verb = PosTables {
            rules: pairs(&[("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", "")]),
            exceptions: map(&[("went", &["go"]), ("saw", &["saw", "see"])]),
            index: WordSet::new(["bake", "walk", "try", "saw"]),
        };
        let tables = Tables {
            mode,
            base_forms: mode == Mode::Rule,
            overwrite: false,
            lookup: map(&[("dogs", &["dog"]), ("Dogs", &["Dog"])]),
            by_pos: vec![(Pos::Verb, verb)],
        };
        Lemmatizer::new(tables)
    }

    #[test]
    fn rules_prefer_exceptions_and_known_lemmas() {
        let lemmatizer = lemmatizer(Mode::Rule);
        for (form, pos, morph, lemma) in [
            ("Tries", Pos::Verb, "", "try"),
            ("baked", Pos::Verb, "", "bake"),
            ("Went", Pos::Verb, "Tense=Past", "go"),
            ("saw", Pos::Verb, "", "see"),
            ("frobbed", Pos::Verb, "", "frobbe"),
            ("Xyz", Pos::Verb, "", "Xyz"),
            ("walks", Pos::Verb, "VerbForm=Inf", "walks"),
            ("Dogs", Pos::Noun, "", "dogs"),
            ("Paris", Pos::Propn, "", "Paris"),
            ("X", Pos::None, "", "x"),
        ] {
            assert_eq!(lemmatizer.lemma(form, pos, morph), lemma, "{form}");
        }
    }

    #[test]
    fn french_rules_keep_known_lemmas_and_end_with_the_table() {
        let lemmatizer = lemmatizer(Mode::FrenchRule);
        for (form, pos, lemma) in [
            ("Bake", Pos::Verb, "bake"),
            ("saw", Pos::Verb, "saw"),
            ("went", Pos::Verb, "go"),
            ("dogs", Pos::Noun, "dog"),
            ("Dogs", Pos::Propn, "Dog"),
            ("baked", Pos::Verb, "bake"),
        ] {
            assert_eq!(lemmatizer.lemma(form, pos, ""), lemma, "{form}");
        }
    }

    #[test]
    fn the_table_of_forms_gives_the_form_itself_where_it_has_none() {
        let lemmatizer = lemmatizer(Mode::Lookup);
        assert_eq!(lemmatizer.lemma("dogs", Pos::Noun, ""), "dog");
        assert_eq!(lemmatizer.lemma("cats", Pos::Noun, ""), "cats");
    }
}
