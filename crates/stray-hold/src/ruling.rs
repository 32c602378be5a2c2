//! What one rule says about one animal.

use chrono::{DateTime, Utc};

use crate::{
    clock,
    computed::{End, Hold},
    count::{Count, Counter},
    facts::Facts,
    rule::{CountsFrom, Exemption, Length, NoticeDuration, Rule},
    trace::{Subject, Trace},
};

/// Its answer.
#[derive(Debug)]
pub enum Ruling {
    /// The animal need not be kept.
    Exempt(Exemption),
    /// It is kept.
    Keep(Hold),
}

/// What a rule that fits says.
pub fn ruling(rule: &Rule, facts: &Facts, trace: &mut Trace) -> Ruling {
    match exemption(rule, facts, trace) {
        Some(exemption) => Ruling::Exempt(exemption),
        None => Ruling::Keep(Application::new(rule, facts).hold(trace)),
    }
}

fn exemption(rule: &Rule, facts: &Facts, trace: &mut Trace) -> Option<Exemption> {
    let found = rule
        .exemptions
        .iter()
        .copied()
        .find(|exemption| facts.are_exempt(*exemption));
    for exemption in &rule.exemptions {
        let effect = match exemption {
            _ if found == Some(*exemption) => "need not be kept, and this is one",
            Exemption::UnderAgeWeeks(_) if facts.age_weeks.is_none() => {
                "need not be kept, but nobody knows how old this one is"
            }
            _ => "need not be kept, but this is none",
        };
        trace.tell(Subject::Exemption, exemption, effect);
        if found == Some(*exemption) {
            break;
        }
    }
    found
}

/// A rule and the facts that it is applied to.
struct Application<'a> {
    rule: &'a Rule,
    facts: &'a Facts,
    counter: Counter<'a>,
}

/// A count, and the event that it would have to start with if that has not happened yet.
struct Course {
    count: Count,
    awaits: Option<CountsFrom>,
}

impl Course {
    fn end(&self) -> End {
        End::new(self.count.end, self.awaits)
    }
}

impl<'a> Application<'a> {
    fn new(rule: &'a Rule, facts: &'a Facts) -> Self {
        Self {
            rule,
            facts,
            counter: Counter::by_rule(rule, facts),
        }
    }

    fn hold(&self, trace: &mut Trace) -> Hold {
        let ordinary = self.ordinary(trace);
        let end = ordinary.end();
        let (start, end) = match self.identified(trace) {
            None => (ordinary.count.start, end),
            Some(identified) => {
                let both = identified.end().and(end);
                self.tell_of_identification(&ordinary.count, &identified.count, trace);
                let is_later = ordinary.count.end < identified.count.end;
                let governing = if is_later { identified } else { ordinary };
                (governing.count.start, both)
            }
        };
        Hold {
            starts_at: self.facts.impounded_at,
            counted_from: start,
            end,
            owner_only_until: self.owner_only_until(start, end, trace),
            rescue_release_at: self.rescue_release_at(start, end, trace),
            then: self.rule.after_hold_disposition,
        }
    }

    /// The course of an animal of which nobody knows an owner.
    fn ordinary(&self, trace: &mut Trace) -> Course {
        let rule = self.rule;
        let by_notice = rule
            .identified_duration
            .is_none()
            .then(|| self.notice_row(trace))
            .flatten();
        let from = by_notice.and_then(|row| row.counts_from).unwrap_or(rule.counts_from);
        let (start, awaits) = self.start(from, trace);
        let length = match by_notice {
            Some(row) => row.length(),
            None => self.reduced(start, trace),
        };
        self.course(start, awaits, length, trace)
    }

    /// The course of an identified animal, if this is one and the rule knows any.
    fn identified(&self, trace: &mut Trace) -> Option<Course> {
        let since = self.facts.identified_at?;
        let since = clock::written(self.facts.zone, since);
        let Some(identified) = self.rule.identified_duration else {
            trace.tell(
                Subject::Identification,
                since,
                "is since when the animal is identified, which makes no difference here",
            );
            return None;
        };
        trace.tell(Subject::Identification, since, "is since when the animal is identified");
        let row = self.notice_row(trace);
        let from = row.and_then(|row| row.counts_from).unwrap_or(identified.counts_from);
        let length = row.map_or(identified.length(), NoticeDuration::length);
        let (start, awaits) = self.start(from, trace);
        Some(self.course(start, awaits, length, trace))
    }

    fn tell_of_identification(&self, ordinary: &Count, identified: &Count, trace: &mut Trace) {
        let (any, own) = (ordinary.length, identified.length);
        let effect = if ordinary.end < identified.end {
            format!("keeps an identified animal {own} rather than {any}")
        } else {
            format!("keeps an identified animal {own}, which is over no later than the {any} of any animal")
        };
        trace.tell(Subject::Identification, &self.rule.id, effect);
    }

    /// The length for the way in which the owner was told.
    fn notice_row(&self, trace: &mut Trace) -> Option<&'a NoticeDuration> {
        let method = self.facts.notice.method.as_ref()?;
        let row = self.rule.by_notice_method.iter().find(|row| row.method == *method);
        let effect = match row {
            Some(row) => format!(
                "is how the owner was told: after that the animal is kept {}",
                row.length()
            ),
            None => String::from("is how the owner was told, which makes no difference here"),
        };
        trace.tell(Subject::Notice, method, effect);
        row
    }

    /// The instant from which is counted, and the event if it has not happened.
    fn start(&self, from: CountsFrom, trace: &mut Trace) -> (DateTime<Utc>, Option<CountsFrom>) {
        let intake = self.facts.impounded_at;
        let event = self.facts.event(from);
        let effect = match event {
            None => format!("is the intake, from which a lower bound is counted: the end is open until {from}"),
            Some(event) if event < intake => {
                format!("is when the count starts, with the intake, as {from} was before it")
            }
            Some(_) => format!("is when the count starts, with {from}"),
        };
        let start = event.unwrap_or(intake).max(intake);
        trace.tell(Subject::Start, clock::written(self.facts.zone, start), effect);
        (start, event.is_none().then_some(from))
    }

    /// The base duration, or the shorter one for the shelter's opening hours that ends first.
    fn reduced(&self, start: DateTime<Utc>, trace: &mut Trace) -> Length {
        let base = self.rule.base_duration;
        trace.tell(Subject::Length, base, "is the base duration");
        let rows = self.rule.reduced_if.iter();
        let open = rows
            .filter(|row| self.facts.are_open(row.condition))
            .map(|row| row.length());
        let ends = |length: &Length| self.counter.count(start, *length).end;
        let shortest = [base].into_iter().chain(open).min_by_key(ends).unwrap_or(base);
        if shortest != base {
            let effect = format!("is enough rather than {base}, as owners can come in the evening or at the weekend");
            trace.tell(Subject::OpeningHours, shortest, effect);
        }
        shortest
    }

    fn course(&self, start: DateTime<Utc>, awaits: Option<CountsFrom>, length: Length, trace: &mut Trace) -> Course {
        let count = self.counter.count(start, length);
        self.counter.tell(&count, trace);
        Course { count, awaits }
    }

    fn owner_only_until(&self, start: DateTime<Utc>, end: End, trace: &mut Trace) -> Option<DateTime<Utc>> {
        let length = self.rule.owner_only_window?;
        let until = self.counter.count(start, length).end.min(end.earliest());
        let effect = format!("is until when only the owner may have the animal ({length})");
        trace.tell(Subject::OwnerOnly, clock::written(self.facts.zone, until), effect);
        Some(until)
    }

    fn rescue_release_at(&self, start: DateTime<Utc>, end: End, trace: &mut Trace) -> Option<DateTime<Utc>> {
        let length = self.rule.rescue_release_after?;
        let from = self.counter.count(start, length).end.min(end.earliest());
        let effect = format!("is from when the animal may go to a rescue organisation (after {length})");
        trace.tell(Subject::RescueRelease, clock::written(self.facts.zone, from), effect);
        Some(from)
    }
}
