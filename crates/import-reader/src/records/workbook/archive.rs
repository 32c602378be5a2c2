//! Checks the archive that a workbook is, before anything in it is believed.
//!
//! Sizes that an archive states can be wrong, so every part is unpacked once, into nothing, and has to have exactly the
//! stated size. Memory afterwards is bounded by the sizes that were checked here.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::error::WorkbookError;

/// Maximum size of all parts together, unpacked: a sheet of 200,000 rows with forty columns has about 350 MB.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;

/// Maximum size of the table of texts, unpacked. It is kept in memory, where a text takes at most six times its size.
const MOST_TEXTS: u64 = 64 * 1024 * 1024;

/// Maximum number of parts: a workbook has a few for each sheet and picture.
const MOST_PARTS: usize = 5_000;

/// How the entry of a part in the archive's directory begins.
const DIRECTORY_ENTRY: &[u8] = b"PK\x01\x02";

/// Refuses everything but an archive of moderate size with a workbook in it.
pub(super) fn check(bytes: &[u8]) -> Result<(), WorkbookError> {
    let entries = bytes.windows(DIRECTORY_ENTRY.len());
    if MOST_PARTS < entries.filter(|window| *window == DIRECTORY_ENTRY).count() {
        return Err(WorkbookError::TooLargeUnpacked);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| WorkbookError::Damaged)?;
    let sizes = sizes(&mut archive)?;
    if MOST_UNPACKED < sizes.iter().fold(0, |sum: u64, size| sum.saturating_add(*size)) {
        return Err(WorkbookError::TooLargeUnpacked);
    }
    for (index, size) in sizes.into_iter().enumerate() {
        unpack(&mut archive, index, size)?;
    }
    Ok(())
}

/// The stated size of each part. Refuses archives of other kinds by the names of their parts.
fn sizes(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<u64>, WorkbookError> {
    let mut sizes = Vec::with_capacity(archive.len());
    let mut names = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|_| WorkbookError::Damaged)?;
        if part.encrypted() {
            return Err(WorkbookError::Locked);
        }
        sizes.push(part.size());
        names.push(part.name().map_err(|_| WorkbookError::Damaged)?.to_lowercase());
    }
    if names.iter().any(|name| name == "content.xml") {
        return Err(WorkbookError::OpenDocument);
    }
    if !names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Err(WorkbookError::OtherArchive);
    }
    Ok(sizes)
}

/// Unpacks a part into nothing.
fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, size: u64) -> Result<(), WorkbookError> {
    let damaged = |_| WorkbookError::Damaged;
    let part = archive.by_index(index).map_err(|_| WorkbookError::Damaged)?;
    let name = part.name().map_err(|_| WorkbookError::Damaged)?.to_lowercase();
    let mut count = name.ends_with("sharedstrings.xml").then(|| StatedCount::new(size));
    if count.is_some() && MOST_TEXTS < size {
        return Err(WorkbookError::TooLargeUnpacked);
    }
    let mut part = part.take(size.saturating_add(1));
    let mut chunk = vec![0; 64 * 1024];
    let mut unpacked = 0;
    loop {
        let read = part.read(&mut chunk).map_err(damaged)?;
        if read == 0 {
            break;
        }
        unpacked += read as u64;
        if let Some(count) = &mut count {
            count.take(chunk.get(..read).unwrap_or_default())?;
        }
    }
    if unpacked == size {
        Ok(())
    } else {
        Err(WorkbookError::Damaged)
    }
}

/// Watches for the number of texts that a table of texts states. The library reserves memory for as many, so that a
/// false one would end the whole program.
struct StatedCount {
    most: u64,
    matched: usize,
    number: Option<u64>,
}

impl StatedCount {
    const TITLE: &'static [u8] = b"uniqueCount";

    /// A text takes five bytes at least.
    fn new(size: u64) -> Self {
        Self {
            most: size / 5,
            matched: 0,
            number: None,
        }
    }

    /// Refuses a count that cannot be, and texts in which it could be hidden: with zero bytes, as UTF-16 has them.
    fn take(&mut self, bytes: &[u8]) -> Result<(), WorkbookError> {
        for &byte in bytes {
            if byte == 0 {
                return Err(WorkbookError::Damaged);
            }
            self.step(byte);
            if self.number.is_some_and(|number| self.most < number) {
                return Err(WorkbookError::Damaged);
            }
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) {
        if self.matched == Self::TITLE.len() {
            match byte {
                b'0'..=b'9' => {
                    let number = self.number.unwrap_or(0);
                    self.number = Some(number.saturating_mul(10).saturating_add(u64::from(byte - b'0')));
                    return;
                }
                b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+' if self.number.is_none() => return,
                _ => (self.matched, self.number) = (0, None),
            }
        }
        let next = Self::TITLE.get(self.matched);
        self.matched = match next {
            Some(expected) if *expected == byte => self.matched + 1,
            // No part of the title repeats its beginning, except for the first letter.
            _ => usize::from(Self::TITLE.first() == Some(&byte)),
        };
    }
}
