//! Makes a connector.

use entity::{
    connector::{self, ConnectorKind},
    id::{ConnectorId, ShelterId},
};
use sea_orm::{EntityTrait, IntoActiveModel};

use super::{model::Given, secret::sealed, store};
use crate::{
    deps::{Deps, IdempotencyKey, Remembered, Tx, once},
    domain::{accounts::audit, staff::Actor},
    kernel::{AtField, Error, FieldCode, Result, Viewer},
};

/// Input for making a connector.
pub struct CreateConnector {
    /// The shelter whose animals are fetched.
    pub shelter_id: ShelterId,
    /// Its software.
    pub kind: ConnectorKind,
    /// What the staff calls it, 1 to 80 characters.
    pub name: String,
    /// Where the software is; `None` for the usual address of its kind.
    pub address: Option<String>,
    /// The account there.
    pub account: Option<String>,
    /// The key or password there.
    pub secret: String,
    /// Hours from one run to the next, 1 to 168.
    pub hours: i32,
    /// The key by which the server there is recognized.
    pub host_key: Option<String>,
    /// A repeat with the same key and input within 24 hours returns the first connector. What the key remembers of the
    /// input leaves the secret out.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Makes a connector, which is on from then and runs within a minute.
pub async fn create_connector(deps: &Deps, viewer: &Viewer, input: CreateConnector) -> Result<connector::Model> {
    let CreateConnector {
        shelter_id,
        kind,
        name,
        address,
        account,
        secret,
        hours,
        host_key,
        idempotency_key,
    } = input;
    store::refuse_others(deps.db.read(), viewer, shelter_id).await?;
    let given = Given {
        kind,
        name,
        address,
        account,
        secret,
        hours,
        host_key,
    };
    let given = given.checked(deps)?;
    deps.write(async |tx| {
        store::refuse_others(tx, viewer, shelter_id).await?;
        let reservation = match once(tx, viewer, "createConnector", idempotency_key.as_ref()).await? {
            Remembered::New(reservation) => reservation,
            Remembered::Done(id) => return made_before(tx, viewer, &id).await,
        };
        if store::MOST <= store::count_locked(tx, shelter_id).await? {
            let message = format!("a shelter has at most {} connectors: delete one first", store::MOST);
            return Err(Error::field("shelterId", FieldCode::LimitReached, message));
        }
        let row = new(deps, tx, (viewer, shelter_id), given).into_active_model();
        let connector = connector::Entity::insert(row).exec_with_returning(tx).await?;
        let subject = Some(connector.id.to_string());
        audit(deps, tx, viewer.actor(), "connector_created", subject, None).await?;
        reservation.fulfil(tx, connector.id).await?;
        Ok(connector)
    })
    .await
}

fn new(deps: &Deps, tx: &Tx, (viewer, shelter_id): (&Viewer, ShelterId), given: Given) -> connector::Model {
    let id = ConnectorId(deps.ids.uuid(tx.now()));
    connector::Model {
        id,
        shelter_id,
        kind: given.kind,
        name: given.name,
        address: given.address,
        account: given.account,
        sealed_secret: sealed(deps, id, &given.secret),
        host_key: given.host_key,
        interval_hours: given.hours,
        created_by: viewer.actor(),
        created_at: tx.now(),
        disabled_at: None,
        disabled_reason: None,
        next_run_at: tx.now(),
        runs: 0,
        last_run_at: None,
        last_success_at: None,
        last_error: None,
        last_import_id: None,
        failures: 0,
        failing_since: None,
        watermark: None,
    }
}

/// The connector that the same request made before.
async fn made_before(tx: &Tx, viewer: &Viewer, id: &str) -> Result<connector::Model> {
    let id = id.parse().map_err(Error::internal)?;
    let actor = Actor::of(tx, viewer).await?;
    store::find(tx, &actor, id).await.at("idempotencyKey")
}
