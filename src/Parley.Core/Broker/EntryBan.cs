namespace Parley.Core.Broker;

/// <summary>The ban that keeps somebody out of a room, as far as that one is told of it.</summary>
/// <param name="Until">End, UTC; null for one that stays until it is taken off.</param>
/// <param name="Reason">Why; may be empty.</param>
public sealed record EntryBan(DateTimeOffset? Until, string Reason);
