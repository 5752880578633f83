using Parley.Core.Events;

namespace Parley.Core.History;

/// <summary>Properties of the kinds of history entries.</summary>
public static class HistoryKinds
{
    /// <summary>The last of the kinds that everybody can read: something was said.</summary>
    public const MessageKind LastWithWords = MessageKind.Notice;

    /// <summary>True if it was said, in words, and not only happened.</summary>
    public static bool HasWords(this MessageKind kind) => kind <= LastWithWords;

    /// <summary>True if somebody has sent it, be it without words.</summary>
    public static bool WasSent(this MessageKind kind) => kind <= MessageKind.Tags;
}
