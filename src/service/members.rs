//! Who has which role in an evaluation.

use std::sync::Arc;

use crate::accounts::{Action, Actor, Login, Role};
use crate::record::{Change, Dossier, EvaluationId};
use crate::table::Name;

use super::{Entry, Error, Opened, Service};

impl Service {
    /// Gives somebody a role in an evaluation, beside those they have.
    ///
    /// # Errors
    /// [`Error::Fields`] if nobody has this name, or no evaluator the name in the role; [`Error::Denied`] if the actor may not.
    pub fn add_member(
        &self,
        actor: Actor,
        id: &EvaluationId,
        name: &str,
        role: Role,
    ) -> Result<Arc<Opened>, Error> {
        let house = self.house()?;
        self.change(actor, Action::ChangeMembers, id, |dossier| {
            let user = Login::parse(name).ok();
            let user = user.filter(|user| house.account(*user).is_some_and(|one| one.is_enabled));
            let Some(user) = user else {
                let message = "nobody who can come in has this name; an administrator creates accounts (page Users)";
                return Err(Error::field("user", Some(name), "no-user", message));
            };
            let role = fitting(dossier, role)?;
            if !dossier.members().has_owner() && role != Role::Owner {
                let message = "nobody leads this evaluation; give it an owner first, who gives the other roles";
                return Err(Error::field("role", Some(role.word()), "owner-first", message));
            }
            let has = dossier.members().users();
            let mut has = has.filter(|(login, _)| *login == user);
            if has.any(|(_, roles)| roles.contains(&role)) {
                return Ok(Vec::new());
            }
            Ok(vec![Entry::plain(Change::MemberAdded { user, role })])
        })
    }

    /// Takes all roles of somebody in an evaluation.
    ///
    /// # Errors
    /// [`Error::Fields`] if they have none, or are the last who leads it; [`Error::Denied`] if the actor may not.
    pub fn remove_member(
        &self,
        actor: Actor,
        id: &EvaluationId,
        name: &str,
    ) -> Result<Arc<Opened>, Error> {
        self.change(actor, Action::ChangeMembers, id, |dossier| {
            let refuse = |code, message| Err(Error::field("user", Some(name), code, message));
            let user = Login::parse(name).ok();
            let members = dossier.members();
            let Some(user) = user.filter(|user| members.users().any(|(login, _)| login == *user))
            else {
                return refuse("no-member", "they have no role in this evaluation");
            };
            if members.is_last_owner(user) {
                return refuse(
                    "last-owner",
                    "they are the only owner of this evaluation; make somebody else an owner first",
                );
            }
            Ok(vec![Entry::plain(Change::MemberRemoved { user })])
        })
    }
}

/// The role with the name of its evaluator as the list has it.
fn fitting(dossier: &Dossier, role: Role) -> Result<Role, Error> {
    let Role::Evaluator(name) = role else {
        return Ok(role);
    };
    let evaluation = dossier.evaluation();
    let found = Name::parse(&name)
        .ok()
        .and_then(|name| evaluation.evaluator_named(&name));
    let Some(found) = found else {
        let message = "the list of evaluators has no such name; add it there first (step 2), then give the role";
        return Err(Error::field(
            "evaluator",
            Some(&name),
            "unknown-evaluator",
            message,
        ));
    };
    Ok(Role::Evaluator(evaluation.evaluator_name(found).to_owned()))
}
