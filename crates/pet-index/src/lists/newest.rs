//! Lists ordered by time.

use std::{cmp::Reverse, ops::ControlFlow};

use entity::id::PetId;

use super::{
    Run, Window,
    shortlist::{Shortlist, page},
};
use crate::{IndexFilter, PetIndex, filter::CompiledFilter, reports::timeline::Key};

impl PetIndex {
    /// Reports by the time they were made, newest first; at the same instant the greatest id comes first.
    pub fn newest(&self, filter: &IndexFilter, window: &Window<(i64, PetId)>) -> Run<'_> {
        if window.limit == 0 {
            return Run::EMPTY;
        }
        let compiled = CompiledFilter::of(filter, &self.rows);
        let walked = if filter.among.is_some() {
            None
        } else {
            self.walk(compiled.as_ref(), window)
        };
        match walked {
            Some(slots) => page(slots, window, &self.rows),
            None => self.search(compiled.as_ref(), window),
        }
    }

    /// Up to one row more than requested, found by walking along the timeline. `None` if so few reports pass that
    /// scanning the candidates is faster.
    fn walk(&self, compiled: Option<&CompiledFilter>, window: &Window<Key>) -> Option<Vec<u32>> {
        let cold_rows = &self.rows.cold_rows;
        let (after, before) = (window.after, window.before);
        if window.backward {
            let slots = self.timeline.rising(before, cold_rows);
            let slots = slots.take_while(|slot| after.is_none_or(|after| cold_rows.at(*slot).time_key() < after));
            return self.pick(slots, compiled, window.limit);
        }
        let slots = self.timeline.falling(after, cold_rows);
        let slots = slots.take_while(|slot| before.is_none_or(|before| before < cold_rows.at(*slot).time_key()));
        self.pick(slots, compiled, window.limit)
    }

    fn pick(
        &self,
        slots: impl Iterator<Item = u32>,
        compiled: Option<&CompiledFilter>,
        limit: usize,
    ) -> Option<Vec<u32>> {
        // A step along the timeline costs about as much as checking four reports in row order.
        let most_steps = 1_000 + self.about(compiled) / 4;
        let mut found = Vec::new();
        for (step, slot) in slots.enumerate() {
            if most_steps < step {
                return None;
            }
            if compiled.is_none_or(|compiled| compiled.admits(&self.rows, slot)) {
                found.push(slot);
                if limit < found.len() {
                    break;
                }
            }
        }
        Some(found)
    }

    /// Finds the page by scanning all reports that can pass.
    fn search(&self, compiled: Option<&CompiledFilter>, window: &Window<Key>) -> Run<'_> {
        let mut best = Shortlist::of(Window {
            after: window.after.map(Reverse),
            before: window.before.map(Reverse),
            limit: window.limit,
            backward: window.backward,
        });
        let _ = self.scan(compiled, None, |slot, _| {
            best.offer(Reverse(self.rows.cold_rows.at(slot).time_key()), slot);
            ControlFlow::<()>::Continue(())
        });
        best.page(&self.rows)
    }

    /// Estimated upper limit of the number of passing reports.
    fn about(&self, compiled: Option<&CompiledFilter>) -> usize {
        let zone = compiled.and_then(CompiledFilter::zone);
        zone.map_or(self.len(), |zone| self.quadtrees.all().about(zone))
    }
}
