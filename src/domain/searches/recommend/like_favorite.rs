//! Recommends reports similar to the member's favourites.

use entity::pet;

use super::gathering::{Gathering, NEAR_METERS, closeness, place};
use crate::{
    domain::{
        pets::{
            self,
            search::{Area, Filter, Sort},
        },
        searches::description::singular,
    },
    kernel::{Error, Result, page::Page},
};
use geometry::Circle;

/// Number of favourites used, most recently added first.
const FAVORITES: u32 = 10;
/// Number of reports per favourite.
const LIKE: u32 = 10;
/// Scores: the minimum, and the maximum bonus for nearby reports.
const SCORES: (f64, f64) = (0.3, 0.2);

impl Gathering<'_> {
    /// Reports of the same kind, species and breed near a favourite.
    pub(super) async fn like_favorites(&mut self) -> Result<()> {
        let page = Page::first(FAVORITES);
        let kept = pets::favorites_of(self.deps.db.read(), self.viewer, self.member_id, &page).await?;
        for (_, favorite) in &kept.items {
            let Some(point) = place(favorite) else { continue };
            let filter = Filter {
                kinds: Some(vec![favorite.kind]),
                species: Some(vec![favorite.species]),
                breed: favorite.breed_primary.clone(),
                area: Some(Area::Circle(Circle::new(point, NEAR_METERS).map_err(Error::internal)?)),
                ..Filter::default()
            };
            for pet in self.find(filter, Sort::Nearest, LIKE).await? {
                let score = SCORES.0 + SCORES.1 * closeness(point, &pet);
                self.offer(pet, score, reason(favorite));
            }
        }
        Ok(())
    }
}

fn reason(favorite: &pet::Model) -> String {
    match &favorite.name {
        Some(name) => format!("Similar to {name}, one of your favorites"),
        None => format!("Similar to a {} among your favorites", singular(favorite.species)),
    }
}
