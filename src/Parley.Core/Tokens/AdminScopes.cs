namespace Parley.Core.Tokens;

/// <summary>Parts of administration that a token may be for.</summary>
[Flags]
public enum AdminScopes
{
    /// <summary>None of it.</summary>
    None = 0,

    /// <summary>Reads who and what is there.</summary>
    Read = 1,

    /// <summary>Makes accounts, sets passwords, and asks whether one is right.</summary>
    Accounts = 2,

    /// <summary>Has the server read its settings again, and ends connections.</summary>
    Server = 4,

    /// <summary>Bans people from the server and lifts bans, and reads what moderators have done.</summary>
    Moderation = 8,

    /// <summary>Registers rooms, gives them founders and roles, and ends their registration.</summary>
    Rooms = 16,
}
