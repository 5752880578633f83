using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Somebody with whom direct messages were exchanged.</summary>
/// <param name="With">The other, as last spelled.</param>
/// <param name="LastTime">When the last of them was sent, UTC.</param>
public readonly record struct Conversation(UserName With, DateTimeOffset LastTime);
