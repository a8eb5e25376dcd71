//! Who belongs to an evaluation, as its events tell it.

use crate::accounts::Members;

use super::Change;

impl Change {
    /// Tells the list of members what this changes about them; most changes nothing.
    pub(in crate::record) fn tell(&self, members: &mut Members) {
        match self {
            Self::MemberAdded { user, role } => members.add(*user, role.clone()),
            Self::MemberRemoved { user } => members.remove(*user),
            Self::EvaluatorInvited {
                evaluator, link, ..
            } => members.invite(*link, evaluator.clone()),
            Self::InvitationEnded { link } => members.end(*link),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::accounts::{Actor, Login, Role, User};

    use super::*;

    #[test]
    fn members_are_what_the_events_add_up_to() {
        let login = Login::parse("ana").unwrap();
        let ana = Actor::User(User::signed_in(login, false));
        let added = |role| Change::MemberAdded { user: login, role };
        let mut members = Members::default();
        added(Role::Owner).tell(&mut members);
        added(Role::Evaluator("Ana".to_owned())).tell(&mut members);
        assert_eq!(
            members.roles(ana),
            [Role::Owner, Role::Evaluator("Ana".to_owned())]
        );
        assert!(members.is_last_owner(login));
        Change::MemberRemoved { user: login }.tell(&mut members);
        assert!(members.roles(ana).is_empty());
        let link = "abc".parse().unwrap();
        let evaluator = "Bo".to_owned();
        Change::EvaluatorInvited {
            evaluator,
            link,
            sha256: crate::record::Digest::ZERO,
            until: jiff::Timestamp::UNIX_EPOCH,
        }
        .tell(&mut members);
        assert_eq!(members.own_evaluator(Actor::Invited(link)), Some("Bo"));
        Change::InvitationEnded { link }.tell(&mut members);
        assert!(members.roles(Actor::Invited(link)).is_empty());
    }

    #[test]
    fn a_role_is_written_as_people_read_it() {
        let user = Login::parse("ana").unwrap();
        let role = Role::Evaluator("Ana".to_owned());
        let written = serde_json::to_string(&Change::MemberAdded { user, role }).unwrap();
        assert_eq!(
            written,
            r#"{"what":"member-added","user":"ana","role":{"evaluator":"Ana"}}"#
        );
    }
}
