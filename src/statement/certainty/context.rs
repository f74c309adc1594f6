use super::{Judge, Presented, Why};
use crate::annotation::{Certainty, Mood};
use crate::lexicon::{Part, Signature};
use crate::nlp::{Pos, Token};
use crate::predicate;

impl Judge<'_> {
    /// How what governs a word presents it.
    pub(super) fn context(&self, token: Token<'_>, depth: usize) -> Presented {
        let head = token.head();
        match token.dep() {
            _ if token.is_root() => sentence(token),
            "conj" => self.beside(token, head, depth),
            "ccomp" | "xcomp" | "acl" | "relcl" | "advcl" | "pcomp" | "parataxis" => {
                self.clause(token, head, depth)
            }
            "dobj" | "nsubjpass" | "oprd" | "attr" | "acomp" => self.object(token, head, depth),
            "nsubj" => self.subject(token, head, depth),
            "pobj" => self.behind_preposition(token, head, depth),
            "compound" | "amod" | "nmod" | "poss" => self.before_noun(token, head, depth),
            _ => Presented::default(),
        }
    }

    /// The signature of a word for what stands so to it.
    fn signature(&self, word: Token<'_>, content: &str) -> Option<&Signature> {
        let part = match word.pos() {
            Pos::Verb | Pos::Aux => Part::Verb,
            Pos::Noun | Pos::Propn => Part::Noun,
            Pos::Adj => Part::Adjective,
            _ => return None,
        };
        let lemma = predicate::lemma(word);
        let particle = word.children().find(|c| c.dep() == "prt");
        let longer =
            particle.and_then(|p| self.signatures.of(part, &format!("{lemma} {}", p.norm()), content));
        // `decide against`.
        let longer = longer.or_else(|| self.signatures.of(part, &format!("{lemma} {content}"), content));
        let own = longer.or_else(|| self.signatures.of(part, &lemma, content));
        // Participles are adjectives too: `is expected`, `is set`.
        own.or_else(|| self.signatures.of(part, word.norm(), content))
    }

    /// What a word presents that governs something; `content` tells how.
    fn governed(&self, head: Token<'_>, content: &str, depth: usize) -> Option<Presented> {
        let signature = self.signature(head, content)?;
        Some(self.presented(head, depth).governing(head, signature))
    }

    /// A clause joined to another, or a noun to a noun.
    fn beside(&self, token: Token<'_>, head: Token<'_>, depth: usize) -> Presented {
        if !matches!(token.pos(), Pos::Verb | Pos::Aux) {
            return self.presented(head, depth);
        }
        let outer = self.context(head, depth);
        let has_own = token.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass" | "aux"));
        if has_own {
            return self.of_sentence(head).within(outer);
        }
        let contrast = head.children().any(|c| c.dep() == "cc" && c.norm() == "but");
        let denied = outer.polarity;
        let shared = self.own(head).within(outer);
        // `did not leave, but attacked`
        if contrast { Presented { polarity: denied, ..shared } } else { shared }
    }

    /// What the adverbs at the beginning of a sentence say of all that is joined in it: `Reportedly, two died and two fled`.
    fn of_sentence(&self, verb: Token<'_>) -> Presented {
        let subject = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass")).map(Token::id);
        let before = verb.children().take_while(|c| subject.is_some_and(|subject| c.id() < subject));
        let signature = |c: Token<'_>| self.signatures.of(Part::Adverb, c.norm(), "clause");
        let mut adverbs = before.filter(|c| c.dep() == "advmod");
        let said = adverbs.find_map(|c| Some(Presented::default().governing(c, signature(c)?)));
        said.unwrap_or_default()
    }

    fn clause(&self, clause: Token<'_>, head: Token<'_>, depth: usize) -> Presented {
        let infinitive = predicate::is_infinitive(clause);
        match clause.dep() {
            "xcomp" if infinitive && predicate::is_purpose(clause, head) => Presented::intended(clause),
            "ccomp" | "xcomp" => {
                let gerund = clause.tag() == "VBG";
                let verbal = matches!(clause.pos(), Pos::Verb | Pos::Aux);
                let passive = head.children().any(|c| c.dep() == "auxpass");
                let content = match (infinitive, gerund, clause.dep()) {
                    (true, ..) if passive && self.signature(head, "raised").is_some() => "raised",
                    (true, ..) => "infinitive",
                    (_, true, "xcomp") => "gerund",
                    (_, _, "xcomp") if !verbal => "complement",
                    _ => "clause",
                };
                // `It is possible that`.
                let said = head.children().find(|c| c.dep() == "acomp").filter(|_| head.lemma() == "be");
                self.governed(said.unwrap_or(head), content, depth).unwrap_or_else(|| match content {
                    "infinitive" => Presented::intended(clause),
                    "clause" => self.said(head, depth),
                    _ => self.presented(head, depth),
                })
            }
            "acl" | "relcl" if infinitive && is_heading(clause, head) => {
                Presented { mood: Mood::Future, ..Presented::default() }.because(clause, Why::Heading)
            }
            // `The first to leave` left.
            "acl" | "relcl" if infinitive && head.children().any(is_ranking) => self.presented(head, depth),
            "acl" if infinitive => {
                self.governed(head, "infinitive", depth).unwrap_or_else(|| Presented::intended(clause))
            }
            "acl" if clause.children().any(|c| c.dep() == "mark" && c.norm() == "that") => {
                self.governed(head, "clause", depth).unwrap_or_default()
            }
            "relcl" | "advcl" if infinitive => Presented::intended(clause),
            // `banned the airline, with officials saying why` says it whatever is banned.
            "pcomp" if head.norm() == "with" => Presented::default(),
            "pcomp" => self.behind_preposition(clause, head, depth),
            _ => Presented::default(),
        }
    }

    /// A finite clause under a word without a signature, such as `say`: what is not said is open.
    fn said(&self, head: Token<'_>, depth: usize) -> Presented {
        if !self.presented(head, depth).is_denied() {
            return Presented::default();
        }
        Presented { certainty: Certainty::Possible, ..Presented::default() }.because(head, Why::NotSaid)
    }

    fn object(&self, token: Token<'_>, verb: Token<'_>, depth: usize) -> Presented {
        let content = if matches!(token.dep(), "oprd" | "attr" | "acomp") { "complement" } else { "object" };
        if let Some(governed) = self.governed(verb, content, depth) {
            return governed;
        }
        let outer = self.presented(verb, depth);
        // What is known already is not denied with the verb: `did not see the attack`.
        if content == "object" && is_definite(token) { Presented::default() } else { outer }
    }

    fn subject(&self, token: Token<'_>, verb: Token<'_>, depth: usize) -> Presented {
        let complement =
            verb.children().find(|c| matches!(c.dep(), "acomp" | "attr") && verb.lemma() == "be");
        let said = complement.and_then(|c| self.governed(c, "subject", depth));
        let governed = said.or_else(|| self.governed(verb, "subject", depth));
        governed.filter(|_| !is_definite(token)).unwrap_or_default()
    }

    fn behind_preposition(&self, token: Token<'_>, preposition: Token<'_>, depth: usize) -> Presented {
        if let Some(signature) = self.signatures.of(Part::Preposition, preposition.norm(), token.dep()) {
            return Presented::default().governing(preposition, signature);
        }
        let head = preposition.head();
        let governed = self.governed(head, preposition.norm(), depth);
        governed
            .or_else(|| (token.dep() == "pcomp").then(|| self.governed(head, "gerund", depth))?)
            .unwrap_or_else(|| {
                // What a coming event is said to come with is to come too, unless it is known.
                let outer = self.presented(head, depth);
                let open = outer.mood != Mood::Actual && !is_definite(token) && preposition.dep() == "prep";
                if open { outer } else { Presented::default() }
            })
    }

    fn before_noun(&self, token: Token<'_>, noun: Token<'_>, depth: usize) -> Presented {
        if !matches!(noun.pos(), Pos::Noun) || token.pos() == Pos::Verb {
            return Presented::default();
        }
        self.governed(noun, "of", depth).unwrap_or_default()
    }
}

/// Whether a clause makes a headline with its head: `Merkel to visit Kyiv`.
fn is_heading(clause: Token<'_>, head: Token<'_>) -> bool {
    let stop = head.doc().tokens_of(head.sentence()).any(|t| t.text() == ".");
    head.is_root() && !stop && clause.id() > head.id()
}

/// Words that say which of several it is: `the first`, `the only`.
fn is_ranking(child: Token<'_>) -> bool {
    matches!(
        child.norm(),
        "first" | "second" | "third" | "last" | "latest" | "only" | "next" | "youngest" | "oldest"
    ) && matches!(child.dep(), "amod" | "nummod")
}

/// What a sentence says of its main clause: a question leaves it open.
fn sentence(root: Token<'_>) -> Presented {
    let last = root.doc().tokens_of(root.sentence()).rev().find(|t| t.pos() != Pos::Space);
    match last.filter(|t| t.text() == "?") {
        Some(mark) => {
            let open =
                Presented { certainty: Certainty::Possible, mood: Mood::Conditional, ..Presented::default() };
            open.because(mark, Why::Question)
        }
        None => Presented::default(),
    }
}

/// Whether a noun is taken to be known: `the attack`, `its attack`.
fn is_definite(noun: Token<'_>) -> bool {
    let known = |c: Token<'_>| {
        c.dep() == "poss"
            || (c.dep() == "det" && matches!(c.norm(), "the" | "this" | "that" | "these" | "those"))
    };
    noun.pos() == Pos::Propn || noun.children().any(known)
}
