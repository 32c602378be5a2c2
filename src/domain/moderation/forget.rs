//! Takes out of reports of abuse who somebody was whose account is deleted. What was reported, and how the one who reported
//! it explained it, stays for the moderators.

use entity::{
    abuse_report,
    id::{MemberId, PetId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};

use crate::{deps::Tx, domain::accounts::DELETED_MEMBER, kernel::Result};

/// Takes name and picture out of the snapshots of a member.
pub async fn forget_member(tx: &Tx, id: MemberId) -> Result<()> {
    let (subject, nameless) = (id.to_string(), json!({ "displayName": DELETED_MEMBER, "avatar": null }));
    abuse_report::Entity::update_many()
        .col_expr(abuse_report::Column::Snapshot, Expr::value(nameless.to_string()))
        .filter(abuse_report::COLUMN.subject.eq(subject.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes the description out of the snapshots of a report about an animal, as it is taken out of the report.
pub async fn forget_description(tx: &Tx, id: PetId) -> Result<()> {
    let subject = id.to_string();
    let told = abuse_report::Entity::find().filter(abuse_report::COLUMN.subject.eq(subject.as_str()));
    for report in told.all(tx).await? {
        let mut content: Value = serde_json::from_str(&report.snapshot)?;
        if let Some(description) = content.get_mut("description") {
            *description = Value::Null;
        }
        abuse_report::Entity::update_many()
            .col_expr(abuse_report::Column::Snapshot, Expr::value(content.to_string()))
            .filter(abuse_report::COLUMN.id.eq(report.id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
