//! Texts and ids shared by many reports, each stored once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use entity::id::ShelterId;
use hashbrown::HashTable;

/// A reference to a text in [`Words`]; [`Word::NONE`] means no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u32);

impl Word {
    /// No text.
    pub const NONE: Self = Self(0);
}

/// Interned texts. Unused ones stay until the index is rebuilt.
#[derive(Debug, Clone)]
pub struct Words {
    text: String,
    /// The end of each word in `text`; the first is that of [`Word::NONE`].
    ends: Vec<u32>,
    known: HashTable<u32>,
    /// Users choose the texts, so the hash needs a secret against deliberate collisions.
    hasher: RandomState,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: vec![0],
            known: HashTable::new(),
            hasher: RandomState::new(),
        }
    }
}

impl Words {
    /// Interns a text. Returns [`Word::NONE`] for `None`, or if all texts together would exceed 4 GiB.
    pub fn put(&mut self, text: Option<&str>) -> Word {
        let Some(text) = text else { return Word::NONE };
        if let Some(word) = self.find(text) {
            return word;
        }
        let Ok(end) = u32::try_from(self.text.len() + text.len()) else {
            return Word::NONE;
        };
        self.text.push_str(text);
        let word = self.ends.len() as u32;
        self.ends.push(end);
        let (known, hasher) = (&self.text, &self.hasher);
        let rehash = |word: &u32| hasher.hash_one(slice(known, &self.ends, *word));
        self.known.insert_unique(hasher.hash_one(text), word, rehash);
        Word(word)
    }

    /// Looks up a text that was interned before.
    pub fn find(&self, text: &str) -> Option<Word> {
        let is_it = |word: &u32| slice(&self.text, &self.ends, *word) == text;
        self.known
            .find(self.hasher.hash_one(text), is_it)
            .map(|word| Word(*word))
    }

    /// The text of a word.
    pub fn get(&self, word: Word) -> Option<&str> {
        (word != Word::NONE).then(|| slice(&self.text, &self.ends, word.0))
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>() + self.known.allocation_size()
    }
}

fn slice<'a>(text: &'a str, ends: &[u32], word: u32) -> &'a str {
    let place = word as usize;
    let (Some(from), Some(to)) = (
        place.checked_sub(1).and_then(|before| ends.get(before)),
        ends.get(place),
    ) else {
        return "";
    };
    text.get(*from as usize..*to as usize).unwrap_or_default()
}

/// Shelters, numbered from 1; 0 means no shelter.
#[derive(Debug, Clone, Default)]
pub struct Shelters {
    ids: Vec<ShelterId>,
    numbers: HashMap<ShelterId, u32>,
}

impl Shelters {
    /// The number of a shelter, assigned on first use.
    pub fn put(&mut self, id: Option<ShelterId>) -> u32 {
        let Some(id) = id else { return 0 };
        *self.numbers.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() as u32
        })
    }

    /// Looks up the number of a known shelter.
    pub fn find(&self, id: ShelterId) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    /// The shelter with this number.
    pub fn get(&self, number: u32) -> Option<ShelterId> {
        self.ids.get((number as usize).checked_sub(1)?).copied()
    }

    /// Allocated memory in bytes.
    pub fn bytes(&self) -> usize {
        let entry = size_of::<(ShelterId, u32)>() + 1;
        self.ids.capacity() * size_of::<ShelterId>() + self.numbers.capacity() * entry * 8 / 7
    }
}
