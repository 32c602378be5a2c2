//! Changes a shelter's settings.

use entity::{id::ShelterId, shelter, vocabulary::ShelterMatchAlerts};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::Expr,
};

use super::{access, hold_settings::HoldSettings, model, store};
use crate::{
    deps::Deps,
    domain::accounts::audit,
    events::ShelterEvent,
    kernel::{AtField, Error, Result, Viewer},
};

/// The changes; `None` keeps the present value.
pub struct UpdateShelter {
    /// IANA time zone; an inner `None` resets it to that of its location.
    pub time_zone: Option<Option<String>>,
    /// Which matches its staff is alerted to.
    pub match_alerts: Option<ShelterMatchAlerts>,
    /// How long it keeps animals for their owners.
    pub holds: HoldSettings,
}

/// Changes a shelter. Only its ADMINs may do so. What decides about holds counts for the animals that are there, too.
pub async fn update_shelter(
    deps: &Deps,
    viewer: &Viewer,
    id: ShelterId,
    change: UpdateShelter,
) -> Result<shelter::Model> {
    let UpdateShelter {
        time_zone,
        match_alerts,
        holds,
    } = change;
    viewer.refuse_visitor()?;
    let shelter = store::find(deps.db.read(), id).await.at("id")?;
    access::administered(deps.db.read(), viewer, id).await?;
    let changes_holds = time_zone.is_some() || !holds.is_empty();
    if !changes_holds && match_alerts.is_none() {
        return Ok(shelter);
    }
    let zone = |zone: Option<String>| zone.as_deref().map(model::time_zone).transpose();
    let (time_zone, holds) = match (time_zone.map(zone).transpose(), holds.columns(&shelter)) {
        (Ok(time_zone), holds) => (time_zone, holds?),
        (Err(fault), Err(Error::Invalid(mut faults))) => {
            faults.insert(0, fault);
            return Err(Error::Invalid(faults));
        }
        (Err(fault), _) => return Err(Error::Invalid(vec![fault])),
    };
    deps.write(async |tx| {
        shelter::Entity::update_many()
            .col_expr(shelter::Column::UpdatedAt, Expr::value(tx.now()))
            .set(shelter::ActiveModel {
                time_zone: time_zone.map_or(NotSet, Set),
                match_alerts: match_alerts.map_or(NotSet, Set),
                ..holds
            })
            .filter(shelter::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        audit(deps, tx, viewer.actor(), "shelter_updated", Some(id.to_string()), None).await?;
        if changes_holds {
            tx.announce(ShelterEvent::HoldsChanged { shelter_id: id });
        }
        store::find(tx, id).await
    })
    .await
}
