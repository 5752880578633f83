using Parley.Core.History;

namespace Parley.Server.Irc.History;

/// <summary>One answer from history.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="IsEnd">Whether there is nothing more in the direction in which the client reads.</param>
internal sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, bool IsEnd)
{
    /// <summary>Marks the batch after which a client need not ask again.</summary>
    public const string EndTag = "draft/chathistory-end";

    /// <summary>The tag of the batch; null for none.</summary>
    public string? Tag => IsEnd ? EndTag : null;
}
