//! Changes a shelter's settings.

use entity::{
    id::ShelterId,
    shelter,
    vocabulary::{Role, ShelterMatchAlerts},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::Expr,
};

use super::{
    access,
    hold_settings::HoldSettings,
    model,
    profile::{self, ProfileChange},
    store,
};
use crate::{
    deps::{Deps, Tx},
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
    /// What it says of itself.
    pub profile: ProfileChange,
}

/// Changes a shelter. Only its ADMINs may do so. What decides about holds counts for the animals that are there, too. A
/// verified shelter that takes another name is no longer verified, unless an admin gives it the name: whoever got hold of it
/// could pass as another one. That it moved or became another type is noted in the audit log.
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
        profile,
    } = change;
    viewer.refuse_visitor()?;
    let shelter = store::find(deps.db.read(), id).await.at("id")?;
    access::administered(deps.db.read(), viewer, id).await?;
    let changes_holds = time_zone.is_some() || !holds.is_empty() || profile.location.is_some();
    if !changes_holds && match_alerts.is_none() && profile.is_empty() {
        return Ok(shelter);
    }
    let mut faults = Vec::new();
    let zone = |zone: Option<String>| zone.as_deref().map(model::time_zone).transpose();
    let time_zone = time_zone.map(zone).transpose();
    let time_zone = time_zone.unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let mut columns = match holds.columns(&shelter) {
        Ok(columns) => columns,
        Err(Error::Invalid(found)) => {
            faults.extend(found);
            shelter::ActiveModel::default()
        }
        Err(error) => return Err(error),
    };
    profile.set_columns(deps, &mut columns, &mut faults)?;
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    deps.write(async |tx| {
        let before = store::find_for_update(tx, id).await?;
        profile::follow(&mut columns, &before);
        note_identity(deps, tx, viewer, (&mut columns, &before)).await?;
        shelter::Entity::update_many()
            .col_expr(shelter::Column::UpdatedAt, Expr::value(tx.now()))
            .set(shelter::ActiveModel {
                time_zone: time_zone.map_or(NotSet, Set),
                match_alerts: match_alerts.map_or(NotSet, Set),
                ..columns
            })
            .filter(shelter::COLUMN.id.eq(id))
            .exec(tx)
            .await?;
        audit(deps, tx, viewer.actor(), "shelter_updated", Some(id.to_string()), None).await?;
        tx.announce(ShelterEvent::ShelterChanged { shelter_id: id });
        if changes_holds {
            tx.announce(ShelterEvent::HoldsChanged { shelter_id: id });
        }
        store::find(tx, id).await
    })
    .await
}

/// Takes the verification back or notes what admins should know, if a verified shelter is no longer what was verified.
async fn note_identity(
    deps: &Deps,
    tx: &Tx,
    viewer: &Viewer,
    (columns, before): (&mut shelter::ActiveModel, &shelter::Model),
) -> Result<()> {
    if !before.verified {
        return Ok(());
    }
    let changed = profile::what_changed(columns, before);
    let (id, subject) = (before.id, Some(before.id.to_string()));
    if changed.moved {
        audit(deps, tx, viewer.actor(), "shelter_moved", subject.clone(), None).await?;
    }
    if changed.renamed && !viewer.is_at_least(Role::Admin) {
        columns.verified = Set(false);
        audit(deps, tx, viewer.actor(), "shelter_unverified", subject, None).await?;
        tx.announce(ShelterEvent::ShelterVerified { shelter_id: id });
    }
    Ok(())
}
