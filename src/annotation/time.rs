use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};

use super::json::{FieldError, Range};
use crate::text::{CodePoints, Span};

/// A time expression, with what it means by TIMEX3 (`TimeML` 1.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its name in the JSON form, unique among times (`t1`).
    pub id: SmolStr,
    /// Its place in the text.
    pub span: Span,
    /// What kind of time it is.
    pub kind: TimeKind,
    /// The TIMEX3 value, resolved against the day of publication: `2023-10-07`, `P20Y`, `PAST_REF`.
    pub value: SmolStr,
}

/// The TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar time of a day or coarser: `last week`.
    Date,
    /// A time of the day: `Friday morning`.
    Time,
    /// How long something lasts: `two years`.
    Duration,
    /// Times that come again: `every day`.
    Set,
}

/// When a statement holds or something happens; the parts are ids of times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// The time within which it is, or that it fills: `in 2019`.
    pub at: Option<SmolStr>,
    /// The time at which it begins: `since 2020`.
    pub begin: Option<SmolStr>,
    /// The time at which it ends, or has ended: `until May`, `former`.
    pub end: Option<SmolStr>,
}

/// A time expression in the JSON form.
#[derive(Serialize, Deserialize)]
pub(super) struct TimeRecord {
    id: SmolStr,
    #[serde(flatten)]
    range: Range,
    #[serde(rename = "type")]
    kind: TimeKind,
    value: SmolStr,
}

impl TimeRecord {
    pub(super) fn of(time: &Time, range: Range) -> Self {
        Self { id: time.id.clone(), range, kind: time.kind, value: time.value.clone() }
    }

    /// All of an article; ids must be unique and none of `entities`, since both may be objects of relations.
    pub(super) fn read_all<'a>(
        records: Vec<Self>,
        points: &CodePoints<'_>,
        entities: impl Iterator<Item = &'a SmolStr>,
    ) -> Result<Vec<Time>, FieldError> {
        let mut taken: HashSet<SmolStr> = entities.cloned().collect();
        let time = |(i, record): (usize, Self)| {
            let Self { id, range, kind, value } = record;
            let path = |field: &str| format!("times[{i}].{field}");
            if !taken.insert(id.clone()) {
                return Err((path("id"), format!("`{id}` is there twice, or the id of an entity")));
            }
            if value.is_empty() {
                return Err((
                    path("value"),
                    "is empty; expected a TIMEX3 value such as `2023-10`".to_owned(),
                ));
            }
            let span = range.to_span(points, &format!("times[{i}]"))?;
            if span.is_empty() {
                return Err((path("end"), "equals `start`: the time is empty".to_owned()));
            }
            Ok(Time { id, span, kind, value })
        };
        records.into_iter().enumerate().map(time).collect()
    }
}

/// When something is, in the JSON form: fields of the statement.
#[derive(Serialize, Deserialize)]
pub(super) struct WhenRecord {
    #[serde(default)]
    time: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    begin: Option<SmolStr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<SmolStr>,
}

impl WhenRecord {
    pub(super) fn of(when: Option<&When>) -> Self {
        let When { at, begin, end } = when.cloned().unwrap_or_default();
        Self { time: at, begin, end }
    }

    pub(super) fn read(self, times: &[Time], path: &str) -> Result<Option<When>, FieldError> {
        let Self { time, begin, end } = self;
        for (field, id) in [("time", &time), ("begin", &begin), ("end", &end)] {
            if let Some(id) = id
                && !times.iter().any(|time| time.id == *id)
            {
                return Err((format!("{path}.{field}"), format!("`{id}` is not the id of a time")));
            }
        }
        let when = When { at: time, begin, end };
        Ok((when != When::default()).then_some(when))
    }
}

impl super::Annotation {
    /// Adds a time with the next free id, and tells the id.
    pub fn add_time(&mut self, span: Span, kind: TimeKind, value: SmolStr) -> SmolStr {
        let id = format_smolstr!("t{}", self.times.len() + 1);
        self.times.push(Time { id: id.clone(), span, kind, value });
        id
    }
}
