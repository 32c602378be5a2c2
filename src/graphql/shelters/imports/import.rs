//! Imports and what is wrong with their rows.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    id::{ImportId, ShelterId},
    import, import_error, import_warning,
};
use import_reader::{CellError, RowWarning};

use super::{
    meaning::ColumnMapping,
    photos::{ImportPhotoFailure, ImportPhotos},
};
use crate::{
    count,
    domain::shelters::{self, ColumnSummary, Faults},
    graphql::{
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        node::visible,
        scalars::{DateTime, URL},
        shelters::Shelter,
        vocabulary::{ImportMode, ImportState},
    },
    kernel::{Result, page::Page},
};

/// One file of animals on its way into the tables. Those who may import for the shelter see it.
pub struct Import(pub import::Model);

impl Import {
    async fn report_url(&self, ctx: &Context<'_>, faults: Faults) -> Result<Option<URL>> {
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let sees = actor.may_see_imports(self.0.shelter_id);
        Ok(sees.then(|| URL(shelters::import_report_url(deps, &self.0, faults))))
    }

    /// The import with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<ImportId>() else {
            return Ok(None);
        };
        let (deps, viewer) = (ctx.deps()?, ctx.viewer()?);
        let found = shelters::find_import(deps.db.read(), viewer, id, deps.clock.now()).await;
        Ok(visible(found)?.map(Self))
    }
}

/// The imports of a shelter; none for those who may not see them.
pub async fn import_connection(
    ctx: &Context<'_>,
    shelter: ShelterId,
    page: Page,
) -> Result<Option<Connection<Import>>> {
    let deps = ctx.deps()?;
    let actor = &ctx.loaders()?.actor(deps).await?;
    let Some(slice) = shelters::imports_of(deps.db.read(), actor, shelter, &page).await? else {
        return Ok(None);
    };
    let total = count!(deps, actor; shelters::count_imports(deps.db.read(), &actor, shelter));
    Ok(Some(connection(slice.map(Import), total)))
}

/// One file of animals on its way into the tables. Those who may import for the shelter see it.
#[Object]
impl Import {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose animals.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.shelter_id).await?)
    }

    /// Which system wrote the file, recognised by its header; empty until it was read.
    async fn format(&self) -> &str {
        &self.0.format
    }

    /// What becomes of animals that the file does not name.
    async fn mode(&self) -> ImportMode {
        self.0.mode.into()
    }

    /// Where it stands.
    async fn state(&self) -> ImportState {
        self.0.state.into()
    }

    /// Whether it only tries: rows are read, compared and counted, and nothing is written.
    async fn dry_run(&self) -> bool {
        self.0.dry_run
    }

    /// Rows of the file, without those that only say more of an animal above; 0 until they were counted, which comes first.
    async fn total(&self) -> i32 {
        self.0.total
    }

    /// Rows that are done: created, updated, unchanged or failed.
    async fn processed(&self) -> i32 {
        self.0.processed
    }

    /// Rows of animals that were new.
    async fn created(&self) -> i32 {
        self.0.created
    }

    /// Rows that said something else than before.
    async fn updated(&self) -> i32 {
        self.0.updated
    }

    /// Rows that said nothing new, or told of an earlier stay than another one; see earlierStays.
    async fn unchanged(&self) -> i32 {
        self.0.unchanged
    }

    /// Rows that told of a stay before the present one; they are counted as unchanged too.
    async fn earlier_stays(&self) -> i32 {
        self.0.earlier_stays
    }

    /// Rows that could not be read; see errors.
    async fn failed(&self) -> i32 {
        self.0.failed
    }

    /// Rows that were read, but of which something was left out or changed; see warnings.
    async fn warned(&self) -> i32 {
        self.0.warned
    }

    /// Titles of the columns of the file that are not read or not kept, because no meaning is known for them or they are private.
    async fn ignored_columns(&self) -> async_graphql::Result<Vec<String>> {
        Ok(shelters::ignored_columns(&self.0)?)
    }

    /// What the shelter said of the columns of the file, with the import or before of files with the same titles.
    async fn mapping(&self) -> async_graphql::Result<Vec<ColumnMapping>> {
        let mapping = shelters::mapping_of(&self.0)?;
        Ok(mapping.columns().iter().map(ColumnMapping::from).collect())
    }

    /// Animals that a SNAPSHOT closed, because the file does not name them.
    async fn closed(&self) -> i32 {
        self.0.closed
    }

    /// Rows a second, on average since the first one; null unless it is running, and in its first second.
    async fn rate(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<f64>> {
        nullable(async { Ok(shelters::import_rate(&self.0, ctx.deps()?.clock.now())) }).await
    }

    /// Seconds until its last row is done, if it goes on as fast as until now; null when that is not known.
    async fn remaining_seconds(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<i32>> {
        nullable(async { Ok(shelters::remaining_seconds(&self.0, ctx.deps()?.clock.now())) }).await
    }

    /// What became of the columns: first those that are ignored, then those with values that were changed or left out, in
    /// the order of the file; at most 200. The values are those of the warnings.
    async fn summary(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ImportColumn>> {
        let columns = shelters::import_summary(ctx.deps()?.db.read(), &self.0).await?;
        Ok(columns.into_iter().map(ImportColumn::from).collect())
    }

    /// All errors as a CSV file with row, column, value, reason and remedy. Whoever has the address can fetch it, for an
    /// hour; null for those who may not see the import.
    async fn errors_url(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<URL>> {
        nullable(self.report_url(ctx, Faults::Errors)).await
    }

    /// All warnings as a CSV file, like errorsUrl.
    async fn warnings_url(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<URL>> {
        nullable(self.report_url(ctx, Faults::Warnings)).await
    }

    /// Number of its last change, from 1; give it to importProgress to go on from there.
    async fn revision(&self) -> i32 {
        i32::try_from(self.0.revision).unwrap_or(i32::MAX)
    }

    /// What is wrong, in the order of the file: at most 10,000 entries, then one that says that there are more.
    async fn errors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<ImportError>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id) = (ctx.deps()?, self.0.id);
        let slice = shelters::errors_of(deps.db.read(), &self.0, &page).await?;
        let total = count!(deps; shelters::count_errors(deps.db.read(), id));
        Ok(connection(slice.map(ImportError::from), total))
    }

    /// What was left out of the animals, or changed, in the order of the file: at most 10,000 entries, then one that says
    /// that there are more.
    async fn warnings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<ImportWarning>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id) = (ctx.deps()?, self.0.id);
        let slice = shelters::warnings_of(deps.db.read(), &self.0, &page).await?;
        let total = count!(deps; shelters::count_warnings(deps.db.read(), id));
        Ok(connection(slice.map(ImportWarning::from), total))
    }

    /// What became of the photos whose addresses it has read.
    async fn photos(&self, ctx: &Context<'_>) -> async_graphql::Result<ImportPhotos> {
        let counts = shelters::photo_counts(ctx.deps()?.db.read(), self.0.id).await?;
        Ok(counts.into())
    }

    /// The photos that were left out, those of one report together.
    async fn photo_failures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 0 to 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> async_graphql::Result<Connection<ImportPhotoFailure>> {
        let page = Page::new(first, after, last, before)?;
        let (deps, id) = (ctx.deps()?, self.0.id);
        let slice = shelters::photo_failures_of(deps.db.read(), id, &page).await?;
        let total = count!(deps; shelters::count_photo_failures(deps.db.read(), id));
        Ok(connection(slice.map(ImportPhotoFailure), total))
    }

    /// When it was queued.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When its first rows were done; null until then.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime::from)
    }

    /// When it ended; null until then.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime::from)
    }

    /// Animals that were taken back, so far: those that it added are gone, those that it changed are as before.
    async fn undone(&self) -> i32 {
        self.0.undone
    }

    /// Animals that were to be taken back and stayed as they are, because they had changed since.
    async fn left_changed(&self) -> i32 {
        self.0.left_changed
    }

    /// When all of it had been taken back; null until then.
    async fn undone_at(&self) -> Option<DateTime> {
        self.0.undone_at.map(DateTime::from)
    }
}

/// What became of a column of a file.
#[derive(SimpleObject)]
pub struct ImportColumn {
    /// Its title; null for what concerns rows as a whole.
    column: Option<String>,
    /// Whether it is not read or not kept, because no meaning is known for it or it is private.
    ignored: bool,
    /// How many of its values were changed or left out; of a file with more than 10,000 warnings, those of the first ones.
    changed: i32,
    /// Up to three of these values, each cut to 200 characters.
    samples: Vec<String>,
}

impl From<ColumnSummary> for ImportColumn {
    fn from(summary: ColumnSummary) -> Self {
        let ColumnSummary {
            column,
            is_ignored,
            changed,
            samples,
        } = summary;
        Self {
            column,
            ignored: is_ignored,
            changed: i32::try_from(changed).unwrap_or(i32::MAX),
            samples,
        }
    }
}

/// Something wrong with a row, or with the file.
#[derive(SimpleObject)]
pub struct ImportError {
    /// Line of the file where the row begins; the header is line 1, and 0 stands for the file as a whole.
    row: i32,
    /// Title of the column; null when the row as a whole is wrong.
    column: Option<String>,
    /// What stands there, cut to 200 characters.
    value: Option<String>,
    /// What is wrong and what to do.
    reason: String,
    /// What to do, where the reason tells it apart: "write it as 2019-03-25".
    remedy: Option<String>,
}

impl From<import_error::Model> for ImportError {
    fn from(row: import_error::Model) -> Self {
        Self {
            row: row.row,
            column: row.column_name,
            value: row.value,
            remedy: shelters::remedy(&row.reason).map(str::to_owned),
            reason: row.reason,
        }
    }
}

/// A value of a row that was left out or changed, though the row was read.
#[derive(SimpleObject)]
pub struct ImportWarning {
    /// Line of the file where the row begins; the header is line 1.
    row: i32,
    /// Title of the column.
    column: String,
    /// What stands there, cut to 200 characters.
    value: String,
    /// What became of it, and why.
    message: String,
    /// What to do, where the message tells it apart.
    remedy: Option<String>,
}

impl From<import_warning::Model> for ImportWarning {
    fn from(row: import_warning::Model) -> Self {
        Self {
            row: row.row,
            column: row.column_name,
            value: row.value,
            remedy: shelters::remedy(&row.message).map(str::to_owned),
            message: row.message,
        }
    }
}

/// A fault of a row on that line, which is written nowhere.
impl From<(u32, CellError)> for ImportError {
    fn from((line, fault): (u32, CellError)) -> Self {
        Self {
            row: i32::try_from(line).unwrap_or(i32::MAX),
            column: fault.column,
            value: fault.value,
            remedy: shelters::remedy(&fault.reason).map(str::to_owned),
            reason: fault.reason,
        }
    }
}

/// A warning of a row on that line, which is written nowhere.
impl From<(u32, RowWarning)> for ImportWarning {
    fn from((line, warning): (u32, RowWarning)) -> Self {
        Self {
            row: i32::try_from(line).unwrap_or(i32::MAX),
            column: warning.column,
            value: warning.value,
            remedy: shelters::remedy(&warning.message).map(str::to_owned),
            message: warning.message,
        }
    }
}
