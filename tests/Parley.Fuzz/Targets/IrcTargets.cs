using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Users;
using Parley.Server.Irc.Wire;

namespace Parley.Fuzz.Targets;

/// <summary>IRC: lines, tags, modes, masks, times and names of messages.</summary>
internal static class IrcTargets
{
    private static readonly IrcModeClasses Modes = new(Lists: "beI", Always: "k", WhenSet: "l", Flags: "imnpst", Prefixes: "ohv");

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("irc-message", Message, typeof(IrcMessage), typeof(IrcModeParser), typeof(IrcTarget), typeof(IrcText)),
        new("irc-tags", Tags, typeof(IrcTags)),
        new("irc-mask", Mask),
        new("irc-channel", Channel, typeof(IrcChannel), typeof(MessageId)),
        new("irc-who", Who, typeof(IrcWhoQuery)),
    ];

    private static void Message(ReadOnlyMemory<byte> input)
    {
        if (!IrcMessage.TryParse(input.Span, out var message))
        {
            return;
        }

        FuzzTarget.Require(!message.Command.Contains((byte)' '), "A command is one word");
        FuzzTarget.Require(message.ParameterCount <= IrcMessage.MaxParameters, "Parameters are bounded");
        for (var i = 0; i < message.ParameterCount; i++)
        {
            var parameter = message[i];
            FuzzTarget.Require(i == message.ParameterCount - 1 || (!parameter.Contains((byte)' ') && !parameter.IsEmpty), "Middle parameters are words");
            _ = IrcText.TryParseAction(parameter, out _);
            _ = IrcText.TryParseCtcp(parameter, out _, out _);
            var target = IrcTarget.Parse(parameter, "@%+"u8);
            FuzzTarget.Require(target.Status.Length + target.Name.Length == parameter.Length, "A target loses nothing");
        }

        foreach (var change in IrcModeParser.Parse(message, 1, Modes))
        {
            FuzzTarget.Require(change.Argument is null or [not ' ', ..], "A mode's argument is a word");
        }
    }

    private static void Tags(ReadOnlyMemory<byte> input)
    {
        var tags = new IrcTags(input.Span);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            FuzzTarget.Require(keys.Add(Encoding.Latin1.GetString(tag.Key)), "A key comes once");
            FuzzTarget.Require(tags.TryGet(tag.Key, out var value) && value.SequenceEqual(tag.RawValue), "A key that is listed is found");
            var escaped = new ArrayBufferWriter<byte>();
            IrcTagValue.Escape(IrcTagValue.Unescape(tag.RawValue), escaped);
            FuzzTarget.Require(escaped.WrittenSpan.IndexOfAny("; \r\n"u8) < 0, "An escaped value does not end its tag");
        }
    }

    private static void Mask(ReadOnlyMemory<byte> input)
    {
        var mask = IrcMask.Normalize(Encoding.UTF8.GetString(input.Span));
        FuzzTarget.Require(string.Equals(mask, IrcMask.Normalize(mask), StringComparison.Ordinal), "A normalized mask stays as it is");
    }

    private static void Channel(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        if (IrcChannel.TryParse(text, out var room))
        {
            FuzzTarget.Require(room.Value.Length > 0, "A channel is a room with a name");
        }

        if (MessageId.TryParse(text, out _, out var number))
        {
            FuzzTarget.Require(number >= 0, "A message's number is none below zero");
        }
    }

    private static void Who(ReadOnlyMemory<byte> input)
    {
        var query = IrcWhoQuery.Parse(Encoding.UTF8.GetString(input.Span));
        FuzzTarget.Require(query.Token.Length is >= 1 and <= 3 && query.Token.All(char.IsAsciiDigit), "A token has one to three digits");
    }
}
