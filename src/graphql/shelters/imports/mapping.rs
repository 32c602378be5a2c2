//! What a shelter has saved of the columns of its files.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{id::ShelterId, import_mapping};

use super::meaning::{ColumnMapping, ColumnMappingInput, mapping};
use crate::{
    domain::shelters,
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        scalars::DateTime,
    },
    kernel::Result,
};

/// What a shelter says of the columns of its files: applied to every file with the same titles, in whatever order. Those
/// who may import for the shelter see it.
pub struct ImportMapping(pub import_mapping::Model);

/// A shelter's mappings; none for those who may not import for it.
pub async fn mappings_of(ctx: &Context<'_>, shelter: ShelterId) -> Result<Option<Vec<ImportMapping>>> {
    let deps = ctx.deps()?;
    let actor = &ctx.loaders()?.actor(deps).await?;
    let found = shelters::mappings_of(deps.db.read(), actor, shelter).await?;
    Ok(found.map(|mappings| mappings.into_iter().map(ImportMapping).collect()))
}

/// What a shelter says of the columns of its files: applied to every file with the same titles, in whatever order. Those
/// who may import for the shelter see it.
#[Object]
impl ImportMapping {
    /// Opaque id.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// All titles of the files that it is for.
    async fn titles(&self) -> async_graphql::Result<Vec<String>> {
        Ok(shelters::titles_of(&self.0)?)
    }

    /// What the shelter says of some of them; the others mean what they are known to mean.
    async fn columns(&self) -> async_graphql::Result<Vec<ColumnMapping>> {
        let columns = shelters::columns_of(&self.0)?;
        Ok(columns.iter().map(ColumnMapping::from).collect())
    }

    /// When it was first saved.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was last saved.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What the columns of a shelter's files mean.
#[derive(InputObject)]
pub struct SaveImportMappingInput {
    /// Whose files.
    shelter_id: ID,
    /// All titles of such a file, as previewImport gives them, at most 500 of at most 300 characters.
    titles: Vec<String>,
    /// What some of them mean, at least one.
    columns: Vec<ColumnMappingInput>,
}

/// Answer of saveImportMapping.
#[derive(SimpleObject)]
pub struct SaveImportMappingPayload {
    /// The mapping.
    mapping: Option<ImportMapping>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Which mapping to forget.
#[derive(InputObject)]
pub struct DeleteImportMappingInput {
    /// Which mapping.
    id: ID,
}

/// Answer of deleteImportMapping.
#[derive(SimpleObject)]
pub struct DeleteImportMappingPayload {
    /// The id of what was deleted.
    deleted_id: Option<ID>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// Mutations of what is saved of columns.
#[derive(Default)]
pub struct ImportMappingMutation;

#[Object]
impl ImportMappingMutation {
    /// Keeps what the columns of a shelter's files mean: applied to every later file with the same titles, in whatever
    /// order, instead of what was kept for them before. At most 50 for one shelter. For ADMIN and STAFF of the shelter
    /// and its keys with imports:write.
    async fn save_import_mapping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The titles, and what they mean.")] input: SaveImportMappingInput,
    ) -> async_graphql::Result<SaveImportMappingPayload> {
        let done = async {
            let SaveImportMappingInput {
                shelter_id,
                titles,
                columns,
            } = input;
            let input = shelters::SaveImportMapping {
                shelter_id: input_id("shelterId", &shelter_id)?,
                titles,
                columns: mapping(Some(columns)),
            };
            shelters::save_import_mapping(ctx.deps()?, ctx.viewer()?, input).await
        };
        let (saved, user_errors) = settle(done.await)?;
        Ok(SaveImportMappingPayload {
            mapping: saved.map(ImportMapping),
            user_errors,
        })
    }

    /// Forgets a mapping; imports that are queued are read as they were going to be. Doing it twice changes nothing. For
    /// ADMIN and STAFF of the shelter and its keys with imports:write.
    async fn delete_import_mapping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DeleteImportMappingInput,
    ) -> async_graphql::Result<DeleteImportMappingPayload> {
        let done = async {
            let id = input_id("id", &input.id)?;
            shelters::delete_import_mapping(ctx.deps()?, ctx.viewer()?, id).await
        };
        let (done, user_errors) = settle(done.await)?;
        Ok(DeleteImportMappingPayload {
            deleted_id: done.map(|id| id.to_string().into()),
            user_errors,
        })
    }
}
