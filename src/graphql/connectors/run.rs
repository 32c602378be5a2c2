//! What connectors did.

use async_graphql::{Context, Object};
use entity::connector_run;

use super::loaders::import_of;
use crate::graphql::{error::nullable, scalars::DateTime, shelters::Import, vocabulary::ConnectorRunOutcome};

/// A run of a connector. Whoever sees the connector sees it, for 30 days.
pub struct ConnectorRun(pub connector_run::Model);

/// A run of a connector. Whoever sees the connector sees it, for 30 days.
#[Object]
impl ConnectorRun {
    /// Counts the runs of the connector, from 1.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// How far it has come, or how it ended.
    async fn outcome(&self) -> ConnectorRunOutcome {
        self.0.state.into()
    }

    /// When it began.
    async fn began_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was over; null until then.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime::from)
    }

    /// Since when changes were asked for, as far as the software can tell; null if everything was.
    async fn since(&self) -> Option<DateTime> {
        self.0.since.map(DateTime::from)
    }

    /// How many animals were fetched; null until then.
    async fn records(&self) -> Option<i32> {
        self.0.records
    }

    /// What was wrong, as a sentence for people; null if nothing was.
    async fn error(&self) -> Option<&str> {
        self.0.error.as_deref()
    }

    /// The import that was made of it; null if there is none, and for those who may not see imports.
    async fn import(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Import>> {
        nullable(import_of(ctx, self.0.import_id)).await
    }
}
