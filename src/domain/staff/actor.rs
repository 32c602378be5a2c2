//! A viewer together with the shelters that they work for.

use entity::{
    id::ShelterId,
    vocabulary::{Role, StaffRole},
};
use sea_orm::ConnectionTrait;

use super::{membership::Membership, store::memberships_of};
use crate::kernel::{Result, Scope, Viewer};

/// A viewer with their roles at shelters at this moment; policies are pure functions of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The caller.
    pub viewer: Viewer,
    /// The shelters that the viewer works for.
    pub memberships: Vec<Membership>,
}

impl Actor {
    /// Looks up the viewer's roles at shelters.
    pub async fn of(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Self> {
        let memberships = match viewer.member() {
            Some(id) => memberships_of(db, id).await?,
            None => Vec::new(),
        };
        Ok(Self {
            viewer: viewer.clone(),
            memberships,
        })
    }

    /// The viewer's role at that shelter.
    pub fn staff_role(&self, shelter: ShelterId) -> Option<StaffRole> {
        self.memberships
            .iter()
            .find(|membership| membership.shelter_id == shelter)
            .map(|membership| membership.role)
    }

    /// Whether the viewer works for any verified shelter in a role above volunteer.
    pub fn is_verified_staff(&self) -> bool {
        self.memberships
            .iter()
            .any(|membership| membership.verified && membership.role != StaffRole::Volunteer)
    }

    /// Whether the viewer may see how that shelter is run: its staff and its settings.
    pub fn may_see_inside(&self, shelter: ShelterId) -> bool {
        self.staff_role(shelter).is_some() || self.viewer.is_at_least(Role::Admin)
    }

    /// Whether the viewer may see the dashboard of that shelter, and of its animals what its staff notes of them.
    pub fn may_see_animals(&self, shelter: ShelterId) -> bool {
        self.may_see_inside(shelter) || self.viewer.is_key_for(shelter, Scope::PetsRead)
    }

    /// Whether the viewer may see the matches of that shelter's animals.
    pub fn may_see_matches(&self, shelter: ShelterId) -> bool {
        self.may_see_inside(shelter) || self.viewer.is_key_for(shelter, Scope::MatchesRead)
    }

    /// Whether that shelter's animals are in the viewer's hands: its ADMIN and STAFF, and its keys with `pets:read`.
    pub fn takes_care_of_animals(&self, shelter: ShelterId) -> bool {
        matches!(self.staff_role(shelter), Some(StaffRole::Admin | StaffRole::Staff))
            || self.viewer.is_key_for(shelter, Scope::PetsRead)
    }

    /// Whether the viewer may report and edit that shelter's animals.
    pub fn may_write_animals(&self, shelter: ShelterId) -> bool {
        self.staff_role(shelter).is_some() || self.viewer.is_key_for(shelter, Scope::PetsWrite)
    }

    /// Whether the viewer may decide how long that shelter keeps an animal for its owner.
    pub fn may_decide_about_holds(&self, shelter: ShelterId) -> bool {
        self.may_transfer_animals(shelter)
    }

    /// Whether the viewer may give that shelter's animals to another one, and take some over for it: its ADMIN and STAFF, and
    /// its keys with `pets:write`.
    pub fn may_transfer_animals(&self, shelter: ShelterId) -> bool {
        matches!(self.staff_role(shelter), Some(StaffRole::Admin | StaffRole::Staff))
            || self.viewer.is_key_for(shelter, Scope::PetsWrite)
    }

    /// Whether the viewer may import files for that shelter.
    pub fn may_import(&self, shelter: ShelterId) -> bool {
        matches!(self.staff_role(shelter), Some(StaffRole::Admin | StaffRole::Staff))
            || self.viewer.is_key_for(shelter, Scope::ImportsWrite)
    }

    /// Whether the viewer may see and cancel that shelter's imports.
    pub fn may_see_imports(&self, shelter: ShelterId) -> bool {
        self.may_import(shelter) || self.viewer.is_at_least(Role::Admin)
    }

    /// The shelters that the viewer may import files for.
    pub fn importing_for(&self) -> Vec<ShelterId> {
        match &self.viewer {
            Viewer::Key { shelter_id, .. } => vec![*shelter_id],
            _ => self
                .memberships
                .iter()
                .map(|membership| membership.shelter_id)
                .collect(),
        }
        .into_iter()
        .filter(|shelter| self.may_import(*shelter))
        .collect()
    }

    /// Whether the viewer may manage the webhooks of that shelter.
    pub fn may_manage_webhooks(&self, shelter: ShelterId) -> bool {
        self.may_administer(shelter) || self.viewer.is_key_for(shelter, Scope::WebhooksManage)
    }

    /// Whether the viewer may manage the connectors of that shelter, which know its keys to other systems.
    pub fn may_manage_connectors(&self, shelter: ShelterId) -> bool {
        self.may_administer(shelter) || self.viewer.is_key_for(shelter, Scope::ConnectorsManage)
    }

    /// Whether the viewer may invite staff and create keys for that shelter.
    pub fn may_administer(&self, shelter: ShelterId) -> bool {
        self.staff_role(shelter) == Some(StaffRole::Admin) || self.viewer.is_at_least(Role::Admin)
    }
}
