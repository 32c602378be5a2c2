//! The numbers of the front page.

use async_graphql::SimpleObject;

use crate::domain::pets;

/// Numbers of the whole installation.
#[derive(SimpleObject)]
pub struct Stats {
    /// Lost pets that are still looked for.
    lost: i32,
    /// Found pets that still wait for their people.
    found: i32,
    /// Animals in the care of shelters.
    sheltered: i32,
    /// Pets that came home.
    reunited: i32,
    /// Shelters that take part.
    shelters: i32,
}

impl From<pets::Stats> for Stats {
    fn from(stats: pets::Stats) -> Self {
        Self {
            lost: int(stats.lost),
            found: int(stats.found),
            sheltered: int(stats.sheltered),
            reunited: int(stats.reunited),
            shelters: int(stats.shelters),
        }
    }
}

/// A count as the language's Int.
fn int(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
