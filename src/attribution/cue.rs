use super::content;
use super::said::{Said, tidy};
use crate::lexicon::{Content, Cue, Lexicon, Part};
use crate::nlp::{Doc, Pos, Token};
use crate::predicate::{Function, Kind, Predicate, Predicates};
use crate::text::{TokenId, TokenSpan};

/// What the cues of a document bring: by verbs and nouns, then by adjectives and prepositions.
pub(super) fn said<'a>(doc: &Doc, predicates: &Predicates, lexicon: &'a Lexicon) -> Vec<Said<'a>> {
    let finder = Finder { predicates, lexicon };
    let mut found: Vec<Said<'a>> = Vec::new();
    for predicate in &predicates.all {
        let head = doc.token(predicate.head);
        found.extend(match predicate.kind {
            Kind::Verb => finder.verb(head, predicate),
            Kind::Noun => finder.noun(head, predicate),
        });
    }
    for token in doc.tokens() {
        found.extend(match token.pos() {
            Pos::Adj => finder.adjective(token),
            Pos::Verb | Pos::Adp | Pos::Sconj => finder.preposition(token),
            _ => None,
        });
    }
    found
}

struct Finder<'a, 'd> {
    predicates: &'d Predicates,
    lexicon: &'a Lexicon,
}

impl<'a> Finder<'a, '_> {
    /// The first of a word's forms and cues that has a content.
    fn bring(
        &self,
        head: Token<'_>,
        forms: &[String],
        part: Part,
        contents: impl Fn(&[Content]) -> Vec<TokenSpan>,
    ) -> Option<Said<'a>> {
        forms.iter().find_map(|form| {
            self.lexicon.cues().of(part, form).find_map(|cue: &'a Cue| {
                let pieces = tidy(head.doc(), contents(&cue.contents));
                let found = !pieces.is_empty();
                found.then(|| Said {
                    cue: extent(head, form),
                    head: head.id(),
                    source: None,
                    entity: None,
                    pieces,
                    stance: &cue.stance,
                })
            })
        })
    }

    fn verb(&self, verb: Token<'_>, predicate: &Predicate) -> Option<Said<'a>> {
        let passive = verb.children().any(|c| c.dep() == "auxpass");
        if passive && let Some(said) = self.participle(verb) {
            return Some(said);
        }
        // `the coup, said to have been led by them`
        let is_reduced = verb.tag() == "VBN" && verb.dep() == "acl" && !content::raised(verb).is_empty();
        let mut said = self.bring(verb, &predicate.forms, Part::Verb, |contents| {
            if is_reduced && contents.contains(&Content::Clause) {
                return content::raised(verb);
            }
            let own = if passive { content::of_passive(verb, contents) } else { content::of(verb, contents) };
            if own.is_empty() && contents.contains(&Content::Clause) { content::around(verb) } else { own }
        })?;
        let source = subject(verb, predicate).filter(|&source| !said.covers(source));
        said.source = source.filter(|&source| !(is_reduced && source == verb.head_id()));
        Some(said)
    }

    /// `is convinced that`: a participle that is an adjective.
    fn participle(&self, verb: Token<'_>) -> Option<Said<'a>> {
        let forms = [verb.norm().to_owned()];
        let mut said = self.bring(verb, &forms, Part::Adjective, |contents| content::of(verb, contents))?;
        said.source = verb.children().find(|c| c.dep() == "nsubjpass").map(Token::id);
        Some(said)
    }

    fn noun(&self, noun: Token<'_>, predicate: &Predicate) -> Option<Said<'a>> {
        // `In order to`, `in response to`.
        let bare = !noun.children().any(|c| matches!(c.dep(), "det" | "poss"));
        if bare && noun.dep() == "pobj" && noun.head().norm() == "in" {
            return None;
        }
        let find = |part| self.bring(noun, &predicate.forms, part, |contents| content::of(noun, contents));
        if let Some(said) = find(Part::AgentNoun) {
            return Some(Said { source: Some(noun.id()), ..said });
        }
        let mut said = find(Part::Noun)?;
        said.source = self.holder(noun, predicate).filter(|&source| !said.covers(source));
        Some(said)
    }

    /// Whose words a noun stands for: its possessor, `by` and `from` whom they are, the subject of the verb it is the object of.
    fn holder(&self, noun: Token<'_>, predicate: &Predicate) -> Option<TokenId> {
        let behind = |name: &str| predicate.with(&Function::Preposition(name.into())).next();
        let named = |&id: &TokenId| {
            matches!(noun.doc().token(id).pos(), Pos::Propn) || is_demonym(noun.doc().token(id))
        };
        let own = predicate.with(&Function::Possessive).next();
        own.or_else(|| ["by", "from", "among"].into_iter().find_map(behind))
            .or_else(|| predicate.with(&Function::Modifier).find(named))
            .or_else(|| {
                let verb = noun.head();
                let governed = noun.dep() == "dobj" || (noun.dep() == "attr" && noun.id() > verb.id());
                let governed = governed && !self.is_of_others(verb);
                governed.then(|| self.predicate(verb.id()).and_then(|p| subject(verb, p)))?
            })
    }

    /// Whether what a verb has for its object is what others say: who rejects a claim makes none.
    fn is_of_others(&self, verb: Token<'_>) -> bool {
        let lemma = verb.lemma().to_lowercase();
        let mut cues = self.lexicon.cues().of(Part::Verb, &lemma);
        cues.any(|cue| OF_OTHERS.contains(&cue.stance.as_str()))
    }

    fn predicate(&self, head: TokenId) -> Option<&Predicate> {
        let key = (head, Kind::Verb);
        let place = self.predicates.all.binary_search_by_key(&key, |p| (p.head, p.kind)).ok()?;
        Some(&self.predicates.all[place])
    }

    fn adjective(&self, adjective: Token<'_>) -> Option<Said<'a>> {
        let verb = adjective.head();
        if adjective.dep() != "acomp" {
            return None;
        }
        let forms = [adjective.lemma().to_lowercase(), adjective.norm().to_owned()];
        let mut said = self.bring(adjective, &forms, Part::Adjective, |contents| {
            let own = content::of(adjective, contents);
            if own.is_empty() { content::of(verb, contents) } else { own }
        })?;
        let source = self.predicate(verb.id()).and_then(|p| subject(verb, p));
        said.source = source.filter(|&source| !said.covers(source));
        Some(said)
    }

    /// `according to`, `in the words of`: what they belong to is said.
    fn preposition(&self, first: Token<'_>) -> Option<Said<'a>> {
        let (cue, words) = self.lexicon.cues().preposition(first.norm(), |n| {
            let id = first.id().index() + n;
            (id < first.doc().len()).then(|| first.doc().token(id.into()).norm())
        })?;
        let last = first.doc().token((first.id().index() + words - 1).into());
        let source = last.children().find(|c| c.dep() == "pobj")?;
        let pieces = tidy(first.doc(), content::main(first));
        (!pieces.is_empty()).then(|| Said {
            cue: TokenSpan { start: first.id(), end: TokenId(last.id().0 + 1) },
            head: first.id(),
            source: Some(source.id()),
            entity: None,
            pieces,
            stance: &cue.stance,
        })
    }
}

/// What one does with the words of others.
const OF_OTHERS: &[&str] = &["td:Confirms", "td:Denies", "td:Doubts", "td:Opposes", "td:Refuses"];

/// Verbs whose `it` stands for nobody.
const EXPLETIVE: &[&str] = &["appear", "be", "follow", "happen", "look", "mean", "seem", "turn"];

/// Who does what a verb says; as a relative pronoun where that is its subject.
fn subject(verb: Token<'_>, predicate: &Predicate) -> Option<TokenId> {
    let own = verb.children().find(|c| c.dep() == "nsubj").map(Token::id);
    let source = own.or_else(|| predicate.with(&Function::Subject).next())?;
    let token = verb.doc().token(source);
    let empty = match token.norm() {
        "there" | "this" | "what" => true,
        "that" => token.tag() == "DT",
        // `It seems that`.
        "it" => verb.children().any(|c| c.dep() == "ccomp") && EXPLETIVE.contains(&verb.lemma()),
        _ => false,
    };
    (!empty).then_some(source)
}

/// Whether an adjective names a people: `Russian`.
fn is_demonym(token: Token<'_>) -> bool {
    token.pos() == Pos::Adj && token.text().starts_with(char::is_uppercase)
}

/// A cue with the particle or preposition that its form has: `called for`.
fn extent(head: Token<'_>, form: &str) -> TokenSpan {
    let behind = |c: &Token<'_>| {
        c.id() > head.id()
            && matches!(c.dep(), "prt" | "prep")
            && form.split(' ').skip(1).any(|w| w == c.norm())
    };
    let last = head.children().rfind(behind).map_or(head.id(), Token::id);
    let end = if last.0 - head.id().0 > 2 { head.id() } else { last };
    TokenSpan { start: head.id(), end: TokenId(end.0 + 1) }
}
