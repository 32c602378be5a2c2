//! What somebody searches for.

use entity::{
    Timestamp,
    id::ShelterId,
    vocabulary::{AgeGroup, Color, PetKind, PetSize, PetStatus, Sex, Species},
};

use super::area::Area;
use crate::{deps::Deps, domain::places::Asker, kernel::Result};

/// The criteria of a search; those that are not set do not matter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Any of these kinds; at most 20 values, like every list here.
    pub kinds: Option<Vec<PetKind>>,
    /// Any of these statuses; by default open and matched.
    pub statuses: Option<Vec<PetStatus>>,
    /// Any of these species.
    pub species: Option<Vec<Species>>,
    /// A breed as people write it, at most 100 characters.
    pub breed: Option<String>,
    /// At least one of these colours.
    pub colors: Option<Vec<Color>>,
    /// Any of these sizes.
    pub sizes: Option<Vec<PetSize>>,
    /// Any of these sexes.
    pub sexes: Option<Vec<Sex>>,
    /// Any of these ages.
    pub age_groups: Option<Vec<AgeGroup>>,
    /// Known to have a chip, or known to have none.
    pub microchipped: Option<bool>,
    /// Urgent or not.
    pub urgent: Option<bool>,
    /// Seen at this time or later.
    pub seen_from: Option<Timestamp>,
    /// Seen at this time or before.
    pub seen_to: Option<Timestamp>,
    /// Up to 10 words, or a breed however it is spelled; at most 200 characters.
    pub text: Option<String>,
    /// The area to search.
    pub area: Option<Area>,
    /// In the care of this shelter.
    pub shelter_id: Option<ShelterId>,
}

impl Filter {
    /// The filter with the words of its area turned into a point, see [`Area::located`].
    pub async fn located(mut self, deps: &Deps, asker: &Asker) -> Result<Self> {
        if let Some(area) = self.area.take() {
            self.area = Some(area.located(deps, asker).await?);
        }
        Ok(self)
    }
}
