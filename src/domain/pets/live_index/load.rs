//! Reads open reports that everybody may see from the tables, public columns only.

use std::{collections::HashMap, time::Duration};

use entity::{
    Timestamp,
    id::{PetId, ShelterId},
    pet,
    vocabulary::PetStatus,
};
use futures_util::TryStreamExt;
use geometry::Point;
use match_score::MarksSignature;
use pet_index::{Builder, PetIndex, Pin};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbErr, FromQueryResult, QueryFilter, QueryResult, QuerySelect,
    Select,
};
use tokio::time::Instant;

use crate::{
    domain::pets::{
        live::{live, live_of_few},
        store::visible_to,
    },
    kernel::{Result, Viewer},
};

/// How often progress of the build is logged.
const PROGRESS: Duration = Duration::from_secs(1);
/// Maximum number of ids per query.
const CHUNK: usize = 500;

const COLUMNS: [pet::Column; 27] = [
    pet::Column::Id,
    pet::Column::Kind,
    pet::Column::Status,
    pet::Column::Urgent,
    pet::Column::Species,
    pet::Column::Name,
    pet::Column::BreedPrimary,
    pet::Column::BreedSecondary,
    pet::Column::BreedMixed,
    pet::Column::Sex,
    pet::Column::Altered,
    pet::Column::Size,
    pet::Column::AgeGroup,
    pet::Column::Coat,
    pet::Column::Colors,
    pet::Column::Pattern,
    pet::Column::Microchipped,
    pet::Column::SeenAt,
    pet::Column::PublicLatitude,
    pet::Column::PublicLongitude,
    pet::Column::PlaceLabel,
    pet::Column::ShelterId,
    pet::Column::ReportedAt,
    pet::Column::Precision,
    pet::Column::Markings,
    pet::Column::Collar,
    pet::Column::Description,
];

/// An index of all open reports.
pub(super) async fn all(db: &DatabaseConnection) -> Result<PetIndex> {
    let started = Instant::now();
    let mut reported = started;
    let mut builder = PetIndex::builder();
    let mut count: u64 = 0;
    let mut rows = open()
        .select_only()
        .columns(COLUMNS)
        .into_model::<Row>()
        .stream(db)
        .await?;
    while let Some(Row(pin)) = rows.try_next().await? {
        builder.add(pin);
        count += 1;
        if PROGRESS <= reported.elapsed() {
            reported = Instant::now();
            tracing::info!(reports = count, "reading open reports for the map");
        }
    }
    drop(rows);
    let pet_index = finished(builder).await?;
    let took = started.elapsed().as_millis();
    tracing::info!(
        reports = count,
        bytes = pet_index.memory_bytes(),
        milliseconds = took,
        "the map is built"
    );
    Ok(pet_index)
}

/// Those of these reports that are open and visible to everybody.
pub(super) async fn some(db: &impl ConnectionTrait, ids: &[PetId]) -> Result<HashMap<PetId, Pin>> {
    let mut pins = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let rows = visible_to(&Viewer::Visitor)
            .filter(live_of_few())
            .filter(pet::COLUMN.id.is_in(ids.iter().copied()));
        let rows = rows.select_only().columns(COLUMNS).into_model::<Row>().all(db).await?;
        pins.extend(rows.into_iter().map(|Row(pin)| (pin.id, pin)));
    }
    Ok(pins)
}

/// An index of some reports, open or not; all of them are marked as open in it.
pub(in crate::domain::pets) async fn of(db: &impl ConnectionTrait, select: Select<pet::Entity>) -> Result<PetIndex> {
    let mut builder = PetIndex::builder();
    let rows = select
        .select_only()
        .columns(COLUMNS)
        .into_model::<Row>()
        .all(db)
        .await?;
    for Row(pin) in rows {
        builder.add(Pin {
            status: PetStatus::Open,
            ..pin
        });
    }
    finished(builder).await
}

/// Finishes the index outside the threads that answer requests.
async fn finished(builder: Builder) -> Result<PetIndex> {
    let work = tokio::task::spawn_blocking(move || builder.finish());
    work.await.map_err(crate::kernel::Error::internal)
}

fn open() -> Select<pet::Entity> {
    visible_to(&Viewer::Visitor).filter(live())
}

struct Row(Pin);

/// Read by column index in [`COLUMNS`], which is several times as fast as by name.
impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let (latitude, longitude): (Option<f64>, Option<f64>) = (row.try_get_by_index(18)?, row.try_get_by_index(19)?);
        let seen_at: Timestamp = row.try_get_by_index(17)?;
        let shelter_id: Option<ShelterId> = row.try_get_by_index(21)?;
        let texts: [Option<String>; 3] = [
            row.try_get_by_index(24)?,
            row.try_get_by_index(25)?,
            row.try_get_by_index(26)?,
        ];
        let [markings, collar, description] = texts.each_ref().map(Option::as_deref);
        Ok(Self(Pin {
            id: row.try_get_by_index(0)?,
            kind: row.try_get_by_index(1)?,
            status: row.try_get_by_index(2)?,
            urgent: row.try_get_by_index(3)?,
            species: row.try_get_by_index(4)?,
            name: row.try_get_by_index(5)?,
            breed_primary: row.try_get_by_index(6)?,
            breed_secondary: row.try_get_by_index(7)?,
            breed_mixed: row.try_get_by_index(8)?,
            sex: row.try_get_by_index(9)?,
            altered: row.try_get_by_index(10)?,
            size: row.try_get_by_index(11)?,
            age_group: row.try_get_by_index(12)?,
            coat: row.try_get_by_index(13)?,
            colors: row.try_get_by_index(14)?,
            pattern: row.try_get_by_index(15)?,
            microchipped: row.try_get_by_index(16)?,
            seen_at,
            point: latitude
                .zip(longitude)
                .and_then(|(latitude, longitude)| Point::new(latitude, longitude).ok()),
            place_label: row.try_get_by_index(20)?,
            shelter_id,
            reported_at: row.try_get_by_index(22)?,
            precision: row.try_get_by_index(23)?,
            marks_signature: MarksSignature::of(markings, collar, description).0,
        }))
    }
}
