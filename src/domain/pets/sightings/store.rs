//! Every look at sightings. A sighting is as public as its pet.

use entity::{
    id::{PetId, SightingId},
    pet, sighting,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Select, sea_query::Expr};

use crate::{
    deps::{Direction, Keyset},
    domain::{
        pets::{policy, store::find},
        staff::Actor,
    },
    kernel::{
        Error, Result, Viewer,
        page::{KeyValue, Page, Slice},
    },
};

/// The sighting with that id, if the viewer may see its pet.
pub async fn find_sighting(db: &impl ConnectionTrait, viewer: &Viewer, id: SightingId) -> Result<sighting::Model> {
    let found = sighting::Entity::find_by_id(id).one(db).await?;
    let sighting = found.ok_or(Error::NotFound("sighting"))?;
    match find(db, viewer, sighting.pet_id).await {
        Ok(_) => Ok(sighting),
        Err(Error::NotFound(_)) => Err(Error::NotFound("sighting")),
        Err(error) => Err(error),
    }
}

/// The trail of a pet that the viewer may see, last seen first.
pub async fn sightings_of(db: &impl ConnectionTrait, pet: PetId, page: &Page) -> Result<Slice<sighting::Model>> {
    let keyset = Keyset {
        list: "sightings",
        columns: [sighting::Column::SeenAt, sighting::Column::Id]
            .map(|column| Expr::col((sighting::Entity, column)))
            .to_vec(),
        direction: Direction::Descending,
    };
    let key = |row: &sighting::Model| vec![KeyValue::Int(row.seen_at.0), KeyValue::Id(row.id.0)];
    keyset.page(db, of_pet(pet), page, key).await
}

/// How many sightings a pet has.
pub async fn count_sightings(db: &impl ConnectionTrait, pet: PetId) -> Result<u64> {
    Ok(of_pet(pet).count(db).await?)
}

/// Whether the viewer may see the true point of a sighting: who reported it, and whoever may see that of the pet.
pub fn may_see_exact_sighting(actor: &Actor, sighting: &sighting::Model, pet: &pet::Model) -> bool {
    is_own_sighting(actor, sighting) || policy::may_see_exact(actor, pet)
}

/// Whether the viewer is the member who reported the sighting.
pub fn is_own_sighting(actor: &Actor, sighting: &sighting::Model) -> bool {
    sighting.reporter_id.is_some() && sighting.reporter_id == actor.viewer.member()
}

fn of_pet(pet: PetId) -> Select<sighting::Entity> {
    sighting::Entity::find().filter(sighting::COLUMN.pet_id.eq(pet))
}
