use super::{Annotation, Mention};

impl Annotation {
    /// Adds mentions in their places and numbers all anew; what refers to mentions by their index refers to the same ones as before.
    pub fn insert_mentions(&mut self, mentions: Vec<Mention>) {
        if mentions.is_empty() {
            return;
        }
        let before = self.mentions.len();
        let mut all: Vec<(usize, Mention)> = self.mentions.drain(..).chain(mentions).enumerate().collect();
        all.sort_by_key(|(index, m)| (m.span.start, std::cmp::Reverse(m.span.end), *index));
        let mut places = vec![0; before];
        for (place, (index, _)) in all.iter().enumerate().filter(|(_, (index, _))| *index < before) {
            places[*index] = place;
        }
        self.mentions = all.into_iter().map(|(_, mention)| mention).collect();
        self.sort_mentions();
        let moved = |mention: &mut Option<usize>| *mention = mention.map(|index| places[index]);
        for relation in &mut self.relations {
            moved(&mut relation.subject_mention);
            moved(&mut relation.object_mention);
        }
        self.events.iter_mut().flat_map(|event| &mut event.roles).for_each(|role| moved(&mut role.mention));
        self.open.iter_mut().flat_map(|open| &mut open.arguments).for_each(|of| moved(&mut of.mention));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EntityId, Event, MentionKind, Participant};
    use super::*;
    use crate::text::Span;

    #[test]
    fn what_refers_to_mentions_refers_to_the_same_ones() {
        let mention = |start, end| Mention {
            id: String::new().into(),
            span: Span::new(start, end),
            kind: MentionKind::Name,
            name_type: None,
            entity: None,
            place: None,
        };
        let mut annotation =
            Annotation { mentions: vec![mention(0, 4), mention(10, 14)], ..Annotation::default() };
        let role = |mention| Participant {
            role: "td:agent".to_owned(),
            entity: EntityId(0),
            mention: Some(mention),
        };
        let event = Event { roles: vec![role(0), role(1)], ..Event::default() };
        annotation.events.push(event);
        annotation.insert_mentions(vec![mention(5, 9), mention(0, 9)]);
        let spans: Vec<u32> = annotation.mentions.iter().map(|m| m.span.end).collect();
        assert_eq!(spans, [9, 4, 9, 14]);
        let ids: Vec<&str> = annotation.mentions.iter().map(|m| m.id.as_str()).collect();
        assert_eq!(ids, ["m1", "m2", "m3", "m4"]);
        let of: Vec<Option<usize>> = annotation.events[0].roles.iter().map(|role| role.mention).collect();
        assert_eq!(of, [Some(1), Some(3)]);
    }
}
