//! Computes the tallies of all seeds at once.

use crate::{
    FINEST_CLUSTER_ZOOM,
    clusters::tallies::{Tallies, Tally, place},
    reports::{
        column::Column,
        rows::{HotRow, NOBODY},
    },
};

/// Adds up the members of every seed from the finest zoom to the coarsest, and stores in the rows where the tallies
/// are.
pub fn tallies(hot_rows: &mut Column<HotRow>) -> Tallies {
    let joining = joining(hot_rows);
    let count = reserve(hot_rows, &joining);
    let mut rows = Column::roomy((0..count as usize).map(|_| Tally::NOTHING), Tally::NOTHING);
    for (zoom, joining) in joining.iter().enumerate().rev() {
        let zoom = zoom as u8;
        for slot in joining {
            let joins = hot_rows.at(*slot);
            let seed = hot_rows.at(joins.parent);
            let finer = finer_than(&rows, seed, zoom);
            let more = whole(&rows, joins).seen_from(joins, seed);
            if let Some(tally) = rows.at_mut(seed.tallies + place(seed.zooms(), zoom)) {
                // The tally is empty until the first member joins.
                let members = if *tally == Tally::NOTHING { finer } else { *tally };
                *tally = members.plus(&more);
            }
        }
    }
    Tallies::of(rows)
}

/// For zooms 0 to 16, the reports that join another seed at that zoom.
fn joining(hot_rows: &Column<HotRow>) -> Vec<Vec<u32>> {
    let mut joining = vec![Vec::new(); FINEST_CLUSTER_ZOOM as usize + 1];
    for (slot, hot_row) in (0..)
        .zip(hot_rows.rows())
        .filter(|(_, hot_row)| hot_row.parent != NOBODY)
    {
        let zoom = usize::from(hot_row.top()).checked_sub(1);
        if let Some(joining) = zoom.and_then(|zoom| joining.get_mut(zoom)) {
            joining.push(slot);
        }
    }
    joining
}

/// Reserves a tally for every seed and every zoom at which others join it. Returns their total number.
fn reserve(hot_rows: &mut Column<HotRow>, joining: &[Vec<u32>]) -> u32 {
    for (zoom, joining) in joining.iter().enumerate() {
        for slot in joining {
            let parent = hot_rows.at(*slot).parent;
            if let Some(seed) = hot_rows.at_mut(parent) {
                seed.set_zooms(seed.zooms() | 1 << zoom);
            }
        }
    }
    let mut next = 0;
    for slot in 0..hot_rows.len() as u32 {
        if let Some(hot_row) = hot_rows.at_mut(slot) {
            hot_row.tallies = next;
            next += hot_row.zooms().count_ones();
        }
    }
    next
}

fn finer_than(rows: &Column<Tally>, seed: &HotRow, zoom: u8) -> Tally {
    let finer = place(seed.zooms(), zoom) + 1;
    if finer < seed.zooms().count_ones() {
        *rows.at(seed.tallies + finer)
    } else {
        Tally::of(seed)
    }
}

fn whole(rows: &Column<Tally>, seed: &HotRow) -> Tally {
    if seed.zooms() == 0 {
        Tally::of(seed)
    } else {
        *rows.at(seed.tallies)
    }
}
