//! Converts a file to UTF-8 while streaming.
//!
//! A byte order mark decides; without one, UTF-16 is detected by its zero bytes, and everything else is read as UTF-8
//! in which every invalid byte is taken for Windows-1252. That reads pure files of both kinds correctly.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Number of bytes read at a time.
const CHUNK: usize = 32 * 1024;

/// Number of bytes that tell what kind of file it is.
const FIRST_BYTES: u64 = 8;

/// A reader whose output is valid UTF-8 without a byte order mark, once it has been read to the end.
pub(crate) struct Utf8Reader<R> {
    inner: R,
    kind: Option<Kind>,
    /// Bytes read but not yet decoded; at most a chunk and an incomplete character.
    raw: Vec<u8>,
    decoded: Vec<u8>,
    position: usize,
    ended: bool,
}

enum Kind {
    /// UTF-8 mixed with Windows-1252.
    Bytes,
    Utf16(Box<Decoder>),
}

impl<R: Read> Utf8Reader<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self {
            inner,
            kind: None,
            raw: Vec::new(),
            decoded: Vec::new(),
            position: 0,
            ended: false,
        }
    }

    /// The first bytes as they are in the file, before any were decoded.
    pub(crate) fn peek(&mut self) -> io::Result<&[u8]> {
        if self.raw.is_empty() {
            (&mut self.inner).take(FIRST_BYTES).read_to_end(&mut self.raw)?;
        }
        Ok(&self.raw)
    }

    /// The file as it is, if nothing was decoded.
    pub(crate) fn into_file(self) -> impl Read {
        io::Cursor::new(self.raw).chain(self.inner)
    }

    fn refill(&mut self) -> io::Result<()> {
        self.decoded.clear();
        self.position = 0;
        while self.decoded.is_empty() && !self.ended {
            let known = self.raw.len();
            let wanted = u64::try_from(CHUNK).unwrap_or(u64::MAX);
            (&mut self.inner).take(wanted).read_to_end(&mut self.raw)?;
            self.ended = self.raw.len() - known < CHUNK;
            let ended = self.ended;
            if self.kind.is_none() {
                self.kind = Some(detect(&mut self.raw));
            }
            match &mut self.kind {
                Some(Kind::Utf16(decoder)) => decode_utf16(decoder, &mut self.raw, &mut self.decoded, ended),
                _ => decode_bytes(&mut self.raw, &mut self.decoded, ended),
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        if self.decoded.len() <= self.position {
            self.refill()?;
        }
        let rest = self.decoded.get(self.position..).unwrap_or_default();
        let count = rest.len().min(target.len());
        for (to, from) in target.iter_mut().zip(rest) {
            *to = *from;
        }
        self.position += count;
        Ok(count)
    }
}

/// Detects the encoding from the first chunk and removes the byte order mark.
fn detect(raw: &mut Vec<u8>) -> Kind {
    let utf16 =
        |encoding: &'static encoding_rs::Encoding| Kind::Utf16(Box::new(encoding.new_decoder_with_bom_removal()));
    match raw.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            raw.drain(..3);
            Kind::Bytes
        }
        [0xFF, 0xFE, ..] => utf16(UTF_16LE),
        [0xFE, 0xFF, ..] => utf16(UTF_16BE),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => utf16(UTF_16LE),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => utf16(UTF_16BE),
        _ => Kind::Bytes,
    }
}

fn decode_utf16(decoder: &mut Decoder, raw: &mut Vec<u8>, decoded: &mut Vec<u8>, ended: bool) {
    let mut rest = raw.as_slice();
    let mut text = String::with_capacity(rest.len() * 2 + 16);
    loop {
        let (state, read, _) = decoder.decode_to_string(rest, &mut text, ended);
        rest = rest.get(read..).unwrap_or_default();
        if matches!(state, CoderResult::InputEmpty) {
            break;
        }
        text.reserve(rest.len() * 2 + 16);
    }
    raw.clear();
    decoded.extend_from_slice(text.as_bytes());
}

/// Keeps an incomplete character at the end for the next chunk.
fn decode_bytes(raw: &mut Vec<u8>, decoded: &mut Vec<u8>, ended: bool) {
    let mut rest = raw.as_slice();
    let mut unfinished = Vec::new();
    loop {
        let fault = match std::str::from_utf8(rest) {
            Ok(good) => {
                decoded.extend_from_slice(good.as_bytes());
                break;
            }
            Err(fault) => fault,
        };
        let (good, bad) = rest.split_at(fault.valid_up_to());
        decoded.extend_from_slice(good);
        if fault.error_len().is_none() && !ended {
            unfinished = bad.to_vec();
            break;
        }
        let (strange, tail) = bad.split_at(fault.error_len().unwrap_or(bad.len()));
        let (letters, _) = WINDOWS_1252.decode_without_bom_handling(strange);
        decoded.extend_from_slice(letters.as_bytes());
        rest = tail;
    }
    *raw = unfinished;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(bytes: &[u8]) -> String {
        let mut text = String::new();
        Utf8Reader::new(bytes)
            .read_to_string(&mut text)
            .expect("the source cannot fail and the text is UTF-8");
        text
    }

    #[test]
    fn marks_are_removed_and_obeyed() {
        assert_eq!(decode(b"\xEF\xBB\xBFTo\xC3\xB1o"), "Toño");
        assert_eq!(decode(b"\xFF\xFET\0o\0\xF1\0o\0"), "Toño");
        assert_eq!(decode(b"\xFE\xFF\0T\0o\0\xF1\0o"), "Toño");
        assert_eq!(decode(b"T\0o\0\xF1\0o\0"), "Toño");
        assert_eq!(decode(b""), "");
    }

    #[test]
    fn bytes_of_windows_are_read_between_utf8() {
        assert_eq!(decode(b"To\xF1o \x93ok\x94 \xC3\xB1"), "Toño “ok” ñ");
    }

    #[test]
    fn a_letter_may_lie_across_two_chunks() {
        let text = format!("{}ñ€", "a".repeat(CHUNK - 1));
        assert_eq!(decode(text.as_bytes()), text);
    }

    proptest! {
        #[test]
        fn any_bytes_become_text(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            decode(&bytes);
        }

        #[test]
        fn text_stays_as_it_is(text in "[a-zà-ÿ€ ,\n]{0,200}") {
            prop_assert_eq!(decode(text.as_bytes()), text);
        }
    }
}
