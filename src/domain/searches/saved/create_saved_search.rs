//! Saves a search.

use entity::{
    id::{PetId, SavedSearchId},
    saved_search,
    vocabulary::SearchNotify,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{digest::next_digest, listeners, store};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, once},
    domain::{
        accounts,
        pets::search::Filter,
        searches::{
            form,
            model::{MOST_SAVED, SavedFilter, checked_name},
        },
    },
    kernel::{Error, FieldCode, FieldError, Result, Viewer},
};

/// A search to save.
pub struct CreateSavedSearch {
    /// The member's name for the search.
    pub name: String,
    /// The filter.
    pub filter: Filter,
    /// How the member is notified of new reports.
    pub notify: SearchNotify,
    /// A repeat with the same key and input within 24 hours returns the first search.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Saves a search under a name. Everything that it currently finds counts as seen.
#[tracing::instrument(skip_all)]
pub async fn create_saved_search(
    deps: &Deps,
    viewer: &Viewer,
    input: CreateSavedSearch,
) -> Result<saved_search::Model> {
    let CreateSavedSearch {
        name,
        filter,
        notify,
        idempotency_key,
    } = input;
    let member_id = viewer.require_member()?;
    let name = checked_name(&name)?;
    let saved = SavedFilter::checked(deps, member_id, filter).await?;
    let form = form::write(&saved)?;
    deps.write(async |tx| {
        let reservation = match once(tx, viewer, "createSavedSearch", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(first) => {
                return store::find(tx, member_id, first.parse().map_err(Error::internal)?).await;
            }
        };
        accounts::lock_member(tx, member_id).await?;
        if MOST_SAVED <= store::count(tx, member_id).await? {
            let message =
                format!("you already have {MOST_SAVED} saved searches, the most there can be: delete one first");
            let (path, code) = (Vec::new(), FieldCode::LimitReached);
            return Err(Error::Invalid(vec![FieldError { path, code, message }]));
        }
        let seen = PetId(deps.ids.uuid(tx.now()));
        let row = saved_search::ActiveModel {
            id: Set(SavedSearchId(deps.ids.uuid(tx.now()))),
            member_id: Set(member_id),
            name: Set(name),
            notify: Set(notify),
            filter: Set(form),
            seen_to: Set(seen),
            digested_to: Set(seen),
            next_digest_at: Set(next_digest(notify, tx.now())),
            created_at: Set(tx.now()),
            updated_at: Set(tx.now()),
        };
        let search = saved_search::Entity::insert(row).exec_with_returning(tx).await?;
        listeners::listen(tx, &search, &saved.filter).await?;
        reservation.fulfil(tx, search.id).await?;
        Ok(search)
    })
    .await
}
