//! A buffer over the part of a stream that is being examined.

use std::io::{self, Read};

/// Minimum number of bytes read at a time.
const CHUNK: usize = 32 * 1024;

/// Bytes that were read but not consumed.
pub(crate) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            start: 0,
            ended: false,
        }
    }

    /// The bytes in the buffer.
    pub(crate) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Whether the stream ends with the buffer.
    pub(crate) fn is_last(&self) -> bool {
        self.ended
    }

    /// Removes the first bytes.
    pub(crate) fn consume(&mut self, bytes: usize) {
        self.start = self.start.saturating_add(bytes).min(self.buffer.len());
    }

    /// Reads more, doubling the buffer, so that a long record is not scanned again for each small chunk.
    pub(crate) fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let known = self.buffer.len();
        let wanted = CHUNK.max(known);
        (&mut self.inner)
            .take(u64::try_from(wanted).unwrap_or(u64::MAX))
            .read_to_end(&mut self.buffer)?;
        self.ended = self.buffer.len() - known < wanted;
        Ok(())
    }

    /// The bytes in the buffer, read if necessary; empty at the end of the stream.
    pub(crate) fn peek(&mut self) -> io::Result<&[u8]> {
        if self.rest().is_empty() && !self.ended {
            self.fill()?;
        }
        Ok(self.rest())
    }
}
