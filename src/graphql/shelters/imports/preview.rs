//! What an import would make of a file.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use import_reader::{ColumnMeaning, ImportedAnimal, OpenDates};

use super::{
    import::{ImportError, ImportWarning},
    meaning::{ColumnMappingInput, ImportMeaning, mapping},
};
use crate::{
    domain::{pets, shelters},
    graphql::{
        context::ContextExt,
        error::{UserError, input_id, settle},
        scalars::{Date, DateTime},
        vocabulary::{
            AgeGroup, Altered, CoatPattern, Color, DateOrder, IntakeKind, PetKind, PetSize, PetStatus, Sex, Species,
            StayOutcome, StayStage,
        },
    },
    kernel::Result,
};

/// Maximum length of a description in a preview, in characters.
const LONGEST_DESCRIPTION: usize = 200;

/// A file of animals to look at before it is imported: CSV, JSON or an XLSX workbook. Give data or uploadId.
#[derive(InputObject)]
pub struct PreviewImportInput {
    /// Whose animals.
    shelter_id: ID,
    /// The file itself, at most 900,000 bytes.
    data: Option<String>,
    /// A file that was uploaded with purpose IMPORT; it stays, to be imported.
    upload_id: Option<ID>,
    /// How the file writes dates that end with the year, if the preview has asked.
    date_order: Option<DateOrder>,
    /// What columns mean, where the titles do not tell it or tell something else; at most 500. It counts before what was
    /// saved for files with the same titles.
    columns: Option<Vec<ColumnMappingInput>>,
}

impl PreviewImportInput {
    fn input(self) -> Result<shelters::PreviewImport> {
        let Self {
            shelter_id,
            data,
            upload_id,
            date_order,
            columns,
        } = self;
        Ok(shelters::PreviewImport {
            shelter_id: input_id("shelterId", &shelter_id)?,
            data,
            upload_id: upload_id.map(|id| input_id("uploadId", &id)).transpose()?,
            date_order: date_order.map(Into::into),
            columns: mapping(columns),
        })
    }
}

/// What an import would make of a file.
#[derive(SimpleObject)]
pub struct ImportPreview {
    /// Which system wrote the file, recognised by its header.
    format: String,
    /// All columns of the file, in order.
    columns: Vec<PreviewColumn>,
    /// The first animals that would be added or changed, at most ten; none if the file cannot be read as it is, which is
    /// among the errors.
    animals: Vec<PreviewAnimal>,
    /// What is wrong with the first rows, at most ten; row 0 stands for the file as a whole.
    errors: Vec<ImportError>,
    /// What is left out of the first rows, or changed, at most ten.
    warnings: Vec<ImportWarning>,
    /// Dates whose day and month nothing in the file tells apart: ask once which reading is right, and give dateOrder.
    /// Until then the preview leaves such dates out. Null if there are none.
    date_order_question: Option<DateOrderQuestion>,
}

/// A column of a file.
#[derive(SimpleObject)]
pub struct PreviewColumn {
    /// Its title.
    title: String,
    /// What it is taken for, and what a mapping may give; null if it is not read.
    meaning: Option<ImportMeaning>,
    /// Whether its title says that it is about people, or for the staff alone: nothing of it is shown.
    private: bool,
    /// At most three different values from the first rows, cut to 80 characters; none of private columns.
    samples: Vec<String>,
}

/// A date that can be read in two ways.
#[derive(SimpleObject)]
pub struct DateOrderQuestion {
    /// Title of the column.
    column: String,
    /// A date as it stands there, such as `03/04/2026`.
    example: String,
    /// The day that it is with DAY_FIRST.
    day_first: Date,
    /// The day that it is with MONTH_FIRST.
    month_first: Date,
}

/// An animal as an import would understand it.
#[derive(SimpleObject)]
pub struct PreviewAnimal {
    /// The shelter's own id; made up of what the row says if the file has none.
    external_id: String,
    /// In care, lost or found.
    kind: PetKind,
    /// Open, or how its report would be closed.
    status: PetStatus,
    /// What kind of animal.
    species: Species,
    /// Its name; null when the file does not say.
    name: Option<String>,
    /// Its breed for people, such as `Beagle / Boxer mix`.
    breed: String,
    /// Sex.
    sex: Sex,
    /// Whether it is spayed or neutered.
    altered: Altered,
    /// Size.
    size: PetSize,
    /// Age.
    age_group: AgeGroup,
    /// Base colours; empty when they are not known.
    colors: Vec<Color>,
    /// Pattern of the coat.
    pattern: CoatPattern,
    /// Whether it has a microchip; null when that is not known.
    microchipped: Option<bool>,
    /// When it was taken in, found or lost; null when the file does not say, or asks for the order of its dates.
    intake_at: Option<DateTime>,
    /// Why it was taken in.
    intake_kind: IntakeKind,
    /// How it left; null while it is in care.
    outcome: Option<StayOutcome>,
    /// What is done with it; null when the file does not say.
    stage: Option<StayStage>,
    /// Where it was found, in the words of the file.
    found_place: Option<String>,
    /// What the public would be told of it, cut to 200 characters.
    description: Option<String>,
}

/// Answer of previewImport.
#[derive(SimpleObject)]
pub struct PreviewImportPayload {
    /// The preview.
    preview: Option<ImportPreview>,
    /// What to correct; empty when it is done.
    user_errors: Vec<UserError>,
}

/// The mutation that shows what an import would make of a file.
#[derive(Default)]
pub struct PreviewMutation;

#[Object]
impl PreviewMutation {
    /// Shows how the columns of a file are understood, and its first animals; nothing is written. For ADMIN and STAFF of
    /// the shelter and its keys with imports:write, whether the shelter is verified or not. At most 60 an hour for one
    /// shelter.
    async fn preview_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file, and how to read it.")] input: PreviewImportInput,
    ) -> async_graphql::Result<PreviewImportPayload> {
        let done = async { shelters::preview_import(ctx.deps()?, ctx.viewer()?, input.input()?).await };
        let (preview, user_errors) = settle(done.await)?;
        Ok(PreviewImportPayload {
            preview: preview.map(ImportPreview::from),
            user_errors,
        })
    }
}

impl From<shelters::ImportPreview> for ImportPreview {
    fn from(preview: shelters::ImportPreview) -> Self {
        Self {
            format: preview.format.to_owned(),
            columns: preview.columns.into_iter().map(PreviewColumn::from).collect(),
            animals: preview.animals.into_iter().map(PreviewAnimal::from).collect(),
            errors: preview.errors.into_iter().map(ImportError::from).collect(),
            warnings: preview.warnings.into_iter().map(ImportWarning::from).collect(),
            date_order_question: preview.open_dates.map(DateOrderQuestion::from),
        }
    }
}

impl From<ColumnMeaning> for PreviewColumn {
    fn from(column: ColumnMeaning) -> Self {
        Self {
            title: column.title,
            meaning: column.meaning.map(Into::into),
            private: column.private,
            samples: column.samples,
        }
    }
}

impl From<OpenDates> for DateOrderQuestion {
    fn from(dates: OpenDates) -> Self {
        Self {
            column: dates.column,
            example: dates.example,
            day_first: Date(dates.day_first.to_string()),
            month_first: Date(dates.month_first.to_string()),
        }
    }
}

impl From<ImportedAnimal> for PreviewAnimal {
    fn from(animal: ImportedAnimal) -> Self {
        let breeds = (animal.breed.primary.as_deref(), animal.breed.secondary.as_deref());
        let description = animal.description.as_deref();
        Self {
            breed: pets::label_of_breed(breeds, animal.breed.mixed, animal.breed_raw.as_deref()),
            description: description.map(|text| text.chars().take(LONGEST_DESCRIPTION).collect()),
            external_id: animal.external_id,
            kind: animal.kind.into(),
            status: animal.status.into(),
            species: animal.species.into(),
            name: animal.name,
            sex: animal.sex.into(),
            altered: animal.altered.into(),
            size: animal.size.into(),
            age_group: animal.age_group.into(),
            colors: animal.colors.colors().into_iter().map(Into::into).collect(),
            pattern: animal.pattern.into(),
            microchipped: animal.microchipped,
            intake_at: animal.dated.then_some(animal.seen_at.into()),
            intake_kind: animal.intake_kind.into(),
            outcome: animal.outcome.map(Into::into),
            stage: animal.stage.map(Into::into),
            found_place: animal.found_place.or(animal.postal_code),
        }
    }
}
