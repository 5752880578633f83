using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Parley.Core.Events;
using Parley.Core.Modes;
using Parley.Core.Rooms;
using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Channels;

/// <summary>Converts the arguments that clients write behind the letters of modes to the form in which rooms have them.</summary>
internal static class IrcModeArgument
{
    /// <summary>The longest mask; the lines that show it have room for that beside who set it.</summary>
    private const int MaxMask = 200;

    private const string LongAccountPrefix = "~account:";

    private static readonly string[] MutePrefixes = [UserMask.MutePrefix, "~quiet:", "m:", "mute:"];

    /// <summary>The change that is meant; false if its argument is no good.</summary>
    /// <param name="change">A letter, with its argument if it has to have one.</param>
    /// <param name="read">The change.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryRead(IrcModeChange change, out RoomModeChange read, [NotNullWhen(false)] out string? problem)
    {
        var mode = IrcRoomModes.ModeOf(change.Mode);
        read = new RoomModeChange(change.IsAdding, mode.Mode, change.Argument);
        problem = null;
        switch (mode.Kind)
        {
            case RoomModeKind.Masks when mode.IsOfWords:
                problem = !change.IsAdding || WordPattern.TryParse(change.Argument, out _) ? null : WordPattern.Form;
                break;
            case RoomModeKind.Masks:
                problem = TryReadMask(change.Argument!, out var mask);
                read = read with { Argument = mask };
                break;
            case RoomModeKind.Key when !change.IsAdding:
                // Whoever takes a key off need not know it, and nobody need be told.
                read = read with { Argument = "*" };
                break;
            case RoomModeKind.Key:
                problem = IsKey(change.Argument!) ? null : $"A key has at most {IrcLimits.Key} bytes and no commas or spaces";
                break;
            case RoomModeKind.Number when change.IsAdding:
                problem = mode.TryReadNumber(change.Argument, out var number) ? null : mode.NumberFault;
                read = read with { Argument = number.ToString(CultureInfo.InvariantCulture) };
                break;
        }

        return problem is null;
    }

    private static bool IsKey(string key)
        => key is not [':', ..] && !key.AsSpan().ContainsAny(' ', ',') && key.Length == IrcTexts.Cut(key, IrcLimits.Key).Length;

    /// <summary>Null, or what is wrong.</summary>
    private static string? TryReadMask(string argument, out string mask)
    {
        if (argument.AsSpan().ContainsAny(' ', ',') || IrcTexts.Cut(argument, MaxMask).Length < argument.Length)
        {
            mask = argument;
            return $"A mask has at most {MaxMask} bytes and no spaces or commas";
        }

        // The mask of whom it silences, as UnrealIRCd writes it, and as Ergo and InspIRCd do.
        if (Array.Find(MutePrefixes, prefix => argument.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } mute)
        {
            var problem = TryReadMask(argument[mute.Length..], out var whom);
            mask = UserMask.MutePrefix + whom;
            return problem ?? (argument.Length == mute.Length || UserMask.IsMute(whom) ? "Say whom it is to silence, such as ~q:nick!*@*" : null);
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
            : "The only extended masks are ~a:account and ~q:mask";
    }
}
