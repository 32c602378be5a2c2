//! Changes a connector, and turns it on and off.

use entity::{connector, id::ConnectorId};
use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    model::{Given, interval},
    runs::abandon,
    secret::{sealed, unsealed},
    store,
};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Why a connector is off that nobody but its shelter has turned off.
const BY_HAND: &str = "the shelter turned it off";

/// The change; `None` keeps the present value, and `Some(None)` clears it.
pub struct UpdateConnector {
    /// The connector.
    pub id: ConnectorId,
    /// What the staff calls it.
    pub name: Option<String>,
    /// Where the software is; together with the secret only.
    pub address: Option<Option<String>>,
    /// The account there.
    pub account: Option<Option<String>>,
    /// The key or password there.
    pub secret: Option<String>,
    /// Hours from one run to the next.
    pub hours: Option<i32>,
    /// The key by which the server there is recognized.
    pub host_key: Option<Option<String>>,
    /// Whether it is on.
    pub enabled: Option<bool>,
}

/// Changes the connector. The same again changes nothing. What was wrong at other settings says nothing of the new ones, so
/// it runs within a minute then.
pub async fn update_connector(deps: &Deps, viewer: &Viewer, input: UpdateConnector) -> Result<connector::Model> {
    viewer.refuse_visitor()?;
    deps.write(async |tx| {
        let actor = Actor::of(tx, viewer).await?;
        let before = store::find_for_update(tx, &actor, input.id).await.at("id")?;
        let after = changed(deps, tx, &before, input)?;
        if after == before {
            return Ok(before);
        }
        if is_elsewhere(&before, &after) {
            abandon(tx, before.id).await?;
        }
        let id = before.id.to_string();
        let mut row = before.into_active_model();
        row.name = Set(after.name);
        row.address = Set(after.address);
        row.account = Set(after.account);
        row.sealed_secret = Set(after.sealed_secret);
        row.host_key = Set(after.host_key);
        row.interval_hours = Set(after.interval_hours);
        row.disabled_at = Set(after.disabled_at);
        row.disabled_reason = Set(after.disabled_reason);
        row.next_run_at = Set(after.next_run_at);
        row.failures = Set(after.failures);
        row.failing_since = Set(after.failing_since);
        row.watermark = Set(after.watermark);
        let connector = connector::Entity::update(row).exec(tx).await?;
        audit(deps, tx, viewer.actor(), "connector_updated", Some(id), None).await?;
        Ok(connector)
    })
    .await
}

/// The connector as it is to be.
fn changed(deps: &Deps, tx: &Tx, before: &connector::Model, input: UpdateConnector) -> Result<connector::Model> {
    let UpdateConnector {
        id: _,
        name,
        address,
        account,
        secret,
        hours,
        host_key,
        enabled,
    } = input;
    let is_given = secret.is_some();
    let known = unsealed(deps, before).ok();
    let given = Given {
        kind: before.kind,
        name: name.unwrap_or_else(|| before.name.clone()),
        address: address.unwrap_or_else(|| before.address.clone()),
        account: account.unwrap_or_else(|| before.account.clone()),
        secret: secret.or_else(|| known.clone()).ok_or_else(unreadable)?,
        hours: hours.unwrap_or(before.interval_hours),
        host_key: host_key.unwrap_or_else(|| before.host_key.clone()),
    };
    let given = given.checked(deps)?;
    if given.address != before.address && !is_given {
        let message =
            "give the secret again with another address: a secret that somebody else entered goes nowhere else";
        return Err(Error::field("secret", FieldCode::Required, message));
    }
    let mut after = before.clone();
    if known.as_ref() != Some(&given.secret) {
        after.sealed_secret = sealed(deps, before.id, &given.secret);
    }
    after.name = given.name;
    after.address = given.address;
    after.account = given.account;
    after.host_key = given.host_key;
    after.interval_hours = given.hours;
    if is_elsewhere(before, &after) {
        // What is known of other animals says nothing of these.
        after.watermark = None;
    }
    match enabled {
        Some(true) => (after.disabled_at, after.disabled_reason) = (None, None),
        Some(false) if before.disabled_at.is_none() => {
            (after.disabled_at, after.disabled_reason) = (Some(tx.now()), Some(BY_HAND.to_owned()));
        }
        Some(false) | None => {}
    }
    if is_another_try(before, &after) {
        (after.failures, after.failing_since, after.next_run_at) = (0, None, tx.now());
    } else if after.interval_hours != before.interval_hours {
        after.next_run_at = after.next_run_at.min(tx.now().plus(interval(&after)));
    }
    Ok(after)
}

/// Whether the animals are others than before.
fn is_elsewhere(before: &connector::Model, after: &connector::Model) -> bool {
    after.address != before.address || after.account != before.account
}

/// Whether the next run may go better than those before.
fn is_another_try(before: &connector::Model, after: &connector::Model) -> bool {
    let is_turned_on = before.disabled_at.is_some() && after.disabled_at.is_none();
    is_turned_on
        || is_elsewhere(before, after)
        || after.sealed_secret != before.sealed_secret
        || after.host_key != before.host_key
}

fn unreadable() -> Error {
    let message = "the stored secret cannot be read any more: give it again";
    Error::field("secret", FieldCode::Required, message)
}
