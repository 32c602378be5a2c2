//! Recommends counterparts near the member's own reports.

use std::time::Duration;

use entity::{pet, vocabulary::PetKind};

use super::gathering::{Gathering, NEAR_METERS, closeness, place};
use crate::{
    domain::{
        matching,
        pets::{
            self,
            search::{Area, Filter, Sort},
        },
        searches::description::singular,
    },
    kernel::{Error, Result, page::Page},
};
use geometry::Circle;

/// Number of own reports searched for open ones, newest first.
const LOOKED_AT: u32 = 20;
/// Number of own open reports used.
const OWN: usize = 5;
/// Number of nearby reports for each of them.
const AROUND: u32 = 20;
/// Scores: the minimum, and the maximum bonus for nearby reports.
const SCORES: (f64, f64) = (0.7, 0.3);
/// A find may be dated this much earlier than the loss, because people get dates wrong.
const EARLIER: Duration = Duration::from_secs(14 * 24 * 60 * 60);

impl Gathering<'_> {
    /// Found animals near the place where the member lost one, and lost animals near the place where they found one,
    /// without dismissed pairs.
    pub(super) async fn near_own(&mut self) -> Result<()> {
        let db = self.deps.db.read();
        let made = pets::pets_by(db, self.viewer, self.member_id, &Page::first(LOOKED_AT)).await?;
        let open = made.items.into_iter().map(|(_, pet)| pet);
        let own: Vec<pet::Model> = open.filter(|pet| pets::is_live(pet.status)).take(OWN).collect();
        let ids: Vec<_> = own.iter().map(|pet| pet.id).collect();
        let dismissed = matching::dismissed_with(db, &ids).await?;
        for own in &own {
            let Some(point) = place(own) else { continue };
            let circle = Circle::new(point, NEAR_METERS).map_err(Error::internal)?;
            let found = self.find(counterparts(own, circle), Sort::Nearest, AROUND).await?;
            for pet in found {
                let pair = if own.kind == PetKind::Lost {
                    (own.id, pet.id)
                } else {
                    (pet.id, own.id)
                };
                if !dismissed.contains(&pair) {
                    let score = SCORES.0 + SCORES.1 * closeness(point, &pet);
                    self.offer(pet, score, reason(own));
                }
            }
        }
        Ok(())
    }
}

/// Counterparts within a circle: the same species, and not dated long before the loss.
fn counterparts(own: &pet::Model, circle: Circle) -> Filter {
    let filter = Filter {
        species: Some(vec![own.species]),
        area: Some(Area::Circle(circle)),
        ..Filter::default()
    };
    match own.kind {
        PetKind::Lost => Filter {
            kinds: Some(vec![PetKind::Found, PetKind::Sighted, PetKind::Sheltered]),
            seen_from: Some(own.seen_at.minus(EARLIER)),
            ..filter
        },
        PetKind::Found | PetKind::Sighted | PetKind::Sheltered => Filter {
            kinds: Some(vec![PetKind::Lost]),
            seen_to: Some(own.seen_at.plus(EARLIER)),
            ..filter
        },
    }
}

fn reason(own: &pet::Model) -> String {
    let animal = singular(own.species);
    let called = |nameless: String| own.name.clone().unwrap_or(nameless);
    match own.kind {
        PetKind::Lost => format!("Near where you lost {}", called(format!("your {animal}"))),
        PetKind::Found => format!("Lost near where you found {}", called(format!("a {animal}"))),
        PetKind::Sighted => format!("Lost near where you saw {}", called(format!("a {animal}"))),
        PetKind::Sheltered => format!("Lost near where {} was taken in", called(format!("your {animal}"))),
    }
}
