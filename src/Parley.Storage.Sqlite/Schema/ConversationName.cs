using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>The name under which direct messages between two are kept: one key for each end, with a space between.</summary>
/// <remarks>
/// An end's key is <c>=identity</c>; or its name folded, in conversations of before identities were kept. Neither
/// <c>=</c> nor a space is in a name, of a user or of a room.
/// </remarks>
internal static class ConversationName
{
    public static string Of(in HistoryEntry entry) => Of(Key(entry.AuthorId, entry.Author), Key(entry.RecipientId, entry.Recipient));

    /// <summary>The key of an end of which only the identity is asked.</summary>
    public static string Key(Identity end) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"={end.Value}");

    private static string Key(Identity end, UserName name) => end.IsUnknown ? name.Key : Key(end);

    private static string Of(string left, string right) => string.CompareOrdinal(left, right) < 0 ? $"{left} {right}" : $"{right} {left}";
}
