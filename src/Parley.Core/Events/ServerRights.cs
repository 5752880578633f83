namespace Parley.Core.Events;

/// <summary>Rights of those who help to run the server. Each may be given without the others.</summary>
[Flags]
public enum ServerRights
{
    /// <summary>Those of everybody else.</summary>
    None = 0,

    /// <summary>To end somebody's connections.</summary>
    Kill = 1,

    /// <summary>To ban from the server, lift such bans and see them.</summary>
    Ban = 2,

    /// <summary>To see hidden rooms, their members and invisible users, as members do.</summary>
    SeeHidden = 4,

    /// <summary>To see the addresses and certificates of others.</summary>
    SeeAddresses = 8,

    /// <summary>To do in every room what its operators and its founder may, from outside too; whoever has it needs <see cref="SeeHidden"/>.</summary>
    Rooms = 16,

    /// <summary>To tell everybody something.</summary>
    Announce = 32,

    /// <summary>To have the server read its files again.</summary>
    Rehash = 64,

    /// <summary>To read what moderators have decided, and what is reported to them.</summary>
    Audit = 128,

    /// <summary>To make and revoke invitations to make accounts.</summary>
    Invite = 256,

    /// <summary>All of them.</summary>
    All = Kill | Ban | SeeHidden | SeeAddresses | Rooms | Announce | Rehash | Audit | Invite,
}
