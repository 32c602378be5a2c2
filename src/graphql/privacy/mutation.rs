//! Mutations about a member's data as a whole.

use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::DataExport;
use crate::{
    domain::{accounts, privacy},
    graphql::{
        context::ContextExt,
        error::{UserError, settle},
        scalars::DateTime,
    },
};

/// Asks for an archive of one's data.
#[derive(InputObject)]
pub struct RequestDataExportInput {
    /// Any text of up to 200 characters. It is not needed: while an archive is being made, asking again returns that one.
    idempotency_key: Option<String>,
}

/// Answer of requestDataExport.
#[derive(SimpleObject)]
pub struct RequestDataExportPayload {
    /// The archive; a mail tells when it is ready.
    data_export: Option<DataExport>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Deletes one's account.
#[derive(InputObject)]
pub struct DeleteAccountInput {
    /// The account's password.
    #[graphql(secret)]
    password: String,
    /// If the account has two-step verification: a code of the authenticator app or from the text message, or a recovery code.
    #[graphql(secret)]
    code: Option<String>,
}

/// Answer of deleteAccount.
#[derive(SimpleObject)]
pub struct DeleteAccountPayload {
    /// When the account will be deleted, 14 days from now; logging in before takes it back.
    deletes_at: Option<DateTime>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations about a member's data as a whole.
#[derive(Default)]
pub struct PrivacyMutation;

#[Object]
impl PrivacyMutation {
    /// Asks for an archive of what is kept of the member. It is made in the background; a mail with the link
    /// follows. The address must be verified. At most five a day.
    async fn request_data_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Nothing is needed.")] input: RequestDataExportInput,
    ) -> async_graphql::Result<RequestDataExportPayload> {
        let RequestDataExportInput { idempotency_key: _ } = input;
        let done = privacy::request_data_export(ctx.deps()?, ctx.viewer()?, ctx.origin()?).await;
        let (export, user_errors) = settle(done)?;
        Ok(RequestDataExportPayload {
            data_export: export.map(DataExport),
            user_errors,
        })
    }

    /// Deletes the member's account after 14 days, in which logging in takes it back. All log-ins end at once. Then reports
    /// are closed, hidden and emptied of private details; their pictures and the avatar are no longer served; searches,
    /// phone, notifications, settings and exports of data are deleted. What others need stays, such as the member's half of
    /// a chat, under "Deleted member", to whom nobody can write any more. The last ADMIN of a shelter's staff makes another
    /// one ADMIN first.
    async fn delete_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: DeleteAccountInput,
    ) -> async_graphql::Result<DeleteAccountPayload> {
        let DeleteAccountInput { password, code } = input;
        let input = accounts::DeleteAccount { password, code };
        let done = privacy::delete_account(ctx.deps()?, ctx.viewer()?, ctx.origin()?, input).await;
        let (deletes_at, user_errors) = settle(done)?;
        Ok(DeleteAccountPayload {
            deletes_at: deletes_at.map(DateTime::from),
            user_errors,
        })
    }
}
