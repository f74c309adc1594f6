//! One article: a story that it shares with some others, told in sentences.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use tidings::annotation::{Annotation, Number, TimeKind, When};
use tidings::text::Span;

use crate::random::Random;
use crate::words::{CUES, FILLERS, PUBLISHERS, THINGS, VERBS, name};
use crate::world::Thing;
use crate::writing::{Happening, Said, Who, Writing};

/// Articles that tell the same story.
const TOLD: u32 = 4;
/// Of as many articles one is a copy of the one before, by another publisher.
const COPIED: u32 = 20;
/// Days that the articles are spread over: ten years.
const DAYS: u32 = 3_652;

/// What several articles tell: when, who takes part, what happens.
struct Story {
    day: Date,
    cast: Vec<Thing>,
    plots: Vec<Plot>,
}

/// Something that happens in a story.
struct Plot {
    verb: &'static (&'static str, &'static str, &'static str),
    agent: Thing,
    patient: Thing,
    number: Option<u32>,
}

impl Story {
    fn of(number: u32) -> Self {
        let mut random = Random::of(number, 1);
        let day = date(2015, 1, 1).saturating_add(i64::from(random.below(DAYS)).days());
        let mut cast = Vec::new();
        while cast.len() < 26 {
            let thing = Thing::any(&mut random);
            if !cast.contains(&thing) {
                cast.push(thing);
            }
        }
        let plot = |n: usize| Plot {
            verb: random.weighed(&VERBS),
            agent: cast[n],
            patient: cast[n + 1],
            number: random.chance(0.1).then(|| 2 + random.zipf(200)),
        };
        let plots = (0..10).map(plot).collect();
        Self { day, cast, plots }
    }

    /// One of the cast; the first ones take most parts.
    fn any(&self, random: &mut Random) -> Thing {
        let last = self.cast.len() - 1;
        let drawn = random.below(last as u32 + 1).min(random.below(last as u32 + 1));
        self.cast[drawn as usize]
    }
}

/// The article of a number.
pub(crate) fn made(number: u32, one_line: bool) -> Annotation {
    let told = if number % COPIED == COPIED - 1 { number - 1 } else { number };
    let story = Story::of(told / TOLD);
    let mut random = Random::of(told, 2);
    let published = story.day.saturating_add(i64::from(random.below(3)).days());
    let mut telling = Telling { writing: Writing::default(), story: &story, random, published, last: None };
    let sentences = if one_line { 1 } else { 12 + telling.random.below(21) };
    for n in 0..sentences {
        if n > 0 {
            telling.writing.words(if n % 2 == 1 && n > 1 { " " } else { "\n\n" });
        }
        telling.sentence(!one_line && n == 0);
    }

    let mut annotation = telling.writing.annotation;
    let paper = name(500 + Random::of(number, 3).zipf(PUBLISHERS));
    let article = &mut annotation.article;
    article.id = Some(format!("made-{number:08}"));
    article.url = Some(format!("https://{}.example/{published}/{number}", paper.to_lowercase()));
    article.title = (!one_line).then(|| annotation.sentences[0].of(&article.text).to_owned());
    article.published = Some(published.to_string());
    article.publisher = Some(format!("The {paper} Post"));
    article.language = Some("en".to_owned());
    annotation
}

/// A story while it is told.
struct Telling<'a> {
    writing: Writing,
    story: &'a Story,
    random: Random,
    published: Date,
    /// Who acted last: whom a pronoun means.
    last: Option<Who>,
}

impl Telling<'_> {
    /// Writes a sentence; a headline is one without its full stop.
    fn sentence(&mut self, is_headline: bool) {
        let start = self.writing.here();
        let when = if !is_headline && self.random.chance(0.43) { Some(self.time()) } else { None };
        let content = self.writing.here();
        let plot = self.random.chance(0.45).then(|| self.random.below(self.story.plots.len() as u32));
        let subject = self.subject(plot);
        self.clause(subject, plot, when);
        if self.random.chance(0.32) {
            let is_after = self.random.chance(0.1);
            let cue = self.writing.words(if is_after { " after" } else { " and" });
            self.writing.words(" ");
            let events = self.writing.annotation.events.len();
            self.clause(subject, None, None);
            if is_after && events > 0 && self.writing.annotation.events.len() > events {
                self.writing.link("td:after", Span::new(cue.start as usize + 1, cue.end as usize));
            }
        }
        for _ in 0..if is_headline { 0 } else { self.random.below(14) } {
            self.writing.words(" ");
            let filler = *self.random.one_of::<&str>(&FILLERS);
            self.writing.words(filler);
        }
        if !is_headline && self.random.chance(0.5) {
            self.attribute(content);
        }
        if !is_headline {
            self.writing.words(".");
        }
        self.writing.sentence(start);
    }

    /// Writes a time and a comma.
    fn time(&mut self) -> When {
        let random = &mut self.random;
        let day = self.published.saturating_sub(i64::from(random.below(7)).days());
        let (before, words, kind, value) = match random.below(100) {
            0..40 => ("on ", day.strftime("%A").to_string(), TimeKind::Date, day.to_string()),
            40..60 => ("on ", day.strftime("%-d %B").to_string(), TimeKind::Date, day.to_string()),
            60..72 => {
                let year = (day.year() - random.below(30) as i16).to_string();
                ("in ", year.clone(), TimeKind::Date, year)
            }
            72..86 => {
                let days = 2 + random.below(9);
                ("for ", format!("{days} days"), TimeKind::Duration, format!("P{days}D"))
            }
            86..97 => ("in ", "the morning".to_owned(), TimeKind::Time, format!("{day}TMO")),
            _ => ("", "every week".to_owned(), TimeKind::Set, "P1W".to_owned()),
        };
        self.writing.words(before);
        let span = self.writing.words(&words);
        let when = self.writing.time(span, kind, value);
        self.writing.words(", ");
        when
    }

    /// Writes who acts, with what else is said of them.
    fn subject(&mut self, plot: Option<u32>) -> Said {
        let (who, said) = match (plot, self.last) {
            (Some(plot), _) => {
                let who = Who::Named(self.story.plots[plot as usize].agent);
                (who, self.writing.mention(who, &mut self.random))
            }
            (None, Some(who)) if self.random.chance(0.9) => (who, self.writing.pronoun(who)),
            (None, _) => self.anybody(0.3),
        };
        self.last = Some(who);
        if let Who::Named(thing) = who
            && self.random.chance(0.2)
            && let Some(fact) = thing.fact(&mut self.random)
        {
            self.writing.words(fact.words);
            let other = self.writing.mention(Who::Named(fact.object), &mut self.random);
            self.writing.relation(&fact, said, other, &mut self.random);
            if fact.words.starts_with(',') {
                self.writing.words(",");
            }
        }
        self.writing.words(" ");
        said
    }

    /// Mentions somebody, with a share of names.
    fn anybody(&mut self, names: f64) -> (Who, Said) {
        let who = if self.random.chance(names) {
            Who::Named(self.story.any(&mut self.random))
        } else {
            Who::Described(self.described())
        };
        (who, self.writing.mention(who, &mut self.random))
    }

    fn described(&mut self) -> usize {
        let numbered: Vec<(u32, usize)> =
            THINGS.iter().enumerate().map(|(n, (weight, _))| (*weight, n)).collect();
        *self.random.weighed(&numbered)
    }

    /// Writes a verb, whom it is done to, and perhaps where; mostly that is an event.
    fn clause(&mut self, subject: Said, plot: Option<u32>, when: Option<When>) {
        let told = plot.map(|plot| &self.story.plots[plot as usize]);
        let &(class, plover, verb) = told.map_or_else(|| self.random.weighed(&VERBS), |plot| plot.verb);
        let anchor = self.writing.words(verb);
        self.writing.words(" ");
        let number = match told {
            Some(plot) => plot.number,
            None => self.random.chance(0.02).then(|| 2 + self.random.zipf(200)),
        };
        if let Some(number) = number {
            self.writing.words(&format!("{number} of "));
        }
        let object = match told {
            Some(plot) if self.random.chance(0.5) => {
                self.writing.mention(Who::Named(plot.patient), &mut self.random)
            }
            _ => self.anybody(0.15).1,
        };
        let place = self.random.chance(0.3).then(|| {
            self.writing.words(" in ");
            let place = if self.random.chance(0.5) {
                Thing::place(&mut self.random)
            } else {
                self.story.any(&mut self.random)
            };
            self.writing.mention(Who::Named(place), &mut self.random)
        });
        if self.random.chance(0.38) {
            self.writing.words(" with ");
            self.anybody(0.1);
        }
        if plot.is_none() && self.random.chance(0.3) {
            return;
        }
        let mut roles = Vec::new();
        if self.random.chance(0.72) {
            roles.push(("td:agent", subject));
        }
        if self.random.chance(0.72) {
            roles.push((*self.random.one_of(&["td:theme", "td:patient"]), object));
        }
        if let Some(place) = place.filter(|_| self.random.chance(0.3)) {
            roles.push(("td:destination", place));
        }
        let happening = Happening { class, plover, anchor, roles, same_as: plot };
        let when = when.filter(|_| self.random.chance(0.15));
        let place = place.filter(|_| self.random.chance(0.2));
        let event = self.writing.event(happening, &mut self.random);
        event.time = when;
        event.place = place.map(|place| place.entity);
        event.number =
            number.map(|value| Number { value: value.into(), bound: tidings::annotation::Bound::Exact });
    }

    /// Writes who says what began at `content`.
    fn attribute(&mut self, content: usize) {
        let content = Span::new(content, self.writing.here());
        self.writing.words(", ");
        let source = self.random.chance(0.85).then(|| self.anybody(0.5).1);
        if source.is_none() {
            self.writing.words("it was");
        }
        self.writing.words(" ");
        let &(words, stance) = self.random.weighed(&CUES);
        let cue = self.writing.words(words);
        self.writing.attribution(source, cue, content, stance);
        if let Some(source) = source
            && self.random.chance(0.55)
        {
            let roles = vec![("td:agent", source)];
            let happening =
                Happening { class: "td:Announcement", plover: "", anchor: cue, roles, same_as: None };
            self.writing.event(happening, &mut self.random);
        }
    }
}
