namespace Parley.Server.Admin;

/// <summary>An account.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Email">Where its owner can be reached; null if nobody said.</param>
/// <param name="Created">When it was made, UTC.</param>
public sealed record AdminAccount(string Name, string? Email, DateTimeOffset Created);
