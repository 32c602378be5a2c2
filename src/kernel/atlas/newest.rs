//! Lists ordered by time.

use std::{cmp::Reverse, ops::ControlFlow};

use entity::id::PetId;

use super::{
    Atlas, Run, Sieve, Window,
    shortlist::{Shortlist, page},
    sift::Sifter,
    timeline::Key,
};

impl Atlas {
    /// Reports by the time they were made, newest first; at the same instant the greatest id comes first.
    pub fn newest(&self, sieve: &Sieve, window: &Window<(i64, PetId)>) -> Run<'_> {
        if window.limit == 0 {
            return Run::EMPTY;
        }
        let sifter = Sifter::of(sieve, &self.rows);
        let walked = if sieve.among.is_some() {
            None
        } else {
            self.walk(sifter.as_ref(), window)
        };
        match walked {
            Some(slots) => page(slots, window, &self.rows),
            None => self.search(sifter.as_ref(), window),
        }
    }

    /// Up to one row more than requested, found by walking along the timeline. `None` if so few reports pass that
    /// scanning the candidates is faster.
    fn walk(&self, sifter: Option<&Sifter>, window: &Window<Key>) -> Option<Vec<u32>> {
        let cards = &self.rows.cards;
        let (after, before) = (window.after, window.before);
        if window.backward {
            let slots = self.timeline.rising(before, cards);
            let slots = slots.take_while(|slot| after.is_none_or(|after| cards.at(*slot).time_key() < after));
            return self.pick(slots, sifter, window.limit);
        }
        let slots = self.timeline.falling(after, cards);
        let slots = slots.take_while(|slot| before.is_none_or(|before| before < cards.at(*slot).time_key()));
        self.pick(slots, sifter, window.limit)
    }

    fn pick(&self, slots: impl Iterator<Item = u32>, sifter: Option<&Sifter>, limit: usize) -> Option<Vec<u32>> {
        // A step along the timeline costs about as much as checking four reports in row order.
        let most_steps = 1_000 + self.about(sifter) / 4;
        let mut found = Vec::new();
        for (step, slot) in slots.enumerate() {
            if most_steps < step {
                return None;
            }
            if sifter.is_none_or(|sifter| sifter.admits(&self.rows, slot)) {
                found.push(slot);
                if limit < found.len() {
                    break;
                }
            }
        }
        Some(found)
    }

    /// Finds the page by scanning all reports that can pass.
    fn search(&self, sifter: Option<&Sifter>, window: &Window<Key>) -> Run<'_> {
        let mut best = Shortlist::of(Window {
            after: window.after.map(Reverse),
            before: window.before.map(Reverse),
            limit: window.limit,
            backward: window.backward,
        });
        let _ = self.sift(sifter, None, |slot, _| {
            best.offer(Reverse(self.rows.cards.at(slot).time_key()), slot);
            ControlFlow::<()>::Continue(())
        });
        best.page(&self.rows)
    }

    /// Estimated upper limit of the number of passing reports.
    fn about(&self, sifter: Option<&Sifter>) -> usize {
        let zone = sifter.and_then(Sifter::zone);
        zone.map_or(self.len(), |zone| self.sheets.all().about(zone))
    }
}
