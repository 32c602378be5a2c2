//! How to reach the database.

/// How to reach the database.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// SQLite only: whether every commit waits for the disk (`full`), or a power cut may lose the last ones (`normal`).
    pub sqlite_sync_full: bool,
    /// PostgreSQL only: most connections of this node.
    pub connections: u32,
}
