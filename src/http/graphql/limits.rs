//! How much one request may ask for.

use std::time::Duration;

/// Limits of one request. The defaults let every query of a real client through with room to spare (the standard
/// introspection query has depth 13, about 200 fields) and keep the worst allowed document at a few milliseconds.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of an HTTP body.
    pub body: usize,
    /// Bytes of a document.
    pub bytes: usize,
    /// Tokens of a document.
    pub tokens: usize,
    /// Levels of brackets in the text of a document, whatever they are: selections, lists, objects, types.
    pub recursion: usize,
    /// Operations and fragments in a document.
    pub definitions: usize,
    /// Operations in a document.
    pub operations: usize,
    /// Levels of fields, fragments expanded, introspection not counted.
    pub depth: u64,
    /// Levels of fields and fragments together. The schema's `limit_recursive_depth` must be above this.
    pub nesting: u64,
    /// Fields and fragments of an operation, fragments expanded.
    pub fields: u64,
    /// Fields and fragments that are looked at to merge the selections of an operation: more than [`Limits::fields`]
    /// only where an interface has many types, each of which gets a selection of its own.
    pub merging: u64,
    /// Aliases of an operation, fragments expanded.
    pub aliases: u64,
    /// Directives of an operation, fragments expanded.
    pub directives: u64,
    /// Fields at the root of an operation, fragments expanded.
    pub roots: u64,
    /// Selections of `__schema` in an operation: one answers everything, in a hundred kilobytes.
    pub schemas: u64,
    /// Selections of `__type` in an operation. Some clients find out by several of them what a server can do.
    pub schema_types: u64,
    /// Lists within lists of introspection (`fields { type { fields …`), which multiply.
    pub introspection_lists: u64,
    /// The price of an operation: fields, each multiplied by the page sizes around it, and the work behind some of
    /// them, in proportion to what it takes.
    pub cost: u64,
    /// The page size of a field with `first` and `last` when neither is given and the schema has no default.
    pub default_page: u64,
    /// The assumed length of a list of objects that has no page size.
    pub assumed_list: u64,
    /// Errors in one answer; the rest are dropped.
    pub errors: usize,
    /// How long a query or mutation may run, and how long it may take to find out who asks.
    pub timeout: Duration,
    /// Verdicts remembered.
    pub verdicts: usize,
    /// Bytes of documents whose verdicts are remembered; what is kept for one takes several times its text.
    pub verdict_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1024 * 1024,
            bytes: 64 * 1024,
            tokens: 4_000,
            recursion: 60,
            definitions: 200,
            operations: 10,
            depth: 16,
            nesting: 60,
            fields: 1_000,
            merging: 32_000,
            aliases: 60,
            directives: 50,
            roots: 30,
            schemas: 1,
            schema_types: 5,
            introspection_lists: 3,
            cost: 50_000,
            default_page: 20,
            assumed_list: 5,
            errors: 5,
            timeout: Duration::from_secs(10),
            verdicts: 1_024,
            verdict_bytes: 4 * 1024 * 1024,
        }
    }
}
