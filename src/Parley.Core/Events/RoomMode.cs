namespace Parley.Core.Events;

/// <summary>Modes that can be set on a room.</summary>
public enum RoomMode
{
    /// <summary>A mask of users who may neither come in nor speak.</summary>
    Ban,

    /// <summary>A mask of users whom no ban is about.</summary>
    BanException,

    /// <summary>A mask of users who need no invitation.</summary>
    InviteException,

    /// <summary>A key that users have to know to come in.</summary>
    Key,

    /// <summary>The number of users that may be in.</summary>
    Limit,

    /// <summary>Only those who were invited may come in.</summary>
    InviteOnly,

    /// <summary>Only those with a rank may speak.</summary>
    Moderated,

    /// <summary>Only members may speak.</summary>
    MembersOnly,

    /// <summary>Others are not told who is in it.</summary>
    Private,

    /// <summary>Others are not told that there is such a room.</summary>
    Secret,

    /// <summary>Only operators and half-operators change the topic.</summary>
    ProtectedTopic,

    /// <summary>A member is an operator.</summary>
    Operator,

    /// <summary>A member is a half-operator.</summary>
    HalfOperator,

    /// <summary>A member may speak in a moderated room.</summary>
    Voice,

    /// <summary>The seconds that a member without a rank has to wait between two messages.</summary>
    Slow,

    /// <summary>The room is registered: see <see cref="RoomRegistration"/>. Nobody sets it as a mode.</summary>
    Registered,

    /// <summary>A pattern of what those without a rank may not say: see <see cref="Text.WordPattern"/>.</summary>
    Filter,
}
