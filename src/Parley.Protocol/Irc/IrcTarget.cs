namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/#privmsg-message, https://modern.ircdocs.horse/#statusmsg-parameter
//
// target   = [*status] channel / nick
// status   = "~" / "&" / "@" / "%" / "+"          ; which of these the server names in STATUSMSG
// channel  = "#" *OCTET

/// <summary>Where a message goes: to a nick, to a channel, or to those of a channel that have a status.</summary>
public readonly ref struct IrcTarget
{
    private const byte ChannelPrefix = (byte)'#';

    private IrcTarget(ReadOnlySpan<byte> status, ReadOnlySpan<byte> name)
    {
        Status = status;
        Name = name;
    }

    /// <summary>The prefixes in front of a channel, such as <c>@</c> for its operators and those above, or empty for everyone.</summary>
    public ReadOnlySpan<byte> Status { get; }

    /// <summary>The nick, or the channel with its <c>#</c>.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>True if it goes to a channel.</summary>
    public bool IsChannel => IsChannelName(Name);

    /// <summary>Takes a target apart; prefixes count only in front of a channel.</summary>
    /// <param name="target">One target, of a list.</param>
    /// <param name="statusPrefixes">Those that the server names in STATUSMSG, such as <c>@%+</c>.</param>
    public static IrcTarget Parse(ReadOnlySpan<byte> target, ReadOnlySpan<byte> statusPrefixes)
    {
        var name = target.TrimStart(statusPrefixes);
        return IsChannelName(name) ? new IrcTarget(target[..^name.Length], name) : new IrcTarget(default, target);
    }

    /// <summary>True if a name is that of a channel: it begins with <c>#</c>.</summary>
    public static bool IsChannelName(ReadOnlySpan<byte> name) => name is [ChannelPrefix, ..];
}
