//! Which reports are drawn as one at each zoom, and how these groups change with every report.

pub mod change;
pub mod quadtree;
pub mod quadtrees;
pub mod tallies;
