using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Intentions;

/// <summary>Registers a room, which stays from then on when it empties. An operator of the room who is logged in may.</summary>
/// <param name="Room">The room; if the server asks, it is made where there is none.</param>
public sealed record RegisterRoom(RoomName Room) : RegistrationIntention
{
    /// <summary>The account that owns the room; that of the session unless an operator of the server names another.</summary>
    public ProvenAccount? Founder { get; init; }
}

/// <summary>Ends the registration of a room. Its founder may, and operators of the server.</summary>
/// <param name="Room">The room.</param>
public sealed record UnregisterRoom(RoomName Room) : RegistrationIntention;

/// <summary>
/// Gives an account a role in a registered room, or takes it away. The founder may; an account with the role of an operator may for
/// ranks below its own; everybody may give up its own.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Account">The account.</param>
/// <param name="Rank">One rank; none takes the role away.</param>
public sealed record SetRole(RoomName Room, ProvenAccount Account, MemberRank Rank) : RegistrationIntention;

/// <summary>
/// Gives a member a rank in a registered room, or takes it away, until it leaves. Whoever has the role of an operator may, whatever its own rank is at the moment;
/// of a half-operator, for voices; and everybody may have the rank of its own role, or give it up.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Member">The member.</param>
/// <param name="Rank">One rank.</param>
/// <param name="IsAdding">Given, or taken away.</param>
public sealed record SetRank(RoomName Room, UserName Member, MemberRank Rank, bool IsAdding) : RegistrationIntention;

/// <summary>Gives a registered room another founder. The founder may, and operators of the server.</summary>
/// <param name="Room">The room.</param>
/// <param name="Founder">The account that owns the room from then on.</param>
public sealed record TransferRoom(RoomName Room, ProvenAccount Founder) : RegistrationIntention;

/// <summary>Takes all masks off the lists of a registered room, and all roles away. The founder may, and operators of the server.</summary>
/// <param name="Room">The room.</param>
public sealed record ClearAccess(RoomName Room) : RegistrationIntention;

/// <summary>An account was removed: its roles end, and its rooms go to another or are registered no more. Only the server asks for it.</summary>
/// <param name="Account">The account.</param>
public sealed record ForgetAccount(AccountId Account) : RegistrationIntention;
