//! Queues the import of a file that was not sent to us: a connector has fetched it from the shelter's own software.

use bytes::Bytes;
use entity::{
    id::{ImportId, ShelterId},
    import,
    vocabulary::ImportMode,
};
use import_reader::Mapping;
use sea_orm::ActiveValue::Set;

use super::{
    file::ImportFile,
    import_pets::{queue, queued, store_file},
    mappings::resolve,
};
use crate::{
    deps::{Deps, Tx},
    kernel::{Result, Viewer},
};

/// A file that was fetched.
pub struct PulledFile {
    /// The shelter whose animals they are.
    pub shelter_id: ShelterId,
    /// Global id of the member or API key on whose behalf it was fetched.
    pub started_by: String,
    /// Content of the file.
    pub data: Vec<u8>,
}

/// The import of a fetched file, which is stored. The import is not queued yet.
pub struct PulledImport {
    blob_key: String,
    row: import::ActiveModel,
}

impl PulledFile {
    /// Stores the file. It is read as the shelter has said of files with the same titles.
    pub async fn prepare(self, deps: &Deps) -> Result<PulledImport> {
        let Self {
            shelter_id,
            started_by,
            data,
        } = self;
        let id = ImportId(deps.ids.uuid(deps.clock.now()));
        let file = ImportFile::Inline(Bytes::from(data));
        let read_as = resolve(deps, shelter_id, &file, Mapping::default()).await?;
        let blob_key = store_file(deps, id, file).await?;
        let mut row = queued(started_by, id, shelter_id, &blob_key, ImportMode::Upsert, false);
        if !read_as.mapping.is_empty() {
            row.columns = Set(Some(serde_json::to_string(&read_as.mapping)?));
        }
        Ok(PulledImport { blob_key, row })
    }
}

impl PulledImport {
    /// Key of the stored file.
    pub fn blob_key(&self) -> &str {
        &self.blob_key
    }

    /// Queues the import in the caller's transaction, which decides whether it is the first.
    pub async fn queue(self, deps: &Deps, tx: &Tx) -> Result<import::Model> {
        queue(deps, tx, Viewer::System.actor(), self.row).await
    }
}
