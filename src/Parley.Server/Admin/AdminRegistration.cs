namespace Parley.Server.Admin;

/// <summary>A registered room.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Founder">The account that owns it.</param>
/// <param name="Registered">When it was registered, UTC.</param>
/// <param name="Users">How many are in it.</param>
/// <param name="Secret">True if strangers are not told of it.</param>
public sealed record AdminRegistration(string Name, string Founder, DateTimeOffset Registered, int Users, bool Secret)
{
    /// <summary>Topic of the room; null for none.</summary>
    public string? Topic { get; init; }

    /// <summary>The roles, the oldest first; the founder has none.</summary>
    public IReadOnlyList<AdminRole> Roles { get; init; } = [];
}
