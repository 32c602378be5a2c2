//! The part of a stream that is being looked at.

use std::io::{self, Read};

/// How many bytes are read at a time, at least.
const CHUNK: usize = 32 * 1024;

/// Bytes that were read and are not used yet.
pub(super) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            buffer: Vec::new(),
            start: 0,
            ended: false,
        }
    }

    /// What is here.
    pub(super) fn rest(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Whether nothing follows what is here.
    pub(super) fn is_last(&self) -> bool {
        self.ended
    }

    /// Lets go of the first bytes.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.start = self.start.saturating_add(bytes).min(self.buffer.len());
    }

    /// Reads more: as much again as is here, so that a long record is not looked through once per small chunk.
    pub(super) fn fill(&mut self) -> io::Result<()> {
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

    /// The first bytes, read if need be; empty at the end.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        if self.rest().is_empty() && !self.ended {
            self.fill()?;
        }
        Ok(self.rest())
    }
}
