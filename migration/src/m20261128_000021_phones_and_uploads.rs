//! Step 21: phone numbers in one form, and a lease for the client that is sending an upload.
//!
//! Where a phone can be written as two numbers, the rows get the current one, as in `domain/sms/phone.rs`: Mexico
//! without the 1 of mobile phones, Brazil with the 9 before them, Argentina with the 9 before the area code.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Conditions for outdated numbers and the expressions for their replacements; `phone` stands for the column.
const FORMS: [(&str, &str); 4] = [
    ("phone LIKE '+521%' AND LENGTH(phone) = 14", "'+52' || SUBSTR(phone, 5)"),
    (
        "phone LIKE '+55%' AND LENGTH(phone) = 13 AND SUBSTR(phone, 6, 1) IN ('6', '7', '8', '9')",
        "SUBSTR(phone, 1, 5) || '9' || SUBSTR(phone, 6)",
    ),
    (
        "phone LIKE '+54%' AND LENGTH(phone) = 13 AND SUBSTR(phone, 4, 1) IN ('1', '2', '3')",
        "'+549' || SUBSTR(phone, 4)",
    ),
    (
        "phone LIKE '+541115%' AND LENGTH(phone) = 15",
        "'+54911' || SUBSTR(phone, 8)",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut uploads = Table::alter();
        uploads.table("uploads").add_column(big_integer_null("receiving_until"));
        manager.alter_table(uploads).await?;
        let db = manager.get_connection();
        for (which, form) in FORMS {
            // A number that said STOP in both forms keeps one row.
            db.execute_unprepared(&format!(
                "INSERT INTO sms_opt_outs (phone, opted_out_at) SELECT {form}, opted_out_at FROM sms_opt_outs \
                 WHERE {which} ON CONFLICT (phone) DO NOTHING"
            ))
            .await?;
            db.execute_unprepared(&format!("DELETE FROM sms_opt_outs WHERE {which}"))
                .await?;
            // If two members hold the same phone, the one with the current form keeps it.
            db.execute_unprepared(&format!(
                "UPDATE sms_accounts SET phone = NULL, verified_at = NULL, opted_in = FALSE WHERE {which} \
                 AND {form} IN (SELECT other.phone FROM sms_accounts AS other)"
            ))
            .await?;
            for table in ["sms_accounts", "phone_verifications"] {
                db.execute_unprepared(&format!("UPDATE {table} SET phone = {form} WHERE {which}"))
                    .await?;
            }
            for column in ["to_phone", "from_phone"] {
                let (which, form) = (which.replace("phone", column), form.replace("phone", column));
                db.execute_unprepared(&format!("UPDATE sms_messages SET {column} = {form} WHERE {which}"))
                    .await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
