using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>Who did it: a user's lasting id, and the name it wore at that moment.</summary>
/// <param name="UserId">Stays the same through renames; unique for as long as the broker lives.</param>
/// <param name="Name">The name at the time of the event.</param>
public readonly record struct Actor(long UserId, UserName Name);
