using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Core.Nodes.Wire;

/// <summary>The kinds of each family of records that crosses between nodes. A kind is written by its name.</summary>
internal static class FrameKinds
{
    /// <summary>The kinds of a family; null if the type is no family.</summary>
    public static IReadOnlyList<Type>? Of(Type family) => Families.GetValueOrDefault(family);

    private static readonly Dictionary<Type, IReadOnlyList<Type>> Families = new()
    {
        [typeof(RoomEvent)] =
        [
            typeof(InvitationWithdrawn), typeof(MemberKicked), typeof(MessagePosted), typeof(MessageRedacted), typeof(ModesChanged), typeof(RegistrationChanged),
            typeof(RoomRenamed), typeof(ServerNotice), typeof(TopicChanged), typeof(UserInvited), typeof(UserJoined), typeof(UserLeft),
            typeof(UserQuit), typeof(UserRenamed), typeof(UserUpdated), typeof(ValueChanged),
        ],
        [typeof(Shown)] =
        [
            typeof(Direct), typeof(DirectEcho), typeof(DirectTakenAway), typeof(Echo), typeof(Invitation), typeof(NewValue),
            typeof(NotKept), typeof(Presence), typeof(ReadMarker), typeof(Told), typeof(Wallops),
        ],
        [typeof(Intention)] =
        [
            typeof(BanFromRoom), typeof(ChangeModes), typeof(ClearAccess), typeof(Disconnect), typeof(DismissStandIns), typeof(EndSessions), typeof(FollowAll), typeof(ForgetAccount), typeof(FreeName), typeof(Invite),
            typeof(Join), typeof(Kick), typeof(Leave), typeof(Post), typeof(Redact), typeof(RedactDirect), typeof(RegisterRoom),
            typeof(Rename), typeof(RenameRoom), typeof(SendDirect), typeof(SendWallops), typeof(SetRank), typeof(SetRole),
            typeof(SetRoomValue), typeof(SetTopic), typeof(SetValue), typeof(ShareReadMarker), typeof(SignIn),
            typeof(TransferRoom), typeof(UnregisterRoom), typeof(Unwatch), typeof(UpdateProfile), typeof(Watch), typeof(WithdrawInvitation),
        ],
        [typeof(NodeEvent)] =
        [
            typeof(Adopted), typeof(Advanced), typeof(Closed), typeof(Decided), typeof(Failed), typeof(Folded), typeof(Happened), typeof(RenamedFor), typeof(Resynced),
            typeof(Seated), typeof(Settled), typeof(ShownTo), typeof(ToldDirects), typeof(Unseated), typeof(UserIs),
        ],
        [typeof(NodeRequest)] =
        [
            typeof(Asked), typeof(Detached), typeof(Gone), typeof(Hello), typeof(Looked),
        ],
        [typeof(Query)] =
        [
            typeof(CountUsers), typeof(FindAttention), typeof(FindFormerNames), typeof(FindPastUsers), typeof(FindRegistration),
            typeof(FindRoom), typeof(FindUser), typeof(HasMessage), typeof(ListConversations), typeof(ListGuests), typeof(ListInvitations), typeof(ListRegistrations),
            typeof(ListRooms), typeof(ListUsers), typeof(ReadConversation), typeof(ReadRoom), typeof(SearchRoom),
        ],
    };
}
