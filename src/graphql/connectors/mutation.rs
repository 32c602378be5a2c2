//! Mutations of connectors.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{
    Connector,
    inputs::{CreateConnectorInput, DeleteConnectorInput, RunConnectorInput, UpdateConnectorInput},
};
use crate::{
    domain::connectors,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
    },
};

/// Answer of createConnector.
#[derive(SimpleObject)]
pub struct CreateConnectorPayload {
    /// The new connector, which runs within a minute.
    connector: Option<Connector>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of updateConnector.
#[derive(SimpleObject)]
pub struct UpdateConnectorPayload {
    /// The connector.
    connector: Option<Connector>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of deleteConnector.
#[derive(SimpleObject)]
pub struct DeleteConnectorPayload {
    /// The id of the connector that is gone.
    deleted_id: Option<ID>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Answer of runConnector.
#[derive(SimpleObject)]
pub struct RunConnectorPayload {
    /// The connector; its first run is the new one.
    connector: Option<Connector>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of connectors.
#[derive(Default)]
pub struct ConnectorMutation;

#[Object]
impl ConnectorMutation {
    /// Makes a connector: the animals of the shelter are fetched from its own software on a schedule, with its own key or
    /// password there, and imported as importPets does with UPSERT. For ADMINs of the shelter and its keys with
    /// `connectors:manage`.
    async fn create_connector(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From where, with which key, and how often.")] input: CreateConnectorInput,
    ) -> async_graphql::Result<CreateConnectorPayload> {
        let done = async { connectors::create_connector(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (connector, user_errors) = settle(done.await)?;
        Ok(CreateConnectorPayload {
            connector: connector.map(Connector),
            user_errors,
        })
    }

    /// Changes a connector, and turns it on or off; the same again changes nothing. After a change of how the software is
    /// reached it runs within a minute. For ADMINs of its shelter and its keys with `connectors:manage`.
    async fn update_connector(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which connector, and the change.")] input: UpdateConnectorInput,
    ) -> async_graphql::Result<UpdateConnectorPayload> {
        let done = async { connectors::update_connector(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (connector, user_errors) = settle(done.await)?;
        Ok(UpdateConnectorPayload {
            connector: connector.map(Connector),
            user_errors,
        })
    }

    /// Deletes a connector with its secret and its runs. Its imports stay. For ADMINs of its shelter and its keys with
    /// `connectors:manage`.
    async fn delete_connector(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which connector.")] input: DeleteConnectorInput,
    ) -> async_graphql::Result<DeleteConnectorPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            connectors::delete_connector(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (id, user_errors) = settle(done.await)?;
        Ok(DeleteConnectorPayload {
            deleted_id: id.map(|id| id.to_string().into()),
            user_errors,
        })
    }

    /// Runs a connector that is on now; refused with CONFLICT while a run of it is under way. For ADMINs of its shelter and
    /// its keys with `connectors:manage`; at most 60 an hour for a shelter.
    async fn run_connector(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which connector.")] input: RunConnectorInput,
    ) -> async_graphql::Result<RunConnectorPayload> {
        let done = async { connectors::run_connector(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (connector, user_errors) = settle(done.await)?;
        Ok(RunConnectorPayload {
            connector: connector.map(Connector),
            user_errors,
        })
    }
}
