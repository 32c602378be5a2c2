//! Skeleton.

use crate::{deps::Deps, kernel::Result};
use entity::id::*;
