//! Table `data_exports`.

use sea_orm::entity::prelude::*;

use crate::{
    Timestamp,
    id::{DataExportId, MemberId},
    vocabulary::DataExportState,
};

/// Archives of a member's data, which a job makes; the bytes are a blob.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_exports")]
pub struct Model {
    /// UUIDv7; `dex_…` outside the database.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataExportId,
    /// The member whose data it holds.
    pub member_id: MemberId,
    /// How far it is.
    pub state: DataExportState,
    /// Size of the archive; null until it is ready.
    pub byte_size: Option<i64>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was ready; null until then.
    pub ready_at: Option<Timestamp>,
    /// When it is removed; null until it is ready.
    pub expires_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
