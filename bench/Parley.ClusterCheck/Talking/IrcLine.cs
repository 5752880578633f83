using System.Text;
using Parley.Protocol.Irc;

namespace Parley.ClusterCheck.Talking;

/// <summary>A line from a server, taken apart.</summary>
/// <param name="Source">Nick, or name of the server, that it comes from.</param>
/// <param name="Command">Command or numeric.</param>
/// <param name="Parameters">Parameters.</param>
/// <param name="Label">Label of what it answers; empty for none.</param>
/// <param name="Batch">Batch that it is in; empty for none.</param>
/// <param name="Id">Id of the message; empty for none.</param>
internal sealed record IrcLine(string Source, string Command, IReadOnlyList<string> Parameters, string Label, string Batch, string Id)
{
    /// <summary>The last parameter.</summary>
    public string Last => Parameters.Count > 0 ? Parameters[^1] : "";

    /// <summary>Where the message was said and its number there, by its id; null if it has none.</summary>
    public (string Room, long Number)? Place
    {
        get
        {
            var dot = Id.LastIndexOf('.');
            return dot >= 0 && long.TryParse(Id.AsSpan(dot + 1), out var number) ? (dot == 0 ? "" : $"#{Id[..dot]}", number) : null;
        }
    }

    /// <summary>Takes a line apart; null if it is none.</summary>
    public static IrcLine? Of(string line)
    {
        if (!IrcMessage.TryParse(Encoding.UTF8.GetBytes(line), out var message))
        {
            return null;
        }

        var parameters = new string[message.ParameterCount];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Encoding.UTF8.GetString(message[i]);
        }

        return new IrcLine(
            Encoding.UTF8.GetString(message.Source).Split('!')[0],
            Encoding.UTF8.GetString(message.Command),
            parameters,
            Tag(message.Tags, "label"u8),
            Tag(message.Tags, "batch"u8),
            Tag(message.Tags, "msgid"u8));
    }

    private static string Tag(IrcTags tags, ReadOnlySpan<byte> key) => tags.TryGet(key, out var value) ? Encoding.UTF8.GetString(value) : "";
}
