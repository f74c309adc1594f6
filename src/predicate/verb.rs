use super::arguments::{Arguments, by_phrase};
use super::{Function, Kind, Predicate, lemma};
use crate::nlp::{Pos, Token};
use crate::text::{TokenId, TokenSpan};

/// Clauses within clauses that a shared subject is looked for through.
const DEPTH: usize = 6;

/// Verbs whose object does what their infinitive says: `urged Iran to leave`. With others it says what for: `held talks to leave`.
const OBJECT_CONTROL: &[&str] = &[
    "advise",
    "allow",
    "appoint",
    "ask",
    "assign",
    "authorize",
    "beg",
    "believe",
    "call",
    "cause",
    "challenge",
    "charge",
    "choose",
    "coax",
    "coerce",
    "command",
    "commission",
    "compel",
    "consider",
    "convince",
    "dare",
    "deploy",
    "designate",
    "direct",
    "dispatch",
    "drive",
    "elect",
    "empower",
    "enable",
    "encourage",
    "entitle",
    "entreat",
    "expect",
    "find",
    "forbid",
    "force",
    "get",
    "have",
    "help",
    "hire",
    "implore",
    "incite",
    "induce",
    "inspire",
    "instruct",
    "invite",
    "know",
    "lead",
    "leave",
    "let",
    "like",
    "lobby",
    "make",
    "mandate",
    "motivate",
    "name",
    "need",
    "nominate",
    "oblige",
    "order",
    "pay",
    "permit",
    "persuade",
    "press",
    "pressure",
    "prompt",
    "provoke",
    "push",
    "recruit",
    "remind",
    "request",
    "require",
    "see",
    "select",
    "send",
    "summon",
    "task",
    "teach",
    "tell",
    "tempt",
    "train",
    "trust",
    "urge",
    "want",
    "warn",
    "watch",
    "wish",
];

/// Prepositions behind which a gerund says what the object of the verb does: `accused him of lying`, `kept him from leaving`.
const OBJECT_BEHIND: &[&str] = &["for", "from", "into", "of"];

/// Verbs whose object serves what their subject does: `used a boat for fishing`.
const MEANS: &[&str] =
    &["build", "buy", "develop", "have", "keep", "make", "need", "reserve", "spend", "take", "use"];

/// Whether an infinitive says what its verb does something to its object for: `launched operations to detain them`, not `urged
/// them to leave` or `used rockets to attack it`.
pub(crate) fn is_purpose(infinitive: Token<'_>, verb: Token<'_>) -> bool {
    let has_object = verb.children().any(|c| c.dep() == "dobj" && c.id() < infinitive.id());
    has_object && verb.lemma() != "use" && !OBJECT_CONTROL.contains(&verb.lemma())
}

/// Whether a token is a verb that has arguments; auxiliaries have none.
pub(super) fn is_predicate(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Verb | Pos::Aux)
        && !matches!(token.dep(), "aux" | "auxpass")
        && token.tag() != "MD"
}

pub(super) fn predicate(verb: Token<'_>) -> Predicate {
    Predicate {
        head: verb.id(),
        kind: Kind::Verb,
        forms: forms(verb),
        arguments: arguments(verb, DEPTH).finish(),
    }
}

/// Whether an adjective is said of the noun before it, with what it is said about: `a militia loyal to the president`.
pub(super) fn is_behind_noun(token: Token<'_>) -> bool {
    let noun = token.head();
    token.pos() == Pos::Adj
        && token.dep() == "amod"
        && noun.id() < token.id()
        && matches!(noun.pos(), Pos::Noun | Pos::Propn)
        && token.children().any(|c| c.id() > token.id() && is_preposition(c))
}

/// Such an adjective as the verb `be` with it has its arguments: the militia is loyal to the president.
pub(super) fn adjective(token: Token<'_>) -> Predicate {
    let base = format!("be {}", token.norm());
    let mut found = Arguments::default();
    found.add(&Function::Subject, token.head());
    let mut forms = Vec::new();
    for preposition in token.children().filter(|c| c.id() > token.id() && is_preposition(*c)) {
        forms.push(format!("{base} {}", preposition.norm()));
        found.add_prepositional(preposition);
    }
    forms.push(base);
    Predicate { head: token.id(), kind: Kind::Verb, forms, arguments: found.finish() }
}

/// `carry out`, `carry`; `take to court`, `take`; `go bankrupt`, `go`. A preposition that belongs to the verb is a form too: `call on`.
/// What is done to somebody may be said as what they are: `be located in`.
fn forms(verb: Token<'_>) -> Vec<String> {
    let lemma = lemma(verb);
    let mut forms = Vec::new();
    let particle = verb.children().find(|c| c.dep() == "prt").map(|p| p.norm().to_owned());
    let base = particle.map_or_else(|| lemma.clone(), |p| format!("{lemma} {p}"));
    let prepositions: Vec<Token<'_>> =
        verb.children().filter(|c| c.id() > verb.id() && is_preposition(*c)).collect();
    let is_complement = |c: &Token<'_>| match c.dep() {
        "dobj" | "acomp" | "oprd" | "attr" => true,
        "ccomp" | "xcomp" => c.pos() == Pos::Adj,
        _ => false,
    };
    for object in verb.children().filter(is_complement) {
        for noun in [object.norm().to_owned(), object.lemma().to_lowercase()] {
            for preposition in
                object.children().chain(prepositions.iter().copied()).filter(|c| c.dep() == "prep")
            {
                forms.push(format!("{base} {noun} {}", preposition.norm()));
            }
            forms.push(format!("{base} {noun}"));
        }
    }
    for &preposition in &prepositions {
        for object in by_phrase(preposition) {
            for noun in [object.norm().to_owned(), object.lemma().to_lowercase()] {
                forms.push(format!("{base} {} {noun}", preposition.norm()));
            }
        }
        if !verb.children().any(|c| c.dep() == "dobj") {
            forms.push(format!("{base} {}", preposition.norm()));
        }
    }
    forms.push(base);
    if is_passive(verb) && verb.dep() != "amod" {
        let stative = |form: &String| Some(format!("be {}{}", verb.norm(), form.strip_prefix(&lemma)?));
        forms.extend(forms.iter().filter_map(stative).collect::<Vec<_>>());
    }
    forms.push(lemma);
    forms.sort_by_key(|form| std::cmp::Reverse(form.split(' ').count()));
    forms.dedup();
    forms
}

fn is_preposition(token: Token<'_>) -> bool {
    token.dep() == "prep" || (token.dep() == "dative" && token.pos() == Pos::Adp)
}

/// Whether the surface subject is what it is done to.
fn is_passive(verb: Token<'_>) -> bool {
    verb.children().any(|c| matches!(c.dep(), "auxpass" | "nsubjpass"))
        || (verb.tag() == "VBN" && matches!(verb.dep(), "acl" | "amod" | "advcl") && !has_auxiliary(verb))
        || (verb.tag() == "VBN" && verb.dep() == "conj" && !has_auxiliary(verb) && is_passive(verb.head()))
        || is_beside_adjective(verb)
}

/// Whether a participle is joined to another that the parser takes for an adjective: `trained` of `were armed and trained by Libya`.
fn is_beside_adjective(verb: Token<'_>) -> bool {
    verb.tag() == "VBN"
        && verb.dep() == "conj"
        && verb.head().dep() == "acomp"
        && verb.children().any(|c| c.dep() == "agent")
}

fn has_auxiliary(verb: Token<'_>) -> bool {
    verb.children().any(|c| c.dep() == "aux")
}

fn arguments(verb: Token<'_>, depth: usize) -> Arguments {
    let mut found = own(verb);
    let passive = is_passive(verb);
    for subject in surface_subjects(verb, depth) {
        let function = match passive {
            false => Function::Subject,
            // `Kyiv was given missiles`.
            true if verb.children().any(|c| c.dep() == "dobj") => Function::Indirect,
            true => Function::Object,
        };
        found.add(&function, subject);
    }
    if verb.dep() == "amod"
        && let Some(doer) = verb.children().find(|c| matches!(c.dep(), "npadvmod" | "nmod" | "compound"))
    {
        found.add(&Function::Subject, doer);
        found.add(&Function::Modifier, doer);
    }
    if passive && !found.has(&Function::Subject) {
        shared_doers(verb).for_each(|doer| found.add(&Function::Subject, doer));
    }
    if !passive && !found.has(&Function::Object) {
        for object in shared_objects(verb) {
            found.add(&Function::Object, object);
        }
    }
    found
}

/// The arguments that the verb governs itself, but for its subject.
fn own(verb: Token<'_>) -> Arguments {
    let mut found = Arguments::default();
    for child in verb.children() {
        match child.dep() {
            "dobj" if is_inverted(verb, child) => found.add(&Function::Subject, child),
            "dobj" => found.add(&Function::Object, antecedent(child, verb)),
            "dative" if child.pos() == Pos::Adp => found.add_prepositional(child),
            "dative" => found.add(&Function::Indirect, child),
            "agent" => by_phrase(child).for_each(|doer| found.add(&Function::Subject, doer)),
            "prep" => {
                found.add_prepositional(child);
                if child.norm() == "as" && is_passive(verb) {
                    let doers = by_phrase(child).flat_map(doers_behind);
                    doers.for_each(|doer| found.add(&Function::Subject, doer));
                }
                // `is at war with`, `is in talks with`: what the state is in regard to.
                if verb.lemma() == "be" {
                    let states = by_phrase(child).flat_map(Token::children);
                    states.filter(|c| is_preposition(*c)).for_each(|about| found.add_prepositional(about));
                }
            }
            "attr" | "oprd" | "acomp" => {
                found.add(&Function::Complement, child);
                of_adjective(child, &mut found);
                if child.dep() == "oprd" && is_passive(verb) {
                    doers_behind(child).for_each(|doer| found.add(&Function::Subject, doer));
                }
            }
            // `found the minister guilty`, `considers the group a threat`
            "ccomp" | "xcomp" if child.pos() == Pos::Adj || is_small_clause(child) => {
                found.add(&Function::Complement, child);
                child
                    .children()
                    .filter(|c| c.dep() == "nsubj")
                    .for_each(|of| found.add(&Function::Object, of));
                of_adjective(child, &mut found);
            }
            "ccomp" | "xcomp" => found.add(&Function::Clause, child),
            _ => {}
        }
    }
    found
}

/// Whether a clause is only a noun said of another.
fn is_small_clause(noun: Token<'_>) -> bool {
    matches!(noun.pos(), Pos::Noun | Pos::Propn)
        && noun.children().any(|c| c.dep() == "nsubj")
        && !noun.children().any(|c| matches!(c.dep(), "cop" | "aux" | "mark"))
}

/// Those who do what is done, where the parser hangs them on the noun that says what it is done as: `seen as a threat by Sweden`.
fn doers_behind(noun: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let by = noun.children().filter(|c| c.norm() == "by" && matches!(c.dep(), "prep" | "agent"));
    by.flat_map(by_phrase)
}

/// Whether the one behind a verb, which the parser takes for its object, says what was quoted before: `"We won," tweeted Johnson`.
fn is_inverted(verb: Token<'_>, behind: Token<'_>) -> bool {
    let has_subject = verb.children().any(|c| matches!(c.dep(), "nsubj" | "nsubjpass" | "csubj"));
    let quoted = verb.children().any(|c| c.dep() == "ccomp" && c.id() < verb.id());
    let is_next = behind.subtree().start.index() == verb.id().index() + 1;
    quoted && is_next && !has_subject && behind.pos() == Pos::Propn && matches!(verb.tag(), "VBD" | "VBZ")
}

/// The clause and the prepositional phrases of an adjective: `willing to leave`, `guilty of theft`, `opposed to war`.
fn of_adjective(adjective: Token<'_>, found: &mut Arguments) {
    if adjective.pos() != Pos::Adj && adjective.dep() != "acomp" {
        return;
    }
    for child in adjective.children() {
        match child.dep() {
            "xcomp" | "ccomp" => found.add(&Function::Clause, child),
            "prep" => found.add_prepositional(child),
            _ => {}
        }
    }
}

/// What a relative pronoun stands for; the token itself if it is none.
fn antecedent<'a>(token: Token<'a>, verb: Token<'a>) -> Token<'a> {
    let is_relative = matches!(token.tag(), "WDT" | "WP") || (token.norm() == "that" && token.tag() == "IN");
    let relative_clause = std::iter::once(verb).chain(verb.ancestors()).take(3).find(|v| v.dep() == "relcl");
    match relative_clause {
        Some(clause) if is_relative => clause.head(),
        _ => token,
    }
}

/// The subjects as they stand in the clause, or those that the clause shares with another.
fn surface_subjects(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    let own = verb.children().find(|c| matches!(c.dep(), "nsubj" | "nsubjpass" | "csubj"));
    if let Some(subject) = own {
        return vec![antecedent(subject, verb)];
    }
    if depth == 0 || verb.is_root() {
        return Vec::new();
    }
    let head = verb.head();
    match verb.dep() {
        "conj" if is_beside_adjective(verb) => surface_subjects(head.head(), depth - 1),
        "conj" | "advcl" | "ccomp" if is_predicate(head) => surface_subjects(head, depth - 1),
        "acl" | "amod" if matches!(verb.tag(), "VBG" | "VBN") => vec![head],
        "acl" => doers_of_noun(head, depth - 1),
        "relcl" if is_infinitive(verb) && !is_passive(verb) => {
            let doers = doers_of_noun(head, depth - 1);
            if doers.is_empty() { vec![head] } else { doers }
        }
        "relcl" => vec![head],
        "xcomp" if is_predicate(head) => controllers(head, depth - 1),
        // `Iran is willing to talk`.
        "xcomp" if head.dep() == "acomp" && is_predicate(head.head()) => controllers(head.head(), depth - 1),
        "pcomp" => match head.head() {
            governor if is_predicate(governor) => doers_behind_preposition(governor, head, depth - 1),
            // `accused Iran of ..`, where the parser hangs the preposition on the name.
            name if name.pos() == Pos::Propn && OBJECT_BEHIND.contains(&head.norm()) => vec![name],
            noun => doers_of_noun(noun, depth - 1),
        },
        _ => Vec::new(),
    }
}

/// Whether a verb is an infinitive with `to`, active or passive.
pub(crate) fn is_infinitive(verb: Token<'_>) -> bool {
    verb.children().any(|c| c.dep() == "aux" && c.norm() == "to")
}

/// Who does what a verb's infinitive or gerund says: its object if it has one (`urged Iran to leave`), else its subject.
fn controllers(verb: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    let objects = if OBJECT_CONTROL.contains(&verb.lemma()) { objects(verb) } else { Vec::new() };
    if objects.is_empty() { surface_subjects(verb, depth) } else { objects }
}

/// The objects of a verb itself.
fn objects(verb: Token<'_>) -> Vec<Token<'_>> {
    let objects = own(verb).with(&Function::Object);
    objects.into_iter().map(|id| verb.doc().token(id)).collect()
}

/// Who does what a gerund behind a preposition of a verb says: the object where it is what somebody is accused of, thanked for or kept
/// from, else as for an infinitive.
fn doers_behind_preposition<'a>(verb: Token<'a>, preposition: Token<'a>, depth: usize) -> Vec<Token<'a>> {
    let is_what_for = preposition.norm() == "for" && MEANS.contains(&verb.lemma());
    let is_of_object = OBJECT_BEHIND.contains(&preposition.norm()) && !is_what_for;
    let objects = if is_of_object { objects(verb) } else { Vec::new() };
    if objects.is_empty() { controllers(verb, depth) } else { objects }
}

/// Who does what the infinitive or gerund behind a noun says: `Iran's plan to leave`, `an effort by Iran to leave`, `Iran made a
/// vow to leave`.
fn doers_of_noun(noun: Token<'_>, depth: usize) -> Vec<Token<'_>> {
    if let Some(possessor) = noun.children().find(|c| c.dep() == "poss") {
        return vec![possessor];
    }
    if let Some(by) = noun.children().find(|c| c.dep() == "prep" && c.norm() == "by") {
        return by_phrase(by).collect();
    }
    match noun.head() {
        governor if noun.dep() == "dobj" && is_predicate(governor) => surface_subjects(governor, depth),
        _ => Vec::new(),
    }
}

/// Those who do what several participles side by side say, named behind the last: `armed and trained by Iran`.
fn shared_doers(participle: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    let mut last = participle;
    while let Some(next) = last.children().find(|c| c.dep() == "conj" && c.tag() == "VBN") {
        let mut between =
            participle.doc().tokens_of(TokenSpan { start: TokenId(last.id().0 + 1), end: next.id() });
        if !between.all(|t| matches!(t.dep(), "cc" | "punct" | "advmod")) {
            break;
        }
        last = next;
    }
    last.children().filter(|c| c.dep() == "agent").flat_map(by_phrase)
}

/// The object of the next verb in `attacked and captured the town`; the antecedent in `the town Russia attacked`.
fn shared_objects(verb: Token<'_>) -> Vec<Token<'_>> {
    if verb.dep() == "relcl"
        && verb.children().any(|c| c.dep() == "nsubj" && antecedent(c, verb).id() == c.id())
    {
        let has_relative = verb.subtree();
        let pronoun = verb.doc().tokens_of(has_relative).any(|t| matches!(t.tag(), "WDT" | "WP" | "WRB"));
        let complete = verb.children().any(|c| matches!(c.dep(), "ccomp" | "xcomp" | "attr" | "acomp"));
        return if pronoun || complete { Vec::new() } else { vec![verb.head()] };
    }
    let next = verb.children().find(|c| c.dep() == "conj" && is_predicate(*c));
    let Some(next) = next else { return Vec::new() };
    let between = verb.id().index() + 1..next.id().index();
    let adjacent = between.len() == 1
        && verb.children().any(|c| c.dep() == "cc" && c.id().index() == verb.id().index() + 1);
    if !adjacent || is_passive(next) {
        return Vec::new();
    }
    next.children().filter(|c| c.dep() == "dobj").collect()
}
