//! Checked values of saved searches.

use entity::{id::MemberId, vocabulary::SearchNotify};
use sea_orm::Iterable;

use crate::{
    deps::Deps,
    domain::{
        pets::search::{Area, Filter, Search, Sort},
        places::Asker,
        shelters,
    },
    kernel::{AtField, Error, FieldCode, Result, text},
};

/// Maximum number of saved searches per member.
pub const MOST_SAVED: u64 = 50;
/// Maximum number of searches in a member's history.
pub const MOST_REMEMBERED: u64 = 50;
/// Maximum length of a name in characters.
const NAME_LENGTH: usize = 80;

/// A filter in stored form: checked, equal for all filters with the same meaning, and with its place resolved.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedFilter {
    /// The filter; its area is never [`Area::Near`].
    pub filter: Filter,
    /// The words by which the centre of the area was found.
    pub near: Option<String>,
}

/// Changes to a saved search; omitted fields stay as they are.
#[derive(Debug, Clone, Default)]
pub struct SearchChanges {
    /// The new name, 1 to 80 characters.
    pub name: Option<String>,
    /// The new filter.
    pub filter: Option<Filter>,
    /// The new way of notifying.
    pub notify: Option<SearchNotify>,
}

/// Checks a name: a line of 1 to 80 characters.
pub fn checked_name(name: &str) -> Result<String> {
    text::line("name", name, NAME_LENGTH).map_err(|fault| Error::Invalid(vec![fault]))
}

impl SavedFilter {
    /// Checks a filter like a search does, resolves its place and sorts its lists. Errors are attributed to the field
    /// `filter`. A list without values is an error too, because nothing would ever match it.
    pub async fn checked(deps: &Deps, member: MemberId, filter: Filter) -> Result<Self> {
        let near = match &filter.area {
            Some(Area::Near { query, .. }) => Some(query.clone()),
            _ => None,
        };
        let filter = filter
            .located(deps, &Asker::member(member))
            .await
            .map_err(fault_of_filter)?;
        Search::new(deps, filter.clone(), Sort::Newest).map_err(fault_of_filter)?;
        refuse_empty_lists(&filter)?;
        if let Some(shelter) = filter.shelter_id {
            let found = shelters::find(deps.db.read(), shelter).await;
            found.at("shelterId").at("filter")?;
        }
        let filter = Filter {
            kinds: ordered(filter.kinds),
            statuses: ordered(filter.statuses),
            species: ordered(filter.species),
            breed: optional_line("breed", filter.breed.as_deref(), 100)?,
            colors: ordered(filter.colors),
            sizes: ordered(filter.sizes),
            sexes: ordered(filter.sexes),
            age_groups: ordered(filter.age_groups),
            text: optional_line("text", filter.text.as_deref(), 200)?,
            ..filter
        };
        let near = near.map(|query| line("near", &query, 200)).transpose()?;
        Ok(Self { filter, near })
    }
}

/// Turns an error in a filter, which fails the request when searching, into an error of the field `filter` when saving.
pub fn fault_of_filter(error: Error) -> Error {
    match error {
        Error::BadInput(message) => Error::field("filter", FieldCode::Invalid, message),
        other => other,
    }
}

fn refuse_empty_lists(filter: &Filter) -> Result<()> {
    let lists = [
        ("kinds", filter.kinds.as_ref().map(Vec::len)),
        ("statuses", filter.statuses.as_ref().map(Vec::len)),
        ("species", filter.species.as_ref().map(Vec::len)),
        ("colors", filter.colors.as_ref().map(Vec::len)),
        ("sizes", filter.sizes.as_ref().map(Vec::len)),
        ("sexes", filter.sexes.as_ref().map(Vec::len)),
        ("ageGroups", filter.age_groups.as_ref().map(Vec::len)),
    ];
    match lists.into_iter().find(|(_, length)| *length == Some(0)) {
        None => Ok(()),
        Some((list, _)) => {
            let message = format!("{list} has no values, so nothing would ever match: leave it out");
            let fault = Err(Error::field(list, FieldCode::Required, message));
            fault.at("filter")
        }
    }
}

/// Removes duplicates and sorts by the order of the vocabulary.
fn ordered<V: Iterable + PartialEq>(values: Option<Vec<V>>) -> Option<Vec<V>> {
    values.map(|values| V::iter().filter(|value| values.contains(value)).collect())
}

fn line(field: &str, text: &str, most: usize) -> Result<String> {
    text::line(field, text, most)
        .map_err(|fault| Error::Invalid(vec![fault]))
        .at("filter")
}

fn optional_line(field: &str, text: Option<&str>, most: usize) -> Result<Option<String>> {
    text::optional_line(field, text, most)
        .map_err(|fault| Error::Invalid(vec![fault]))
        .at("filter")
}
