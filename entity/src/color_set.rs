//! A set of base colours in one integer.

use sea_orm::{DeriveValueType, Iterable};
use serde::{Deserialize, Serialize};

use crate::vocabulary::Color;

/// Bit n stands for the n-th value of [`Color`], so the order of that list is part of the stored format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, DeriveValueType, Serialize, Deserialize)]
pub struct ColorSet(pub i32);

impl ColorSet {
    /// Whether no colour is known.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many colours are in the set.
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// This set with one more colour.
    pub fn with(self, color: Color) -> Self {
        Self(self.0 | (1 << color as i32))
    }

    /// The colours in both sets.
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The colours in the order in which [`Color`] lists them.
    pub fn colors(self) -> Vec<Color> {
        Color::iter()
            .filter(|color| self.0 & (1 << *color as i32) != 0)
            .collect()
    }
}

impl FromIterator<Color> for ColorSet {
    fn from_iter<I: IntoIterator<Item = Color>>(colors: I) -> Self {
        colors.into_iter().fold(Self::default(), Self::with)
    }
}
