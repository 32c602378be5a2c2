//! Reads the visual features of photos of open reports that everybody may see from the tables.

use entity::{
    id::{PetId, PhotoId},
    vocabulary::{PetVisibility, Species},
};
use futures_util::{Stream, stream};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::{deps::Deps, domain::pets::live_in_sql, kernel::Result};

use ::visual_similarity::{PhotoFeatures, PhotoHash, PhotoVector};

/// Photos per query.
const PAGE: u64 = 10_000;

/// A photo and the open report that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The report.
    pub pet_id: PetId,
    /// The photo.
    pub photo_id: PhotoId,
    /// Species of the report's animal.
    pub species: Species,
    /// Visual features of the photo.
    pub look: PhotoFeatures,
}

/// Every photo of an open report whose look is known, in pages, by the ids of report and photo.
pub fn load_all(deps: &Deps) -> impl Stream<Item = Result<Vec<Shown>>> {
    let start = (PetId(uuid::Uuid::nil()), PhotoId(uuid::Uuid::nil()));
    stream::try_unfold(start, move |(pet, photo)| async move {
        let values = [pet.into(), photo.into(), PAGE.into()];
        let after = "(s.pet_id, s.photo_id) > ($3, $4) ORDER BY s.pet_id, s.photo_id LIMIT $5";
        let page = shown(deps, after, values).await?;
        let end = page.last().map(|last| (last.pet_id, last.photo_id));
        Ok(end.map(|end| (page, end)))
    })
}

/// The photos of these reports whose look is known, those of open ones.
pub async fn load_for(deps: &Deps, pet_ids: &[PetId]) -> Result<Vec<Shown>> {
    if pet_ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (3..).take(pet_ids.len()).map(|place| format!("${place}")).collect();
    let among = format!("s.pet_id IN ({})", places.join(", "));
    shown(deps, &among, pet_ids.iter().map(|id| (*id).into())).await
}

/// `which` is a condition whose placeholders begin at `$3`.
async fn shown(deps: &Deps, which: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<Shown>> {
    let model = deps.vision.embedding.as_ref().map_or("", |model| model.fingerprint());
    let sql = format!(
        "SELECT s.pet_id, s.photo_id, p.species, l.hash, CASE WHEN l.vector_model = $1 THEN l.vector END \
         FROM pet_photos s JOIN pets p ON p.id = s.pet_id JOIN photo_looks l ON l.photo_id = s.photo_id \
         WHERE {} AND p.visibility <> $2 AND {which}",
        live_in_sql("p.status")
    );
    let fixed = [model.into(), PetVisibility::Hidden.into()];
    let values = fixed.into_iter().chain(values);
    let db = deps.db.read();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    db.query_all_raw(statement).await?.iter().map(row).collect()
}

fn row(row: &QueryResult) -> Result<Shown> {
    let hash: Vec<u8> = row.try_get_by_index(3)?;
    let vector: Option<Vec<u8>> = row.try_get_by_index(4)?;
    Ok(Shown {
        pet_id: row.try_get_by_index(0)?,
        photo_id: row.try_get_by_index(1)?,
        species: row.try_get_by_index(2)?,
        look: PhotoFeatures {
            hash: PhotoHash::from_bytes(&hash),
            vector: vector.as_deref().and_then(PhotoVector::from_bytes),
        },
    })
}
