//! Settles how the columns of a file are read.

use entity::id::ShelterId;
use import_reader::{Mapping, header_fingerprint, titles_of};

use super::{
    check::{check, check_size},
    store,
};
use crate::{
    deps::Deps,
    domain::shelters::imports::file::ImportFile,
    kernel::{Error, Result},
};

/// How the columns of a file are read.
#[derive(Default)]
pub(in crate::domain::shelters::imports) struct Resolved {
    /// What the shelter says of them, now or before.
    pub(in crate::domain::shelters::imports) mapping: Mapping,
    /// The titles of the file; empty if nobody needed them.
    pub(in crate::domain::shelters::imports) titles: Vec<String>,
}

/// What a shelter says of the columns of a file now, and what it has saved for files with the same titles. A file that
/// cannot be read has no mapping, unless one is given: then the reason is an error of the request.
pub(in crate::domain::shelters::imports) async fn resolve(
    deps: &Deps,
    shelter_id: ShelterId,
    file: &ImportFile,
    given: Mapping,
) -> Result<Resolved> {
    check_size(&given)?;
    if given.is_empty() && store::count(deps.db.read(), shelter_id).await? == 0 {
        return Ok(Resolved::default());
    }
    let bytes = file.open(deps).await?;
    let said = given.clone();
    let read = tokio::task::spawn_blocking(move || titles_of(bytes, &said)).await;
    let titles = match read.map_err(Error::internal)? {
        Ok(read) => read.titles,
        Err(_) if given.is_empty() => return Ok(Resolved::default()),
        Err(error) => return Err(file.refused(error)),
    };
    check(&given, &titles)?;
    let saved = store::with_fingerprint(deps.db.read(), shelter_id, &header_fingerprint(&titles)).await?;
    let mapping = match saved {
        Some(saved) => given.or(Mapping::new(store::columns_of(&saved)?)),
        None => given,
    };
    Ok(Resolved { mapping, titles })
}
