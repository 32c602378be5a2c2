//! Shows what an import would make of a file, without writing anything.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use entity::{
    id::{ShelterId, UploadId},
    vocabulary::DateOrder,
};
use import_reader::{
    CellError, Circumstances, ColumnMeaning, FirstLook, ImportedAnimal, Keeping, Mapping, OpenDates, RowWarning,
    zone::Zone,
};

use super::{
    file::ImportFile,
    mappings::{Resolved, resolve},
};
use crate::{
    deps::{Deps, HOUR, Limit},
    domain::{custody::time_zone, shelters::access},
    kernel::{Error, Result, Viewer},
};

/// Maximum number of previews per shelter and hour. Each reads its whole file once.
pub(in crate::domain::shelters) const PREVIEWS: Limit =
    Limit::new("preview-import", 60, "previews of imports", HOUR).of("for one shelter");
/// Maximum number of animals, errors and warnings in a preview.
const SHOWN: usize = 10;
/// How long a file may be read. A file of 200 MB takes a few seconds.
const LONGEST: Duration = Duration::from_secs(20);

/// Input for a preview.
pub struct PreviewImport {
    /// The shelter whose animals they are.
    pub shelter_id: ShelterId,
    /// Content of the file; alternative to `upload_id`.
    pub data: Option<String>,
    /// A file uploaded for an import; alternative to `data`.
    pub upload_id: Option<UploadId>,
    /// Order of day and month in dates that end with the year; `None` to detect it from the file.
    pub date_order: Option<DateOrder>,
    /// What the shelter says of the columns.
    pub columns: Mapping,
}

/// What an import would make of a file.
#[derive(Debug)]
pub struct ImportPreview {
    /// The vendor or data portal, or "Generic CSV" and the like.
    pub format: &'static str,
    /// All columns in order.
    pub columns: Vec<ColumnMeaning>,
    /// The first animals that would be added.
    pub animals: Vec<ImportedAnimal>,
    /// What is wrong with the first rows, with their lines; line 0 for the file as a whole.
    pub errors: Vec<(u32, CellError)>,
    /// What is left out of the first rows, or changed, with their lines.
    pub warnings: Vec<(u32, RowWarning)>,
    /// Dates whose order has to be asked for.
    pub open_dates: Option<OpenDates>,
}

/// Reads a file as an import would, and shows its columns and first animals.
pub async fn preview_import(deps: &Deps, viewer: &Viewer, input: PreviewImport) -> Result<ImportPreview> {
    let PreviewImport {
        shelter_id,
        data,
        upload_id,
        date_order,
        columns,
    } = input;
    let shelter = access::importing(deps.db.read(), viewer, shelter_id).await?;
    deps.limit(&PREVIEWS, shelter_id).await?;
    let file = ImportFile::given(deps, viewer, data, upload_id).await?;
    let Resolved { mapping, .. } = resolve(deps, shelter_id, &file, columns).await?;
    let circumstances = Circumstances {
        today: deps.clock.now(),
        zone: time_zone(&shelter).unwrap_or(Zone::UTC),
        country: shelter.country.clone(),
        order: date_order,
    };
    let stop = StopReading::default();
    let readers = (
        stop.stoppable(file.open(deps).await?),
        stop.stoppable(file.open(deps).await?),
    );
    let work = tokio::task::spawn_blocking(move || FirstLook::of(readers, &circumstances, &mapping, SHOWN));
    let Ok(looked) = tokio::time::timeout(LONGEST, work).await else {
        let message = "this file takes too long to be previewed: import it with dryRun";
        return Err(Error::NotNow(message.into()));
    };
    let look = looked.map_err(Error::internal)?;
    look.map(shown).map_err(|error| file.refused(error))
}

fn shown(look: FirstLook) -> ImportPreview {
    let FirstLook {
        format,
        columns,
        refused,
        open_dates,
        rows,
    } = look;
    let mut preview = ImportPreview {
        format,
        columns,
        animals: Vec::new(),
        errors: Vec::new(),
        warnings: Vec::new(),
        open_dates,
    };
    preview.errors.extend(refused.map(|reason| {
        let fault = CellError {
            column: None,
            value: None,
            reason: reason.to_string(),
        };
        (0, fault)
    }));
    for row in rows {
        let warnings = row.warnings.into_iter().map(|warning| (row.line, warning));
        preview.warnings.extend(warnings);
        match row.result {
            Ok(animal) => preview
                .animals
                .extend((animal.keeping == Keeping::Shelter).then_some(animal)),
            Err(faults) => preview.errors.extend(faults.into_iter().map(|fault| (row.line, fault))),
        }
    }
    preview.errors.truncate(SHOWN);
    preview.warnings.truncate(SHOWN);
    preview
}

/// Ends the reading of a file when it is dropped: a thread cannot be stopped from outside, and nobody waits for it any
/// more once the request is over.
#[derive(Default)]
struct StopReading(Arc<AtomicBool>);

struct Stoppable {
    file: Box<dyn Read + Send>,
    stopped: Arc<AtomicBool>,
}

impl StopReading {
    fn stoppable(&self, file: Box<dyn Read + Send>) -> Stoppable {
        let stopped = Arc::clone(&self.0);
        Stoppable { file, stopped }
    }
}

impl Drop for StopReading {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Read for Stoppable {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(io::Error::other("nobody waits for this file any more"));
        }
        self.file.read(buffer)
    }
}
