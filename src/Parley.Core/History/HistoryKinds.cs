using Parley.Core.Events;

namespace Parley.Core.History;

/// <summary>What the kinds of entries have in common.</summary>
public static class HistoryKinds
{
    /// <summary>The last of the kinds that everybody can read: something was said.</summary>
    public const MessageKind LastWithWords = MessageKind.Notice;

    /// <summary>Whether it was said, in words, and not only happened.</summary>
    public static bool HasWords(this MessageKind kind) => kind <= LastWithWords;
}
