using System.Text;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Core.Text;

namespace Parley.Server.Hooks;

/// <summary>Which messages a hook is about.</summary>
internal static class HookFilter
{
    private const int MaxCharsOnStack = 1024;

    /// <summary>
    /// Returns true if the hook wants a message: one that people say to the whole room, not one that only clients read (typing, reactions,
    /// CTCP) or only some members may. Runs under a room's lock, for hooks only: without hooks nothing is asked.
    /// </summary>
    public static bool Wants(this WebHook hook, MessagePosted message)
        => message.Kind is MessageKind.Text or MessageKind.Action or MessageKind.Notice
            && message.Draft.MinRank == MemberRank.None
            && (hook.Rooms.Count == 0 || hook.Rooms.Contains(message.Room)) && (hook.Mentions.Count == 0 || IsMentioned(hook, message.Text.Span));

    private static bool IsMentioned(WebHook hook, ReadOnlySpan<byte> utf8)
    {
        utf8 = TextFormatting.Remove(utf8);

        // A character takes a byte at least.
        Span<char> chars = utf8.Length <= MaxCharsOnStack ? stackalloc char[utf8.Length] : new char[utf8.Length];
        chars = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        foreach (var word in hook.Mentions)
        {
            if (MentionWord.IsIn(chars, word))
            {
                return true;
            }
        }

        return false;
    }
}
