using Parley.Core.Names;

namespace Parley.Storage.Sqlite.Schema;

/// <summary>The name under which direct messages between two users are kept. The space keeps it apart from rooms' names.</summary>
internal static class ConversationName
{
    public static string Of(UserName one, UserName other)
    {
        var (left, right) = (one.Value.ToLowerInvariant(), other.Value.ToLowerInvariant());
        return string.CompareOrdinal(left, right) < 0 ? $"{left} {right}" : $"{right} {left}";
    }
}
