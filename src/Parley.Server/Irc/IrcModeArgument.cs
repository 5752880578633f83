using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Parley.Core.Rooms;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>What clients write behind the letters of modes, in the form in which rooms have it.</summary>
internal static class IrcModeArgument
{
    /// <summary>The longest mask; the lines that show it have room for that beside who set it.</summary>
    private const int MaxMask = 200;

    private const string LongAccountPrefix = "~account:";

    /// <summary>The change that is meant; false if its argument is no good.</summary>
    /// <param name="change">A letter, with its argument if it has to have one.</param>
    /// <param name="read">The change.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryRead(IrcModeChange change, out RoomModeChange read, [NotNullWhen(false)] out string? problem)
    {
        var mode = IrcRoomModes.ModeOf(change.Mode);
        read = new RoomModeChange(change.IsAdding, mode, change.Argument);
        problem = null;
        switch (mode)
        {
            case RoomMode.Ban or RoomMode.BanException or RoomMode.InviteException:
                problem = TryReadMask(change.Argument!, out var mask);
                read = read with { Argument = mask };
                break;
            case RoomMode.Key when !change.IsAdding:
                // Whoever takes a key off need not know it, and nobody need be told.
                read = read with { Argument = "*" };
                break;
            case RoomMode.Key:
                problem = IsKey(change.Argument!) ? null : $"A key has at most {IrcSupport.Limits.Key} bytes and no commas or spaces";
                break;
            case RoomMode.Limit when change.IsAdding:
                problem = int.TryParse(change.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
                    ? null : "A limit is a number above 0";
                read = read with { Argument = limit.ToString(CultureInfo.InvariantCulture) };
                break;
        }

        return problem is null;
    }

    private static bool IsKey(string key)
        => key is not [':', ..] && !key.AsSpan().ContainsAny(' ', ',') && key.Length == IrcTexts.Cut(key, IrcSupport.Limits.Key).Length;

    /// <summary>Null, or what is wrong.</summary>
    private static string? TryReadMask(string argument, out string mask)
    {
        if (argument.AsSpan().ContainsAny(' ', ',') || IrcTexts.Cut(argument, MaxMask).Length < argument.Length)
        {
            mask = argument;
            return $"A mask has at most {MaxMask} bytes and no spaces or commas";
        }

        // "~ident@host" is a mask like any other.
        if (argument is not ['~', ..] || argument.IndexOf(':', StringComparison.Ordinal) < 0 || argument.AsSpan().ContainsAny('!', '@'))
        {
            mask = IrcMask.Normalize(argument);
            return null;
        }

        mask = argument.StartsWith(LongAccountPrefix, StringComparison.OrdinalIgnoreCase)
            ? UserMask.AccountPrefix + argument[LongAccountPrefix.Length..]
            : argument;
        return mask.StartsWith(UserMask.AccountPrefix, StringComparison.OrdinalIgnoreCase) && mask.Length > UserMask.AccountPrefix.Length
            ? null
            : "The only extended mask is ~a:account";
    }
}
