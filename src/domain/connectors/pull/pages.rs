//! Lists that come in pages, read as a whole.
//!
//! A list changes while it is read: an animal that leaves it shifts those behind it, and the first of the next page is seen
//! on no page. So a reading counts only if every page says the same number of animals, and as many different ones were
//! seen; otherwise it begins anew.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{http::MOST_BYTES, source::PullError};

/// Readings of a list that keeps changing.
const MOST_READINGS: u32 = 3;
/// Pages of a list: the whole pull has to end, whatever the other side says.
const MOST_PAGES: u32 = 1_000;

/// The fields of an animal.
pub(super) type Animal = Map<String, Value>;

/// A part of a list.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its animals, each with its id.
    pub animals: Vec<(String, Animal)>,
    /// How many animals the whole list has, if the other side says so.
    pub total: Option<u64>,
    /// Whether there is another page.
    pub has_more: bool,
    /// How large the answer was.
    pub bytes: usize,
}

/// A list of the other side.
#[async_trait::async_trait]
pub(super) trait Pages: Sync {
    /// The page with that number, from 0.
    async fn page(&self, number: u32) -> Result<Page, PullError>;
}

/// All animals of a list, in its order. Of one that came twice, what came later.
pub(super) async fn whole(list: &impl Pages) -> Result<Vec<(String, Animal)>, PullError> {
    for _ in 0..MOST_READINGS {
        if let Some(animals) = read(list).await? {
            return Ok(animals);
        }
    }
    Err(PullError::unavailable(
        "the list of animals could not be read as a whole: it changed each time while it was read, or it says that there is \
         more than it gives; it is tried again later",
    ))
}

/// `None` if something may be missing.
async fn read(list: &impl Pages) -> Result<Option<Vec<(String, Animal)>>, PullError> {
    let mut animals: Vec<(String, Animal)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let (mut total, mut bytes) = (None, 0_usize);
    for number in 0..MOST_PAGES {
        let page = list.page(number).await?;
        let (known, is_steady) = (animals.len(), number == 0 || page.total == total);
        total = page.total;
        bytes = bytes.saturating_add(page.bytes);
        if MOST_BYTES < bytes {
            return Err(PullError::Refused(
                "the animals are more than 64 MB: too many for one import".to_owned(),
            ));
        }
        for (id, fields) in page.animals {
            match places.get(&id).and_then(|place| animals.get_mut(*place)) {
                Some(known) => known.1 = fields,
                None => {
                    places.insert(id.clone(), animals.len());
                    animals.push((id, fields));
                }
            }
        }
        let seen = u64::try_from(animals.len()).unwrap_or(u64::MAX);
        if !page.has_more {
            let is_whole = is_steady && total.is_none_or(|total| total <= seen);
            return Ok(is_whole.then_some(animals));
        }
        if !is_steady || animals.len() == known {
            return Ok(None);
        }
    }
    Err(PullError::Refused(
        "the list of animals has more than 1,000 pages: too many for one import".to_owned(),
    ))
}

/// A number that may be written as a text.
pub(super) fn number(value: Option<&Value>) -> Option<i64> {
    match value? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// Gives a page for each request, by the number of the request and that of the page.
    struct Stub<F>(AtomicU32, F);

    #[async_trait::async_trait]
    impl<F: Fn(u32, u32) -> Page + Sync> Pages for Stub<F> {
        async fn page(&self, number: u32) -> Result<Page, PullError> {
            Ok((self.1)(self.0.fetch_add(1, Ordering::Relaxed), number))
        }
    }

    fn page(ids: &[u32], total: u64, has_more: bool) -> Page {
        Page {
            animals: ids.iter().map(|id| (id.to_string(), Animal::new())).collect(),
            total: Some(total),
            has_more,
            bytes: 100,
        }
    }

    async fn read_of(pages: impl Fn(u32, u32) -> Page + Sync) -> Result<Vec<String>, PullError> {
        let animals = whole(&Stub(AtomicU32::new(0), pages)).await?;
        Ok(animals.into_iter().map(|(id, _)| id).collect())
    }

    #[tokio::test]
    async fn a_list_is_read_page_by_page() {
        let read = read_of(|_, number| match number {
            0 => page(&[1, 2], 3, true),
            _ => page(&[3], 3, false),
        });
        assert_eq!(read.await.unwrap(), ["1", "2", "3"]);
    }

    #[tokio::test]
    async fn an_animal_that_slipped_between_two_pages_is_read_in_the_next_reading() {
        // After the first page of the first reading, animal 1 leaves the list: 3 moves to the first page.
        let read = read_of(|request, number| match (request, number) {
            (0, _) => page(&[1, 2], 4, true),
            (1, _) => page(&[4], 3, false),
            (_, 0) => page(&[2, 3], 3, true),
            _ => page(&[4], 3, false),
        });
        assert_eq!(read.await.unwrap(), ["2", "3", "4"]);
    }

    #[tokio::test]
    async fn an_animal_that_moved_within_the_list_is_not_lost_either() {
        // Animal 3 was changed meanwhile and is now before the others, so that 2 is seen twice and 3 never.
        let read = read_of(|request, number| match (request, number) {
            (0, _) => page(&[1, 2], 3, true),
            (1, _) => page(&[2], 3, false),
            (_, 0) => page(&[3, 1], 3, true),
            _ => page(&[2], 3, false),
        });
        assert_eq!(read.await.unwrap(), ["3", "1", "2"]);
    }

    #[tokio::test]
    async fn a_list_that_never_ends_is_given_up() {
        let same = read_of(|_, _| page(&[1], 9, true)).await;
        assert!(matches!(same, Err(PullError::Unavailable { .. })), "{same:?}");
        let ever_more = read_of(|_, number| page(&[number], 9, true)).await;
        assert!(matches!(ever_more, Err(PullError::Refused(_))), "{ever_more:?}");
        let ever_larger = read_of(|_, number| Page {
            bytes: MOST_BYTES / 2,
            ..page(&[number], 9, true)
        });
        assert!(matches!(ever_larger.await, Err(PullError::Refused(_))));
    }
}
