//! The reports on the map, as the seeds are found among them.

/// A placed report: its position, and its rank among all by priority, 0 being the highest.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// Column and row.
    pub at: (u32, u32),
    /// Number of reports with a higher priority.
    pub rank: u32,
}

impl Placed {
    /// Stands for no report.
    pub const NOBODY: Self = Self {
        at: (0, 0),
        rank: u32::MAX,
    };
}
