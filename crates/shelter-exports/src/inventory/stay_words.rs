//! The words for intakes, outcomes and stages that `import-reader` understands as what they mean.

use entity::vocabulary::{IntakeKind, PetKind, StayOutcome, StayStage};

/// A word for the kind of intake; empty if nobody said.
pub(super) fn intake(kind: IntakeKind) -> &'static str {
    match kind {
        IntakeKind::Stray => "Stray",
        IntakeKind::OwnerSurrender => "Owner Surrender",
        IntakeKind::OwnerIntendedEuthanasia => "Owner Intended Euthanasia",
        IntakeKind::TransferIn => "Transfer In",
        IntakeKind::Seized => "Seized",
        IntakeKind::Return => "Return",
        IntakeKind::BornInCare => "Born in Care",
        IntakeKind::Other => "Other",
        IntakeKind::Unknown => "",
    }
}

/// A word for the outcome. For an unknown one it is the date of the outcome that tells that the stay is over.
pub(super) fn outcome(outcome: StayOutcome) -> &'static str {
    match outcome {
        StayOutcome::Adopted => "Adoption",
        StayOutcome::ReturnedToOwner => "Return to Owner",
        StayOutcome::Transferred => "Transfer Out",
        StayOutcome::Released => "Returned to Field",
        StayOutcome::LostInCare => "Lost in Care",
        StayOutcome::Died => "Died",
        StayOutcome::Euthanized => "Euthanasia",
        StayOutcome::OwnerIntendedEuthanasia => "Owner Intended Euthanasia",
        StayOutcome::Other => "Other (Closed)",
        // Stays that never were are in no inventory.
        StayOutcome::Unknown | StayOutcome::Undone => "Unknown",
    }
}

/// A word for what is done with an animal that is there.
pub(super) fn stage(stage: StayStage) -> &'static str {
    match stage {
        StayStage::Intake => "In Shelter",
        StayStage::Hold => "Hold",
        StayStage::Treatment => "In Care (Treatment)",
        StayStage::Foster => "In Foster",
        StayStage::Adoptable => "Adoptable",
    }
}

/// A word for an animal that is not there and never was; empty for kinds of reports that an animal with a stay has.
pub(super) fn report(kind: PetKind) -> &'static str {
    match kind {
        PetKind::Lost => "Lost",
        PetKind::Found => "Found",
        PetKind::Sighted | PetKind::Sheltered => "",
    }
}
