//! Accounts: who has one, and who looks after them.

use crate::accounts::{Action, Actor, Login};
use crate::record::{Account, House, HouseChange};
use crate::store::KeyChange;

use super::super::{Error, Service};
use super::Written;

impl Service {
    /// Creates an account. Nobody can sign in with it before its user has set a password.
    ///
    /// # Errors
    /// [`Error::Fields`] if the name cannot be one or is taken, [`Error::Denied`] if the actor may not.
    pub fn create_user(
        &self,
        actor: Actor,
        name: &str,
        is_administrator: bool,
    ) -> Result<Login, Error> {
        self.ask_house(actor, Action::ManageUsers)?;
        let user = Login::parse(name)
            .map_err(|why| Error::field("user", Some(name), "user-name", why.to_string()))?;
        self.change_house(actor, |inside| {
            if inside.house().account(user).is_some() {
                let message = "somebody has or had this name already; the record names them by it, so choose another one";
                return Err(Error::field("user", Some(name), "user-taken", message));
            }
            Ok(Written::of(HouseChange::UserCreated {
                user,
                administrator: is_administrator,
            }))
        })?;
        Ok(user)
    }

    /// Disables an account: its user is out at once, in every browser; their tokens do not work meanwhile.
    ///
    /// # Errors
    /// [`Error::NoUser`] if there is no such account, [`Error::Fields`] if it is that of the last administrator.
    pub fn disable_user(&self, actor: Actor, user: Login) -> Result<(), Error> {
        self.ask_house(actor, Action::ManageUsers)?;
        self.change_house(actor, |inside| {
            if !account(inside.house(), user)?.is_enabled {
                return Ok(Written::default());
            }
            spare_the_last(actor, inside.house(), user)?;
            Ok(Written::of(HouseChange::UserDisabled { user })
                .with(KeyChange::DropSessions(user, None))
                .with(KeyChange::DropLinks(Some(user))))
        })
    }

    /// Enables an account again. Its sessions do not come back.
    ///
    /// # Errors
    /// [`Error::NoUser`] if there is no such account.
    pub fn enable_user(&self, actor: Actor, user: Login) -> Result<(), Error> {
        self.ask_house(actor, Action::ManageUsers)?;
        self.change_house(actor, |inside| {
            if account(inside.house(), user)?.is_enabled {
                return Ok(Written::default());
            }
            Ok(Written::of(HouseChange::UserEnabled { user }))
        })
    }

    /// Lets somebody look after users, settings and backups, or no longer.
    ///
    /// # Errors
    /// [`Error::NoUser`] if there is no such account, [`Error::Fields`] if it is that of the last administrator.
    pub fn set_administrator(
        &self,
        actor: Actor,
        user: Login,
        is_administrator: bool,
    ) -> Result<(), Error> {
        self.ask_house(actor, Action::ManageUsers)?;
        self.change_house(actor, |inside| {
            if account(inside.house(), user)?.is_administrator == is_administrator {
                return Ok(Written::default());
            }
            Ok(Written::of(if is_administrator {
                HouseChange::AdministratorMade { user }
            } else {
                spare_the_last(actor, inside.house(), user)?;
                HouseChange::AdministratorUnmade { user }
            }))
        })
    }
}

/// Somebody's account.
pub(super) fn account(house: &House, user: Login) -> Result<&Account, Error> {
    house.account(user).ok_or(Error::NoUser)
}

/// On the pages there is always an administrator left; whoever has the data directory can do without.
fn spare_the_last(actor: Actor, house: &House, user: Login) -> Result<(), Error> {
    match actor {
        Actor::Console => Ok(()),
        Actor::Local | Actor::Unauthenticated | Actor::User(_) | Actor::Invited(_) => {
            if house.is_last_administrator(user) {
                let message =
                    "this is the only administrator who can come in; make another one first";
                return Err(Error::field(
                    "user",
                    Some(user.as_str()),
                    "last-administrator",
                    message,
                ));
            }
            Ok(())
        }
    }
}
