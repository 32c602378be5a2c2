//! The last pass over a file: a separate thread that delivers batches and pauses while a few of them are unused.

use std::io::Read;

use tokio::sync::mpsc;

use import_reader::{Calendar, FileError, ImportReader, Mapping, Row};

/// Maximum number of rows in a file: keeps the memory for a file's survey below 10 MB.
pub(super) const MOST_ROWS: u32 = 200_000;
/// Maximum rows per batch. On SQLite all other writers wait for at least one: 256 rows took 75 ms, and the messages that
/// people wrote meanwhile up to 240.
pub(super) const BATCH_ROWS: usize = 128;
/// Number of batches that are read before they are asked for.
const READ_AHEAD: usize = 4;
/// A batch also ends when the texts of its rows exceed this many bytes.
const BATCH_BYTES: usize = 2 * 1024 * 1024;

/// Batches of rows in the order of the file.
pub(super) struct Batches {
    receiver: mpsc::Receiver<Result<Vec<Row>, FileError>>,
    fault: Option<FileError>,
}

impl Batches {
    /// The next batch, or why the file cannot be read any further; `None` at its end.
    pub(super) async fn next(&mut self) -> Option<Result<Vec<Row>, FileError>> {
        match self.fault.take() {
            Some(fault) => Some(Err(fault)),
            None => self.receiver.recv().await,
        }
    }

    /// The next rows if they have been read already: two batches at once where nobody waits, which cost fewer statements.
    pub(super) fn next_ready(&mut self) -> Option<Vec<Row>> {
        let mut rows = self.batch_ready()?;
        rows.extend(self.batch_ready().unwrap_or_default());
        Some(rows)
    }

    fn batch_ready(&mut self) -> Option<Vec<Row>> {
        let next = self.receiver.try_recv().ok()?;
        next.map_err(|fault| self.fault = Some(fault)).ok()
    }
}

/// The rows after the first `skipped` ones. The thread ends with the file, or when nobody receives any more.
pub(super) fn batches(file: Box<dyn Read + Send>, (calendar, mapping): (Calendar, Mapping), skipped: usize) -> Batches {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    tokio::task::spawn_blocking(move || {
        let hand_over = |batch| sender.blocking_send(batch).is_ok();
        let opened = ImportReader::open_mapped(file, calendar, &mapping);
        if let Err(error) = opened.and_then(|reader| read(reader, skipped, &hand_over)) {
            hand_over(Err(error));
        }
    });
    Batches { receiver, fault: None }
}

fn read(
    mut reader: ImportReader<Box<dyn Read + Send>>,
    skipped: usize,
    hand_over: &impl Fn(Result<Vec<Row>, FileError>) -> bool,
) -> Result<(), FileError> {
    let mut rows = reader.by_ref().skip(skipped);
    loop {
        let batch = batch(&mut rows);
        if batch.is_empty() {
            break;
        }
        if !hand_over(Ok(batch)) {
            return Ok(());
        }
    }
    reader.finish().map(drop)
}

fn batch(rows: &mut impl Iterator<Item = Row>) -> Vec<Row> {
    let (mut batch, mut bytes) = (Vec::with_capacity(BATCH_ROWS), 0);
    while batch.len() < BATCH_ROWS && bytes < BATCH_BYTES {
        let Some(row) = rows.next() else { break };
        bytes += weight(&row);
        batch.push(row);
    }
    batch
}

/// Size of the texts in a row that may be long.
fn weight(row: &Row) -> usize {
    let Ok(animal) = &row.result else { return 0 };
    let texts = [
        &animal.description,
        &animal.markings,
        &animal.found_place,
        &animal.breed_raw,
        &animal.color_raw,
    ];
    let photos = animal.photo_urls.iter().map(String::len).sum::<usize>();
    texts.into_iter().flatten().map(String::len).sum::<usize>() + photos
}
