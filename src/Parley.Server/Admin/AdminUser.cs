namespace Parley.Server.Admin;

/// <summary>A user who is there.</summary>
/// <param name="Name">The name.</param>
/// <param name="Account">The account that the user is logged in to; null for a guest.</param>
/// <param name="Protocol">How the user came, or what the client calls its user.</param>
/// <param name="Host">Where from, as others see it.</param>
/// <param name="Rooms">The rooms that the user is in.</param>
/// <param name="SignedOn">Since when, UTC.</param>
/// <param name="LastSpoke">When the user last said something, UTC.</param>
public sealed record AdminUser(
    string Name, string? Account, string Protocol, string Host, IReadOnlyList<string> Rooms, DateTimeOffset SignedOn, DateTimeOffset LastSpoke)
{
    /// <summary>The full name that the user states; null if none.</summary>
    public string? RealName { get; init; }

    /// <summary>Why the user does not answer; null while it is here.</summary>
    public string? Away { get; init; }
}
