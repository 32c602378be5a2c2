//! What an import changed, so that it can be taken back. It is written in the transaction of the change. Animals that the
//! import made need no row: they are found by their import and the time at which they were made.

use std::collections::HashSet;

use entity::{
    Timestamp,
    id::{ImportId, PetId, ShelterAnimalId, StayId},
    import_change, pet, shelter_animal, stay,
    vocabulary::{PetKind, PetStatus, PlacePrecision},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::{deps::Tx, kernel::Result};

/// Maximum number of rows per statement.
const CHUNK: usize = 64;

/// An animal with everything that an import may change, as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::domain::shelters) struct Former {
    pub(in crate::domain::shelters) animal: shelter_animal::Model,
    pub(in crate::domain::shelters) stays: Vec<stay::Model>,
    /// The latest report.
    pub(in crate::domain::shelters) report: Option<pet::Model>,
}

/// The versions that an import left behind, by which it shows whether somebody changed something since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::domain::shelters) struct Versions {
    pub(in crate::domain::shelters) animal: i32,
    /// In the order of their ids.
    pub(in crate::domain::shelters) stays: Vec<(StayId, i32)>,
    /// The latest report.
    pub(in crate::domain::shelters) report: Option<ReportState>,
}

/// What people say in a report besides what is known of its animal. Its version would not do: that also grows when a place
/// is looked up and when the animal grows older.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::domain::shelters) struct ReportState {
    pub(in crate::domain::shelters) id: PetId,
    kind: PetKind,
    status: PetStatus,
    urgent: bool,
    seen_at: Timestamp,
    reward: Option<i32>,
    private_marks: String,
    address: Option<String>,
    /// The point, if somebody gave one: those that are looked up come later, and say no more than the words.
    #[serde(default)]
    point: Option<String>,
}

/// A change of an animal.
pub(in crate::domain::shelters) struct Changed {
    pub(in crate::domain::shelters) animal_id: ShelterAnimalId,
    /// The import that had listed it last.
    pub(in crate::domain::shelters) former_import_id: Option<ImportId>,
    /// What it was; `None` if the import itself had made it.
    pub(in crate::domain::shelters) before: Option<Former>,
    pub(in crate::domain::shelters) after: Versions,
}

impl Former {
    /// The versions that it had.
    pub(in crate::domain::shelters) fn versions(&self) -> Versions {
        Versions::of(&self.animal, &self.stays, self.report.as_ref())
    }

    /// That stay as it was; `None` if it was not there yet.
    pub(in crate::domain::shelters) fn stay(&self, stay: &stay::Model) -> Option<&stay::Model> {
        self.stays.iter().find(|former| former.id == stay.id)
    }
}

impl Versions {
    pub(in crate::domain::shelters) fn of(
        animal: &shelter_animal::Model,
        stays: &[stay::Model],
        report: Option<&pet::Model>,
    ) -> Self {
        let mut stays: Vec<(StayId, i32)> = stays.iter().map(|stay| (stay.id, stay.version)).collect();
        stays.sort_unstable();
        Self {
            animal: animal.version,
            stays,
            report: report.map(ReportState::of),
        }
    }
}

impl ReportState {
    /// Whether people have said or decided something in it that an import never does.
    pub(in crate::domain::shelters) fn is_marked(&self) -> bool {
        self.status == PetStatus::Matched || self.urgent || self.reward.is_some() || self.private_marks != "[]"
    }

    pub(in crate::domain::shelters) fn of(report: &pet::Model) -> Self {
        Self {
            id: report.id,
            kind: report.kind,
            status: report.status,
            urgent: report.urgent,
            seen_at: report.seen_at,
            reward: report.reward,
            private_marks: report.private_marks.clone(),
            address: report.address.clone(),
            point: report
                .latitude
                .zip(report.longitude)
                .filter(|_| report.precision == PlacePrecision::Point)
                .map(|(latitude, longitude)| format!("{latitude},{longitude}")),
        }
    }
}

/// Records changes. If the import changed an animal before, what that was before the first change stays recorded.
pub(in crate::domain::shelters) async fn record_changes(
    tx: &Tx,
    import: ImportId,
    changed: Vec<Changed>,
) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let known = recorded(tx, import, &changed).await?;
    let mut rows = Vec::with_capacity(changed.len());
    for change in changed {
        let after = serde_json::to_string(&change.after)?;
        if known.contains(&change.animal_id) {
            import_change::Entity::update_many()
                .col_expr(import_change::Column::After, Expr::value(after))
                .col_expr(import_change::Column::RecordedAt, Expr::value(tx.now()))
                .filter(import_change::COLUMN.import_id.eq(import))
                .filter(import_change::COLUMN.animal_id.eq(change.animal_id))
                .exec(tx)
                .await?;
            continue;
        }
        let before = change.before.as_ref().map(serde_json::to_string).transpose()?;
        rows.push(import_change::ActiveModel {
            import_id: Set(import),
            animal_id: Set(change.animal_id),
            former_import_id: Set(change.former_import_id),
            before: Set(before),
            after: Set(after),
            recorded_at: Set(tx.now()),
        });
    }
    for chunk in rows.chunks(CHUNK) {
        import_change::Entity::insert_many(chunk.to_vec())
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn recorded(tx: &Tx, import: ImportId, changed: &[Changed]) -> Result<HashSet<ShelterAnimalId>> {
    let found = import_change::Entity::find()
        .select_only()
        .column(import_change::Column::AnimalId)
        .filter(import_change::COLUMN.import_id.eq(import))
        .filter(
            import_change::COLUMN
                .animal_id
                .is_in(changed.iter().map(|change| change.animal_id)),
        );
    let found: Vec<ShelterAnimalId> = found.into_tuple().all(tx).await?;
    Ok(found.into_iter().collect())
}
