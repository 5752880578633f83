using Parley.Core.Accounts;

namespace Parley.Core.Moderation;

/// <summary>The subject of a ban as it travels between nodes; <see cref="BanSubject.Restore(BanParts)"/> reads it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The subject for people.</param>
/// <param name="Identity">Identity of an account or a guest; unknown for the other kinds.</param>
public sealed record BanParts(BanKind Kind, string Text, Identity Identity);
