//! Updates a saved search.

use entity::{
    id::{PetId, SavedSearchId},
    saved_search,
    vocabulary::SearchNotify,
};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{digest::next_digest, listeners, store};
use crate::{
    deps::Deps,
    domain::searches::{
        form,
        model::{SavedFilter, SearchChanges, checked_name},
    },
    kernel::{AtField, Result, Viewer},
};

/// Changes the name, the filter or the notifications; omitted fields stay as they are. If a search becomes daily, its
/// first digest is due after a day and contains reports made from now on.
#[tracing::instrument(skip_all, fields(saved_search.id = %id))]
pub async fn update_saved_search(
    deps: &Deps,
    viewer: &Viewer,
    id: SavedSearchId,
    changes: SearchChanges,
) -> Result<saved_search::Model> {
    let SearchChanges { name, filter, notify } = changes;
    let member_id = viewer.require_member()?;
    // Checked first, so that somebody who may not see the search learns nothing about the input.
    store::find(deps.db.read(), member_id, id).await.at("id")?;
    let name = name.as_deref().map(checked_name).transpose()?;
    let filter = match filter {
        Some(filter) => Some(SavedFilter::checked(deps, member_id, filter).await?),
        None => None,
    };
    deps.write(async |tx| {
        let before = store::find_for_update(tx, member_id, id).await.at("id")?;
        let was_daily = before.notify == SearchNotify::Daily;
        let mut row = before.clone().into_active_model();
        if let Some(name) = name {
            row.name = Set(name);
        }
        if let Some(filter) = &filter {
            row.filter = Set(form::write(filter)?);
        }
        if let Some(notify) = notify {
            row.notify = Set(notify);
            let becomes_daily = notify == SearchNotify::Daily && !was_daily;
            if becomes_daily || notify != SearchNotify::Daily {
                row.next_digest_at = Set(next_digest(notify, tx.now()));
                row.digested_to = Set(PetId(deps.ids.uuid(tx.now())));
            }
        }
        row.updated_at = Set(tx.now());
        let search = saved_search::Entity::update(row).exec(tx).await?;
        listeners::listen(tx, &search, &store::filter_of(&search)?.filter).await?;
        Ok(search)
    })
    .await
}
