//! Who works for which shelter.

use async_graphql::{Context, Object};
use entity::{
    id::{MemberId, ShelterId},
    shelter_staff,
    vocabulary::StaffRole as StoredRole,
};

use super::Shelter;
use crate::{
    domain::staff,
    graphql::{accounts::Member, context::ContextExt, vocabulary::StaffRole},
    kernel::{Error, Result},
};

/// Someone who works for a shelter.
pub struct ShelterStaff {
    shelter_id: ShelterId,
    member_id: MemberId,
    role: StoredRole,
}

impl From<&shelter_staff::Model> for ShelterStaff {
    fn from(row: &shelter_staff::Model) -> Self {
        Self {
            shelter_id: row.shelter_id,
            member_id: row.member_id,
            role: row.role,
        }
    }
}

impl ShelterStaff {
    /// Those of a shelter, longest first; `None` for those who do not work there.
    pub(super) async fn of_shelter(ctx: &Context<'_>, shelter: &Shelter) -> Result<Option<Vec<Self>>> {
        if !shelter.is_inside(ctx).await? {
            return Ok(None);
        }
        let staff = staff::staff_of(ctx.deps()?.db.read(), shelter.0.id).await?;
        Ok(Some(staff.iter().map(Self::from).collect()))
    }
}

/// Someone who works for a shelter.
#[Object]
impl ShelterStaff {
    /// Where.
    async fn shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.shelter_id).await?)
    }

    /// Who.
    async fn member(&self, ctx: &Context<'_>) -> async_graphql::Result<Member> {
        let found = Member::load(ctx, self.member_id).await?;
        Ok(found.ok_or_else(|| Error::broken("a shelter's staff names a member that is not there"))?)
    }

    /// As what.
    async fn role(&self) -> StaffRole {
        self.role.into()
    }
}

/// The shelters that a member works for, longest first.
pub async fn staff_of_viewer(ctx: &Context<'_>, member_id: MemberId) -> Result<Vec<ShelterStaff>> {
    let memberships = staff::memberships_of(ctx.deps()?.db.read(), member_id).await?;
    let staff = memberships.into_iter().map(|membership| ShelterStaff {
        shelter_id: membership.shelter_id,
        member_id,
        role: membership.role,
    });
    Ok(staff.collect())
}
