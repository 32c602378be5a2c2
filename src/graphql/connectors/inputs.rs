//! Inputs of the mutations of connectors.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::{
    domain::connectors,
    graphql::{error::input_id, idempotency::idempotency_key, vocabulary::ConnectorKind},
    kernel::Result,
};

/// Hours from one run to the next, if nothing else is said.
const USUAL_HOURS: i32 = 6;

/// A new connector.
#[derive(InputObject)]
pub struct CreateConnectorInput {
    /// For which shelter, which is verified; it has at most 10 connectors.
    shelter_id: ID,
    /// Which software it is.
    kind: ConnectorKind,
    /// What the staff calls it, 1 to 80 characters.
    name: String,
    /// Where the software is, at most 2,048 characters, reachable from the internet unless the operator allows others. Left
    /// out, the usual address of its kind, if there is one.
    address: Option<String>,
    /// The account there, at most 300 characters, for kinds that need one.
    account: Option<String>,
    /// The key or the password of the shelter there, at most 16,384 bytes; empty if none is needed. It is kept encrypted and
    /// never shown.
    secret: String,
    /// Hours from one run to the next, 1 to 168.
    #[graphql(default_with = "Some(USUAL_HOURS)")]
    hours: Option<i32>,
    /// The key by which the server there is recognized, at most 4,096 characters, for kinds that need one.
    host_key: Option<String>,
    /// Any text of up to 200 characters: the same key and input within 24 hours gives the first connector again. The secret
    /// does not count as part of the input.
    idempotency_key: Option<String>,
}

impl CreateConnectorInput {
    /// The input as the use case takes it.
    pub fn input(mut self) -> Result<connectors::CreateConnector> {
        // What the key remembers of the input must not let anybody try out secrets.
        let secret = std::mem::take(&mut self.secret);
        let idempotency_key = idempotency_key(self.idempotency_key.as_deref(), &self);
        Ok(connectors::CreateConnector {
            shelter_id: input_id("shelterId", &self.shelter_id)?,
            kind: self.kind.into(),
            name: self.name,
            address: self.address,
            account: self.account,
            secret,
            hours: self.hours.unwrap_or(USUAL_HOURS),
            host_key: self.host_key,
            idempotency_key,
        })
    }
}

/// A change of a connector; what is left out stays as it is, and null clears it where it may be missing.
#[derive(InputObject)]
pub struct UpdateConnectorInput {
    /// Which connector.
    id: ID,
    /// What the staff calls it, as in createConnector.
    name: Option<String>,
    /// Where the software is, as in createConnector; another address needs the secret again. Then everything is fetched
    /// anew.
    address: MaybeUndefined<String>,
    /// The account there, as in createConnector; with another one everything is fetched anew.
    account: MaybeUndefined<String>,
    /// The key or the password there, as in createConnector.
    secret: Option<String>,
    /// Hours from one run to the next, 1 to 168.
    hours: Option<i32>,
    /// The key by which the server there is recognized, as in createConnector.
    host_key: MaybeUndefined<String>,
    /// Whether it runs. A run that fetches when it is turned off is cancelled; an import goes on.
    enabled: Option<bool>,
}

impl UpdateConnectorInput {
    /// The input as the use case takes it.
    pub fn input(self) -> Result<connectors::UpdateConnector> {
        Ok(connectors::UpdateConnector {
            id: input_id("id", &self.id)?,
            name: self.name,
            address: change(self.address),
            account: change(self.account),
            secret: self.secret,
            hours: self.hours,
            host_key: change(self.host_key),
            enabled: self.enabled,
        })
    }
}

fn change(given: MaybeUndefined<String>) -> Option<Option<String>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// Which connector is deleted.
#[derive(InputObject)]
pub struct DeleteConnectorInput {
    /// Which connector.
    pub id: ID,
}

/// Which connector runs now.
#[derive(InputObject)]
pub struct RunConnectorInput {
    /// Which connector.
    id: ID,
    /// Any text of up to 200 characters: the same key and input within 24 hours begins no other run.
    idempotency_key: Option<String>,
}

impl RunConnectorInput {
    /// The input as the use case takes it.
    pub fn input(self) -> Result<connectors::RunConnector> {
        Ok(connectors::RunConnector {
            id: input_id("id", &self.id)?,
            idempotency_key: idempotency_key(self.idempotency_key.as_deref(), &self),
        })
    }
}
