use super::clusters::{Cluster, Clusters};
use super::features::{Feature as F, Role, roles};
use super::forms::Forms;
use super::lexicon::{Noun, noun};
use super::phrase::Phrase;
use super::precise::{is_definite, subject_of};
use crate::annotation::{Class, Kind, MentionKind};
use crate::nlp::{Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// A pronoun and a phrase that it may refer to, while their features are gathered.
struct Pair<'a> {
    clusters: &'a Clusters<'a>,
    i: usize,
    j: usize,
    pronoun: Token<'a>,
    other: Token<'a>,
    phrase: &'a Phrase,
    cluster: &'a Cluster,
    forms: Forms,
    /// Sentences from the phrase to the pronoun.
    back: usize,
    features: Vec<u16>,
}

/// The features of a pronoun with a phrase; `quoted` says of each token whether it stands in a quote.
pub(super) fn features(clusters: &Clusters<'_>, i: usize, j: usize, quoted: &[bool]) -> Vec<u16> {
    let (pronoun, other) = (clusters.head(i), clusters.head(j));
    let mut pair = Pair {
        clusters,
        i,
        j,
        pronoun,
        other,
        phrase: &clusters.phrases[j],
        cluster: clusters.of(j),
        forms: clusters.phrases[i].forms,
        back: pronoun.sentence_index().saturating_sub(other.sentence_index()),
        features: Vec::with_capacity(20),
    };
    pair.kind();
    if pair.back == 0 && j < i {
        pair.subject_of_same_sentence();
    }
    pair.phrase();
    pair.place(quoted);
    pair.clause();
    if pair.forms.meets(Forms::PERSON) {
        pair.person();
    }
    pair.frequency();
    if pair.forms == Forms::IT || pair.forms == Forms::THEY {
        pair.thing();
    }
    let within = pair.back == 0 && j < i;
    pair.features.extend(roles(role(pronoun), role(other), within).filter(|_| j < i));
    pair.features
}

impl Pair<'_> {
    fn add(&mut self, feature: F) {
        self.features.push(feature.number());
    }

    /// How far back it stands, and what kind of phrase it is.
    fn kind(&mut self) {
        if self.j > self.i {
            self.add(F::After);
        } else {
            self.add([F::SameSentence, F::OneBack, F::TwoBack, F::ThreeBack][self.back.min(3)]);
        }
        let same = self.phrase.lemma == self.clusters.phrases[self.i].lemma;
        self.add(match self.phrase.kind {
            MentionKind::Name => F::IsName,
            MentionKind::Nominal if is_definite(self.other) => F::IsNominal,
            MentionKind::Nominal => F::IsIndefinite,
            MentionKind::Pronoun if same => F::IsSamePronoun,
            MentionKind::Pronoun => F::IsPronoun,
        });
    }

    fn subject_of_same_sentence(&mut self) {
        let mut verbs = self.pronoun.ancestors().filter(|t| matches!(t.pos(), Pos::Verb | Pos::Aux));
        let other = self.other;
        match verbs.position(|verb| subject_of(verb).is_some_and(|s| s.id() == other.id())) {
            Some(0) => self.add(F::SubjectOfClause),
            Some(_) => self.add(F::SubjectAbove),
            None => {}
        }
        if role(other) == Role::Subject && other.head().is_root() {
            self.add(F::SubjectOfMain);
        }
    }

    /// How the phrase is built into its sentence.
    fn phrase(&mut self) {
        let other = self.other;
        if !self.phrase.joined.is_empty() {
            self.add(F::IsJoined);
        } else if other.dep() == "conj" || other.children().any(|c| c.dep() == "conj") {
            self.add(F::InCoordination);
        }
        if other.dep() == "pobj" && matches!(other.head().head().pos(), Pos::Noun | Pos::Propn) {
            self.add(F::InPhrase);
        }
        if other.dep() == "appos" {
            self.add(F::IsAppositive);
        }
        if self.phrase.tokens.start == other.sentence().start {
            self.add(F::FirstInSentence);
        }
        let first = self.cluster.members[0];
        if first == 0 || self.clusters.head(first).sentence_index() == 0 {
            self.add(F::FirstInText);
        }
        if self.cluster.forms == self.forms {
            self.add(F::FormsKnown);
        }
        let before = self.phrase.tokens.start.0.checked_sub(1).map(|id| self.clusters.doc.token(TokenId(id)));
        if before.is_some_and(|token| matches!(token.text(), "(" | "-LRB-")) {
            self.add(F::InBrackets);
        }
    }

    /// Whether the two stand in the same quote and paragraph.
    fn place(&mut self, quoted: &[bool]) {
        match (quoted[self.pronoun.id().index()], quoted[self.other.id().index()]) {
            (false, true) => self.add(F::QuotedUnlikePronoun),
            (true, false) => self.add(F::PronounQuotedUnlike),
            _ => {}
        }
        let end = self.pronoun.id();
        let between = TokenSpan { start: self.phrase.tokens.end.min(end), end };
        if self.clusters.doc.text_of(between).contains("\n\n") {
            self.add(F::OtherParagraph);
        }
    }

    /// How the clauses of the two hang together.
    fn clause(&mut self) {
        let (pronoun, other) = (self.pronoun, self.other);
        if self.j < self.i && pronoun.dep() == other.dep() && pronoun.head().lemma() == other.head().lemma() {
            self.add(F::SameVerb);
        }
        if self.j > self.i {
            let is_verb = |t: &Token<'_>| matches!(t.pos(), Pos::Verb | Pos::Aux) && t.id() > pronoun.id();
            let verb_above = pronoun.ancestors().find(is_verb);
            let is_subject = matches!(other.dep(), "nsubj" | "nsubjpass");
            if verb_above.is_some_and(|verb| is_subject && other.head_id() == verb.id()) {
                self.add(F::FrontedSubject);
            } else if verb_above.is_some_and(|verb| other.id() < verb.id()) {
                self.add(F::FrontedName);
            }
        }
        let is_below = pronoun.ancestors().any(|t| t.id() == other.head_id());
        if other.dep() == "poss" && is_below && pronoun.id() > other.id() {
            self.add(F::Possessor);
        }
        let verb = other.head();
        let is_main = verb.is_root() || (verb.head().is_root() && verb.dep() == "conj");
        if self.back > 0 && role(other) == Role::Subject && is_main {
            self.add(F::SubjectOfMainBack);
        }
    }

    /// What tells of `he` and `she`.
    fn person(&mut self) {
        match self.phrase.kind {
            MentionKind::Name => {
                match self.cluster.class {
                    None => self.add(F::UnknownName),
                    Some(class) if class.kind() != Kind::Person => self.add(F::UnsurePerson),
                    Some(_) => {}
                }
                if self.phrase.tokens.len() == 1 {
                    self.add(F::SingleWord);
                }
            }
            MentionKind::Nominal if role(self.pronoun) == Role::Possessive => self.add(F::PossessiveNominal),
            MentionKind::Nominal if role(self.other) == Role::Subject => self.add(F::SubjectNominal),
            _ => {}
        }
    }

    fn frequency(&mut self) {
        match self.cluster.members.len() {
            0..=2 => {}
            3..=5 => self.add(F::OftenInAll),
            _ => self.add(F::VeryOftenInAll),
        }
    }

    /// What tells of `it` and `they`.
    fn thing(&mut self) {
        let named = self.phrase.kind == MentionKind::Name || self.cluster.entity.is_some();
        let it = self.forms == Forms::IT;
        let feature = match self.cluster.class.map(Class::kind) {
            Some(Kind::Organization) => [F::TheyOrganization, F::ItOrganization][usize::from(it)],
            Some(Kind::Polity) => [F::TheyPolity, F::ItPolity][usize::from(it)],
            Some(Kind::Place | Kind::Facility) if it => F::ItPlace,
            Some(_) if it && named => F::ItNamedThing,
            Some(_) => F::PeopleThey,
            None => match noun(&self.phrase.lemma) {
                Some(Noun::Group) => [F::TheyGroup, F::ItGroup][usize::from(it)],
                Some(_) => [F::PeopleThey, F::ItHuman][usize::from(it)],
                None => [F::ThingsThey, F::ItThing][usize::from(it)],
            },
        };
        self.add(feature);
    }
}

/// What a noun or pronoun is in its sentence; of coordinated ones, what the first is.
fn role(token: Token<'_>) -> Role {
    let mut token = token;
    while token.dep() == "conj" && matches!(token.head().pos(), Pos::Noun | Pos::Propn | Pos::Pron) {
        token = token.head();
    }
    match token.dep() {
        "nsubj" | "nsubjpass" => Role::Subject,
        "dobj" | "dative" => Role::Object,
        "poss" => Role::Possessive,
        "pobj" => Role::Oblique,
        _ => Role::Other,
    }
}
