//! Private data of the caller: the shelters they work for.

use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{id::MemberId, member};

use super::{ShelterStaff, staff::staff_of_viewer};
use crate::{graphql::schema::ViewerPart, kernel::Result};

/// Fields of `Viewer` about shelters.
pub struct ShelterViewer(MemberId);

impl ViewerPart for ShelterViewer {
    async fn of(_: &Context<'_>, member: &Arc<member::Model>) -> Result<Self> {
        Ok(Self(member.id))
    }
}

/// Fields of `Viewer` about shelters.
#[Object]
impl ShelterViewer {
    /// The shelters that the member works for, longest first.
    async fn staff_of(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ShelterStaff>> {
        Ok(staff_of_viewer(ctx, self.0).await?)
    }
}
