//! Verifies a shelter, or withdraws its verification.

use entity::{id::ShelterId, shelter, vocabulary::Role};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::store;
use crate::{
    deps::Deps,
    domain::accounts::audit,
    events::ShelterEvent,
    kernel::{AtField, Result, Viewer},
};

/// Verifies a shelter, or withdraws the verification; only admins may do so. Idempotent.
pub async fn verify_shelter(deps: &Deps, viewer: &Viewer, id: ShelterId, verified: bool) -> Result<shelter::Model> {
    viewer.require_role(Role::Admin, "only admins can verify shelters")?;
    deps.write(async |tx| {
        let changed = shelter::Entity::update_many()
            .col_expr(shelter::Column::UpdatedAt, Expr::value(tx.now()))
            .set(shelter::ActiveModel {
                verified: Set(verified),
                ..Default::default()
            })
            .filter(shelter::COLUMN.id.eq(id))
            .filter(shelter::COLUMN.verified.eq(!verified))
            .exec(tx)
            .await?;
        if changed.rows_affected == 1 {
            let action = if verified {
                "shelter_verified"
            } else {
                "shelter_unverified"
            };
            audit(deps, tx, viewer.actor(), action, Some(id.to_string()), None).await?;
            tx.announce(ShelterEvent::ShelterVerified { shelter_id: id });
        }
        store::find(tx, id).await.at("shelterId")
    })
    .await
}
