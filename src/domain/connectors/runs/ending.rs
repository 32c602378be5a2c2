//! How runs end, and what that says of their connectors. The caller has locked the connector.

use std::time::Duration;

use entity::{
    Timestamp, connector, connector_run,
    id::ConnectorId,
    vocabulary::{ConnectorRunState, StaffRole},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};

use super::pace::{FAILS_FOR, pause_after};
use crate::{
    deps::{Deps, Tx},
    domain::{accounts::audit, connectors::model::interval, staff::staff_of},
    events::ConnectorEvent,
    kernel::{Result, Viewer, text::storable},
};

/// Maximum length of an error that is kept, in characters.
const LONGEST_ERROR: usize = 300;

/// Why a run failed.
pub(super) struct Failure {
    /// For the shelter.
    pub why: String,
    /// Whether somebody has to mend it.
    pub is_refusal: bool,
    /// How long the other side wants to be left alone.
    pub retry_after: Option<Duration>,
}

impl Failure {
    /// What somebody has to mend.
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            is_refusal: true,
            retry_after: None,
        }
    }

    /// What may go away by itself.
    pub(super) fn passing(why: impl Into<String>, retry_after: Option<Duration>) -> Self {
        Self {
            why: why.into(),
            is_refusal: false,
            retry_after,
        }
    }
}

/// The run ended well: everything that it fetched, if anything, is imported. The watermark never moves back.
pub(super) async fn succeed(tx: &Tx, connector: connector::Model, run: connector_run::Model) -> Result<()> {
    let state = match run.import_id {
        Some(_) => ConnectorRunState::Done,
        None => ConnectorRunState::Unchanged,
    };
    let watermark = connector.watermark.max(run.newest);
    end(tx, run, state, None).await?;
    let mut row = connector.into_active_model();
    row.last_success_at = Set(Some(tx.now()));
    row.last_error = Set(None);
    row.failures = Set(0);
    row.failing_since = Set(None);
    row.watermark = Set(watermark);
    connector::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// The run failed: the next one is earlier than usual, or the connector has failed for too long.
pub(super) async fn fail(
    deps: &Deps,
    tx: &Tx,
    (connector, run): (connector::Model, connector_run::Model),
    failure: Failure,
) -> Result<()> {
    let why: String = storable(&failure.why).chars().take(LONGEST_ERROR).collect();
    let failures = connector.failures.saturating_add(1);
    let failing_since = connector.failing_since.unwrap_or(run.created_at);
    let pause = pause_after(failures, failure.is_refusal, failure.retry_after, interval(&connector));
    end(tx, run, ConnectorRunState::Failed, Some(why.clone())).await?;
    let is_over = failing_since.plus(FAILS_FOR) <= tx.now() && connector.disabled_at.is_none();
    if is_over {
        turn_off(deps, tx, &connector).await?;
    }
    let mut row = connector.into_active_model();
    if is_over {
        row.disabled_at = Set(Some(tx.now()));
        row.disabled_reason = Set(Some(format!(
            "every run has failed for three days, the last one because {why}"
        )));
    }
    row.last_error = Set(Some(why));
    row.failures = Set(failures);
    row.failing_since = Set(Some(failing_since));
    row.next_run_at = Set(tx.now().plus(pause));
    connector::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Tells the log and the ADMINs of the shelter that the server has turned a connector off.
async fn turn_off(deps: &Deps, tx: &Tx, connector: &connector::Model) -> Result<()> {
    let (connector_id, actor) = (connector.id, Viewer::System.actor());
    let subject = Some(connector_id.to_string());
    audit(deps, tx, actor, "connector_disabled", subject, None).await?;
    let staff = staff_of(tx, connector.shelter_id).await?;
    for admin in staff.iter().filter(|row| row.role == StaffRole::Admin) {
        let member_id = admin.member_id;
        tx.announce(ConnectorEvent::ConnectorDisabled {
            connector_id,
            member_id,
        });
    }
    Ok(())
}

/// The run was stopped, which says nothing of the other side.
pub(super) async fn cancel(tx: &Tx, run: connector_run::Model, why: &str) -> Result<()> {
    end(tx, run, ConnectorRunState::Canceled, Some(why.to_owned())).await
}

async fn end(tx: &Tx, run: connector_run::Model, state: ConnectorRunState, error: Option<String>) -> Result<()> {
    let mut row = run.into_active_model();
    row.state = Set(state);
    row.error = Set(error);
    row.finished_at = Set(Some(tx.now()));
    connector_run::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// The settings of a connector lead elsewhere now: what is being fetched from the former place is not imported, and an
/// import that was made of it does not move the watermark.
pub(in crate::domain::connectors) async fn abandon(tx: &Tx, connector: ConnectorId) -> Result<()> {
    connector_run::Entity::update_many()
        .col_expr(connector_run::Column::State, Expr::value(ConnectorRunState::Canceled))
        .col_expr(
            connector_run::Column::Error,
            Expr::value("the settings of the connector were changed"),
        )
        .col_expr(connector_run::Column::FinishedAt, Expr::value(Some(tx.now())))
        .filter(connector_run::COLUMN.connector_id.eq(connector))
        .filter(
            connector_run::COLUMN
                .state
                .is_in([ConnectorRunState::Queued, ConnectorRunState::Pulling]),
        )
        .exec(tx)
        .await?;
    connector_run::Entity::update_many()
        .col_expr(connector_run::Column::Newest, Expr::value(Option::<Timestamp>::None))
        .filter(connector_run::COLUMN.connector_id.eq(connector))
        .filter(connector_run::COLUMN.state.eq(ConnectorRunState::Importing))
        .exec(tx)
        .await?;
    Ok(())
}
