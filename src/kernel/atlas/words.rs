//! Texts and ids that many reports share, each stored once.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
};

use entity::id::ShelterId;
use hashbrown::HashTable;

/// A text that is stored in [`Words`]; [`Word::NONE`] is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(u32);

impl Word {
    /// No text.
    pub const NONE: Self = Self(0);
}

/// Texts, each once. What is not used any more stays until everything is laid out anew.
#[derive(Debug, Clone)]
pub struct Words {
    text: String,
    /// Where each word ends; the first is that of [`Word::NONE`].
    ends: Vec<u32>,
    known: HashTable<u32>,
    /// People choose names, so that the table needs a secret against chosen collisions.
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
    /// The word of a text. No text, and what would not fit in 4 GiB with all others, is [`Word::NONE`].
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

    /// The word of a text that was put in before.
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

    /// What is allocated.
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

/// Shelters, numbered from 1; 0 is none.
#[derive(Debug, Clone, Default)]
pub struct Shelters {
    ids: Vec<ShelterId>,
    numbers: HashMap<ShelterId, u32>,
}

impl Shelters {
    /// The number of a shelter.
    pub fn put(&mut self, id: Option<ShelterId>) -> u32 {
        let Some(id) = id else { return 0 };
        *self.numbers.entry(id).or_insert_with(|| {
            self.ids.push(id);
            self.ids.len() as u32
        })
    }

    /// The number of a shelter that was put in before.
    pub fn find(&self, id: ShelterId) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    /// The shelter of a number.
    pub fn get(&self, number: u32) -> Option<ShelterId> {
        self.ids.get((number as usize).checked_sub(1)?).copied()
    }

    /// What is allocated.
    pub fn bytes(&self) -> usize {
        let entry = size_of::<(ShelterId, u32)>() + 1;
        self.ids.capacity() * size_of::<ShelterId>() + self.numbers.capacity() * entry * 8 / 7
    }
}
