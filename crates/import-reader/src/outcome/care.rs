//! Who has the animal, why it came, and what is done with it while it is in care.

use entity::{
    Timestamp,
    vocabulary::{Altered, IntakeKind, PetKind, StayStage},
};

use pet_vocabulary::parse_altered;

use super::{Cells, said::Said};
use crate::{
    RowWarning,
    aspects::says_nothing,
    formats::{Column, Meaning},
    text::beginning,
};

const TO_BE_PUT_TO_SLEEP: Meaning = Meaning::Came(IntakeKind::OwnerIntendedEuthanasia);

impl Cells<'_> {
    /// Kind of report: whoever has the animal decides, then what the record is called.
    pub(crate) fn kind(self) -> PetKind {
        let columns = [
            Column::Custody,
            Column::RecordType,
            Column::Kennel,
            Column::Status,
            Column::Outcome,
            Column::IntakeSubtype,
        ];
        let mut told = columns.into_iter().flat_map(|column| self.meanings(column));
        let kind = told.find_map(|meaning| match meaning {
            Meaning::Reported(kind, _) => Some(kind),
            _ => None,
        });
        kind.unwrap_or(PetKind::Sheltered)
    }

    /// Why it was taken in, as far as the first understood word says. What is called found and is in care was a stray.
    pub(crate) fn intake_kind(self) -> IntakeKind {
        let told = [Column::IntakeType, Column::IntakeSubtype, Column::RecordType]
            .into_iter()
            .flat_map(|column| self.meanings(column));
        let told: Vec<Meaning> = told.collect();
        if self.kind() != PetKind::Sheltered {
            return IntakeKind::Unknown;
        }
        // Whatever else is said, an animal that was brought to be put to sleep came for that.
        if told.contains(&TO_BE_PUT_TO_SLEEP) {
            return IntakeKind::OwnerIntendedEuthanasia;
        }
        let kind = told.into_iter().find_map(|meaning| match meaning {
            Meaning::Came(kind) => Some(kind),
            Meaning::Reported(PetKind::Found, _) => Some(IntakeKind::Stray),
            _ => None,
        });
        match kind {
            None if self.says(Column::TransferIn, Altered::Yes) => IntakeKind::TransferIn,
            kind => kind.unwrap_or(IntakeKind::Unknown),
        }
    }

    /// Warns about a kind of intake that is not understood.
    pub(crate) fn note_intake(self, warnings: &mut Vec<RowWarning>) {
        let told = self.said.iter().filter(|said| said.column == Column::IntakeType);
        // Some columns only ask whether it was found.
        let says_more = |said: &&Said<'_>| !says_nothing(said.word) && parse_altered(said.word) == Altered::Unknown;
        if !self.header.format.verbatim
            && told.clone().all(|said| said.meaning.is_none())
            && let Some(said) = told.clone().find(says_more)
        {
            let message = "this kind of intake is not understood: only the words were kept";
            warnings.push(self.warning(Column::IntakeType, said.word, message));
        }
    }

    /// The end of its hold, if it is a date that can be read.
    pub(crate) fn hold_until(self) -> Option<Timestamp> {
        let date = self.value(Column::HoldUntil)?;
        self.calendar.parse(Column::HoldUntil, date, None).ok().flatten()
    }

    /// Where it is kept, cut to 100 characters: building, room and cage, or the last one of a history.
    pub(crate) fn kennel(self) -> Option<String> {
        let is_place = |said: &&Said<'_>| !matches!(said.meaning, Some(Meaning::Reported(..)));
        let places = self
            .said
            .iter()
            .filter(|said| said.column == Column::Kennel)
            .filter(is_place);
        let places = places.map(|said| match self.header.format.kennel_history {
            true => said
                .word
                .rsplit([';', '|', ','])
                .map(str::trim)
                .find(|place| !place.is_empty()),
            false => Some(said.word),
        });
        let mut kept: Vec<&str> = Vec::new();
        for place in places.flatten() {
            if !kept.contains(&place) {
                kept.push(place);
            }
        }
        let kennel = kept.join(", ");
        (!kennel.is_empty()).then(|| beginning(&kennel, 100).to_owned())
    }

    /// Where it is kept or was kept last, by the column that says nothing else, cut to 100 characters.
    pub(crate) fn kennel_name(self) -> Option<String> {
        self.value(Column::KennelName)
            .map(|name| beginning(name, 100).to_owned())
    }

    /// What is done with it. An animal whose hold has not ended is held, if nothing else is said.
    pub(super) fn stage(self) -> Option<StayStage> {
        if self.says(Column::InFoster, Altered::Yes) {
            return Some(StayStage::Foster);
        }
        let movement = self.departure().and_then(|said| said.meaning);
        let columns = [Column::Kennel, Column::Status, Column::RecordType].into_iter();
        let mut told = movement
            .into_iter()
            .chain(columns.flat_map(|column| self.meanings(column)));
        let stage = told.find_map(|meaning| match meaning {
            Meaning::Stays(stage) => stage,
            _ => None,
        });
        let trial = self.says(Column::Trial, Altered::Yes).then_some(StayStage::Foster);
        let held = || {
            self.hold_until()
                .filter(|end| self.calendar.today < *end)
                .map(|_| StayStage::Hold)
        };
        stage.or(trial).or_else(held)
    }
}
