//! Mutations of imports.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::{
    Import,
    meaning::{ColumnMappingInput, mapping},
};
use crate::{
    domain::shelters,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        idempotency::idempotency_key,
        vocabulary::{DateOrder, ImportMode},
    },
};

/// A file of animals as shelters' systems export it: CSV, JSON or an XLSX workbook, at most 200,000 rows. Give data or
/// uploadId; a workbook has to be uploaded.
#[derive(InputObject)]
pub struct ImportPetsInput {
    /// Whose animals.
    shelter_id: ID,
    /// The file itself, at most 900,000 bytes.
    data: Option<String>,
    /// A file that was uploaded with purpose IMPORT; it can be used again, so try it with dryRun first.
    upload_id: Option<ID>,
    /// What becomes of animals that the file does not name.
    #[graphql(default_with = "ImportMode::Upsert")]
    mode: ImportMode,
    /// The most animals that a SNAPSHOT may close, from 0; left out, a fifth of them. A snapshot that was refused says how
    /// many it would close: give that number if they have all left.
    confirm_removals: Option<i32>,
    /// How the file writes dates that end with the year. Left out, all dates of a column, the shelter's country and the
    /// system that wrote the file settle it; if they do not, the import asks for it.
    date_order: Option<DateOrder>,
    /// Only try: rows are read, compared and counted, and nothing is written.
    #[graphql(default = false)]
    dry_run: bool,
    /// What columns mean, where the titles do not tell it or tell something else; at most 500. It counts before what was
    /// saved for files with the same titles, which is applied without being given.
    columns: Option<Vec<ColumnMappingInput>>,
    /// Keep columns for the next file with the same titles.
    save_mapping: Option<bool>,
    /// The same key with the same input within 24 hours gives the first import.
    idempotency_key: Option<String>,
}

impl ImportPetsInput {
    fn input(self) -> crate::kernel::Result<shelters::ImportPets> {
        let idempotency_key = idempotency_key(self.idempotency_key.as_deref(), &self);
        let Self {
            shelter_id,
            data,
            upload_id,
            mode,
            confirm_removals,
            date_order,
            dry_run,
            columns,
            save_mapping,
            idempotency_key: _,
        } = self;
        Ok(shelters::ImportPets {
            shelter_id: input_id("shelterId", &shelter_id)?,
            data,
            upload_id: upload_id.map(|id| input_id("uploadId", &id)).transpose()?,
            mode: mode.into(),
            confirm_removals,
            date_order: date_order.map(Into::into),
            dry_run,
            columns: mapping(columns),
            save_mapping: save_mapping.unwrap_or(false),
            idempotency_key,
        })
    }
}

/// Answer of importPets.
#[derive(SimpleObject)]
pub struct ImportPetsPayload {
    /// The import, queued; follow it with importProgress.
    import: Option<Import>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which import to stop.
#[derive(InputObject)]
pub struct CancelImportInput {
    /// Which import.
    import_id: ID,
}

/// Answer of cancelImport.
#[derive(SimpleObject)]
pub struct CancelImportPayload {
    /// The import.
    import: Option<Import>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which import to take back.
#[derive(InputObject)]
pub struct UndoImportInput {
    /// Which import; it ended less than 24 hours ago.
    import_id: ID,
}

/// Answer of undoImport.
#[derive(SimpleObject)]
pub struct UndoImportPayload {
    /// The import, which is being taken back; follow it with importProgress.
    import: Option<Import>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of imports.
#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Queues a file of animals. Sending the same file twice changes nothing. For ADMIN and STAFF of the shelter and
    /// its keys with imports:write; a shelter that is not verified may only try. At most 120 an hour for one shelter.
    async fn import_pets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and what to do with it.")] input: ImportPetsInput,
    ) -> async_graphql::Result<ImportPetsPayload> {
        let done = async { shelters::import_pets(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (import, user_errors) = settle(done.await)?;
        Ok(ImportPetsPayload {
            import: import.map(Import),
            user_errors,
        })
    }

    /// Stops an import after the rows in progress; what was imported stays. For those who may import.
    async fn cancel_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which import.")] input: CancelImportInput,
    ) -> async_graphql::Result<CancelImportPayload> {
        let done = async {
            let id = input_id("importId", &input.import_id)?;
            shelters::cancel_import(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (import, user_errors) = settle(done.await)?;
        Ok(CancelImportPayload {
            import: import.map(Import),
            user_errors,
        })
    }

    /// Takes an import back, in the background: what it added goes, what it changed is as before, and what somebody changed
    /// since stays as it is. Within 24 hours of its end, and not after a later import changed the same animals: take that one
    /// back first. Repeating it changes nothing. For those who may import.
    async fn undo_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which import.")] input: UndoImportInput,
    ) -> async_graphql::Result<UndoImportPayload> {
        let done = async {
            let id = input_id("importId", &input.import_id)?;
            shelters::undo_import(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (import, user_errors) = settle(done.await)?;
        Ok(UndoImportPayload {
            import: import.map(Import),
            user_errors,
        })
    }
}
