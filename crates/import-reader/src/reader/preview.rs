//! Shows how the columns of a file are understood.

use std::collections::VecDeque;

use crate::{Column, columns::Header, records::Step};

/// Maximum number of values that are shown of a column.
const MOST_SAMPLES: usize = 3;

/// Maximum length of a shown value in characters.
const LONGEST_SAMPLE: usize = 80;

/// A column of a file, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMeaning {
    /// Its title.
    pub title: String,
    /// What it means; `None` if it is not read.
    pub meaning: Option<Column>,
    /// Whether it is known to be nobody's business.
    pub private: bool,
    /// At most three different values from the first records, cut to 80 characters; none of private columns.
    pub samples: Vec<String>,
}

/// Values of each column.
#[derive(Debug)]
pub(super) struct Samples(Vec<Vec<String>>);

impl Samples {
    pub(super) fn of(header: &Header, first: &VecDeque<Step>) -> Self {
        let mut samples = vec![Vec::new(); header.width()];
        for record in first
            .iter()
            .flatten()
            .filter(|record| !header.is_repeated_by(&record.cells))
        {
            for (known, cell) in samples.iter_mut().zip(&record.cells) {
                let value: String = cell.trim().chars().take(LONGEST_SAMPLE).collect();
                if known.len() < MOST_SAMPLES && !value.is_empty() && !known.contains(&value) {
                    known.push(value);
                }
            }
        }
        Self(samples)
    }

    pub(super) fn columns(&self, header: &Header) -> Vec<ColumnMeaning> {
        let column = |(index, samples): (usize, &Vec<String>)| {
            let private = header.is_private(index);
            ColumnMeaning {
                title: header.title(index).unwrap_or_default().to_owned(),
                meaning: header.column_at(index),
                private,
                samples: if private { Vec::new() } else { samples.clone() },
            }
        };
        self.0.iter().enumerate().map(column).collect()
    }
}
