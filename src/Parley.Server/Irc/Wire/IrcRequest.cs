using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc.Wire;

/// <summary>One line from a client, taken apart.</summary>
internal sealed class IrcRequest
{
    public IrcRequest(in IrcMessage message)
    {
        Command = Encoding.UTF8.GetString(message.Command).ToUpperInvariant();
        Parameters = new string[message.ParameterCount];
        for (var i = 0; i < Parameters.Length; i++)
        {
            Parameters[i] = Encoding.UTF8.GetString(message[i]);
        }

        Tags = message.Tags.Raw.ToArray();
    }

    /// <summary>In capitals.</summary>
    public string Command { get; }

    public string[] Parameters { get; }

    /// <summary>As they came: <c>key=value;key=value</c>.</summary>
    public ReadOnlyMemory<byte> Tags { get; }

    /// <summary>A parameter; empty if there are not so many.</summary>
    public string this[int index] => index < Parameters.Length ? Parameters[index] : "";

    public int Count => Parameters.Length;

    /// <summary>The value of a tag, unescaped; null if it is not there.</summary>
    public string? Tag(string key)
        => new IrcTags(Tags.Span).TryGet(Encoding.UTF8.GetBytes(key), out var raw) ? IrcTagValue.Unescape(raw) : null;

    /// <summary>True if there are tags that are meant for other clients: those that begin with <c>+</c>.</summary>
    public bool HasClientTags => new IrcTags(Tags.Span).ClientOnly.GetEnumerator().MoveNext();
}
