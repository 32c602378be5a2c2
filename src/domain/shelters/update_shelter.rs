//! Changes a shelter's settings.

use entity::{id::ShelterId, shelter};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{access, model, store};
use crate::{
    deps::Deps,
    domain::accounts::audit,
    kernel::{AtField, Error, Result, Viewer},
};

/// The changes; `None` keeps the present value.
pub struct UpdateShelter {
    /// IANA time zone; an inner `None` resets it to that of its location.
    pub time_zone: Option<Option<String>>,
}

/// Changes a shelter. Only its ADMINs may do so.
pub async fn update_shelter(
    deps: &Deps,
    viewer: &Viewer,
    id: ShelterId,
    change: UpdateShelter,
) -> Result<shelter::Model> {
    let UpdateShelter { time_zone } = change;
    viewer.refuse_visitor()?;
    let shelter = store::find(deps.db.read(), id).await.at("id")?;
    access::administered(deps.db.read(), viewer, id).await?;
    let Some(time_zone) = time_zone else {
        return Ok(shelter);
    };
    let time_zone = time_zone.as_deref().map(model::time_zone).transpose();
    let time_zone = time_zone.map_err(|fault| Error::Invalid(vec![fault]))?;
    deps.write(async |tx| {
        shelter::Entity::update_many()
            .col_expr(shelter::Column::UpdatedAt, Expr::value(tx.now()))
            .set(shelter::ActiveModel {
                time_zone: Set(time_zone),
                ..Default::default()
            })
            .filter(shelter::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        audit(deps, tx, viewer.actor(), "shelter_updated", Some(id.to_string()), None).await?;
        store::find(tx, id).await
    })
    .await
}
