//! Which shelters are open.

use entity::{Timestamp, id::ShelterId, shelter};
use sea_orm::{Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use super::stored::hours_in;
use crate::{domain::custody::zone_of, kernel::Result};
use import_reader::zone::Whereabouts;

/// Maximum number of shelters whose hours are looked at.
const MOST: u64 = 10_000;

/// What the hours of a shelter depend on.
#[derive(FromQueryResult)]
struct Times {
    id: ShelterId,
    hours: Option<String>,
    hours_exceptions: Option<String>,
    time_zone: Option<String>,
    country: Option<String>,
    region: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

/// Those of the shelters that are open now, or that are known to be closed.
pub(in crate::domain::shelters) async fn ids_open(
    db: &impl ConnectionTrait,
    among: Condition,
    open: bool,
    now: Timestamp,
) -> Result<Vec<ShelterId>> {
    let told = shelter::Entity::find()
        .select_only()
        .columns([
            shelter::Column::Id,
            shelter::Column::Hours,
            shelter::Column::HoursExceptions,
            shelter::Column::TimeZone,
            shelter::Column::Country,
            shelter::Column::Region,
            shelter::Column::Latitude,
            shelter::Column::Longitude,
        ])
        .filter(among)
        .filter(shelter::COLUMN.hours.is_not_null())
        .order_by_asc(shelter::Column::Id)
        .limit(MOST)
        .into_model::<Times>()
        .all(db)
        .await?;
    let mut ids = Vec::new();
    for times in told {
        if times.is_open(now)? == Some(open) {
            ids.push(times.id);
        }
    }
    Ok(ids)
}

impl Times {
    fn is_open(&self, now: Timestamp) -> Result<Option<bool>> {
        let place = Whereabouts {
            country: self.country.as_deref(),
            region: self.region.as_deref(),
            point: self.latitude.zip(self.longitude),
        };
        let Some(zone) = zone_of(self.time_zone.as_deref(), place) else {
            return Ok(None);
        };
        let hours = hours_in(self.hours.as_deref(), self.hours_exceptions.as_deref())?;
        Ok(Some(hours.is_open(zone, now.to_utc())))
    }
}
