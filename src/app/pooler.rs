//! Detects poolers in front of PostgreSQL that do not keep prepared statements.

use sea_orm::{DbErr, RuntimeErr};

/// PostgreSQL error codes (appendix A of its manual): a prepared statement already exists, or does not exist.
const OF_PREPARED_STATEMENTS: [&str; 2] = ["42P05", "26000"];
/// PgBouncer's error about a setting that it does not pass on.
const STARTUP_PARAMETER: &str = "unsupported startup parameter";

/// Explains an error that comes from such a pooler: the connection has another client's statements, or its own are
/// on another connection. Other errors are returned unchanged.
pub fn explained(error: anyhow::Error) -> anyhow::Error {
    match error.chain().filter_map(|cause| cause.downcast_ref()).any(is_of_pooler) {
        true => anyhow::anyhow!(
            "SWEETIE_DATABASE_URL: the pooler before PostgreSQL does not keep prepared statements, which are needed. Let \
             PgBouncer have ignore_startup_parameters = extra_float_digits, and either max_prepared_statements = 200 \
             (version 1.21 or newer) or pool_mode = session; or connect to PostgreSQL itself"
        ),
        false => error,
    }
}

fn is_of_pooler(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(fault))
    | DbErr::Exec(RuntimeErr::SqlxError(fault))
    | DbErr::Query(RuntimeErr::SqlxError(fault))) = error
    else {
        return false;
    };
    fault.as_database_error().is_some_and(|fault| {
        let code = fault.code().unwrap_or_default();
        OF_PREPARED_STATEMENTS.contains(&&*code) || fault.message().starts_with(STARTUP_PARAMETER)
    })
}
