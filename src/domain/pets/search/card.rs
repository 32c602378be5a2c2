//! What a list shows of a report to everybody: a few columns, read without the rest.

use std::collections::HashMap;

use entity::{
    Timestamp,
    id::PetId,
    pet,
    vocabulary::{AgeGroup, PetKind, PetSize, PetStatus, Sex, Species},
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, FromQueryResult, QueryFilter, QueryResult, QuerySelect};

use super::{condition::Search, order::page_of_ids};
use crate::{
    domain::pets::visible_to,
    kernel::{
        Result, Viewer,
        page::{Page, Slice},
    },
};

/// The public part of a report that lists and maps are made of. It holds nothing private, so it needs no policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The report.
    pub id: PetId,
    /// What it says of the animal.
    pub kind: PetKind,
    /// Where it stands.
    pub status: PetStatus,
    /// Whether every hour counts.
    pub urgent: bool,
    /// Species.
    pub species: Species,
    /// Name.
    pub name: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// Size.
    pub size: PetSize,
    /// Age.
    pub age_group: AgeGroup,
    /// Last seen, found or taken in.
    pub seen_at: Timestamp,
    /// Masked point.
    pub public_latitude: Option<f64>,
    /// Masked point.
    pub public_longitude: Option<f64>,
    /// Town and region.
    pub place_label: String,
}

const COLUMNS: [pet::Column; 13] = [
    pet::Column::Id,
    pet::Column::Kind,
    pet::Column::Status,
    pet::Column::Urgent,
    pet::Column::Species,
    pet::Column::Name,
    pet::Column::Sex,
    pet::Column::Size,
    pet::Column::AgeGroup,
    pet::Column::SeenAt,
    pet::Column::PublicLatitude,
    pet::Column::PublicLongitude,
    pet::Column::PlaceLabel,
];

/// By place in [`COLUMNS`], which is several times as fast as by name.
impl FromQueryResult for Card {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get_by_index(0)?,
            kind: row.try_get_by_index(1)?,
            status: row.try_get_by_index(2)?,
            urgent: row.try_get_by_index(3)?,
            species: row.try_get_by_index(4)?,
            name: row.try_get_by_index(5)?,
            sex: row.try_get_by_index(6)?,
            size: row.try_get_by_index(7)?,
            age_group: row.try_get_by_index(8)?,
            seen_at: row.try_get_by_index(9)?,
            public_latitude: row.try_get_by_index(10)?,
            public_longitude: row.try_get_by_index(11)?,
            place_label: row.try_get_by_index(12)?,
        })
    }
}

impl Search {
    /// One page of what the viewer may see, as cards: the same rows in the same order as [`Search::page`].
    pub async fn page_of_cards(&self, db: &impl ConnectionTrait, viewer: &Viewer, page: &Page) -> Result<Slice<Card>> {
        let select = visible_to(viewer).filter(self.condition_of_page(db).await?);
        let ids = page_of_ids(db, self, select, page).await?;
        let wanted = ids.items.iter().map(|(_, id)| *id);
        let cards = visible_to(viewer)
            .filter(pet::COLUMN.id.is_in(wanted))
            .select_only()
            .columns(COLUMNS);
        let cards = cards.into_model::<Card>().all(db).await?;
        let mut cards: HashMap<PetId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
        let items = ids
            .items
            .into_iter()
            .filter_map(|(cursor, id)| Some((cursor, cards.remove(&id)?)));
        Ok(Slice {
            items: items.collect(),
            has_next: ids.has_next,
            has_previous: ids.has_previous,
        })
    }
}
